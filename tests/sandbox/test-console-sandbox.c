/* test-console-sandbox.c - the client of a console and the sandbox console, word for word as it is published
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "contract-fixture.h"
#include "strata-archive.h"
#include "strata-console-import.h"
#include "strata-console-packs.h"
#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-palette-body.h"
#include "strata-palette.h"

#define N_TROUBLED 12

static void
test_account (ContractFixture *self,
              gconstpointer    data)
{
  g_autoptr(GError) error = NULL;
  g_auto(StrataConsoleUser) user = { 0 };
  g_auto(StrataConsoleUser) again = { 0 };
  g_auto(StrataConsoleUser) nobody = { 0 };

  g_assert_true (strata_console_who (self->console, &user, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (user.org, !=, "");

  strata_console_sign_in (self->console, "admin@sandbox.example",
                          strata_sandbox_get_api_key (self->sandbox), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strata_console_who (self->console, &again, NULL, &error));
  g_assert_cmpstr (user.user_uid, ==, again.user_uid);

  strata_console_set_api_key (self->console, "wrong", NULL);
  g_assert_false (strata_console_who (self->console, &nobody, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

static void
test_packs (ContractFixture *self,
            gconstpointer    data)
{
  g_autoptr(GError) error = NULL;
  StrataConsolePackFilter filter = { .name = "GREET", .layer = "addon" };
  g_autoptr(GPtrArray) packs = strata_console_search_packs (self->console, &filter, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (packs->len, ==, 1);

  StrataConsolePack *pack = packs->pdata[0];
  g_autoptr(GPtrArray) versions =
    strata_console_list_pack_versions (self->console, pack->name, pack->registry_uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (pack->latest_version, ==, "1.10.0");
  g_assert_cmpstr (((StrataConsolePackVersion *) versions->pdata[0])->version, ==, "1.10.0");

  g_autoptr(StrataPack) whole = strata_console_get_pack (self->console, pack->latest_uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (whole, STRATA_PACK_VERSION), ==, "1.10.0");
  g_assert_nonnull (strstr (strata_pack_get (whole, STRATA_PACK_VALUES), "port: 80"));
  g_assert_nonnull (strstr (strata_pack_get (whole, STRATA_PACK_SCHEMA), "manifests.greeter.port"));
  g_assert_cmpuint (strata_pack_get_presets (whole)->len, ==, 1);

  g_autofree char *readme = strata_console_get_readme (self->console, pack->latest_uid, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (readme, "Greeter"));

  g_autoptr(GBytes) logo = strata_console_get_logo (self->console, pack->latest_uid, NULL, &error);
  g_autoptr(GBytes) none = strata_console_get_logo (self->console, "64eaff453040297344bc0001", NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (logo, NULL), 4, "\x89PNG", 4);
  g_assert_null (none);
}

static const char profile_text[] =
  "{\"metadata\":{\"name\":\"shop\",\"description\":\"For shops\",\"labels\":{\"edge\":\"spectro__tag\",\"region\":\"emea\"}},"
  "\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"cloudType\":\"all\",\"packs\":["
  "{\"name\":\"greeter\",\"type\":\"spectro\",\"layer\":\"addon\",\"tag\":\"1.2.0\",\"version\":\"1.2.0\","
  "\"values\":\"pack:\\n  namespace: greeter\\nmanifests:\\n  greeter:\\n    port: '{{.spectro.var.port}}'\\n\","
  "\"registry\":{\"metadata\":{\"uid\":\"here\",\"name\":\"Sandbox Packs\",\"kind\":\"pack\"}}},"
  "{\"name\":\"site\",\"type\":\"manifest\",\"layer\":\"addon\",\"values\":\"pack:\\n  namespace: site\\n\",\"manifests\":["
  "{\"name\":\"info\",\"content\":\"apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: site\\n\"}]}]},"
  "\"variables\":[{\"name\":\"port\",\"displayName\":\"Port\",\"format\":\"number\",\"inputType\":\"text\",\"defaultValue\":\"80\",\"required\":true},"
  "{\"name\":\"key\",\"displayName\":\"Key\",\"format\":\"string\",\"inputType\":\"text\",\"isSensitive\":true,\"defaultValue\":\"hunter2\"}]}}";

static StrataProfile *
make_profile (void)
{
  g_autoptr(GError) error = NULL;
  StrataProfile *profile = strata_palette_read (profile_text, -1, NULL, &error);

  g_assert_no_error (error);

  return profile;
}

static char *
create (ContractFixture *self,
        StrataProfile  *profile,
        gboolean        publish)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *audit = NULL;
  char *uid = strata_console_create_profile (self->console, profile, publish, &audit, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (audit);

  return uid;
}

static StrataConsoleProfile *
get (ContractFixture *self,
     const char     *uid)
{
  g_autoptr(GError) error = NULL;
  StrataConsoleProfile *found = strata_console_get_profile (self->console, uid, NULL, &error);

  g_assert_no_error (error);

  return found;
}

/* A profile made of a registry of this computer is the same at the console, and has the uids of there. */
static void
test_create (ContractFixture *self,
             gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_console_validate_name (self->console, "shop", "1.0.0", NULL, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) problems = strata_console_validate_packs (self->console, profile, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  g_autofree char *uid = create (self, profile, FALSE);
  g_autoptr(StrataConsoleProfile) found = get (self, uid);
  g_autoptr(StrataConsoleProfile) again = get (self, uid);
  StrataLayer *layer = strata_profile_get_layer (found->profile, 0);

  g_assert_true (strata_palette_is_same (found->profile, profile));
  g_assert_true (strata_profile_equal (found->profile, again->profile));
  g_assert_false (found->is_published);
  g_assert_true (found->has_draft);
  g_assert_cmpstr (strata_profile_get (found->profile, STRATA_PROFILE_UID), ==, uid);
  g_assert_cmpuint (strlen (strata_layer_get (layer, STRATA_LAYER_PACK_UID)), ==, 24);
  g_assert_cmpstr (strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME), ==, "Sandbox Packs");
  g_assert_false (strata_console_validate_name (self->console, "shop", "1.0.0", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (strata_console_create_profile (self->console, profile, FALSE, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
}

static StrataProfile *
edit_layers (StrataProfile *profile)
{
  g_autoptr(StrataBlob) values = strata_blob_new_text ("pack:\n  namespace: other\n");
  g_autoptr(StrataBlob) first = strata_blob_new_text ("kind: Changed");
  g_autoptr(StrataBlob) second = strata_blob_new_text ("kind: New");
  g_autoptr(StrataLayer) valued =
    strata_layer_with_values (strata_profile_get_layer (profile, 0), values);
  g_autoptr(StrataLayer) newer = strata_layer_with (valued, STRATA_LAYER_TAG, "1.10.0");
  g_autoptr(StrataLayer) layer = strata_layer_with (newer, STRATA_LAYER_VERSION, "1.10.0");
  StrataLayer *site = strata_profile_get_layer (profile, 1);
  StrataManifest *info = strata_layer_find_manifest (site, "info", NULL);
  g_autoptr(StrataManifest) changed = strata_manifest_with_content (info, first);
  g_autoptr(StrataManifest) more = strata_manifest_new ("more", second);
  g_autoptr(StrataLayer) one = strata_layer_with_manifest (site, changed);
  g_autoptr(StrataLayer) two = strata_layer_with_manifest (one, more);
  g_autoptr(StrataProfile) half = strata_profile_with_layer (profile, 0, layer);

  return strata_profile_with_layer (half, 1, two);
}

/* One variable goes, one comes, the one with the secret stays and is described. */
static StrataProfile *
edit_variables (StrataProfile *profile)
{
  GPtrArray *old = strata_profile_get_variables (profile);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataVariable) bare = strata_variable_new ("tier");
  g_autoptr(StrataVariable) shown = strata_variable_with (bare, STRATA_VARIABLE_DISPLAY_NAME, "Tier");

  g_ptr_array_add (list, strata_variable_with (old->pdata[1], STRATA_VARIABLE_DESCRIPTION, "Of the door"));
  g_ptr_array_add (list, strata_variable_with (shown, STRATA_VARIABLE_DEFAULT, "gold"));

  return strata_profile_with_variables (profile, list);
}

static void
update (ContractFixture *self,
        const char     *uid,
        StrataProfile  *profile,
        StrataProfile  *base)
{
  g_autoptr(GError) error = NULL;

  strata_console_update_profile (self->console, uid, profile, base, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_update (ContractFixture *self,
             gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, TRUE);
  g_autoptr(StrataConsoleProfile) first = get (self, uid);
  g_autoptr(StrataProfile) layered = edit_layers (first->profile);
  g_autoptr(StrataProfile) edited = edit_variables (layered);
  g_autoptr(StrataProfile) named =
    strata_profile_with (edited, STRATA_PROFILE_DESCRIPTION, "For all shops");
  g_autoptr(GError) error = NULL;
  g_autofree char *audit = NULL;

  g_assert_true (first->is_published);
  g_assert_false (first->has_draft);
  update (self, uid, named, first->profile);

  g_autoptr(StrataConsoleProfile) second = get (self, uid);
  StrataManifest *before = strata_layer_find_manifest (strata_profile_get_layer (first->profile, 1), "info", NULL);
  StrataManifest *after = strata_layer_find_manifest (strata_profile_get_layer (second->profile, 1), "info", NULL);

  g_assert_true (strata_palette_is_same (second->profile, named));
  g_assert_true (second->has_draft);
  g_assert_true (strata_palette_is_same (second->published, second->profile) == FALSE);
  g_assert_cmpstr (strata_manifest_get_uid (before), ==, strata_manifest_get_uid (after));
  g_assert_cmpstr (strata_manifest_get_text (strata_layer_find_manifest (
                     strata_profile_get_layer (second->published, 1), "info", NULL)), !=,
                   strata_manifest_get_text (after));
  g_assert_cmpstr (strata_layer_get (strata_profile_get_layer (second->profile, 0), STRATA_LAYER_PACK_UID), !=,
                   strata_layer_get (strata_profile_get_layer (first->profile, 0), STRATA_LAYER_PACK_UID));

  strata_console_publish_profile (self->console, uid, &audit, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (audit);

  g_autoptr(StrataConsoleProfile) third = get (self, uid);

  g_assert_cmpuint (third->revision, >, first->revision);
  g_assert_false (third->has_draft);
  g_assert_true (strata_palette_is_same (third->profile, named));

  guint n_changes = self->n_changes;

  update (self, uid, third->profile, NULL);
  g_assert_cmpuint (self->n_changes, ==, n_changes);
}

/* A secret that is known here gets there; one that is known there stays there. */
static void
test_secret (ContractFixture *self,
             gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, FALSE);
  g_autoptr(StrataConsoleProfile) first = get (self, uid);
  g_autoptr(StrataProfile) edited = edit_variables (first->profile);
  g_autoptr(StrataProfile) unused = edit_layers (edited);

  update (self, uid, unused, first->profile);

  g_autoptr(StrataConsoleProfile) second = get (self, uid);
  StrataVariable *key = strata_profile_get_variables (second->profile)->pdata[0];

  g_assert_cmpstr (strata_variable_get_name (key), ==, "key");
  g_assert_cmpstr (strata_variable_get (key, STRATA_VARIABLE_DEFAULT), ==, STRATA_PALETTE_MASK);
  g_assert_cmpstr (strata_variable_get (key, STRATA_VARIABLE_DESCRIPTION), ==, "Of the door");
}

/* All variables in another order, with the secret that was typed anew. */
static void
test_order (ContractFixture *self,
            gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, FALSE);
  g_autoptr(StrataConsoleProfile) first = get (self, uid);
  GPtrArray *old = strata_profile_get_variables (first->profile);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (list, strata_variable_with (old->pdata[1], STRATA_VARIABLE_DEFAULT, "typed-anew"));
  g_ptr_array_add (list, g_object_ref (old->pdata[0]));

  g_autoptr(StrataProfile) moved = strata_profile_with_variables (first->profile, list);

  update (self, uid, moved, first->profile);

  g_autoptr(StrataConsoleProfile) second = get (self, uid);

  g_assert_true (strata_palette_is_same (second->profile, moved));
}

static void
test_versions (ContractFixture *self,
               gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, TRUE);
  g_autoptr(GError) error = NULL;
  g_autofree char *next = strata_console_clone_profile (self->console, uid, "shop", "1.1.0", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (next, !=, uid);

  g_autoptr(GPtrArray) versions = strata_console_list_versions (self->console, "shop", NULL, &error);
  g_autofree char *found = strata_console_find_profile (self->console, "shop", "1.1.0", NULL, &error);
  g_autoptr(StrataConsoleProfile) copy = get (self, next);
  g_autoptr(StrataProfile) again = strata_profile_with (copy->profile, STRATA_PROFILE_VERSION, "1.0.0");

  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (found, ==, next);
  g_assert_true (strata_palette_is_same (again, profile));

  strata_console_delete_profile (self->console, next, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strata_console_find_profile (self->console, "shop", "1.1.0", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static void
test_list (ContractFixture *self,
           gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  StrataConsoleFilter filter = { .type = "system", .name = "SHOP-7" };
  StrataConsoleFilter other = { .type = "add-on" };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("shop-%u", i);
      g_autoptr(StrataProfile) named = strata_profile_with (profile, STRATA_PROFILE_NAME, name);
      g_autofree char *uid = create (self, named, i % 2 == 0);
    }

  g_autoptr(GPtrArray) all = strata_console_list_profiles (self->console, NULL, NULL, NULL, NULL, &error);
  g_autoptr(GPtrArray) some = strata_console_list_profiles (self->console, &filter, NULL, NULL, NULL, &error);
  g_autoptr(GPtrArray) none = strata_console_list_profiles (self->console, &other, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 120);
  g_assert_cmpuint (some->len, ==, 11);
  g_assert_cmpuint (none->len, ==, 0);

  for (guint i = 0; i < all->len; i++)
    {
      StrataConsoleEntry *entry = all->pdata[i];

      g_assert_cmpstr (entry->description, ==, "For shops");
      g_assert_cmpstr (entry->type, ==, "system");
      g_assert_cmpuint (entry->n_layers, ==, 2);
      g_assert_cmpint (entry->kinds[1], ==, STRATA_LAYER_KIND_MANIFEST);
      g_assert_cmpuint (g_strv_length (entry->tags), ==, 2);
      g_assert_cmpint (entry->modified, >, 0);
      g_assert_cmpint (entry->is_published, !=, entry->has_draft);
    }
}

static void
test_exchange (ContractFixture *self,
               gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, TRUE);
  g_autoptr(GError) error = NULL;

  for (guint as_yaml = 0; as_yaml < 2; as_yaml++)
    {
      g_autofree char *text = strata_console_export_profile (self->console, uid, as_yaml == 1, NULL, &error);

      g_assert_no_error (error);
      g_assert_null (strstr (text, "hunter2"));

      g_autoptr(StrataProfile) read = strata_palette_read (text, -1, NULL, &error);

      g_assert_no_error (error);

      g_autoptr(StrataProfile) named =
        strata_profile_with (read, STRATA_PROFILE_NAME, as_yaml == 1 ? "copy-yaml" : "copy-json");
      g_autoptr(StrataConsoleImport) import =
        strata_console_validate_import (self->console, named, NULL, &error);

      g_assert_no_error (error);
      g_assert_false (strata_console_import_is_open (import, 0));
      g_assert_false (strata_console_import_is_open (import, 1));

      g_autoptr(GPtrArray) masked = strata_console_import_get_masked (import);
      g_autofree char *copy = strata_console_import (self->console, import, FALSE, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (masked->len, ==, 1);

      g_autoptr(StrataConsoleProfile) found = get (self, copy);

      g_assert_true (strata_palette_is_same (found->profile, named));
    }
}

static void
count_cb (guint64  received,
          guint64  total,
          gpointer data)
{
  *(guint64 *) data = received;
}

static void
test_download (ContractFixture *self,
               gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autofree char *uid = create (self, profile, TRUE);
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autofree char *name = NULL;
  guint64 received = 0;
  g_autoptr(GError) error = NULL;

  strata_console_download_profile (self->console, uid, sink, &name, count_cb, &received, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (sink, NULL, NULL);

  g_autoptr(GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (name, ".tgz"));
  g_assert_nonnull (strstr (name, "shop"));
  g_assert_cmpuint (received, ==, g_bytes_get_size (bytes));
  g_assert_cmpstr (strata_profile_get_name (strata_archive_get_profile (archive)), ==, "shop");
}

/* Who asks faster than the console wants is held back here, and never turned away there. */
static void
test_rate (ContractFixture *self,
           gconstpointer    data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *project = g_strdup (strata_console_get_project (self->console));

  strata_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->console);
  contract_fixture_start (self, 0, TRUE);
  self->console = contract_fixture_open (self, project);

  for (guint i = 0; i < 65; i++)
    {
      g_autoptr(GPtrArray) registries = strata_console_list_registries (self->console, NULL, &error);

      g_assert_no_error (error);
    }

  g_assert_cmpuint (self->n_refused, ==, 0);
}

/* The console fails and cuts connections all the time, often after the work was done: each profile is made once. */
static void
test_trouble (ContractFixture *self,
              gconstpointer    data)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  guint n_made = 0;
  g_autofree char *project = g_strdup (strata_console_get_project (self->console));

  strata_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->console);
  contract_fixture_start (self, 0.3, FALSE);
  self->console = contract_fixture_open (self, project);

  for (guint i = 0; i < N_TROUBLED; i++)
    {
      g_autofree char *name = g_strdup_printf ("shop-%u", i);
      g_autoptr(StrataProfile) named = strata_profile_with (profile, STRATA_PROFILE_NAME, name);
      g_autofree char *uid = NULL;

      /* A fault that is no pause is not asked away: a person does that. */
      for (guint j = 0; uid == NULL && j < 50; j++)
        {
          g_autoptr(GError) error = NULL;

          uid = strata_console_create_profile (self->console, named, TRUE, NULL, NULL, &error);
          if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
            uid = strata_console_find_profile (self->console, name, "1.0.0", NULL, NULL);
        }

      g_assert_nonnull (uid);
      n_made++;
    }

  g_autoptr(GPtrArray) all = NULL;

  for (guint j = 0; all == NULL && j < 50; j++)
    all = strata_console_list_profiles (self->console, NULL, NULL, NULL, NULL, NULL);

  g_assert_nonnull (all);
  g_assert_cmpuint (all->len, ==, n_made);
}

/* Nothing that the client can ask was left out here. */
static void
test_all_was_asked (void)
{
  static const char *const operations[] = {
    "DELETE /v1/clusterprofiles/{uid}",
    "DELETE /v1/clusterprofiles/{uid}/variables",
    "GET /v1/clusterprofiles/validate/name",
    "GET /v1/clusterprofiles/{uid}",
    "GET /v1/clusterprofiles/{uid}/export",
    "GET /v1/clusterprofiles/{uid}/packs/manifests",
    "GET /v1/clusterprofiles/{uid}/packs/{packName}/manifests",
    "GET /v1/clusterprofiles/{uid}/spc/download",
    "GET /v1/clusterprofiles/{uid}/variables",
    "GET /v1/dashboard/clusterprofiles/metadata",
    "GET /v1/dashboard/projects/metadata",
    "GET /v1/packs/{packName}/registries/{registryUid}",
    "GET /v1/packs/{packUid}/logo",
    "GET /v1/packs/{uid}",
    "GET /v1/packs/{uid}/readme",
    "GET /v1/registries/metadata",
    "GET /v1/users/info",
    "GET /v1/users/{uid}",
    "PATCH /v1/clusterprofiles/{uid}/metadata",
    "PATCH /v1/clusterprofiles/{uid}/publish",
    "PATCH /v1/clusterprofiles/{uid}/variables",
    "POST /v1/auth/authenticate",
    "POST /v1/clusterprofiles",
    "POST /v1/clusterprofiles/import",
    "POST /v1/clusterprofiles/import/validate",
    "POST /v1/clusterprofiles/validate/packs",
    "POST /v1/clusterprofiles/{uid}/clone",
    "POST /v1/dashboard/clusterprofiles",
    "POST /v1/packs/search",
    "PUT /v1/clusterprofiles/{uid}",
    "PUT /v1/clusterprofiles/{uid}/variables",
  };
  contract_fixture_assert_used (operations, G_N_ELEMENTS (operations));
}

#define ADD(name, test) g_test_add ("/console-sandbox/" name, ContractFixture, NULL, contract_fixture_set_up, test, contract_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("account", test_account);
  ADD ("packs", test_packs);
  ADD ("create", test_create);
  ADD ("update", test_update);
  ADD ("secret", test_secret);
  ADD ("order", test_order);
  ADD ("versions", test_versions);
  ADD ("list", test_list);
  ADD ("exchange", test_exchange);
  ADD ("download", test_download);
  ADD ("rate", test_rate);
  ADD ("trouble", test_trouble);
  g_test_add_func ("/console-sandbox/all-was-asked", test_all_was_asked);

  return g_test_run ();
}
