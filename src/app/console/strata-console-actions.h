/* strata-console-actions.h - what can be done about consoles: add, sign in and out, remove, practise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_console_actions_install (GtkWidgetClass  *widget_class);
void strata_console_actions_init    (StrataWindow    *window);

G_END_DECLS
