/* test-sandbox-demo.c - the example that a sandbox console begins with, and its simulated appliances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-archive.h"
#include "strata-problem.h"
#include "strata-sandbox-fleet.h"
#include "strata-sandbox-seed.h"
#include "strata-validate.h"

#define N_HOSTS 14
#define DAY_MS G_GINT64_CONSTANT (86400000)

static void
demo (StrataSandboxOptions *options)
{
  options->seed = STRATA_SANDBOX_SEED_DEMO;
  options->n_appliances = N_HOSTS;
}

static void
test_content (Sandbox       *self,
              gconstpointer  data)
{
  g_autoptr(JsonNode) list =
    sandbox_ask (self, 200, "POST", "/v1/dashboard/clusterprofiles", "{}");
  g_autoptr(JsonNode) hosts =
    sandbox_ask (self, 200, "POST", "/v1/dashboard/edgehosts/search", "{}");
  guint n_drafts = 0, n_add_ons = 0;

  g_assert_cmpuint (sandbox_count (list, "items"), ==, 7);
  g_assert_cmpuint (sandbox_count (hosts, "items"), ==, N_HOSTS);
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *draft = g_strdup_printf ("items.%u.specSummary.draft", i);
      g_autofree char *type = g_strdup_printf ("items.%u.specSummary.published.type", i);

      n_drafts += sandbox_find (list, draft) != NULL ? 1 : 0;
      n_add_ons += g_str_equal (sandbox_get (list, type), "add-on") ? 1 : 0;
    }
  g_assert_cmpuint (n_drafts, ==, 1);
  g_assert_cmpuint (n_add_ons, ==, 1);
}

static void
assert_no_problems (StrataProfile *profile)
{
  const StrataValidateOptions options = { 0 };
  g_autoptr(StrataValidation) validation = strata_validate_profile (profile, &options, NULL);
  GPtrArray *problems = strata_validation_get_problems (validation);

  for (guint i = 0; i < problems->len; i++)
    {
      StrataProblem *problem = problems->pdata[i];

      g_test_message ("%s %s: %s:%u: %s", strata_profile_get_name (profile), problem->layer,
                      problem->document, problem->line, problem->message);
    }
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The example is what we would let nobody else get away with. */
static void
test_valid (Sandbox       *self,
            gconstpointer  data)
{
  g_autoptr(JsonNode) list =
    sandbox_ask (self, 200, "POST", "/v1/dashboard/clusterprofiles", "{}");
  guint n_valid = 0;

  for (guint i = 0; i < sandbox_count (list, "items"); i++)
    {
      g_autofree char *uid = g_strdup_printf ("items.%u.metadata.uid", i);
      g_autofree char *path =
        g_strdup_printf ("/v1/clusterprofiles/%s/spc/download", sandbox_get (list, uid));
      guint status;
      g_autoptr(GBytes) bytes = sandbox_send (self, "GET", path, NULL, &status);
      g_autoptr(StrataArchive) archive =
        status == 200 ? strata_archive_read (bytes, NULL, NULL) : NULL;

      if (archive == NULL)
        continue;
      assert_no_problems (strata_archive_get_profile (archive));
      n_valid++;
    }
  g_assert_cmpuint (n_valid, ==, 6);
}

/* It is made once: what a person deleted does not come back. */
static void
test_once (Sandbox       *self,
           gconstpointer  data)
{
  sandbox_tell (self, 204, "DELETE", "/v1/edgehosts/edge-berlin-01", NULL);
  sandbox_restart (self);
  g_autoptr(JsonNode) hosts =
    sandbox_ask (self, 200, "POST", "/v1/dashboard/edgehosts/search", "{}");

  g_assert_cmpuint (sandbox_count (hosts, "items"), ==, N_HOSTS - 1);
}

typedef struct
{
  TempFolder         temp;
  char              *content;  /* (owned) */
  StrataSandboxSite *site;     /* (owned) */
} Fleet;

