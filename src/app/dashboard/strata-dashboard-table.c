/* strata-dashboard-table.c - the rows of the dashboard, sorted, filtered, folded and selected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-table"

#include "strata-dashboard-table.h"

#include "strata-dashboard-table-private.h"

#define REFRESH_SECONDS 60
#define FRESH_SECONDS (60 * 60)

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_SHOWN_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDashboardTable, strata_dashboard_table, ADW_TYPE_BIN)

static const char *const column_children[] = {
  "name_column", "version_column", "layers_column", "tags_column", "state_column", "appliances_column", "changed_column",
};

/* Ages */

static gboolean
refresh_ages_cb (gpointer user_data)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (user_data);

  strata_slot_list_show_anew (STRATA_SLOT_LIST (self->list));

  /* Hours and days change too seldom to be worth a clock. */
  if (g_get_real_time () / G_USEC_PER_SEC - self->newest < FRESH_SECONDS)
    return G_SOURCE_CONTINUE;

  self->age_source = 0;
  return G_SOURCE_REMOVE;
}

static void
watch_ages (StrataDashboardTable *self)
{
  gboolean fresh = g_get_real_time () / G_USEC_PER_SEC - self->newest < FRESH_SECONDS;

  if (!fresh || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_clear_handle_id (&self->age_source, g_source_remove);
  else if (self->age_source == 0)
    self->age_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh_ages_cb, self);
}

static void
find_newest (StrataDashboardTable *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  self->newest = 0;
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(StrataDashboardRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);
      gint64 changed = strata_entry_get_changed (strata_dashboard_row_get_entry (row));

      self->newest = MAX (self->newest, changed);
    }
  watch_ages (self);
}

static void
strata_dashboard_table_map (GtkWidget *widget)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (widget);

  GTK_WIDGET_CLASS (strata_dashboard_table_parent_class)->map (widget);

  if (self->model != NULL)
    refresh_ages_cb (self);
  watch_ages (self);
}

static gboolean
strata_dashboard_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STRATA_DASHBOARD_TABLE (widget)->table));
}

static void
strata_dashboard_table_unmap (GtkWidget *widget)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (widget);

  GTK_WIDGET_CLASS (strata_dashboard_table_parent_class)->unmap (widget);

  g_clear_handle_id (&self->age_source, g_source_remove);
}

/* Selection */

/* (nullable): NULL for a place that is vacant */
static StrataEntry *
get_entry (StrataDashboardTable *self,
           guint                 position)
{
  StrataDashboardRow *row = strata_slot_list_get_taken (STRATA_SLOT_LIST (self->list), position);

  return row != NULL ? strata_dashboard_row_get_entry (row) : NULL;
}

static void
selection_changed_cb (StrataDashboardTable *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
select_entries (StrataDashboardTable *self,
                GPtrArray            *entries)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GtkBitset) selected = gtk_bitset_new_empty ();
  guint n_rows = strata_slot_list_get_n_taken (STRATA_SLOT_LIST (self->list));
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (ids, (char *) strata_entry_get_id (entries->pdata[i]));

  for (guint i = 0; i < n_rows; i++)
    if (g_hash_table_contains (ids, strata_entry_get_id (get_entry (self, i))))
      gtk_bitset_add (selected, i);

  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
}

/* What is selected is profiles, not places: it goes with them. */
static void
will_change_cb (StrataDashboardTable *self)
{
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  self->kept = strata_dashboard_table_list_selected (self);
}

static void
did_change_cb (StrataDashboardTable *self)
{
  if (self->kept != NULL && self->kept->len > 0)
    {
      strata_gradual_model_finish (self->gradual);
      select_entries (self, self->kept);
    }
  g_clear_pointer (&self->kept, g_ptr_array_unref);

  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_SHOWN_CHANGED], 0);
}

static void
activate_cb (StrataDashboardTable *self,
             guint                 position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "row.open", NULL);
}

/* Folding */

static gboolean
set_expanded (StrataDashboardTable *self,
              gboolean              expanded)
{
  g_autoptr(GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size (selected) == 1 &&
         strata_dashboard_list_set_expanded (self->list, gtk_bitset_get_minimum (selected),
                                             expanded);
}

static void
toggle_older_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (widget);
  guint position = g_variant_get_uint32 (parameter);

  strata_dashboard_list_set_expanded (self->list, position,
                                      !strata_dashboard_list_is_expanded (self->list, position));
}

static gboolean
key_cb (StrataDashboardTable *self,
        guint                 keyval,
        guint                 keycode,
        GdkModifierType       state)
{
  /* To select all, or go to the end, is about every row. */
  if ((state & GDK_CONTROL_MASK) != 0 || keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End)
    {
      strata_slot_list_trim (STRATA_SLOT_LIST (self->list));
      strata_gradual_model_finish (self->gradual);
    }

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
    case GDK_KEY_plus:
      return set_expanded (self, TRUE);
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_minus:
      return set_expanded (self, FALSE);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Menu */

static void
popup_menu_at (StrataDashboardTable *self,
               int                   x,
               int                   y)
{
  if (self->menu == NULL)
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_pressed_cb (GtkGestureClick      *gesture,
                      int                   n_press,
                      double                x,
                      double                y,
                      StrataDashboardTable *self)
{
  GtkListItem *item = strata_dashboard_column_pick (GTK_WIDGET (self->table), x, y);

  if (item == NULL)
    return;

  /* The menu is for the selection; a click outside of it makes a new one. */
  if (!gtk_list_item_get_selected (item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     gtk_list_item_get_position (item), TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu_at (self, (int) x, (int) y);
}

static void
popup_menu_cb (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (widget)));
  graphene_rect_t area;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table)) ||
      !gtk_widget_compute_bounds (focus, GTK_WIDGET (self->table), &area))
    return;

  g_autoptr(GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (!gtk_bitset_is_empty (selected))
    popup_menu_at (self, (int) area.origin.x + 36, (int) (area.origin.y + area.size.height));
}

