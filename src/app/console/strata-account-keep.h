/* strata-account-keep.h - what is written when a console was added: the account, and its secret if it is to be kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"
#include "strata-console.h"

G_BEGIN_DECLS

/**
 * StrataAccountKeep:
 *
 * What is to be kept, and what came of it. Touched by the worker only, while it runs. (all fields owned)
 */
typedef struct
{
  char          *data_dir;
  StrataAccount *account;  /* with an id where it was there before */
  StrataConsole *console;  /* signed in, seen from the project */
  char          *secret;   /* (nullable): to be put into the keyring; NULL to ask each time */
  GError        *unkept;   /* (nullable): why the keyring did not take it */
} StrataAccountKeep;

StrataAccountKeep *strata_account_keep_new    (const char     *data_dir,
                                               StrataAccount  *account,
                                               StrataConsole  *console,
                                               const char     *secret);
void               strata_account_keep_free   (gpointer        data);
gpointer           strata_account_keep_thread (gpointer        data,
                                               GCancellable   *cancellable,
                                               GError        **error);

StrataAccount     *strata_account_with_project (StrataAccount              *account,
                                                const StrataConsoleProject *project,
                                                const StrataConsoleUser    *user);

G_END_DECLS
