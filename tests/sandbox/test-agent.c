/* test-agent.c - an appliance boots, registers, takes what changed and nothing else, and never half of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../temp-folder.h"
#include "edge-fixture.h"
#include "strata-agent.h"
#include "strata-error.h"

#include <sys/stat.h>

typedef struct
{
  TempFolder     folder;
  EdgeFixture   *console;  /* (owned) */
  StrataProfile *profile;  /* (owned): of three layers, published once */
  char          *archive;  /* (owned): of it */
  char          *state;    /* (owned) */
  GString       *events;   /* (owned): "name layer condition: message", one a line */
  StrataAgent   *agent;    /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  temp_folder_set_up (&fixture->folder, NULL);
  fixture->console = edge_fixture_new ();
  fixture->profile = edge_fixture_make_profile (3);
  fixture->archive = edge_fixture_save (fixture->profile, fixture->folder.path);
  fixture->state = temp_folder_get (&fixture->folder, "state");
  fixture->events = g_string_new (NULL);
  edge_fixture_publish (fixture->console, fixture->profile);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->agent);
  edge_fixture_free (fixture->console);
  g_object_unref (fixture->profile);
  g_free (fixture->archive);
  g_free (fixture->state);
  g_string_free (fixture->events, TRUE);
  temp_folder_tear_down (&fixture->folder, NULL);
}

static void
note_cb (const StrataAgentEvent *event,
         gpointer                data)
{
  g_string_append_printf (data, "%s %s %s: %s\n", event->name, event->layer != NULL ? event->layer : "-",
                          event->condition != NULL ? event->condition : "-", event->message);
}

/* Starts the appliance, once more if it runs. */
static gboolean
try_start (Fixture    *fixture,
           const char *console,
           const char *archive,
           GError    **error)
{
  StrataAgentOptions options = {
    .state = fixture->state,
    .archive = archive,
    .console = console,
    .token = console != NULL ? EDGE_TOKEN : NULL,
    .uid = "edge-1",
    .interval_ms = 1,
  };

  g_clear_object (&fixture->agent);
  g_string_truncate (fixture->events, 0);
  fixture->agent = strata_agent_new (&options, NULL, error);

  if (fixture->agent == NULL)
    return FALSE;

  strata_agent_set_observer (fixture->agent, note_cb, fixture->events);

  return strata_agent_boot (fixture->agent, NULL, error);
}

static void
start (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  try_start (fixture, edge_fixture_get_url (fixture->console), fixture->archive, &error);
  g_assert_no_error (error);
}

static void
poll_once (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_string_truncate (fixture->events, 0);
  strata_agent_poll (fixture->agent, NULL, &error);
  g_assert_no_error (error);
}

static char *
read_layer (Fixture *fixture,
            guint    number)
{
  g_autofree char *name = g_strdup_printf ("strata-layer-%u.yaml", number);
  g_autofree char *path = g_build_filename (fixture->state, "server", "manifests", name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
assert_layer (Fixture    *fixture,
              guint       number,
              const char *part)
{
  g_autofree char *text = read_layer (fixture, number);

  if (strstr (text, part) == NULL)
    g_error ("layer %u has no “%s”: %s", number, part, text);
}

static void
assert_history (Fixture    *fixture,
                const char *layer,
                const char *expected)
{
  g_autofree char *history = edge_fixture_get_history (fixture->console, layer);

  g_assert_cmpstr (history, ==, expected);
}

static void
assert_health (Fixture    *fixture,
               const char *start_of_it)
{
  g_autofree char *health = edge_fixture_get_health (fixture->console);

  g_assert_nonnull (health);
  g_assert_true (g_str_has_prefix (health, start_of_it));
}

/* When the file of a layer was last replaced: another file, another number. */
static ino_t
get_inode (Fixture *fixture,
           guint    number)
{
  g_autofree char *name = g_strdup_printf ("strata-layer-%u.yaml", number);
  g_autofree char *path = g_build_filename (fixture->state, "server", "manifests", name, NULL);
  struct stat info;

  g_assert_no_errno (stat (path, &info));

  return info.st_ino;
}

static void
test_boot (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_no_error (error);
  assert_layer (fixture, 0, "name: layer-0\n");
  assert_layer (fixture, 1, "port: '8080'");
  assert_layer (fixture, 2, "name: layer-2\n");

  const char *first = strstr (fixture->events->str, "layer layer-0 Ready:");
  const char *second = strstr (fixture->events->str, "layer layer-1 Ready:");

  g_assert_true (first != NULL && second != NULL && first < second);
  g_assert_nonnull (strstr (fixture->events->str, "booted"));

  /* Without a console a round is nothing. */
  poll_once (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, ""), ==, 0);

  /* And the next start finds everything in place, also without the archive. */
  g_assert_true (try_start (fixture, NULL, NULL, &error));
  g_assert_null (strstr (fixture->events->str, "Installed"));
}

static void
test_bad_archive (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *manifests = g_build_filename (fixture->state, "server", NULL);
  gsize size;

  g_assert_true (g_file_get_contents (fixture->archive, &bytes, &size, NULL));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (fixture->archive, bytes, (gssize) size, NULL));

  g_assert_false (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == STRATA_ERROR);
  g_assert_nonnull (strstr (fixture->events->str, "refused"));
  g_assert_false (g_file_test (manifests, G_FILE_TEST_EXISTS));
  g_assert_false (strata_agent_has_profile (fixture->agent));
}

