/* strata-layer-list.h - the stack of a profile, top first, where a layer is chosen and moved
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-editing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER_LIST (strata_layer_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerList, strata_layer_list, STRATA, LAYER_LIST, GtkWidget)

void strata_layer_list_set_editing (StrataLayerList  *self,
                                    StrataEditing    *editing);

G_END_DECLS
