/* strata-appliance-table.h - the appliances of the board, sorted, filtered and one of them selected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-appliance-list.h"

G_BEGIN_DECLS

/* Signals "selection-changed", "shown-changed" and "activated": somebody wants the details of the selected one. */
#define STRATA_TYPE_APPLIANCE_TABLE (strata_appliance_table_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceTable, strata_appliance_table, STRATA, APPLIANCE_TABLE, AdwBin)

void                 strata_appliance_table_set_model    (StrataApplianceTable   *self,
                                                          StrataApplianceModel   *model);
StrataApplianceList *strata_appliance_table_get_list     (StrataApplianceTable   *self);
StrataApplianceRow  *strata_appliance_table_get_selected (StrataApplianceTable   *self);
void                 strata_appliance_table_set_narrow   (StrataApplianceTable   *self,
                                                          gboolean                narrow);
void                 strata_appliance_table_set_is_past  (StrataApplianceTable   *self,
                                                          gboolean                is_past);
void                 strata_appliance_table_set_plan     (StrataApplianceTable   *self,
                                                          StrataApplianceTarget  *plan);

G_END_DECLS
