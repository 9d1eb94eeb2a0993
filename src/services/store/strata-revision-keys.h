/* strata-revision-keys.h - what the fields of a profile are called in a revision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_REVISION_N_FLAGS 4

extern const char *const strata_revision_profile_keys[STRATA_PROFILE_N_FIELDS];
extern const char *const strata_revision_variable_keys[STRATA_VARIABLE_N_FIELDS];
extern const char *const strata_revision_flag_keys[STRATA_REVISION_N_FLAGS];
extern const char *const strata_revision_layer_keys[STRATA_LAYER_N_FIELDS];

gboolean  strata_revision_is_secret (StrataVariable  *variable);
gboolean  strata_revision_is_masked (StrataVariable  *variable);
GKeyFile *strata_revision_parse     (StrataBlob      *sealed,
                                     GError         **error);

G_END_DECLS
