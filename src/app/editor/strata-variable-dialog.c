/* strata-variable-dialog.c - a form for one variable of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-dialog"

#include "strata-variable-dialog.h"

#include <glib/gi18n.h>

#include "strata-names.h"

/* The formats of the Palette API, in the order of the rows of strata-variable-dialog.ui. */
static const struct
{
  const char *name;
  const char *title;
} formats[] = {
  { "string", N_("Text") },
  { "number", N_("Number") },
  { "boolean", N_("Yes or no") },
  { "ipv4", N_("IPv4 address") },
  { "ipv4cidr", N_("IPv4 network") },
  { "ipv6", N_("IPv6 address") },
  { "version", N_("Version") },
  { "base64", N_("Base64") },
};

struct _StrataVariableDialog
{
  AdwWindow       parent_instance;
  StrataVariable *variable;  /* (owned) (nullable): NULL for a new one */
  StrataProfile  *profile;   /* (owned) */

  AdwWindowTitle *title;
  GtkWidget      *accept;
  GtkEditable    *name;
  GtkEditable    *display_name;
  GtkEditable    *description;
  AdwComboRow    *format;
  GtkEditable    *value;
  GtkEditable    *secret;
  GtkEditable    *regex;
  GtkSwitch      *required;
  GtkSwitch      *hidden;
  GtkSwitch      *immutable;
  GtkSwitch      *sensitive;
  GtkLabel       *problem;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataVariableDialog, strata_variable_dialog, ADW_TYPE_WINDOW)

static guint
find_format (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      return i;

  return 0;
}

static gboolean
is_taken (StrataVariableDialog *self,
          const char           *name)
{
  GPtrArray *variables = strata_profile_get_variables (self->profile);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *other = g_ptr_array_index (variables, i);

      if (other != self->variable && g_str_equal (strata_variable_get_name (other), name))
        return TRUE;
    }

  return FALSE;
}

static const char *
get_value (StrataVariableDialog *self)
{
  gboolean secret = gtk_switch_get_active (self->sensitive);

  return gtk_editable_get_text (secret ? self->secret : self->value);
}

/* (transfer full) (nullable): why this cannot be kept, NULL when it can */
static char *
find_problem (StrataVariableDialog *self)
{
  const char *name = gtk_editable_get_text (self->name);
  gboolean required = gtk_switch_get_active (self->required);
  gboolean needs_default =
    (required && gtk_switch_get_active (self->hidden)) || gtk_switch_get_active (self->immutable);
  g_autoptr(GError) error = NULL;

  if (!strata_name_check_variable (name, &error))
    return g_strdup (error->message);

  if (is_taken (self, name))
    return g_strdup_printf (_("There is a variable “%s” already"), name);

  if (needs_default && *get_value (self) == '\0')
    return g_strdup (_("A variable that nobody can fill in needs a default"));

  return NULL;
}

static void
check_cb (StrataVariableDialog *self)
{
  gboolean secret = gtk_switch_get_active (self->sensitive);
  g_autofree char *problem = find_problem (self);
  gboolean untouched = self->variable == NULL && *gtk_editable_get_text (self->name) == '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->value), !secret);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), secret);
  gtk_widget_set_sensitive (self->accept, problem == NULL);
  gtk_label_set_label (self->problem, untouched ? "" : problem);
}

static StrataVariable *
with_text (StrataVariable      *variable,
           StrataVariableField  field,
           const char          *text)
{
  g_autoptr(StrataVariable) before = variable;

  return strata_variable_with (before, field, text);
}

