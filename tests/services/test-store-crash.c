/* test-store-crash.c - ended or failed at every call that changes the disk, a save loses nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "store-fixture.h"
#include "strata-error.h"

#define MAX_CALLS 500  /* far more than any save makes */
#define ID "crash"

typedef struct
{
  const char *action;   /* what the program is asked to do */
  gboolean    is_first; /* there is no profile before */
  gboolean    is_like;  /* it makes the calls of another */
} Scenario;

static const Scenario scenarios[] = {
  { "save", FALSE, FALSE },
  { "autosave", FALSE, TRUE },
  { "draft", FALSE, TRUE },
  { "trash", FALSE, FALSE },
  { "save", TRUE, FALSE },
  { "join", FALSE, FALSE },
  { "join", TRUE, FALSE },
};

/* What came of one run. */
typedef struct
{
  char *said;    /* (owned) */
  int   status;  /* as of waitpid() */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->said, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static char *
get_built (const char *name)
{
  return g_test_build_filename (G_TEST_BUILT, "services", name, NULL);
}

static Outcome
run_saver (StoreFixture   *fixture,
           const Scenario *scenario,
           const char     *mode,
           guint           at,
           const char     *then)
{
  g_autofree char *saver = get_built ("store-saver");
  g_autofree char *shim = get_built ("libkill-shim.so");
  g_autofree char *number = g_strdup_printf ("%u", at);
  const char *arguments[] = { saver, fixture->path, scenario->action, ID, "new: 1\n", then, NULL };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  Outcome outcome = { 0 };

  environment = g_environ_setenv (environment, "LD_PRELOAD", shim, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS", "verify_asan_link_order=0", TRUE);
  environment = g_environ_setenv (environment, "STRATA_SHIM_AT", number, TRUE);
  environment = g_environ_setenv (environment, "STRATA_SHIM_MODE", mode, TRUE);

  g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &outcome.said, NULL, &outcome.status, &error);
  g_assert_no_error (error);

  return outcome;
}

/* Puts the store in the state before, unless it is: "old" in the first layer, or no profile. */
static void
prepare (StoreFixture   *fixture,
         const Scenario *scenario)
{
  g_autoptr(StrataStore) store = NULL;

  store_fixture_remove_tree (fixture->path);
  store = store_fixture_open (fixture);

  if (scenario->is_first)
    return;

  g_autoptr(StrataProfile) empty = store_fixture_make_profile (2);
  g_autoptr(StrataProfile) named = strata_profile_with (empty, STRATA_PROFILE_ID, ID);
  g_autoptr(StrataProfile) old = store_fixture_edit (named, "old: 1\n");
  StrataReason reason =
    g_str_equal (scenario->action, "save") ? STRATA_REASON_SAVE : STRATA_REASON_AUTOSAVE;
  g_autoptr(StrataProfile) saved = strata_store_save (store, old, reason, NULL, NULL);

  g_assert_nonnull (saved);
}

/* What the store holds, by opening it anew: "old", "new" or "none"; anything half fails. */
static const char *
look (StoreFixture   *fixture,
      const Scenario *scenario)
{
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GPtrArray) entries = strata_store_list (store, NULL, NULL);
  g_autoptr(GPtrArray) trash = strata_store_list_trash (store, NULL, NULL);
  g_autoptr(GPtrArray) problems = strata_store_check (store, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (entries->len + trash->len, <=, 1);

  if (entries->len + trash->len == 0)
    return "none";

  if (g_str_equal (scenario->action, "trash"))
    return trash->len == 1 ? "new" : "old";

  StrataEntry *entry = g_ptr_array_index (entries, 0);
  g_autoptr(StrataProfile) profile = strata_store_load (store, ID, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataProfile) whole = store_fixture_make_profile (2);
  const char *text = strata_layer_get_text (strata_profile_get_layer (profile, 0));
  gboolean is_joined = g_str_equal (scenario->action, "join") && g_str_equal (text, "new: 1\n");

  g_assert_cmpint (strata_entry_get_state (entry), ==,
                   is_joined ? STRATA_STATE_PUBLISHED : STRATA_STATE_ONLY_HERE);
  g_assert_cmpstr (strata_entry_get_uid (entry), ==, is_joined ? "uid" : "");

  g_autoptr(StrataProfile) expected = store_fixture_edit (whole, text);
  g_autoptr(StrataProfile) named = strata_profile_with (expected, STRATA_PROFILE_ID, ID);

  g_assert_true (strata_profile_equal (profile, named));
  g_assert_true (g_str_equal (text, "old: 1\n") || g_str_equal (text, "new: 1\n"));

  if (g_str_equal (scenario->action, "draft"))
    g_assert_cmpuint (strata_entry_get_draft_step (entry), ==,
                      g_str_equal (text, "new: 1\n") ? 2 : 0);

  return g_str_equal (text, "new: 1\n") ? "new" : "old";
}

/* The store can be used as before: a save, its history, and a collection that takes the leftovers.
 */
static void
assert_usable (StoreFixture   *fixture,
               const Scenario *scenario,
               const char     *state)
{
  g_autoptr(StrataStore) store = store_fixture_open (fixture);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_store_collect (store, 0, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (look (fixture, scenario), ==, state);

  if (g_str_equal (state, "none") ||
      (g_str_equal (scenario->action, "trash") && g_str_equal (state, "new")))
    return;

  g_autoptr(StrataProfile) profile = strata_store_load (store, ID, NULL, &error);
  g_autoptr(StrataProfile) edit = store_fixture_edit (profile, "after: 1\n");
  g_autoptr(StrataProfile) saved =
    strata_store_save (store, edit, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(GPtrArray) steps = strata_store_list_history (store, ID, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, >=, 2);
  g_assert_null (((StrataRevision *) g_ptr_array_index (steps, steps->len - 1))->parent);
}

/* Ends the program at its first call, then at its second, until it comes to its end. */
static void
check_kills (StoreFixture   *fixture,
             const Scenario *scenario,
             const char     *mode)
{
  const char *before = scenario->is_first ? "none" : "old";
  guint n_old = 0;

  for (guint at = 1; at < MAX_CALLS; at++)
    {
      prepare (fixture, scenario);

      g_auto(Outcome) outcome = run_saver (fixture, scenario, mode, at, "stop");
      const char *state = look (fixture, scenario);

      if (g_str_has_prefix (outcome.said, "saved\n"))
        g_assert_cmpstr (state, ==, "new");
      else
        g_assert_true (g_str_equal (state, "new") || g_str_equal (state, before));

      assert_usable (fixture, scenario, state);
      n_old += g_str_equal (state, before);

      if (WIFEXITED (outcome.status))
        {
          g_assert_cmpint (WEXITSTATUS (outcome.status), ==, 0);
          g_test_message ("%s%s, %s: ended at each of %u calls, %u of them before the commit",
                          scenario->action, scenario->is_first ? " of a new one" : "", mode, at - 1,
                          n_old);
          g_assert_cmpuint (at, >, 3);
          g_assert_cmpuint (n_old, >, 0);
          g_assert_cmpuint (n_old, <, at);
          return;
        }

      g_assert_true (WIFSIGNALED (outcome.status));
      g_assert_cmpint (WTERMSIG (outcome.status), ==, SIGKILL);
    }

  g_assert_not_reached ();
}

/* How many of the calls that change the disk were made until the end. */
static guint
get_n_calls (Outcome *outcome)
{
  const char *calls = strstr (outcome->said, "calls ");

  g_assert_true (WIFEXITED (outcome->status) && WEXITSTATUS (outcome->status) == 0);
  g_assert_nonnull (calls);

  return (guint) strcspn (calls + strlen ("calls "), "\n");
}

/* Whether what was done last to the profile was a sync. What comes after it is the note in the log of the workspace, which
 * nothing depends on.
 */
static gboolean
ends_with_sync (Outcome *outcome)
{
  g_autofree char *calls = g_strchomp (g_strdup (outcome->said));

  if (g_str_has_suffix (calls, "ows"))
    calls[strlen (calls) - strlen ("ows")] = '\0';

  return g_str_has_suffix (calls, "s");
}

/* Fails one call: it is told in one sentence, or made no difference. Returns whether it was told
 * with the new state in sight, because only the sync after the commit failed.
 */
static gboolean
check_error (StoreFixture   *fixture,
             const Scenario *scenario,
             Outcome        *outcome)
{
  g_autofree char *expected = g_strdup_printf ("failed %d ", STRATA_ERROR_DISK);
  const char *before = scenario->is_first ? "none" : "old";
  const char *state = look (fixture, scenario);
  gboolean told = g_str_has_prefix (outcome->said, expected);

  if (told)
    g_assert_true (g_str_equal (state, before) || g_str_equal (state, "new"));
  else
    g_assert_cmpstr (state, ==, "new");

  g_assert_true (told || g_str_has_prefix (outcome->said, "saved\n"));
  assert_usable (fixture, scenario, state);

  return told && g_str_equal (state, "new");
}

/* Fails each call in turn, alone or with all after it; and then the same program saves when the
 * disk is in order.
 */
static void
check_errors (StoreFixture   *fixture,
              const Scenario *scenario,
              int             number,
              const char     *sticky)
{
  g_autofree char *mode = g_strdup_printf ("%d%s", number, sticky);
  guint n_told = 0;
  guint n_after_commit = 0;

  for (guint at = 1; at < MAX_CALLS; at++)
    {
      prepare (fixture, scenario);

      g_auto(Outcome) outcome = run_saver (fixture, scenario, mode, at, "stop");

      n_after_commit += check_error (fixture, scenario, &outcome);
      n_told += g_str_has_prefix (outcome.said, "failed");

      if (get_n_calls (&outcome) < at)
        {
          g_test_message ("%s%s, errno %s: told at %u of %u calls", scenario->action,
                          scenario->is_first ? " of a new one" : "", mode, n_told, at - 1);
          g_assert_cmpuint (n_told, >, 2);
          g_assert_cmpuint (n_after_commit, <=, 2);
          return;
        }

      prepare (fixture, scenario);

      g_auto(Outcome) again = run_saver (fixture, scenario, mode, at, "again");

      g_assert_true (g_str_has_prefix (again.said, "saved\n") ||
                     strstr (again.said, "\nsaved again\n") != NULL);
      g_assert_cmpstr (look (fixture, scenario), ==, "new");

      /* Also where only the last sync had failed, what is called saved was synced after. */
      if (strstr (again.said, "\nsaved again\n") == NULL)
        continue;

      g_assert_cmpuint (get_n_calls (&again), >, at + 1);
      g_assert_true (ends_with_sync (&again));
    }

  g_assert_not_reached ();
}

static void
check_all_errors (StoreFixture *fixture,
                  int           number,
                  const char   *sticky)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (!scenarios[i].is_like)
      check_errors (fixture, &scenarios[i], number, sticky);
}

/* What a loss of power could take needs its sync: of each file before it has its name, of each name
 * before the next is made, and of the last before "saved" is said.
 */
static void
test_syncs (StoreFixture  *fixture,
            gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      guint n_unsynced_writes = 0;
      guint n_renames = 0;

      prepare (fixture, &scenarios[i]);

      g_auto(Outcome) outcome = run_saver (fixture, &scenarios[i], "kill", 0, "stop");
      const char *calls = strstr (outcome.said, "calls ") + strlen ("calls ");

      g_test_message ("%s: %s", scenarios[i].action, calls);

      for (const char *call = calls; *call != '\n'; call++)
        {
          if (*call == 'w')
            n_unsynced_writes++;
          else if (*call == 's' && n_unsynced_writes > 0)
            n_unsynced_writes--;
          else if (*call == 'r')
            g_assert_cmpuint (n_unsynced_writes, ==, 0);

          n_renames += *call == 'r';
          if (*call == 'm' || (*call == 'r' && call[1] != 'r'))
            g_assert_cmpint (call[1], ==, 's');
        }

      g_assert_cmpuint (n_renames, >, 0);
      g_assert_true (ends_with_sync (&outcome));
    }
}

static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    check_kills (fixture, &scenarios[i], "kill");
}

static void
test_killed_in_half_a_write (StoreFixture  *fixture,
                             gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    check_kills (fixture, &scenarios[i], "short");
}

static void
test_disk_full (StoreFixture  *fixture,
                gconstpointer  data)
{
  check_all_errors (fixture, ENOSPC, "sticky");
}

static void
test_disk_fails (StoreFixture  *fixture,
                 gconstpointer  data)
{
  check_all_errors (fixture, EIO, "");
}

static void
test_disk_read_only (StoreFixture  *fixture,
                     gconstpointer  data)
{
  check_all_errors (fixture, EROFS, "sticky");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/store/crash/syncs", test_syncs);
  store_fixture_add ("/services/store/crash/killed", test_killed);
  store_fixture_add ("/services/store/crash/killed-in-half-a-write", test_killed_in_half_a_write);
  store_fixture_add ("/services/store/crash/disk-full", test_disk_full);
  store_fixture_add ("/services/store/crash/disk-fails", test_disk_fails);
  store_fixture_add ("/services/store/crash/disk-read-only", test_disk_read_only);

  return g_test_run ();
}
