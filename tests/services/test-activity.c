/* test-activity.c - what was done is noted: bounded, whole lines, and whoever is ended takes nothing back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "strata-activity.h"

#define N_THREADS 4
#define N_EACH 50

static GPtrArray *
list (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *all = strata_activity_list (fixture->store, G_MAXUINT, NULL, &error);

  g_assert_no_error (error);

  return all;
}

static void
add (StrataStore *store,
     const char  *name)
{
  const StrataActivity what = {
    .action = STRATA_ACTIVITY_PUSHED,
    .by = STRATA_ACTIVITY_PUSH,
    .name = (char *) name,
    .version = (char *) "1.0.0",
    .result = (char *) "a\tb\nc \\ ü",
    .audit = (char *) "0123",
  };

  strata_activity_add (store, &what);
}

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) none = list (fixture);
  gint64 before = g_get_real_time ();

  g_assert_cmpuint (none->len, ==, 0);
  add (fixture->store, "edge\t1");
  add (fixture->store, "zwei");

  g_autoptr(GPtrArray) all = list (fixture);
  const StrataActivity *first = all->pdata[1];

  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((StrataActivity *) all->pdata[0])->name, ==, "zwei");
  g_assert_cmpstr (first->name, ==, "edge\t1");
  g_assert_cmpstr (first->version, ==, "1.0.0");
  g_assert_cmpstr (first->result, ==, "a\tb\nc \\ ü");
  g_assert_cmpstr (first->audit, ==, "0123");
  g_assert_cmpstr (first->id, ==, "");
  g_assert_cmpint (first->action, ==, STRATA_ACTIVITY_PUSHED);
  g_assert_cmpint (first->by, ==, STRATA_ACTIVITY_PUSH);
  g_assert_cmpint (first->time, >=, before);
  g_assert_cmpint (first->time, <=, g_get_real_time ());
}

/* A line that was cut off is no line, and takes no other with it. */
static void
test_torn (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *path = strata_activity_dup_path (fixture->store);
  g_autofree char *whole = NULL;
  gsize size;

  add (fixture->store, "one");
  add (fixture->store, "two");
  g_assert_true (g_file_get_contents (path, &whole, &size, NULL));

  const char *second = strchr (whole, '\n') + 1;

  for (gsize length = (gsize) (second - whole); length < size; length++)
    {
      g_assert_true (g_file_set_contents (path, whole, (gssize) length, NULL));
      add (fixture->store, "three");

      g_autoptr(GPtrArray) all = list (fixture);

      g_assert_cmpuint (all->len, >=, 2);
      g_assert_cmpstr (((StrataActivity *) all->pdata[0])->name, ==, "three");
      g_assert_cmpstr (((StrataActivity *) all->pdata[all->len - 1])->name, ==, "one");
    }

  g_assert_true (g_file_set_contents (path, "\xff\n9\tnothing\tlocal\t\t\t\t\t\n\t\t\n5\tpushed\n", -1, NULL));

  g_autoptr(GPtrArray) none = list (fixture);

  g_assert_cmpuint (none->len, ==, 0);
}

/* The newest are there, however many there were. */
static void
test_bounded (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *path = strata_activity_dup_path (fixture->store);
  g_autofree char *old = g_strconcat (path, ".old", NULL);
  g_autofree char *long_name = g_strnfill (5000, 'x');
  GStatBuf info;
  GStatBuf old_info;

  for (guint i = 0; i < 3000; i++)
    add (fixture->store, long_name);
  add (fixture->store, "last");

  g_autoptr(GPtrArray) all = list (fixture);
  g_autoptr(GPtrArray) few = strata_activity_list (fixture->store, 5, NULL, NULL);

  g_assert_cmpstr (((StrataActivity *) all->pdata[0])->name, ==, "last");
  g_assert_cmpuint (all->len, >, 500);
  g_assert_cmpuint (all->len, <, 3000);
  g_assert_cmpuint (few->len, ==, 5);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (g_stat (old, &old_info), ==, 0);
  g_assert_cmpint (info.st_size + old_info.st_size, <, 2 * 1024 * 1024);
}

static gpointer
add_in_thread (gpointer data)
{
  StoreFixture *fixture = data;
  g_autoptr(StrataStore) store = store_fixture_open (fixture);

  for (guint i = 0; i < N_EACH; i++)
    add (store, "many");

  return NULL;
}

static void
test_at_once (StoreFixture  *fixture,
              gconstpointer  data)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("add", add_in_thread, fixture);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  g_autoptr(GPtrArray) all = list (fixture);

  g_assert_cmpuint (all->len, ==, N_THREADS * N_EACH);
}

/* What a person does with their profiles; what is saved by itself is one entry, not one each few seconds. */
static void
test_store (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const StrataActivityAction wanted[] = {
    STRATA_ACTIVITY_RESTORED, STRATA_ACTIVITY_DELETED, STRATA_ACTIVITY_IMPORTED,
    STRATA_ACTIVITY_CHANGED,  STRATA_ACTIVITY_CHANGED, STRATA_ACTIVITY_CREATED,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = store_fixture_make_profile (1);
  g_autoptr(StrataProfile) saved = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) same = store_fixture_save (fixture, saved, STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) edited = store_fixture_save_text (fixture, saved, "a: 1\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) typed = store_fixture_save_text (fixture, saved, "a: 2\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) more = store_fixture_save_text (fixture, saved, "a: 3\n", STRATA_REASON_AUTOSAVE);
  g_autoptr(StrataProfile) kept = store_fixture_save_text (fixture, saved, "a: 3\n", STRATA_REASON_SAVE);
  g_autoptr(StrataProfile) import = store_fixture_save_text (fixture, saved, "a: 4\n", STRATA_REASON_IMPORT);
  const char *id = strata_profile_get_id (saved);

  g_assert_true (strata_store_trash (fixture->store, id, &error));
  g_assert_true (strata_store_trash (fixture->store, id, &error));
  g_assert_true (strata_store_restore (fixture->store, id, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) all = list (fixture);

  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < all->len; i++)
    {
      const StrataActivity *what = all->pdata[i];

      g_assert_cmpint (what->action, ==, wanted[i]);
      g_assert_cmpint (what->by, ==, STRATA_ACTIVITY_LOCAL);
      g_assert_cmpstr (what->id, ==, id);
      g_assert_cmpstr (what->name, ==, "edge-site");
      g_assert_nonnull (strata_activity_show_action (what->action));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/activity/round-trip", test_round_trip);
  store_fixture_add ("/activity/torn", test_torn);
  store_fixture_add ("/activity/bounded", test_bounded);
  store_fixture_add ("/activity/at-once", test_at_once);
  store_fixture_add ("/activity/store", test_store);

  return g_test_run ();
}
