/* strata-accounts-private.h - what the files of the accounts share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-accounts.h"
#include "strata-activity.h"

G_BEGIN_DECLS

void     strata_account_note   (const char            *data_dir,
                                StrataAccount         *account,
                                StrataActivityAction   action);
gboolean strata_account_forget (StrataAccount         *self,
                                GCancellable          *cancellable,
                                GError               **error);

G_END_DECLS
