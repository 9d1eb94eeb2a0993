/* strata-remove-chart.h - takes a chart archive that was added by hand off the list again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-pack-summary.h"

G_BEGIN_DECLS

/* Seen only for what is among the chart files of the list. Activates "registries.remove-chart". */
#define STRATA_TYPE_REMOVE_CHART (strata_remove_chart_get_type ())

G_DECLARE_FINAL_TYPE (StrataRemoveChart, strata_remove_chart, STRATA, REMOVE_CHART, AdwBin)

void strata_remove_chart_show (StrataRemoveChart  *self,
                               GListModel         *registries,
                               StrataPackSummary  *summary);

G_END_DECLS
