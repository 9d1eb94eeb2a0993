/* test-agent-crash.c - ended or failed at every call that changes the disk, each layer is the old one or the new one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sys/wait.h>

#include "agent-fixture.h"

#define MAX_CALLS 1000  /* far more than any round makes */
#define N_LAYERS 3

typedef struct
{
  const char *action;  /* "boot" or "poll" */
  const char *mode;    /* of the shim */
} Scenario;

static const Scenario scenarios[] = {
  { "boot", "kill" }, { "poll", "kill" }, { "boot", "short" }, { "poll", "short" }, { "boot", "28" }, { "poll", "28" },
  { "poll", "28sticky" },
};

/* What has come of one run. */
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

static Outcome
run (AgentFixture   *fixture,
     const Scenario *scenario,
     guint           at)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "sandbox", "appliance-runner", NULL);
  g_autofree char *shim = g_test_build_filename (G_TEST_BUILT, "services", "libkill-shim.so", NULL);
  g_autofree char *number = g_strdup_printf ("%u", at);
  gboolean boots = g_str_equal (scenario->action, "boot");
  const char *place = boots ? fixture->archive : edge_fixture_get_url (fixture->console);
  const char *arguments[] = { program, fixture->state, place, scenario->action, NULL };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  Outcome outcome = { 0 };

  environment = g_environ_setenv (environment, "LD_PRELOAD", shim, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS",
                                  "verify_asan_link_order=0:fast_unwind_on_malloc=0:intercept_tls_get_addr=0", TRUE);
  environment = g_environ_setenv (environment, "STRATA_SHIM_AT", number, TRUE);
  environment = g_environ_setenv (environment, "STRATA_SHIM_MODE", scenario->mode, TRUE);

  g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &outcome.said, NULL, &outcome.status, &error);
  g_assert_no_error (error);

  return outcome;
}

/* An appliance that has never booted, or one that has, and knows its console. */
static void
prepare (AgentFixture   *fixture,
         const Scenario *scenario)
{
  g_clear_object (&fixture->agent);

  if (g_file_test (fixture->state, G_FILE_TEST_EXISTS))
    temp_folder_remove_tree (fixture->state);

  edge_fixture_publish (fixture->console, fixture->profile);

  if (g_str_equal (scenario->action, "poll"))
    {
      agent_fixture_start (fixture);
      agent_fixture_poll (fixture);
      g_clear_object (&fixture->agent);
    }
}

static const char *
get_new_text (guint layer)
{
  return layer == 1 ? "---\nkind: ConfigMap\nname: layer-1\nport: '9090'\n" : "---\nkind: New\nwith: more\n";
}

static char *
get_old_text (guint layer)
{
  return g_strdup_printf ("---\nkind: ConfigMap\nname: layer-%u\nport: '%s'\n", layer, layer == 1 ? "8080" : "80");
}

/* All of it changes: two texts and a variable. */
static StrataProfile *
make_next (AgentFixture *fixture)
{
  g_autoptr(StrataProfile) one = edge_fixture_edit (fixture->profile, 0, "kind: New\nwith: more\n");
  g_autoptr(StrataProfile) two = edge_fixture_edit (one, 2, "kind: New\nwith: more\n");

  return edge_fixture_set_variable (two, "9090");
}

/* Never half of one; and none is new while one before it is old. Returns how many are new. */
static guint
look (AgentFixture   *fixture,
      const Scenario *scenario)
{
  gboolean boots = g_str_equal (scenario->action, "boot");
  guint n_new = 0;

  for (guint i = 0; i < N_LAYERS; i++)
    {
      g_autofree char *text = agent_fixture_read_layer (fixture, i);
      g_autofree char *old = boots ? g_strdup ("") : get_old_text (i);
      g_autofree char *first = get_old_text (i);
      const char *wanted = boots ? first : get_new_text (i);

      if (g_str_equal (text, wanted))
        {
          g_assert_cmpuint (n_new, ==, i);
          n_new++;
        }
      else
        g_assert_cmpstr (text, ==, old);
    }

  return n_new;
}

/* The next start does the rest. */
static void
assert_mends (AgentFixture   *fixture,
              const Scenario *scenario)
{
  agent_fixture_start (fixture);

  if (g_str_equal (scenario->action, "poll"))
    agent_fixture_poll (fixture);

  g_assert_true (strata_agent_is_well (fixture->agent));
  g_clear_object (&fixture->agent);
  g_assert_cmpuint (look (fixture, scenario), ==, N_LAYERS);
}

/* How many calls were made until the end. */
static guint
get_n_calls (Outcome *outcome)
{
  const char *number = strchr (outcome->said, ' ');

  g_assert_nonnull (number);

  return (guint) g_ascii_strtoull (number, NULL, 10);
}

static void
test_crash (AgentFixture *fixture,
            gconstpointer data)
{
  const Scenario *scenario = data;
  g_autoptr(StrataProfile) next = make_next (fixture);
  gboolean kills = !g_ascii_isdigit (*scenario->mode);
  guint seen[N_LAYERS + 1] = { 0 };
  guint n_failed = 0;

  for (guint at = 1; at < MAX_CALLS; at++)
    {
      prepare (fixture, scenario);
      if (g_str_equal (scenario->action, "poll"))
        edge_fixture_publish (fixture->console, next);

      g_auto(Outcome) outcome = run (fixture, scenario, at);
      guint n_new = look (fixture, scenario);
      gboolean done = g_str_has_prefix (outcome.said, "done");

      seen[n_new]++;
      n_failed += !done;
      g_assert_true (!done || n_new == N_LAYERS);
      assert_mends (fixture, scenario);

      if (WIFSIGNALED (outcome.status))
        {
          g_assert_true (kills);
          g_assert_cmpint (WTERMSIG (outcome.status), ==, SIGKILL);
          continue;
        }

      if (get_n_calls (&outcome) >= at)
        continue;

      g_assert_true (done);
      g_test_message ("%s, %s: %u calls, left with 0 to 3 new layers %u, %u, %u and %u times", scenario->action,
                      scenario->mode, at - 1, seen[0], seen[1], seen[2], seen[3]);
      g_assert_cmpuint (n_failed, >, 10);
      g_assert_true (seen[0] > 0 && seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
      return;
    }

  g_assert_not_reached ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path = g_strdup_printf ("/agent-crash/%s-%s", scenarios[i].action, scenarios[i].mode);

      g_test_add (path, AgentFixture, &scenarios[i], agent_fixture_set_up, test_crash, agent_fixture_tear_down);
    }

  return g_test_run ();
}
