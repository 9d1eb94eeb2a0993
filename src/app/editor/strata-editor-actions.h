/* strata-editor-actions.h - what can be done with the layers and documents of an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-view.h"

G_BEGIN_DECLS

void strata_editor_actions_install (GtkWidgetClass      *widget_class);
void strata_editor_actions_update  (StrataEditorView    *view);
void strata_editor_actions_repair  (StrataEditorView    *view,
                                    const StrataProblem *problem);

G_END_DECLS
