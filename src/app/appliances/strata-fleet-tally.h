/* strata-fleet-tally.h - how many appliances of each profile stand how
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-model.h"

G_BEGIN_DECLS

/* A value. */
#define STRATA_TYPE_FLEET_TALLY (strata_fleet_tally_get_type ())

G_DECLARE_FINAL_TYPE (StrataFleetTally, strata_fleet_tally, STRATA, FLEET_TALLY, GObject)

StrataFleetTally *strata_fleet_tally_new      (StrataFleet       *fleet);
char             *strata_fleet_tally_say      (StrataFleetTally  *self,
                                               const char        *profile_uid);
char             *strata_fleet_tally_say_rest (StrataFleetTally  *self,
                                               const char        *profile_uid);

G_END_DECLS
