/* strata-dashboard-actions.h - what can be done with the selected profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-dashboard-page.h"

G_BEGIN_DECLS

void strata_dashboard_actions_install (GtkWidgetClass       *widget_class);
void strata_dashboard_actions_update  (StrataDashboardPage  *self);

G_END_DECLS
