/* strata-account-text.h - what an account is called where a person chooses and sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"

G_BEGIN_DECLS

char *strata_account_text_title (StrataAccount *account);
char *strata_account_text_full  (StrataAccount *account);

G_END_DECLS
