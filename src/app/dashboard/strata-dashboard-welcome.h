/* strata-dashboard-welcome.h - what the dashboard shows while there is no profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_DASHBOARD_WELCOME (strata_dashboard_welcome_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardWelcome, strata_dashboard_welcome, STRATA, DASHBOARD_WELCOME, AdwBin)

G_END_DECLS
