/* strata-readme-view.h - a README as native text: parsed by cmark, raw HTML never rendered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_README_VIEW (strata_readme_view_get_type ())

G_DECLARE_FINAL_TYPE (StrataReadmeView, strata_readme_view, STRATA, README_VIEW, GtkWidget)

GtkWidget *strata_readme_view_new      (void);
void       strata_readme_view_set_text (StrataReadmeView  *self,
                                        const char        *markdown);

G_END_DECLS
