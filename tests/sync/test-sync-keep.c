/* test-sync-keep.c - what a workspace keeps for itself: secrets, what is pinned or copied, what was done
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-activity.h"
#include "strata-error.h"
#include "sync-fixture.h"

#define N_PAGE 50u  /* what a console gives at once */
#define N_LISTED (N_PAGE + 5u)
#define FIRST "pack:\n  namespace: one\nfirst: 10\nsecond: 2\nthird: 3\n"
#define THIRD "pack:\n  namespace: one\nfirst: 1\nsecond: 2\nthird: 30\n"
#define FIRST_OTHER "pack:\n  namespace: one\nfirst: 11\nsecond: 2\nthird: 3\n"

static void
test_pin (SyncFixture   *fixture,
          gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(GError) error = NULL;

  sync_fixture_refresh (fixture);
  g_assert_true (strata_sync_pin (fixture->sync, fixture->console, uid, TRUE, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, uid);

  g_assert_true (strata_entry_get_is_pinned (entry));

  sync_fixture_edit_there (fixture, uid, 0, FIRST);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_BEHIND);

  /* The console is out of reach now. */
  strata_sandbox_stop (fixture->sandbox);

  g_autoptr(StrataProfile) pulled = strata_sync_pull (fixture->sync, NULL, uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (sync_fixture_get_values (pulled, 0), "first: 10"));
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_UNPUBLISHED);
}

