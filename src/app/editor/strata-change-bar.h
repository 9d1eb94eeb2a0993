/* strata-change-bar.h - draws beside the text which lines are new, different, or gone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-diff.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHANGE_BAR (strata_change_bar_get_type ())

G_DECLARE_FINAL_TYPE (StrataChangeBar, strata_change_bar, STRATA, CHANGE_BAR, GtkSourceGutterRenderer)

StrataChangeBar  *strata_change_bar_new       (void);
void              strata_change_bar_set_hunks (StrataChangeBar  *self,
                                               GArray           *hunks,
                                               StrataBlob       *before);
const StrataHunk *strata_change_bar_find      (StrataChangeBar  *self,
                                               guint             line);
const StrataHunk *strata_change_bar_walk      (StrataChangeBar  *self,
                                               guint             line,
                                               gboolean          forward);
char             *strata_change_bar_describe  (StrataChangeBar  *self,
                                               const StrataHunk *hunk);

G_END_DECLS
