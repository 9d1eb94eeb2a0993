/* test-sync-random.c - random changes on both sides, cut off at random: no change of either is ever lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-merge.h"
#include "sync-fixture.h"

#define N_KEYS 6
#define N_LAYERS 2
#define N_STEPS 30

static char *
make_values (const int *numbers)
{
  GString *text = g_string_new ("pack:\n  namespace: one\n");

  for (guint i = 0; i < N_KEYS; i++)
    g_string_append_printf (text, "key%u: %d\nbetween%u: x\n", i, numbers[i], i);

  return g_string_free (text, FALSE);
}

static void
read_values (const char *text,
             int        *numbers)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *key = g_strdup_printf ("key%u: ", i);
      const char *found = strstr (text, key);

      g_assert_nonnull (found);
      numbers[i] = (int) g_ascii_strtoll (found + strlen (key), NULL, 10);
    }
}

static void
read_here (SyncFixture *fixture,
           const char  *id,
           int          numbers[N_LAYERS][N_KEYS])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, id, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_LAYERS; i++)
    read_values (sync_fixture_get_values (mine, i), numbers[i]);
}

static void
read_there (SyncFixture *fixture,
            const char  *uid,
            int          numbers[N_LAYERS][N_KEYS])
{
  for (guint i = 0; i < N_LAYERS; i++)
    {
      g_autofree char *text = sync_fixture_get_there (fixture, uid, i);

      read_values (text, numbers[i]);
    }
}

static StrataProfile *
with_numbers (StrataProfile *profile,
              int            numbers[N_LAYERS][N_KEYS])
{
  g_autoptr(StrataProfile) result = g_object_ref (profile);

  for (guint i = 0; i < N_LAYERS; i++)
    {
      g_autofree char *text = make_values (numbers[i]);
      StrataProfile *next = sync_fixture_edit (result, i, text);

      g_object_unref (result);
      result = next;
    }

  return g_steal_pointer (&result);
}

static void
edit_here (SyncFixture *fixture,
           const char  *id,
           int          value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, id, NULL, &error);
  int numbers[N_LAYERS][N_KEYS];

  g_assert_no_error (error);
  read_here (fixture, id, numbers);
  numbers[g_test_rand_int_range (0, N_LAYERS)][g_test_rand_int_range (0, N_KEYS)] = value;

  g_autoptr(StrataProfile) edited = with_numbers (mine, numbers);
  g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, edited);
}

static void
edit_there (SyncFixture *fixture,
            const char  *uid,
            int          value)
{
  int numbers[N_LAYERS][N_KEYS];
  guint layer = (guint) g_test_rand_int_range (0, N_LAYERS);

  read_there (fixture, uid, numbers);
  numbers[layer][g_test_rand_int_range (0, N_KEYS)] = value;

  g_autofree char *text = make_values (numbers[layer]);

  sync_fixture_edit_there (fixture, uid, layer, text);
}

/* Whether a value was ever saved on this disk. */
static gboolean
is_in_history (SyncFixture *fixture,
               const char  *id,
               int          value)
{
  g_autofree char *wanted = g_strdup_printf (": %d\n", value);
  g_autoptr(GPtrArray) history = strata_store_list_history (fixture->store, id, NULL, NULL);

  for (guint i = 0; i < history->len; i++)
    {
      StrataRevision *step = history->pdata[i];
      g_autoptr(StrataProfile) profile =
        strata_store_load_revision (fixture->store, id, step->digest, NULL, NULL);

      for (guint k = 0; k < N_LAYERS; k++)
        if (strstr (sync_fixture_get_values (profile, k), wanted) != NULL)
          return TRUE;
    }

  return FALSE;
}

/* What a list shows, found out from the contents alone. */
static void
assert_true_state (SyncFixture *fixture,
                   const char  *id,
                   const char  *uid)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataEntry) entry = sync_fixture_get_entry (fixture, id);
  g_autoptr(StrataProfile) base = strata_sync_get_base (fixture->sync, id, NULL, &error);
  g_autoptr(StrataConsoleProfile) now = sync_fixture_read_there (fixture, uid);
  int here[N_LAYERS][N_KEYS];
  int there[N_LAYERS][N_KEYS];
  int before[N_LAYERS][N_KEYS];

  g_assert_no_error (error);
  read_here (fixture, id, here);
  read_there (fixture, uid, there);
  for (guint i = 0; i < N_LAYERS; i++)
    read_values (sync_fixture_get_values (base, i), before[i]);

  gboolean is_changed = memcmp (here, before, sizeof here) != 0;
  gboolean is_newer = memcmp (there, before, sizeof there) != 0;
  StrataState state = is_changed && is_newer                    ? STRATA_STATE_CONFLICT
                      : is_newer                                ? STRATA_STATE_BEHIND
                      : is_changed                              ? STRATA_STATE_UNPUBLISHED
                      : now->is_published && !now->has_draft    ? STRATA_STATE_PUBLISHED
                                                                : STRATA_STATE_UNPUBLISHED;

  g_assert_cmpint (strata_entry_get_state (entry), ==, state);
  g_assert_cmpint (strata_entry_get_is_changed (entry), ==, is_changed);
}

