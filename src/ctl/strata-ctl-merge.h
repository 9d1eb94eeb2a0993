/* strata-ctl-merge.h - what came of a merge, printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-merge.h"

G_BEGIN_DECLS

void     strata_ctl_merge_print      (StrataMerge  *merge);
gboolean strata_ctl_merge_print_json (StrataMerge  *merge,
                                      GError      **error);

G_END_DECLS
