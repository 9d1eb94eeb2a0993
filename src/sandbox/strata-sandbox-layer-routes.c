/* strata-sandbox-layer-routes.c - the packs of the profiles of the sandbox console, and the texts of their manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-layer-routes"

#include "strata-json.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-profile-calls.h"
#include "strata-sandbox-profile-json.h"
#include "strata-sandbox-routes.h"
#include "strata-yaml.h"

static JsonObject *
make_metadata (const char *name,
               const char *uid)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "name", name);
  json_object_set_string_member (metadata, "uid", uid);

  return metadata;
}

static char *
make_digest (const char *content)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  return g_strconcat ("sha256:", sum, NULL);
}

/* `v1ManifestSummary`s. */
static JsonArray *
make_summaries (JsonArray *manifests)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (manifests); i++)
    {
      JsonObject *manifest = strata_sandbox_json_get_item (manifests, i);
      JsonObject *summary = make_metadata (strata_json_get_string (manifest, "name"),
                                           strata_json_get_string (manifest, "uid"));
      const char *content = strata_json_get_string (manifest, "content");
      g_autofree char *digest = make_digest (content);

      json_object_set_string_member (summary, "content", content);
      json_object_set_string_member (summary, "digest", digest);
      json_array_add_object_element (list, summary);
    }

  return list;
}

/* `v1ClusterProfilePackManifests`, or with references instead of texts `v1ClusterProfilePacksEntity`. */
static JsonObject *
make_pack (JsonObject *reference,
           JsonObject *pack,
           gboolean    has_texts)
{
  static const char *const members[] = { "name",        "type",   "layer",  "version",
                                         "registryUid", "digest", "values", "presets",
                                         "annotations", NULL };
  JsonObject *object = json_object_new ();
  JsonObject *spec = json_object_new ();
  const char *name = strata_json_get_string (pack, "name");

  strata_sandbox_json_copy (spec, reference, members);
  json_object_set_string_member (spec, "displayName", name);
  json_object_set_array_member (
    spec, "manifests",
    has_texts ? make_summaries (strata_json_get_array (pack, "manifests"))
              : json_array_ref (strata_json_get_array (reference, "manifests")));
  json_object_set_object_member (object, "metadata",
                                 make_metadata (name, strata_json_get_string (pack, "packUid")));
  json_object_set_object_member (object, "spec", spec);

  return object;
}

static JsonArray *
make_packs (StrataSandboxCall    *call,
            StrataSandboxProfile *profile,
            gboolean              has_texts)
{
  JsonArray *packs = strata_sandbox_profile_get_packs (profile);
  JsonArray *list = json_array_new ();
  g_autoptr(JsonArray) references = strata_sandbox_pack_make_refs (
    call->site->catalog, packs, strata_sandbox_call_get_query (call, "includePackMeta"), FALSE);

  for (guint i = 0; i < json_array_get_length (references); i++)
    json_array_add_object_element (list,
                                   make_pack (strata_sandbox_json_get_item (references, i),
                                              strata_sandbox_json_get_item (packs, i), has_texts));

  return list;
}

static void
list_packs (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile != NULL)
    strata_sandbox_call_answer_list (call, "items", make_packs (call, profile, FALSE));
}

/* The texts of all manifests at once: of the draft, if there is one. */
static void
list_manifests (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile == NULL)
    return;

  JsonObject *reply = json_object_new ();
  JsonObject *spec = json_object_new ();

  json_object_set_array_member (spec, "packs", make_packs (call, profile, TRUE));
  json_object_set_object_member (reply, "metadata", strata_sandbox_profile_make_metadata (profile));
  json_object_set_object_member (reply, "spec", spec);
  strata_sandbox_call_answer (call, reply);
}

static JsonObject *
find_manifest (JsonArray  *packs,
               const char *pack_name,
               const char *uid)
{
  JsonObject *pack = strata_sandbox_json_find (packs, "name", pack_name);

  return pack != NULL
           ? strata_sandbox_json_find (strata_json_get_array (pack, "manifests"), "uid", uid)
           : NULL;
}

static void
add_data (JsonObject *spec,
          const char *member,
          JsonObject *manifest)
{
  if (manifest == NULL)
    return;

  JsonObject *data = json_object_new ();
  const char *content = strata_json_get_string (manifest, "content");
  g_autofree char *digest = make_digest (content);

  json_object_set_string_member (data, "content", content);
  json_object_set_string_member (data, "digest", digest);
  json_object_set_object_member (spec, member, data);
}

/* `v1ManifestEntity`: the text of the draft and that which is published. Returns NULL when neither has it. */
static JsonObject *
make_manifest (StrataSandboxProfile *profile,
               const char           *pack_name,
               const char           *uid)
{
  JsonObject *draft = find_manifest (profile->draft, pack_name, uid);
  JsonObject *published = find_manifest (profile->published, pack_name, uid);

  if (draft == NULL && published == NULL)
    return NULL;

  JsonObject *object = json_object_new ();
  JsonObject *spec = json_object_new ();

  add_data (spec, "draft", draft);
  add_data (spec, "published", published);
  json_object_set_object_member (
    object, "metadata",
    make_metadata (strata_json_get_string (draft != NULL ? draft : published, "name"), uid));
  json_object_set_object_member (object, "spec", spec);

  return object;
}

