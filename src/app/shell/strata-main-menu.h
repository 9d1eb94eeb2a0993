/* strata-main-menu.h - the menu button at the end of a page's header bar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_MAIN_MENU (strata_main_menu_get_type ())

G_DECLARE_FINAL_TYPE (StrataMainMenu, strata_main_menu, STRATA, MAIN_MENU, AdwBin)

G_END_DECLS
