/* strata-sandbox-profile-routes.c - making, changing and publishing the profiles of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-profile-routes"

#include "strata-json.h"
#include "strata-sandbox-pack.h"
#include "strata-sandbox-profile-calls.h"
#include "strata-sandbox-profile-json.h"
#include "strata-sandbox-routes.h"

#define FIRST_VERSION "1.0.0"

static const char *const types[] = { "cluster", "infra", "add-on", "system", NULL };

static const char *
or_else (const char *text,
         const char *other)
{
  return *text != '\0' ? text : other;
}

/* What the server writes itself is not taken from who asks. */
static void
set_metadata (StrataSandboxProfile *profile,
              JsonObject           *metadata)
{
  JsonObject *annotations = strata_json_get_object (metadata, "annotations");
  JsonObject *labels = strata_json_get_object (metadata, "labels");

  if (annotations != NULL)
    {
      json_object_unref (profile->annotations);
      profile->annotations = strata_sandbox_json_dup_texts (annotations);
      json_object_remove_member (profile->annotations, "scope");
    }
  if (labels != NULL)
    {
      json_object_unref (profile->labels);
      profile->labels = strata_sandbox_json_dup_texts (labels);
    }
}

static gboolean
set_packs (StrataSandboxCall    *call,
           StrataSandboxProfile *profile,
           JsonArray            *entities)
{
  g_autofree char *problem = NULL;
  JsonArray *packs = strata_sandbox_pack_read_list (
    call->site->catalog, entities, strata_sandbox_profile_get_packs (profile), &problem);

  if (packs == NULL)
    strata_sandbox_call_fail (call, 422, "InvalidPack", "%s", problem);
  else
    strata_sandbox_profile_set_draft (profile, packs);

  return packs != NULL;
}

static gboolean
set_type (StrataSandboxCall    *call,
          StrataSandboxProfile *profile,
          JsonObject           *template)
{
  const char *type = strata_json_get_string (template, "type");
  const char *cloud = strata_json_get_string (template, "cloudType");

  if (*type != '\0' && !g_strv_contains (types, type))
    {
      strata_sandbox_call_fail (call, 422, "InvalidClusterProfileType",
                                "spec.template.type in body should be one of"
                                " [cluster infra add-on system]");
      return FALSE;
    }
  if (*type != '\0')
    strata_sandbox_set_text (&profile->type, type);
  if (*cloud != '\0')
    strata_sandbox_set_text (&profile->cloud, cloud);

  return TRUE;
}

static void
create (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");
  JsonObject *template = strata_json_get_object (spec, "template");

  if (body == NULL)
    return;

  const char *name = strata_json_get_string (metadata, "name");
  const char *version = or_else (strata_json_get_string (spec, "version"), FIRST_VERSION);
  JsonArray *variables = strata_json_get_array (spec, "variables");
  JsonArray *packs = strata_json_get_array (template, "packs");
  g_autoptr(StrataSandboxProfile) profile =
    strata_sandbox_profile_new (call->project, name, version);
  g_autoptr(JsonArray) read = strata_sandbox_profile_read_variables (call, variables, NULL);

  set_metadata (profile, metadata);
  if (read == NULL || !strata_sandbox_profile_check_name (call, name, version, "") ||
      !set_type (call, profile, template) || !set_packs (call, profile, packs))
    return;

  strata_sandbox_profile_set_variables (profile, g_steal_pointer (&read));
  if (!strata_sandbox_profile_check_texts (call, profile))
    return;

  if (g_str_equal (strata_sandbox_call_get_query (call, "publish"), "true"))
    strata_sandbox_profile_publish (profile);
  strata_sandbox_profile_save (profile, call->site->db, call->site->catalog);
  strata_sandbox_call_created (call, profile->uid);
}

static void
get (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile != NULL)
    strata_sandbox_call_answer (
      call, strata_sandbox_profile_make_object (
              profile, call->site, strata_sandbox_call_get_query (call, "includePackMeta")));
}