static void
fleet_set_up (Fleet         *self,
              gconstpointer  data)
{
  g_autofree char *folder = NULL;
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&self->temp, NULL);
  folder = temp_folder_get (&self->temp, "console");
  self->content = g_test_build_filename (G_TEST_DIST, "..", "data", "sandbox", NULL);
  self->site = strata_sandbox_site_open (folder, self->content, &error);
  g_assert_no_error (error);
}

static void
fleet_tear_down (Fleet         *self,
                 gconstpointer  data)
{
  strata_sandbox_site_close (self->site);
  g_free (self->content);
  temp_folder_tear_down (&self->temp, NULL);
}

static void
seed (Fleet *self,
      guint  n_appliances,
      guint  n_profiles)
{
  g_autoptr(GError) error = NULL;

  strata_sandbox_seed_demo (self->site, self->content, n_appliances, n_profiles, &error);
  g_assert_no_error (error);
}

/* Lets all of them do what they do next, however long that would be. */
static void
tick (Fleet *self)
{
  g_autoptr(GError) error = NULL;

  strata_sandbox_db_begin (self->site->db);
  strata_sandbox_fleet_tick (self->site, strata_sandbox_now () + DAY_MS, G_MAXINT64);
  strata_sandbox_db_end (self->site->db, TRUE, &error);
  g_assert_no_error (error);
}

/* The conditions of the layers of an appliance, a letter each: Ready, Installed, Fetched, Waiting, Error. */
static char *
dup_conditions (Fleet      *self,
                const char *uid)
{
  g_autoptr(StrataSandboxHost) host = strata_sandbox_host_load (self->site->db, uid);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (host);
  for (guint i = 0; i < json_array_get_length (host->packs); i++)
    {
      JsonObject *condition =
        strata_json_get_object (strata_sandbox_json_get_item (host->packs, i), "condition");
      const char *type = strata_json_get_string (condition, "type");

      g_string_append_c (text, g_str_equal (type, "ReadyForInstall") ? 'F' : *type);
    }

  return g_string_free (text, FALSE);
}

/* One layer after the other, and no step twice. */
static void
test_layers (Fleet         *self,
             gconstpointer  data)
{
  static const char *const steps[] = {
    "FWWWW", "IWWWW", "RWWWW", "RFWWW", "RIWWW", "RRWWW", "RRFWW", "RRIWW",
    "RRRWW", "RRRFW", "RRRIW", "RRRRW", "RRRRF", "RRRRI", "RRRRR", "RRRRR",
  };

  seed (self, N_HOSTS, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      tick (self);
      g_autofree char *conditions = dup_conditions (self, "edge-leeds-01");

      g_assert_cmpstr (conditions, ==, steps[i]);
    }

  g_autoptr(StrataSandboxHost) host = strata_sandbox_host_load (self->site->db, "edge-leeds-01");

  g_assert_cmpstr (host->health, ==, "healthy");
}

static void
publish_change (Fleet *self)
{
  g_autofree char *uid = strata_sandbox_db_get_text (
    self->site->db, "SELECT uid FROM profile WHERE name = 'store-basics' AND version = '1.1.0'",
    "");
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_load (self->site->db, uid);
  g_autofree char *text = strata_sandbox_json_write_array (profile->variables);
  JsonArray *variables = strata_sandbox_json_read_array (text);

  json_object_set_string_member (strata_sandbox_json_find (variables, "name", "siteName"),
                                 "defaultValue", "Another");
  strata_sandbox_profile_set_variables (profile, variables);
  g_assert_true (strata_sandbox_profile_publish (profile));
  strata_sandbox_profile_save (profile, self->site->db, self->site->catalog);
  strata_sandbox_fleet_hear (self->site, uid);
}

