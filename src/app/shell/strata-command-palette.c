/* strata-command-palette.c - every command and every profile, a few letters away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-command-palette"

#include "strata-command-palette.h"

#include "strata-command-list.h"

#define MAX_SHOWN 50

struct _StrataCommandPalette
{
  AdwWindow           parent_instance;
  GPtrArray          *commands;   /* (owned) (not nullable) */
  GListModel         *entries;    /* (owned) (nullable) */
  GtkWidget          *target;     /* (weak) (nullable): what commands are activated on; NULL for the window behind */
  GListStore         *found;      /* (owned) (not nullable) */
  guint               click_source;
  GtkSingleSelection *selection;  /* (template) */
  GtkListView        *list;       /* (template) */
  GtkEditable        *entry;      /* (template) */
  GtkStack           *stack;      /* (template) */
};

G_DEFINE_FINAL_TYPE (StrataCommandPalette, strata_command_palette, ADW_TYPE_WINDOW)

static void
find_cb (StrataCommandPalette *self)
{
  g_autoptr(GPtrArray) found = strata_command_list_find (
    self->commands, self->entries, gtk_editable_get_text (self->entry), MAX_SHOWN);

  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)),
                       found->pdata, found->len);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (self->stack, found->len > 0 ? "found" : "nothing");
}

/* Closes first: what the command opens belongs to the window behind. */
static void
run (StrataCommandPalette *self,
     guint                 position)
{
  g_autoptr(StrataCommand) command = g_list_model_get_item (G_LIST_MODEL (self->found), position);
  GtkWidget *window = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self)));
  g_autoptr(GtkWidget) target = g_object_ref (self->target != NULL ? self->target : window);

  if (command == NULL)
    return;

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (target, strata_command_get_action (command),
                                      strata_command_get_target (command));
}

static gboolean
run_selected_cb (gpointer user_data)
{
  StrataCommandPalette *self = STRATA_COMMAND_PALETTE (user_data);

  self->click_source = 0;
  run (self, gtk_single_selection_get_selected (self->selection));

  return G_SOURCE_REMOVE;
}

/* A click runs what it selects, a little later when it is selected. With the list's own "single-click-activate" the
 * selection would follow a pointer that only happens to lie there. */
static void
released_cb (GtkGestureClick      *gesture,
             int                   n_press,
             double                x,
             double                y,
             StrataCommandPalette *self)
{
  GtkWidget *list = GTK_WIDGET (self->list);

  if (self->click_source == 0 && gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT) != list)
    self->click_source = g_idle_add (run_selected_cb, self);
}

static void
entry_activate_cb (StrataCommandPalette *self)
{
  run (self, gtk_single_selection_get_selected (self->selection));
}

static void
move_selection (StrataCommandPalette *self,
                int                   by)
{
  int n_found = (int) g_list_model_get_n_items (G_LIST_MODEL (self->found));
  int selected = (int) gtk_single_selection_get_selected (self->selection);

  if (n_found == 0)
    return;

  selected = CLAMP (selected + by, 0, n_found - 1);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                              (guint) selected);
  gtk_single_selection_set_selected (self->selection, (guint) selected);
}

/* The arrows go through the list while the cursor stays in what is typed. */
static gboolean
key_cb (StrataCommandPalette *self,
        guint                 keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_selection (self, 8);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_selection (self, -8);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
strata_command_palette_dispose (GObject *object)
{
  StrataCommandPalette *self = STRATA_COMMAND_PALETTE (object);

  g_clear_handle_id (&self->click_source, g_source_remove);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_object (&self->entries);
  g_clear_object (&self->found);
  g_clear_weak_pointer (&self->target);

  G_OBJECT_CLASS (strata_command_palette_parent_class)->dispose (object);
}

static void
strata_command_palette_class_init (StrataCommandPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_command_palette_dispose;

  g_type_ensure (STRATA_TYPE_COMMAND);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-command-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataCommandPalette, selection);
  gtk_widget_class_bind_template_child (widget_class, StrataCommandPalette, list);
  gtk_widget_class_bind_template_child (widget_class, StrataCommandPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, StrataCommandPalette, stack);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
strata_command_palette_init (StrataCommandPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->commands = strata_command_list_actions ();
  self->found = g_list_store_new (STRATA_TYPE_COMMAND);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->found));
}

/* What the profile in front can do comes with what can be done from anywhere. */
static void
add_editor (StrataCommandPalette *self,
            StrataWindow         *window)
{
  StrataEditorPage *editor = strata_window_peek_editor (window);
  StrataEditorView *view = editor != NULL ? strata_editor_page_peek_view (editor) : NULL;

  if (view == NULL || g_strcmp0 (strata_window_get_place (window), "editor") != 0)
    return;

  g_ptr_array_extend_and_steal (self->commands, strata_command_list_of_editor ());
  g_set_weak_pointer (&self->target, GTK_WIDGET (view));
}

GtkWidget *
strata_command_palette_new (StrataWindow *window)
{
  StrataCommandPalette *self =
    g_object_new (STRATA_TYPE_COMMAND_PALETTE, "transient-for", window, NULL);
  StrataWorkspace *workspace = strata_window_get_workspace (window);

  self->entries = g_object_ref (G_LIST_MODEL (strata_workspace_get_profiles (workspace)));
  add_editor (self, window);
  find_cb (self);

  return GTK_WIDGET (self);
}

/*
 * strata_command_palette_new_for_list:
 * @widget: what the commands are activated on
 * @title: of the window
 * @placeholder: what the empty entry says
 * @commands: (transfer full) (element-type StrataCommand): what there is to choose from, and nothing else
 */
GtkWidget *
strata_command_palette_new_for_list (GtkWidget  *widget,
                                     const char *title,
                                     const char *placeholder,
                                     GPtrArray  *commands)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget) && commands != NULL, NULL);

  StrataCommandPalette *self = g_object_new (STRATA_TYPE_COMMAND_PALETTE, "transient-for",
                                             gtk_widget_get_root (widget), "title", title, NULL);

  g_clear_pointer (&self->commands, g_ptr_array_unref);
  self->commands = commands;
  g_set_weak_pointer (&self->target, widget);
  g_object_set (self->entry, "placeholder-text", placeholder, NULL);
  find_cb (self);

  return GTK_WIDGET (self);
}
