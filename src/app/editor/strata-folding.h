/* strata-folding.h - hides and shows parts of the shown text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Draws the arrows beside the text. Signal "changed" after something was hidden or shown. */
#define STRATA_TYPE_FOLDING (strata_folding_get_type ())

G_DECLARE_FINAL_TYPE (StrataFolding, strata_folding, STRATA, FOLDING, GObject)

StrataFolding *strata_folding_new       (GtkSourceView  *view);

gboolean       strata_folding_fold      (StrataFolding  *self);
void           strata_folding_unfold    (StrataFolding  *self);
void           strata_folding_fold_all  (StrataFolding  *self);
void           strata_folding_show_all  (StrataFolding  *self);

int            strata_folding_get_shown_line (StrataFolding  *self,
                                              int             line);

int            strata_folding_get_next_line  (StrataFolding  *self,
                                              int             line);

GArray        *strata_folding_remember  (StrataFolding  *self);
void           strata_folding_restore   (StrataFolding  *self,
                                         GArray         *folds);

G_END_DECLS
