/* strata-line-preview.h - the lines that a change of a text takes away and brings, to be looked at before it is made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *strata_line_preview_new (const char *old_text,
                                    const char *new_text,
                                    GArray     *hunks);

G_END_DECLS
