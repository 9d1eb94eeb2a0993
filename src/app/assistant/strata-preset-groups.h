/* strata-preset-groups.h - the presets of a pack as radio groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-pack.h"

G_BEGIN_DECLS

/* Signal "chosen" (group, preset name): a person chose; the name is "" for the pack's own values. */
#define STRATA_TYPE_PRESET_GROUPS (strata_preset_groups_get_type ())

G_DECLARE_FINAL_TYPE (StrataPresetGroups, strata_preset_groups, STRATA, PRESET_GROUPS, GtkWidget)

void strata_preset_groups_show       (StrataPresetGroups  *self,
                                      StrataPack          *pack,
                                      GHashTable          *active,
                                      gboolean             edited);
void strata_preset_groups_set_suffix (StrataPresetGroups  *self,
                                      GtkWidget           *suffix);

G_END_DECLS
