/* strata-sandbox-exchange-routes.c - profiles of the sandbox console out to files and in from them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-exchange-routes"

#include "strata-json.h"
#include "strata-names.h"
#include "strata-palette.h"
#include "strata-sandbox-archive.h"
#include "strata-sandbox-import.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-profile-calls.h"
#include "strata-sandbox-routes.h"

static void
download (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile != NULL)
    strata_sandbox_archive_answer (call, profile, profile->published, profile->published_variables);
}

/* What is published, else the draft; secrets are masked. */
static void
export (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);
  gboolean is_yaml = g_str_equal (strata_sandbox_call_get_query (call, "format"), "yaml");
  g_autoptr(GError) error = NULL;

  if (profile == NULL)
    return;

  JsonArray *packs = profile->published != NULL ? profile->published : profile->draft;
  JsonArray *variables =
    profile->published != NULL ? profile->published_variables : profile->variables;
  g_autoptr(StrataProfile) value =
    strata_sandbox_profile_make_value (profile, packs, variables, &error);

  if (value == NULL)
    {
      strata_sandbox_call_fail (call, 500, "InternalError", "%s", error->message);
      return;
    }

  char *text = strata_palette_write (value, is_yaml ? STRATA_PALETTE_YAML : STRATA_PALETTE_JSON);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autofree char *safe = strata_name_make_safe (profile->name);

  call->file_name = g_strdup_printf ("%s-%s.%s", safe, profile->version, is_yaml ? "yaml" : "json");
  strata_sandbox_call_answer_bytes (call, "application/octet-stream", bytes);
}

static JsonObject *
make_registry (const char *uid)
{
  JsonObject *registry = json_object_new ();

  json_object_set_string_member (registry, "uid", uid);
  json_object_set_string_member (registry, "name", strata_sandbox_catalog_get_registry_name (uid));
  json_object_set_string_member (registry, "kind", strata_sandbox_catalog_get_registry_kind (uid));
  json_object_set_boolean_member (registry, "isPrivate", FALSE);
  json_object_set_boolean_member (registry, "isSyncSupported", TRUE);

  return registry;
}

/* Where @pack can be had in this console; only one that has it is named. */
static void
add_matches (StrataSandboxCall *call,
             JsonObject        *pack)
{
  static const char *const uids[] = { STRATA_SANDBOX_PACKS_UID, STRATA_SANDBOX_CHARTS_UID };
  JsonArray *matches = json_array_new ();
  JsonObject *registry = strata_json_get_object (pack, "registry");
  const char *name = strata_json_get_string (pack, "name");
  const char *tag = strata_json_get_string (pack, "tag");

  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    if (strata_sandbox_catalog_find (call->site->catalog, uids[i], name, tag) != NULL)
      json_array_add_object_element (matches, make_registry (uids[i]));

  if (registry == NULL)
    {
      registry = json_object_new ();
      json_object_set_object_member (pack, "registry", registry);
    }
  json_object_set_array_member (registry, "matchingRegistries", matches);
}

/* Whether the entity in @body may be imported under its name, which is not taken. */
static gboolean
check_import (StrataSandboxCall *call,
              JsonObject        *body)
{
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");

  if (metadata != NULL && spec != NULL)
    return strata_sandbox_profile_check_name (call, strata_json_get_string (metadata, "name"),
                                              strata_json_get_string (spec, "version"), "");

  strata_sandbox_call_fail (call, 422, "InvalidRequestBody",
                            "metadata and spec in body are required");

  return FALSE;
}

/* The same entity, with the registries that each pack could be taken from. */
static void
validate_import (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);

  if (body == NULL || !check_import (call, body))
    return;

  JsonObject *reply = strata_sandbox_json_dup (body);
  JsonObject *template =
    strata_json_get_object (strata_json_get_object (reply, "spec"), "template");
  JsonArray *packs = strata_json_get_array (template, "packs");

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);

      if (pack != NULL && !g_str_equal (strata_json_get_string (pack, "type"), "manifest"))
        add_matches (call, pack);
    }
  strata_sandbox_call_answer (call, reply);
}

/* Where a pack comes from: by the uid, which another console gave, or by the name. */
static const char *
find_registry (JsonObject *pack)
{
  static const char *const uids[] = { STRATA_SANDBOX_PACKS_UID, STRATA_SANDBOX_CHARTS_UID };
  JsonObject *registry =
    strata_json_get_object (strata_json_get_object (pack, "registry"), "metadata");
  const char *uid = strata_json_get_string (registry, "uid");

  for (gsize i = 0;
       i < G_N_ELEMENTS (uids) && strata_sandbox_catalog_get_registry_kind (uid) == NULL; i++)
    if (g_str_equal (strata_json_get_string (registry, "name"),
                     strata_sandbox_catalog_get_registry_name (uids[i])))
      uid = uids[i];

  return uid;
}

