/* strata-problem-walk.h - from problem to problem through all layers and documents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editing.h"

G_BEGIN_DECLS

const StrataProblem *strata_problem_walk (StrataEditing  *editing,
                                          guint           line,
                                          guint           column,
                                          gboolean        forward,
                                          guint          *position);
const StrataProblem *strata_problem_at   (StrataEditing  *editing,
                                          guint           line,
                                          guint           column);

G_END_DECLS
