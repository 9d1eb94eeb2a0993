/* strata-editor-merge.h - what somebody else made of an open profile is merged into it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-editor-view.h"

G_BEGIN_DECLS

void strata_editor_merge_saved (StrataEditorView *view);
void strata_editor_merge_file  (StrataEditorView *view,
                                GFile            *file);

G_END_DECLS