static void
list_pack_manifests (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);
  JsonObject *pack = profile != NULL
                       ? strata_sandbox_json_find (strata_sandbox_profile_get_packs (profile),
                                                   "name", call->captures[1])
                       : NULL;
  JsonArray *manifests = strata_json_get_array (pack, "manifests");
  JsonArray *items;

  if (profile == NULL)
    return;
  if (pack == NULL)
    {
      strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Pack %s was not found",
                                call->captures[1]);
      return;
    }

  items = json_array_new ();
  for (guint i = 0; i < strata_sandbox_json_get_length (manifests); i++)
    json_array_add_object_element (
      items,
      make_manifest (profile, call->captures[1],
                     strata_json_get_string (strata_sandbox_json_get_item (manifests, i), "uid")));
  strata_sandbox_call_answer_list (call, "items", items);
}

static void
get_manifest (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);
  JsonObject *reply =
    profile != NULL ? make_manifest (profile, call->captures[1], call->captures[2]) : NULL;

  if (reply != NULL)
    strata_sandbox_call_answer (call, reply);
  else if (profile != NULL)
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Manifest %s was not found",
                              call->captures[2]);
}

static void
add_fault (JsonArray  *errors,
           const char *code,
           const char *message)
{
  JsonObject *fault = json_object_new ();

  json_object_set_string_member (fault, "code", code);
  json_object_set_string_member (fault, "message", message);
  json_array_add_object_element (errors, fault);
}

static JsonArray *
find_faults (StrataSandboxCall *call,
             JsonObject        *entity)
{
  JsonArray *errors = json_array_new ();
  const char *registry = strata_json_get_string (entity, "registryUid");
  const char *uid = strata_json_get_string (entity, "uid");
  gboolean is_manifest = g_str_equal (strata_json_get_string (entity, "type"), "manifest");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) values =
    strata_yaml_parse (strata_json_get_string (entity, "values"), -1, &error);

  if (values == NULL)
    add_fault (errors, "InvalidPackValues", error->message);
  if (!is_manifest && strata_sandbox_catalog_get_registry_kind (registry) == NULL)
    add_fault (errors, "RegistryNotFound", "The registry is not one of this console");
  else if (!is_manifest && *uid != '\0' &&
           strata_sandbox_catalog_get (call->site->catalog, uid) == NULL)
    add_fault (errors, "PackNotFound", "The registry has no such pack");
  else if (!is_manifest && *uid == '\0' &&
           strata_sandbox_catalog_find (call->site->catalog, registry,
                                        strata_json_get_string (entity, "name"),
                                        strata_json_get_string (entity, "tag")) == NULL)
    add_fault (errors, "PackNotFound", "The registry has no such pack, or not in this version");

  return errors;
}

/* Answers 200 whatever it finds. */
static void
validate_packs (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonArray *packs = strata_json_get_array (body, "packs");

  if (body == NULL)
    return;

  JsonObject *reply = json_object_new ();
  JsonObject *holder = json_object_new ();
  JsonArray *results = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *result = json_object_new ();
      JsonObject *entity = strata_sandbox_json_get_item (packs, i);
      const char *name = strata_json_get_string (entity, "name");

      json_object_set_string_member (result, "name", name);
      json_object_set_string_member (result, "displayName", name);
      json_object_set_array_member (result, "errors", find_faults (call, entity));
      json_array_add_object_element (results, result);
    }
  json_object_set_array_member (holder, "results", results);
  json_object_set_object_member (reply, "packs", holder);
  strata_sandbox_call_answer (call, reply);
}

/* The same for the layers of a profile that has to be there. */
static void
validate_profile_packs (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile != NULL)
    validate_packs (call);
}

const StrataSandboxRoute strata_sandbox_layer_routes[] = {
  { "POST", "/v1/clusterprofiles/validate/packs", STRATA_SANDBOX_USERS, validate_packs },
  { "POST", "/v1/clusterprofiles/{}/validate/packs", STRATA_SANDBOX_USERS, validate_profile_packs },
  { "GET", "/v1/clusterprofiles/{}/packs", STRATA_SANDBOX_USERS, list_packs },
  { "GET", "/v1/clusterprofiles/{}/packs/manifests", STRATA_SANDBOX_USERS, list_manifests },
  { "GET", "/v1/clusterprofiles/{}/packs/{}/manifests", STRATA_SANDBOX_USERS, list_pack_manifests },
  { "GET", "/v1/clusterprofiles/{}/packs/{}/manifests/{}", STRATA_SANDBOX_USERS, get_manifest },
  { NULL },
};
