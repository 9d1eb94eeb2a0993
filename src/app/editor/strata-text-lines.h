/* strata-text-lines.h - what is done with whole lines of a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  strata_text_lines_toggle_comment (GtkTextBuffer *buffer);
guint strata_text_lines_count_words    (const char    *text);

G_END_DECLS
