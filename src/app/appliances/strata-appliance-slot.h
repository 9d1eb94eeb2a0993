/* strata-appliance-slot.h - one place in the board, and the row that stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-row.h"

G_BEGIN_DECLS

/* Signal "changed": another row stands here. */
#define STRATA_TYPE_APPLIANCE_SLOT (strata_appliance_slot_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceSlot, strata_appliance_slot, STRATA, APPLIANCE_SLOT, GObject)

StrataApplianceSlot *strata_appliance_slot_new     (void);
StrataApplianceRow  *strata_appliance_slot_get_row (StrataApplianceSlot  *self);
void                 strata_appliance_slot_changed (StrataApplianceSlot  *self);
void                 strata_appliance_slot_set_row (StrataApplianceSlot  *self,
                                                    StrataApplianceRow   *row);

G_END_DECLS
