/* strata-stack-pane.h - the layers of a profile, top to bottom, and the one being added as a ghost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-profile.h"

G_BEGIN_DECLS

/* Signals "move" (from, to) and "remove" (position): positions in the profile, 0 is the bottom. */
#define STRATA_TYPE_STACK_PANE (strata_stack_pane_get_type ())

G_DECLARE_FINAL_TYPE (StrataStackPane, strata_stack_pane, STRATA, STACK_PANE, GtkWidget)

void strata_stack_pane_set_profile  (StrataStackPane  *self,
                                     StrataProfile    *profile);
void strata_stack_pane_set_ghost    (StrataStackPane  *self,
                                     StrataLayer      *layer);
void strata_stack_pane_set_editable (StrataStackPane  *self,
                                     gboolean          editable);

G_END_DECLS
