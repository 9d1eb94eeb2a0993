/* strata-editor-keys.h - the keys of the whole page: its own, and those of the profile in front
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_editor_keys_add (GtkWidgetClass *widget_class);

G_END_DECLS
