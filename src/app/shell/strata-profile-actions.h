/* strata-profile-actions.h - what can be done with whole profiles: copy, trash, restore, delete
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds "win.new-version", "win.clone-profile", "win.compare-profile", "win.explain-damage",
 * "win.trash-profile", "win.restore-profile", "win.purge-profile" (s: id), and the last three for
 * many (as: ids). */
void strata_profile_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
