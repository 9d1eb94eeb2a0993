/* strata-fleet-watch.h - asks a console for its appliances, seldom, and only while somebody looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-fleet.h"

G_BEGIN_DECLS

/* Signals: "changed": there is another fleet; "state-changed": something else that a getter says is other; "answered"
 * (error or NULL): the console was asked. Main thread only.
 */
#define STRATA_TYPE_FLEET_WATCH (strata_fleet_watch_get_type ())

G_DECLARE_FINAL_TYPE (StrataFleetWatch, strata_fleet_watch, STRATA, FLEET_WATCH, GObject)

StrataFleetWatch *strata_fleet_watch_new           (const char        *path);
void              strata_fleet_watch_set_console   (StrataFleetWatch  *self,
                                                    StrataConsole     *console);
void              strata_fleet_watch_set_active    (StrataFleetWatch  *self,
                                                    gboolean           active);
void              strata_fleet_watch_set_looked_at (StrataFleetWatch  *self,
                                                    const char        *uid);
void              strata_fleet_watch_load          (StrataFleetWatch  *self);
void              strata_fleet_watch_ask_once      (StrataFleetWatch  *self);
void              strata_fleet_watch_ask           (StrataFleetWatch  *self);
void              strata_fleet_watch_take          (StrataFleetWatch  *self,
                                                    StrataFleet       *fleet);

StrataFleet      *strata_fleet_watch_get_fleet     (StrataFleetWatch  *self);
gboolean          strata_fleet_watch_is_asking     (StrataFleetWatch  *self);
gboolean          strata_fleet_watch_is_past       (StrataFleetWatch  *self);
gboolean          strata_fleet_watch_can_ask       (StrataFleetWatch  *self);
char             *strata_fleet_watch_say_when     (StrataFleetWatch  *self);
const GError     *strata_fleet_watch_get_error     (StrataFleetWatch  *self);
void              strata_fleet_watch_get_progress  (StrataFleetWatch  *self,
                                                    guint             *done,
                                                    guint             *total);

G_END_DECLS
