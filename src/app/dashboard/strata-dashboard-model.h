/* strata-dashboard-model.h - the profiles of a list as rows, the versions of one name in one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-dashboard-row.h"

G_BEGIN_DECLS

/* How many rows there are of each sort. */
typedef struct
{
  guint all;
  guint attention;
  guint only_here;
  guint published;
} StrataDashboardCounts;

/* A GListModel of StrataDashboardRow. */
#define STRATA_TYPE_DASHBOARD_MODEL (strata_dashboard_model_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardModel, strata_dashboard_model, STRATA, DASHBOARD_MODEL, GObject)

StrataDashboardModel *strata_dashboard_model_new        (void);
void                  strata_dashboard_model_update     (StrataDashboardModel   *self,
                                                         GListModel             *entries,
                                                         gboolean                fold);
void                  strata_dashboard_model_get_counts (StrataDashboardModel   *self,
                                                         StrataDashboardCounts  *counts);
GPtrArray            *strata_dashboard_model_list_tags  (StrataDashboardModel   *self);
GPtrArray            *strata_dashboard_model_list_registries (StrataDashboardModel *self);

G_END_DECLS
