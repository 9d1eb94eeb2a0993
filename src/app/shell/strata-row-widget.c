/* strata-row-widget.c - the row that a cell of a column view stands in, which GTK does not hand out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-row-widget"

#include "strata-row-widget.h"

/* (nullable): NULL before the cell stands in a row */
static GtkWidget *
find_row (GtkListItem *item)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));

  return cell != NULL ? gtk_widget_get_parent (cell) : NULL;
}

/* The name of the whole row for a screen reader: GTK 4.8 has no property for it, but the row is there. */
void
strata_row_widget_set_label (GtkListItem *item,
                             const char  *label)
{
  g_return_if_fail (GTK_IS_LIST_ITEM (item));

  GtkWidget *row = find_row (item);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* A hidden row takes no room. */
void
strata_row_widget_set_visible (GtkListItem *item,
                               gboolean     visible)
{
  g_return_if_fail (GTK_IS_LIST_ITEM (item));

  GtkWidget *row = find_row (item);

  if (row != NULL)
    gtk_widget_set_visible (row, visible);
}
