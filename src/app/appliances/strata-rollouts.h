/* strata-rollouts.h - tells when a profile has come to all its appliances, and nobody was looking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-model.h"

G_BEGIN_DECLS

/* Main thread only. */
#define STRATA_TYPE_ROLLOUTS (strata_rollouts_get_type ())

G_DECLARE_FINAL_TYPE (StrataRollouts, strata_rollouts, STRATA, ROLLOUTS, GObject)

StrataRollouts *strata_rollouts_new       (void);
void            strata_rollouts_update    (StrataRollouts        *self,
                                           StrataApplianceModel  *model,
                                           gboolean               is_looked_at);
GPtrArray      *strata_rollouts_find_ends (StrataRollouts        *self,
                                           StrataApplianceModel  *model);

G_END_DECLS
