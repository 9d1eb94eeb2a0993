/* strata-variable-row.c - one variable of the profile: what it is, and where it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-row"

#include "strata-variable-row.h"

#include <glib/gi18n.h>

#include "strata-use-list.h"
#include "strata-variable-check.h"
#include "strata-variable-dialog.h"

struct _StrataVariableRow
{
  AdwActionRow    parent_instance;
  StrataVariable *variable;  /* (owned) */
  GPtrArray      *uses;      /* (owned) (nullable) (element-type StrataVariableUse): NULL until they are known */
  StrataProfile  *profile;   /* (owned) (nullable): the one that was looked through */

  guint           position;  /* among the variables of the profile, from 0 */
  guint           n_rows;

  GtkWidget      *button;    /* opens the list of uses */
};

enum
{
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataVariableRow, strata_variable_row, ADW_TYPE_ACTION_ROW)

static void
append (GString    *text,
        const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
append_flags (GString             *text,
              StrataVariableFlags  flags)
{
  static const struct
  {
    StrataVariableFlags  flag;
    const char          *word;
  } words[] = {
    { STRATA_VARIABLE_REQUIRED, N_("required") },
    { STRATA_VARIABLE_HIDDEN, N_("hidden") },
    { STRATA_VARIABLE_IMMUTABLE, N_("fixed") },
    { STRATA_VARIABLE_SENSITIVE, N_("secret") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((flags & words[i].flag) != 0)
      append (text, _(words[i].word));
}

/* A secret is neither shown nor told by its length. */
static void
append_default (GString        *text,
                StrataVariable *variable)
{
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  gboolean is_secret = (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;
  g_auto(GStrv) lines = g_strsplit (value, "\n", 2);

  if (!strata_variable_has_default (variable))
    append (text, _("no default"));
  else if (is_secret)
    append (text, "••••••••");
  else if (lines[0] != NULL)
    append (text, lines[0]);
}

/* The place is said too: who moves a row without seeing it has no other way to know. */
static void
update_name (StrataVariableRow *self)
{
  /* Translators: a variable, its place among all of them, and what it is like */
  g_autofree char *name = g_strdup_printf (_("%s, %u of %u, %s"), strata_variable_get_name (self->variable),
                                           self->position + 1, self->n_rows,
                                           adw_action_row_get_subtitle (ADW_ACTION_ROW (self)));

  /* From libadwaita 1.6 on, a row is named by its title, and a name of its own is not heard. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_subtitle (StrataVariableRow *self)
{
  const char *shown = strata_variable_get (self->variable, STRATA_VARIABLE_DISPLAY_NAME);
  const char *format = strata_variable_get (self->variable, STRATA_VARIABLE_FORMAT);
  g_autoptr(GString) text = g_string_new (shown);

  append (text, strata_variable_dialog_describe_format (format));
  append_flags (text, strata_variable_get_flags (self->variable));
  append_default (text, self->variable);

  if (self->uses != NULL && self->uses->len == 0)
    append (text, _("not used"));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text->str);
  update_name (self);
}

static void
open_uses_cb (GtkMenuButton *button,
              gpointer       data)
{
  StrataVariableRow *self = data;

  gtk_menu_button_set_popover (button, strata_use_list_popover_new (self->uses, self->profile));
}

static void
activated_cb (StrataVariableRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "variable.edit", "s",
                              strata_variable_get_name (self->variable));
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *step,
         gpointer   data)
{
  const char *name = strata_variable_get_name (STRATA_VARIABLE_ROW (widget)->variable);

  return gtk_widget_activate_action (widget, "variable.move", "(si)", name, g_variant_get_int32 (step));
}

static GdkContentProvider *
drag_prepare_cb (StrataVariableRow *self)
{
  return gdk_content_provider_new_typed (STRATA_TYPE_VARIABLE, self->variable);
}

static void
drag_begin_cb (StrataVariableRow *self,
               GdkDrag           *drag,
               GtkDragSource     *source)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
drop_cb (StrataVariableRow *self,
         const GValue      *value,
         double             x,
         double             y)
{
  StrataVariable *dragged = g_value_get_object (value);
  gboolean below = y >= gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (dragged == NULL || dragged == self->variable)
    return FALSE;

  g_signal_emit (self, signals[DROPPED], 0, dragged, self->position + (below ? 1 : 0));

  return TRUE;
}

static void
strata_variable_row_dispose (GObject *object)
{
  StrataVariableRow *self = STRATA_VARIABLE_ROW (object);

  g_clear_object (&self->variable);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->uses, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_variable_row_parent_class)->dispose (object);
}

static void
strata_variable_row_class_init (StrataVariableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_variable_row_dispose;

  /* The variable that was dragged, and before which place it fell. */
  signals[DROPPED] = g_signal_new ("dropped", STRATA_TYPE_VARIABLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, STRATA_TYPE_VARIABLE, G_TYPE_UINT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_cb, "i", 1);
}

static void
make_movable (StrataVariableRow *self)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (STRATA_TYPE_VARIABLE, GDK_ACTION_MOVE);

  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_tooltip_text (handle, _("Drag, or Alt+Up and Alt+Down"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), handle);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "Alt+Up Alt+Down", -1);
}

static void
strata_variable_row_init (StrataVariableRow *self)
{
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "valign", GTK_ALIGN_CENTER, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), open_uses_cb, self, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  g_object_set (self, "use-markup", FALSE, "activatable", TRUE, NULL);
  g_signal_connect (self, "activated", G_CALLBACK (activated_cb), NULL);
}

static GtkWidget *
make_remove_button (const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_("Remove “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove Variable"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "variable.remove");

  return button;
}

/* @position: of @n_rows, from 0 */
GtkWidget *
strata_variable_row_new (StrataVariable *variable,
                         guint           position,
                         guint           n_rows)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (variable), NULL);
  g_return_val_if_fail (position < n_rows, NULL);

  const char *name = strata_variable_get_name (variable);
  StrataVariableRow *self = g_object_new (STRATA_TYPE_VARIABLE_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  self->variable = g_object_ref (variable);
  self->position = position;
  self->n_rows = n_rows;
  if (n_rows > 1)
    make_movable (self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), make_remove_button (name));
  update_subtitle (self);

  return GTK_WIDGET (self);
}

/* @uses (element-type StrataVariableUse): of this variable, in @profile */
void
strata_variable_row_set_uses (StrataVariableRow *self,
                              GPtrArray         *uses,
                              StrataProfile     *profile)
{
  g_return_if_fail (STRATA_IS_VARIABLE_ROW (self));
  g_return_if_fail (uses != NULL);

  g_autofree char *count = g_strdup_printf ("%u", uses->len);
  g_autofree char *label =
    g_strdup_printf (ngettext ("Used in %u place", "Used in %u places", uses->len), uses->len);

  g_clear_pointer (&self->uses, g_ptr_array_unref);
  self->uses = g_ptr_array_ref (uses);
  g_set_object (&self->profile, profile);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), count);
  gtk_widget_set_tooltip_text (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->button, uses->len > 0);
  update_subtitle (self);
}
