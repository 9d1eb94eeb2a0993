/* strata-palette-body.h - what the calls of the Palette console take and give for a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataPalettePart:
 * @STRATA_PALETTE_DRAFT: edits that are not published
 * @STRATA_PALETTE_PUBLISHED: what appliances get
 *
 * The two states of a profile that one answer may hold.
 */
typedef enum
{
  STRATA_PALETTE_DRAFT,
  STRATA_PALETTE_PUBLISHED,
} StrataPalettePart;

JsonNode      *strata_palette_make_create    (StrataProfile      *profile);
JsonNode      *strata_palette_make_update    (StrataProfile      *profile);
JsonNode      *strata_palette_make_metadata  (StrataProfile      *profile,
                                              JsonObject         *annotations);
JsonNode      *strata_palette_make_draft     (StrataProfile      *profile);
JsonNode      *strata_palette_make_import    (StrataProfile      *profile);
JsonNode      *strata_palette_make_variables (GPtrArray          *variables);

char          *strata_palette_trim           (const char         *text);
gboolean       strata_palette_has_default    (StrataVariable     *variable);
gboolean       strata_palette_is_same        (StrataProfile      *profile,
                                              StrataProfile      *other);
gboolean       strata_palette_is_same_variable (StrataVariable   *variable,
                                              StrataVariable     *other);

gboolean       strata_palette_has_part       (JsonObject         *reply,
                                              StrataPalettePart   part);
char          *strata_palette_make_key       (const char         *layer,
                                              const char         *manifest);
StrataProfile *strata_palette_read_part      (JsonObject         *reply,
                                              StrataPalettePart   part,
                                              JsonArray          *variables,
                                              GHashTable         *contents,
                                              GError            **error);

G_END_DECLS
