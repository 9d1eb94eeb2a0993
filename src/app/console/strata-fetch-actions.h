/* strata-fetch-actions.h - a profile that only the console has comes to this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void     strata_fetch_actions_install (GtkWidgetClass  *widget_class);
gboolean strata_fetch_open            (StrataWindow    *window,
                                       const char      *id);

G_END_DECLS
