/* strata-add-to-profile.h - which profile a pack or chart is added to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* Signals "chosen" (the id of a profile) and "new-profile" (a name). */
#define STRATA_TYPE_ADD_TO_PROFILE (strata_add_to_profile_get_type ())

G_DECLARE_FINAL_TYPE (StrataAddToProfile, strata_add_to_profile, STRATA, ADD_TO_PROFILE, AdwWindow)

StrataAddToProfile *strata_add_to_profile_new (GtkWidget        *parent,
                                               StrataWorkspace  *workspace,
                                               StrataLayer      *layer);

G_END_DECLS