static void
test_copy (SyncFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStore) local = strata_store_open (fixture->data, &error);
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) saved = strata_store_save (local, made, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataProfile) copy =
    strata_sync_copy (local, strata_profile_get_id (saved), fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_profile_get_id (copy), !=, strata_profile_get_id (saved));
  g_assert_cmpint (sync_fixture_get_action (fixture, strata_profile_get_id (copy)), ==, STRATA_SYNC_CREATE);

  g_assert_null (strata_sync_copy (local, strata_profile_get_id (saved), fixture->store, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  g_clear_error (&error);

  /* What one workspace throws away, another still has. */
  g_assert_true (strata_store_trash (local, strata_profile_get_id (saved), &error));
  g_assert_true (strata_store_purge (local, strata_profile_get_id (saved), &error));
  g_assert_true (strata_store_collect (local, 0, NULL, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* What the console has is kept from being collected, also where nobody joined it. */
static void
test_collect (SyncFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(GError) error = NULL;

  sync_fixture_edit_there (fixture, uid, 0, FIRST_OTHER);
  sync_fixture_refresh (fixture);

  g_autoptr(StrataStore) local = strata_store_open (fixture->data, &error);

  g_assert_true (strata_store_collect (local, 0, NULL, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(StrataProfile) theirs = strata_sync_get_theirs (fixture->sync, uid, NULL, &error);
  g_autoptr(StrataProfile) base = strata_sync_get_base (fixture->sync, uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (theirs);
  g_assert_nonnull (base);
}

/* What is saved here while a push is on its way is not lost, and is the next change. */
static void
test_saved_meanwhile (SyncFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, made);
  const char *id = strata_profile_get_id (saved);

  /* While it is created. */
  fixture->meanwhile = sync_fixture_edit (saved, 0, FIRST);

  g_autoptr(StrataProfile) created = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  g_assert_null (fixture->meanwhile);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_UNPUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  /* While it is changed. */
  fixture->meanwhile = sync_fixture_edit (saved, 0, THIRD);

  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);
  g_autofree char *there = sync_fixture_get_there (fixture, strata_entry_get_uid (entry), 0);
  g_autoptr(StrataProfile) here = strata_store_peek (fixture->store, id, NULL, NULL);

  g_assert_nonnull (strstr (there, "first: 10"));
  g_assert_nonnull (strstr (sync_fixture_get_values (here, 0), "third: 30"));
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  g_autoptr(StrataProfile) last = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
}

/* A console never says a secret: that is no change, and what is known here is sent and not lost. */
static void
test_secret (SyncFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataVariable) bare = strata_variable_new ("password");
  g_autoptr(StrataVariable) sensitive = strata_variable_with_flags (bare, STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataVariable) secret =
    strata_variable_with (sensitive, STRATA_VARIABLE_DEFAULT, "s3cret-of-a-profile");
  g_autoptr(GPtrArray) variables = g_ptr_array_new ();

  g_ptr_array_add (variables, secret);

  g_autoptr(StrataProfile) whole = strata_profile_with_variables (made, variables);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, whole);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(StrataProfile) created = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
  sync_fixture_refresh (fixture);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);

  sync_fixture_edit_there (fixture, strata_entry_get_uid (entry), 0, FIRST);

  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, id);
  StrataVariable *found = strata_profile_get_variables (pulled)->pdata[0];

  g_assert_nonnull (strstr (sync_fixture_get_values (pulled, 0), "first: 10"));
  g_assert_cmpstr (strata_variable_get (found, STRATA_VARIABLE_DEFAULT), ==, "s3cret-of-a-profile");

  /* Another secret is a change, though no text says so, and it is sent once. */
  g_autoptr(StrataProfile) published = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  g_autoptr(StrataVariable) next = strata_variable_with (found, STRATA_VARIABLE_DEFAULT, "other-s3cret");
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  g_ptr_array_add (others, next);

  g_autoptr(StrataProfile) changed = strata_profile_with_variables (pulled, others);
  g_autoptr(StrataProfile) kept = sync_fixture_save (fixture, changed);

  sync_fixture_assert_state (fixture, id, STRATA_STATE_UNPUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  int n_writes = fixture->n_writes;
  g_autoptr(StrataProfile) sent = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  g_assert_cmpint (fixture->n_writes, >, n_writes);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
  n_writes = fixture->n_writes;

  g_autoptr(StrataProfile) nothing = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  g_assert_cmpint (fixture->n_writes, ==, n_writes);

  /* So it is for whoever starts anew. */
  g_autoptr(StrataStore) store = strata_store_open_workspace (fixture->data, fixture->workspace, &error);
  g_autoptr(StrataProfile) again = strata_store_load (store, id, NULL, &error);

  g_assert_no_error (error);
  found = strata_profile_get_variables (again)->pdata[0];
  g_assert_cmpstr (strata_variable_get (found, STRATA_VARIABLE_DEFAULT), ==, "other-s3cret");
}

static StrataProfile *
with_secret (StrataProfile *profile,
             const char    *secret)
{
  g_autoptr(StrataVariable) bare = strata_variable_new ("password");
  g_autoptr(StrataVariable) sensitive = strata_variable_with_flags (bare, STRATA_VARIABLE_SENSITIVE);
  g_autoptr(StrataVariable) variable = strata_variable_with (sensitive, STRATA_VARIABLE_DEFAULT, secret);
  g_autoptr(GPtrArray) variables = g_ptr_array_new ();

  g_ptr_array_add (variables, variable);

  return strata_profile_with_variables (profile, variables);
}

/* Somebody gives the variable another secret at the console, where nobody can see it. */
static void
rotate_there (SyncFixture *fixture,
              const char  *uid,
              const char  *secret)
{
  g_autoptr(StrataConsoleProfile) there = sync_fixture_read_there (fixture, uid);
  g_autoptr(StrataProfile) rotated = with_secret (there->profile, secret);
  g_autoptr(GError) error = NULL;

  strata_console_update_profile (fixture->other, uid, rotated, there->profile, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Saves, as an editor does that has the profile open. */
static StrataProfile *
save_with (SyncFixture   *fixture,
           StrataProfile *profile,
           const char    *values,
           const char    *secret)
{
  g_autoptr(StrataProfile) edited = sync_fixture_edit (profile, 0, values);
  g_autoptr(StrataProfile) whole = with_secret (edited, secret);

  return sync_fixture_save (fixture, whole);
}

/* A secret that was changed at the console is not overwritten by the one that is known here, whatever else is sent. */
static void
test_secret_rotated (SyncFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) whole = with_secret (made, "s3cret-of-a-profile");
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, whole);
  const char *id = strata_profile_get_id (saved);
  g_autoptr(StrataProfile) created = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *first = sync_fixture_take_sent (fixture);
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);

  g_assert_nonnull (strstr (first, "s3cret-of-a-profile"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  rotate_there (fixture, strata_entry_get_uid (entry), "rotated-s3cret");

  g_autofree char *theirs = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (theirs, "rotated-s3cret"));
  sync_fixture_refresh (fixture);

  g_autoptr(StrataProfile) edited = save_with (fixture, saved, FIRST, "s3cret-of-a-profile");
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *ours = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (ours, "first: 10"));
  g_assert_null (strstr (ours, "s3cret"));
  g_assert_null (strstr (ours, "***"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  /* One that was changed here is sent, once, and to a store that has just been opened it is no change either. */
  g_autoptr(StrataProfile) other = save_with (fixture, saved, FIRST, "our-s3cret");
  g_autoptr(StrataProfile) again = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *sent = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (sent, "our-s3cret"));

  g_autoptr(StrataStore) store = strata_store_open_workspace (fixture->data, fixture->workspace, NULL);
  g_autoptr(StrataProfile) third = sync_fixture_edit (other, 0, THIRD);
  g_autoptr(StrataProfile) kept = strata_store_save_over (store, third, STRATA_REASON_SAVE, NULL, NULL);
  g_autoptr(StrataProfile) last = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *nothing = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (nothing, "third: 30"));
  g_assert_null (strstr (nothing, "s3cret"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
}

/* A secret that is saved while a push is on its way is not taken for sent. */
static void
test_secret_meanwhile (SyncFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataProfile) whole = with_secret (made, "s3cret-of-a-profile");
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, whole);
  const char *id = strata_profile_get_id (saved);

  /* While it is created. */
  fixture->meanwhile = with_secret (saved, "second-s3cret");

  g_autoptr(StrataProfile) created = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);

  g_assert_null (fixture->meanwhile);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_UNPUBLISHED);
  sync_fixture_refresh (fixture);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  /* While it is changed. */
  g_autoptr(StrataProfile) edited = save_with (fixture, saved, FIRST, "second-s3cret");

  fixture->meanwhile = with_secret (edited, "third-s3cret");

  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *sent = sync_fixture_take_sent (fixture);

  g_assert_null (fixture->meanwhile);
  g_assert_nonnull (strstr (sent, "second-s3cret"));
  g_assert_null (strstr (sent, "third-s3cret"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_UNPUBLISHED);
  g_assert_cmpint (sync_fixture_get_action (fixture, id), ==, STRATA_SYNC_PUSH);

  g_autoptr(StrataProfile) last = sync_fixture_push (fixture, id, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *rest = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (rest, "third-s3cret"));
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);
}

