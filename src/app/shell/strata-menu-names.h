/* strata-menu-names.h - menu items that a screen reader can name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_menu_names_install (void);

G_END_DECLS
