/* strata-download-there.h - the archive that the console makes of a profile comes into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_download_there_install (GtkWidgetClass *widget_class);

G_END_DECLS
