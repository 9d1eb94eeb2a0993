/* strata-activity-columns.c - what stands in each column of the activity
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-activity-columns"

#include "strata-activity-columns.h"

#include <glib/gi18n.h>

#include "strata-activity-item.h"
#include "strata-format.h"
#include "strata-row-widget.h"
#include "strata-text-cell.h"

typedef enum
{
  COLUMN_WHAT,
  COLUMN_BY,
  COLUMN_RESULT,
  COLUMN_WHEN,
} Column;

static const struct
{
  const char *title;
  int         width;  /* 0 for what is left */
} columns[] = {
  { N_("What"), 0 },
  { N_("By"), 168 },
  { N_("Result"), 330 },
  { N_("When"), 112 },
};

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  data)
{
  Column column = (Column) GPOINTER_TO_INT (data);
  StrataTextCellStyle style = column == COLUMN_WHAT   ? STRATA_TEXT_CELL_STRONG
                              : column == COLUMN_WHEN ? STRATA_TEXT_CELL_QUIET
                                                      : STRATA_TEXT_CELL_PLAIN;

  gtk_list_item_set_child (list_item, strata_text_cell_new (style));
}

static void
show_what (StrataTextCell     *cell,
           StrataActivityItem *item)
{
  StrataActivity *activity = strata_activity_item_get_activity (item);
  g_autofree char *name = strata_activity_item_make_name (item);
  const char *color = strata_activity_item_is_failed (item)       ? "error_color"
                      : activity->by == STRATA_ACTIVITY_LOCAL ? NULL
                                                              : "accent_color";

  strata_text_cell_set_text (cell, strata_activity_show_action (activity->action), name);
  strata_text_cell_set_icon (cell, strata_activity_item_get_icon (item), color);
}

static void
show_result (StrataTextCell     *cell,
             StrataActivityItem *item)
{
  StrataActivity *activity = strata_activity_item_get_activity (item);
  gboolean failed = strata_activity_item_is_failed (item);
  g_autofree char *audit = *activity->audit != '\0' ? g_strdup_printf (_("audit id %s"), activity->audit) : NULL;

  strata_text_cell_set_text (cell, failed ? activity->result : _("Done"), audit);
  strata_text_cell_set_tooltip (cell, failed ? activity->result : NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  data)
{
  StrataActivityItem *item = gtk_list_item_get_item (list_item);
  StrataTextCell *cell = STRATA_TEXT_CELL (gtk_list_item_get_child (list_item));
  g_autofree char *age = strata_format_age (strata_activity_item_get_activity (item)->time / G_USEC_PER_SEC);
  g_autofree char *label = NULL;

  switch ((Column) GPOINTER_TO_INT (data))
    {
    case COLUMN_WHAT:
      show_what (cell, item);
      label = strata_activity_item_make_label (item);
      strata_row_widget_set_label (list_item, label);
      break;
    case COLUMN_BY:
      strata_text_cell_set_text (cell, strata_activity_item_get_by (item), NULL);
      break;
    case COLUMN_RESULT:
      show_result (cell, item);
      break;
    case COLUMN_WHEN:
    default:
      strata_text_cell_set_text (cell, age, NULL);
    }
}

/* Adds all columns, first to last; "By" is the second. */
void
strata_activity_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));

      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);

      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}
