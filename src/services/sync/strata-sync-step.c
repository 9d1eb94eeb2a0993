/* strata-sync-step.c - one thing that has to be done so that this disk and the console are the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include "strata-sync-step.h"

static const char *const actions[] = {
  [STRATA_SYNC_PULL] = "pull",         [STRATA_SYNC_PUSH] = "push",
  [STRATA_SYNC_CREATE] = "create",     [STRATA_SYNC_PUBLISH] = "publish",
  [STRATA_SYNC_MERGE] = "merge",       [STRATA_SYNC_CONFLICT] = "conflict",
  [STRATA_SYNC_TAKEN] = "taken",       [STRATA_SYNC_GONE] = "gone",
};

G_DEFINE_BOXED_TYPE (StrataSyncStep, strata_sync_step, strata_sync_step_copy, strata_sync_step_free)

/**
 * strata_sync_step_copy:
 * @self: a step
 *
 * Returns: (transfer full): the same step
 */
StrataSyncStep *
strata_sync_step_copy (StrataSyncStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  StrataSyncStep *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->uid = g_strdup (self->uid);
  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->what = g_strdup (self->what);

  return copy;
}

/**
 * strata_sync_step_free:
 * @self: (transfer full): a step
 */
void
strata_sync_step_free (StrataSyncStep *self)
{
  g_free (self->id);
  g_free (self->uid);
  g_free (self->name);
  g_free (self->version);
  g_free (self->what);
  g_free (self);
}

/**
 * strata_sync_action_to_string:
 * @action: what a step does
 *
 * Returns: (transfer none): the word for it in JSON, which is the same in every language
 */
const char *
strata_sync_action_to_string (StrataSyncAction action)
{
  g_return_val_if_fail (action < G_N_ELEMENTS (actions), NULL);

  return actions[action];
}
