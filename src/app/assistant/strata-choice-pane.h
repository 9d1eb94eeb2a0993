/* strata-choice-pane.h - where a person looks for the pack or chart to add
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-catalog.h"

G_BEGIN_DECLS

/* Signal "chosen" (StrataPackSummary). */
#define STRATA_TYPE_CHOICE_PANE (strata_choice_pane_get_type ())

G_DECLARE_FINAL_TYPE (StrataChoicePane, strata_choice_pane, STRATA, CHOICE_PANE, GtkWidget)

void strata_choice_pane_set_catalog  (StrataChoicePane  *self,
                                      StrataCatalog     *catalog);
void strata_choice_pane_focus_search (StrataChoicePane  *self);
void strata_choice_pane_unselect     (StrataChoicePane  *self);

G_END_DECLS
