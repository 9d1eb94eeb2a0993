/* strata-text-screen.h - which lines of a text are on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-folding.h"

G_BEGIN_DECLS

void strata_text_screen_get_lines (GtkTextView   *view,
                                   StrataFolding *folding,
                                   int            margin,
                                   GtkTextIter   *first,
                                   GtkTextIter   *last);

G_END_DECLS
