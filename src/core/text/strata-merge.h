/* strata-merge.h - two changes of one profile made into one: by layer, by path, by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-conflict.h"
#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MERGE (strata_merge_get_type ())

G_DECLARE_FINAL_TYPE (StrataMerge, strata_merge, STRATA, MERGE, GObject)

StrataMerge   *strata_merge_new           (StrataProfile  *base,
                                           StrataProfile  *mine,
                                           StrataProfile  *theirs);

StrataProfile *strata_merge_get_side      (StrataMerge    *self,
                                           StrataSide      side);
StrataProfile *strata_merge_get_profile   (StrataMerge    *self);
GPtrArray     *strata_merge_get_conflicts (StrataMerge    *self);
GPtrArray     *strata_merge_get_merged    (StrataMerge    *self);
guint          strata_merge_get_n_open    (StrataMerge    *self);

StrataMerge   *strata_merge_resolve       (StrataMerge    *self,
                                           guint           index,
                                           StrataSide      side,
                                           const char     *own);
StrataMerge   *strata_merge_decide        (StrataMerge    *self,
                                           GPtrArray      *conflicts);
StrataMerge   *strata_merge_resolve_all   (StrataMerge    *self,
                                           StrataSide      side);

G_END_DECLS
