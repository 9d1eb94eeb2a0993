/* strata-decide-actions.h - what only a person can decide between this computer and a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_decide_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
