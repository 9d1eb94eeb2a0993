/* strata-console-registries.c - the registries that a console knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include "strata-console-packs.h"
#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"

#define FRESH (60 * G_TIME_SPAN_SECOND)  /* how long a list is good enough to look names up in */

/**
 * strata_console_registry_free:
 * @self: (transfer full): a registry
 */
void
strata_console_registry_free (StrataConsoleRegistry *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->scope);
  g_free (self);
}

static StrataConsoleRegistry *
read_registry (JsonObject *item)
{
  StrataConsoleRegistry *registry = g_new0 (StrataConsoleRegistry, 1);

  registry->uid = g_strdup (strata_json_get_string (item, "uid"));
  registry->name = g_strdup (strata_json_get_string (item, "name"));
  registry->kind = g_strdup (strata_json_get_string (item, "kind"));
  registry->scope = g_strdup (strata_json_get_string (item, "scope"));
  registry->is_default = strata_json_get_bool (item, "isDefault");
  registry->is_private = strata_json_get_bool (item, "isPrivate");

  return registry;
}

static void
keep (StrataConsole *self,
      GPtrArray     *registries)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->registries, g_ptr_array_unref);
  self->registries = g_ptr_array_ref (registries);
  self->registries_end = g_get_monotonic_time () + FRESH;
}

/* Registries belong to the tenant. Who may only see those of a project is told so, and asks for them. */
static GPtrArray *
ask_registries (StrataConsole *self,
                JsonNode     **owner,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GError) reason = NULL;
  StrataConsoleCall call = { .path = "/v1/registries/metadata", .is_tenant = TRUE };
  GPtrArray *items =
    strata_console_list_items (self, &call, "items", owner, cancellable, &reason);

  if (self->project != NULL && g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_FORBIDDEN))
    {
      call.is_tenant = FALSE;
      return strata_console_list_items (self, &call, "items", owner, cancellable, error);
    }

  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return items;
}

/**
 * strata_console_list_registries:
 * @self: a client that somebody is signed in at
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists the registries that layers can come from, those of the tenant among them. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataConsoleRegistry) (nullable): them, which nobody may change; or %NULL with
 *   @error set
 */
GPtrArray *
strata_console_list_registries (StrataConsole  *self,
                                GCancellable   *cancellable,
                                GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self), NULL);

  g_autoptr(JsonNode) owner = NULL;
  g_autoptr(GPtrArray) items = ask_registries (self, &owner, cancellable, error);

  if (items == NULL)
    return NULL;

  g_autoptr(GPtrArray) registries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_console_registry_free);

  for (guint i = 0; i < items->len; i++)
    if (*strata_json_get_string (items->pdata[i], "uid") != '\0')
      g_ptr_array_add (registries, read_registry (items->pdata[i]));

  keep (self, registries);

  return g_steal_pointer (&registries);
}

/**
 * strata_console_get_registries:
 *
 * The registries as they were a moment ago, to look names up in. Sets @is_old (nullable) when they were not asked for now.
 */
GPtrArray *
strata_console_get_registries (StrataConsole *self,
                               gboolean      *is_old,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_mutex_lock (&self->mutex);

  gboolean is_fresh = self->registries != NULL && g_get_monotonic_time () < self->registries_end;
  GPtrArray *registries = is_fresh ? g_ptr_array_ref (self->registries) : NULL;

  g_mutex_unlock (&self->mutex);
  if (is_old != NULL)
    *is_old = registries != NULL;

  return registries != NULL ? registries : strata_console_list_registries (self, cancellable, error);
}

/**
 * strata_console_try_registries:
 *
 * As strata_console_get_registries(), but empty for who may not list them: they work with profiles all the same.
 */
GPtrArray *
strata_console_try_registries (StrataConsole *self,
                               gboolean      *is_old,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_autoptr(GError) reason = NULL;
  GPtrArray *registries = strata_console_get_registries (self, is_old, cancellable, &reason);

  if (registries != NULL)
    return registries;

  if (g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_FORBIDDEN) ||
      g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return g_ptr_array_new ();

  g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}
