/* strata-sync-words.h - what a console adds, trims and masks is no change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-merge.h"

G_BEGIN_DECLS

StrataVariable *strata_sync_find_variable (GPtrArray   *variables,
                                           const char  *name);
gboolean       strata_sync_means_same (StrataProfile  *one,
                                       StrataProfile  *other);
StrataProfile *strata_sync_reword     (StrataProfile  *theirs,
                                       StrataProfile  *ours,
                                       const char     *id);
StrataMerge   *strata_sync_merge      (StrataProfile  *base,
                                       StrataProfile  *mine,
                                       StrataProfile  *theirs);

G_END_DECLS
