/* test-sync.c - this disk and a console, one change after the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-activity.h"
#include "strata-error.h"
#include "strata-merge.h"
#include "sync-fixture.h"

#define FIRST "pack:\n  namespace: one\nfirst: 10\nsecond: 2\nthird: 3\n"
#define THIRD "pack:\n  namespace: one\nfirst: 1\nsecond: 2\nthird: 30\n"
#define FIRST_OTHER "pack:\n  namespace: one\nfirst: 11\nsecond: 2\nthird: 3\n"

static void
test_list (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autoptr(StrataProfile) draft = sync_fixture_make ("draft", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autofree char *draft_uid = sync_fixture_create (fixture, draft, FALSE);

  g_assert_cmpint (strata_sync_get_checked (fixture->sync), ==, 0);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (strata_sync_get_checked (fixture->sync), >, 0);
  g_assert_cmpint (sync_fixture_take_gets (fixture), ==, 0);

  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, uid);
  g_autoptr(StrataEntry) again = sync_fixture_get_entry (fixture, uid);

  g_assert_true (strata_entry_get_is_away (entry));
  g_assert_cmpstr (strata_entry_get_name (entry), ==, "edge");
  g_assert_cmpstr (strata_entry_get_uid (entry), ==, uid);
  g_assert_cmpuint (strata_entry_get_n_layers (entry), ==, 2);
  g_assert_true (entry == again);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  sync_fixture_assert_state (fixture, draft_uid, STRATA_STATE_UNPUBLISHED);

  /* The next start has it with no console to ask. */
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) store =
    strata_store_open_workspace (fixture->data, fixture->workspace, &error);
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, -1);
}

static void
test_pull (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(GError) error = NULL;

  sync_fixture_refresh (fixture);

  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);

  g_assert_cmpstr (strata_profile_get_id (pulled), ==, uid);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  g_assert_cmpuint (strata_profile_get_n_layers (pulled), ==, 2);

  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, uid);

  g_assert_false (strata_entry_get_is_away (entry));

  /* The console goes on: it is read once, however often the list is, and a pull brings it. */
  sync_fixture_edit_there (fixture, uid, 0, FIRST);
  sync_fixture_take_gets (fixture);
  sync_fixture_refresh (fixture);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_take_gets (fixture), ==, 1);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_BEHIND);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_PULL);

  g_autoptr(StrataProfile) next = sync_fixture_pull (fixture, uid);

  g_assert_nonnull (strstr (sync_fixture_get_values (next, 0), "first: 10"));
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_UNPUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_PUBLISH);
  g_assert_true (strata_sync_publish (fixture->sync, fixture->console, uid, NULL, &error));
  g_assert_no_error (error);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, -1);

  /* What it was is in its history. */
  g_autoptr(GPtrArray) history = strata_store_list_history (fixture->store, uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2);
}

static void
test_create (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, made);
  const char *id = strata_profile_get_id (saved);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_ONLY_HERE);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_CREATE);

  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_NONE);
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);
  g_autofree char *uid = g_strdup (strata_entry_get_uid (entry));

  g_assert_cmpstr (uid, !=, "");
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_UNPUBLISHED);
  g_assert_false (strata_entry_get_is_changed (entry));

  sync_fixture_refresh (fixture);
  g_assert_null (sync_fixture_get_entry (fixture, uid));
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUBLISH);

  g_autoptr(StrataProfile) published = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  /* A change, and back again: nothing is left to send. */
  g_autoptr(StrataProfile) edited = sync_fixture_edit (saved, 0, FIRST);
  g_autoptr(StrataProfile) kept = sync_fixture_save (fixture, edited);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_UNPUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  g_autoptr(StrataProfile) back = sync_fixture_save (fixture, saved);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
}

static void
test_push (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *there = sync_fixture_get_there (fixture, uid, 0);

  g_assert_nonnull (strstr (there, "first: 10"));
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);

  /* A push of what is there changes nothing there. */
  int n_writes = fixture->n_writes;
  g_autoptr(StrataProfile) again = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);

  g_assert_cmpint (fixture->n_writes, ==, n_writes);

  /* White space that the console takes away is no change. */
  g_autoptr(StrataProfile) spaced = sync_fixture_edit (pushed, 0, FIRST "\n\n");
  g_autoptr(StrataProfile) kept = sync_fixture_save (fixture, spaced);
  g_autoptr(StrataProfile) same = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_NONE);

  g_assert_cmpint (fixture->n_writes, ==, n_writes);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
}

