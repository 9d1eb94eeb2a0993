/* strata-sandbox-registry-routes.c - the packs as an OCI registry, the charts as a Helm repository
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-registry-routes"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-routes.h"

/* https://github.com/opencontainers/distribution-spec; packs stand where the console's own registries have them. */
#define BASE "registry/packs/spectro-packs/archive/"
#define TYPE_MANIFEST "application/vnd.oci.image.manifest.v1+json"
#define TYPE_CONFIG "application/vnd.oci.empty.v1+json"
#define TYPE_ARCHIVE "application/vnd.oci.image.layer.v1.tar+gzip"
#define TYPE_BYTES "application/octet-stream"
#define CONFIG "{}"

static char *
make_digest (GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return g_strconcat ("sha256:", sum, NULL);
}

static JsonObject *
describe (const char *type,
          GBytes     *bytes)
{
  JsonObject *object = json_object_new ();
  g_autofree char *digest = make_digest (bytes);

  json_object_set_string_member (object, "mediaType", type);
  json_object_set_string_member (object, "digest", digest);
  json_object_set_int_member (object, "size", (gint64) g_bytes_get_size (bytes));

  return object;
}

/* The same for a pack each time, as it is known by its digest. */
static GBytes *
make_manifest (StrataSandboxOffer *offer)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(GBytes) config = g_bytes_new_static (CONFIG, strlen (CONFIG));
  JsonArray *layers = json_array_new ();

  json_array_add_object_element (layers, describe (TYPE_ARCHIVE, offer->archive));
  json_object_set_int_member (object, "schemaVersion", 2);
  json_object_set_string_member (object, "mediaType", TYPE_MANIFEST);
  json_object_set_object_member (object, "config", describe (TYPE_CONFIG, config));
  json_object_set_array_member (object, "layers", layers);

  char *text = strata_sandbox_json_write_object (object);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_pack (StrataSandboxOffer *offer,
         const char         *name)
{
  return g_str_equal (offer->registry_uid, STRATA_SANDBOX_PACKS_UID) &&
         (name == NULL || g_str_equal (strata_pack_get (offer->pack, STRATA_PACK_NAME), name));
}

static void
say_hello (StrataSandboxCall *call)
{
  strata_sandbox_call_answer (call, json_object_new ());
}

static void
list_repositories (StrataSandboxCall *call)
{
  JsonArray *names = json_array_new ();
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);
  const char *last = "";

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      const char *name = strata_pack_get (offer->pack, STRATA_PACK_NAME);
      g_autofree char *repository = g_strconcat (BASE, name, NULL);

      if (is_pack (offer, NULL) && !g_str_equal (name, last))
        json_array_add_string_element (names, repository);
      last = name;
    }
  strata_sandbox_call_answer_list (call, "repositories", names);
}

static void
list_tags (StrataSandboxCall *call)
{
  JsonObject *reply = json_object_new ();
  JsonArray *tags = json_array_new ();
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);
  g_autofree char *repository = g_strconcat (BASE, call->captures[0], NULL);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];

      if (is_pack (offer, call->captures[0]))
        json_array_add_string_element (tags, strata_pack_get (offer->pack, STRATA_PACK_VERSION));
    }
  json_object_set_string_member (reply, "name", repository);
  json_object_set_array_member (reply, "tags", tags);
  strata_sandbox_call_answer (call, reply);
}

static void
get_manifest (StrataSandboxCall *call)
{
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      g_autoptr(GBytes) manifest =
        is_pack (offer, call->captures[0]) ? make_manifest (offer) : NULL;
      g_autofree char *digest = manifest != NULL ? make_digest (manifest) : NULL;

      if (manifest == NULL ||
          (!g_str_equal (call->captures[1], digest) &&
           !g_str_equal (call->captures[1], strata_pack_get (offer->pack, STRATA_PACK_VERSION))))
        continue;
      call->digest = g_steal_pointer (&digest);
      strata_sandbox_call_answer_bytes (call, TYPE_MANIFEST, manifest);
      return;
    }

  strata_sandbox_call_fail (call, 404, "MANIFEST_UNKNOWN", "Manifest %s was not found",
                            call->captures[1]);
}

