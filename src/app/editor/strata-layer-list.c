/* strata-layer-list.c - the stack of a profile, top first, where a layer is chosen and moved
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-list"

#include "strata-layer-list.h"

#include <glib/gi18n.h>

#include "strata-layer-row.h"

struct _StrataLayerList
{
  GtkWidget           parent_instance;
  StrataEditing      *editing;  /* (owned) (nullable) */
  GListStore         *items;    /* (owned): of StrataLayerItem */
  guint               idle;     /* a rebuild that must not happen inside the selection's own signal */

  GtkWidget          *root;
  GtkSingleSelection *selection;
  GtkListView        *view;
  GtkLabel           *count;
  GtkPopover         *menu;
};

G_DEFINE_FINAL_TYPE (StrataLayerList, strata_layer_list, GTK_TYPE_WIDGET)

static char *
describe_kind (StrataLayer *layer)
{
  const char *version = strata_layer_get_version (layer);

  switch (strata_layer_get_kind (layer))
    {
    case STRATA_LAYER_KIND_PACK:
      return g_strdup_printf (_("Pack %s"), version);

    case STRATA_LAYER_KIND_HELM:
    case STRATA_LAYER_KIND_OCI:
      return g_strdup_printf (_("Chart %s"), version);

    case STRATA_LAYER_KIND_MANIFEST:
    default:
      return g_strdup (_("Manifests"));
    }
}

static char *
describe_layer (StrataLayer *layer,
                int          order)
{
  g_autofree char *kind = describe_kind (layer);

  if (order < 0)
    return g_steal_pointer (&kind);

  /* Translators: "Chart 4.11.3", then the install order of the layer */
  return g_strdup_printf (_("%s · order %d"), kind, order);
}

static GPtrArray *
make_items (StrataLayerList *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  guint chosen = strata_editing_get_position (self->editing);

  for (guint i = strata_profile_get_n_layers (profile); i-- > 0;)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      const char *name = strata_layer_get_name (layer);
      GPtrArray *manifests = strata_layer_get_manifests (layer);

      g_ptr_array_add (items, strata_layer_item_new (i, name, NULL, strata_layer_get_kind (layer)));

      for (guint j = 0; i == chosen && j < manifests->len; j++)
        g_ptr_array_add (
          items, strata_layer_item_new (i, name,
                                        strata_manifest_get_name (g_ptr_array_index (manifests, j)),
                                        strata_layer_get_kind (layer)));
    }

  return items;
}

/* Whether row @index of the list is already what @wanted says. */
static gboolean
is_kept (StrataLayerList *self,
         guint            index,
         gpointer         wanted)
{
  g_autoptr(StrataLayerItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), index);

  return item != NULL && strata_layer_item_is_same (item, wanted);
}

/* Replaces only the rows that differ: the others keep their focus and their place on the screen. */
static void
update_rows (StrataLayerList *self,
             GPtrArray       *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint start = 0, end = 0;

  while (start < MIN (n_old, items->len) && is_kept (self, start, g_ptr_array_index (items, start)))
    start++;

  while (end < MIN (n_old, items->len) - start &&
         is_kept (self, n_old - end - 1, g_ptr_array_index (items, items->len - end - 1)))
    end++;

  if (start + end < n_old || start + end < items->len)
    g_list_store_splice (self->items, start, n_old - start - end, items->pdata + start,
                         items->len - start - end);
}

static void
update_item (StrataLayerList *self,
             StrataLayerItem *item)
{
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  StrataChecker *checker = strata_editing_get_checker (self->editing);
  StrataLayer *layer = strata_profile_get_layer (profile, strata_layer_item_get_position (item));
  GPtrArray *problems = strata_checker_get_problems (checker, layer);

  if (strata_layer_item_get_manifest (item) != NULL)
    return;

  g_autofree char *detail =
    describe_layer (layer, strata_checker_get_install_order (checker, layer));

  strata_layer_item_set_detail (item, detail);
  strata_layer_item_set_n_problems (item, strata_problem_count (problems, STRATA_SEVERITY_WARNING));
}

static void
update_items (StrataLayerList *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(StrataLayerItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      update_item (self, item);
    }
}

/* A layer's row stands for the document that comes first in it. */
static gboolean
is_chosen (StrataLayerList *self,
           StrataLayerItem *item)
{
  const char *manifest = strata_layer_item_get_manifest (item);

  if (strata_layer_item_get_position (item) != strata_editing_get_position (self->editing))
    return FALSE;

  if (manifest == NULL)
    return strata_editing_is_first_document (self->editing);

  return g_strcmp0 (manifest, strata_editing_get_document (self->editing)) == 0;
}

static void selected_cb (StrataLayerList *self);