/* A version is changed in place, as the console does; the layers only when there are some in the right place. */
static void
update (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonObject *spec = strata_json_get_object (body, "spec");
  JsonObject *template = strata_json_get_object (spec, "template");
  JsonArray *packs = strata_json_get_array (template, "packs");

  if (body == NULL || !set_type (call, profile, template) ||
      (packs != NULL && !set_packs (call, profile, packs)) ||
      !strata_sandbox_profile_check_texts (call, profile))
    return;

  strata_sandbox_profile_close_call (call, profile);
}

static void
update_metadata (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;

  if (body == NULL)
    return;

  JsonObject *metadata = strata_json_get_object (body, "metadata");
  JsonObject *spec = strata_json_get_object (body, "spec");
  const char *name = or_else (strata_json_get_string (metadata, "name"), profile->name);
  const char *version = or_else (strata_json_get_string (spec, "version"), profile->version);

  if (metadata == NULL)
    strata_sandbox_call_fail (call, 422, "InvalidRequestBody", "metadata in body is required");
  else if (strata_sandbox_profile_check_name (call, name, version, profile->uid))
    {
      strata_sandbox_set_text (&profile->name, name);
      strata_sandbox_set_text (&profile->version, version);
      set_metadata (profile, metadata);
      strata_sandbox_profile_close_call (call, profile);
    }
}

static void
publish (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);

  if (profile == NULL)
    return;

  strata_sandbox_profile_publish_call (call, profile);
  strata_sandbox_call_done (call);
}

static gboolean
is_in_use (StrataSandboxCall *call,
           const char        *uid)
{
  return strata_sandbox_db_get_int (call->site->db, "SELECT count(*) FROM link WHERE profile = ?",
                                    "s", uid) > 0;
}

static void
delete (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);

  if (profile == NULL)
    return;

  if (is_in_use (call, profile->uid))
    {
      strata_sandbox_call_fail (call, 422, "ClusterProfileInUse",
                                "Cluster profile %s is used by edge hosts", profile->name);
      return;
    }
  strata_sandbox_db_run (call->site->db, "DELETE FROM profile WHERE uid = ?", "s", profile->uid);
  strata_sandbox_call_done (call);
}

static JsonObject *
make_failure (const char *uid,
              const char *message)
{
  JsonObject *failure = json_object_new ();

  json_object_set_string_member (failure, "uid", uid);
  json_object_set_string_member (failure, "name", "");
  json_object_set_string_member (failure, "errMsg", message);

  return failure;
}

/* Answers 200 also when some of them could not be deleted. */
static void
delete_many (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonArray *uids = strata_json_get_array (body, "uids");
  JsonArray *failures;
  gint64 n_deleted = 0;

  if (body == NULL)
    return;

  failures = json_array_new ();
  for (guint i = 0; i < strata_sandbox_json_get_length (uids); i++)
    {
      JsonNode *node = json_array_get_element (uids, i);
      const char *uid =
        json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_load (call->site->db, uid);

      if (profile == NULL || !g_str_equal (profile->project, call->project))
        json_array_add_object_element (failures, make_failure (uid, "It was not found"));
      else if (is_in_use (call, uid))
        json_array_add_object_element (failures, make_failure (uid, "It is used by edge hosts"));
      else
        {
          strata_sandbox_db_run (call->site->db, "DELETE FROM profile WHERE uid = ?", "s", uid);
          n_deleted++;
        }
    }

  JsonObject *reply = json_object_new ();

  json_object_set_int_member (reply, "deletedCount", n_deleted);
  json_object_set_boolean_member (reply, "isSucceeded", json_array_get_length (failures) == 0);
  json_object_set_string_member (reply, "message", "");
  json_object_set_array_member (reply, "failures", failures);
  strata_sandbox_call_answer (call, reply);
}

static void
validate_name (StrataSandboxCall *call)
{
  const char *version = or_else (strata_sandbox_call_get_query (call, "version"), FIRST_VERSION);

  if (strata_sandbox_profile_check_name (call, strata_sandbox_call_get_query (call, "name"),
                                         version, ""))
    strata_sandbox_call_done (call);
}

