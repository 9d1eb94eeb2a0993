/* strata-dashboard-slot.h - one place in the table, and the row that stands there now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-dashboard-row.h"

G_BEGIN_DECLS

/* Signal "changed": another row stands there. */
#define STRATA_TYPE_DASHBOARD_SLOT (strata_dashboard_slot_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardSlot, strata_dashboard_slot, STRATA, DASHBOARD_SLOT, GObject)

StrataDashboardSlot *strata_dashboard_slot_new          (void);
StrataDashboardRow  *strata_dashboard_slot_get_row      (StrataDashboardSlot *self);
gboolean             strata_dashboard_slot_get_is_older (StrataDashboardSlot *self);
void                 strata_dashboard_slot_set          (StrataDashboardSlot *self,
                                                         StrataDashboardRow  *row,
                                                         gboolean             is_older);
void                 strata_dashboard_slot_changed      (StrataDashboardSlot *self);

G_END_DECLS
