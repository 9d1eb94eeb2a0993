/* test-agent-trouble.c - what goes wrong leaves an appliance as it was, and gives nothing away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/stat.h>

#include "agent-fixture.h"
#include "strata-error.h"

typedef struct
{
  EdgeFault   faults;
  gboolean    is_variable;  /* that changed, in place of a manifest */
  const char *layer;        /* that is reported */
  const char *text;         /* of the new manifest */
} Failure;

static const Failure failures[] = {
  { EDGE_SENDS_WRONG_MANIFEST, FALSE, "layer-2", "kind: New\n" },
  { EDGE_HAS_NO_MANIFESTS, FALSE, "layer-2", "kind: New\n" },
  { EDGE_SENDS_WRONG_ARCHIVE, TRUE, "layer-1", NULL },
  { EDGE_ANNOUNCES_OTHER, FALSE, "layer-0", "kind: New\n" },
  { 0, FALSE, "layer-2", "a: {{.spectro.var.none}}\n" },
  { 0, FALSE, "layer-2", "a: [\n" },
};

/* What cannot be taken changes nothing here, is told with its reason, and is over as soon as it can be. */
static void
test_failure (AgentFixture      *fixture,
              gconstpointer data)
{
  const Failure *failure = data;
  g_autoptr(StrataProfile) wrong = failure->is_variable
                                     ? edge_fixture_set_variable (fixture->profile, "9090")
                                     : edge_fixture_edit (fixture->profile, 2, failure->text);
  g_autoptr(StrataProfile) right = edge_fixture_edit (wrong, 2, "kind: Right\n");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);

  ino_t inodes[] = { agent_fixture_get_inode (fixture, 0), agent_fixture_get_inode (fixture, 1), agent_fixture_get_inode (fixture, 2) };

  edge_fixture_set_faults (fixture->console, failure->faults);
  edge_fixture_publish (fixture->console, wrong);
  agent_fixture_poll (fixture);

  g_autofree char *condition = edge_fixture_get_condition (fixture->console, failure->layer);

  g_test_message ("%s", condition);
  g_assert_true (g_str_has_prefix (condition, "Error: "));
  g_assert_cmpuint (strlen (condition), >, strlen ("Error: "));
  agent_fixture_assert_health (fixture, "unhealthy: ");
  g_assert_nonnull (strstr (fixture->events->str, "failed"));
  g_assert_false (strata_agent_is_well (fixture->agent));

  for (guint i = 0; i < G_N_ELEMENTS (inodes); i++)
    g_assert_true (agent_fixture_get_inode (fixture, i) == inodes[i]);

  edge_fixture_set_faults (fixture->console, 0);
  edge_fixture_publish (fixture->console, right);
  agent_fixture_poll (fixture);
  agent_fixture_assert_layer (fixture, 2, "kind: Right\n");
  agent_fixture_assert_health (fixture, "healthy: ");
  g_assert_true (strata_agent_is_well (fixture->agent));

  g_autofree char *mended = edge_fixture_get_condition (fixture->console, failure->layer);

  g_assert_cmpstr (mended, ==, "Ready: ");
}

/* Taking it back is as good as mending it, although nothing is left to be fetched. */
static void
test_taken_back (AgentFixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) wrong = edge_fixture_edit (fixture->profile, 2, "a: [\n");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, wrong);
  agent_fixture_poll (fixture);
  agent_fixture_assert_health (fixture, "unhealthy: ");
  edge_fixture_publish (fixture->console, fixture->profile);
  agent_fixture_poll (fixture);
  agent_fixture_assert_health (fixture, "healthy: ");
  g_assert_true (strata_agent_is_well (fixture->agent));
}

static void
test_down (AgentFixture      *fixture,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  edge_fixture_set_faults (fixture->console, EDGE_IS_DOWN);
  agent_fixture_start (fixture);
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SERVER);

  edge_fixture_set_faults (fixture->console, 0);
  agent_fixture_poll (fixture);
  agent_fixture_assert_history (fixture, "layer-0", "Ready");

  g_clear_error (&error);
  edge_fixture_set_faults (fixture->console, EDGE_IS_DOWN);
  edge_fixture_publish (fixture->console, next);
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  agent_fixture_assert_layer (fixture, 2, "name: layer-2\n");

  edge_fixture_set_faults (fixture->console, 0);
  agent_fixture_poll (fixture);
  agent_fixture_assert_layer (fixture, 2, "kind: New\n");
  g_assert_nonnull (strstr (fixture->events->str, "online"));
}

