/* strata-dashboard-list.h - the rows as the table shows them: sorted, filtered, folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-dashboard-model.h"
#include "strata-slot-list.h"

G_BEGIN_DECLS

/* A list of places with a StrataDashboardRow in each. Signals "will-change" and "did-change" stand around each change. */
#define STRATA_TYPE_DASHBOARD_LIST (strata_dashboard_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardList, strata_dashboard_list, STRATA, DASHBOARD_LIST,
                      StrataSlotList)

StrataDashboardList *strata_dashboard_list_new          (StrataDashboardModel *model,
                                                         GtkFilter            *filter);
void                 strata_dashboard_list_set_sorter   (StrataDashboardList  *self,
                                                         GtkSorter            *sorter);
guint                strata_dashboard_list_get_n_shown  (StrataDashboardList  *self);
gboolean             strata_dashboard_list_is_expanded  (StrataDashboardList  *self,
                                                         guint                 position);
gboolean             strata_dashboard_list_set_expanded (StrataDashboardList  *self,
                                                         guint                 position,
                                                         gboolean              expanded);

G_END_DECLS
