/* strata-registry-sync.c - what a registry offers now, taken into the index
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry"

#include "strata-registry.h"

static gboolean
add_summary (StrataIndexWriter  *writer,
             StrataPackSummary  *summary,
             GError            **error)
{
  const StrataIndexEntry entry = {
    .kind = strata_pack_summary_get_kind (summary),
    .name = strata_pack_summary_get_name (summary),
    .version = strata_pack_summary_get_version (summary),
    .display_name = strata_pack_summary_get_display_name (summary),
    .app_version = strata_pack_summary_get_app_version (summary),
    .description = strata_pack_summary_get_description (summary),
    .type = strata_pack_summary_get_type_name (summary),
    .location = strata_pack_summary_get_location (summary),
    .deprecated = strata_pack_summary_get_deprecated (summary),
  };

  return strata_index_writer_add (writer, &entry, error);
}

/* A folder or files on this computer: all of it is read at once, and what a person took out of it is forgotten. */
static gboolean
sync_list (StrataRegistry      *self,
           StrataIndex         *index,
           gboolean             believe,
           StrataIndexCounts   *counts,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) list = strata_registry_read_list (self, warnings, cancellable, error);
  g_autoptr(StrataIndexWriter) writer =
    list != NULL ? strata_index_begin (index, strata_registry_get_id (self), cancellable, error) : NULL;

  if (writer == NULL)
    return FALSE;

  strata_index_writer_forget_gone (writer);
  for (guint i = 0; i < list->len; i++)
    if (!add_summary (writer, list->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < warnings->len; i++)
    strata_index_writer_skip (writer, warnings->pdata[i]);

  return strata_index_writer_commit (writer, believe, counts, error);
}

/**
 * strata_registry_sync:
 * @self: a registry
 * @index: where what is offered is remembered
 * @believe: whether to take a list that is much shorter than the one before
 * @counts: (out caller-allocates) (optional): what changed
 * @progress: (scope call) (nullable): told how far it is, in steps of the registry's own: bytes, or repositories
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Asks what the registry offers and puts it into @index in place of what was there. When that fails the index stays as it
 * was, and remembers why. Blocks; any thread.
 *
 * Returns: whether the index is as the registry is; else `CONFLICT` when the list shrank and was not believed, as
 *   strata_registry_check() and strata_registry_read_list(), or as strata_index_writer_commit()
 */
gboolean
strata_registry_sync (StrataRegistry      *self,
                      StrataIndex         *index,
                      gboolean             believe,
                      StrataIndexCounts   *counts,
                      StrataHttpProgress   progress,
                      gpointer             progress_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY (self), FALSE);
  g_return_val_if_fail (STRATA_IS_INDEX (index), FALSE);

  StrataRegistryInterface *iface = STRATA_REGISTRY_GET_IFACE (self);
  g_autoptr(GError) reason = NULL;
  gboolean done = iface->sync != NULL
    ? iface->sync (self, index, believe, counts, progress, progress_data, cancellable, &reason)
    : sync_list (self, index, believe, counts, cancellable, &reason);

  if (done)
    return TRUE;

  /* Who stops it knows why. */
  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    strata_index_note_failure (index, strata_registry_get_id (self), reason, NULL);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}
