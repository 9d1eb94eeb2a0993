/* strata-dashboard-console.h - what a console says beside the profiles: as of when, and who runs which
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-connection.h"
#include "strata-fleet-tally.h"
#include "strata-fleet-watch.h"

G_BEGIN_DECLS

/* Signal "changed": one of the two is another. Main thread only. */
#define STRATA_TYPE_DASHBOARD_CONSOLE (strata_dashboard_console_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardConsole,
                      strata_dashboard_console,
                      STRATA,
                      DASHBOARD_CONSOLE,
                      GObject)

StrataDashboardConsole *strata_dashboard_console_new         (StrataConnection        *connection,
                                                              StrataFleetWatch        *watch);
gint64                  strata_dashboard_console_get_checked (StrataDashboardConsole  *self);
StrataFleetTally       *strata_dashboard_console_get_tally   (StrataDashboardConsole  *self);
void                    strata_dashboard_console_ask         (StrataDashboardConsole  *self);

G_END_DECLS
