/* strata-publish-actions.h - a profile goes to its console: sent, published, or as a version of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-window.h"

G_BEGIN_DECLS

void strata_publish_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
