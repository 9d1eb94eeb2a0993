/* strata-workspace-menu.h - the button over the places: which workspace, and which others there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-account-list.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Choosing activates "win.workspace", "win.add-console" and "win.practise". */
#define STRATA_TYPE_WORKSPACE_MENU (strata_workspace_menu_get_type ())

G_DECLARE_FINAL_TYPE (StrataWorkspaceMenu, strata_workspace_menu, STRATA, WORKSPACE_MENU, AdwBin)

void strata_workspace_menu_set_accounts  (StrataWorkspaceMenu  *self,
                                          StrataAccountList    *accounts);
void strata_workspace_menu_set_workspace (StrataWorkspaceMenu  *self,
                                          StrataWorkspace      *workspace);

G_END_DECLS
