/* strata-diff-model.h - two texts as the rows of a comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-diff.h"

G_BEGIN_DECLS

/* A GListModel of StrataDiffLine, which are made when they are asked for. */
#define STRATA_TYPE_DIFF_MODEL (strata_diff_model_get_type ())

G_DECLARE_FINAL_TYPE (StrataDiffModel, strata_diff_model, STRATA, DIFF_MODEL, GObject)

StrataDiffModel  *strata_diff_model_new         (const char       *old_text,
                                                 const char       *new_text,
                                                 gboolean          is_inline,
                                                 gboolean          is_whole);

guint             strata_diff_model_get_n_hunks (StrataDiffModel  *self);
const StrataHunk *strata_diff_model_get_hunk    (StrataDiffModel  *self,
                                                 guint             index);
guint             strata_diff_model_find_hunk   (StrataDiffModel  *self,
                                                 guint             index);

G_END_DECLS
