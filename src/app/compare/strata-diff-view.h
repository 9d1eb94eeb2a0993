/* strata-diff-view.h - two texts line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-diff.h"

G_BEGIN_DECLS

/* Signal "take" (pointer: a StrataHunk from the old text to the new one). */
#define STRATA_TYPE_DIFF_VIEW (strata_diff_view_get_type ())

G_DECLARE_FINAL_TYPE (StrataDiffView, strata_diff_view, STRATA, DIFF_VIEW, AdwBin)

void     strata_diff_view_set_texts    (StrataDiffView  *self,
                                        StrataBlob      *old_text,
                                        StrataBlob      *new_text,
                                        gboolean         can_take);
void     strata_diff_view_set_inline   (StrataDiffView  *self,
                                        gboolean         is_inline);
void     strata_diff_view_set_whole    (StrataDiffView  *self,
                                        gboolean         is_whole);
gboolean strata_diff_view_walk         (StrataDiffView  *self,
                                        gboolean         forward);

G_END_DECLS
