/* strata-sandbox-fleet.h - simulated appliances: they report as real ones do, and take what is published layer by layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-host.h"
#include "strata-sandbox-link.h"

G_BEGIN_DECLS

/**
 * StrataSandboxPlan:
 * @STRATA_SANDBOX_FOLLOWS: takes over what is published
 * @STRATA_SANDBOX_WAITS: reports, and stays with what it has
 * @STRATA_SANDBOX_FAILS: cannot install the layer that it is told to take next
 * @STRATA_SANDBOX_KEEPS_SILENT: was heard of once
 *
 * How a simulated appliance behaves.
 */
typedef enum
{
  STRATA_SANDBOX_FOLLOWS,
  STRATA_SANDBOX_WAITS,
  STRATA_SANDBOX_FAILS,
  STRATA_SANDBOX_KEEPS_SILENT,
} StrataSandboxPlan;

void     strata_sandbox_fleet_add     (StrataSandboxSite  *site,
                                       const char         *host,
                                       StrataSandboxPlan   plan,
                                       gint64              due,
                                       gint64              revision,
                                       JsonObject         *applied);
void     strata_sandbox_fleet_hear    (StrataSandboxSite  *site,
                                       const char         *profile_uid);
void     strata_sandbox_fleet_fail    (StrataSandboxHost  *host,
                                       StrataSandboxLink  *link,
                                       JsonObject         *pack);
gboolean strata_sandbox_fleet_is_empty (StrataSandboxSite *site);
void     strata_sandbox_fleet_tick    (StrataSandboxSite  *site,
                                       gint64              now,
                                       gint64              until);

G_END_DECLS
