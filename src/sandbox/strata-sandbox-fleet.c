/* strata-sandbox-fleet.c - the simulated appliances of the demo
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-fleet"

#include "strata-sandbox-fleet.h"

/* Appliances of the profile look for what is new some time within the next seconds. */
void
strata_sandbox_fleet_hear (StrataSandboxSite *site,
                           const char        *profile_uid)
{
  strata_sandbox_db_run (site->db, "UPDATE fleet SET due = min (due, ? + abs (random () % 4000))"
                         " WHERE host IN (SELECT host FROM link WHERE profile = ?)", "is",
                         strata_sandbox_now (), profile_uid);
}