/* What a person saw of the console's when they decided, and took their own. */
static GString *decided;

static void
note_decided (StrataProfile *theirs)
{
  for (guint i = 0; i < N_LAYERS; i++)
    g_string_append (decided, sync_fixture_get_values (theirs, i));
  g_string_append_c (decided, '\n');
}

static gboolean
is_in_decided (int value)
{
  g_autofree char *wanted = g_strdup_printf (": %d\n", value);

  return strstr (decided->str, wanted) != NULL;
}

/* Somebody decides at random, and nothing of the other side is overwritten without having been seen. */
static void
decide (SyncFixture *fixture,
        const char  *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) base = strata_sync_get_base (fixture->sync, id, NULL, &error);
  g_autoptr(StrataProfile) theirs = strata_sync_get_theirs (fixture->sync, id, NULL, &error);
  g_autoptr(StrataProfile) mine = strata_store_peek (fixture->store, id, NULL, &error);

  g_assert_no_error (error);

  note_decided (theirs);

  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) complete = strata_merge_resolve_all (
    merge, g_test_rand_int_range (0, 2) == 0 ? STRATA_SIDE_MINE : STRATA_SIDE_THEIRS);
  g_autoptr(StrataProfile) resolved = strata_sync_resolve (
    fixture->sync, id, strata_merge_get_profile (complete), theirs, NULL, &error);

  g_assert_no_error (error);
}

/* One step of the plan, perhaps cut off: any failure is one that a person may see. */
static void
apply (SyncFixture *fixture,
       const char  *id,
       gboolean     is_cut)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSyncStep) step = strata_sync_plan_one (fixture->sync, id, NULL, &error);

  g_assert_no_error (error);
  if (step == NULL)
    return;

  if (step->action == STRATA_SYNC_CONFLICT)
    {
      decide (fixture, id);
      return;
    }

  if (is_cut)
    sync_fixture_cut (fixture, g_test_rand_int_range (1, 8));

  strata_sync_apply (fixture->sync, fixture->console, step,
                     g_test_rand_int_range (0, 2) == 0 ? STRATA_SYNC_PUSH_NONE : STRATA_SYNC_PUSH_PUBLISH,
                     NULL, fixture->cancellable, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_SERVER) &&
      !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE))
    g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);

  sync_fixture_mend (fixture);
}

/* Whoever was ended starts anew: nothing is known but what is on the disk. */
static void
restart (SyncFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->sync);
  g_clear_object (&fixture->store);
  fixture->store = strata_store_open_workspace (fixture->data, fixture->workspace, &error);
  g_assert_no_error (error);
  fixture->sync = strata_sync_new (fixture->store);
}

/* In the end both sides are the same, however often the console fails on the way. */
static void
settle (SyncFixture *fixture,
        const char  *id,
        const char  *uid)
{
  int here[N_LAYERS][N_KEYS];
  int there[N_LAYERS][N_KEYS];

  for (guint i = 0; i < 20; i++)
    {
      sync_fixture_refresh (fixture);
      assert_true_state (fixture, id, uid);
      if (sync_fixture_get_action (fixture, id) < 0)
        break;
      apply (fixture, id, FALSE);
    }

  read_here (fixture, id, here);
  read_there (fixture, uid, there);
  g_assert_cmpmem (here, sizeof here, there, sizeof there);
}

