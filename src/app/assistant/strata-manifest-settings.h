/* strata-manifest-settings.h - a layer of manifests that is being added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-layer.h"

G_BEGIN_DECLS

/* Signals "changed" (its name), "edited" (anything), "confirmed" (StrataLayer), "cancelled". */
#define STRATA_TYPE_MANIFEST_SETTINGS (strata_manifest_settings_get_type ())

G_DECLARE_FINAL_TYPE (StrataManifestSettings, strata_manifest_settings, STRATA, MANIFEST_SETTINGS, GtkWidget)

void         strata_manifest_settings_start     (StrataManifestSettings  *self);
void         strata_manifest_settings_resume    (StrataManifestSettings  *self,
                                                 StrataLayer             *layer);
void         strata_manifest_settings_set_taken (StrataManifestSettings  *self,
                                                 const char              *reason);
StrataLayer *strata_manifest_settings_dup_layer (StrataManifestSettings  *self);
gboolean     strata_manifest_settings_is_edited (StrataManifestSettings  *self);

G_END_DECLS
