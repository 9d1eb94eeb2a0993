/* strata-mapping-actions.h - an imported profile learns the registries of its console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_mapping_actions_install (GtkWidgetClass  *widget_class);
void strata_mapping_offer           (StrataWindow    *window,
                                     const char      *id);

G_END_DECLS
