/* strata-editor-panes.h - the stack, a text and the inspector side by side, and a status line below
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"
#include "strata-source-pane.h"

G_BEGIN_DECLS

/* Properties "narrow" and "inspector-visible". Signal "repair" (StrataProblem): the one that is shown. */
#define STRATA_TYPE_EDITOR_PANES (strata_editor_panes_get_type ())

G_DECLARE_FINAL_TYPE (StrataEditorPanes, strata_editor_panes, STRATA, EDITOR_PANES, GtkWidget)

void              strata_editor_panes_set_editing  (StrataEditorPanes   *self,
                                                    StrataEditing       *editing);
StrataSourcePane *strata_editor_panes_get_source   (StrataEditorPanes   *self);
void              strata_editor_panes_focus_next   (StrataEditorPanes   *self);
void              strata_editor_panes_show_place   (StrataEditorPanes   *self,
                                                    guint                position,
                                                    const char          *document,
                                                    guint                line,
                                                    guint                column);
void              strata_editor_panes_show_problem (StrataEditorPanes   *self,
                                                    guint                position,
                                                    const StrataProblem *problem);

G_END_DECLS
