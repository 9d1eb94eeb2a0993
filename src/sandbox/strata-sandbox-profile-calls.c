/* strata-sandbox-profile-calls.c - what all requests about one profile of the sandbox console begin and end with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-profile-calls"

#include "strata-sandbox-profile-calls.h"

#include "strata-json.h"
#include "strata-names.h"
#include "strata-palette.h"
#include "strata-sandbox-behind.h"
#include "strata-sandbox-fleet.h"
#include "strata-sandbox-json.h"
#include "strata-variable-check.h"
#include "strata-variable-use.h"
#include "strata-version.h"
#include "strata-yaml.h"

/* Returns: (transfer full) (nullable): the profile that the path names; else @call has its answer. What is not of the
 * scope of who asks is not there, and what is of the tenant may be read from its projects, not written.
 */
StrataSandboxProfile *
strata_sandbox_profile_open_call (StrataSandboxCall *call,
                                  gboolean           to_write)
{
  g_autoptr(StrataSandboxProfile) profile =
    strata_sandbox_profile_load (call->site->db, call->captures[0]);
  gboolean is_own = profile != NULL && g_str_equal (profile->project, call->project);

  if (is_own ||
      (profile != NULL && !to_write && (*profile->project == '\0' || *call->project == '\0')))
    return g_steal_pointer (&profile);

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Cluster profile %s was not found",
                            call->captures[0]);

  return NULL;
}

/* Whether a profile may be called so in the scope of @call, by another than @but_for, which may be "". */
gboolean
strata_sandbox_profile_check_name (StrataSandboxCall *call,
                                   const char        *name,
                                   const char        *version,
                                   const char        *but_for)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataVersion) parsed = strata_version_parse (version, &error);

  if (parsed == NULL)
    strata_sandbox_call_fail (call, 422, "InvalidClusterProfileVersion", "%s", error->message);
  else if (!strata_name_check_profile (name, &error))
    strata_sandbox_call_fail (call, 422, "InvalidClusterProfileName", "%s", error->message);
  else if (strata_sandbox_profile_is_taken (call->site->db, call->project, name, version, but_for))
    strata_sandbox_call_fail (call, 409, "ClusterProfileAlreadyExists",
                              "Cluster profile %s version %s already exists", name, version);
  else
    return TRUE;

  return FALSE;
}

static char *
find_undeclared (const char *text,
                 JsonArray  *variables)
{
  g_autoptr(GPtrArray) uses = strata_variable_find_in_text (text);

  for (guint i = 0; i < uses->len; i++)
    {
      StrataVariableUse *use = uses->pdata[i];

      if (strata_sandbox_json_find (variables, "name", use->name) == NULL)
        return g_strdup (use->name);
    }

  return NULL;
}

static gboolean
check_text (StrataSandboxCall    *call,
            StrataSandboxProfile *profile,
            const char           *pack,
            const char           *text)
{
  g_autofree char *undeclared = find_undeclared (text, profile->variables);

  if (undeclared == NULL)
    return TRUE;

  strata_sandbox_call_fail (call, 422, "PackVariablesUndefined",
                            "Pack %s uses the variable %s, which is not defined", pack, undeclared);

  return FALSE;
}

static gboolean
check_values (StrataSandboxCall *call,
              const char        *pack,
              const char        *values)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (values, -1, &error);

  if (yaml != NULL)
    return TRUE;

  strata_sandbox_call_fail (call, 422, "InvalidPackValues", "The values of pack %s: %s", pack,
                            error->message);

  return FALSE;
}

/* Whether all texts of the packs are YAML where they have to be, and use only variables that there are. */
gboolean
strata_sandbox_profile_check_texts (StrataSandboxCall    *call,
                                    StrataSandboxProfile *profile)
{
  JsonArray *packs = strata_sandbox_profile_get_packs (profile);

  for (guint i = 0; i < strata_sandbox_json_get_length (packs); i++)
    {
      JsonObject *pack = strata_sandbox_json_get_item (packs, i);
      const char *name = strata_json_get_string (pack, "name");
      const char *values = strata_json_get_string (pack, "values");
      JsonArray *manifests = strata_json_get_array (pack, "manifests");

      if (!check_values (call, name, values) || !check_text (call, profile, name, values))
        return FALSE;
      for (guint j = 0; j < strata_sandbox_json_get_length (manifests); j++)
        if (!check_text (
              call, profile, name,
              strata_json_get_string (strata_sandbox_json_get_item (manifests, j), "content")))
          return FALSE;
    }

  return TRUE;
}