static void
update_selection (StrataLayerList *self)
{
  StrataLayerItem *selected = gtk_single_selection_get_selected_item (self->selection);
  gboolean found = selected != NULL && is_chosen (self, selected);

  g_signal_handlers_block_by_func (self->selection, selected_cb, self);

  for (guint i = 0; !found && i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(StrataLayerItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      found = is_chosen (self, item);

      if (found)
        gtk_single_selection_set_selected (self->selection, i);
    }

  g_signal_handlers_unblock_by_func (self->selection, selected_cb, self);
}

static void
update (StrataLayerList *self)
{
  guint n_layers = strata_profile_get_n_layers (strata_editing_get_profile (self->editing));
  g_autofree char *count = g_strdup_printf ("%u", n_layers);
  g_autoptr(GPtrArray) items = make_items (self);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_signal_handlers_block_by_func (self->selection, selected_cb, self);
  update_rows (self, items);
  g_signal_handlers_unblock_by_func (self->selection, selected_cb, self);
  update_items (self);
  update_selection (self);
  gtk_label_set_label (self->count, count);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.up",
                                 strata_editing_get_position (self->editing) + 1 < n_layers);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.down",
                                 n_layers > 0 && strata_editing_get_position (self->editing) > 0);
}

static void
update_idle_cb (gpointer data)
{
  StrataLayerList *self = data;

  self->idle = 0;
  update (self);
}

static void
queue_update (StrataLayerList *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_once (update_idle_cb, self);
}

static void
selected_cb (StrataLayerList *self)
{
  StrataLayerItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && !is_chosen (self, item))
    strata_editing_select (self->editing, strata_layer_item_get_position (item),
                           strata_layer_item_get_manifest (item));
}

static void
dropped_cb (StrataLayerRow  *row,
            StrataLayerItem *dragged,
            gboolean         above,
            StrataLayerList *self)
{
  guint from = strata_layer_item_get_position (dragged);
  guint to = strata_layer_item_get_position (strata_layer_row_get_item (row));

  /* The list runs downwards, the stack upwards. */
  if (above && from > to)
    to++;
  else if (!above && from < to)
    to--;

  strata_editing_move_layer (self->editing, from, to);
}

static void
show_menu_at (StrataLayerList *self,
              GtkWidget       *row)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return;

  GdkRectangle area = { (int) bounds.origin.x + 24, (int) bounds.origin.y, 1,
                        (int) bounds.size.height };

  gtk_popover_set_pointing_to (self->menu, &area);
  gtk_popover_popup (self->menu);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 StrataLayerList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  StrataLayerItem *item = strata_layer_row_get_item (STRATA_LAYER_ROW (row));

  strata_editing_select (self->editing, strata_layer_item_get_position (item),
                         strata_layer_item_get_manifest (item));
  show_menu_at (self, row);
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataLayerList *self = STRATA_LAYER_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    show_menu_at (self, focus);
}

static void
setup_cb (StrataLayerList *self,
          GtkListItem     *list_item)
{
  GtkWidget *row = g_object_new (STRATA_TYPE_LAYER_ROW, NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (row, "dropped", G_CALLBACK (dropped_cb), self);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (StrataLayerList *self,
         GtkListItem     *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  StrataLayerItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *frame = gtk_widget_get_parent (row);

  strata_layer_row_set_item (STRATA_LAYER_ROW (row), item);

  if (strata_layer_item_get_manifest (item) != NULL)
    gtk_widget_add_css_class (frame, "child");
  else
    gtk_widget_remove_css_class (frame, "child");
}

static void
unbind_cb (StrataLayerList *self,
           GtkListItem     *list_item)
{
  strata_layer_row_set_item (STRATA_LAYER_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
move (GtkWidget *widget,
      int        step)
{
  StrataLayerList *self = STRATA_LAYER_LIST (widget);
  guint position = strata_editing_get_position (self->editing);

  strata_editing_move_layer (self->editing, position, position + (guint) step);
}

static void
up_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  move (widget, 1);
}

static void
down_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  move (widget, -1);
}

static void
strata_layer_list_dispose (GObject *object)
{
  StrataLayerList *self = STRATA_LAYER_LIST (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->editing);
  g_clear_object (&self->items);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_LAYER_LIST);

  G_OBJECT_CLASS (strata_layer_list_parent_class)->dispose (object);
}

static void
strata_layer_list_class_init (StrataLayerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_layer_list_dispose;

  gtk_widget_class_install_action (widget_class, "layer.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "layer.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "layer.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "layer.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "layer.down",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "layer.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "layer.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "layer.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "layer.menu",
                                       NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-layer-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataLayerList, root);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerList, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerList, view);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerList, count);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerList, menu);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_layer_list_init (StrataLayerList *self)
{
  self->items = g_list_store_new (STRATA_TYPE_LAYER_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
}

void
strata_layer_list_set_editing (StrataLayerList *self,
                               StrataEditing   *editing)
{
  g_return_if_fail (STRATA_IS_LAYER_LIST (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (editing, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (strata_editing_get_checker (editing), "checked",
                           G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update (self);
}
