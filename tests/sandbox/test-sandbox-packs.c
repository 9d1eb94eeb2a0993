/* test-sandbox-packs.c - what a sandbox console offers, by its API and to our own registries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-archive.h"
#include "strata-helm-registry.h"
#include "strata-oci-registry.h"
#include "strata-yaml.h"

#define N_PACKS 7
#define N_CHARTS 2
#define LAYER(name, type, tag, registry) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"layer\":\"addon\",\"tag\":\"" tag "\",\"registry\":{\"metadata\":{" \
  "\"uid\":\"64eaff453040297344bc0099\",\"name\":\"" registry "\",\"kind\":\"pack\"}}}"
#define EXPORT(name, layers) \
  "{\"metadata\":{\"name\":\"" name "\",\"description\":\"From elsewhere\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{" \
  "\"type\":\"system\",\"cloudType\":\"all\",\"packs\":[" layers "]}}}"

static void
test_registries (Sandbox       *self,
                 gconstpointer  data)
{
  g_autoptr(JsonNode) list = sandbox_ask (self, 200, "GET", "/v1/registries/metadata", NULL);
  g_autoptr(JsonNode) packs = sandbox_ask (self, 200, "GET", "/v1/registries/pack/summary", NULL);
  g_autoptr(JsonNode) charts = sandbox_ask (self, 200, "GET", "/v1/registries/helm/summary", NULL);
  g_autoptr(JsonNode) oci = sandbox_ask (self, 200, "GET", "/v1/registries/oci/summary", NULL);
  g_autoptr(JsonNode) sync = sandbox_ask (
    self, 200, "GET", "/v1/registries/helm/" STRATA_SANDBOX_CHARTS_UID "/sync/status", NULL);

  g_assert_cmpuint (sandbox_count (list, "items"), ==, 2);
  g_assert_cmpstr (sandbox_get (list, "items.0.kind"), ==, "pack");
  g_assert_cmpuint (sandbox_count (packs, "items"), ==, 1);
  g_assert_cmpuint (sandbox_count (charts, "items"), ==, 1);
  g_assert_cmpuint (sandbox_count (oci, "items"), ==, 0);
  g_assert_cmpstr (sandbox_get (sync, "status"), ==, "Success");
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/v1/registries/pack/none/sync/status",
                  NULL);
}

static void
test_search (Sandbox       *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint n_found;
  } cases[] = {
    { "{}", N_PACKS + N_CHARTS },
    { "{\"filter\":{\"type\":[\"helm\"]}}", N_CHARTS },
    { "{\"filter\":{\"type\":[\"spectro\",\"helm\"],\"layer\":[\"addon\"]}}", N_PACKS + N_CHARTS },
    { "{\"filter\":{\"layer\":[\"cni\"]}}", 0 },
    { "{\"filter\":{\"registryUid\":[\"" STRATA_SANDBOX_PACKS_UID "\"]}}", N_PACKS },
    { "{\"filter\":{\"displayName\":{\"contains\":\"broker\",\"ignoreCase\":true}}}", 1 },
    { "{\"filter\":{\"addOnType\":[\"logging\"]},\"sort\":[{\"field\":\"displayName\",\"order\":"
      "\"desc\"}]}",
      1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) found =
        sandbox_ask (self, 200, "POST", "/v1/packs/search", cases[i].body);

      g_assert_cmpuint (sandbox_count (found, "items"), ==, cases[i].n_found);
    }
}

static void
test_pack (Sandbox       *self,
           gconstpointer  data)
{
  static const char versions_of[] =
    "/v1/packs/log-forwarder/registries/" STRATA_SANDBOX_PACKS_UID "?cloudType=all";
  g_autoptr(JsonNode) versions = sandbox_ask (self, 200, "GET", versions_of, NULL);
  g_autofree char *path =
    g_strconcat ("/v1/packs/", sandbox_get (versions, "tags.3.packUid"), NULL);
  g_autofree char *readme_path = g_strconcat (path, "/readme", NULL);
  g_autofree char *logo_path = g_strconcat (path, "/logo", NULL);
  g_autoptr(JsonNode) pack = sandbox_ask (self, 200, "GET", path, NULL);
  g_autoptr(JsonNode) readme = sandbox_ask (self, 200, "GET", readme_path, NULL);
  guint status;
  g_autoptr(GBytes) logo = sandbox_send (self, "GET", logo_path, NULL, &status);

  g_assert_cmpstr (sandbox_get (versions, "tags.0.tag"), ==, "3.2.x");
  g_assert_cmpstr (sandbox_get (versions, "tags.1.tag"), ==, "3.2.0");
  g_assert_cmpstr (sandbox_get (versions, "tags.3.version"), ==, "3.1.0");
  g_assert_cmpstr (sandbox_get (pack, "packValues.0.packUid"), ==,
                   sandbox_get (versions, "tags.3.packUid"));
  g_assert_nonnull (strstr (sandbox_get (pack, "packValues.0.values"), "fluent-bit:3.1"));
  g_assert_cmpuint (sandbox_count (pack, "packValues.0.presets"), ==, 2);
  g_assert_cmpstr (sandbox_get (pack, "packValues.0.schema.0.name"), ==,
                   "manifests.log-forwarder.server");
  g_assert_true (json_node_get_boolean (sandbox_find (pack, "packValues.0.schema.0.required")));
  g_assert_true (g_str_has_prefix (sandbox_get (readme, "readme"), "# Log Forwarder"));
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (logo, NULL), 4, "\x89PNG", 4);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/v1/packs/none", NULL);
}

/* A floating tag stands for the newest that there is. */
static void
test_layer (Sandbox       *self,
            gconstpointer  data)
{
  static const char body[] =
    "{\"metadata\":{\"name\":\"edge\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":"
    "\"system\",\"packs\":["
    "{\"name\":\"site-portal\",\"type\":\"spectro\",\"tag\":\"1.1.x\",\"registryUid\":"
    "\"" STRATA_SANDBOX_PACKS_UID "\","
    "\"values\":\"pack: "
    "{}\"},{\"name\":\"stranger\",\"type\":\"helm\",\"tag\":\"1.0.0\",\"registryUid\":\"x\"}]}}}";
  static const char draft[] =
    "{\"type\":\"system\",\"packs\":[{\"name\":\"site-portal\",\"type\":\"spectro\",\"tag\":\"1.1."
    "0\",\"registryUid\":\"" STRATA_SANDBOX_PACKS_UID
    "\"},{\"name\":\"stranger\",\"type\":\"helm\",\"tag\":\"1.0.0\",\"registryUid\":\"x\"},"
    "{\"name\":\"bad\",\"type\":\"manifest\",\"values\":\"a: [\"}]}";
  g_autofree char *uid = sandbox_create (self, "?publish=true", body);
  g_autofree char *path =
    g_strconcat ("/v1/clusterprofiles/", uid, "?includePackMeta=schema,presets", NULL);
  g_autofree char *list_path = g_strconcat ("/v1/clusterprofiles/", uid, "/packs", NULL);
  g_autoptr(JsonNode) profile = sandbox_ask (self, 200, "GET", path, NULL);
  g_autoptr(JsonNode) list = sandbox_ask (self, 200, "GET", list_path, NULL);
  g_autoptr(JsonNode) checked =
    sandbox_ask (self, 200, "POST", "/v1/clusterprofiles/validate/packs", draft);

  g_assert_cmpstr (sandbox_get (profile, "spec.published.packs.0.version"), ==, "1.1.0");
  g_assert_cmpuint (sandbox_count (profile, "spec.published.packs.0.presets"), ==, 2);
  g_assert_false (
    json_node_get_boolean (sandbox_find (profile, "spec.published.packs.0.isInvalid")));
  g_assert_true (
    json_node_get_boolean (sandbox_find (profile, "spec.published.packs.1.isInvalid")));
  g_assert_cmpuint (sandbox_count (list, "items"), ==, 2);
  g_assert_cmpuint (sandbox_count (checked, "packs.results.0.errors"), ==, 0);
  g_assert_cmpstr (sandbox_get (checked, "packs.results.1.errors.0.code"), ==, "RegistryNotFound");
  g_assert_cmpstr (sandbox_get (checked, "packs.results.2.errors.0.code"), ==, "InvalidPackValues");
}

