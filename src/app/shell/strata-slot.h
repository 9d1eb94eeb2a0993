/* strata-slot.h - one place in a table, and what stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Signal "changed": something else stands there, nothing does any more, or the same shows something else. */
#define STRATA_TYPE_SLOT (strata_slot_get_type ())

G_DECLARE_FINAL_TYPE (StrataSlot, strata_slot, STRATA, SLOT, GObject)

StrataSlot *strata_slot_new          (void);
gpointer    strata_slot_get_item     (StrataSlot *self);
gboolean    strata_slot_get_is_inner (StrataSlot *self);
void        strata_slot_set          (StrataSlot *self,
                                      gpointer    item,
                                      gboolean    is_inner);
void        strata_slot_changed      (StrataSlot *self);

G_END_DECLS
