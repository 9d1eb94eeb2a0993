/* strata-conflict-dialog.h - asks what becomes of a profile that the disk has otherwise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-view.h"

G_BEGIN_DECLS

void     strata_conflict_dialog_ask       (StrataEditorView *view);
void     strata_conflict_dialog_keep_both (StrataEditorView *view);
gboolean strata_conflict_dialog_can_merge (StrataEditorView *view);

G_END_DECLS
