/* test-agent.c - an appliance boots, registers, takes what changed and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent-fixture.h"
#include "strata-error.h"

static void
test_boot (AgentFixture      *fixture,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_no_error (error);
  agent_fixture_assert_layer (fixture, 0, "name: layer-0\n");
  agent_fixture_assert_layer (fixture, 1, "port: '8080'");
  agent_fixture_assert_layer (fixture, 2, "name: layer-2\n");

  const char *first = strstr (fixture->events->str, "layer layer-0 Ready:");
  const char *second = strstr (fixture->events->str, "layer layer-1 Ready:");

  g_assert_true (first != NULL && second != NULL && first < second);
  g_assert_nonnull (strstr (fixture->events->str, "booted"));

  /* Without a console a round is nothing. */
  agent_fixture_poll (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, ""), ==, 0);

  /* And the next start finds everything in place, also without the archive. */
  g_assert_true (agent_fixture_try_start (fixture, NULL, NULL, &error));
  g_assert_null (strstr (fixture->events->str, "Installed"));
}

static void
test_bad_archive (AgentFixture      *fixture,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *manifests = g_build_filename (fixture->state, "server", NULL);
  gsize size;

  g_assert_true (g_file_get_contents (fixture->archive, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (fixture->archive, bytes, (gssize) size, NULL));

  g_assert_false (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == STRATA_ERROR);
  g_assert_nonnull (strstr (fixture->events->str, "refused"));
  g_assert_false (g_file_test (manifests, G_FILE_TEST_EXISTS));
  g_assert_false (strata_agent_has_profile (fixture->agent));
}

/* An appliance that has booted before goes on with what it has. */
static void
test_bad_archive_later (AgentFixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (fixture->archive, "no archive", -1, NULL));
  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (fixture->events->str, "refused"));
  agent_fixture_assert_layer (fixture, 2, "name: layer-2\n");
}

static void
test_nothing (AgentFixture      *fixture,
              gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (agent_fixture_try_start (fixture, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* A newer archive, carried there by hand, is an update; the same one is not. */
static void
test_next_archive (AgentFixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));

  ino_t inode = agent_fixture_get_inode (fixture, 0);

  g_free (fixture->archive);
  fixture->archive = edge_fixture_save (next, fixture->folder.path);
  g_assert_true (agent_fixture_try_start (fixture, NULL, fixture->archive, &error));
  agent_fixture_assert_layer (fixture, 2, "kind: New\n");
  g_assert_true (agent_fixture_get_inode (fixture, 0) == inode);
}

static void
test_register (AgentFixture      *fixture,
               gconstpointer data)
{
  agent_fixture_start (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET"), ==, 0);
  agent_fixture_poll (fixture);

  g_assert_nonnull (strstr (fixture->events->str, "registered"));
  g_assert_nonnull (strstr (fixture->events->str, "linked - -: Linked to edge-retail"));
  g_assert_cmpuint (edge_fixture_count (fixture->console, "PUT"), ==, 0);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/"), ==, 0);
  agent_fixture_assert_history (fixture, "layer-0", "Ready");
  agent_fixture_assert_history (fixture, "layer-1", "Ready");
  agent_fixture_assert_health (fixture, "healthy: ");

  g_autofree char *checksum = edge_fixture_get_checksum (fixture->console);

  g_assert_true (g_str_has_prefix (checksum, "sha256:"));

  /* The next round asks, and says that it is alive. */
  edge_fixture_forget_log (fixture->console);
  agent_fixture_poll (fixture);

  g_autofree char *log = edge_fixture_get_log (fixture->console);

  g_assert_cmpstr (log, ==, "GET /v1/edgehosts/edge-1 " EDGE_KEY "\nPATCH /v1/edgehosts/edge-1/health " EDGE_KEY "\n");
  g_assert_cmpstr (fixture->events->str, ==, "");
}

static void
test_link_later (AgentFixture      *fixture,
                 gconstpointer data)
{
  edge_fixture_set_faults (fixture->console, EDGE_LINKS_LATER);
  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "PUT /v1/edgehosts/edge-1/profiles"), ==, 1);
  g_assert_nonnull (strstr (fixture->events->str, "linked"));
}

static void
test_change (AgentFixture      *fixture,
             gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\nport: 9090\n");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);

  ino_t inode = agent_fixture_get_inode (fixture, 0);
  g_autofree char *before = edge_fixture_get_checksum (fixture->console);

  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);

  agent_fixture_assert_layer (fixture, 2, "port: 9090\n");
  g_assert_true (agent_fixture_get_inode (fixture, 0) == inode);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/pack/manifests/"), ==, 1);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 0);
  agent_fixture_assert_history (fixture, "layer-0", "");
  agent_fixture_assert_history (fixture, "layer-1", "");
  agent_fixture_assert_history (fixture, "layer-2", "ReadyForInstall Installed Ready");
  g_assert_nonnull (strstr (fixture->events->str, "fetching layer-2"));
  g_assert_null (strstr (fixture->events->str, "fetching layer-0"));

  g_autofree char *after = edge_fixture_get_checksum (fixture->console);

  g_assert_cmpstr (before, !=, after);
}

