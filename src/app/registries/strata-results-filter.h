/* strata-results-filter.h - narrows what a search finds: kinds, and what is kept, signed or out of use
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-search.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RESULTS_FILTER (strata_results_filter_get_type ())

G_DECLARE_FINAL_TYPE (StrataResultsFilter, strata_results_filter, STRATA, RESULTS_FILTER, AdwBin)

void strata_results_filter_set_search (StrataResultsFilter  *self,
                                       StrataSearch         *search);

G_END_DECLS
