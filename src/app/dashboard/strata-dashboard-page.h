/* strata-dashboard-page.h - every profile of the workspace in one table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* A page with its own header bar. Properties "workspace" (construct), "narrow", "trash" (construct). */
#define STRATA_TYPE_DASHBOARD_PAGE (strata_dashboard_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardPage, strata_dashboard_page, STRATA, DASHBOARD_PAGE, GtkWidget)

GPtrArray *strata_dashboard_page_list_selected (StrataDashboardPage  *self);
gboolean   strata_dashboard_page_get_trash     (StrataDashboardPage  *self);
gboolean   strata_dashboard_page_has_console   (StrataDashboardPage  *self);

G_END_DECLS
