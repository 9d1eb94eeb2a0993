/* strata-appliance-target.h - the layers that a profile has for its appliances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-appliance.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataTargetLayer:
 * @name: its name within the profile
 * @kind: what it is made of
 * @version: its version, or ""
 * @digest: SHA-256 of its values, or "" where they are not known
 * @n_manifests: how many manifests it has
 * @stamp: moves with everything of it that an appliance installs, as far as the console tells; or ""
 * @changed: when @stamp was seen to move, in microseconds since 1970; 0 when it never was
 *
 * What an appliance of a profile is to have.
 */
typedef struct
{
  const char      *name;
  StrataLayerKind  kind;
  const char      *version;
  const char      *digest;
  guint            n_manifests;
  const char      *stamp;
  gint64           changed;
} StrataTargetLayer;

#define STRATA_TYPE_APPLIANCE_TARGET (strata_appliance_target_get_type ())

G_DECLARE_FINAL_TYPE (StrataApplianceTarget, strata_appliance_target, STRATA, APPLIANCE_TARGET, GObject)

StrataApplianceTarget   *strata_appliance_target_new             (const char               *uid,
                                                                  const char               *name,
                                                                  const char               *version,
                                                                  const StrataTargetLayer  *layers,
                                                                  guint                     n_layers);
StrataApplianceTarget   *strata_appliance_target_new_for_profile (StrataProfile            *profile);
StrataApplianceTarget   *strata_appliance_target_new_after       (StrataApplianceTarget    *self,
                                                                  StrataApplianceTarget    *before,
                                                                  gint64                    when);

const char              *strata_appliance_target_get_uid         (StrataApplianceTarget    *self);
const char              *strata_appliance_target_get_name        (StrataApplianceTarget    *self);
const char              *strata_appliance_target_get_version     (StrataApplianceTarget    *self);
guint                    strata_appliance_target_get_n_layers    (StrataApplianceTarget    *self);
const StrataTargetLayer *strata_appliance_target_get_layer       (StrataApplianceTarget    *self,
                                                                  guint                     position);
const StrataTargetLayer *strata_appliance_target_find            (StrataApplianceTarget    *self,
                                                                  const char               *name);

gboolean                 strata_appliance_target_differs         (StrataApplianceTarget    *self,
                                                                  StrataApplianceLayer     *layer);
GStrv                    strata_appliance_target_list_changes    (StrataApplianceTarget    *self,
                                                                  StrataAppliance          *appliance);

char                    *strata_appliance_target_digest          (const char               *values);

G_END_DECLS
