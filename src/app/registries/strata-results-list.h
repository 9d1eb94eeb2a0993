/* strata-results-list.h - the packs and charts that match, or why there are none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-catalog.h"
#include "strata-search.h"

G_BEGIN_DECLS

/* Property "selected" (StrataPackSummary, nullable). Signal "activate" (Enter or double click on a row). */
#define STRATA_TYPE_RESULTS_LIST (strata_results_list_get_type ())

G_DECLARE_FINAL_TYPE (StrataResultsList, strata_results_list, STRATA, RESULTS_LIST, GtkWidget)

void               strata_results_list_set_search   (StrataResultsList  *self,
                                                     StrataSearch       *search,
                                                     StrataCatalog      *catalog);
StrataPackSummary *strata_results_list_get_selected (StrataResultsList  *self);
void               strata_results_list_select       (StrataResultsList  *self,
                                                     StrataPackSummary  *item);
void               strata_results_list_focus        (StrataResultsList  *self);

G_END_DECLS
