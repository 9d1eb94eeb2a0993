/* strata-appliance-slot.c - one place in the board, and the row that stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-slot"

#include "strata-appliance-slot.h"

struct _StrataApplianceSlot
{
  GObject             parent_instance;
  StrataApplianceRow *row;  /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataApplianceSlot, strata_appliance_slot, G_TYPE_OBJECT)

static void
strata_appliance_slot_dispose (GObject *object)
{
  g_clear_object (&STRATA_APPLIANCE_SLOT (object)->row);

  G_OBJECT_CLASS (strata_appliance_slot_parent_class)->dispose (object);
}

static void
strata_appliance_slot_class_init (StrataApplianceSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_appliance_slot_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_APPLIANCE_SLOT, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_appliance_slot_init (StrataApplianceSlot *self)
{
}

StrataApplianceSlot *
strata_appliance_slot_new (void)
{
  return g_object_new (STRATA_TYPE_APPLIANCE_SLOT, NULL);
}

/* Never %NULL for a slot of a list. */
StrataApplianceRow *
strata_appliance_slot_get_row (StrataApplianceSlot *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_SLOT (self), NULL);

  return self->row;
}

void
strata_appliance_slot_set_row (StrataApplianceSlot *self,
                               StrataApplianceRow  *row)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_SLOT (self));

  if (g_set_object (&self->row, row))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The same row shows something else: time has passed, or it is shown in another way. */
void
strata_appliance_slot_changed (StrataApplianceSlot *self)
{
  g_return_if_fail (STRATA_IS_APPLIANCE_SLOT (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