/* An appliance that has booted before goes on with what it has. */
static void
test_bad_archive_later (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (fixture->archive, "no archive", -1, NULL));
  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (fixture->events->str, "refused"));
  assert_layer (fixture, 2, "name: layer-2\n");
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (try_start (fixture, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* A newer archive, carried there by hand, is an update; the same one is not. */
static void
test_next_archive (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));

  ino_t inode = get_inode (fixture, 0);

  g_free (fixture->archive);
  fixture->archive = edge_fixture_save (next, fixture->folder.path);
  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  assert_layer (fixture, 2, "kind: New\n");
  g_assert_true (get_inode (fixture, 0) == inode);
}

static void
test_register (Fixture      *fixture,
               gconstpointer data)
{
  start (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET"), ==, 0);
  poll_once (fixture);

  g_assert_nonnull (strstr (fixture->events->str, "registered"));
  g_assert_nonnull (strstr (fixture->events->str, "linked - -: Linked to edge-retail"));
  g_assert_cmpuint (edge_fixture_count (fixture->console, "PUT"), ==, 0);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/"), ==, 0);
  assert_history (fixture, "layer-0", "Ready");
  assert_history (fixture, "layer-1", "Ready");
  assert_health (fixture, "healthy: ");

  g_autofree char *checksum = edge_fixture_get_checksum (fixture->console);

  g_assert_true (g_str_has_prefix (checksum, "sha256:"));

  /* The next round asks, and says that it is alive. */
  edge_fixture_forget_log (fixture->console);
  poll_once (fixture);

  g_autofree char *log = edge_fixture_get_log (fixture->console);

  g_assert_cmpstr (log, ==, "GET /v1/edgehosts/edge-1 " EDGE_KEY "\nPATCH /v1/edgehosts/edge-1/health " EDGE_KEY "\n");
  g_assert_cmpstr (fixture->events->str, ==, "");
}

static void
test_link_later (Fixture      *fixture,
                 gconstpointer data)
{
  edge_fixture_set_faults (fixture->console, EDGE_LINKS_LATER);
  start (fixture);
  poll_once (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "PUT /v1/edgehosts/edge-1/profiles"), ==, 1);
  g_assert_nonnull (strstr (fixture->events->str, "linked"));
}

static void
test_change (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\nport: 9090\n");

  start (fixture);
  poll_once (fixture);

  ino_t inode = get_inode (fixture, 0);
  g_autofree char *before = edge_fixture_get_checksum (fixture->console);

  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);

  assert_layer (fixture, 2, "port: 9090\n");
  g_assert_true (get_inode (fixture, 0) == inode);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/pack/manifests/"), ==, 1);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 0);
  assert_history (fixture, "layer-0", "");
  assert_history (fixture, "layer-1", "");
  assert_history (fixture, "layer-2", "ReadyForInstall Installed Ready");
  g_assert_nonnull (strstr (fixture->events->str, "fetching layer-2"));
  g_assert_null (strstr (fixture->events->str, "fetching layer-0"));

  g_autofree char *after = edge_fixture_get_checksum (fixture->console);

  g_assert_cmpstr (before, !=, after);
}

/* The layers after the first one wait for it. */
static void
test_change_two (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) one = edge_fixture_edit (fixture->profile, 2, "kind: New\n");
  g_autoptr(StrataProfile) next = edge_fixture_edit (one, 0, "kind: New\n");

  start (fixture);
  poll_once (fixture);
  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);
  assert_history (fixture, "layer-0", "ReadyForInstall Installed Ready");
  assert_history (fixture, "layer-2", "WaitingForOtherLayers ReadyForInstall Installed Ready");
}

