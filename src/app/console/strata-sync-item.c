/* strata-sync-item.c - one line of the sync sheet: what will be done with a profile, and how that went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync-item"

#include "strata-sync-item.h"

struct _StrataSyncItem
{
  GObject              parent_instance;
  StrataSyncStep      *step;   /* (owned) (not nullable) */
  char                *words;  /* (owned) (nullable): how it went; what the step says until then */
  StrataSyncItemState  state;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSyncItem, strata_sync_item, G_TYPE_OBJECT)

static void
strata_sync_item_finalize (GObject *object)
{
  StrataSyncItem *self = STRATA_SYNC_ITEM (object);

  g_clear_pointer (&self->step, strata_sync_step_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (strata_sync_item_parent_class)->finalize (object);
}

static void
strata_sync_item_class_init (StrataSyncItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_sync_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_SYNC_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_sync_item_init (StrataSyncItem *self)
{
}

StrataSyncItem *
strata_sync_item_new (StrataSyncStep *step)
{
  g_return_val_if_fail (step != NULL, NULL);

  StrataSyncItem *self = g_object_new (STRATA_TYPE_SYNC_ITEM, NULL);

  self->step = strata_sync_step_copy (step);

  return self;
}

StrataSyncStep *
strata_sync_item_get_step (StrataSyncItem *self)
{
  g_return_val_if_fail (STRATA_IS_SYNC_ITEM (self), NULL);

  return self->step;
}

StrataSyncItemState
strata_sync_item_get_state (StrataSyncItem *self)
{
  g_return_val_if_fail (STRATA_IS_SYNC_ITEM (self), STRATA_SYNC_ITEM_WAITING);

  return self->state;
}

/* One sentence: what will be done, or how it went. */
const char *
strata_sync_item_get_words (StrataSyncItem *self)
{
  g_return_val_if_fail (STRATA_IS_SYNC_ITEM (self), NULL);

  return self->words != NULL ? self->words : self->step->what;
}

/* @words %NULL leaves what will be done. */
void
strata_sync_item_set_state (StrataSyncItem      *self,
                            StrataSyncItemState  state,
                            const char          *words)
{
  g_return_if_fail (STRATA_IS_SYNC_ITEM (self));

  self->state = state;
  g_free (self->words);
  self->words = g_strdup (words);
  g_signal_emit (self, signals[CHANGED], 0);
}
