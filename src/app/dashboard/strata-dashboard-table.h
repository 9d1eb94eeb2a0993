/* strata-dashboard-table.h - the rows of the dashboard, sorted, filtered, folded and selected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-dashboard-console.h"
#include "strata-dashboard-filter.h"
#include "strata-dashboard-model.h"

G_BEGIN_DECLS

/* Signals "selection-changed" and "shown-changed". Enter and a double click activate "row.open". */
#define STRATA_TYPE_DASHBOARD_TABLE (strata_dashboard_table_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardTable, strata_dashboard_table, STRATA, DASHBOARD_TABLE, AdwBin)

void       strata_dashboard_table_set_model    (StrataDashboardTable   *self,
                                                StrataDashboardModel   *model,
                                                StrataDashboardFilter  *filter);
void       strata_dashboard_table_set_narrow   (StrataDashboardTable   *self,
                                                gboolean                narrow);
void       strata_dashboard_table_set_label    (StrataDashboardTable   *self,
                                                const char             *label);
void       strata_dashboard_table_set_menu     (StrataDashboardTable   *self,
                                                GMenuModel             *menu);
guint      strata_dashboard_table_get_n_shown  (StrataDashboardTable   *self);
GPtrArray *strata_dashboard_table_list_selected (StrataDashboardTable  *self);

void                    strata_dashboard_table_set_console (StrataDashboardTable    *self,
                                                            StrataDashboardConsole  *console);
StrataDashboardConsole *strata_dashboard_table_get_console (StrataDashboardTable    *self);

G_END_DECLS
