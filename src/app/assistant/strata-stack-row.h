/* strata-stack-row.h - one layer in the stack
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-layer.h"

G_BEGIN_DECLS

#define STRATA_TYPE_STACK_ROW (strata_stack_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataStackRow, strata_stack_row, STRATA, STACK_ROW, GtkListBoxRow)

GtkWidget *strata_stack_row_new          (StrataLayer     *layer,
                                          guint            position);
GtkWidget *strata_stack_row_new_ghost    (StrataLayer     *layer);
guint      strata_stack_row_get_position (StrataStackRow  *self);
gboolean   strata_stack_row_is_ghost     (StrataStackRow  *self);

G_END_DECLS
