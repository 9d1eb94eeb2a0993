/* strata-dashboard-columns.c - what stands in each column of the dashboard, and how it sorts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-columns"

#include "strata-dashboard-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-dashboard-table.h"
#include "strata-format.h"
#include "strata-row-widget.h"
#include "strata-slot.h"
#include "strata-stack-drawing.h"
#include "strata-tags-cell.h"
#include "strata-text-cell.h"

#define OLDER_INDENT 18
#define ITEM_KEY "strata-list-item"
#define KIND_KEY "strata-cell-kind"

static const char *const column_ids[] = { "name", "version", "layers", "tags", "state", "appliances", "changed" };

G_STATIC_ASSERT (G_N_ELEMENTS (column_ids) == STRATA_DASHBOARD_N_COLUMNS);

/* The name of a column in the settings. */
const char *
strata_dashboard_column_get_id (StrataDashboardColumn column)
{
  return column_ids[column];
}

/* Cells */

/* (nullable): NULL where the place is vacant */
static StrataDashboardRow *
get_row (GtkListItem *item)
{
  return strata_slot_get_item (gtk_list_item_get_item (item));
}

static void
show_name (GtkListItem        *item,
           StrataDashboardRow *row,
           gboolean            narrow)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  StrataEntry *entry = strata_dashboard_row_get_entry (row);
  const char *description = strata_entry_get_description (entry);
  gboolean is_older = strata_slot_get_is_inner (gtk_list_item_get_item (item));
  g_autofree char *both = NULL;

  if (narrow)
    both = *description != '\0'
             ? g_strjoin (" · ", strata_entry_get_version (entry), description, NULL)
             : g_strdup (strata_entry_get_version (entry));

  strata_text_cell_set_text (STRATA_TEXT_CELL (cell), strata_entry_get_name (entry),
                             narrow ? both : description);
  strata_text_cell_set_indent (STRATA_TEXT_CELL (cell), is_older ? OLDER_INDENT : 0);
}

/* %NULL where the profiles are of no console. */
static StrataDashboardConsole *
get_console (GtkWidget *cell)
{
  GtkWidget *table = gtk_widget_get_ancestor (cell, STRATA_TYPE_DASHBOARD_TABLE);

  return table != NULL ? strata_dashboard_table_get_console (STRATA_DASHBOARD_TABLE (table)) : NULL;
}

/* When it last answered, in seconds since 1970; 0 where there is none. */
static gint64
get_checked (GtkWidget *cell)
{
  StrataDashboardConsole *console = get_console (cell);

  return console != NULL ? strata_dashboard_console_get_checked (console) : 0;
}

static void
show_layers (GtkWidget          *box,
             StrataDashboardRow *row)
{
  StrataEntry *entry = strata_dashboard_row_get_entry (row);
  g_autofree char *count = g_strdup_printf ("%u", strata_entry_get_n_layers (entry));

  strata_stack_drawing_set_entry (STRATA_STACK_DRAWING (gtk_widget_get_first_child (box)), entry);
  strata_text_cell_set_text (STRATA_TEXT_CELL (gtk_widget_get_last_child (box)), count, NULL);
}

static void
show_state (StrataTextCell     *cell,
            StrataDashboardRow *row)
{
  g_autofree char *note =
    strata_dashboard_row_make_state_note (row, get_checked (GTK_WIDGET (cell)));
  const char *problem = strata_entry_get_problem (strata_dashboard_row_get_entry (row));

  strata_text_cell_set_text (cell, strata_dashboard_row_get_state_words (row), note);
  strata_text_cell_set_icon (cell, strata_dashboard_row_get_state_icon (row),
                             strata_dashboard_row_get_state_color (row));
  strata_text_cell_set_tooltip (cell, *problem != '\0' ? problem : NULL);
}

static void
show_appliances (StrataTextCell     *cell,
                 StrataDashboardRow *row)
{
  StrataDashboardConsole *console = get_console (GTK_WIDGET (cell));
  StrataFleetTally *tally = console != NULL ? strata_dashboard_console_get_tally (console) : NULL;
  StrataEntry *entry = strata_dashboard_row_get_entry (row);
  const char *uid =
    strata_entry_get_is_away (entry) ? strata_entry_get_id (entry) : strata_entry_get_uid (entry);
  g_autofree char *title = tally != NULL ? strata_fleet_tally_say (tally, uid) : NULL;
  g_autofree char *note = tally != NULL ? strata_fleet_tally_say_rest (tally, uid) : NULL;

  strata_text_cell_set_text (cell, title, note);
}

