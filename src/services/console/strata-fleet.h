/* strata-fleet.h - all appliances of a console as they were at one moment, and what their profiles have for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-console-appliances.h"
#include "strata-standing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FLEET (strata_fleet_get_type ())

G_DECLARE_FINAL_TYPE (StrataFleet, strata_fleet, STRATA, FLEET, GObject)

StrataFleet           *strata_fleet_new            (void);

GPtrArray             *strata_fleet_get_appliances (StrataFleet            *self);
StrataAppliance       *strata_fleet_find           (StrataFleet            *self,
                                                    const char             *uid);
StrataApplianceTarget *strata_fleet_get_target     (StrataFleet            *self,
                                                    const char             *profile_uid);
gint64                 strata_fleet_get_asked      (StrataFleet            *self);
StrataStanding        *strata_fleet_judge          (StrataFleet            *self,
                                                    StrataAppliance        *appliance);

StrataFleet           *strata_fleet_refresh        (StrataFleet            *self,
                                                    StrataConsole          *console,
                                                    gboolean                whole,
                                                    StrataConsoleProgress   progress,
                                                    gpointer                progress_data,
                                                    GCancellable           *cancellable,
                                                    GError                **error);
StrataFleet           *strata_fleet_detail         (StrataFleet            *self,
                                                    StrataConsole          *console,
                                                    const char             *first,
                                                    guint                   max,
                                                    GCancellable           *cancellable,
                                                    GError                **error);

StrataFleet           *strata_fleet_load           (const char             *path,
                                                    GError                **error);
gboolean               strata_fleet_save           (StrataFleet            *self,
                                                    const char             *path,
                                                    GError                **error);

G_END_DECLS
