/* strata-appliance-details.h - one appliance, layer by layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-appliance-row.h"

G_BEGIN_DECLS

/* Its buttons are "page.copy-details" and "page.open-profile", and "page.details" where it is brief. */
#define STRATA_TYPE_APPLIANCE_DETAILS (strata_appliance_details_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceDetails, strata_appliance_details, STRATA, APPLIANCE_DETAILS, AdwBin)

void strata_appliance_details_set_row    (StrataApplianceDetails  *self,
                                          StrataApplianceRow      *row,
                                          StrataApplianceTarget   *target,
                                          gboolean                 is_past);
void strata_appliance_details_set_narrow (StrataApplianceDetails  *self,
                                          gboolean                 narrow);
void strata_appliance_details_set_brief  (StrataApplianceDetails  *self,
                                          gboolean                 brief);
void strata_appliance_details_copy       (StrataApplianceDetails  *self);

G_END_DECLS