/* A secret that is left out, or that comes back as the mask it was shown as, stays what it was. */
static gboolean
keep_secret (JsonObject *variable,
             JsonArray  *known)
{
  const char *value = strata_json_get_string (variable, "defaultValue");
  gboolean is_mask = g_str_equal (value, STRATA_PALETTE_MASK);
  JsonObject *before =
    strata_sandbox_json_find (known, "name", strata_json_get_string (variable, "name"));

  if (!strata_json_get_bool (variable, "isSensitive") ||
      (json_object_has_member (variable, "defaultValue") && !is_mask))
    return TRUE;
  if (before != NULL && json_object_has_member (before, "defaultValue"))
    {
      json_object_set_string_member (variable, "defaultValue",
                                     strata_json_get_string (before, "defaultValue"));
      return TRUE;
    }

  return !is_mask;
}

static JsonArray *
read_options (JsonArray *entities)
{
  static const char *const texts[] = { "value", "label", "description", NULL };
  static const char *const flags[] = { "default", NULL };
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (entities); i++)
    {
      JsonObject *entity = strata_sandbox_json_get_item (entities, i);
      JsonObject *option;

      if (*strata_json_get_string (entity, "value") == '\0')
        continue;
      option = json_object_new ();
      strata_sandbox_json_copy_typed (option, entity, texts, G_TYPE_STRING);
      strata_sandbox_json_copy_typed (option, entity, flags, G_TYPE_BOOLEAN);
      json_array_add_object_element (options, option);
    }

  return options;
}

static void
copy_variable (JsonObject *variable,
               JsonObject *entity)
{
  static const char *const texts[] = {
    "name", "displayName", "description", "format", "inputType", "defaultValue", "regex", NULL,
  };
  static const char *const flags[] = { "required", "isSensitive", "immutable", "hidden", NULL };
  JsonArray *options = strata_json_get_array (entity, "options");

  strata_sandbox_json_copy_typed (variable, entity, texts, G_TYPE_STRING);
  strata_sandbox_json_copy_typed (variable, entity, flags, G_TYPE_BOOLEAN);
  if (options != NULL)
    json_object_set_array_member (variable, "options", read_options (options));
}

static JsonObject *
read_variable (StrataSandboxCall *call,
               JsonObject        *entity,
               JsonArray         *known,
               JsonArray         *list)
{
  g_autoptr(JsonObject) variable = json_object_new ();
  const char *name = strata_json_get_string (entity, "name");
  g_autoptr(GError) error = NULL;

  if (entity != NULL)
    copy_variable (variable, entity);

  if (!strata_name_check_variable (name, &error))
    strata_sandbox_call_fail (call, 422, "InvalidVariable", "%s", error->message);
  else if (strata_sandbox_json_find (list, "name", name) != NULL)
    strata_sandbox_call_fail (call, 422, "DuplicateVariable", "The variable %s is there twice",
                              name);
  else if (!keep_secret (variable, known))
    strata_sandbox_call_fail (call, 422, "InvalidVariable",
                              "The value of the variable %s is the mask that hides it", name);
  else
    return g_steal_pointer (&variable);

  return NULL;
}

/* Returns: (transfer full) (nullable): `v1Variable`s to keep; those that are secret and not given are taken from
 * @known; else @call has its answer
 */
JsonArray *
strata_sandbox_profile_read_variables (StrataSandboxCall *call,
                                       JsonArray         *entities,
                                       JsonArray         *known)
{
  g_autoptr(JsonArray) list = json_array_new ();

  for (guint i = 0; i < strata_sandbox_json_get_length (entities); i++)
    {
      JsonObject *variable =
        read_variable (call, strata_sandbox_json_get_item (entities, i), known, list);

      if (variable == NULL)
        return NULL;

      json_array_add_object_element (list, variable);
    }

  return g_steal_pointer (&list);
}

/* Saves what a request changed, and answers 204. */
void
strata_sandbox_profile_close_call (StrataSandboxCall    *call,
                                   StrataSandboxProfile *profile)
{
  profile->modified = strata_sandbox_now ();
  strata_sandbox_profile_save (profile, call->site->db, call->site->catalog);
  strata_sandbox_call_done (call);
}

/* Publishes the draft, if there is one; who runs it is behind from then on, and appliances of the demo hear of it. */
void
strata_sandbox_profile_publish_call (StrataSandboxCall    *call,
                                     StrataSandboxProfile *profile)
{
  StrataSandboxDb *db = call->site->db;

  if (!strata_sandbox_profile_publish (profile))
    return;

  g_autoptr(GHashTable) before = strata_sandbox_behind_note (db, profile->uid);

  strata_sandbox_profile_save (profile, db, call->site->catalog);
  strata_sandbox_behind_mark (db, profile->uid, before);
  strata_sandbox_fleet_hear (call->site, profile->uid);
}
