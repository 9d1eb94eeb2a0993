/* strata-sandbox-link-routes.c - the profiles of an appliance of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-link-routes"

#include "strata-json.h"
#include "strata-sandbox-event.h"
#include "strata-sandbox-fleet.h"
#include "strata-sandbox-link.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-profile-json.h"
#include "strata-sandbox-routes.h"

#define MAX_LINKS 100

/* Returns: (transfer full) (nullable): the links of the appliance that the path names; else @call has its answer */
static GPtrArray *
open_links (StrataSandboxCall *call)
{
  StrataSandboxDb *db = call->site->db;

  if (strata_sandbox_db_get_int (db,
                                 "SELECT count(*) FROM host WHERE uid = ?1 AND ?2 IN ('', project)",
                                 "ss", call->captures[0], call->project) > 0)
    return strata_sandbox_link_load (db, call->captures[0]);

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Edge host %s was not found",
                            call->captures[0]);

  return NULL;
}

/* `v1ClusterProfilePacksEntity`. */
static JsonObject *
make_pack (JsonObject *reference)
{
  static const char *const members[] = { "name",        "type",    "layer",  "version",
                                         "registryUid", "digest",  "values", "manifests",
                                         "annotations", "presets", NULL };
  JsonObject *object = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();

  strata_sandbox_json_copy (spec, reference, members);
  json_object_set_string_member (spec, "displayName", strata_json_get_string (reference, "name"));
  json_object_set_string_member (metadata, "name", strata_json_get_string (reference, "name"));
  json_object_set_string_member (metadata, "uid", strata_json_get_string (reference, "packUid"));
  json_object_set_object_member (object, "metadata", metadata);
  json_object_set_object_member (object, "spec", spec);

  return object;
}

/* `v1SpectroClusterProfile`. */
static JsonObject *
make_profile (StrataSandboxCall *call,
              StrataSandboxLink *link)
{
  static const char *const members[] = { "cloudType", "type", "version", "relatedObject", NULL };
  JsonObject *object = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonArray *packs = json_array_new ();
  g_autoptr(JsonObject) template = strata_sandbox_link_make_template (
    link, call->site->catalog, call->captures[0],
    strata_sandbox_call_get_query (call, "includePackMeta"), FALSE);
  JsonArray *references = strata_json_get_array (template, "packs");

  for (guint i = 0; i < json_array_get_length (references); i++)
    json_array_add_object_element (packs, make_pack (strata_sandbox_json_get_item (references, i)));
  strata_sandbox_json_copy (spec, template, members);
  json_object_set_array_member (spec, "packs", packs);
  json_object_set_object_member (object, "metadata",
                                 strata_sandbox_profile_make_metadata (link->profile));
  json_object_set_object_member (object, "spec", spec);

  return object;
}

static void
list_profiles (StrataSandboxCall *call)
{
  g_autoptr(GPtrArray) links = open_links (call);
  JsonArray *profiles;

  if (links == NULL)
    return;

  profiles = json_array_new ();
  for (guint i = 0; i < links->len; i++)
    json_array_add_object_element (profiles, make_profile (call, links->pdata[i]));
  strata_sandbox_call_answer_list (call, "profiles", profiles);
}

/* Whether the appliance may run the profile of that uid. */
static gboolean
check_profile (StrataSandboxCall *call,
               const char        *uid)
{
  if (strata_sandbox_db_get_int (
        call->site->db,
        "SELECT count(*) FROM profile, host WHERE profile.uid = ? AND host.uid = ?"
        " AND profile.project IN (host.project, '')",
        "ss", uid, call->captures[0]) > 0)
    return TRUE;

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Cluster profile %s was not found", uid);

  return FALSE;
}

static char *
make_settings (JsonObject *entity)
{
  static const char *const members[] = { "packValues", "variables", NULL };
  g_autoptr(JsonObject) settings = json_object_new ();

  strata_sandbox_json_copy (settings, entity, members);

  return strata_sandbox_json_write_object (settings);
}

/* What stays when the request only says that one takes the place of another. */
static void
keep_others (GPtrArray  *links,
             JsonObject *entity,
             GPtrArray  *profiles,
             GPtrArray  *settings)
{
  const char *replaced = strata_json_get_string (entity, "replaceWithProfile");

  for (guint i = 0; i < links->len && *replaced != '\0'; i++)
    {
      StrataSandboxLink *link = links->pdata[i];

      if (g_str_equal (link->profile->uid, replaced) ||
          g_str_equal (link->profile->uid, strata_json_get_string (entity, "uid")))
        continue;
      g_ptr_array_add (profiles, g_strdup (link->profile->uid));
      g_ptr_array_add (settings, strata_sandbox_json_write_object (link->settings));
    }
}

