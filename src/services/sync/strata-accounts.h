/* strata-accounts.h - adding a console, signing in and out: the secret is in the keyring or asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"
#include "strata-console.h"

G_BEGIN_DECLS

GPtrArray     *strata_accounts_load     (const char          *data_dir,
                                         GError             **error);
StrataAccount *strata_accounts_find     (const char          *data_dir,
                                         const char          *id,
                                         GError             **error);

StrataAccount *strata_account_look_up   (StrataAccount       *self,
                                         const char          *secret,
                                         GCancellable        *cancellable,
                                         GError             **error);
char          *strata_account_add       (const char          *data_dir,
                                         StrataAccount       *account,
                                         const char          *secret,
                                         GError             **unkept,
                                         GCancellable        *cancellable,
                                         GError             **error);
StrataConsole *strata_account_open      (StrataAccount       *self,
                                         const char          *secret,
                                         GCancellable        *cancellable,
                                         GError             **error);
gboolean       strata_account_keep      (StrataAccount       *self,
                                         const char          *secret,
                                         GCancellable        *cancellable,
                                         GError             **error);
gboolean       strata_account_touch     (const char          *data_dir,
                                         StrataAccount       *account,
                                         GError             **error);
gboolean       strata_account_sign_out  (const char          *data_dir,
                                         const char          *id,
                                         GCancellable        *cancellable,
                                         GError             **error);
gboolean       strata_account_remove    (const char          *data_dir,
                                         const char          *id,
                                         GCancellable        *cancellable,
                                         GError             **error);

G_END_DECLS
