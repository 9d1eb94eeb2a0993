/* strata-variables-page.c - what a profile leaves open until it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variables-page"

#include "strata-variables-page.h"

#include <glib/gi18n.h>

#include "strata-variable-dialog.h"

struct _StrataVariablesPage
{
  GtkWidget            parent_instance;
  StrataEditing       *editing;  /* (owned) (nullable) */
  GPtrArray           *shown;    /* (owned) (nullable) (element-type StrataVariable) */
  GPtrArray           *rows;     /* (owned) (element-type GtkWidget): in the group */

  GtkWidget           *root;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (StrataVariablesPage, strata_variables_page, GTK_TYPE_WIDGET)

static StrataVariable *
get_variable (StrataVariablesPage *self,
              gpointer             row,
              guint               *index)
{
  if (self->shown == NULL || !g_ptr_array_find (self->rows, row, index))
    return NULL;

  return g_ptr_array_index (self->shown, *index);
}

/* The profile's variables in an array of its own, which may be changed. */
static GPtrArray *
copy_variables (StrataVariablesPage *self)
{
  StrataProfile *profile = strata_editing_get_profile (self->editing);
  GPtrArray *variables = strata_profile_get_variables (profile);
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (variables, i)));

  return copy;
}

static void
apply (StrataVariablesPage *self,
       GPtrArray           *variables,
       const char          *label)
{
  g_autoptr(StrataProfile) profile =
    strata_profile_with_variables (strata_editing_get_profile (self->editing), variables);

  strata_editing_apply (self->editing, profile, label);
}

/* In place of the one of that name, or as the last one. */
static void
dialog_done_cb (StrataVariablesPage  *self,
                const char           *old_name,
                StrataVariable       *variable,
                StrataVariableDialog *dialog)
{
  g_autoptr(GPtrArray) variables = copy_variables (self);
  guint i = 0;

  while (i < variables->len &&
         g_strcmp0 (strata_variable_get_name (g_ptr_array_index (variables, i)), old_name) != 0)
    i++;

  if (i < variables->len)
    {
      g_object_unref (g_ptr_array_index (variables, i));
      g_ptr_array_index (variables, i) = g_object_ref (variable);
      apply (self, variables, _("Change Variable"));
    }
  else
    {
      g_ptr_array_add (variables, g_object_ref (variable));
      apply (self, variables, _("Add Variable"));
    }
}

static void
open_dialog (StrataVariablesPage *self,
             StrataVariable      *variable)
{
  GtkWidget *dialog =
    strata_variable_dialog_new (variable, strata_editing_get_profile (self->editing));

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "done", G_CALLBACK (dialog_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_cb (StrataVariablesPage *self)
{
  open_dialog (self, NULL);
}

static void
activated_cb (AdwActionRow        *row,
              StrataVariablesPage *self)
{
  guint index;
  StrataVariable *variable = get_variable (self, row, &index);

  if (variable != NULL)
    open_dialog (self, variable);
}

static void
remove_cb (GtkButton           *button,
           StrataVariablesPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  g_autoptr(GPtrArray) variables = copy_variables (self);
  guint index;

  if (get_variable (self, row, &index) == NULL)
    return;

  g_ptr_array_remove_index (variables, index);
  apply (self, variables, _("Remove Variable"));
}

static char *
describe (StrataVariable *variable)
{
  const char *format = strata_variable_get (variable, STRATA_VARIABLE_FORMAT);
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  StrataVariableFlags flags = strata_variable_get_flags (variable);
  g_autoptr(GString) text = g_string_new (strata_variable_dialog_describe_format (format));

  if (flags & STRATA_VARIABLE_REQUIRED)
    g_string_append_printf (text, " · %s", _("required"));

  if (flags & STRATA_VARIABLE_SENSITIVE)
    g_string_append_printf (text, " · %s", _("secret"));
  else if (*value != '\0')
    g_string_append_printf (text, " · %s", value);
  else
    g_string_append_printf (text, " · %s", _("no default"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (StrataVariablesPage *self,
         StrataVariable      *variable)
{
  g_autofree char *subtitle = describe (variable);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                                 strata_variable_get_name (variable), "subtitle", subtitle,
                                 "activatable", TRUE, NULL);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove Variable"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove Variable"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
update (StrataVariablesPage *self)
{
  GPtrArray *variables = strata_profile_get_variables (strata_editing_get_profile (self->editing));

  if (variables == self->shown)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (variables);

  for (guint i = 0; i < variables->len; i++)
    add_row (self, g_ptr_array_index (variables, i));
}

static void
strata_variables_page_dispose (GObject *object)
{
  StrataVariablesPage *self = STRATA_VARIABLES_PAGE (object);

  g_clear_object (&self->editing);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_VARIABLES_PAGE);

  G_OBJECT_CLASS (strata_variables_page_parent_class)->dispose (object);
}

static void
strata_variables_page_class_init (StrataVariablesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_variables_page_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variables-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariablesPage, root);
  gtk_widget_class_bind_template_child (widget_class, StrataVariablesPage, group);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_variables_page_init (StrataVariablesPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
strata_variables_page_set_editing (StrataVariablesPage *self,
                                   StrataEditing       *editing)
{
  g_return_if_fail (STRATA_IS_VARIABLES_PAGE (self));
  g_return_if_fail (self->editing == NULL);

  self->editing = g_object_ref (editing);
  g_signal_connect_object (editing, "notify::profile", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
