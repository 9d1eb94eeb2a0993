/* strata-problems-page.h - what is wrong with the chosen layer, and how the others are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Signals "activated" and "repair", each with a StrataProblem. */
#define STRATA_TYPE_PROBLEMS_PAGE (strata_problems_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataProblemsPage, strata_problems_page, STRATA, PROBLEMS_PAGE, GtkWidget)

void strata_problems_page_set_editing (StrataProblemsPage  *self,
                                       StrataEditing       *editing);

G_END_DECLS
