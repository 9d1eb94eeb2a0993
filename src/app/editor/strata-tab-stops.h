/* strata-tab-stops.h - a snippet in the text, whose stops Tab goes through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

void     strata_tab_stops_insert (GtkSourceView *view,
                                  GtkTextIter   *where,
                                  const char    *snippet);
gboolean strata_tab_stops_leave  (GtkTextBuffer *buffer);

G_END_DECLS