static void
test_changes (SyncFixture   *fixture,
              gconstpointer  data)
{
  int zero[N_LAYERS][N_KEYS] = { 0 };
  g_autoptr(StrataProfile) bare = sync_fixture_make ("edge", "1.0.0", N_LAYERS);
  g_autoptr(StrataProfile) made = with_numbers (bare, zero);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);
  g_autoptr(GArray) written = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 1; i <= N_STEPS; i++)
    {
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          edit_here (fixture, uid, 1000 + i);
          g_array_append_val (written, i);
          break;

        case 1:
          edit_there (fixture, uid, 2000 + i);
          break;

        case 2:
          sync_fixture_refresh (fixture);
          assert_true_state (fixture, uid, uid);
          break;

        default:
          apply (fixture, uid, g_test_rand_int_range (0, 2) == 0);
          if (g_test_rand_int_range (0, 3) == 0)
            restart (fixture);
          break;
        }
    }

  settle (fixture, uid, uid);

  /* What was saved here is in the history for ever, wherever a pull or a push was cut off. */
  for (guint i = 0; i < written->len; i++)
    g_assert_true (is_in_history (fixture, uid, 1000 + g_array_index (written, int, i)));

  g_autoptr(GPtrArray) problems = strata_store_check (fixture->store, NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
}

/* Nothing of theirs goes away that was not seen here: each value that is there before a step of ours is there after it, or
 * it was part of the profile here when it was changed, or a person had it before them when they decided.
 */
static void
test_theirs (SyncFixture   *fixture,
             gconstpointer  data)
{
  int zero[N_LAYERS][N_KEYS] = { 0 };
  g_autoptr(StrataProfile) bare = sync_fixture_make ("edge", "1.0.0", N_LAYERS);
  g_autoptr(StrataProfile) made = with_numbers (bare, zero);
  g_autofree char *uid = sync_fixture_create (fixture, made, TRUE);
  g_autoptr(StrataProfile) pulled = sync_fixture_pull (fixture, uid);

  for (int i = 1; i <= N_STEPS / 2; i++)
    {
      int before[N_LAYERS][N_KEYS];
      int after[N_LAYERS][N_KEYS];

      edit_there (fixture, uid, 2000 + i);
      if (g_test_rand_int_range (0, 2) == 0)
        edit_here (fixture, uid, 1000 + i);
      read_there (fixture, uid, before);
      if (g_test_rand_int_range (0, 2) == 0)
        sync_fixture_refresh (fixture);
      apply (fixture, uid, g_test_rand_int_range (0, 3) == 0);
      apply (fixture, uid, FALSE);
      read_there (fixture, uid, after);

      for (guint k = 0; k < N_LAYERS; k++)
        for (guint n = 0; n < N_KEYS; n++)
          if (before[k][n] != after[k][n])
            g_assert_true (is_in_history (fixture, uid, before[k][n]) || is_in_decided (before[k][n]));
    }

  settle (fixture, uid, uid);
}

/* A profile that is created is created once, wherever it is cut off. */
static void
test_create (SyncFixture   *fixture,
             gconstpointer  data)
{
  for (int i = 1; i <= 12; i++)
    {
      g_autofree char *version = g_strdup_printf ("1.0.%d", i);
      g_autoptr(StrataProfile) made = sync_fixture_make ("edge", version, 1);
      g_autoptr(StrataProfile) saved = sync_fixture_save (fixture, made);
      const char *id = strata_profile_get_id (saved);

      sync_fixture_cut (fixture, 1 + i % 4);

      g_autoptr(StrataProfile) pushed =
        strata_sync_push (fixture->sync, fixture->console, id, i % 2, NULL, fixture->cancellable, NULL);

      sync_fixture_mend (fixture);
      restart (fixture);

      /* It may have been changed before anybody looks. */
      if (i % 3 == 0)
        {
          g_autoptr(StrataProfile) edited = sync_fixture_edit (saved, 0, "pack:\n  namespace: other\n");
          g_autoptr(StrataProfile) kept = sync_fixture_save (fixture, edited);
        }

      sync_fixture_refresh (fixture);

      for (guint k = 0; k < 3; k++)
        apply (fixture, id, FALSE);

      sync_fixture_refresh (fixture);

      int action = sync_fixture_get_action (fixture, id);

      g_assert_true (action == -1 || action == STRATA_SYNC_PUBLISH);
    }

  const StrataConsoleFilter filter = { .type = "system" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries =
    strata_console_list_profiles (fixture->other, &filter, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 12);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GString) seen = g_string_new (NULL);

  g_test_init (&argc, &argv, NULL);
  decided = seen;

  sync_fixture_add ("/sync/random/changes", test_changes);
  sync_fixture_add ("/sync/random/theirs", test_theirs);
  sync_fixture_add ("/sync/random/create", test_create);
  sync_fixture_add_failing ("/sync/random/failing/changes", test_changes);
  sync_fixture_add_failing ("/sync/random/failing/theirs", test_theirs);

  return g_test_run ();
}
