/* strata-dashboard-filter.h - which rows are shown: by what was typed, by state, by tag, by registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_DASHBOARD_SHOW_ALL,
  STRATA_DASHBOARD_SHOW_ATTENTION,
  STRATA_DASHBOARD_SHOW_ONLY_HERE,
  STRATA_DASHBOARD_SHOW_PUBLISHED,
} StrataDashboardShow;

/* For StrataDashboardRow. */
#define STRATA_TYPE_DASHBOARD_FILTER (strata_dashboard_filter_get_type ())

G_DECLARE_FINAL_TYPE (StrataDashboardFilter, strata_dashboard_filter, STRATA, DASHBOARD_FILTER, GtkFilter)

StrataDashboardFilter *strata_dashboard_filter_new          (void);
void                   strata_dashboard_filter_set_text     (StrataDashboardFilter  *self,
                                                             const char             *text);
void                   strata_dashboard_filter_set_show     (StrataDashboardFilter  *self,
                                                             StrataDashboardShow     show);
void                   strata_dashboard_filter_set_tag      (StrataDashboardFilter  *self,
                                                             const char             *tag);
void                   strata_dashboard_filter_set_registry (StrataDashboardFilter  *self,
                                                             const char             *registry);
gboolean               strata_dashboard_filter_is_on        (StrataDashboardFilter  *self);

G_END_DECLS
