/* strata-resources.h - how much of an appliance the packs of a profile take
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-constraints-private.h"

G_BEGIN_DECLS

void strata_resources_add    (double        needed[STRATA_N_RESOURCES],
                              GPtrArray    *resources,
                              StrataLayer  *layer,
                              GPtrArray    *problems);
void strata_resources_report (const double  needed[STRATA_N_RESOURCES],
                              GPtrArray    *problems);

G_END_DECLS
