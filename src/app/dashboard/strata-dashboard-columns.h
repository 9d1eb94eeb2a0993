/* strata-dashboard-columns.h - what stands in each column of the dashboard, and how it sorts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_DASHBOARD_COLUMN_NAME,
  STRATA_DASHBOARD_COLUMN_VERSION,
  STRATA_DASHBOARD_COLUMN_LAYERS,
  STRATA_DASHBOARD_COLUMN_TAGS,
  STRATA_DASHBOARD_COLUMN_STATE,
  STRATA_DASHBOARD_COLUMN_APPLIANCES,
  STRATA_DASHBOARD_COLUMN_CHANGED,
} StrataDashboardColumn;

#define STRATA_DASHBOARD_N_COLUMNS (STRATA_DASHBOARD_COLUMN_CHANGED + 1)

const char         *strata_dashboard_column_get_id      (StrataDashboardColumn   column);
GtkListItemFactory *strata_dashboard_column_new_factory (StrataDashboardColumn   column,
                                                         gboolean                narrow);
GtkSorter          *strata_dashboard_column_new_sorter  (StrataDashboardColumn   column);
GtkSorter          *strata_dashboard_column_new_fixed_sorter (StrataDashboardColumn column,
                                                         GtkSortType             order);
gboolean            strata_dashboard_column_find_sorted (GtkSorter              *sorter,
                                                         GListModel             *rows,
                                                         StrataDashboardColumn  *column,
                                                         GtkSortType            *order);

GtkListItem        *strata_dashboard_column_pick        (GtkWidget              *view,
                                                         double                  x,
                                                         double                  y);

G_END_DECLS
