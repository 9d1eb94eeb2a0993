/* strata-readme-view.h - a README as native text: parsed by cmark, raw HTML never rendered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As wide as reading text should be, without margins of its own. Put it into a scrolled window. */
#define STRATA_TYPE_README_VIEW (strata_readme_view_get_type ())

G_DECLARE_FINAL_TYPE (StrataReadmeView, strata_readme_view, STRATA, README_VIEW, GtkWidget)

GtkWidget *strata_readme_view_new        (void);
void       strata_readme_view_set_text   (StrataReadmeView  *self,
                                          const char        *markdown);
gboolean   strata_readme_view_get_loading (StrataReadmeView *self);

G_END_DECLS