/* A registry of another console is found here by its name; one that is not here stops the import. */
static void
test_import (Sandbox       *self,
             gconstpointer  data)
{
  static const char good[] =
    EXPORT ("far", LAYER ("mqtt-broker", "spectro", "2.1.0", "Sandbox Packs") "," LAYER (
                     "till-sync", "helm", "0.5.0", "Sandbox Charts"));
  static const char bad[] =
    EXPORT ("near", LAYER ("mqtt-broker", "spectro", "9.9.9", "Sandbox Packs"));
  g_autoptr(JsonNode) checked =
    sandbox_ask (self, 200, "POST", "/v1/clusterprofiles/import/validate", good);
  g_autoptr(JsonNode) made =
    sandbox_ask (self, 201, "POST", "/v1/clusterprofiles/import?publish=true", good);
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", sandbox_get (made, "uid"), NULL);
  g_autofree char *export = g_strconcat (path, "/export?format=yaml", NULL);
  g_autofree char *download = g_strconcat (path, "/spc/download", NULL);
  g_autoptr(JsonNode) profile = sandbox_ask (self, 200, "GET", path, NULL);
  guint status;
  g_autoptr(GBytes) text = sandbox_send (self, "GET", export, NULL, &status);
  g_autoptr(GBytes) bytes = sandbox_send (self, "GET", download, NULL, &status);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sandbox_get (checked, "spec.template.packs.0.registry.matchingRegistries.0.uid"),
                   ==, STRATA_SANDBOX_PACKS_UID);
  g_assert_cmpstr (
    sandbox_get (checked, "spec.template.packs.1.registry.matchingRegistries.0.kind"), ==, "helm");
  g_assert_cmpstr (sandbox_get (profile, "metadata.annotations.description"), ==, "From elsewhere");
  g_assert_nonnull (
    strstr (sandbox_get (profile, "spec.published.packs.0.values"), "eclipse-mosquitto"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text),
                                  "Sandbox Packs"));

  /* The archive has what an appliance without a network needs of a pack and of a chart. */
  StrataProfile *value = strata_archive_get_profile (archive);

  g_assert_nonnull (
    strata_layer_find_file (strata_profile_get_layer (value, 0), "manifests/mqtt-broker.yaml"));
  g_assert_cmpuint (strata_layer_get_files (strata_profile_get_layer (value, 1))->len, >, 0);

  sandbox_refuse (self, 409, "ClusterProfileAlreadyExists", "POST", "/v1/clusterprofiles/import",
                  good);
  sandbox_refuse (self, 422, "PackNotFound", "POST", "/v1/clusterprofiles/import", bad);
  sandbox_refuse (self, 422, "InvalidRequestBody", "POST", "/v1/clusterprofiles/import/validate",
                  "{}");
}

