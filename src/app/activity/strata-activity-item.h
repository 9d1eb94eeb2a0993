/* strata-activity-item.h - one line of the activity: what was done, as a list shows and copies it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-activity.h"

G_BEGIN_DECLS

#define STRATA_TYPE_ACTIVITY_ITEM (strata_activity_item_get_type ())

G_DECLARE_FINAL_TYPE (StrataActivityItem, strata_activity_item, STRATA, ACTIVITY_ITEM, GObject)

StrataActivityItem *strata_activity_item_new          (StrataActivity      *activity);
StrataActivity     *strata_activity_item_get_activity (StrataActivityItem  *self);
gboolean            strata_activity_item_is_failed    (StrataActivityItem  *self);
gboolean            strata_activity_item_matches      (StrataActivityItem  *self,
                                                       const char          *folded);
const char         *strata_activity_item_get_icon     (StrataActivityItem  *self);
const char         *strata_activity_item_get_by       (StrataActivityItem  *self);
char               *strata_activity_item_make_name    (StrataActivityItem  *self);
char               *strata_activity_item_make_label   (StrataActivityItem  *self);
char               *strata_activity_item_make_details (StrataActivityItem  *self);

G_END_DECLS
