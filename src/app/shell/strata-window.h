/* strata-window.h - the window: places beside a page, and what can be done from anywhere in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editor-page.h"
#include "strata-spaces.h"
#include "strata-work.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Properties "workspace" (construct: that of this computer; later the one in front), "narrow", "places-shown". */
#define STRATA_TYPE_WINDOW (strata_window_get_type ())

G_DECLARE_FINAL_TYPE (StrataWindow, strata_window, STRATA, WINDOW, AdwApplicationWindow)

StrataWindow     *strata_window_new           (GtkApplication   *application,
                                               StrataWorkspace  *workspace);
StrataWorkspace  *strata_window_get_workspace (StrataWindow     *self);
void              strata_window_set_workspace (StrataWindow     *self,
                                               const char       *id);
StrataSpaces     *strata_window_get_spaces    (StrataWindow     *self);
StrataEditorPage *strata_window_peek_editor   (StrataWindow     *self);
const char       *strata_window_get_place     (StrataWindow     *self);
GtkWidget        *strata_window_get_page      (StrataWindow     *self);

GtkWidget        *strata_window_show_place    (StrataWindow     *self,
                                               const char       *place);
void              strata_window_open_profile  (StrataWindow     *self,
                                               const char       *id);
gboolean          strata_window_flush_editor  (StrataWindow     *self);
void              strata_window_remember      (StrataWindow     *self);

void              strata_window_add_toast     (StrataWindow     *self,
                                               AdwToast         *toast);
void              strata_window_begin_work    (StrataWindow     *self,
                                               StrataWork       *work);
void              strata_window_end_work      (StrataWindow     *self,
                                               StrataWork       *work);
void              strata_window_show_error    (StrataWindow     *self,
                                               const char       *heading,
                                               const char       *body);

G_END_DECLS
