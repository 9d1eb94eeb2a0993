/* strata-sandbox-fleet.h - the simulated appliances of the demo
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-site.h"

G_BEGIN_DECLS

void strata_sandbox_fleet_hear (StrataSandboxSite  *site,
                                const char         *profile_uid);

G_END_DECLS
