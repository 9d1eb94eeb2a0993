/* strata-palette.h - profiles as the Palette console exports and imports them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_PALETTE_MASK "********"

typedef enum
{
  STRATA_PALETTE_JSON,
  STRATA_PALETTE_YAML,
} StrataPaletteFormat;

StrataProfile *strata_palette_read  (const char           *text,
                                     gssize                length,
                                     const char           *fallback_name,
                                     GError              **error);
char          *strata_palette_write (StrataProfile        *profile,
                                     StrataPaletteFormat   format);
gboolean       strata_palette_has_masked (StrataProfile    *profile);

G_END_DECLS