/* The scope that a clone goes to: that of who asks, unless the request names another. */
static char *
find_target (StrataSandboxCall *call,
             JsonObject        *metadata)
{
  JsonObject *target = strata_json_get_object (metadata, "target");
  const char *scope = strata_json_get_string (target, "scope");

  if (g_str_equal (scope, "tenant"))
    return g_strdup ("");

  return g_strdup (g_str_equal (scope, "project")
                     ? or_else (strata_json_get_string (target, "projectUid"), call->project)
                     : call->project);
}

/* The packs of @profile, with manifests of their own. */
static JsonArray *
dup_packs (StrataSandboxProfile *profile)
{
  g_autofree char *text =
    strata_sandbox_json_write_array (strata_sandbox_profile_get_packs (profile));
  JsonArray *packs = strata_sandbox_json_read_array (text);

  for (guint i = 0; i < json_array_get_length (packs); i++)
    {
      JsonArray *manifests =
        strata_json_get_array (strata_sandbox_json_get_item (packs, i), "manifests");

      for (guint j = 0; j < strata_sandbox_json_get_length (manifests); j++)
        {
          g_autofree char *uid = strata_sandbox_make_uid ();

          json_object_set_string_member (strata_sandbox_json_get_item (manifests, j), "uid", uid);
        }
    }

  return packs;
}

static void
clone_to (StrataSandboxCall    *call,
          StrataSandboxProfile *profile,
          JsonObject           *metadata)
{
  const char *name = strata_json_get_string (metadata, "name");
  const char *version = or_else (strata_json_get_string (metadata, "version"), profile->version);
  g_autofree char *project = find_target (call, metadata);
  g_autoptr(StrataSandboxProfile) clone = strata_sandbox_profile_new (project, name, version);

  strata_sandbox_set_text (&call->project, project);
  if (!strata_sandbox_profile_check_name (call, name, version, ""))
    return;

  strata_sandbox_set_text (&clone->type, profile->type);
  strata_sandbox_set_text (&clone->cloud, profile->cloud);
  json_object_unref (clone->annotations);
  clone->annotations = json_object_ref (profile->annotations);
  json_object_unref (clone->labels);
  clone->labels = json_object_ref (profile->labels);
  strata_sandbox_profile_set_draft (clone, dup_packs (profile));
  strata_sandbox_profile_set_variables (clone, json_array_ref (profile->variables));
  strata_sandbox_profile_save (clone, call->site->db, call->site->catalog);
  strata_sandbox_call_created (call, clone->uid);
}

static void
clone_profile (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonObject *metadata = strata_json_get_object (body, "metadata");

  if (body != NULL && metadata == NULL)
    strata_sandbox_call_fail (call, 422, "InvalidRequestBody", "metadata in body is required");
  else if (body != NULL)
    clone_to (call, profile, metadata);
}

static void
validate_clone (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;

  if (body != NULL && strata_sandbox_profile_check_name (
                        call, strata_json_get_string (body, "name"),
                        or_else (strata_json_get_string (body, "version"), profile->version), ""))
    strata_sandbox_call_done (call);
}

const StrataSandboxRoute strata_sandbox_profile_routes[] = {
  { "POST", "/v1/clusterprofiles", STRATA_SANDBOX_USERS, create },
  { "DELETE", "/v1/clusterprofiles/bulk", STRATA_SANDBOX_USERS, delete_many },
  { "GET", "/v1/clusterprofiles/validate/name", STRATA_SANDBOX_USERS, validate_name },
  { "GET", "/v1/clusterprofiles/{}", STRATA_SANDBOX_USERS, get },
  { "PUT", "/v1/clusterprofiles/{}", STRATA_SANDBOX_USERS, update },
  { "DELETE", "/v1/clusterprofiles/{}", STRATA_SANDBOX_USERS, delete },
  { "PATCH", "/v1/clusterprofiles/{}/metadata", STRATA_SANDBOX_USERS, update_metadata },
  { "PATCH", "/v1/clusterprofiles/{}/publish", STRATA_SANDBOX_USERS, publish },
  { "POST", "/v1/clusterprofiles/{}/clone", STRATA_SANDBOX_USERS, clone_profile },
  { "POST", "/v1/clusterprofiles/{}/clone/validate", STRATA_SANDBOX_USERS, validate_clone },
  { NULL },
};
