/* strata-conflict-list.h - all conflicts of a merge, layer by layer, however many they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-merge.h"

G_BEGIN_DECLS

/* Signal "decided": one of the conflicts that were given has another decision. */
#define STRATA_TYPE_CONFLICT_LIST (strata_conflict_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataConflictList, strata_conflict_list, STRATA, CONFLICT_LIST, AdwBin)

void strata_conflict_list_show        (StrataConflictList  *self,
                                       StrataMerge         *merge,
                                       GPtrArray           *conflicts);
void strata_conflict_list_update      (StrataConflictList  *self);
void strata_conflict_list_set_narrow  (StrataConflictList  *self,
                                       gboolean             narrow);
void strata_conflict_list_walk        (StrataConflictList  *self,
                                       gboolean             forward);

G_END_DECLS
