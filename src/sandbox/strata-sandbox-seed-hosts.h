/* strata-sandbox-seed-hosts.h - the simulated appliances that a new sandbox console has, each in a state of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-site.h"

G_BEGIN_DECLS

void strata_sandbox_seed_hosts (StrataSandboxSite  *site,
                                guint               n_appliances);

G_END_DECLS
