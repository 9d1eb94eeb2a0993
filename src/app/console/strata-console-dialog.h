/* strata-console-dialog.h - a form for a console: where it is, how to sign in, which project
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-account.h"
#include "strata-console.h"

G_BEGIN_DECLS

/* Signal "done" (StrataAccount, StrataConsole, text or NULL): the account is on this disk and the console signed in; the
 * text says why the keyring did not take the secret. The window is gone then. */
#define STRATA_TYPE_CONSOLE_DIALOG (strata_console_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataConsoleDialog, strata_console_dialog, STRATA, CONSOLE_DIALOG, AdwWindow)

GtkWidget *strata_console_dialog_new              (GtkWindow      *parent,
                                                   const char     *data_dir);
GtkWidget *strata_console_dialog_new_for_account  (GtkWindow      *parent,
                                                   const char     *data_dir,
                                                   StrataAccount  *account);

G_END_DECLS