static void
test_merge (SyncFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(GError) error = NULL;

  sync_fixture_edit_there (fixture, uid, 0, THIRD);

  /* Nothing of theirs is overwritten. */
  g_assert_null (strata_sync_push (fixture->sync, fixture->console, uid, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_CONFLICT);

  sync_fixture_take_gets (fixture);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_take_gets (fixture), ==, 0);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_CONFLICT);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_MERGE);

  g_autoptr(StrataSyncStep) step = strata_sync_plan_one (fixture->sync, uid, NULL, &error);

  g_assert_true (strata_sync_apply (fixture->sync, fixture->console, step, STRATA_SYNC_PUSH_PUBLISH, NULL, NULL, &error));
  g_assert_no_error (error);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);

  g_autofree char *there = sync_fixture_get_there (fixture, uid, 0);

  g_assert_nonnull (strstr (there, "first: 10"));
  g_assert_nonnull (strstr (there, "third: 30"));
}

static void
test_conflict (SyncFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 2);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(GError) error = NULL;

  sync_fixture_edit_there (fixture, uid, 0, FIRST_OTHER);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_CONFLICT);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_CONFLICT);

  g_assert_null (strata_sync_pull (fixture->sync, fixture->console, uid, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);

  /* Both are there, whole. */
  g_autoptr(StrataProfile) base = strata_sync_get_base (fixture->sync, uid, NULL, &error);
  g_autoptr(StrataProfile) theirs = strata_sync_get_theirs (fixture->sync, uid, NULL, &error);
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sync_fixture_get_values (base, 0), "first: 1\n"));
  g_assert_nonnull (strstr (sync_fixture_get_values (theirs, 0), "first: 11"));
  g_assert_nonnull (strstr (sync_fixture_get_values (mine, 0), "first: 10"));

  /* The one who decides takes theirs, and adds something. */
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) decided = strata_merge_resolve_all (merge, STRATA_SIDE_THEIRS);
  g_autoptr(StrataProfile) more = sync_fixture_edit (strata_merge_get_profile (decided), 1, THIRD);

  /* What was made of something that the console does not have any more ends nothing. */
  g_assert_null (strata_sync_resolve (fixture->sync, uid, more, base, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_CONFLICT);

  g_autoptr(StrataProfile) resolved = strata_sync_resolve (fixture->sync, uid, more, theirs, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (resolved);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_UNPUBLISHED);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_UNPUBLISHED);

  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *first = sync_fixture_get_there (fixture, uid, 0);
  g_autofree char *second = sync_fixture_get_there (fixture, uid, 1);

  g_assert_nonnull (strstr (first, "first: 11"));
  g_assert_nonnull (strstr (second, "third: 30"));
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
}

/* Both did the same: there is nothing to decide. */
static void
test_same_change (SyncFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);

  sync_fixture_edit_there (fixture, uid, 0, FIRST);
  sync_fixture_refresh (fixture);

  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, uid);

  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_UNPUBLISHED);
  g_assert_false (strata_entry_get_is_changed (entry));
}

static void
test_gone (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(GError) error = NULL;

  sync_fixture_refresh (fixture);
  g_assert_true (strata_console_delete_profile (fixture->other, uid, NULL, NULL, &error));
  g_assert_no_error (error);

  g_assert_null (strata_sync_push (fixture->sync, fixture->console, uid, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_ONLY_HERE);
  g_assert_cmpint (sync_fixture_get_action (fixture, uid), ==, STRATA_SYNC_GONE);

  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sync_fixture_get_values (mine, 0), "first: 10"));

  /* Who pushes it then creates it anew. */
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, uid);

  g_assert_cmpstr (strata_entry_get_uid (entry), !=, uid);
  g_assert_cmpint (strata_entry_get_state (entry), ==, STRATA_STATE_PUBLISHED);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
}

