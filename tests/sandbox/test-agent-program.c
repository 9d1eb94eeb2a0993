/* test-agent-program.c - strata-appliance itself: it goes on asking, whatever the clock and the console do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <sys/wait.h>

#include "agent-fixture.h"

#define PATIENCE_S 60  /* for a loaded machine; nothing waits so long when all is well */
#define YEARS "315360000"

static const char *program;  /* the path of strata-appliance */

typedef struct
{
  AgentFixture  base;
  char         *token_file;  /* (owned) */
  char         *clock_file;  /* (owned) */
  char         *output;      /* (owned): the file that it writes its events to */
  GPid          pid;         /* 0 when none runs */
} Program;

static void
set_up (Program      *self,
        gconstpointer data)
{
  agent_fixture_set_up (&self->base, NULL);
  temp_folder_put (&self->base.folder, "token", EDGE_TOKEN "\n");
  self->token_file = temp_folder_get (&self->base.folder, "token");
  self->clock_file = temp_folder_get (&self->base.folder, "clock");
  self->output = temp_folder_get (&self->base.folder, "output");
}

static int
stop (Program *self,
      int      number)
{
  int status = 0;

  if (self->pid == 0)
    return 0;

  kill (self->pid, number);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  self->pid = 0;

  return status;
}

static void
tear_down (Program      *self,
           gconstpointer data)
{
  stop (self, SIGKILL);
  g_free (self->token_file);
  g_free (self->clock_file);
  g_free (self->output);
  agent_fixture_tear_down (&self->base, NULL);
}

static void
start (Program *self)
{
  g_autofree char *command = g_strdup_printf ("exec \"$0\" --archive \"$1\" --console \"$2\" --token-file \"$3\" "
                                              "--state \"$4\" --uid edge-1 --interval 0.02 --json >> \"$5\" 2>&1");
  g_autofree char *shim = g_test_build_filename (G_TEST_BUILT, "sandbox", "libclock-shim.so", NULL);
  const char *arguments[] = {
    "/bin/sh", "-c", command, program, self->base.archive, edge_fixture_get_url (self->base.console),
    self->token_file, self->base.state, self->output, NULL,
  };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;

  environment = g_environ_setenv (environment, "LD_PRELOAD", shim, TRUE);
  environment = g_environ_setenv (environment, "ASAN_OPTIONS",
                                  "verify_asan_link_order=0:fast_unwind_on_malloc=0:intercept_tls_get_addr=0", TRUE);
  environment = g_environ_setenv (environment, "STRATA_CLOCK_FILE", self->clock_file, TRUE);
  g_spawn_async (NULL, (char **) arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid, &error);
  g_assert_no_error (error);
}

static guint
count_said (Program    *self,
            const char *text)
{
  g_autofree char *output = NULL;
  guint n = 0;

  if (!g_file_get_contents (self->output, &output, NULL, NULL))
    return 0;

  for (const char *at = output; (at = strstr (at, text)) != NULL; at++)
    n++;

  return n;
}

static void
wait_said (Program    *self,
           const char *text,
           guint       times)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;

  while (count_said (self, text) < times)
    {
      if (g_get_monotonic_time () > end)
        {
          g_autofree char *output = NULL;

          g_file_get_contents (self->output, &output, NULL, NULL);
          g_error ("“%s” was not said %u times: %s", text, times, output);
        }
      g_usleep (5000);
    }
}

static void
wait_rounds (Program *self,
             guint    more)
{
  guint wanted = edge_fixture_count (self->base.console, "PATCH /v1/edgehosts/edge-1/health") + more;
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_TIME_SPAN_SECOND;

  while (edge_fixture_count (self->base.console, "PATCH /v1/edgehosts/edge-1/health") < wanted)
    {
      g_assert_true (g_get_monotonic_time () < end);
      g_usleep (5000);
    }
}

static void
jump (Program    *self,
      const char *seconds)
{
  temp_folder_put (&self->base.folder, "clock", seconds);
}

/* Ten years back and twenty on make no difference to when it asks, and none is seen in how long something took. */
static void
test_clock (Program      *self,
            gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (self->base.profile, 2, "kind: New\n");

  start (self);
  wait_rounds (self, 3);
  jump (self, "-" YEARS);
  wait_rounds (self, 3);
  edge_fixture_publish (self->base.console, next);
  wait_said (self, "\"event\":\"updated\"", 1);
  jump (self, YEARS);
  wait_rounds (self, 3);
  edge_fixture_publish (self->base.console, self->base.profile);
  wait_said (self, "\"event\":\"updated\"", 2);
  agent_fixture_assert_layer (&self->base, 2, "name: layer-2\n");
}

