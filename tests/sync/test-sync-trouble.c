/* test-sync-trouble.c - one profile that makes trouble, and versions that are made of others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sqlite3.h>

#include "strata-activity.h"
#include "strata-error.h"
#include "strata-store-join.h"
#include "sync-fixture.h"

#define FIRST "pack:\n  namespace: one\nfirst: 10\nsecond: 2\nthird: 3\n"
#define THIRD "pack:\n  namespace: one\nfirst: 1\nsecond: 2\nthird: 30\n"
#define FIRST_OTHER "pack:\n  namespace: one\nfirst: 11\nsecond: 2\nthird: 3\n"

/* The console has a layer of a kind that nobody here knows. */
static void
damage_there (SyncFixture *fixture,
              const char  *uid)
{
  g_autofree char *path = g_build_filename (fixture->path, "console", "console.sqlite", NULL);
  sqlite3 *db = NULL;
  char *order = sqlite3_mprintf ("UPDATE profile SET draft = replace (draft, '\"manifest\"', '\"odd\"') WHERE uid = %Q",
                                 uid);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_exec (db, order, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_free (order);
  sqlite3_close (db);
}

/* Makes a profile that is on both sides and was changed at the console since. */
static char *
make_behind (SyncFixture *fixture,
             const char  *name)
{
  g_autoptr(StrataProfile) made = sync_fixture_make (name, "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);

  sync_fixture_edit_there (fixture, uid, 0, FIRST);

  return g_steal_pointer (&uid);
}

/* One profile that cannot be read does not keep the others from being read, and it is said which and why. */
static void
test_unread (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unread = NULL;
  char *uids[4];

  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    {
      g_autofree char *name = g_strdup_printf ("edge-%u", i);

      uids[i] = make_behind (fixture, name);
    }

  damage_there (fixture, uids[1]);
  strata_console_set_patience (fixture->console, 1, 1);
  g_assert_true (strata_sync_refresh (fixture->sync, fixture->console, NULL, &unread, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (unread);
  g_assert_nonnull (strstr (unread->message, "edge-1 1.0.0"));

  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    if (i != 1)
      sync_fixture_assert_state (fixture, uids[i], STRATA_STATE_BEHIND);

  g_autoptr(GPtrArray) list = strata_activity_list (fixture->store, 1, NULL, &error);
  StrataActivity *last = list->pdata[0];

  g_assert_cmpstr (last->id, ==, uids[1]);
  g_assert_cmpstr (last->result, !=, "");

  for (guint i = 0; i < G_N_ELEMENTS (uids); i++)
    g_free (uids[i]);
}

/* A console that fails for all is not asked for each of thousands. */
static void
test_unread_all (SyncFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unread = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strdup_printf ("edge-%u", i);
      g_autofree char *uid = make_behind (fixture, name);

      damage_there (fixture, uid);
    }

  strata_console_set_patience (fixture->console, 1, 1);
  sync_fixture_take_gets (fixture);
  g_assert_false (strata_sync_refresh (fixture->sync, fixture->console, NULL, &unread, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (sync_fixture_take_gets (fixture), <=, 5);
}

/* What was made here, sent and thrown away comes back when the console's is pulled: it is no second profile. */
static void
test_trashed (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, made);
  g_autofree char *id = g_strdup (strata_profile_get_id (saved));
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);
  g_autofree char *uid = g_strdup (strata_entry_get_uid (entry));
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (uid, !=, id);
  g_assert_true (strata_store_trash (fixture->store, id, &error));
  g_assert_no_error (error);
  sync_fixture_edit_there (fixture, uid, 0, FIRST);
  sync_fixture_refresh (fixture);

  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);
  g_autoptr(GPtrArray) trash = strata_store_list_trash (fixture->store, NULL, &error);

  g_assert_cmpstr (strata_profile_get_id (pulled), ==, id);
  g_assert_nonnull (strstr (sync_fixture_get_values (pulled, 0), "first: 10"));
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (trash->len, ==, 0);
}

static void
assert_values (SyncFixture *fixture,
               const char  *id,
               const char  *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sync_fixture_get_values (mine, 0), text));
}

/* What was changed here and not sent moves to the new version; the old one is what the console has. */
static void
test_version (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(GError) error = NULL;

  /* Without a change there is nothing to move. */
  g_autoptr(StrataProfile) same = strata_sync_save_version (fixture->sync, uid, "1.1.0", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (same);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);

  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(StrataProfile) next = strata_sync_save_version (fixture->sync, uid, "1.2.0", NULL, &error);

  g_assert_no_error (error);
  assert_values (fixture, strata_profile_get_id (next), "first: 10");
  assert_values (fixture, uid, "first: 1\n");
  sync_fixture_assert_state (fixture, strata_profile_get_id (next), STRATA_STATE_ONLY_HERE);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, -1);

  /* One step back it is still there. */
  g_autoptr(GPtrArray) history = strata_store_list_history (fixture->store, uid, NULL, &error);
  StrataRevision *step = history->pdata[1];
  g_autoptr(StrataProfile) before = strata_store_load_revision (fixture->store, uid, step->digest, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sync_fixture_get_values (before, 0), "first: 10"));

  g_autoptr(StrataProfile) pushed =
    sync_fixture_push (fixture, strata_profile_get_id (next), STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
}

/* Where both were changed, the console's stays under the old version and ours becomes the new one: nobody has to decide. */
static void
test_version_of_conflict (SyncFixture   *fixture,
                          gconstpointer  data)
{
  g_autofree char *uid = make_behind (fixture, "edge");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, uid, NULL, &error);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (mine, 0, FIRST_OTHER);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);

  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_CONFLICT);

  g_autoptr(StrataProfile) next = strata_sync_save_version (fixture->sync, uid, "1.1.0", NULL, &error);

  g_assert_no_error (error);
  assert_values (fixture, strata_profile_get_id (next), "first: 11");
  assert_values (fixture, uid, "first: 10");
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_PUBLISH);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_PUBLISH);
}

/* Nothing is moved of a profile that is another one by now, and no half of it is there. */
static void
test_version_taken (SyncFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) first = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, first);
  g_autofree char *head = NULL;
  g_autoptr(StrataLink) link = strata_store_get_link (fixture->store, uid, &head, NULL);
  g_autoptr(StrataLink) fresh = strata_link_new ();
  g_autoptr(StrataProfile) third = sync_fixture_edit (pulled, 0, THIRD);
  g_autoptr(StrataProfile) over = sync_fixture_save (fixture, third);
  g_autoptr(StrataProfile) other = strata_profile_with (first, STRATA_PROFILE_ID, "another");
  g_autoptr(GError) error = NULL;
  const StrataJoin next = { .id = "another", .head = other, .reason = STRATA_REASON_SAVE, .link = fresh };
  const StrataJoin old = {
    .id = uid, .expected = head, .head = pulled, .reason = STRATA_REASON_IMPORT, .base = pulled, .link = link,
  };

  g_assert_false (strata_store_join_both (fixture->store, &next, &old, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BUSY);
  g_assert_null (sync_fixture_get_entry (fixture, "another"));
  assert_values (fixture, uid, "third: 30");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  sync_fixture_add ("/sync/unread/one", test_unread);
  sync_fixture_add ("/sync/unread/all", test_unread_all);
  sync_fixture_add ("/sync/trashed", test_trashed);
  sync_fixture_add ("/sync/version/moves", test_version);
  sync_fixture_add ("/sync/version/of-conflict", test_version_of_conflict);
  sync_fixture_add ("/sync/version/taken", test_version_taken);

  return g_test_run ();
}
