/* test-store-processes.c - several programs at one store
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "store-fixture.h"
#include "strata-error.h"

#define N_PROGRAMS 3
#define N_TIMES "50"

static GSubprocess *
start_counting (StoreFixture *fixture,
                const char   *id)
{
  g_autofree char *saver = g_test_build_filename (G_TEST_BUILT, "services", "store-saver", NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, saver,
                                           fixture->path, "count", id, N_TIMES, NULL);

  g_assert_no_error (error);

  return program;
}

static guint
end_counting (GSubprocess *program)
{
  g_autofree char *said = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, &said, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 0);
  g_assert_true (g_str_has_prefix (said, "conflicts "));

  g_object_unref (program);

  return (guint) atoi (said + strlen ("conflicts "));
}

/* Three programs add one to the same number, fifty times each, and save a profile of their own each
 * time: no addition and no profile is lost, and the history has every step.
 */
static void
test_nothing_is_lost (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) zero = store_fixture_edit (profile, "0");
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, zero, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  guint n_expected = N_PROGRAMS * (guint) atoi (N_TIMES);
  GSubprocess *programs[N_PROGRAMS];
  guint n_conflicts = 0;

  for (guint i = 0; i < N_PROGRAMS; i++)
    programs[i] = start_counting (fixture, id);
  for (guint i = 0; i < N_PROGRAMS; i++)
    n_conflicts += end_counting (programs[i]);

  g_autoptr(StrataProfile) after = strata_store_load (fixture->store, id, NULL, NULL);
  g_autoptr(GPtrArray) steps = strata_store_list_history (fixture->store, id, NULL, NULL);
  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, NULL);

  g_test_message ("%u conflicts", n_conflicts);
  g_assert_cmpint (atoi (strata_layer_get_text (strata_profile_get_layer (after, 0))), ==,
                   (int) n_expected);
  g_assert_cmpuint (steps->len, ==, n_expected + 1);
  g_assert_cmpuint (problems->len, ==, 0);
  store_fixture_assert_lists (fixture, n_expected + 1, 0);
}

/* Somebody holds the store and does not let go: said after a while, in a sentence, with nothing
 * changed.
 */
static void
test_busy (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->path, "lock", NULL);
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(GError) error = NULL;
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &whole), ==, 0);

  g_assert_null (strata_store_save (fixture->store, profile, STRATA_REASON_SAVE, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
  store_fixture_assert_lists (fixture, 0, 0);

  g_assert_true (g_close (fd, NULL));

  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);

  store_fixture_assert_lists (fixture, 1, 0);
}

static gpointer
save_in_thread (gpointer data)
{
  StoreFixture *fixture = data;
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(StrataProfile) saved = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
      g_autoptr(StrataProfile) loaded =
        strata_store_load (fixture->store, strata_profile_get_id (saved), NULL, NULL);
      g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, NULL);

      g_assert_true (strata_profile_equal (loaded, saved));
      g_assert_cmpuint (entries->len, >, i);
    }

  return NULL;
}

/* One store, many threads, as the jobs of a window are. */
static void
test_threads (StoreFixture  *fixture,
              gconstpointer  data)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("saver", save_in_thread, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  store_fixture_assert_lists (fixture, 80, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/processes/nothing-is-lost", test_nothing_is_lost);
  store_fixture_add ("/services/store/processes/busy", test_busy);
  store_fixture_add ("/services/store/processes/threads", test_threads);

  return g_test_run ();
}
