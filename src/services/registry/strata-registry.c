/* strata-registry.c - a place where packs and charts come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry"

#include "strata-registry.h"

G_DEFINE_INTERFACE (StrataRegistry, strata_registry, G_TYPE_OBJECT)

static void
strata_registry_default_init (StrataRegistryInterface *iface)
{
}

static int
compare_summaries (gconstpointer a,
                   gconstpointer b)
{
  return strata_pack_summary_compare (*(StrataPackSummary *const *) a, *(StrataPackSummary *const *) b);
}

/**
 * strata_registry_get_id:
 * @self: a registry
 *
 * Returns: (not nullable): what layers remember it by; it never changes
 */
const char *
strata_registry_get_id (StrataRegistry *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), "");

  return STRATA_REGISTRY_GET_IFACE (self)->get_id (self);
}

/**
 * strata_registry_get_name:
 * @self: a registry
 *
 * Returns: (not nullable): what a person calls it
 */
const char *
strata_registry_get_name (StrataRegistry *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), "");

  return STRATA_REGISTRY_GET_IFACE (self)->get_name (self);
}

/**
 * strata_registry_get_kind:
 * @self: a registry
 *
 * Returns: (not nullable): one of the `STRATA_REGISTRY_…`, such as `STRATA_REGISTRY_HELM`
 */
const char *
strata_registry_get_kind (StrataRegistry *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), "");

  return STRATA_REGISTRY_GET_IFACE (self)->get_kind (self);
}

/**
 * strata_registry_get_location:
 * @self: a registry
 *
 * Returns: (not nullable): where it is, to be shown: a folder's path in UTF-8, or an address
 */
const char *
strata_registry_get_location (StrataRegistry *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), "");

  return STRATA_REGISTRY_GET_IFACE (self)->get_location (self);
}

/**
 * strata_registry_get_remote:
 * @self: a registry
 *
 * Returns: (transfer none) (nullable): where it is and who we are there; %NULL when it is on this computer
 */
StrataRemote *
strata_registry_get_remote (StrataRegistry *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), NULL);

  StrataRegistryInterface *iface = STRATA_REGISTRY_GET_IFACE (self);

  return iface->get_remote != NULL ? iface->get_remote (self) : NULL;
}

/**
 * strata_registry_check:
 * @self: a registry
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Looks whether a registry can be reached and is what it is said to be, with as little as that takes. One on this
 * computer always is. Blocks; any thread.
 *
 * Returns: whether it is; else as strata_http_send() and strata_remote_open()
 */
gboolean
strata_registry_check (StrataRegistry  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), FALSE);

  StrataRegistryInterface *iface = STRATA_REGISTRY_GET_IFACE (self);

  return iface->check == NULL || iface->check (self, cancellable, error);
}

/**
 * strata_registry_list:
 * @self: a registry
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * As strata_registry_read_list(), without asking what could not be read.
 *
 * Returns: (transfer full) (nullable) (element-type StrataPackSummary): what it offers, or %NULL
 */
GPtrArray *
strata_registry_list (StrataRegistry  *self,
                      GCancellable    *cancellable,
                      GError         **error)
{
  return strata_registry_read_list (self, NULL, cancellable, error);
}

/**
 * strata_registry_read_list:
 * @self: a registry
 * @warnings: (nullable) (element-type utf8): gets a translated sentence for each pack or chart that cannot be read;
 *   its free function must be g_free()
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists what the registry offers, by name and then newest version first. One broken pack does not hide the others.
 * Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataPackSummary): what it offers, or %NULL with `OFFLINE` when
 *   the place is not there at the moment, or with `FORBIDDEN`, `TOO_LARGE` or `DISK`
 */
GPtrArray *
strata_registry_read_list (StrataRegistry  *self,
                           GPtrArray       *warnings,
                           GCancellable    *cancellable,
                           GError         **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), NULL);

  g_autoptr(GPtrArray) own = warnings != NULL ? g_ptr_array_ref (warnings)
                                              : g_ptr_array_new_with_free_func (g_free);
  GPtrArray *list = STRATA_REGISTRY_GET_IFACE (self)->read_list (self, own, cancellable, error);

  if (list != NULL)
    g_ptr_array_sort (list, compare_summaries);

  return list;
}

/**
 * strata_registry_fetch:
 * @self: a registry
 * @summary: one of its list
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets the whole pack or chart. Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with `OFFLINE` when the place is not there at the moment, or
 *   as strata_pack_read_folder() and strata_pack_read_chart()
 */
StrataPack *
strata_registry_fetch (StrataRegistry     *self,
                       StrataPackSummary  *summary,
                       GCancellable       *cancellable,
                       GError            **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), NULL);
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (summary), NULL);

  return STRATA_REGISTRY_GET_IFACE (self)->fetch (self, summary, cancellable, error);
}
