/* strata-text-cell.h - a cell of a table: a line, a quieter line below it, and an icon where there is one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_TEXT_CELL (strata_text_cell_get_type ())

G_DECLARE_FINAL_TYPE (StrataTextCell, strata_text_cell, STRATA, TEXT_CELL, GtkWidget)

typedef enum
{
  STRATA_TEXT_CELL_PLAIN,
  STRATA_TEXT_CELL_STRONG,
  STRATA_TEXT_CELL_QUIET,
} StrataTextCellStyle;

GtkWidget *strata_text_cell_new         (StrataTextCellStyle  style);
void       strata_text_cell_set_text    (StrataTextCell      *self,
                                         const char          *title,
                                         const char          *subtitle);
void       strata_text_cell_set_icon    (StrataTextCell      *self,
                                         const char          *icon_name,
                                         const char          *color_name);
void       strata_text_cell_set_tooltip (StrataTextCell      *self,
                                         const char          *tooltip);
void       strata_text_cell_set_indent  (StrataTextCell      *self,
                                         int                  indent);

G_END_DECLS
