/* strata-stack-drawing.h - a profile's layers as a small drawing: pack solid, chart hatched, manifest hollow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-entry.h"
#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_TYPE_STACK_DRAWING (strata_stack_drawing_get_type ())

G_DECLARE_FINAL_TYPE (StrataStackDrawing, strata_stack_drawing, STRATA, STACK_DRAWING, GtkWidget)

GtkWidget *strata_stack_drawing_new         (void);
void       strata_stack_drawing_set_kinds   (StrataStackDrawing    *self,
                                             const StrataLayerKind *kinds,
                                             guint                  n_kinds);
void       strata_stack_drawing_set_entry   (StrataStackDrawing    *self,
                                             StrataEntry           *entry);
void       strata_stack_drawing_set_profile (StrataStackDrawing    *self,
                                             StrataProfile         *profile);
void       strata_stack_drawing_set_scale   (StrataStackDrawing    *self,
                                             double                 scale);

G_END_DECLS
