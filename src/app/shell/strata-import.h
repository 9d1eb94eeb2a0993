/* strata-import.h - files become profiles: chosen, dropped on the window or opened from elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_import_install (GtkWidgetClass  *widget_class);
void strata_import_init    (StrataWindow    *window);
void strata_import_files   (StrataWindow    *window,
                            GFile          **files,
                            guint            n_files);

G_END_DECLS
