/* strata-lint-line.h - the first problem of a text while it is typed, in one line below it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-lint.h"
#include "strata-source-text.h"

G_BEGIN_DECLS

/* Property "n-errors" (uint). */
#define STRATA_TYPE_LINT_LINE (strata_lint_line_get_type ())

G_DECLARE_FINAL_TYPE (StrataLintLine, strata_lint_line, STRATA, LINT_LINE, GtkWidget)

void  strata_lint_line_watch        (StrataLintLine    *self,
                                     StrataSourceText  *text,
                                     StrataLintMode     mode);

G_END_DECLS