static void
test_nobody_there (AgentFixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(EdgeFixture) other = edge_fixture_new ();
  g_autofree char *url = g_strdup (edge_fixture_get_url (other));
  g_autoptr(GError) error = NULL;

  edge_fixture_free (g_steal_pointer (&other));
  g_assert_true (agent_fixture_try_start (fixture, url, fixture->archive, &error));
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  agent_fixture_assert_layer (fixture, 0, "name: layer-0\n");
}

/* Deleted at the console, it comes back with the token of the site. */
static void
test_forgotten (AgentFixture      *fixture,
                gconstpointer data)
{
  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_forget_host (fixture->console);
  edge_fixture_forget_log (fixture->console);
  agent_fixture_poll (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "POST /v1/edgehosts/register"), ==, 1);
  agent_fixture_assert_history (fixture, "layer-0", "Ready");
}

static void
test_alone (AgentFixture      *fixture,
            gconstpointer data)
{
  StrataAgentOptions options = { .state = fixture->state };
  g_autoptr(GError) error = NULL;

  agent_fixture_start (fixture);

  g_autoptr(StrataAgent) other = strata_agent_new (&options, NULL, &error);

  g_assert_null (other);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BUSY);
}

static void
assert_no_secret (const char *text)
{
  g_assert_null (strstr (text, EDGE_TOKEN));
  g_assert_null (strstr (text, EDGE_KEY));
}

static void
check_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      struct stat info;

      g_assert_no_errno (stat (path, &info));

      if (S_ISDIR (info.st_mode))
        check_files (path);
      else if (g_str_equal (name, "secret.ini"))
        g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
      else if (g_file_get_contents (path, &text, NULL, NULL))
        assert_no_secret (text);
    }
}

/* The secrets are in one file, which only its owner reads, and in nothing that is said. */
static void
test_secrets (AgentFixture      *fixture,
              gconstpointer data)
{
  g_autoptr(GString) said = g_string_new (NULL);

  agent_fixture_start (fixture);
  g_string_append (said, fixture->events->str);
  agent_fixture_poll (fixture);
  g_string_append (said, fixture->events->str);
  assert_no_secret (said->str);
  check_files (fixture->state);
}

/* Another address gets neither the key nor the token of the first. */
static void
test_other_console (AgentFixture      *fixture,
                    gconstpointer data)
{
  g_autoptr(EdgeFixture) other = edge_fixture_new ();
  StrataAgentOptions options = {
    .state = fixture->state, .console = edge_fixture_get_url (other), .interval_ms = 1,
  };
  g_autoptr(GError) error = NULL;

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  g_clear_object (&fixture->agent);
  fixture->agent = strata_agent_new (&options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strata_agent_boot (fixture->agent, NULL, &error));
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);

  g_autofree char *log = edge_fixture_get_log (other);

  assert_no_secret (log);
}

static void
test_unencrypted (AgentFixture      *fixture,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (agent_fixture_try_start (fixture, "http://console.example", fixture->archive, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
}

/* k3s has files of its own in the same folder. */
static void
test_others_files (AgentFixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *theirs = g_build_filename (fixture->state, "server/manifests/traefik.yaml", NULL);
  g_autofree char *leftover = g_build_filename (fixture->state, "server/manifests/.new-Ab3De6", NULL);
  g_autofree char *former = g_build_filename (fixture->state, "server/manifests/strata-former.yaml", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (theirs, "x", -1, NULL));
  g_assert_true (g_file_set_contents (leftover, "x", -1, NULL));
  g_assert_true (g_file_set_contents (former, "x", -1, NULL));
  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_test (theirs, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (former, G_FILE_TEST_EXISTS));
}

/* Somebody changed a layer on the node: the next start puts it right. */
static void
test_tampered (AgentFixture      *fixture,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->state, "server/manifests/strata-layer-0.yaml", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (path, "kind: Evil\n", -1, NULL));
  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  agent_fixture_assert_layer (fixture, 0, "name: layer-0\n");
}

#define ADD(name, function) \
  g_test_add ("/agent-trouble/" name, AgentFixture, NULL, agent_fixture_set_up, function, agent_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("taken-back", test_taken_back);
  ADD ("down", test_down);
  ADD ("nobody-there", test_nobody_there);
  ADD ("forgotten", test_forgotten);
  ADD ("alone", test_alone);
  ADD ("secrets", test_secrets);
  ADD ("other-console", test_other_console);
  ADD ("unencrypted", test_unencrypted);
  ADD ("others-files", test_others_files);
  ADD ("tampered", test_tampered);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/agent-trouble/failure/%" G_GSIZE_FORMAT, i);

      g_test_add (path, AgentFixture, &failures[i], agent_fixture_set_up, test_failure, agent_fixture_tear_down);
    }

  return g_test_run ();
}
