/* strata-dashboard-slot.c - one place in the table, and the row that stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-slot"

#include "strata-dashboard-slot.h"

struct _StrataDashboardSlot
{
  GObject             parent_instance;
  StrataDashboardRow *row;       /* (owned) (nullable) */
  gboolean            is_older;  /* folded out below the newest version */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDashboardSlot, strata_dashboard_slot, G_TYPE_OBJECT)

static void
strata_dashboard_slot_dispose (GObject *object)
{
  g_clear_object (&STRATA_DASHBOARD_SLOT (object)->row);

  G_OBJECT_CLASS (strata_dashboard_slot_parent_class)->dispose (object);
}

static void
strata_dashboard_slot_class_init (StrataDashboardSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_dashboard_slot_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_DASHBOARD_SLOT, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_dashboard_slot_init (StrataDashboardSlot *self)
{
}

StrataDashboardSlot *
strata_dashboard_slot_new (void)
{
  return g_object_new (STRATA_TYPE_DASHBOARD_SLOT, NULL);
}

/* Never %NULL for a slot of a list. */
StrataDashboardRow *
strata_dashboard_slot_get_row (StrataDashboardSlot *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_SLOT (self), NULL);

  return self->row;
}

gboolean
strata_dashboard_slot_get_is_older (StrataDashboardSlot *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_SLOT (self), FALSE);

  return self->is_older;
}

void
strata_dashboard_slot_set (StrataDashboardSlot *self,
                           StrataDashboardRow  *row,
                           gboolean             is_older)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_SLOT (self));

  if (self->row == row && self->is_older == is_older)
    return;

  g_set_object (&self->row, row);
  self->is_older = is_older;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The same row shows something else: time has passed, or its appliances moved. */
void
strata_dashboard_slot_changed (StrataDashboardSlot *self)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_SLOT (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