static StrataVariable *
make_variable (StrataVariableDialog *self)
{
  const char *name = gtk_editable_get_text (self->name);
  guint format = adw_combo_row_get_selected (self->format);
  StrataVariable *made =
    self->variable != NULL ? g_object_ref (self->variable) : strata_variable_new (name);
  StrataVariableFlags flags = 0;

  if (gtk_switch_get_active (self->required))
    flags |= STRATA_VARIABLE_REQUIRED;
  if (gtk_switch_get_active (self->hidden))
    flags |= STRATA_VARIABLE_HIDDEN;
  if (gtk_switch_get_active (self->immutable))
    flags |= STRATA_VARIABLE_IMMUTABLE;
  if (gtk_switch_get_active (self->sensitive))
    flags |= STRATA_VARIABLE_SENSITIVE;

  made = with_text (made, STRATA_VARIABLE_NAME, name);
  made = with_text (made, STRATA_VARIABLE_DISPLAY_NAME, gtk_editable_get_text (self->display_name));
  made = with_text (made, STRATA_VARIABLE_DESCRIPTION, gtk_editable_get_text (self->description));
  made = with_text (made, STRATA_VARIABLE_FORMAT, formats[format].name);
  made = with_text (made, STRATA_VARIABLE_DEFAULT, get_value (self));
  made = with_text (made, STRATA_VARIABLE_REGEX, gtk_editable_get_text (self->regex));

  g_autoptr(StrataVariable) before = made;

  return strata_variable_with_flags (before, flags);
}

static void
accept_cb (StrataVariableDialog *self)
{
  g_autofree char *problem = find_problem (self);

  if (problem != NULL)
    return;

  g_autoptr(StrataVariable) made = make_variable (self);
  const char *old_name = self->variable != NULL ? strata_variable_get_name (self->variable) : NULL;

  g_signal_emit (self, signals[DONE], 0, old_name, made);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fill (StrataVariableDialog *self,
      StrataVariable       *variable)
{
  StrataVariableFlags flags = strata_variable_get_flags (variable);
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  gboolean secret = (flags & STRATA_VARIABLE_SENSITIVE) != 0;

  gtk_editable_set_text (self->name, strata_variable_get_name (variable));
  gtk_editable_set_text (self->display_name,
                         strata_variable_get (variable, STRATA_VARIABLE_DISPLAY_NAME));
  gtk_editable_set_text (self->description,
                         strata_variable_get (variable, STRATA_VARIABLE_DESCRIPTION));
  adw_combo_row_set_selected (self->format,
                              find_format (strata_variable_get (variable, STRATA_VARIABLE_FORMAT)));
  gtk_editable_set_text (secret ? self->secret : self->value, value);
  gtk_editable_set_text (self->regex, strata_variable_get (variable, STRATA_VARIABLE_REGEX));
  gtk_switch_set_active (self->required, (flags & STRATA_VARIABLE_REQUIRED) != 0);
  gtk_switch_set_active (self->hidden, (flags & STRATA_VARIABLE_HIDDEN) != 0);
  gtk_switch_set_active (self->immutable, (flags & STRATA_VARIABLE_IMMUTABLE) != 0);
  gtk_switch_set_active (self->sensitive, secret);
  adw_window_title_set_title (self->title, _("Change Variable"));
}

static void
strata_variable_dialog_dispose (GObject *object)
{
  StrataVariableDialog *self = STRATA_VARIABLE_DIALOG (object);

  g_clear_object (&self->variable);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (strata_variable_dialog_parent_class)->dispose (object);
}

static void
strata_variable_dialog_class_init (StrataVariableDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_variable_dialog_dispose;

  signals[DONE] = g_signal_new ("done", STRATA_TYPE_VARIABLE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, STRATA_TYPE_VARIABLE);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variable-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, name);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, display_name);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, description);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, format);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, value);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, secret);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, regex);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, required);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, hidden);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, immutable);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, sensitive);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
strata_variable_dialog_init (StrataVariableDialog *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (titles, _(formats[i].title));

  adw_combo_row_set_model (self->format, G_LIST_MODEL (titles));
}

/* @variable (nullable): what to change, NULL for a new one; @profile tells which names are taken */
GtkWidget *
strata_variable_dialog_new (StrataVariable *variable,
                            StrataProfile  *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  StrataVariableDialog *self = g_object_new (STRATA_TYPE_VARIABLE_DIALOG, NULL);

  self->profile = g_object_ref (profile);
  g_set_object (&self->variable, variable);

  if (variable != NULL)
    fill (self, variable);

  check_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}

/* A format of the API as a person says it. */
const char *
strata_variable_dialog_describe_format (const char *format)
{
  g_return_val_if_fail (format != NULL, NULL);

  return _(formats[find_format (format)].title);
}
