/* strata-window-actions.h - what can be done from anywhere in the window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_window_actions_install (GtkWidgetClass  *widget_class);
void strata_window_actions_init    (StrataWindow    *self);

G_END_DECLS
