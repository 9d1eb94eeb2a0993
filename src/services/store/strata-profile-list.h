/* strata-profile-list.h - the store as a list model that follows the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-store.h"

G_BEGIN_DECLS

/* A GListModel of StrataEntry for the main thread; reads in a worker, updates by difference. */
#define STRATA_TYPE_PROFILE_LIST (strata_profile_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataProfileList, strata_profile_list, STRATA, PROFILE_LIST, GObject)

StrataProfileList *strata_profile_list_new         (StrataStore        *store,
                                                    gboolean            trash);
void               strata_profile_list_refresh     (StrataProfileList  *self);
StrataEntry       *strata_profile_list_find        (StrataProfileList  *self,
                                                    const char         *id);
gboolean           strata_profile_list_get_loading (StrataProfileList  *self);
const GError      *strata_profile_list_get_error   (StrataProfileList  *self);

G_END_DECLS
