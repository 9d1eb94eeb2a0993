/* strata-dashboard-chips.h - the row of choices above the table: by state, by tag, by registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-dashboard-filter.h"
#include "strata-dashboard-model.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DASHBOARD_CHIPS (strata_dashboard_chips_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardChips, strata_dashboard_chips, STRATA, DASHBOARD_CHIPS, GtkBox)

void strata_dashboard_chips_set_filter (StrataDashboardChips   *self,
                                        StrataDashboardFilter  *filter,
                                        StrataDashboardModel   *model);
void strata_dashboard_chips_set_narrow (StrataDashboardChips   *self,
                                        gboolean                narrow);
void strata_dashboard_chips_update     (StrataDashboardChips   *self);
void strata_dashboard_chips_reset      (StrataDashboardChips   *self);

G_END_DECLS
