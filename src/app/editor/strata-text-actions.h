/* strata-text-actions.h - what can be done with the texts of an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-view.h"

G_BEGIN_DECLS

void strata_text_actions_install (GtkWidgetClass   *widget_class);
void strata_text_actions_update  (StrataEditorView *view);

G_END_DECLS
