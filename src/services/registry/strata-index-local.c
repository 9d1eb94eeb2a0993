/* strata-index-local.c - what is on this computer, written to the index as what is on the network is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-local.h"

static gboolean
add (StrataIndexWriter  *writer,
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
  };

  return strata_index_writer_add (writer, &entry, error);
}

static gboolean
write_list (StrataIndex        *index,
            const char         *registry_id,
            GPtrArray          *list,
            GPtrArray          *warnings,
            StrataIndexCounts  *counts,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, registry_id, cancellable, error);

  if (writer == NULL)
    return FALSE;

  strata_index_writer_forget_gone (writer);
  for (guint i = 0; i < warnings->len; i++)
    strata_index_writer_skip (writer, g_ptr_array_index (warnings, i));
  for (guint i = 0; i < list->len; i++)
    if (!add (writer, g_ptr_array_index (list, i), error))
      return FALSE;

  return strata_index_writer_commit (writer, TRUE, counts, error);
}

/**
 * strata_index_read_registry:
 * @index: an index
 * @registry: a registry that lists what it has without the network: a folder, or files
 * @counts: (out) (optional): what changed
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Lists what @registry has and writes it to @index. When it cannot be listed, as that of a stick that is not plugged in,
 * what it had stays, and the index says since when it cannot. What a person took out of the folder is forgotten. May be
 * called from any thread.
 *
 * Returns: whether it is written; else an error of [method@Registry.read_list] or of [func@Index.begin]
 */
gboolean
strata_index_read_registry (StrataIndex        *index,
                            StrataRegistry     *registry,
                            StrataIndexCounts  *counts,
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (index) && STRATA_IS_REGISTRY (registry), FALSE);

  const char *id = strata_registry_get_id (registry);
  g_autoptr(GError) reason = NULL;
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) list = strata_registry_read_list (registry, warnings, cancellable, &reason);

  if (list != NULL)
    return write_list (index, id, list, warnings, counts, cancellable, error);

  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    strata_index_note_failure (index, id, reason, NULL);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}