/* A value that everybody could read, and that somebody made a secret at the console, is no secret that is known here. */
static void
test_secret_from_plain (SyncFixture   *fixture,
                        gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autoptr(StrataVariable) bare = strata_variable_new ("password");
  g_autoptr(StrataVariable) plain = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, "plain-value");
  g_autoptr(GPtrArray) variables = g_ptr_array_new ();

  g_ptr_array_add (variables, plain);

  g_autoptr(StrataProfile) whole = strata_profile_with_variables (made, variables);
  g_autofree char *uid = sync_fixture_create (fixture, whole, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);

  rotate_there (fixture, uid, "real-s3cret");

  g_autoptr(StrataProfile) next = sync_fixture_pull (fixture, uid);
  StrataVariable *found = strata_profile_get_variables (next)->pdata[0];

  g_assert_cmpstr (strata_variable_get (found, STRATA_VARIABLE_DEFAULT), !=, "plain-value");
  g_free (sync_fixture_take_sent (fixture));

  g_autoptr(StrataProfile) edited = sync_fixture_edit (next, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);
  g_autofree char *sent = sync_fixture_take_sent (fixture);

  g_assert_nonnull (strstr (sent, "first: 10"));
  g_assert_null (strstr (sent, "plain-value"));
  sync_fixture_assert_state (fixture, uid, STRATA_STATE_PUBLISHED);
}

