/* strata-console-check.c - asks a console what it thinks of a profile before it is made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-making.h"
#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-palette-body.h"
#include "strata-problem.h"

#define MAX_SHOWN 500  /* characters of what a console says of a layer */

/**
 * strata_console_validate_name:
 * @self: a client that somebody is signed in at
 * @name: the name of a profile to make
 * @version: its version
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `STRATA_ERROR_CONFLICT` or `STRATA_ERROR_INVALID` that says why not, or another
 *   [error@Error]
 *
 * Asks whether a profile can be made under that name. Blocks; any thread.
 *
 * Returns: whether it can
 */
gboolean
strata_console_validate_name (StrataConsole  *self,
                              const char     *name,
                              const char     *version,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), FALSE);
  g_return_val_if_fail (name != NULL && version != NULL, FALSE);

  const char *const query[] = { "name", name, "version", version, NULL };
  StrataConsoleCall call = { .path = "/v1/clusterprofiles/validate/name", .query = query };

  return strata_console_call_done (self, &call, cancellable, error);
}

static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *bounded = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SHOWN));

  return g_strstrip (g_strdelimit (g_steal_pointer (&bounded), "\r\n\t", ' '));
}

static void
add_problem (GPtrArray     *problems,
             StrataConsole *self,
             const char    *layer,
             JsonObject    *said)
{
  g_autofree char *message = clean (strata_json_get_string (said, "message"));
  g_autofree char *code = clean (strata_json_get_string (said, "code"));
  StrataProblem *problem =
    strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, self->host, "%s",
                        *message != '\0' ? message : code);

  problem->layer = *layer != '\0' ? g_strdup (layer) : NULL;
  g_ptr_array_add (problems, problem);
}

static void
add_result (GPtrArray     *problems,
            StrataConsole *self,
            JsonObject    *result)
{
  const char *layer = strata_json_get_string (result, "name");
  JsonArray *errors = strata_json_get_array (result, "errors");

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_problem (problems, self, layer, json_node_get_object (node));
    }
}

static GPtrArray *
read_results (StrataConsole *self,
              JsonObject    *reply)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  JsonArray *results =
    strata_json_get_array (strata_json_get_object (reply, "packs"), "results");

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      JsonNode *node = json_array_get_element (results, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        add_result (problems, self, json_node_get_object (node));
    }

  return problems;
}

/**
 * strata_console_validate_packs:
 * @self: a client that somebody is signed in at
 * @profile: a profile, made there or not
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]; `STRATA_ERROR_INVALID` when a layer comes from a registry that the console
 *   does not have
 *
 * Asks what is wrong with the layers of @profile. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataProblem) (nullable): what the console finds, in its own words, with the
 *   layer; or %NULL with @error set
 */
GPtrArray *
strata_console_validate_packs (StrataConsole  *self,
                               StrataProfile  *profile,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(StrataProfile) placed =
    strata_console_place_layers (self, profile, NULL, cancellable, error);

  if (placed == NULL)
    return NULL;

  g_autoptr(JsonNode) owner = NULL;
  g_autoptr(JsonNode) body = strata_palette_make_draft (placed);
  StrataConsoleCall call = {
    .method = "POST",
    .path = "/v1/clusterprofiles/validate/packs",
    .body = body,
    .is_idempotent = TRUE,
  };
  JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

  return reply != NULL ? read_results (self, reply) : NULL;
}
