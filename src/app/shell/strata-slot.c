/* strata-slot.c - one place in a table, and what stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-slot"

#include "strata-slot.h"

struct _StrataSlot
{
  GObject   parent_instance;
  GObject  *item;      /* (owned) (nullable): NULL where the place is vacant */
  gboolean  is_inner;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataSlot, strata_slot, G_TYPE_OBJECT)

static void
strata_slot_dispose (GObject *object)
{
  g_clear_object (&STRATA_SLOT (object)->item);

  G_OBJECT_CLASS (strata_slot_parent_class)->dispose (object);
}

static void
strata_slot_class_init (StrataSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_slot_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STRATA_TYPE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_slot_init (StrataSlot *self)
{
}

StrataSlot *
strata_slot_new (void)
{
  return g_object_new (STRATA_TYPE_SLOT, NULL);
}

/* %NULL where the place is vacant: a row that shows it is not to be seen. */
gpointer
strata_slot_get_item (StrataSlot *self)
{
  g_return_val_if_fail (STRATA_IS_SLOT (self), NULL);

  return self->item;
}

/* Whether what stands there belongs to what stands above it. */
gboolean
strata_slot_get_is_inner (StrataSlot *self)
{
  g_return_val_if_fail (STRATA_IS_SLOT (self), FALSE);

  return self->is_inner;
}

/* @item may be %NULL, which makes the place vacant. */
void
strata_slot_set (StrataSlot *self,
                 gpointer    item,
                 gboolean    is_inner)
{
  g_return_if_fail (STRATA_IS_SLOT (self));

  if (self->item == item && self->is_inner == is_inner)
    return;

  g_set_object (&self->item, item);
  self->is_inner = is_inner;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What stands there shows something else: time has passed, or it is shown in another way. */
void
strata_slot_changed (StrataSlot *self)
{
  g_return_if_fail (STRATA_IS_SLOT (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
