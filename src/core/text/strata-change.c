/* strata-change.c - one change between two profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change"

#include "strata-diff.h"

G_DEFINE_BOXED_TYPE (StrataChange, strata_change, strata_change_copy, strata_change_free)

/**
 * strata_change_new:
 * @kind: what happened
 * @path: (nullable): what changed
 * @old_value: (nullable): before
 * @new_value: (nullable): after
 *
 * Returns: (transfer full): a change of no layer and no document
 */
StrataChange *
strata_change_new (StrataChangeKind  kind,
                   const char       *path,
                   const char       *old_value,
                   const char       *new_value)
{
  StrataChange *change = g_new0 (StrataChange, 1);

  change->kind = kind;
  change->path = g_strdup (path);
  change->old_value = g_strdup (old_value);
  change->new_value = g_strdup (new_value);

  return change;
}

/**
 * strata_change_copy:
 * @change: a change
 *
 * Returns: (transfer full): a copy
 */
StrataChange *
strata_change_copy (const StrataChange *change)
{
  g_return_val_if_fail (change != NULL, NULL);

  StrataChange *copy =
    strata_change_new (change->kind, change->path, change->old_value, change->new_value);

  copy->layer = g_strdup (change->layer);
  copy->document = g_strdup (change->document);
  if (change->hunks != NULL)
    copy->hunks = g_array_ref (change->hunks);

  return copy;
}

/**
 * strata_change_free:
 * @change: (transfer full): a change
 *
 * Frees it.
 */
void
strata_change_free (StrataChange *change)
{
  g_free (change->layer);
  g_free (change->document);
  g_free (change->path);
  g_free (change->old_value);
  g_free (change->new_value);
  g_clear_pointer (&change->hunks, g_array_unref);
  g_free (change);
}