/* Class */

static void
strata_dashboard_table_dispose (GObject *object)
{
  StrataDashboardTable *self = STRATA_DASHBOARD_TABLE (object);

  self->arranging = TRUE;
  if (self->list != NULL)
    strata_dashboard_list_set_sorter (self->list, NULL);
  g_clear_handle_id (&self->age_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  for (guint i = 0; i < STRATA_DASHBOARD_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->selection);
  g_clear_object (&self->gradual);
  g_clear_object (&self->list);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->console);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (strata_dashboard_table_parent_class)->dispose (object);
}

static void
strata_dashboard_table_class_init (StrataDashboardTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_dashboard_table_dispose;
  widget_class->grab_focus = strata_dashboard_table_grab_focus;
  widget_class->map = strata_dashboard_table_map;
  widget_class->unmap = strata_dashboard_table_unmap;

  signals[SIGNAL_SELECTION_CHANGED] =
    g_signal_new ("selection-changed", STRATA_TYPE_DASHBOARD_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOWN_CHANGED] =
    g_signal_new ("shown-changed", STRATA_TYPE_DASHBOARD_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-dashboard-table.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataDashboardTable, table);
  for (guint i = 0; i < G_N_ELEMENTS (column_children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, column_children[i], FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);

  gtk_widget_class_install_action (widget_class, "table.toggle-older", "u", toggle_older_cb);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, popup_menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.trash", NULL);
}

static void
strata_dashboard_table_init (StrataDashboardTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new ("io.github.stratadesk.Strata");

  for (guint i = 0; i < STRATA_DASHBOARD_N_COLUMNS; i++)
    {
      StrataDashboardColumn column = (StrataDashboardColumn) i;
      g_autoptr(GtkSorter) sorter = strata_dashboard_column_new_sorter (column);

      self->columns[i] = g_object_ref (GTK_COLUMN_VIEW_COLUMN (gtk_widget_get_template_child (
        GTK_WIDGET (self), STRATA_TYPE_DASHBOARD_TABLE, column_children[i])));
      if (column != STRATA_DASHBOARD_COLUMN_APPLIANCES)
        gtk_column_view_column_set_sorter (self->columns[i], sorter);
      strata_dashboard_table_fill_column (self, column);
    }
}

void
strata_dashboard_table_set_model (StrataDashboardTable  *self,
                                  StrataDashboardModel  *model,
                                  StrataDashboardFilter *filter)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_TABLE (self));
  g_return_if_fail (self->model == NULL);

  GtkSorter *sorter = gtk_column_view_get_sorter (self->table);

  self->model = g_object_ref (model);
  self->list = strata_dashboard_list_new (model, GTK_FILTER (filter));
  strata_dashboard_table_arrange (self);

  self->gradual = strata_gradual_model_new (G_LIST_MODEL (self->list));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->gradual)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (sorter, "changed", G_CALLBACK (strata_dashboard_table_save_order), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "will-change", G_CALLBACK (will_change_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "did-change", G_CALLBACK (did_change_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (find_newest), self,
                           G_CONNECT_SWAPPED);
  find_newest (self);
}

void
strata_dashboard_table_set_narrow (StrataDashboardTable *self,
                                   gboolean              narrow)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_TABLE (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  strata_dashboard_table_fill_column (self, STRATA_DASHBOARD_COLUMN_NAME);
  strata_dashboard_table_arrange (self);
}

void
strata_dashboard_table_set_label (StrataDashboardTable *self,
                                  const char           *label)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_TABLE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
strata_dashboard_table_set_menu (StrataDashboardTable *self,
                                 GMenuModel           *menu)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_TABLE (self));

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self->table));
}

guint
strata_dashboard_table_get_n_shown (StrataDashboardTable *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_TABLE (self), 0);

  return strata_dashboard_list_get_n_shown (self->list);
}

/**
 * strata_dashboard_table_list_selected:
 * @self: a table
 *
 * Returns: (transfer container) (element-type StrataEntry): the profiles that are selected
 */
GPtrArray *
strata_dashboard_table_list_selected (StrataDashboardTable *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_TABLE (self), NULL);

  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (get_entry (self, position) != NULL)
      g_ptr_array_add (entries, g_object_ref (get_entry (self, position)));

  return entries;
}

static void
console_changed_cb (StrataDashboardTable *self)
{
  strata_slot_list_show_anew (STRATA_SLOT_LIST (self->list));
}

/* Shows what the console of the profiles says beside them. */
void
strata_dashboard_table_set_console (StrataDashboardTable   *self,
                                    StrataDashboardConsole *console)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_TABLE (self) && self->console == NULL);

  self->console = g_object_ref (console);
  g_signal_connect_object (console, "changed", G_CALLBACK (console_changed_cb), self, G_CONNECT_SWAPPED);
  strata_dashboard_table_arrange (self);
  console_changed_cb (self);
}

/* %NULL where there is none. */
StrataDashboardConsole *
strata_dashboard_table_get_console (StrataDashboardTable *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_TABLE (self), NULL);

  return self->console;
}
