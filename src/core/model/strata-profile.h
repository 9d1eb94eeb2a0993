/* strata-profile.h - a system profile: a value that never changes once made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"
#include "strata-tag.h"
#include "strata-variable.h"

G_BEGIN_DECLS

/**
 * StrataProfileField:
 *
 * The texts of a profile. `ID` names it on this disk, `UID` at the console. `VERSION` is kept as it was written: a
 * profile from elsewhere may hold what [method@Version.parse] refuses. `EXTRA` is a JSON object that mirrors the
 * members of a Palette body that are not known here, or "".
 */
typedef enum
{
  STRATA_PROFILE_ID,
  STRATA_PROFILE_NAME,
  STRATA_PROFILE_VERSION,
  STRATA_PROFILE_DESCRIPTION,
  STRATA_PROFILE_TYPE,
  STRATA_PROFILE_CLOUD_TYPE,
  STRATA_PROFILE_UID,
  STRATA_PROFILE_PROJECT_UID,
  STRATA_PROFILE_EXTRA,
} StrataProfileField;

#define STRATA_PROFILE_N_FIELDS (STRATA_PROFILE_EXTRA + 1)

#define STRATA_TYPE_PROFILE (strata_profile_get_type ())

G_DECLARE_FINAL_TYPE (StrataProfile, strata_profile, STRATA, PROFILE, GObject)

StrataProfile *strata_profile_new            (const char          *name,
                                              const char          *version);

const char    *strata_profile_get            (StrataProfile       *self,
                                              StrataProfileField   field);
const char    *strata_profile_get_id         (StrataProfile       *self);
const char    *strata_profile_get_name       (StrataProfile       *self);
const char    *strata_profile_get_version    (StrataProfile       *self);
GPtrArray     *strata_profile_get_tags       (StrataProfile       *self);
GPtrArray     *strata_profile_get_layers     (StrataProfile       *self);
GPtrArray     *strata_profile_get_variables  (StrataProfile       *self);
guint          strata_profile_get_n_layers   (StrataProfile       *self);
StrataLayer   *strata_profile_get_layer      (StrataProfile       *self,
                                              guint                position);
StrataLayer   *strata_profile_find_layer     (StrataProfile       *self,
                                              const char          *name,
                                              guint               *position);

StrataProfile *strata_profile_with           (StrataProfile       *self,
                                              StrataProfileField   field,
                                              const char          *value);
StrataProfile *strata_profile_with_tags      (StrataProfile       *self,
                                              GPtrArray           *tags);
StrataProfile *strata_profile_with_variables (StrataProfile       *self,
                                              GPtrArray           *variables);
StrataProfile *strata_profile_with_layers    (StrataProfile       *self,
                                              GPtrArray           *layers);
StrataProfile *strata_profile_with_layer     (StrataProfile       *self,
                                              guint                position,
                                              StrataLayer         *layer);
StrataProfile *strata_profile_with_layer_inserted (StrataProfile  *self,
                                              guint                position,
                                              StrataLayer         *layer);
StrataProfile *strata_profile_with_layer_moved (StrataProfile     *self,
                                              guint                from,
                                              guint                to);
StrataProfile *strata_profile_without_layer  (StrataProfile       *self,
                                              guint                position);

gboolean       strata_profile_equal          (StrataProfile       *self,
                                              StrataProfile       *other);

G_END_DECLS