static void
bind_cell (GtkListItem           *item,
           StrataDashboardColumn  column,
           gboolean               narrow)
{
  StrataDashboardRow *row = get_row (item);
  StrataEntry *entry = strata_dashboard_row_get_entry (row);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = NULL;

  switch (column)
    {
    case STRATA_DASHBOARD_COLUMN_NAME:
      show_name (item, row, narrow);
      text = strata_dashboard_row_make_label (row, get_checked (cell));
      strata_row_widget_set_label (item, text);
      break;
    case STRATA_DASHBOARD_COLUMN_VERSION:
      text = strata_dashboard_row_make_version_note (row);
      strata_text_cell_set_text (STRATA_TEXT_CELL (cell), strata_entry_get_version (entry), text);
      break;
    case STRATA_DASHBOARD_COLUMN_LAYERS:
      show_layers (cell, row);
      break;
    case STRATA_DASHBOARD_COLUMN_TAGS:
      strata_tags_cell_set_tags (STRATA_TAGS_CELL (cell), strata_entry_get_tags (entry));
      break;
    case STRATA_DASHBOARD_COLUMN_STATE:
      show_state (STRATA_TEXT_CELL (cell), row);
      break;
    case STRATA_DASHBOARD_COLUMN_APPLIANCES:
      show_appliances (STRATA_TEXT_CELL (cell), row);
      break;
    case STRATA_DASHBOARD_COLUMN_CHANGED:
      text = strata_format_age (strata_entry_get_changed (entry));
      strata_text_cell_set_text (STRATA_TEXT_CELL (cell), text, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* What a factory makes: user data of its callbacks. */
#define PACK(column, narrow) GUINT_TO_POINTER ((guint) (column) << 1 | (narrow ? 1u : 0u))
#define GET_COLUMN(data) ((StrataDashboardColumn) (GPOINTER_TO_UINT (data) >> 1))
#define GET_NARROW(data) ((GPOINTER_TO_UINT (data) & 1) != 0)

/* The first cell of a row says for all of them whether there is anything to see. */
static void
show_slot (GtkListItem *item,
           gpointer     data)
{
  gboolean is_taken = get_row (item) != NULL;

  if (is_taken)
    bind_cell (item, GET_COLUMN (data), GET_NARROW (data));
  if (GET_COLUMN (data) == STRATA_DASHBOARD_COLUMN_NAME)
    strata_row_widget_set_visible (item, is_taken);
}

static void
slot_changed_cb (StrataSlot  *slot,
                 GtkListItem *item)
{
  show_slot (item, g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), KIND_KEY));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (slot_changed_cb), item);
  show_slot (item, data);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), slot_changed_cb, item);
}

/* A click on "3 older" unfolds them. */
static void
version_pressed_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    GtkListItem     *item)
{
  StrataDashboardRow *row = get_row (item);

  if (n_press != 1 || strata_dashboard_row_get_n_older (row) == 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (gtk_list_item_get_child (item), "table.toggle-older", "u",
                              gtk_list_item_get_position (item));
}

static GtkWidget *
make_version_cell (GtkListItem *item)
{
  GtkWidget *cell = strata_text_cell_new (STRATA_TEXT_CELL_PLAIN);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (version_pressed_cb), item);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (click));

  return cell;
}

static GtkWidget *
make_layers_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *count = strata_text_cell_new (STRATA_TEXT_CELL_QUIET);

  gtk_widget_set_hexpand (count, TRUE);
  gtk_box_append (GTK_BOX (box), strata_stack_drawing_new ());
  gtk_box_append (GTK_BOX (box), count);

  return box;
}

static GtkWidget *
make_cell (StrataDashboardColumn  column,
           GtkListItem           *item)
{
  switch (column)
    {
    case STRATA_DASHBOARD_COLUMN_NAME:
      return strata_text_cell_new (STRATA_TEXT_CELL_STRONG);
    case STRATA_DASHBOARD_COLUMN_VERSION:
      return make_version_cell (item);
    case STRATA_DASHBOARD_COLUMN_LAYERS:
      return make_layers_cell ();
    case STRATA_DASHBOARD_COLUMN_TAGS:
      return strata_tags_cell_new ();
    case STRATA_DASHBOARD_COLUMN_STATE:
    case STRATA_DASHBOARD_COLUMN_APPLIANCES:
      return strata_text_cell_new (STRATA_TEXT_CELL_PLAIN);
    case STRATA_DASHBOARD_COLUMN_CHANGED:
    default:
      return strata_text_cell_new (STRATA_TEXT_CELL_QUIET);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *cell = make_cell (GET_COLUMN (data), item);

  g_object_set_data (G_OBJECT (cell), ITEM_KEY, item);
  g_object_set_data (G_OBJECT (cell), KIND_KEY, data);
  gtk_list_item_set_child (item, cell);
}

GtkListItemFactory *
strata_dashboard_column_new_factory (StrataDashboardColumn column,
                                     gboolean              narrow)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  gpointer data = PACK (column, narrow);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), data);

  return factory;
}

static GtkListItem *
get_list_item (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), ITEM_KEY);
}

/**
 * strata_dashboard_column_pick:
 * @view: the column view
 * @x: in its coordinates
 * @y: in its coordinates
 *
 * Returns: (transfer none) (nullable): the list item of the row at that place
 */
