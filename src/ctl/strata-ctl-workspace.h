/* strata-ctl-workspace.h - which workspace a run is about, and the console that it is of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-accounts.h"
#include "strata-ctl.h"

G_BEGIN_DECLS

gboolean       strata_ctl_use_workspace (StrataCtl   *self,
                                         const char  *id,
                                         GError     **error);
char          *strata_ctl_load_sign_in  (StrataCtl         *self,
                                         StrataAccountKind  kind,
                                         GError           **error);
char          *strata_ctl_ask_password  (StrataAccount     *account,
                                         GError           **error);
StrataAccount *strata_ctl_get_account   (StrataCtl   *self,
                                         GError     **error);
StrataConsole *strata_ctl_open_console  (StrataCtl   *self,
                                         GError     **error);

G_END_DECLS
