/* strata-dashboard-table-private.h - what the parts of the dashboard's table share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-dashboard-columns.h"
#include "strata-dashboard-list.h"
#include "strata-dashboard-table.h"
#include "strata-gradual-model.h"

G_BEGIN_DECLS

struct _StrataDashboardTable
{
  AdwBin                  parent_instance;
  GSettings              *settings;     /* (owned) (not nullable) */
  StrataDashboardModel   *model;        /* (owned) (nullable) */
  StrataDashboardList    *list;         /* (owned) (nullable) */
  StrataGradualModel     *gradual;      /* (owned) (nullable): those that have come into the view */
  GPtrArray              *kept;         /* (owned) (nullable): what is selected, over a change */
  GtkMultiSelection      *selection;    /* (owned) (nullable) */
  GtkWidget              *menu;         /* (owned by the table) (nullable) */
  StrataDashboardConsole *console;      /* (owned) (nullable): where there is one */
  gboolean                narrow;
  gboolean                arranging;    /* columns come and go by the width, not by a person */
  gint64                  newest;       /* when the youngest row was changed */
  guint                   age_source;   /* keeps "4 min ago" true while it can be seen */
  GtkColumnView          *table;        /* (template) */
  GtkColumnViewColumn    *columns[STRATA_DASHBOARD_N_COLUMNS];  /* (owned) */
};

void strata_dashboard_table_fill_column (StrataDashboardTable  *self,
                                         StrataDashboardColumn  column);
void strata_dashboard_table_arrange     (StrataDashboardTable  *self);
void strata_dashboard_table_save_order  (StrataDashboardTable  *self);

G_END_DECLS
