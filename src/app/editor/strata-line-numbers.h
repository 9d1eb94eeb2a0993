/* strata-line-numbers.h - the numbers of the lines that are shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_LINE_NUMBERS (strata_line_numbers_get_type ())

G_DECLARE_FINAL_TYPE (StrataLineNumbers, strata_line_numbers, STRATA, LINE_NUMBERS, GtkSourceGutterRendererText)

GtkSourceGutterRenderer *strata_line_numbers_new (void);

G_END_DECLS
