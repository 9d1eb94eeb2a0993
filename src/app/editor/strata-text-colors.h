/* strata-text-colors.h - colours those lines of a large text that are seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-blob.h"
#include "strata-folding.h"

G_BEGIN_DECLS

/* The colours of GtkSourceView, which reads a text as a whole and again behind each change: of a large one it keeps the main
 * thread busy for longer than a frame. While this is active, that is switched off. */
#define STRATA_TYPE_TEXT_COLORS (strata_text_colors_get_type ())

G_DECLARE_FINAL_TYPE (StrataTextColors, strata_text_colors, STRATA, TEXT_COLORS, GObject)

StrataTextColors *strata_text_colors_new  (GtkSourceView     *view,
                                           StrataFolding     *folding);

void              strata_text_colors_show (StrataTextColors  *self,
                                           StrataBlob        *blob);

G_END_DECLS
