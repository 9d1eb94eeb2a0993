/* strata-sandbox-routes.c - which function answers which method and path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-routes"

#include "strata-sandbox-routes.h"

#include <string.h>

/* Each ends with a route of no method. */
static const StrataSandboxRoute *const tables[] = {
  strata_sandbox_access_routes,
  strata_sandbox_event_routes,
  strata_sandbox_exchange_routes,
  strata_sandbox_host_list_routes,
  strata_sandbox_host_routes,
  strata_sandbox_layer_routes,
  strata_sandbox_link_routes,
  strata_sandbox_pack_routes,
  strata_sandbox_profile_list_routes,
  strata_sandbox_profile_routes,
  strata_sandbox_registry_routes,
  strata_sandbox_token_routes,
  strata_sandbox_variable_routes,
};

/* Unescapes each segment on its own, so that an escaped slash stays in its name. Returns NULL for what is no text. */
static GStrv
split_path (const char *path)
{
  GStrv segments = g_strsplit (path + (*path == '/' ? 1 : 0), "/", 32);

  for (guint i = 0; segments[i] != NULL; i++)
    {
      char *plain = g_uri_unescape_string (segments[i], NULL);

      if (plain == NULL || !g_utf8_validate (plain, -1, NULL))
        {
          g_free (plain);
          g_strfreev (segments);
          return NULL;
        }
      g_free (segments[i]);
      segments[i] = plain;
    }

  return segments;
}

/* Puts what stands for each {} into @captures. */
static gboolean
matches (const char *pattern,
         GStrv       segments,
         GPtrArray  *captures)
{
  guint i = 0;

  for (const char *at = pattern + 1; at != NULL; i++)
    {
      const char *end = strchrnul (at, '/');
      gsize length = (gsize) (end - at);

      if (segments[i] == NULL)
        return FALSE;
      if (length == 2 && strncmp (at, "{}", 2) == 0 && *segments[i] != '\0')
        g_ptr_array_add (captures, g_strdup (segments[i]));
      else if (strlen (segments[i]) != length || strncmp (at, segments[i], length) != 0)
        return FALSE;

      at = *end == '/' ? end + 1 : NULL;
    }

  return segments[i] == NULL;
}

/* Remembers @method for the answer 405. */
static void
allow (GString    *methods,
       const char *method)
{
  if (strstr (methods->str, method) == NULL)
    g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", method);
}

static void
take_captures (StrataSandboxCall *call,
               GPtrArray         *captures)
{
  g_strfreev (call->captures);
  g_ptr_array_add (captures, NULL);
  call->captures = (char **) g_ptr_array_steal (captures, NULL);
}

/* The path with the fewest {} is the one that is meant. */
static const StrataSandboxRoute *
find (StrataSandboxCall *call,
      GStrv              segments,
      GString           *methods)
{
  const StrataSandboxRoute *best = NULL;
  guint n_best = G_MAXUINT;

  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const StrataSandboxRoute *route = tables[t]; route->method != NULL; route++)
      {
        g_autoptr(GPtrArray) captures = g_ptr_array_new_with_free_func (g_free);

        if (!matches (route->path, segments, captures))
          continue;

        guint n_captures = captures->len;

        allow (methods, route->method);
        if (!g_str_equal (route->method, call->method) || n_captures >= n_best)
          continue;
        best = route;
        n_best = n_captures;
        take_captures (call, captures);
      }

  return best;
}

/* Returns: (nullable): the route of @call, which now has its captures; else it has its answer, 400, 404 or 405 */
const StrataSandboxRoute *
strata_sandbox_routes_find (StrataSandboxCall *call)
{
  g_auto(GStrv) segments = split_path (call->path);
  g_autoptr(GString) methods = g_string_new (NULL);
  const StrataSandboxRoute *route = segments != NULL ? find (call, segments, methods) : NULL;

  if (route != NULL)
    return route;

  if (segments == NULL)
    strata_sandbox_call_fail (call, 400, "InvalidPath", "The path is not UTF-8");
  else if (methods->len == 0)
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "path %s was not found", call->path);
  else
    strata_sandbox_call_fail (call, 405, "MethodNotAllowed",
                              "method %s is not allowed, but [%s] are", call->method, methods->str);
  if (methods->len > 0)
    call->allow = g_strdup (methods->str);

  return NULL;
}
