/* test-store-aside.c - what was begun for a profile lies beside it, and changes nothing of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <utime.h>

#include "store-fixture.h"
#include "strata-error.h"

static void
put_aside (StoreFixture *fixture,
           const char   *id,
           const char   *values)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = values != NULL ? store_fixture_make_profile (1) : NULL;
  g_autoptr(StrataProfile) aside = values != NULL ? store_fixture_edit (made, values) : NULL;

  g_assert_true (strata_store_put_aside (fixture->store, id, aside, NULL, &error));
  g_assert_no_error (error);
}

/* What lies aside, as another program reads it. */
static char *
get_aside (StoreFixture *fixture,
           const char   *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(StrataProfile) aside = strata_store_get_aside (store, id, NULL, &error);

  g_assert_no_error (error);

  return aside != NULL ? g_strdup (strata_layer_get_text (strata_profile_get_layer (aside, 0))) : NULL;
}

static void
assert_aside (StoreFixture *fixture,
              const char   *id,
              const char   *values)
{
  g_autofree char *text = get_aside (fixture, id);

  g_assert_cmpstr (text, ==, values);
}

static void
test_is_kept_until_it_is_taken_away (StoreFixture  *fixture,
                                     gconstpointer  data)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);

  assert_aside (fixture, id, NULL);
  put_aside (fixture, id, "half: 1\n");
  assert_aside (fixture, id, "half: 1\n");
  put_aside (fixture, id, "half: 2\n");
  assert_aside (fixture, id, "half: 2\n");
  put_aside (fixture, id, NULL);
  assert_aside (fixture, id, NULL);
}

/* Neither a conflict nor a step in the history comes of it, and a save leaves it where it is. */
static void
test_leaves_the_profile_alone (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  g_autofree char *head = store_fixture_get_head (fixture, saved);
  const char *id = strata_profile_get_id (saved);

  put_aside (fixture, id, "half: 1\n");

  g_autofree char *head_after = store_fixture_get_head (fixture, saved);
  g_assert_cmpstr (head_after, ==, head);

  g_autoptr(StrataProfile) edited =
    store_fixture_save_text (fixture, saved, "edited\n", STRATA_REASON_SAVE);
  g_autoptr(GPtrArray) history = strata_store_list_history (fixture->store, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
  assert_aside (fixture, id, "half: 1\n");
  g_assert_true (strata_store_trash (fixture->store, id, &error));
  g_assert_true (strata_store_restore (fixture->store, id, &error));
  assert_aside (fixture, id, "half: 1\n");
}

static void
test_is_not_collected (StoreFixture  *fixture,
                       gconstpointer  data)
{
  struct utimbuf then = { .actime = 1000000000, .modtime = 1000000000 };
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  guint64 freed = 0;

  put_aside (fixture, id, "half: 1\n");

  g_autoptr(GPtrArray) objects = store_fixture_list_objects (fixture);

  for (guint i = 0; i < objects->len; i++)
    g_assert_cmpint (g_utime (g_ptr_array_index (objects, i), &then), ==, 0);

  g_assert_true (strata_store_collect (fixture->store, STRATA_STORE_KEEP_SECONDS, &freed, NULL, NULL));
  g_assert_cmpuint (freed, ==, 0);
  assert_aside (fixture, id, "half: 1\n");
}

/* It is not worth the profile. */
static void
test_nonsense_is_nothing (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  const char *id = strata_profile_get_id (saved);
  g_autofree char *name = g_strconcat (id, ".ini", NULL);
  g_autofree char *path =
    g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_key_file_set_string (file, "profile", "aside", "../../etc/passwd");
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
  assert_aside (fixture, id, NULL);
}

static void
test_needs_a_profile (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_store_put_aside (fixture->store, "nobody", NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/aside/is-kept", test_is_kept_until_it_is_taken_away);
  store_fixture_add ("/services/store/aside/leaves-the-profile-alone", test_leaves_the_profile_alone);
  store_fixture_add ("/services/store/aside/is-not-collected", test_is_not_collected);
  store_fixture_add ("/services/store/aside/nonsense-is-nothing", test_nonsense_is_nothing);
  store_fixture_add ("/services/store/aside/needs-a-profile", test_needs_a_profile);

  return g_test_run ();
}
