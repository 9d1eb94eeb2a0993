/* strata-appliance-chips.h - the row of choices above the board: how they stand, and by profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-appliance-list.h"

G_BEGIN_DECLS

/* Signal "profile-chosen": the list shows appliances of another profile, or of all. */
#define STRATA_TYPE_APPLIANCE_CHIPS (strata_appliance_chips_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceChips, strata_appliance_chips, STRATA, APPLIANCE_CHIPS, GtkBox)

void strata_appliance_chips_set_list   (StrataApplianceChips  *self,
                                        StrataApplianceList   *list,
                                        StrataApplianceModel  *model);
void strata_appliance_chips_update     (StrataApplianceChips  *self);
void strata_appliance_chips_set_narrow (StrataApplianceChips  *self,
                                        gboolean               narrow);
void strata_appliance_chips_reset      (StrataApplianceChips  *self);

G_END_DECLS