static StrataRegistry *
open_registry (Sandbox     *self,
               StrataShelf *shelf,
               const char  *kind,
               const char  *path)
{
  g_autofree char *url = g_strconcat (strata_sandbox_get_address (self->sandbox), path, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRemote) bare = strata_remote_new (kind, url, &error);
  g_autoptr(StrataRemote) remote = strata_remote_with_id (bare, kind);

  g_assert_no_error (error);

  return g_str_equal (kind, STRATA_REGISTRY_OCI) ? strata_oci_registry_new (remote, shelf)
                                                 : strata_helm_registry_new (remote, shelf);
}

/* Our own classes list it, and each thing in it can be fetched whole. */
static void
check_registry (Sandbox    *self,
                const char *kind,
                const char *path,
                guint       n_names)
{
  g_autofree char *kept = temp_folder_get (&self->temp, "kept");
  g_autofree char *cache = temp_folder_get (&self->temp, "cache");
  g_autoptr(StrataShelf) shelf = strata_shelf_new (kept, cache);
  g_autoptr(StrataRegistry) registry = open_registry (self, shelf, kind, path);
  StrataIndexCounts counts = { 0 };
  g_autoptr(GError) error = NULL;

  strata_registry_check (registry, NULL, &error);
  g_assert_no_error (error);
  strata_registry_sync (registry, strata_shelf_get_index (shelf), FALSE, &counts, NULL, NULL, NULL,
                        &error);
  g_assert_no_error (error);

  g_autoptr(GPtrArray) list = strata_registry_read_known (registry, shelf, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, >=, n_names);
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr(StrataPack) pack = strata_registry_fetch (registry, list->pdata[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_README), !=, "");
      g_assert_cmpuint (strata_pack_get_warnings (pack)->len, ==, 0);
    }
}

static void
test_oci (Sandbox       *self,
          gconstpointer  data)
{
  check_registry (self, STRATA_REGISTRY_OCI, "/registry/packs", N_PACKS);
  sandbox_refuse (self, 404, "MANIFEST_UNKNOWN", "GET",
                  "/v2/registry/packs/spectro-packs/archive/site-portal/manifests/9.9.9", NULL);
  sandbox_refuse (self, 404, "BLOB_UNKNOWN", "GET",
                  "/v2/registry/packs/spectro-packs/archive/site-portal/blobs/sha256:00", NULL);
}

static void
test_helm (Sandbox       *self,
           gconstpointer  data)
{
  check_registry (self, STRATA_REGISTRY_HELM, "/registry/charts", N_CHARTS);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/registry/charts/none.tgz", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/packs/registries", Sandbox, NULL, sandbox_set_up, test_registries,
              sandbox_tear_down);
  g_test_add ("/sandbox/packs/search", Sandbox, NULL, sandbox_set_up, test_search,
              sandbox_tear_down);
  g_test_add ("/sandbox/packs/pack", Sandbox, NULL, sandbox_set_up, test_pack, sandbox_tear_down);
  g_test_add ("/sandbox/packs/layer", Sandbox, NULL, sandbox_set_up, test_layer, sandbox_tear_down);
  g_test_add ("/sandbox/packs/import", Sandbox, NULL, sandbox_set_up, test_import,
              sandbox_tear_down);
  g_test_add ("/sandbox/packs/oci", Sandbox, NULL, sandbox_set_up, test_oci, sandbox_tear_down);
  g_test_add ("/sandbox/packs/helm", Sandbox, NULL, sandbox_set_up, test_helm, sandbox_tear_down);

  return g_test_run ();
}
