/* strata-readme-markup.h - the inside of one Markdown block as Pango markup that cannot do harm
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cmark.h>
#include <glib.h>

G_BEGIN_DECLS

cmark_node *strata_readme_markup_parse     (const char  *markdown,
                                            gsize        length);

char       *strata_readme_markup_from_node (cmark_node  *block,
                                            gboolean    *was_cut);
char       *strata_readme_markup_from_text (const char  *markdown,
                                            gboolean    *was_cut);
char       *strata_readme_markup_from_html (const char  *html,
                                            gboolean    *was_cut);
char       *strata_readme_markup_make_slug (cmark_node  *heading);

G_END_DECLS