GtkListItem *
strata_dashboard_column_pick (GtkWidget *view,
                              double     x,
                              double     y)
{
  for (GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
       widget != NULL && widget != view; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      GtkWidget *grandchild = child != NULL ? gtk_widget_get_first_child (child) : NULL;

      /* The cell itself, the frame GTK puts around it, or the row between two of them. */
      if (get_list_item (widget) != NULL)
        return get_list_item (widget);
      if (child != NULL && get_list_item (child) != NULL)
        return get_list_item (child);
      if (grandchild != NULL && get_list_item (grandchild) != NULL)
        return get_list_item (grandchild);
    }

  return NULL;
}

/* Order */

/* Which column was asked first, while the order is looked for: see strata_dashboard_column_find_sorted(). */
static int *probe;

static int
compare_ints (gint64 a,
              gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_versions (StrataDashboardRow *a,
                  StrataDashboardRow *b)
{
  StrataVersion *one = strata_dashboard_row_get_version (a);
  StrataVersion *other = strata_dashboard_row_get_version (b);

  if (one == NULL || other == NULL)
    return (one != NULL) - (other != NULL);

  return strata_version_compare (one, other);
}

static int
compare_tags (StrataEntry *a,
              StrataEntry *b)
{
  const char *const *one = strata_entry_get_tags (a);
  const char *const *other = strata_entry_get_tags (b);
  const char *first = one != NULL ? one[0] : NULL;
  const char *second = other != NULL ? other[0] : NULL;

  /* Without tags comes last. */
  if (first == NULL || second == NULL)
    return (first == NULL) - (second == NULL);

  return strcmp (first, second);
}

static int
compare_rows (StrataDashboardRow    *a,
              StrataDashboardRow    *b,
              StrataDashboardColumn  column)
{
  StrataEntry *one = strata_dashboard_row_get_entry (a);
  StrataEntry *other = strata_dashboard_row_get_entry (b);

  switch (column)
    {
    case STRATA_DASHBOARD_COLUMN_NAME:
      return strcmp (strata_dashboard_row_get_name_key (a), strata_dashboard_row_get_name_key (b));
    case STRATA_DASHBOARD_COLUMN_VERSION:
      return compare_versions (a, b);
    case STRATA_DASHBOARD_COLUMN_LAYERS:
      return compare_ints (strata_entry_get_n_layers (one), strata_entry_get_n_layers (other));
    case STRATA_DASHBOARD_COLUMN_TAGS:
      return compare_tags (one, other);
    case STRATA_DASHBOARD_COLUMN_STATE:
      return compare_ints (strata_entry_get_state (one), strata_entry_get_state (other));
    case STRATA_DASHBOARD_COLUMN_CHANGED:
      return compare_ints (strata_entry_get_changed (one), strata_entry_get_changed (other));
    case STRATA_DASHBOARD_COLUMN_APPLIANCES:
    default:
      g_return_val_if_reached (0);
    }
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  StrataDashboardRow *one = (StrataDashboardRow *) a;
  StrataDashboardRow *other = (StrataDashboardRow *) b;

  if (probe != NULL)
    {
      if (*probe < 0)
        *probe = GPOINTER_TO_INT (user_data);
      return GTK_ORDERING_SMALLER;
    }

  return gtk_ordering_from_cmpfunc (
    compare_rows (one, other, (StrataDashboardColumn) GPOINTER_TO_INT (user_data)));
}

static int
compare_reversed_cb (gconstpointer a,
                     gconstpointer b,
                     gpointer      user_data)
{
  return compare_cb (b, a, user_data);
}

/* For a column that is not in the view, which turns the order round for those that are. */
GtkSorter *
strata_dashboard_column_new_fixed_sorter (StrataDashboardColumn column,
                                          GtkSortType           order)
{
  return GTK_SORTER (
    gtk_custom_sorter_new (order == GTK_SORT_DESCENDING ? compare_reversed_cb : compare_cb,
                           GUINT_TO_POINTER (column), NULL));
}

GtkSorter *
strata_dashboard_column_new_sorter (StrataDashboardColumn column)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (column), NULL));
}

/**
 * strata_dashboard_column_find_sorted:
 * @sorter: the sorter of the column view
 * @rows: at least two rows to ask it with
 * @column: (out): the column the rows are sorted by
 * @order: (out): in which direction
 *
 * GTK 4.8 does not say what a column view is sorted by. But its sorter asks the columns' own, that one first, and
 * turns the answer round where the order is descending: so ask, and look who answered.
 *
 * Returns: whether it is known
 */
gboolean
strata_dashboard_column_find_sorted (GtkSorter             *sorter,
                                     GListModel            *rows,
                                     StrataDashboardColumn *column,
                                     GtkSortType           *order)
{
  g_autoptr(StrataDashboardRow) one = g_list_model_get_item (rows, 0);
  g_autoptr(StrataDashboardRow) other = g_list_model_get_item (rows, 1);
  int asked = -1;

  if (one == NULL || other == NULL)
    return FALSE;

  probe = &asked;
  GtkOrdering answer = gtk_sorter_compare (sorter, one, other);
  probe = NULL;

  if (asked < 0)
    return FALSE;

  *column = (StrataDashboardColumn) asked;
  *order = answer == GTK_ORDERING_SMALLER ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING;

  return TRUE;
}