/* A variable has no place in the API of an appliance: the archive tells it, and one layer uses it. */
static void
test_variable (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_set_variable (fixture->profile, "9090");

  start (fixture);
  poll_once (fixture);

  ino_t inode = get_inode (fixture, 2);

  edge_fixture_forget_log (fixture->console);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);
  assert_layer (fixture, 1, "port: '9090'");
  g_assert_true (get_inode (fixture, 2) == inode);
  assert_history (fixture, "layer-1", "ReadyForInstall Installed Ready");
  assert_history (fixture, "layer-2", "");
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 1);
}

static void
test_layers_come_and_go (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr(StrataProfile) more = edge_fixture_make_profile (4);
  g_autoptr(StrataProfile) fewer = strata_profile_without_layer (more, 0);

  start (fixture);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, fewer);
  poll_once (fixture);

  g_autofree char *gone = read_layer (fixture, 0);

  g_assert_cmpstr (gone, ==, "");
  assert_layer (fixture, 3, "name: layer-3\n");
}

/* A console that tells no digests of layers is asked for everything, once for each publishing. */
static void
test_no_digests (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  edge_fixture_set_faults (fixture->console, EDGE_TELLS_NO_DIGESTS);
  start (fixture);
  poll_once (fixture);
  poll_once (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 1);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);
  poll_once (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/spc/download"), ==, 2);
  assert_layer (fixture, 2, "kind: New\n");
}

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
test_failure (Fixture      *fixture,
              gconstpointer data)
{
  const Failure *failure = data;
  g_autoptr(StrataProfile) wrong = failure->is_variable
                                     ? edge_fixture_set_variable (fixture->profile, "9090")
                                     : edge_fixture_edit (fixture->profile, 2, failure->text);
  g_autoptr(StrataProfile) right = edge_fixture_edit (wrong, 2, "kind: Right\n");

  start (fixture);
  poll_once (fixture);

  ino_t inodes[] = { get_inode (fixture, 0), get_inode (fixture, 1), get_inode (fixture, 2) };

  edge_fixture_set_faults (fixture->console, failure->faults);
  edge_fixture_publish (fixture->console, wrong);
  poll_once (fixture);

  g_autofree char *condition = edge_fixture_get_condition (fixture->console, failure->layer);

  g_test_message ("%s", condition);
  g_assert_true (g_str_has_prefix (condition, "Error: "));
  g_assert_cmpuint (strlen (condition), >, strlen ("Error: "));
  assert_health (fixture, "unhealthy: ");
  g_assert_nonnull (strstr (fixture->events->str, "failed"));
  g_assert_false (strata_agent_is_well (fixture->agent));

  for (guint i = 0; i < G_N_ELEMENTS (inodes); i++)
    g_assert_true (get_inode (fixture, i) == inodes[i]);

  edge_fixture_set_faults (fixture->console, 0);
  edge_fixture_publish (fixture->console, right);
  poll_once (fixture);
  assert_layer (fixture, 2, "kind: Right\n");
  assert_health (fixture, "healthy: ");
  g_assert_true (strata_agent_is_well (fixture->agent));

  g_autofree char *mended = edge_fixture_get_condition (fixture->console, failure->layer);

  g_assert_cmpstr (mended, ==, "Ready: ");
}

/* Taking it back is as good as mending it, although nothing is left to be fetched. */
static void
test_taken_back (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr(StrataProfile) wrong = edge_fixture_edit (fixture->profile, 2, "a: [\n");

  start (fixture);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, wrong);
  poll_once (fixture);
  assert_health (fixture, "unhealthy: ");
  edge_fixture_publish (fixture->console, fixture->profile);
  poll_once (fixture);
  assert_health (fixture, "healthy: ");
  g_assert_true (strata_agent_is_well (fixture->agent));
}

static void
test_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  edge_fixture_set_faults (fixture->console, EDGE_IS_DOWN);
  start (fixture);
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SERVER);

  edge_fixture_set_faults (fixture->console, 0);
  poll_once (fixture);
  assert_history (fixture, "layer-0", "Ready");

  g_clear_error (&error);
  edge_fixture_set_faults (fixture->console, EDGE_IS_DOWN);
  edge_fixture_publish (fixture->console, next);
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  assert_layer (fixture, 2, "name: layer-2\n");

  edge_fixture_set_faults (fixture->console, 0);
  poll_once (fixture);
  assert_layer (fixture, 2, "kind: New\n");
  g_assert_nonnull (strstr (fixture->events->str, "online"));
}

