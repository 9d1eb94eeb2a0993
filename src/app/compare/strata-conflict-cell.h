/* strata-conflict-cell.h - what one side has in a conflict, to be chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "title": the side, shown when there is no column over it. */
#define STRATA_TYPE_CONFLICT_CELL (strata_conflict_cell_get_type ())

G_DECLARE_FINAL_TYPE (StrataConflictCell, strata_conflict_cell, STRATA, CONFLICT_CELL, GtkToggleButton)

void strata_conflict_cell_show       (StrataConflictCell  *self,
                                      const char          *text,
                                      gboolean             is_chosen);
void strata_conflict_cell_set_narrow (StrataConflictCell  *self,
                                      gboolean             narrow);

G_END_DECLS