static gboolean
read_entity (StrataSandboxCall *call,
             JsonObject        *entity,
             GPtrArray         *profiles,
             GPtrArray         *settings)
{
  const char *uid = strata_json_get_string (entity, "uid");

  if (!check_profile (call, uid))
    return FALSE;
  if (g_ptr_array_find_with_equal_func (profiles, uid, g_str_equal, NULL))
    return TRUE;

  g_ptr_array_add (profiles, g_strdup (uid));
  g_ptr_array_add (settings, make_settings (entity));

  return TRUE;
}

/* The list is the whole of them, unless an entry takes the place of another. */
static void
replace_profiles (StrataSandboxCall *call)
{
  g_autoptr(GPtrArray) links = open_links (call);
  JsonObject *body = links != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonArray *entities = strata_json_get_array (body, "profiles");
  g_autoptr(GPtrArray) profiles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) settings = g_ptr_array_new_with_free_func (g_free);

  if (body == NULL)
    return;

  for (guint i = 0; i < strata_sandbox_json_get_length (entities) && i < MAX_LINKS; i++)
    {
      JsonObject *entity = strata_sandbox_json_get_item (entities, i);

      keep_others (links, entity, profiles, settings);
      if (!read_entity (call, entity, profiles, settings))
        return;
    }
  g_ptr_array_add (profiles, NULL);
  g_ptr_array_add (settings, NULL);
  strata_sandbox_link_save (call->site->db, call->captures[0],
                            (const char *const *) profiles->pdata,
                            (const char *const *) settings->pdata);
  strata_sandbox_event_add (
    call->site->db, call->captures[0], strata_sandbox_now (),
    strata_sandbox_event_new ("Normal", "ProfilesChanged", "Other profiles were chosen for it"));
  for (guint i = 0; profiles->pdata[i] != NULL; i++)
    strata_sandbox_fleet_hear (call->site, profiles->pdata[i]);
  strata_sandbox_call_done (call);
}

static void
answer_manifest (StrataSandboxCall *call,
                 StrataSandboxLink *link,
                 JsonObject        *manifest)
{
  gboolean resolve =
    g_str_equal (strata_sandbox_call_get_query (call, "resolveManifestValues"), "true");
  JsonObject *reply = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *published = json_object_new ();
  const char *content = strata_json_get_string (manifest, "content");
  g_autofree char *text =
    resolve ? strata_sandbox_link_resolve (link, content) : g_strdup (content);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *digest = g_strconcat ("sha256:", sum, NULL);

  json_object_set_string_member (metadata, "name", strata_json_get_string (manifest, "name"));
  json_object_set_string_member (metadata, "uid", strata_json_get_string (manifest, "uid"));
  json_object_set_string_member (published, "content", text);
  json_object_set_string_member (published, "digest", digest);
  json_object_set_object_member (spec, "published", published);
  json_object_set_object_member (reply, "metadata", metadata);
  json_object_set_object_member (reply, "spec", spec);
  strata_sandbox_call_answer (call, reply);
}

static void
get_manifest (StrataSandboxCall *call)
{
  g_autoptr(GPtrArray) links = open_links (call);

  if (links == NULL)
    return;

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Manifest %s was not found",
                            call->captures[1]);
  for (guint i = 0; i < links->len; i++)
    {
      StrataSandboxLink *link = links->pdata[i];

      for (guint j = 0; j < strata_sandbox_json_get_length (link->packs); j++)
        {
          JsonObject *pack = strata_sandbox_json_get_item (link->packs, j);
          JsonObject *manifest = strata_sandbox_json_find (
            strata_json_get_array (pack, "manifests"), "uid", call->captures[1]);

          if (manifest != NULL)
            answer_manifest (call, link, manifest);
        }
    }
}

const StrataSandboxRoute strata_sandbox_link_routes[] = {
  { "GET", "/v1/edgehosts/{}/profiles", STRATA_SANDBOX_DEVICES, list_profiles },
  { "PUT", "/v1/edgehosts/{}/profiles", STRATA_SANDBOX_DEVICES, replace_profiles },
  { "GET", "/v1/edgehosts/{}/pack/manifests/{}", STRATA_SANDBOX_DEVICES, get_manifest },
  { NULL },
};