static void
test_nobody_there (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr(EdgeFixture) other = edge_fixture_new ();
  g_autofree char *url = g_strdup (edge_fixture_get_url (other));
  g_autoptr(GError) error = NULL;

  edge_fixture_free (g_steal_pointer (&other));
  g_assert_true (try_start (fixture, url, fixture->archive, &error));
  g_assert_false (strata_agent_poll (fixture->agent, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  assert_layer (fixture, 0, "name: layer-0\n");
}

/* Deleted at the console, it comes back with the token of the site. */
static void
test_forgotten (Fixture      *fixture,
                gconstpointer data)
{
  start (fixture);
  poll_once (fixture);
  edge_fixture_forget_host (fixture->console);
  edge_fixture_forget_log (fixture->console);
  poll_once (fixture);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "POST /v1/edgehosts/register"), ==, 1);
  assert_history (fixture, "layer-0", "Ready");
}

static void
test_restart (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(StrataProfile) next = edge_fixture_edit (fixture->profile, 2, "kind: New\n");

  start (fixture);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);
  edge_fixture_forget_log (fixture->console);

  /* The archive it booted from is an old one by now. */
  start (fixture);
  assert_layer (fixture, 2, "kind: New\n");
  poll_once (fixture);
  assert_layer (fixture, 2, "kind: New\n");
  g_assert_cmpuint (edge_fixture_count (fixture->console, "POST"), ==, 0);
  g_assert_cmpuint (edge_fixture_count (fixture->console, "GET /v1/edgehosts/edge-1/"), ==, 0);
  assert_history (fixture, "layer-2", "Ready");
}

static void
test_alone (Fixture      *fixture,
            gconstpointer data)
{
  StrataAgentOptions options = { .state = fixture->state };
  g_autoptr(GError) error = NULL;

  start (fixture);

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
test_secrets (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(GString) said = g_string_new (NULL);

  start (fixture);
  g_string_append (said, fixture->events->str);
  poll_once (fixture);
  g_string_append (said, fixture->events->str);
  assert_no_secret (said->str);
  check_files (fixture->state);
}

/* Another address gets neither the key nor the token of the first. */
static void
test_other_console (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr(EdgeFixture) other = edge_fixture_new ();
  StrataAgentOptions options = {
    .state = fixture->state, .console = edge_fixture_get_url (other), .interval_ms = 1,
  };
  g_autoptr(GError) error = NULL;

  start (fixture);
  poll_once (fixture);
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
test_unencrypted (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (try_start (fixture, "http://console.example", fixture->archive, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
}

/* k3s has files of its own in the same folder. */
static void
test_others_files (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *theirs = g_build_filename (fixture->state, "server/manifests/traefik.yaml", NULL);
  g_autofree char *leftover = g_build_filename (fixture->state, "server/manifests/.new-Ab3De6", NULL);
  g_autofree char *former = g_build_filename (fixture->state, "server/manifests/strata-former.yaml", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (theirs, "x", -1, NULL));
  g_assert_true (g_file_set_contents (leftover, "x", -1, NULL));
  g_assert_true (g_file_set_contents (former, "x", -1, NULL));
  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_test (theirs, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (former, G_FILE_TEST_EXISTS));
}

/* Somebody changed a layer on the node: the next start puts it right. */
static void
test_tampered (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->state, "server/manifests/strata-layer-0.yaml", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  g_assert_true (g_file_set_contents (path, "kind: Evil\n", -1, NULL));
  g_assert_true (try_start (fixture, NULL, fixture->archive, &error));
  assert_layer (fixture, 0, "name: layer-0\n");
}

static void
test_contract (Fixture      *fixture,
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
  start (fixture);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, next);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, varied);
  poll_once (fixture);
  edge_fixture_publish (fixture->console, wrong);
  poll_once (fixture);
  edge_fixture_set_contract (fixture->console, NULL);
}

static void
test_uid (Fixture      *fixture,
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

#define ADD(name, function) g_test_add ("/agent/" name, Fixture, NULL, set_up, function, tear_down)

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

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/agent/failure/%" G_GSIZE_FORMAT, i);

      g_test_add (path, Fixture, &failures[i], set_up, test_failure, tear_down);
    }

  ADD ("taken-back", test_taken_back);
  ADD ("down", test_down);
  ADD ("nobody-there", test_nobody_there);
  ADD ("forgotten", test_forgotten);
  ADD ("restart", test_restart);
  ADD ("alone", test_alone);
  ADD ("secrets", test_secrets);
  ADD ("other-console", test_other_console);
  ADD ("unencrypted", test_unencrypted);
  ADD ("others-files", test_others_files);
  ADD ("tampered", test_tampered);
  ADD ("contract", test_contract);
  ADD ("uid", test_uid);

  return g_test_run ();
}
