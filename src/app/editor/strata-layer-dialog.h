/* strata-layer-dialog.h - when and where a layer is installed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-layer.h"

G_BEGIN_DECLS

/* Signal "done" (StrataLayer): the layer with what was chosen. */
#define STRATA_TYPE_LAYER_DIALOG (strata_layer_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayerDialog, strata_layer_dialog, STRATA, LAYER_DIALOG, AdwWindow)

GtkWidget *strata_layer_dialog_new (StrataLayer  *layer);

G_END_DECLS