/* Only what changed is installed anew: the layers that use the variable. */
static void
test_publish (Fleet         *self,
              gconstpointer  data)
{
  seed (self, N_HOSTS, 0);
  g_autofree char *before = dup_conditions (self, "edge-berlin-01");

  publish_change (self);
  tick (self);
  g_autofree char *first = dup_conditions (self, "edge-berlin-01");

  for (guint i = 0; i < 10; i++)
    tick (self);
  g_autofree char *after = dup_conditions (self, "edge-berlin-01");
  g_autofree char *other = dup_conditions (self, "edge-osaka-01");

  g_assert_cmpstr (before, ==, "RRRRR");
  g_assert_cmpstr (first, ==, "RRRFW");
  g_assert_cmpstr (after, ==, "RRRRR");
  g_assert_cmpstr (other, ==, "RRRRR");
}

/* Each stays what it is: silent, behind, failed with a reason. */
static void
test_states (Fleet         *self,
             gconstpointer  data)
{
  seed (self, N_HOSTS, 0);
  g_autoptr(StrataSandboxHost) silent = strata_sandbox_host_load (self->site->db, "edge-busan-01");

  publish_change (self);
  for (guint i = 0; i < 30; i++)
    tick (self);

  g_autoptr(StrataSandboxHost) still = strata_sandbox_host_load (self->site->db, "edge-busan-01");
  g_autoptr(StrataSandboxHost) failed = strata_sandbox_host_load (self->site->db, "edge-turin-01");
  g_autofree char *conditions = dup_conditions (self, "edge-turin-01");
  JsonObject *behind = NULL;
  g_autoptr(StrataSandboxHost) waits = strata_sandbox_host_load (self->site->db, "edge-porto-01");

  g_assert_cmpint (silent->modified, ==, still->modified);
  g_assert_cmpint (still->modified, <, strata_sandbox_now () - DAY_MS / 8);
  g_assert_cmpstr (failed->health, ==, "unhealthy");
  g_assert_cmpstr (conditions, ==, "RRREW");
  behind = strata_sandbox_json_find (waits->packs, "name", "site-portal");
  g_assert_cmpstr (strata_json_get_string (behind, "version"), ==, "1.0.0");
}

/* Thousands of both are a matter of one transaction, and each of them is its own. */
static void
test_many (Fleet         *self,
           gconstpointer  data)
{
  StrataSandboxDb *db = self->site->db;

  seed (self, 1000, 2000);
  g_assert_cmpint (strata_sandbox_db_get_int (db, "SELECT count(*) FROM host", ""), ==, 1000);
  g_assert_cmpint (strata_sandbox_db_get_int (db, "SELECT count(DISTINCT token) FROM host", ""), ==,
                   1000);
  g_assert_cmpint (strata_sandbox_db_get_int (db, "SELECT count(*) FROM fleet", ""), ==, 1000);
  g_assert_cmpint (strata_sandbox_db_get_int (db, "SELECT count(*) FROM link", ""), ==, 1000);
  g_assert_cmpint (strata_sandbox_db_get_int (db, "SELECT count(*) FROM profile", ""), ==, 2007);
  tick (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/demo/content", Sandbox, demo, sandbox_set_up, test_content,
              sandbox_tear_down);
  g_test_add ("/sandbox/demo/valid", Sandbox, demo, sandbox_set_up, test_valid, sandbox_tear_down);
  g_test_add ("/sandbox/demo/once", Sandbox, demo, sandbox_set_up, test_once, sandbox_tear_down);
  g_test_add ("/sandbox/demo/layers", Fleet, NULL, fleet_set_up, test_layers, fleet_tear_down);
  g_test_add ("/sandbox/demo/publish", Fleet, NULL, fleet_set_up, test_publish, fleet_tear_down);
  g_test_add ("/sandbox/demo/states", Fleet, NULL, fleet_set_up, test_states, fleet_tear_down);
  g_test_add ("/sandbox/demo/many", Fleet, NULL, fleet_set_up, test_many, fleet_tear_down);

  return g_test_run ();
}
