/* strata-variable-options.c - the choices of a variable that is chosen from a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-options"

#include "strata-variable-options.h"

#include <glib/gi18n.h>

struct _StrataVariableOptions
{
  AdwPreferencesGroup  parent_instance;
  GPtrArray           *rows;  /* (owned) (element-type Row) */
  gboolean             updating;

  GtkCheckButton      *none;  /* which of the radio buttons it is when nothing is the default */
};

/* One choice, and what it is edited with. The widgets are unowned: the group has them. */
typedef struct
{
  AdwExpanderRow *row;
  GtkCheckButton *is_default;
  GtkEditable    *value;
  GtkEditable    *label;
  GtkEditable    *description;
} Row;

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataVariableOptions, strata_variable_options, ADW_TYPE_PREFERENCES_GROUP)

static void
update_titles (StrataVariableOptions *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      const char *value = gtk_editable_get_text (row->value);
      const char *label = gtk_editable_get_text (row->label);
      const char *title = *label != '\0' ? label : value;

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row),
                                     *title != '\0' ? title : _("New choice"));
      adw_expander_row_set_subtitle (row->row, *label != '\0' ? value : "");
    }
}

static void
changed_cb (StrataVariableOptions *self)
{
  if (self->updating)
    return;

  update_titles (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (GtkButton             *button,
           StrataVariableOptions *self)
{
  GtkWidget *widget = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_EXPANDER_ROW);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (GTK_WIDGET (row->row) != widget)
        continue;

      if (gtk_check_button_get_active (row->is_default))
        gtk_check_button_set_active (self->none, TRUE);

      g_ptr_array_remove_index (self->rows, i);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), widget);
      changed_cb (self);
      return;
    }
}

static GtkEditable *
add_entry (StrataVariableOptions *self,
           AdwExpanderRow        *row,
           const char            *title,
           const char            *text)
{
  GtkWidget *entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, "text", text, NULL);

  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (row, entry);

  return GTK_EDITABLE (entry);
}

static GtkWidget *
make_remove_button (StrataVariableOptions *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Remove Choice"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove Choice"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);

  return button;
}

static GtkCheckButton *
make_radio (StrataVariableOptions *self)
{
  GtkWidget *radio = gtk_check_button_new ();

  gtk_widget_set_valign (radio, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (radio, _("Default"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Default"),
                                  -1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), self->none);
  g_signal_connect_object (radio, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_CHECK_BUTTON (radio);
}

static Row *
add_row (StrataVariableOptions      *self,
         const StrataVariableOption *option)
{
  AdwExpanderRow *expander = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL);
  Row *row = g_new0 (Row, 1);

  row->row = expander;
  row->is_default = make_radio (self);
  adw_expander_row_add_prefix (expander, GTK_WIDGET (row->is_default));
  adw_expander_row_add_action (expander, make_remove_button (self));
  row->value = add_entry (self, expander, _("Value"), option->value);
  row->label = add_entry (self, expander, _("Label"), option->label);
  row->description = add_entry (self, expander, _("Description"), option->description);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (expander));

  return row;
}

static void
add_cb (StrataVariableOptions *self)
{
  g_autoptr(StrataVariableOption) option = strata_variable_option_new ("", "", "", FALSE);
  Row *row = add_row (self, option);

  adw_expander_row_set_expanded (row->row, TRUE);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (row->value));
}

static void
strata_variable_options_dispose (GObject *object)
{
  StrataVariableOptions *self = STRATA_VARIABLE_OPTIONS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_variable_options_parent_class)->dispose (object);
}

static void
strata_variable_options_class_init (StrataVariableOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_variable_options_dispose;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_VARIABLE_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variable-options.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariableOptions, none);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
strata_variable_options_init (StrataVariableOptions *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_named (const StrataVariableOption *option,
          const char                 *value)
{
  return *value != '\0' &&
         (g_str_equal (option->label, value) || g_str_equal (option->value, value));
}

/* @value is the default as the variable has it, for which the label of a choice stands too. */
void
strata_variable_options_set (StrataVariableOptions *self,
                             GPtrArray             *options,
                             const char            *value)
{
  g_return_if_fail (STRATA_IS_VARIABLE_OPTIONS (self));
  g_return_if_fail (options != NULL && value != NULL);

  self->updating = TRUE;

  for (guint i = 0; i < options->len; i++)
    {
      const StrataVariableOption *option = g_ptr_array_index (options, i);
      Row *row = add_row (self, option);

      if (option->is_default || is_named (option, value))
        gtk_check_button_set_active (row->is_default, TRUE);
    }

  self->updating = FALSE;
  update_titles (self);
}

/* (transfer full) (element-type StrataVariableOption) */
GPtrArray *
strata_variable_options_dup (StrataVariableOptions *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE_OPTIONS (self), NULL);

  GPtrArray *options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      g_ptr_array_add (options,
                       strata_variable_option_new (gtk_editable_get_text (row->value),
                                                   gtk_editable_get_text (row->label),
                                                   gtk_editable_get_text (row->description),
                                                   gtk_check_button_get_active (row->is_default)));
    }

  return options;
}

/* (transfer full): what a console takes for the default: the label of the choice, or its value when it has none */
char *
strata_variable_options_dup_default (StrataVariableOptions *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE_OPTIONS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      const char *label = gtk_editable_get_text (row->label);

      if (gtk_check_button_get_active (row->is_default))
        return g_strdup (*label != '\0' ? label : gtk_editable_get_text (row->value));
    }

  return g_strdup ("");
}
