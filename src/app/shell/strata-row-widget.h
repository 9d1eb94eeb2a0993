/* strata-row-widget.h - the row that a cell of a column view stands in, which GTK does not hand out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_row_widget_set_label   (GtkListItem *item,
                                    const char  *label);
void strata_row_widget_set_visible (GtkListItem *item,
                                    gboolean     visible);

G_END_DECLS
