/* test-profile-list.c - the list model shows what is on the disk, and changes no more than that did
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-profile-list.h"

#define PATIENCE_US (20 * G_USEC_PER_SEC)

/* What a view would know of the list from its signals alone. */
typedef struct
{
  StrataProfileList *list;       /* (owned) */
  GPtrArray         *mirror;     /* (owned) of StrataEntry */
  guint              n_removed;  /* since it was last looked at */
  guint              n_added;
} View;

static void
items_changed_cb (View       *view,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  GListModel *model)
{
  view->n_removed += n_removed;
  view->n_added += n_added;

  if (n_removed > 0)
    g_ptr_array_remove_range (view->mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (view->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

static View *
view_new (StoreFixture *fixture,
          gboolean      trash)
{
  View *view = g_new0 (View, 1);

  view->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  view->list = strata_profile_list_new (fixture->store, trash);
  g_signal_connect_swapped (view->list, "items-changed", G_CALLBACK (items_changed_cb), view);

  return view;
}

static void
view_free (View *view)
{
  g_signal_handlers_disconnect_by_data (view->list, view);
  g_object_unref (view->list);
  g_ptr_array_unref (view->mirror);
  g_free (view);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (View, view_free)

typedef gboolean (*Condition) (View *view, gconstpointer data);

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (View          *view,
          Condition      condition,
          gconstpointer  data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!condition (view, data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (waker);
  g_assert_true (condition (view, data));
}

static gboolean
is_loaded (View          *view,
           gconstpointer  data)
{
  return !strata_profile_list_get_loading (view->list);
}

static gboolean
has_n_items (View          *view,
             gconstpointer  data)
{
  return !strata_profile_list_get_loading (view->list) &&
         view->mirror->len == GPOINTER_TO_UINT (data);
}

/* That the signals told all, that it is sorted, and that it is what the store says. */
static void
assert_true_to_store (StoreFixture *fixture,
                      View         *view)
{
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (view->list)), ==, entries->len);
  g_assert_cmpuint (view->mirror->len, ==, entries->len);

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr(StrataEntry) entry = g_list_model_get_item (G_LIST_MODEL (view->list), i);
      StrataEntry *expected = g_ptr_array_index (entries, i);

      g_assert_true (entry == g_ptr_array_index (view->mirror, i));
      g_assert_true (strata_entry_equal (entry, expected));
      g_assert_true (strata_profile_list_find (view->list, strata_entry_get_id (expected)) ==
                     entry);
    }
}

static void
test_loads (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(View) view = view_new (fixture, FALSE);

  g_assert_true (strata_profile_list_get_loading (view->list));
  wait_for (view, is_loaded, NULL);
  g_assert_cmpuint (view->mirror->len, ==, 2);
  g_assert_null (strata_profile_list_get_error (view->list));
  g_assert_null (strata_profile_list_find (view->list, "nobody"));
  assert_true_to_store (fixture, view);
}

static void
test_loads_nothing (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(View) view = view_new (fixture, FALSE);

  wait_for (view, is_loaded, NULL);
  g_assert_cmpuint (view->mirror->len, ==, 0);
}

static gboolean
has_version (View          *view,
             gconstpointer  data)
{
  for (guint i = 0; i < view->mirror->len; i++)
    if (g_str_equal (strata_entry_get_version (g_ptr_array_index (view->mirror, i)), data))
      return TRUE;

  return FALSE;
}

/* Another program saves: just that entry is replaced, the others stay the same objects. */
static void
test_follows_others (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) two = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) three = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(View) view = view_new (fixture, FALSE);

  wait_for (view, has_n_items, GUINT_TO_POINTER (3));

  StrataEntry *entry_one = strata_profile_list_find (view->list, strata_profile_get_id (one));
  StrataEntry *entry_three = strata_profile_list_find (view->list, strata_profile_get_id (three));
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  g_autoptr(StrataProfile) theirs =
    strata_store_load (other, strata_profile_get_id (two), NULL, NULL);
  g_autoptr(StrataProfile) edit = strata_profile_with (theirs, STRATA_PROFILE_VERSION, "1.0.1");

  view->n_removed = view->n_added = 0;
  g_object_unref (strata_store_save (other, edit, STRATA_REASON_SAVE, NULL, NULL));
  wait_for (view, has_version, "1.0.1");

  g_assert_cmpuint (view->n_removed, ==, 1);
  g_assert_cmpuint (view->n_added, ==, 1);
  g_assert_true (strata_profile_list_find (view->list, strata_profile_get_id (one)) == entry_one);
  g_assert_true (strata_profile_list_find (view->list, strata_profile_get_id (three)) ==
                 entry_three);
  assert_true_to_store (fixture, view);

  g_autoptr(StrataProfile) four =
    strata_store_save (other, profile, STRATA_REASON_SAVE, NULL, NULL);

  wait_for (view, has_n_items, GUINT_TO_POINTER (4));
  g_assert_true (strata_profile_list_find (view->list, strata_profile_get_id (one)) == entry_one);
  assert_true_to_store (fixture, view);
}