/* The layers after the first one wait for it. */
static void
test_change_two (AgentFixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) one = edge_fixture_edit (fixture->profile, 2, "kind: New\n");
  g_autoptr(StrataProfile) next = edge_fixture_edit (one, 0, "kind: New\n");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);
  agent_fixture_assert_history (fixture, "layer-0", "ReadyForInstall Installed Ready");
  agent_fixture_assert_history (fixture, "layer-2", "WaitingForOtherLayers ReadyForInstall Installed Ready");
}

/* A variable has no place in the API of an appliance: the archive tells it, and one layer uses it. */
static void
test_variable (AgentFixture      *fixture,
               gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_set_variable (fixture->profile, "9090");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);

  ino_t inode = agent_fixture_get_inode (fixture, 2);

  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);
  agent_fixture_assert_layer (fixture, 1, "port: '9090'");
  g_assert_true (agent_fixture_get_inode (fixture, 2) == inode);
  agent_fixture_assert_history (fixture, "layer-1", "ReadyForInstall Installed Ready");
  agent_fixture_assert_history (fixture, "layer-2", "");
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 1);
}

static void
test_layers_come_and_go (AgentFixture      *fixture,
                         gconstpointer data)
{
  g_autoptr(StrataProfile) more = edge_fixture_make_profile (4);
  g_autoptr(StrataProfile) fewer = strata_profile_without_layer (more, 0);

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, fewer);
  agent_fixture_poll (fixture);

  g_autofree char *gone = agent_fixture_read_layer (fixture, 0);

  g_assert_cmpstr (gone, ==, "");
  agent_fixture_assert_layer (fixture, 3, "name: layer-3\n");
}

/* A console that tells no digests of layers is asked for everything, once for each publishing. */
static void
test_no_digests (AgentFixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  edge_fixture_set_faults (fixture->console, EDGE_TELLS_NO_DIGESTS);
  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  agent_fixture_poll (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 1);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);
  agent_fixture_poll (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 2);
  agent_fixture_assert_layer (fixture, 2, "kind: New\n");
}

static void
test_restart (AgentFixture      *fixture,
              gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);
  edge_fixture_forget_log (fixture->console);

  /* The archive it booted from is an old one by now. */
  agent_fixture_start (fixture);
  agent_fixture_assert_layer (fixture, 2, "kind: New\n");
  agent_fixture_poll (fixture);
  agent_fixture_assert_layer (fixture, 2, "kind: New\n");
  g_assert_cmpuint (edge_fixture_count (fixture->console, "POST"), ==, 0);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/"), ==, 0);
  agent_fixture_assert_history (fixture, "layer-2", "Ready");
}

static void
test_contract (AgentFixture      *fixture,
               gconstpointer data)
{
  g_autoptr(Contract) contract = contract_open ();
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");
  g_autoptr(StrataProfile) varied = edge_fixture_set_variable (next, "9090");
  g_autoptr(StrataProfile) wrong = edge_fixture_edit (varied, 0, "a: [\n");

  if (contract == NULL)
    return;

  edge_fixture_set_contract (fixture->console, contract);
  edge_fixture_set_faults (fixture->console, EDGE_LINKS_LATER);
  agent_fixture_start (fixture);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, next);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, varied);
  agent_fixture_poll (fixture);
  edge_fixture_publish (fixture->console, wrong);
  agent_fixture_poll (fixture);
  edge_fixture_set_contract (fixture->console, NULL);
}

static void
test_uid (AgentFixture      *fixture,
          gconstpointer data)
{
  StrataAgentOptions options = { .state = fixture->state, .uid = "a/b" };
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_agent_new (&options, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);

  options.uid = NULL;
  fixture->agent = strata_agent_new (&options, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *made = g_strdup (strata_agent_get_uid (fixture->agent));

  g_assert_true (g_str_has_prefix (made, "edge-"));
  g_clear_object (&fixture->agent);
  fixture->agent = strata_agent_new (&options, NULL, &error);
  g_assert_cmpstr (strata_agent_get_uid (fixture->agent), ==, made);
}

#define ADD(name, function) \
  g_test_add ("/agent/" name, AgentFixture, NULL, agent_fixture_set_up, function, agent_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("boot", test_boot);
  ADD ("bad-archive", test_bad_archive);
  ADD ("bad-archive-later", test_bad_archive_later);
  ADD ("nothing", test_nothing);
  ADD ("next-archive", test_next_archive);
  ADD ("register", test_register);
  ADD ("link-later", test_link_later);
  ADD ("change", test_change);
  ADD ("change-two", test_change_two);
  ADD ("variable", test_variable);
  ADD ("layers-come-and-go", test_layers_come_and_go);
  ADD ("no-digests", test_no_digests);
  ADD ("restart", test_restart);
  ADD ("contract", test_contract);
  ADD ("uid", test_uid);

  return g_test_run ();
}
