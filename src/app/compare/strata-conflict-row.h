/* strata-conflict-row.h - one conflict: mine, base and theirs side by side, and a result of one's own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-conflict.h"

G_BEGIN_DECLS

/* Signal "decided": the conflict that was given has a decision. */
#define STRATA_TYPE_CONFLICT_ROW (strata_conflict_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataConflictRow, strata_conflict_row, STRATA, CONFLICT_ROW, AdwBin)

StrataConflict *strata_conflict_row_get_conflict (StrataConflictRow  *self);
void            strata_conflict_row_set_conflict (StrataConflictRow  *self,
                                                  StrataConflict     *conflict,
                                                  const char         *draft);
char           *strata_conflict_row_dup_draft    (StrataConflictRow  *self);
void            strata_conflict_row_update       (StrataConflictRow  *self);
void            strata_conflict_row_set_narrow   (StrataConflictRow  *self,
                                                  gboolean            narrow);

G_END_DECLS
