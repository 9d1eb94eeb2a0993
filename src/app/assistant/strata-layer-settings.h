/* strata-layer-settings.h - the settings of a pack or chart that is being added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-index.h"
#include "strata-registry-list.h"

G_BEGIN_DECLS

/* Signals "changed" (name or version), "edited" (a person changed something), "replaced" (the StrataLayer whose values
 * are being thrown away), "confirmed" (StrataLayer), "cancelled". */
#define STRATA_TYPE_LAYER_SETTINGS (strata_layer_settings_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerSettings, strata_layer_settings, STRATA, LAYER_SETTINGS, GtkWidget)

void         strata_layer_settings_choose    (StrataLayerSettings  *self,
                                              StrataRegistryList   *registries,
                                              StrataIndex          *index,
                                              StrataPackSummary    *item);
void         strata_layer_settings_resume    (StrataLayerSettings  *self,
                                              StrataLayer          *layer);
void         strata_layer_settings_restore   (StrataLayerSettings  *self,
                                              StrataLayer          *layer);
void         strata_layer_settings_set_taken (StrataLayerSettings  *self,
                                              const char           *reason);
StrataLayer *strata_layer_settings_get_layer (StrataLayerSettings  *self);
StrataLayer *strata_layer_settings_dup_ghost (StrataLayerSettings  *self);
gboolean     strata_layer_settings_is_edited (StrataLayerSettings  *self);

G_END_DECLS
