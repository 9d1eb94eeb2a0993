/* strata-sync-item.h - one line of the sync sheet: what will be done with a profile, and how that went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sync.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SYNC_ITEM_WAITING,
  STRATA_SYNC_ITEM_RUNNING,
  STRATA_SYNC_ITEM_DONE,
  STRATA_SYNC_ITEM_FAILED,
} StrataSyncItemState;

/* Signal "changed". Main thread only. */
#define STRATA_TYPE_SYNC_ITEM (strata_sync_item_get_type ())

G_DECLARE_FINAL_TYPE (StrataSyncItem, strata_sync_item, STRATA, SYNC_ITEM, GObject)

StrataSyncItem       *strata_sync_item_new        (StrataSyncStep        *step);
StrataSyncStep       *strata_sync_item_get_step   (StrataSyncItem        *self);
StrataSyncItemState   strata_sync_item_get_state  (StrataSyncItem        *self);
const char           *strata_sync_item_get_words  (StrataSyncItem        *self);
void                  strata_sync_item_set_state  (StrataSyncItem        *self,
                                                   StrataSyncItemState    state,
                                                   const char            *words);

G_END_DECLS