static void
test_taken (SyncFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (made, 0, FIRST);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_sync_push (fixture->sync, fixture->console, id, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_TAKEN);

  sync_fixture_refresh (fixture);
  sync_fixture_take_gets (fixture);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_take_gets (fixture), ==, 0);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_TAKEN);

  /* As another version it is free. */
  g_autoptr(StrataProfile) next = strata_sync_save_version (fixture->sync, id, "1.1.0", NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataProfile) created =
    sync_fixture_push (fixture, strata_profile_get_id (next), STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_assert_state (fixture, strata_profile_get_id (next), STRATA_STATE_PUBLISHED);
  g_assert_null (strata_sync_save_version (fixture->sync, id, "1.1.0", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (strata_sync_save_version (fixture->sync, id, "1.1", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);

  /* Or it is taken over: then a person decides. */
  g_autoptr(StrataProfile) adopted =
    strata_sync_adopt (fixture->sync, fixture->console, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (adopted);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_CONFLICT);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_CONFLICT);

  g_autoptr(StrataProfile) resolved = strata_sync_resolve (fixture->sync, id, saved, NULL, NULL, &error);
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *there = sync_fixture_get_there (fixture, uid, 0);

  g_assert_nonnull (strstr (there, "first: 10"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
}

static gboolean
is_there (SyncFixture *fixture,
          const char  *uid)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConsoleProfile) now = strata_console_get_profile (fixture->other, uid, NULL, &error);

  if (now == NULL)
    g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);

  return now != NULL;
}

static void
assert_delete (SyncFixture *fixture,
               const char  *id,
               int          code)
{
  g_autoptr(GError) error = NULL;
  gboolean done = strata_sync_delete (fixture->sync, fixture->console, id, fixture->cancellable, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (done);
    }
  else
    {
      g_assert_error (error, STRATA_ERROR, code);
      g_assert_false (done);
    }
}

/* Nothing is deleted that was not seen here: not what was changed since the last look, on this disk or only listed. */
static void
test_delete (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) other = sync_fixture_make ("away", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autofree char *away = sync_fixture_create (fixture, other, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);

  sync_fixture_refresh (fixture);
  sync_fixture_edit_there (fixture, uid, 0, FIRST);
  sync_fixture_edit_there (fixture, away, 0, FIRST);

  assert_delete (fixture, uid, STRATA_ERROR_CONFLICT);
  assert_delete (fixture, away, STRATA_ERROR_CONFLICT);
  g_assert_true (is_there (fixture, uid));
  g_assert_true (is_there (fixture, away));

  /* What it was is known now. */
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_BEHIND);

  g_autoptr(StrataProfile) seen = sync_fixture_pull (fixture, uid);

  sync_fixture_refresh (fixture);
  assert_delete (fixture, uid, -1);
  assert_delete (fixture, away, -1);
  g_assert_false (is_there (fixture, uid));
  g_assert_false (is_there (fixture, away));

  g_autoptr(StrataEntry) entry = strata_store_get_entry (fixture->store, uid, NULL);

  g_assert_true (strata_entry_get_in_trash (entry));
}

/* Who did not hear that it was deleted does it again, and that is no failure. */
static void
test_delete_cut (SyncFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(GError) error = NULL;

  for (int after = 1; is_there (fixture, uid); after++)
    {
      g_clear_error (&error);
      sync_fixture_cut (fixture, after);
      g_assert_false (
        strata_sync_delete (fixture->sync, fixture->console, uid, fixture->cancellable, &error));
      sync_fixture_mend (fixture);
    }

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_delete (fixture, uid, -1);

  g_autoptr(StrataEntry) entry = strata_store_get_entry (fixture->store, uid, NULL);
  g_autoptr(GPtrArray) list = strata_activity_list (fixture->store, 10, NULL, NULL);
  gboolean is_noted = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      StrataActivity *what = list->pdata[i];

      is_noted |= what->action == STRATA_ACTIVITY_DELETED_THERE && *what->result == '\0';
    }

  g_assert_true (strata_entry_get_in_trash (entry));
  g_assert_true (is_noted);
}

/* What is written at the console is compared with what is there right before, and not with what was there once. */
static void
test_update_over (SyncFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataConsoleProfile) before = sync_fixture_read_there (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (before->profile, 0, FIRST);
  g_autoptr(GError) error = NULL;

  sync_fixture_edit_there (fixture, uid, 0, THIRD);
  g_free (sync_fixture_take_sent (fixture));

  g_assert_false (strata_console_update_profile (fixture->console, uid, edited, before->profile, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);

  g_autofree char *sent = sync_fixture_take_sent (fixture);

  g_assert_cmpstr (sent, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  sync_fixture_add ("/sync/list", test_list);
  sync_fixture_add ("/sync/pull", test_pull);
  sync_fixture_add ("/sync/create", test_create);
  sync_fixture_add ("/sync/push", test_push);
  sync_fixture_add ("/sync/merge", test_merge);
  sync_fixture_add ("/sync/conflict", test_conflict);
  sync_fixture_add ("/sync/same-change", test_same_change);
  sync_fixture_add ("/sync/gone", test_gone);
  sync_fixture_add ("/sync/taken", test_taken);
  sync_fixture_add ("/sync/delete", test_delete);
  sync_fixture_add ("/sync/delete/cut", test_delete_cut);
  sync_fixture_add ("/sync/update-over", test_update_over);

  return g_test_run ();
}
