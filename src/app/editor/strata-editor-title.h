/* strata-editor-title.h - what stands above an open profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-editing.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

char *strata_editor_title_make     (StrataEditing    *editing);
char *strata_editor_title_describe (StrataWorkspace  *workspace,
                                    StrataEditing    *editing,
                                    gint64            base_time);

void  strata_editor_title_show_steps (GtkWidget     *page,
                                      GtkWidget     *undo,
                                      GtkWidget     *redo,
                                      StrataEditing *editing);

G_END_DECLS
