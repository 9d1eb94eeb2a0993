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

  GtkWidget      *button;    /* opens the list of uses */
};

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
  G_OBJECT_CLASS (klass)->dispose = strata_variable_row_dispose;
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

GtkWidget *
strata_variable_row_new (StrataVariable *variable)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (variable), NULL);

  const char *name = strata_variable_get_name (variable);
  StrataVariableRow *self = g_object_new (STRATA_TYPE_VARIABLE_ROW, "title", name, NULL);

  self->variable = g_object_ref (variable);
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
