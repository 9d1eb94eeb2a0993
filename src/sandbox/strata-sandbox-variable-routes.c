/* strata-sandbox-variable-routes.c - the variables of the profiles of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-variable-routes"

#include "strata-json.h"
#include "strata-palette.h"
#include "strata-sandbox-profile-calls.h"
#include "strata-sandbox-routes.h"

/* A secret never comes back. */
static JsonArray *
mask (JsonArray *variables)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (variables); i++)
    {
      JsonObject *variable = strata_sandbox_json_dup (strata_sandbox_json_get_item (variables, i));

      if (strata_json_get_bool (variable, "isSensitive") &&
          *strata_json_get_string (variable, "defaultValue") != '\0')
        json_object_set_string_member (variable, "defaultValue", STRATA_PALETTE_MASK);
      json_array_add_object_element (list, variable);
    }

  return list;
}

static void
list_variables (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, FALSE);

  if (profile != NULL)
    strata_sandbox_call_answer_list (call, "variables", mask (profile->variables));
}

/* Takes @variables, which the layers have to do with. */
static void
keep (StrataSandboxCall    *call,
      StrataSandboxProfile *profile,
      JsonArray            *variables)
{
  strata_sandbox_profile_set_variables (profile, variables);
  if (strata_sandbox_profile_check_texts (call, profile))
    strata_sandbox_profile_close_call (call, profile);
}

static void
replace (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonArray *variables = body != NULL
                           ? strata_sandbox_profile_read_variables (
                               call, strata_json_get_array (body, "variables"), profile->variables)
                           : NULL;

  if (variables != NULL)
    keep (call, profile, variables);
}

/* Those of @changed in the places of those that they are named like; new ones at the end. */
static JsonArray *
merge (JsonArray *variables,
       JsonArray *changed)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (variables); i++)
    {
      JsonObject *before = strata_sandbox_json_get_item (variables, i);
      JsonObject *after =
        strata_sandbox_json_find (changed, "name", strata_json_get_string (before, "name"));

      json_array_add_object_element (list, json_object_ref (after != NULL ? after : before));
    }
  for (guint i = 0; i < json_array_get_length (changed); i++)
    {
      JsonObject *after = strata_sandbox_json_get_item (changed, i);

      if (strata_sandbox_json_find (variables, "name", strata_json_get_string (after, "name")) ==
          NULL)
        json_array_add_object_element (list, json_object_ref (after));
    }

  return list;
}

static void
patch (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;
  g_autoptr(JsonArray) changed =
    body != NULL ? strata_sandbox_profile_read_variables (
                     call, strata_json_get_array (body, "variables"), profile->variables)
                 : NULL;

  if (changed != NULL)
    keep (call, profile, merge (profile->variables, changed));
}

static gboolean
is_named (JsonArray  *names,
          const char *name)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (names); i++)
    {
      JsonNode *node = json_array_get_element (names, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (node), name))
        return TRUE;
    }

  return FALSE;
}

/* The names are in the body of the DELETE. */
static void
delete (StrataSandboxCall *call)
{
  g_autoptr(StrataSandboxProfile) profile = strata_sandbox_profile_open_call (call, TRUE);
  JsonObject *body = profile != NULL ? strata_sandbox_call_get_body (call) : NULL;
  JsonArray *names = strata_json_get_array (body, "variables");

  if (body == NULL)
    return;

  JsonArray *list = json_array_new ();

  for (guint i = 0; i < json_array_get_length (profile->variables); i++)
    {
      JsonObject *variable = strata_sandbox_json_get_item (profile->variables, i);

      if (!is_named (names, strata_json_get_string (variable, "name")))
        json_array_add_object_element (list, json_object_ref (variable));
    }
  keep (call, profile, list);
}

const StrataSandboxRoute strata_sandbox_variable_routes[] = {
  { "GET", "/v1/clusterprofiles/{}/variables", STRATA_SANDBOX_USERS, list_variables },
  { "PUT", "/v1/clusterprofiles/{}/variables", STRATA_SANDBOX_USERS, replace },
  { "PATCH", "/v1/clusterprofiles/{}/variables", STRATA_SANDBOX_USERS, patch },
  { "DELETE", "/v1/clusterprofiles/{}/variables", STRATA_SANDBOX_USERS, delete },
  { NULL },
};
