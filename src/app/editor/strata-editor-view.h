/* strata-editor-view.h - one profile being edited: its stack, a text, the inspector
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editor-panes.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Properties "workspace" and "id" (construct), "narrow", "inspector-visible"; to read "title", "subtitle", "n-problems",
 * "can-undo" and "can-redo". */
#define STRATA_TYPE_EDITOR_VIEW (strata_editor_view_get_type ())

G_DECLARE_FINAL_TYPE (StrataEditorView, strata_editor_view, STRATA, EDITOR_VIEW, GtkWidget)

StrataEditorView *strata_editor_view_new         (StrataWorkspace   *workspace,
                                                  const char        *id);

const char       *strata_editor_view_get_id      (StrataEditorView  *self);
StrataWorkspace  *strata_editor_view_get_workspace (StrataEditorView *self);
StrataEditing    *strata_editor_view_get_editing (StrataEditorView  *self);
StrataEditorPanes *strata_editor_view_get_panes  (StrataEditorView  *self);

void              strata_editor_view_undo        (StrataEditorView  *self);
void              strata_editor_view_redo        (StrataEditorView  *self);
void              strata_editor_view_save        (StrataEditorView  *self);
gboolean          strata_editor_view_flush       (StrataEditorView  *self,
                                                  GError           **error);
void              strata_editor_view_reload      (StrataEditorView  *self);

GVariant         *strata_editor_view_get_session (StrataEditorView  *self);
void              strata_editor_view_set_session (StrataEditorView  *self,
                                                  GVariant          *session);

G_END_DECLS
