/* strata-save-as.h - a profile becomes a file: the archive an appliance boots from, or an export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds "win.download-profile" (s: id), "win.export-profile" (s: id) and "win.show-in-folder" (s: uri). */
void strata_save_as_install (GtkWidgetClass *widget_class);

G_END_DECLS
