/* strata-readme-row.h - one row of a table whose columns are as wide as those of all its rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkGrid asks every cell for its width again for each row that is added: a long table would freeze the window. The
 * rows of one table share an array of the widths that its columns would like, and never ask. */
#define STRATA_TYPE_README_ROW (strata_readme_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataReadmeRow, strata_readme_row, STRATA, README_ROW, GtkWidget)

GtkWidget *strata_readme_row_new    (GArray           *widths);
void       strata_readme_row_append (StrataReadmeRow  *self,
                                     GtkWidget        *cell);

G_END_DECLS
