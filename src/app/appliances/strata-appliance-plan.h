/* strata-appliance-plan.h - what a profile on this computer has for its appliances, if it were published now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance-model.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Signal "changed". Main thread only. */
#define STRATA_TYPE_APPLIANCE_PLAN (strata_appliance_plan_get_type ())

G_DECLARE_FINAL_TYPE (StrataAppliancePlan, strata_appliance_plan, STRATA, APPLIANCE_PLAN, GObject)

StrataAppliancePlan   *strata_appliance_plan_new         (StrataWorkspace      *workspace);
void                   strata_appliance_plan_set_profile (StrataAppliancePlan  *self,
                                                          const char           *profile_uid);
StrataApplianceTarget *strata_appliance_plan_get_target  (StrataAppliancePlan  *self);
char                  *strata_appliance_plan_find_id     (StrataAppliancePlan  *self,
                                                          const char           *profile_uid);
char                  *strata_appliance_plan_say         (StrataAppliancePlan  *self,
                                                          StrataApplianceModel *model);

G_END_DECLS
