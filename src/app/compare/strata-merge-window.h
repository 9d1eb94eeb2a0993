/* strata-merge-window.h - what two sides changed in two ways, to be decided place by place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-merge.h"

G_BEGIN_DECLS

/* Signal "response" (text): "merge" when all is decided, "both" to keep both as profiles of their own, "later". The
 * window is gone then. */
#define STRATA_TYPE_MERGE_WINDOW (strata_merge_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataMergeWindow, strata_merge_window, STRATA, MERGE_WINDOW, AdwWindow)

GtkWidget   *strata_merge_window_new         (GtkWindow          *parent,
                                              StrataMerge        *merge);

void         strata_merge_window_describe    (StrataMergeWindow  *self,
                                              StrataSide          side,
                                              const char         *words);
void         strata_merge_window_set_can_keep_both (StrataMergeWindow *self,
                                              gboolean            can_keep_both);
StrataMerge *strata_merge_window_get_merge   (StrataMergeWindow  *self);

G_END_DECLS