static void
test_down (Program      *self,
           gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (self->base.profile, 2, "kind: New\n");

  start (self);
  wait_rounds (self, 1);
  edge_fixture_set_faults (self->base.console, EDGE_IS_DOWN);
  wait_said (self, "\"event\":\"offline\"", 3);
  g_assert_cmpuint (count_said (self, "asking again in"), >=, 3);
  edge_fixture_publish (self->base.console, next);
  edge_fixture_set_faults (self->base.console, 0);
  wait_said (self, "\"event\":\"online\"", 2);
  wait_said (self, "\"event\":\"updated\"", 1);
}

/* Ended in the middle of anything and started again, over and over, it arrives where it should. */
static void
test_kill (Program      *self,
           gconstpointer data)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *text = g_strdup_printf ("kind: Number%u\n", i);
      g_autoptr(StrataProfile) next = edge_fixture_edit (self->base.profile, i % 3, text);

      start (self);
      edge_fixture_publish (self->base.console, next);
      g_usleep ((gulong) g_rand_int_range (random, 0, 120000));
      stop (self, SIGKILL);
    }

  start (self);
  edge_fixture_publish (self->base.console, self->base.profile);
  wait_rounds (self, 2);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("name: layer-%u\n", i);

      agent_fixture_assert_layer (&self->base, i, name);
    }
}

static void
test_stop (Program      *self,
           gconstpointer data)
{
  start (self);
  wait_rounds (self, 1);

  int status = stop (self, SIGTERM);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Nothing of the secrets in what it prints, nor in what everybody can read about it. */
static void
test_secrets (Program      *self,
              gconstpointer data)
{
  g_autofree char *output = NULL;
  g_autofree char *arguments = NULL;
  gsize size;

  start (self);
  wait_rounds (self, 1);

  g_autofree char *path = g_strdup_printf ("/proc/%d/cmdline", self->pid);

  g_assert_true (g_file_get_contents (path, &arguments, &size, NULL));
  g_assert_null (g_strstr_len (arguments, (gssize) size, EDGE_TOKEN));
  g_assert_true (g_file_get_contents (self->output, &output, NULL, NULL));
  g_assert_null (strstr (output, EDGE_TOKEN));
  g_assert_null (strstr (output, EDGE_KEY));
}

/* What the program says and how it ends; it has no folder yet, and makes none. */
static void
assert_ends (Program    *self,
             const char *option,
             const char *value,
             int         status,
             const char *says)
{
  g_autofree char *state = g_build_filename (self->base.folder.path, "no-appliance", NULL);
  const char *arguments[] = { program, "--state", state, "--once", option, value, NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr(GError) error = NULL;
  int wait_status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &wait_status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", errors);
  g_assert_true (WIFEXITED (wait_status));
  g_assert_cmpint (WEXITSTATUS (wait_status), ==, status);
  g_assert_true (g_str_has_prefix (errors, "strata-appliance: "));
  g_assert_cmpstr (strchr (errors, '\n'), ==, "\n");
  g_assert_nonnull (strstr (errors, says));
}

static void
test_arguments (Program      *self,
                gconstpointer data)
{
  g_autofree char *nothing = g_build_filename (self->base.folder.path, "nothing", NULL);

  assert_ends (self, "word", NULL, 2, "word");
  assert_ends (self, "--nothing", NULL, 2, "--nothing");
  assert_ends (self, "--interval", "0", 2, "--interval");
  assert_ends (self, "--interval", "soon", 2, "--interval");
  assert_ends (self, "--label", "berlin", 2, "berlin");
  assert_ends (self, "--label", "=berlin", 2, "berlin");
  assert_ends (self, "--token-file", nothing, 1, nothing);
  assert_ends (self, "--archive", nothing, 1, nothing);
  assert_ends (self, "--archive", program, 1, "strata-appliance: This is not");
}

#define ADD(name, function) g_test_add ("/agent-program/" name, Program, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  ADD ("arguments", test_arguments);
  ADD ("clock", test_clock);
  ADD ("down", test_down);
  ADD ("kill", test_kill);
  ADD ("stop", test_stop);
  ADD ("secrets", test_secrets);

  return g_test_run ();
}