static void
test_follows_trash (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(View) profiles = view_new (fixture, FALSE);
  g_autoptr(View) trash = view_new (fixture, TRUE);

  wait_for (profiles, has_n_items, GUINT_TO_POINTER (1));
  wait_for (trash, has_n_items, GUINT_TO_POINTER (0));

  g_assert_true (strata_store_trash (fixture->store, strata_profile_get_id (one), NULL));
  wait_for (profiles, has_n_items, GUINT_TO_POINTER (0));
  wait_for (trash, has_n_items, GUINT_TO_POINTER (1));
  g_assert_true (strata_entry_get_in_trash (g_ptr_array_index (trash->mirror, 0)));

  g_assert_true (strata_store_restore (fixture->store, strata_profile_get_id (one), NULL));
  wait_for (profiles, has_n_items, GUINT_TO_POINTER (1));
  wait_for (trash, has_n_items, GUINT_TO_POINTER (0));
}

static gboolean
has_error (View          *view,
           gconstpointer  data)
{
  return (strata_profile_list_get_error (view->list) != NULL) == GPOINTER_TO_INT (data);
}

/* A failure is told, costs nothing that is shown, and can be tried again. */
static void
test_fails_and_recovers (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autoptr(View) view = view_new (fixture, FALSE);
  const char *path = strata_store_get_profiles_path (fixture->store);
  g_autofree char *away = g_strconcat (path, "-away", NULL);

  wait_for (view, has_n_items, GUINT_TO_POINTER (1));

  g_assert_cmpint (g_rename (path, away), ==, 0);
  strata_profile_list_refresh (view->list);
  wait_for (view, has_error, GINT_TO_POINTER (TRUE));
  g_assert_true (
    g_error_matches (strata_profile_list_get_error (view->list), STRATA_ERROR, STRATA_ERROR_DISK));
  g_assert_cmpuint (view->mirror->len, ==, 1);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  strata_profile_list_refresh (view->list);
  wait_for (view, has_error, GINT_TO_POINTER (FALSE));
  assert_true_to_store (fixture, view);
}

/* The text of the key file of a profile, to make many of it without a save each. */
static char *
get_record (StoreFixture  *fixture,
            StrataProfile *profile)
{
  g_autofree char *name = g_strconcat (strata_profile_get_id (profile), ".ini", NULL);
  g_autofree char *path =
    g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
write_record (StoreFixture *fixture,
              const char   *text,
              guint         number)
{
  g_autofree char *name = g_strdup_printf ("p%05u.ini", number);
  g_autofree char *path =
    g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
remove_record (StoreFixture *fixture,
               guint         number)
{
  g_autofree char *name = g_strdup_printf ("p%05u.ini", number);
  g_autofree char *path =
    g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);

  g_unlink (path);
}

static gboolean
is_read_again (View          *view,
               gconstpointer  data)
{
  const gint64 *until = data;

  return g_get_monotonic_time () > *until;
}

/* Whatever comes and goes at once, the signals tell all of it. */
static void
test_any_difference (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autofree char *text = get_record (fixture, one);
  g_autofree char *other = g_strconcat (text, "note=1\n", NULL);
  g_autoptr(View) view = view_new (fixture, FALSE);

  other[strstr (other, "edge-site") - other] = 'E';

  for (guint round = 0; round < 20; round++)
    {
      for (guint i = 0; i < 40; i++)
        {
          guint number = (guint) g_test_rand_int_range (0, 60);

          if (g_test_rand_bit ())
            write_record (fixture, g_test_rand_bit () ? text : other, number);
          else
            remove_record (fixture, number);
        }

      gint64 until = g_get_monotonic_time () + 20 * G_TIME_SPAN_MILLISECOND;

      strata_profile_list_refresh (view->list);
      wait_for (view, is_read_again, &until);
    }

  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, NULL);

  strata_profile_list_refresh (view->list);
  wait_for (view, has_n_items, GUINT_TO_POINTER (entries->len));
  gint64 until = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;
  wait_for (view, is_read_again, &until);
  assert_true_to_store (fixture, view);
}

