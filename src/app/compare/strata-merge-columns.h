/* strata-merge-columns.h - the three sides of a merge, named above their columns
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-conflict.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MERGE_COLUMNS (strata_merge_columns_get_type ())

G_DECLARE_FINAL_TYPE (StrataMergeColumns, strata_merge_columns, STRATA, MERGE_COLUMNS, AdwBin)

void strata_merge_columns_describe (StrataMergeColumns  *self,
                                    StrataSide           side,
                                    const char          *words);

G_END_DECLS
