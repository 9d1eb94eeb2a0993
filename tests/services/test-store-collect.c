/* test-store-collect.c - what no profile names any more may go, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "store-fixture.h"
#include "strata-error.h"

static gint64 clock_offset;

/* Stands in for the one of GLib, so that a test can turn the clock back. */
gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + clock_offset;
}

static void
make_old (const char *path)
{
  struct utimbuf then = { .actime = 1000000000, .modtime = 1000000000 };

  g_assert_cmpint (g_utime (path, &then), ==, 0);
}

static void
make_all_old (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) objects = store_fixture_list_objects (fixture);

  for (guint i = 0; i < objects->len; i++)
    make_old (g_ptr_array_index (objects, i));
}

static guint64
collect (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  guint64 freed = 0;

  g_assert_true (
    strata_store_collect (fixture->store, STRATA_STORE_KEEP_SECONDS, &freed, NULL, &error));
  g_assert_no_error (error);

  return freed;
}

/* All that any profile names stays, in the trash or in the history, however old; what a purge
 * leaves goes when it is old, and what was left half written goes at once.
 */
static void
test_collects (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save_text (fixture, one, "2\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) other =
    store_fixture_save_text (fixture, profile, "other\n", STRATA_REASON_SAVE);
  g_autofree char *stale =
    g_build_filename (strata_store_get_profiles_path (fixture->store), ".new-AbCdEf", NULL);
  g_autoptr(GPtrArray) before = store_fixture_list_objects (fixture);

  make_all_old (fixture);
  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (other), NULL));
  g_assert_true (g_file_set_contents (stale, "half", 4, NULL));
  g_assert_cmpuint (collect (fixture), ==, 0);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));

  g_assert_true (strata_store_purge (fixture->store, strata_profile_get_id (other), NULL));
  g_assert_cmpuint (collect (fixture), >, 0);

  g_autoptr(GPtrArray) after = store_fixture_list_objects (fixture);
  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, NULL);
  g_autoptr(GPtrArray) steps =
    strata_store_list_history (fixture->store, strata_profile_get_id (two), NULL, NULL);

  g_assert_cmpuint (after->len, ==, before->len - 2);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (steps->len, ==, 2);
}

static void
test_keeps_what_is_young (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);

  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (one), NULL));
  g_assert_true (strata_store_purge (fixture->store, strata_profile_get_id (one), NULL));
  make_all_old (fixture);

  /* Saved again, the same objects are young again. */
  g_autoptr(StrataProfile) copy = strata_profile_with (one, STRATA_PROFILE_ID, "");
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, copy, STRATA_REASON_SAVE);

  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (two), NULL));
  g_assert_true (strata_store_purge (fixture->store, strata_profile_get_id (two), NULL));
  collect (fixture);

  g_autoptr(GPtrArray) left = store_fixture_list_objects (fixture);

  g_assert_cmpuint (left->len, ==,
                    3); /* the new revision, its values and its file, not the old revision */
}

/* Once a day, whoever does it, and again when the clock was turned back. */
static void
test_tidies_once_a_day (StoreFixture  *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    gint64 days;
    gboolean tidies;
  } times[] = { { 0, TRUE }, { 0, FALSE }, { 2, TRUE }, { 2, FALSE }, { 0, TRUE } };
  g_autofree char *stale =
    g_build_filename (strata_store_get_profiles_path (fixture->store), ".new-AbCdEf", NULL);
  g_autofree char *stamp = g_build_filename (fixture->path, "tidied", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr(GError) error = NULL;
      struct utimbuf now = { .modtime = time (NULL) + times[i].days * 24 * 60 * 60 };

      clock_offset = times[i].days * G_TIME_SPAN_DAY;
      g_assert_true (g_file_set_contents (stale, "half", 4, NULL));
      g_assert_true (strata_store_tidy (fixture->store, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_test (stale, G_FILE_TEST_EXISTS) == !times[i].tidies);
      g_assert_cmpint (g_utime (stamp, &now), ==, 0);
    }

  clock_offset = 0;
}

/* Who cannot tell what a profile needs throws nothing away. */
static void
test_collects_nothing_when_damaged (StoreFixture  *fixture,
                                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one =
    store_fixture_save_text (fixture, profile, "1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) other =
    store_fixture_save_text (fixture, profile, "other\n", STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, one);
  g_autofree char *path = store_fixture_get_object_path (fixture, head);
  g_autoptr(GPtrArray) before = store_fixture_list_objects (fixture);
  g_autoptr(GError) error = NULL;
  guint64 freed = 1;

  store_fixture_flip_bit (path);
  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (other), NULL));
  g_assert_true (strata_store_purge (fixture->store, strata_profile_get_id (other), NULL));
  make_all_old (fixture);

  g_assert_false (strata_store_collect (fixture->store, 0, &freed, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_assert_cmpuint (freed, ==, 0);

  g_autoptr(GPtrArray) after = store_fixture_list_objects (fixture);

  g_assert_cmpuint (after->len, ==, before->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/collect/only-what-nothing-names", test_collects);
  store_fixture_add ("/services/store/collect/keeps-what-is-young", test_keeps_what_is_young);
  store_fixture_add ("/services/store/collect/tidies-once-a-day", test_tidies_once_a_day);
  store_fixture_add ("/services/store/collect/nothing-when-damaged",
                     test_collects_nothing_when_damaged);

  return g_test_run ();
}
