/* strata-layer-row.h - how a layer or one of its manifests looks in the stack
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-layer-item.h"

G_BEGIN_DECLS

/* Property "item". Signal "dropped" (item that was dragged, boolean above): something was put down on this row. */
#define STRATA_TYPE_LAYER_ROW (strata_layer_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerRow, strata_layer_row, STRATA, LAYER_ROW, GtkWidget)

StrataLayerItem *strata_layer_row_get_item (StrataLayerRow  *self);
void             strata_layer_row_set_item (StrataLayerRow  *self,
                                            StrataLayerItem *item);

G_END_DECLS