static void
get_blob (StrataSandboxCall *call)
{
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);
  g_autoptr(GBytes) config = g_bytes_new_static (CONFIG, strlen (CONFIG));
  g_autofree char *config_digest = make_digest (config);

  strata_sandbox_call_fail (call, 404, "BLOB_UNKNOWN", "Blob %s was not found", call->captures[1]);
  if (g_str_equal (call->captures[1], config_digest))
    strata_sandbox_call_answer_bytes (call, TYPE_BYTES, config);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];

      if (is_pack (offer, call->captures[0]) && g_str_has_prefix (call->captures[1], "sha256:") &&
          g_str_equal (call->captures[1] + strlen ("sha256:"), offer->digest))
        strata_sandbox_call_answer_bytes (call, TYPE_BYTES, offer->archive);
    }
}

static char *
make_chart_name (StrataSandboxOffer *offer)
{
  return g_strdup_printf ("%s-%s.tgz", strata_pack_get (offer->pack, STRATA_PACK_NAME),
                          strata_pack_get (offer->pack, STRATA_PACK_VERSION));
}

static JsonObject *
make_chart (StrataSandboxOffer *offer)
{
  JsonObject *object = json_object_new ();
  JsonArray *urls = json_array_new ();
  g_autofree char *file = make_chart_name (offer);

  json_array_add_string_element (urls, file);
  json_object_set_string_member (object, "apiVersion", "v2");
  json_object_set_string_member (object, "name", strata_pack_get (offer->pack, STRATA_PACK_NAME));
  json_object_set_string_member (object, "version",
                                 strata_pack_get (offer->pack, STRATA_PACK_VERSION));
  json_object_set_string_member (object, "appVersion",
                                 strata_pack_get (offer->pack, STRATA_PACK_APP_VERSION));
  json_object_set_string_member (object, "description",
                                 strata_pack_get (offer->pack, STRATA_PACK_DESCRIPTION));
  json_object_set_string_member (object, "digest", offer->digest);
  json_object_set_array_member (object, "urls", urls);

  return object;
}

/* `index.yaml`, which may be JSON: that is YAML. */
static void
list_charts (StrataSandboxCall *call)
{
  JsonObject *reply = json_object_new ();
  JsonObject *entries = json_object_new ();
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);

  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      const char *name = strata_pack_get (offer->pack, STRATA_PACK_NAME);

      if (is_pack (offer, NULL))
        continue;
      if (!json_object_has_member (entries, name))
        json_object_set_array_member (entries, name, json_array_new ());
      json_array_add_object_element (json_object_get_array_member (entries, name),
                                     make_chart (offer));
    }
  json_object_set_string_member (reply, "apiVersion", "v1");
  json_object_set_object_member (reply, "entries", entries);
  strata_sandbox_call_answer (call, reply);
  call->type = "text/yaml";
}

static void
get_chart (StrataSandboxCall *call)
{
  GPtrArray *offers = strata_sandbox_catalog_get_offers (call->site->catalog);

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "%s was not found", call->captures[0]);
  for (guint i = 0; i < offers->len; i++)
    {
      StrataSandboxOffer *offer = offers->pdata[i];
      g_autofree char *file = make_chart_name (offer);

      if (!is_pack (offer, NULL) && g_str_equal (file, call->captures[0]))
        strata_sandbox_call_answer_bytes (call, "application/gzip", offer->archive);
    }
}

const StrataSandboxRoute strata_sandbox_registry_routes[] = {
  { "GET", "/v2", STRATA_SANDBOX_OPEN, say_hello },
  { "GET", "/v2/", STRATA_SANDBOX_OPEN, say_hello },
  { "GET", "/v2/_catalog", STRATA_SANDBOX_OPEN, list_repositories },
  { "GET", "/v2/" BASE "{}/tags/list", STRATA_SANDBOX_OPEN, list_tags },
  { "GET", "/v2/" BASE "{}/manifests/{}", STRATA_SANDBOX_OPEN, get_manifest },
  { "GET", "/v2/" BASE "{}/blobs/{}", STRATA_SANDBOX_OPEN, get_blob },
  { "GET", "/registry/charts/index.yaml", STRATA_SANDBOX_OPEN, list_charts },
  { "GET", "/registry/charts/{}", STRATA_SANDBOX_OPEN, get_chart },
  { NULL },
};
