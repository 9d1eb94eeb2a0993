/* strata-change-item.h - one entry in the list of changes: a change, or the layer that the next ones are in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-diff.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHANGE_ITEM (strata_change_item_get_type ())

G_DECLARE_FINAL_TYPE (StrataChangeItem, strata_change_item, STRATA, CHANGE_ITEM, GObject)

StrataChangeItem   *strata_change_item_new_heading  (const char          *layer);
StrataChangeItem   *strata_change_item_new          (const StrataChange  *change,
                                                     const StrataChange  *document);

const char         *strata_change_item_get_layer    (StrataChangeItem    *self);
const StrataChange *strata_change_item_get_change   (StrataChangeItem    *self);
const StrataChange *strata_change_item_get_document (StrataChangeItem    *self);
gboolean            strata_change_item_is_same      (StrataChangeItem    *self,
                                                     StrataChangeItem    *other);

G_END_DECLS
