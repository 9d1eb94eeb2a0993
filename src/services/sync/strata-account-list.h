/* strata-account-list.h - the consoles this person added, as a list model that follows the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account.h"

G_BEGIN_DECLS

/* A GListModel of StrataAccount for the main thread, sorted by title; updates by difference. */
#define STRATA_TYPE_ACCOUNT_LIST (strata_account_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataAccountList, strata_account_list, STRATA, ACCOUNT_LIST, GObject)

StrataAccountList *strata_account_list_new     (const char         *data_dir);
void               strata_account_list_refresh (StrataAccountList  *self);
StrataAccount     *strata_account_list_find    (StrataAccountList  *self,
                                                const char         *id);
gboolean           strata_account_list_get_loading (StrataAccountList *self);
const GError      *strata_account_list_get_error (StrataAccountList *self);

G_END_DECLS
