/* strata-dashboard-table-columns.c - which columns the dashboard has at its width, and what it is sorted by
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-table"

#include "strata-dashboard-table-private.h"

/* What stands in a column, also after it has become narrow or wide. */
void
strata_dashboard_table_fill_column (StrataDashboardTable  *self,
                                    StrataDashboardColumn  column)
{
  g_autoptr(GtkListItemFactory) factory = strata_dashboard_column_new_factory (column, self->narrow);

  gtk_column_view_column_set_factory (self->columns[column], factory);
}

/* Order */

static StrataDashboardColumn
get_sort_column (StrataDashboardTable *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "sort-column");

  for (guint i = 0; i < STRATA_DASHBOARD_N_COLUMNS; i++)
    if (g_str_equal (id, strata_dashboard_column_get_id ((StrataDashboardColumn) i)))
      return (StrataDashboardColumn) i;

  return STRATA_DASHBOARD_COLUMN_CHANGED;
}

/* Sorts as the settings say, also by a column that is not shown. */
static void
apply_order (StrataDashboardTable *self)
{
  StrataDashboardColumn column = get_sort_column (self);
  GtkSortType order = g_settings_get_boolean (self->settings, "sort-descending") ? GTK_SORT_DESCENDING
                                                                                 : GTK_SORT_ASCENDING;

  if (gtk_column_view_column_get_column_view (self->columns[column]) != NULL)
    {
      gtk_column_view_sort_by_column (self->table, self->columns[column], order);
      strata_dashboard_list_set_sorter (self->list, gtk_column_view_get_sorter (self->table));
    }
  else
    {
      g_autoptr(GtkSorter) sorter = strata_dashboard_column_new_fixed_sorter (column, order);

      gtk_column_view_sort_by_column (self->table, NULL, order);
      strata_dashboard_list_set_sorter (self->list, sorter);
    }
}

/* Keeps what the table is sorted by now, where that is what a person chose. */
void
strata_dashboard_table_save_order (StrataDashboardTable *self)
{
  /* Columns that come and go, and the table when it goes, sort anew by themselves; only a person's
   * choice is one. */
  if (self->arranging || self->table == NULL)
    return;

  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);
  StrataDashboardColumn column;
  GtkSortType order;

  if (!strata_dashboard_column_find_sorted (sorter, G_LIST_MODEL (self->model), &column, &order))
    return;

  g_settings_set_string (self->settings, "sort-column", strata_dashboard_column_get_id (column));
  g_settings_set_boolean (self->settings, "sort-descending", order == GTK_SORT_DESCENDING);
  strata_dashboard_list_set_sorter (self->list, sorter);
}

/* Columns */

static gboolean
is_shown (StrataDashboardTable  *self,
          StrataDashboardColumn  column)
{
  if (column == STRATA_DASHBOARD_COLUMN_APPLIANCES && self->console == NULL)
    return FALSE;

  return !self->narrow || column == STRATA_DASHBOARD_COLUMN_NAME ||
         column == STRATA_DASHBOARD_COLUMN_LAYERS || column == STRATA_DASHBOARD_COLUMN_STATE;
}

/* Makes the columns those of the width, and of a workspace with a console or without. A hidden column still counts in the
 * width here, so it goes out and comes in again. */
void
strata_dashboard_table_arrange (StrataDashboardTable *self)
{
  guint position = 0;

  self->arranging = TRUE;
  for (guint i = 0; i < STRATA_DASHBOARD_N_COLUMNS; i++)
    {
      gboolean wanted = is_shown (self, (StrataDashboardColumn) i);
      gboolean there = gtk_column_view_column_get_column_view (self->columns[i]) != NULL;

      if (wanted && !there)
        gtk_column_view_insert_column (self->table, position, self->columns[i]);
      else if (!wanted && there)
        gtk_column_view_remove_column (self->table, self->columns[i]);
      position += wanted;
    }
  if (self->list != NULL)
    apply_order (self);
  self->arranging = FALSE;
}
