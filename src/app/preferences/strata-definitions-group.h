/* strata-definitions-group.h - files with definitions of kinds: added, listed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_DEFINITIONS_GROUP (strata_definitions_group_get_type ())

G_DECLARE_FINAL_TYPE (StrataDefinitionsGroup, strata_definitions_group, STRATA, DEFINITIONS_GROUP, AdwPreferencesGroup)

G_END_DECLS
