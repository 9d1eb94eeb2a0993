/* strata-diff-row.h - the widget of one row of a comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-diff-line.h"

G_BEGIN_DECLS

/* Signal "take" (uint: the hunk): the person wants the lines of the old side. */
#define STRATA_TYPE_DIFF_ROW (strata_diff_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataDiffRow, strata_diff_row, STRATA, DIFF_ROW, AdwBin)

GtkWidget *strata_diff_row_new  (void);
void       strata_diff_row_show (StrataDiffRow   *self,
                                 StrataDiffLine  *line,
                                 gboolean         can_take);

G_END_DECLS
