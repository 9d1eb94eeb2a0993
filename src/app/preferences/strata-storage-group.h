/* strata-storage-group.h - where the profiles lie, how much that is, and whether all of it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-store.h"

G_BEGIN_DECLS

#define STRATA_TYPE_STORAGE_GROUP (strata_storage_group_get_type ())

G_DECLARE_FINAL_TYPE (StrataStorageGroup, strata_storage_group, STRATA, STORAGE_GROUP,
                      AdwPreferencesGroup)

void strata_storage_group_set_store (StrataStorageGroup *self,
                                     StrataStore        *store);

G_END_DECLS
