/* strata-appliance-model.h - the rows of the board as a list, and how many there are of each kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-appliance-row.h"

G_BEGIN_DECLS

/**
 * StrataApplianceCounts:
 * @all: how many appliances there are
 * @by_kind: how many of them stand so
 *
 * How many appliances stand how.
 */
typedef struct
{
  guint all;
  guint by_kind[STRATA_STANDING_N_KINDS];
} StrataApplianceCounts;

#define STRATA_TYPE_APPLIANCE_MODEL (strata_appliance_model_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceModel, strata_appliance_model, STRATA, APPLIANCE_MODEL, GObject)

StrataApplianceModel *strata_appliance_model_new           (void);
void                  strata_appliance_model_update        (StrataApplianceModel   *self,
                                                            StrataFleet            *fleet);
void                  strata_appliance_model_get_counts    (StrataApplianceModel   *self,
                                                            const char             *profile_uid,
                                                            StrataApplianceCounts  *counts);
GPtrArray            *strata_appliance_model_list_profiles (StrataApplianceModel   *self);
StrataApplianceRow   *strata_appliance_model_find          (StrataApplianceModel   *self,
                                                            const char             *uid);

G_END_DECLS
