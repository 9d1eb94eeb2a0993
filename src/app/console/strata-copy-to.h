/* strata-copy-to.h - a profile of one workspace is copied to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_copy_to_install (GtkWidgetClass *widget_class);

G_END_DECLS
