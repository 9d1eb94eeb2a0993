/* strata-problem-row.h - a row that says one problem, where it is and what would repair it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-problem.h"

G_BEGIN_DECLS

/* Signal "repair" when its button is pressed. */
#define STRATA_TYPE_PROBLEM_ROW (strata_problem_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataProblemRow, strata_problem_row, STRATA, PROBLEM_ROW, AdwActionRow)

StrataProblemRow    *strata_problem_row_new         (void);

const StrataProblem *strata_problem_row_get_problem (StrataProblemRow    *self);
gboolean             strata_problem_row_set_problem (StrataProblemRow    *self,
                                                     const StrataProblem *problem,
                                                     const char          *document);

G_END_DECLS