/* `v1PackManifestEntity` of a `v1PackImportEntity`. Returns NULL for a pack that this console does not have. */
static JsonObject *
make_entity (StrataSandboxCall *call,
             JsonObject        *pack)
{
  static const char *const members[] = {
    "name", "type", "layer", "tag", "values", "manifests", NULL
  };
  gboolean is_manifest = g_str_equal (strata_json_get_string (pack, "type"), "manifest");
  const char *uid = is_manifest ? "" : find_registry (pack);
  StrataSandboxOffer *offer =
    strata_sandbox_catalog_find (call->site->catalog, uid, strata_json_get_string (pack, "name"),
                                 strata_json_get_string (pack, "tag"));

  if (!is_manifest && offer == NULL)
    return NULL;

  JsonObject *entity = json_object_new ();

  strata_sandbox_json_copy (entity, pack, members);
  json_object_set_string_member (entity, "registryUid", uid);
  if (offer != NULL && !json_object_has_member (entity, "values"))
    json_object_set_string_member (entity, "values",
                                   strata_pack_get (offer->pack, STRATA_PACK_VALUES));

  return entity;
}

static JsonArray *
make_entities (StrataSandboxCall *call,
               JsonArray         *packs)
{
  g_autoptr(JsonArray) entities = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);
      JsonObject *entity = make_entity (call, pack);

      if (entity == NULL)
        {
          strata_sandbox_call_fail (
            call, 422, "PackNotFound", "Pack %s %s is not in the registry that it names",
            strata_json_get_string (pack, "name"), strata_json_get_string (pack, "tag"));
          return NULL;
        }
      json_array_add_object_element (entities, entity);
    }

  return g_steal_pointer (&entities);
}

/* Returns: (transfer full) (nullable): the profile of a `v1ClusterProfileImportEntity`, not saved; else @call has its
 * answer
 */
StrataSandboxProfile *
strata_sandbox_import_profile (StrataSandboxCall *call,
                               JsonObject        *body)
{
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");
  JsonObject *template = strata_json_get_object (spec, "template");
  g_autoptr(StrataSandboxProfile) profile =
    strata_sandbox_profile_new (call->project, strata_json_get_string (metadata, "name"),
                                strata_json_get_string (spec, "version"));
  g_autoptr(JsonArray) entities = make_entities (call, strata_json_get_array (template, "packs"));
  g_autofree char *problem = NULL;
  JsonArray *packs =
    entities != NULL ? strata_sandbox_pack_read_list (call->site->catalog, entities, NULL, &problem)
                     : NULL;
  JsonArray *variables = packs != NULL ? strata_sandbox_profile_read_variables (
                                           call, strata_json_get_array (spec, "variables"), NULL)
                                       : NULL;

  if (problem != NULL)
    strata_sandbox_call_fail (call, 422, "InvalidPack", "%s", problem);
  if (packs != NULL)
    strata_sandbox_profile_set_draft (profile, packs);
  if (variables == NULL)
    return NULL;

  strata_sandbox_profile_set_variables (profile, variables);
  if (*strata_json_get_string (template, "type") != '\0')
    strata_sandbox_set_text (&profile->type, strata_json_get_string (template, "type"));
  if (*strata_json_get_string (template, "cloudType") != '\0')
    strata_sandbox_set_text (&profile->cloud, strata_json_get_string (template, "cloudType"));
  json_object_set_string_member (profile->annotations, "description",
                                 strata_json_get_string (metadata, "description"));
  if (strata_json_get_object (metadata, "labels") != NULL)
    {
      json_object_unref (profile->labels);
      profile->labels = strata_sandbox_json_dup_texts (strata_json_get_object (metadata, "labels"));
    }

  return strata_sandbox_profile_check_texts (call, profile) ? g_steal_pointer (&profile) : NULL;
}

/* A pack that is not in the registry that it names stops it, as it does in the console. */
static void
import (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  g_autoptr(StrataSandboxProfile) profile =
    body != NULL && check_import (call, body) ? strata_sandbox_import_profile (call, body) : NULL;

  if (profile == NULL)
    return;

  if (g_str_equal (strata_sandbox_call_get_query (call, "publish"), "true"))
    strata_sandbox_profile_publish (profile);
  strata_sandbox_profile_save (profile, call->site->db, call->site->catalog);
  strata_sandbox_call_created (call, profile->uid);
}

const StrataSandboxRoute strata_sandbox_exchange_routes[] = {
  { "POST", "/v1/clusterprofiles/import", STRATA_SANDBOX_USERS, import },
  { "POST", "/v1/clusterprofiles/import/validate", STRATA_SANDBOX_USERS, validate_import },
  { "GET", "/v1/clusterprofiles/{}/export", STRATA_SANDBOX_USERS, export },
  { "GET", "/v1/clusterprofiles/{}/spc/download", STRATA_SANDBOX_DEVICES, download },
  { NULL },
};
