/* strata-sync-items.h - the lines of the sync sheet: what is still to do, and what came of the rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sync-item.h"

G_BEGIN_DECLS

typedef gboolean (*StrataSyncItemsTest) (StrataSyncItem *item);

gboolean        strata_sync_items_is_for_all    (StrataSyncItem      *item);
gboolean        strata_sync_items_is_for_person (StrataSyncItem      *item);
gboolean        strata_sync_items_has_failed    (StrataSyncItem      *item);

guint           strata_sync_items_count         (GListModel          *items,
                                                 StrataSyncItemsTest  test);
StrataSyncItem *strata_sync_items_find          (GListModel          *items,
                                                 const char          *id);
void            strata_sync_items_take          (GListStore          *items,
                                                 GPtrArray           *steps,
                                                 gboolean             is_fresh);

G_END_DECLS
