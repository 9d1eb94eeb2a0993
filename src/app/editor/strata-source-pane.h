/* strata-source-pane.h - the text of the chosen document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-document.h"
#include "strata-find-bar.h"
#include "strata-folding.h"

G_BEGIN_DECLS

/* Properties "line" and "column" (uint, from 1): where the cursor is. */
#define STRATA_TYPE_SOURCE_PANE (strata_source_pane_get_type ())

G_DECLARE_FINAL_TYPE (StrataSourcePane, strata_source_pane, STRATA, SOURCE_PANE, GtkWidget)

void                  strata_source_pane_set_editing  (StrataSourcePane  *self,
                                                       StrataEditing     *editing);
StrataEditorDocument *strata_source_pane_get_document (StrataSourcePane  *self);
guint                 strata_source_pane_get_line     (StrataSourcePane  *self);
guint                 strata_source_pane_get_column   (StrataSourcePane  *self);
guint                 strata_source_pane_get_top_line (StrataSourcePane  *self);
StrataFolding        *strata_source_pane_get_folding  (StrataSourcePane  *self);
gboolean              strata_source_pane_go_to_change (StrataSourcePane *self,
                                                       gboolean          forward);
void                  strata_source_pane_scroll_to    (StrataSourcePane  *self,
                                                       guint              line);
void                  strata_source_pane_show_cursor  (StrataSourcePane  *self);
void                  strata_source_pane_go_to        (StrataSourcePane  *self,
                                                       guint              line,
                                                       guint              column);
void                  strata_source_pane_find         (StrataSourcePane  *self,
                                                       StrataFindMode     mode);

G_END_DECLS
