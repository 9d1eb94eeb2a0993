/* strata-conflict-text.h - a conflict in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-conflict.h"

G_BEGIN_DECLS

const char *strata_conflict_text_side     (StrataSide             side);
char       *strata_conflict_text_place    (const StrataConflict  *conflict);
char       *strata_conflict_text_cell     (const StrataConflict  *conflict,
                                           StrataSide             side);
char       *strata_conflict_text_decision (const StrataConflict  *conflict);

void        strata_conflict_text_set      (GtkLabel              *label,
                                           const char            *text);

G_END_DECLS
