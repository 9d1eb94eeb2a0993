/* strata-layer-item.h - one row of the stack: a layer, or a manifest of the chosen one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"

G_BEGIN_DECLS

/* Properties "name", "detail", "kind" (int), "n-problems" (uint). */
#define STRATA_TYPE_LAYER_ITEM (strata_layer_item_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerItem, strata_layer_item, STRATA, LAYER_ITEM, GObject)

StrataLayerItem *strata_layer_item_new          (guint             position,
                                                 const char       *name,
                                                 const char       *manifest,
                                                 StrataLayerKind   kind);

guint            strata_layer_item_get_position (StrataLayerItem  *self);
const char      *strata_layer_item_get_name     (StrataLayerItem  *self);
const char      *strata_layer_item_get_manifest (StrataLayerItem  *self);
const char      *strata_layer_item_get_detail   (StrataLayerItem  *self);
gboolean         strata_layer_item_is_same      (StrataLayerItem  *self,
                                                 StrataLayerItem  *other);

void             strata_layer_item_set_detail   (StrataLayerItem  *self,
                                                 const char       *detail);
void             strata_layer_item_set_n_problems (StrataLayerItem *self,
                                                 guint             n_problems);
char            *strata_layer_item_describe     (StrataLayerItem  *self);

G_END_DECLS
