/* strata-stack-pane.c - the layers of a profile, top to bottom, and the one being added as a ghost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-stack-pane"

#include "strata-stack-pane.h"

#include <glib/gi18n.h>

#include "strata-stack-row.h"
#include "strata-template.h"

struct _StrataStackPane
{
  GtkWidget      parent_instance;
  GtkLabel      *count;
  GtkLabel      *name;
  GtkListBox    *list;
  GtkWidget     *hint;
  GMenuModel    *row_menu;
  GtkWidget     *popover;   /* (not owned) (nullable): a child, made when it is first asked for */
  guint          asked;     /* the position the menu is about */
  StrataProfile *profile;   /* (owned) (nullable) */
  StrataLayer   *ghost;     /* (owned) (nullable) */
  gboolean       editable;
};

enum
{
  MOVE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataStackPane, strata_stack_pane, GTK_TYPE_WIDGET)

static StrataStackRow *
find_row (StrataStackPane *self,
          guint            position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!strata_stack_row_is_ghost (STRATA_STACK_ROW (child)) &&
        strata_stack_row_get_position (STRATA_STACK_ROW (child)) == position)
      return STRATA_STACK_ROW (child);

  return NULL;
}

/* The row that keys act on; while the menu has the focus, the one that it was opened for. */
static StrataStackRow *
get_focus_row (StrataStackPane *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (focus == NULL && self->popover != NULL)
    return find_row (self, self->asked);

  if (!STRATA_IS_STACK_ROW (focus) || strata_stack_row_is_ghost (STRATA_STACK_ROW (focus)))
    return NULL;

  return STRATA_STACK_ROW (focus);
}

static void
move (StrataStackPane *self,
      guint            from,
      guint            to)
{
  if (!self->editable || from == to || to >= strata_profile_get_n_layers (self->profile))
    return;

  self->asked = to;
  g_signal_emit (self, signals[MOVE], 0, from, to);

  StrataStackRow *row = find_row (self, to);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Up on the screen is up in the stack: a larger position. */
static void
move_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  StrataStackPane *self = STRATA_STACK_PANE (widget);
  StrataStackRow *row = get_focus_row (self);

  if (row != NULL)
    move (self, strata_stack_row_get_position (row), strata_stack_row_get_position (row) + 1);
}

static void
move_down_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  StrataStackPane *self = STRATA_STACK_PANE (widget);
  StrataStackRow *row = get_focus_row (self);

  if (row != NULL && strata_stack_row_get_position (row) > 0)
    move (self, strata_stack_row_get_position (row), strata_stack_row_get_position (row) - 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataStackPane *self = STRATA_STACK_PANE (widget);
  StrataStackRow *row = get_focus_row (self);

  if (row != NULL && self->editable)
    g_signal_emit (self, signals[REMOVE], 0, strata_stack_row_get_position (row));
}

/* Back to where the menu was asked for, not to where the window last had the focus. */
static void
menu_closed_cb (StrataStackPane *self)
{
  StrataStackRow *row = find_row (self, self->asked);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_menu (StrataStackPane *self,
           StrataStackRow  *row)
{
  graphene_rect_t bounds;

  if (row == NULL || !self->editable || strata_stack_row_is_ghost (row) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (menu_closed_cb), self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (row));
  self->asked = strata_stack_row_get_position (row);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle){
                                                              (int) bounds.origin.x,
                                                              (int) bounds.origin.y,
                                                              (int) bounds.size.width,
                                                              (int) bounds.size.height,
                                                            });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (StrataStackPane *self,
            int              n_press,
            double           x,
            double           y)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  show_menu (self, row != NULL ? STRATA_STACK_ROW (row) : NULL);
}

static void
menu_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataStackPane *self = STRATA_STACK_PANE (widget);

  show_menu (self, get_focus_row (self));
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            StrataStackRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_UINT, strata_stack_row_get_position (row));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         StrataStackPane *self)
{
  StrataStackRow *row =
    STRATA_STACK_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));

  move (self, g_value_get_uint (value), strata_stack_row_get_position (row));

  return TRUE;
}

static void
make_movable (StrataStackPane *self,
              GtkWidget       *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static void
clear_rows (StrataStackPane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
}

static void
refresh (StrataStackPane *self)
{
  guint n = self->profile != NULL ? strata_profile_get_n_layers (self->profile) : 0;
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u layer", "%u layers", n), n);

  clear_rows (self);
  if (self->ghost != NULL)
    gtk_list_box_append (self->list, strata_stack_row_new_ghost (self->ghost));
  for (guint i = n; i > 0; i--)
    {
      GtkWidget *row =
        strata_stack_row_new (strata_profile_get_layer (self->profile, i - 1), i - 1);

      if (self->editable)
        make_movable (self, row);
      gtk_list_box_append (self->list, row);
    }
  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (self->hint, n > 0 || self->ghost != NULL);
}

/* A popover is not laid out by its parent's layout manager. */
static void
strata_stack_pane_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  StrataStackPane *self = STRATA_STACK_PANE (widget);

  GTK_WIDGET_CLASS (strata_stack_pane_parent_class)
    ->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
strata_stack_pane_dispose (GObject *object)
{
  StrataStackPane *self = STRATA_STACK_PANE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  strata_template_clear (GTK_WIDGET (self), STRATA_TYPE_STACK_PANE);
  g_clear_object (&self->profile);
  g_clear_object (&self->ghost);

  G_OBJECT_CLASS (strata_stack_pane_parent_class)->dispose (object);
}

static void
strata_stack_pane_class_init (StrataStackPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_stack_pane_dispose;
  widget_class->size_allocate = strata_stack_pane_size_allocate;

  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_UINT, G_TYPE_UINT);
  signals[REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-stack-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataStackPane, count);
  gtk_widget_class_bind_template_child (widget_class, StrataStackPane, name);
  gtk_widget_class_bind_template_child (widget_class, StrataStackPane, list);
  gtk_widget_class_bind_template_child (widget_class, StrataStackPane, hint);
  gtk_widget_class_bind_template_child (widget_class, StrataStackPane, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_install_action (widget_class, "stack.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "stack.move-up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "stack.move-down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "stack.remove", NULL, remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "stack.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "stack.move-down",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "stack.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "stack.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "stack.menu",
                                       NULL);
}

static void
strata_stack_pane_init (StrataStackPane *self)
{
  self->editable = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the layers of @profile. */
void
strata_stack_pane_set_profile (StrataStackPane *self,
                               StrataProfile   *profile)
{
  g_return_if_fail (STRATA_IS_STACK_PANE (self) && STRATA_IS_PROFILE (profile));

  g_autofree char *name = g_strdup_printf ("%s %s", strata_profile_get_name (profile),
                                           strata_profile_get_version (profile));

  g_set_object (&self->profile, profile);
  gtk_label_set_label (self->name, name);
  refresh (self);
}

/* Shows @layer on top, dashed; nothing when it is NULL. */
void
strata_stack_pane_set_ghost (StrataStackPane *self,
                             StrataLayer     *layer)
{
  g_return_if_fail (STRATA_IS_STACK_PANE (self));

  if (g_set_object (&self->ghost, layer))
    refresh (self);
}

/* Whether layers can be moved and removed. */
void
strata_stack_pane_set_editable (StrataStackPane *self,
                                gboolean         editable)
{
  g_return_if_fail (STRATA_IS_STACK_PANE (self));

  if (self->editable == editable)
    return;

  self->editable = editable;
  refresh (self);
}