/* A file that was written twice within one tick of the clock looks the same from outside. */
static void
test_same_stamp (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autofree char *text = get_record (fixture, one);
  g_autofree char *name = g_strconcat (strata_profile_get_id (one), ".ini", NULL);
  g_autofree char *path =
    g_build_filename (strata_store_get_profiles_path (fixture->store), name, NULL);
  struct utimbuf tick = { .modtime = time (NULL) + 3600 };
  FILE *file = fopen (path, "r+");

  g_assert_cmpint (g_utime (path, &tick), ==, 0);

  g_autoptr(GPtrArray) before = strata_store_list (fixture->store, NULL, NULL);

  strstr (text, "edge-site")[0] = 'E';
  fputs (text, file);
  fclose (file);
  g_assert_cmpint (g_utime (path, &tick), ==, 0);

  g_autoptr(GPtrArray) after = strata_store_list (fixture->store, NULL, NULL);

  g_assert_cmpstr (strata_entry_get_name (g_ptr_array_index (before, 0)), ==, "edge-site");
  g_assert_cmpstr (strata_entry_get_name (g_ptr_array_index (after, 0)), ==, "Edge-site");
}

static double
time_list (StoreFixture *fixture,
           StrataStore  *store,
           guint         n_expected)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);
  gint64 end = g_get_monotonic_time ();

  g_assert_cmpuint (entries->len, ==, n_expected);

  return (double) (end - start) / 1000.0;
}

static void
damage_caches (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "strata", "v1", NULL);
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (!g_str_has_prefix (name, "profiles-") || !g_file_get_contents (file, &data, &size, NULL))
        continue;

      data[size / 2] ^= 0x10;
      g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
    }
}

/* Ten thousand profiles: the figures are told, not judged; that a damaged cache changes nothing is.
 */
static void
test_ten_thousand (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr(StrataProfile) profile = store_fixture_make_profile (8);
  g_autoptr(StrataProfile) one = store_fixture_save (fixture, profile, STRATA_REASON_SAVE);
  g_autofree char *text = get_record (fixture, one);
  guint n_profiles = g_test_quick () ? 1000 : 10000;

  for (guint i = 1; i < n_profiles; i++)
    write_record (fixture, text, i);

  g_usleep (150 * 1000); /* a file that was just written is read twice */

  double first = time_list (fixture, fixture->store, n_profiles);
  double again = time_list (fixture, fixture->store, n_profiles);
  g_autoptr(StrataStore) other = store_fixture_open (fixture);
  double cached = time_list (fixture, other, n_profiles);
  g_autoptr(GPtrArray) expected = strata_store_list (fixture->store, NULL, NULL);

  g_test_message ("%u profiles: first %.1f ms, again %.1f ms, new process %.1f ms", n_profiles,
                  first, again, cached);
  damage_caches ();

  g_autoptr(StrataStore) third = store_fixture_open (fixture);
  g_autoptr(GPtrArray) entries = strata_store_list (third, NULL, NULL);

  g_assert_cmpuint (entries->len, ==, expected->len);
  for (guint i = 0; i < entries->len; i++)
    g_assert_true (
      strata_entry_equal (g_ptr_array_index (entries, i), g_ptr_array_index (expected, i)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/profile-list/loads", test_loads);
  store_fixture_add ("/services/profile-list/loads-nothing", test_loads_nothing);
  store_fixture_add ("/services/profile-list/follows-others", test_follows_others);
  store_fixture_add ("/services/profile-list/follows-trash", test_follows_trash);
  store_fixture_add ("/services/profile-list/fails-and-recovers", test_fails_and_recovers);
  store_fixture_add ("/services/profile-list/any-difference", test_any_difference);
  store_fixture_add ("/services/profile-list/same-stamp", test_same_stamp);
  store_fixture_add ("/services/profile-list/ten-thousand", test_ten_thousand);

  return g_test_run ();
}
