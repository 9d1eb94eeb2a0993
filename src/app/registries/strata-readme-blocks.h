/* strata-readme-blocks.h - the widgets that the blocks of a README become
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cmark.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *strata_readme_blocks_new_heading   (const char  *markup,
                                               int          level);
GtkWidget *strata_readme_blocks_new_paragraph (const char  *markup);
GtkWidget *strata_readme_blocks_new_code      (const char  *text,
                                               gboolean    *was_cut);
GtkWidget *strata_readme_blocks_new_rule      (void);
GtkWidget *strata_readme_blocks_new_quote     (GtkWidget  **content);
GtkWidget *strata_readme_blocks_new_list      (cmark_node  *list);
GtkWidget *strata_readme_blocks_new_item      (cmark_node  *item,
                                               GtkWidget  **content);
GArray    *strata_readme_blocks_measure_table (GPtrArray *rows);
GtkWidget *strata_readme_blocks_new_table     (void);
GtkWidget *strata_readme_blocks_new_row       (GArray    *widths,
                                               char     **cells,
                                               gboolean   is_header,
                                               gboolean  *was_cut);

G_END_DECLS
