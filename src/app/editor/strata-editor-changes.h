/* strata-editor-changes.h - an open profile compared, taken back in time, and merged with a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds "profile.compare", "profile.history" and "profile.merge-with" to a StrataEditorView. */
void strata_editor_changes_install (GtkWidgetClass *widget_class);

G_END_DECLS
