/* strata-palette-private.h - the parts of a Palette body, shared by what reads and what writes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_PALETTE_BARE_TAG "spectro__tag"  /* the value of a label that is a bare word */

/* A member that says again what a field says: the console has several shapes of one body. */
typedef struct
{
  const char *path;
  guint       field;
} StrataPaletteLink;

extern const StrataPaletteLink strata_palette_profile_links[];
extern const StrataPaletteLink strata_palette_layer_links[];
extern const char *const strata_palette_kinds[];

JsonObject *strata_palette_build_profile  (StrataProfile   *profile);
JsonObject *strata_palette_build_layer    (StrataLayer     *layer);
JsonObject *strata_palette_build_manifest (StrataManifest  *manifest);
JsonObject *strata_palette_build_variable (StrataVariable  *variable);

StrataLayerKind strata_palette_read_kind  (JsonObject      *pack,
                                           const char      *path,
                                           GError         **failure);
GPtrArray  *strata_palette_read_tags      (JsonObject      *metadata,
                                           GError         **failure);
GPtrArray  *strata_palette_read_layers    (JsonArray       *packs,
                                           const char      *template_name,
                                           GError         **failure);
GPtrArray  *strata_palette_read_variables (JsonArray       *list,
                                           GError         **failure);

G_END_DECLS