/* Variables called as @names says; the secret one is called "password". */
static StrataProfile *
with_variables (StrataProfile     *profile,
                const char *const *names)
{
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean is_secret = g_str_equal (names[i], "password");
      g_autoptr(StrataVariable) bare = strata_variable_new (names[i]);
      g_autoptr(StrataVariable) shown = strata_variable_with (bare, STRATA_VARIABLE_DISPLAY_NAME, names[i]);
      g_autoptr(StrataVariable) flagged =
        strata_variable_with_flags (shown, is_secret ? STRATA_VARIABLE_SENSITIVE : 0);

      g_ptr_array_add (variables, strata_variable_with (flagged, STRATA_VARIABLE_DEFAULT, "s3cret-or-value"));
    }

  return strata_profile_with_variables (profile, variables);
}

/* Saves the variables in another order, sends that, and gives what was sent. */
static char *
send_order (SyncFixture        *fixture,
            const char         *id,
            const char *const  *names,
            char              **remark)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, id, NULL, &error);
  g_autoptr(StrataProfile) edited =
    sync_fixture_edit (mine, 0, strstr (sync_fixture_get_values (mine, 0), "first: 10") != NULL ? THIRD : FIRST);
  g_autoptr(StrataProfile) ordered = with_variables (edited, names);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, ordered);

  g_free (sync_fixture_take_sent (fixture));

  g_autoptr(StrataProfile) pushed = strata_sync_push (fixture->sync, fixture->console, id, STRATA_SYNC_PUSH_PUBLISH,
                                                      remark, NULL, &error);

  g_assert_no_error (error);
  sync_fixture_assert_state (fixture, id, STRATA_STATE_PUBLISHED);

  return sync_fixture_take_sent (fixture);
}

static StrataProfile *
create_with_variables (SyncFixture       *fixture,
                       const char        *name,
                       const char *const *names)
{
  g_autoptr(StrataProfile) made = sync_fixture_make (name, "1.0.0", 1);
  g_autoptr(StrataProfile) whole = with_variables (made, names);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, whole);
  g_autoptr(StrataProfile) created =
    sync_fixture_push (fixture, strata_profile_get_id (saved), STRATA_SYNC_PUSH_PUBLISH);

  return g_steal_pointer (&saved);
}

/* Who sends all variables without a secret of one may lose it: then their order stays, and that is said. */
static void
test_secret_order (SyncFixture   *fixture,
                   gconstpointer  data)
{
  static const char *const before[] = { "tier", "password", "port", NULL };
  static const char *const after[] = { "password", "port", "tier", NULL };
  static const char *const plain_before[] = { "tier", "port", NULL };
  static const char *const plain_after[] = { "port", "tier", NULL };
  g_autoptr(StrataProfile) secret = create_with_variables (fixture, "edge", before);
  g_autoptr(StrataProfile) plain = create_with_variables (fixture, "plain", plain_before);
  g_autofree char *remark = NULL;
  g_autofree char *sent = send_order (fixture, strata_profile_get_id (secret), after, &remark);

  g_assert_nonnull (strstr (sent, "first: 10"));
  g_assert_null (strstr (sent, "/variables"));
  g_assert_nonnull (remark);
  g_assert_nonnull (strstr (remark, "password"));
  g_clear_pointer (&remark, g_free);

  g_autofree char *whole = send_order (fixture, strata_profile_get_id (plain), plain_after, &remark);

  g_assert_null (remark);
  g_assert_nonnull (strstr (whole, "PUT /v1/clusterprofiles/"));
  g_assert_nonnull (strstr (whole, "/variables"));
}

