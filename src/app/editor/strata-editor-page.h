/* strata-editor-page.h - the open profiles as tabs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editor-view.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* A page with its own header bar. Property "workspace" (construct), "narrow" (boolean, set by the window). */
#define STRATA_TYPE_EDITOR_PAGE (strata_editor_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataEditorPage, strata_editor_page, STRATA, EDITOR_PAGE, GtkWidget)

void      strata_editor_page_open          (StrataEditorPage  *self,
                                            const char        *id);
void      strata_editor_page_close         (StrataEditorPage  *self,
                                            const char        *id);
StrataEditorView *strata_editor_page_peek_view (StrataEditorPage *self);
guint     strata_editor_page_get_n_open    (StrataEditorPage  *self);
GVariant *strata_editor_page_get_session   (StrataEditorPage  *self);
void      strata_editor_page_set_session   (StrataEditorPage  *self,
                                            GVariant          *session);
gboolean  strata_editor_page_flush         (StrataEditorPage  *self,
                                            GError           **error);

G_END_DECLS
