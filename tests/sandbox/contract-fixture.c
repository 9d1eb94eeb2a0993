/* contract-fixture.c - a sandbox console in the process of a test, of which each word is checked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "contract-fixture.h"

#include <string.h>

static GHashTable *asked;  /* (owned) (nullable) (element-type utf8): the operations that were used in any test */


static char *
dup_text (GBytes *bytes)
{
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* Both directions. What is said badly on purpose is not looked at. */
static void
observe (const char *method,
         const char *path,
         const char *query,
         GBytes     *request,
         guint       status,
         GBytes     *reply,
         gpointer    data)
{
  ContractFixture *self = data;
  g_autofree char *sent = dup_text (request);
  g_autofree char *said = dup_text (reply);
  g_autofree char *operation = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!g_str_equal (method, "GET") && !g_str_equal (method, "POST"))
    self->n_changes++;
  if (status == 429)
    self->n_refused++;

  if (self->contract == NULL)
    return;

  operation = contract_dup_operation (self->contract, method, path);
  if (asked == NULL)
    asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (operation != NULL)
    g_hash_table_add (asked, g_steal_pointer (&operation));

  if (!contract_check_request (self->contract, method, path, query, sent, &error) ||
      !contract_check_reply (self->contract, method, path, status, said, &error))
    g_string_append_printf (self->wrong, "%s\n", error->message);
}

static const char pack_json[] =
  "{\"name\":\"greeter\",\"displayName\":\"Greeter\",\"version\":\"%s\",\"layer\":\"addon\",\"addonType\":\"app services\","
  "\"cloudTypes\":[\"all\"],\"annotations\":{\"source\":\"community\"}}";

/* A PNG of one grey point. */
static const guint8 picture[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
  0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00,
  0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0x77, 0xcd, 0x72,
  0xb6, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static void
put_pack (ContractFixture *self,
          const char     *version)
{
  g_autofree char *json = g_strdup_printf (pack_json, version);
  g_autofree char *file = g_strdup_printf ("content/packs/greeter-%s/pack.json", version);
  g_autofree char *values = g_strdup_printf ("content/packs/greeter-%s/values.yaml", version);
  g_autofree char *readme = g_strdup_printf ("content/packs/greeter-%s/README.md", version);
  g_autofree char *logo = g_strdup_printf ("content/packs/greeter-%s/logo.png", version);
  g_autofree char *presets = g_strdup_printf ("content/packs/greeter-%s/presets.yaml", version);
  g_autofree char *schema = g_strdup_printf ("content/packs/greeter-%s/schema.yaml", version);
  g_autofree char *manifest = g_strdup_printf ("content/packs/greeter-%s/manifests/greeter.yaml", version);

  temp_folder_put (&self->folder, file, json);
  temp_folder_put (&self->folder, values, "pack:\n  namespace: greeter\nmanifests:\n  greeter:\n    port: 80\n");
  temp_folder_put_bytes (&self->folder, logo, picture, sizeof picture);
  temp_folder_put (&self->folder, readme, "# Greeter\n");
  temp_folder_put (&self->folder, presets,
                   "presets:\n  - name: high\n    displayName: High port\n    group: Port\n    remove: []\n    add: |\n"
                   "      manifests:\n        greeter:\n          port: 8080\n");
  temp_folder_put (&self->folder, schema,
                   "manifests.greeter.port:\n  schema: '{{ required | format \"${number}\" | hints \"The port.\" }}'\n");
  temp_folder_put (&self->folder, manifest, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: greeter\n");
}

void
contract_fixture_start (ContractFixture *self,
                        double          fail_rate,
                        gboolean        has_rate_limit)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data_dir = temp_folder_get (&self->folder, "data");
  g_autofree char *content_dir = temp_folder_get (&self->folder, "content");
  StrataSandboxOptions options = {
    .data_dir = data_dir,
    .content_dir = content_dir,
    .fail_rate = fail_rate,
    .fail_seed = 7,
    .no_rate_limit = !has_rate_limit,
  };

  self->sandbox = strata_sandbox_new (&options, &error);
  g_assert_no_error (error);
  strata_sandbox_set_observer (self->sandbox, observe, self, NULL);
  strata_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
}

StrataConsole *
contract_fixture_open (ContractFixture *self,
                       const char     *project)
{
  g_autoptr(GError) error = NULL;
  StrataConsole *console =
    strata_console_new (strata_sandbox_get_address (self->sandbox), project, NULL, &error);

  g_assert_no_error (error);
  strata_console_set_patience (console, 60, 1);
  strata_console_set_api_key (console, strata_sandbox_get_api_key (self->sandbox), &error);
  g_assert_no_error (error);

  return console;
}

void
contract_fixture_set_up (ContractFixture *self,
                         gconstpointer    data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&self->folder, NULL);
  put_pack (self, "1.2.0");
  put_pack (self, "1.10.0");
  g_mutex_init (&self->mutex);
  self->wrong = g_string_new (NULL);
  self->contract = contract_open ();
  contract_fixture_start (self, 0, FALSE);

  g_autoptr(StrataConsole) tenant = contract_fixture_open (self, NULL);
  g_autoptr(GPtrArray) projects = strata_console_list_projects (tenant, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, >, 0);
  self->console = contract_fixture_open (self, ((StrataConsoleProject *) projects->pdata[0])->uid);
}

void
contract_fixture_tear_down (ContractFixture *self,
                            gconstpointer    data)
{
  g_clear_object (&self->console);
  strata_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  if (self->wrong->len > 0)
    g_error ("%s", self->wrong->str);
  g_string_free (self->wrong, TRUE);
  g_clear_pointer (&self->contract, contract_free);
  g_mutex_clear (&self->mutex);
  temp_folder_tear_down (&self->folder, NULL);
}

/* Nothing of @operations was left out by all tests so far. */
void
contract_fixture_assert_used (const char *const *operations,
                              guint              n_operations)
{
  g_autoptr(Contract) contract = contract_open ();

  for (guint i = 0; contract != NULL && i < n_operations; i++)
    if (asked == NULL || !g_hash_table_contains (asked, operations[i]))
      g_error ("%s was not asked", operations[i]);

  g_clear_pointer (&asked, g_hash_table_unref);
}
