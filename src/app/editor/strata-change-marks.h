/* strata-change-marks.h - what is different in the shown text, beside it, and the way from change to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-document.h"

G_BEGIN_DECLS

/* Compared with what changes of a profile are counted from: its last save, or what it was made of. */
#define STRATA_TYPE_CHANGE_MARKS (strata_change_marks_get_type ())

G_DECLARE_FINAL_TYPE (StrataChangeMarks, strata_change_marks, STRATA, CHANGE_MARKS, GObject)

StrataChangeMarks *strata_change_marks_new  (StrataEditorDocument  *document,
                                             GtkSourceView         *view);
gboolean           strata_change_marks_walk (StrataChangeMarks     *self,
                                             guint                  line,
                                             gboolean               forward,
                                             guint                 *to);

G_END_DECLS
