/* strata-conflict.c - one place that two sides changed in two ways, and what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict"

#include "strata-conflict.h"

G_DEFINE_BOXED_TYPE (StrataConflict, strata_conflict, strata_conflict_copy, strata_conflict_free)

/**
 * strata_conflict_copy:
 * @conflict: a conflict
 *
 * Returns: (transfer full): a copy
 */
StrataConflict *
strata_conflict_copy (const StrataConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  StrataConflict *copy = g_new0 (StrataConflict, 1);

  copy->layer = g_strdup (conflict->layer);
  copy->document = g_strdup (conflict->document);
  copy->path = g_strdup (conflict->path);
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      copy->texts[side] = g_strdup (conflict->texts[side]);
      copy->lines[side] = conflict->lines[side];
    }
  copy->proposal = g_strdup (conflict->proposal);
  copy->can_edit = conflict->can_edit;
  copy->decision = conflict->decision;
  copy->own = g_strdup (conflict->own);

  return copy;
}

/**
 * strata_conflict_free:
 * @conflict: (transfer full): a conflict
 *
 * Frees it.
 */
void
strata_conflict_free (StrataConflict *conflict)
{
  g_free (conflict->layer);
  g_free (conflict->document);
  g_free (conflict->path);
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    g_free (conflict->texts[side]);
  g_free (conflict->proposal);
  g_free (conflict->own);
  g_free (conflict);
}