static void
test_activity (SyncFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataProfile) made = sync_fixture_make ("edge", "1.0.0", 1);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(StrataProfile) edited = sync_fixture_edit (pulled, 0, FIRST);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
  g_autoptr(StrataProfile) pushed = sync_fixture_push (fixture, uid, STRATA_SYNC_PUSH_PUBLISH);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = strata_activity_list (fixture->store, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 4);

  StrataActivity *last = list->pdata[0];

  g_assert_cmpint (last->action, ==, STRATA_ACTIVITY_PUBLISHED);
  g_assert_cmpint (last->by, ==, STRATA_ACTIVITY_PUSH);
  g_assert_cmpstr (last->name, ==, "edge");
  g_assert_cmpstr (last->version, ==, "1.0.0");
  g_assert_cmpstr (last->id, ==, uid);
  g_assert_cmpstr (last->result, ==, "");
  g_assert_cmpint (((StrataActivity *) list->pdata[1])->action, ==, STRATA_ACTIVITY_CHANGED);
  g_assert_cmpint (((StrataActivity *) list->pdata[2])->action, ==, STRATA_ACTIVITY_PULLED);
  g_assert_cmpint (((StrataActivity *) list->pdata[2])->by, ==, STRATA_ACTIVITY_PULL);

  /* What failed says why. */
  strata_sandbox_stop (fixture->sandbox);
  strata_console_set_patience (fixture->console, 1, 1);
  g_assert_null (strata_sync_push (fixture->sync, fixture->console, uid, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);

  g_autoptr(GPtrArray) after = strata_activity_list (fixture->store, 1, NULL, NULL);

  g_assert_cmpstr (((StrataActivity *) after->pdata[0])->result, ==, error->message);
}

static guint
count_listed (SyncFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);

  g_assert_no_error (error);

  return entries->len;
}

/* What came of a first list is there, though it was not read to its end; a list that was is never made shorter. */
static void
test_first_list (SyncFixture   *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < N_LISTED; i++)
    {
      g_autofree char *name = g_strdup_printf ("edge-%02u", i);
      g_autoptr(StrataProfile) made = sync_fixture_make (name, "1.0.0", 1);
      g_autofree char *uid = sync_fixture_create (fixture, made, FALSE);
    }

  g_autoptr(GError) error = NULL;

  sync_fixture_cut (fixture, 2);
  g_assert_false (strata_sync_refresh (fixture->sync, fixture->console, NULL, NULL, fixture->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_listed (fixture), ==, N_PAGE);
  g_assert_cmpint (strata_sync_get_checked (fixture->sync), ==, 0);

  sync_fixture_mend (fixture);
  sync_fixture_refresh (fixture);
  g_assert_cmpuint (count_listed (fixture), ==, N_LISTED);

  gint64 checked = strata_sync_get_checked (fixture->sync);

  g_assert_cmpint (checked, >, 0);
  sync_fixture_cut (fixture, 2);
  g_assert_false (strata_sync_refresh (fixture->sync, fixture->console, NULL, NULL, fixture->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_listed (fixture), ==, N_LISTED);
  g_assert_cmpint (strata_sync_get_checked (fixture->sync), ==, checked);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  sync_fixture_add ("/sync/pin", test_pin);
  sync_fixture_add ("/sync/copy", test_copy);
  sync_fixture_add ("/sync/first-list", test_first_list);
  sync_fixture_add ("/sync/collect", test_collect);
  sync_fixture_add ("/sync/saved-meanwhile", test_saved_meanwhile);
  sync_fixture_add ("/sync/secret", test_secret);
  sync_fixture_add ("/sync/secret/rotated", test_secret_rotated);
  sync_fixture_add ("/sync/secret/meanwhile", test_secret_meanwhile);
  sync_fixture_add ("/sync/secret/from-plain", test_secret_from_plain);
  sync_fixture_add ("/sync/secret/order", test_secret_order);
  sync_fixture_add ("/sync/activity", test_activity);

  return g_test_run ();
}
