/* strata-kind-swatch.h - the shape of one kind of layer, 20 by 11 pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-layer.h"

G_BEGIN_DECLS

/* Property "kind" (an int of StrataLayerKind). */
#define STRATA_TYPE_KIND_SWATCH (strata_kind_swatch_get_type ())

G_DECLARE_FINAL_TYPE (StrataKindSwatch, strata_kind_swatch, STRATA, KIND_SWATCH, GtkWidget)

GtkWidget *strata_kind_swatch_new      (StrataLayerKind        kind);
void       strata_kind_swatch_set_kind (StrataKindSwatch      *self,
                                        StrataLayerKind        kind);

void       strata_kind_swatch_draw     (GtkWidget             *widget,
                                        GtkSnapshot           *snapshot,
                                        StrataLayerKind        kind,
                                        const graphene_rect_t *area,
                                        double                 scale);

G_END_DECLS
