/* strata-problem-marks.h - the problems of the shown document, in the text, in the gutter and on hover
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-document.h"
#include "strata-folding.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROBLEM_MARKS (strata_problem_marks_get_type ())

G_DECLARE_FINAL_TYPE (StrataProblemMarks, strata_problem_marks, STRATA, PROBLEM_MARKS, GObject)

StrataProblemMarks  *strata_problem_marks_new  (StrataEditorDocument  *document,
                                                GtkSourceView         *view,
                                                StrataFolding         *folding);
const StrataProblem *strata_problem_marks_find (StrataProblemMarks    *self,
                                                const GtkTextIter     *where);

G_END_DECLS
