/* strata-registry-keep.c - what a registry on the network leaves on this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry"

#include "strata-registry.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-index-query.h"

/**
 * strata_registry_keep:
 * @self: a registry
 * @shelf: where it is kept
 * @summary: one of what it offers
 * @progress: (nullable) (scope call): called as it arrives
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets a chart and keeps it with the data of this person, so that it is there without a network and after the cache was
 * deleted; strata_shelf_unkeep() takes that back. Blocks; any thread.
 *
 * Returns: whether it is kept; `INVALID` when it is on this computer anyway, else as strata_registry_fetch() and
 *   strata_shelf_keep()
 */
gboolean
strata_registry_keep (StrataRegistry      *self,
                      StrataShelf         *shelf,
                      StrataPackSummary   *summary,
                      StrataHttpProgress   progress,
                      gpointer             progress_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self) && STRATA_IS_SHELF (shelf), FALSE);
  g_return_val_if_fail (STRATA_IS_PACK_SUMMARY (summary), FALSE);

  StrataRegistryInterface *iface = STRATA_REGISTRY_GET_IFACE (self);
  g_autofree char *url = NULL;

  if (iface->load == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s is on this computer; nothing has to be kept of it"),
                      strata_registry_get_name (self));
      return FALSE;
    }

  g_autoptr(StrataBlob) blob =
    iface->load (self, summary, &url, progress, progress_data, cancellable, error);
  StrataKept what = {
    .registry_id = (char *) strata_registry_get_id (self),
    .kind = strata_pack_summary_get_kind (summary),
    .name = (char *) strata_pack_summary_get_name (summary),
    .version = (char *) strata_pack_summary_get_version (summary),
    .url = url,
  };

  return blob != NULL && strata_shelf_keep (shelf, &what, blob, error);
}

/**
 * strata_registry_read_known:
 * @self: a registry
 * @shelf: where what it offers is remembered
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Lists what the index knows of a registry, which takes no network; strata_registry_sync() brings it up to date.
 *
 * Returns: (transfer full) (nullable) (element-type StrataPackSummary): the newest of each name; else as
 *   strata_index_search()
 */
GPtrArray *
strata_registry_read_known (StrataRegistry  *self,
                            StrataShelf     *shelf,
                            GCancellable    *cancellable,
                            GError         **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self) && STRATA_IS_SHELF (shelf), NULL);

  StrataIndex *index = strata_shelf_get_index (shelf);
  const char *ids[] = { strata_registry_get_id (self), NULL };
  const char *names[] = { strata_registry_get_name (self), NULL };
  StrataIndexQuery query = { .registry_ids = ids,
                             .registry_names = names,
                             .kind = STRATA_INDEX_ANY_KIND };
  g_autoptr(StrataIndexMatches) matches = strata_index_search (index, &query, cancellable, error);

  if (matches == NULL)
    return NULL;

  return strata_index_load_matches (index, matches, 0, strata_index_matches_get_n (matches),
                                    cancellable, error);
}

/**
 * strata_registry_is_signed:
 * @self: a registry
 * @summary: one of what it offers
 * @cancellable: (nullable): a cancellable
 *
 * Looks whether a signature is offered with it; whether that is right is another question. Blocks; any thread.
 *
 * Returns: whether there is one; unknown when the registry does not tell or cannot be asked
 */
StrataIndexAnswer
strata_registry_is_signed (StrataRegistry     *self,
                           StrataPackSummary  *summary,
                           GCancellable       *cancellable)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self) && STRATA_IS_PACK_SUMMARY (summary),
                        STRATA_INDEX_UNKNOWN);

  StrataRegistryInterface *iface = STRATA_REGISTRY_GET_IFACE (self);

  return iface->is_signed != NULL ? iface->is_signed (self, summary, cancellable)
                                  : STRATA_INDEX_UNKNOWN;
}

/**
 * strata_registry_forget:
 * @self: a registry that was taken off the list
 * @shelf: where what it offers is remembered
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Removes what is on this computer because of it: what the index says, what is kept, and its password or token. Blocks
 * for the keyring; any thread but the main one.
 *
 * Returns: whether nothing is left; else the first error, and the rest is removed all the same
 */
gboolean
strata_registry_forget (StrataRegistry  *self,
                        StrataShelf     *shelf,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self) && STRATA_IS_SHELF (shelf), FALSE);

  const char *id = strata_registry_get_id (self);
  StrataRemote *remote = strata_registry_get_remote (self);
  gboolean done = strata_index_remove (strata_shelf_get_index (shelf), id, error);

  done = strata_shelf_unkeep_all (shelf, id, done ? error : NULL) && done;

  /* One that asks nobody who they are may have done so before; without a keyring there is nothing of it then. */
  if (remote != NULL && strata_remote_get_auth (remote) == STRATA_REMOTE_AUTH_NONE)
    strata_remote_forget_secret (remote, cancellable, NULL);
  else if (remote != NULL)
    done = strata_remote_forget_secret (remote, cancellable, done ? error : NULL) && done;

  return done;
}
