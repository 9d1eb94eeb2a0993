/* strata-variable-dialog.c - a form for one variable of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-dialog"

#include "strata-variable-dialog.h"

#include <glib/gi18n.h>

#include "strata-names.h"
#include "strata-pattern.h"
#include "strata-variable-check.h"
#include "strata-variable-value.h"
#include "strata-variable-options.h"

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

/* The input types, in the order of the rows of strata-variable-dialog.ui. */
static const char *const input_types[] = { "text", "multiline", "dropdown" };

struct _StrataVariableDialog
{
  AdwWindow              parent_instance;
  StrataVariable        *variable;  /* (owned) (nullable): NULL for a new one */
  StrataProfile         *profile;   /* (owned) */
  guint                  n_uses;

  AdwWindowTitle        *title;
  GtkWidget             *accept;
  GtkEditable           *name;
  GtkLabel              *follow;
  GtkEditable           *display_name;
  GtkEditable           *description;
  AdwComboRow           *format;
  AdwComboRow           *input_type;
  StrataVariableValue   *value;
  StrataVariableOptions *options;
  GtkWidget             *pattern_group;
  GtkEditable           *regex;
  GtkEditable           *attempt;
  GtkLabel              *result;
  GtkSwitch             *required;
  GtkSwitch             *hidden;
  GtkSwitch             *immutable;
  GtkSwitch             *sensitive;
  GtkLabel              *problem;
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

static const char *
get_format (StrataVariableDialog *self)
{
  return formats[adw_combo_row_get_selected (self->format)].name;
}

static const char *
get_input_type (StrataVariableDialog *self)
{
  return input_types[adw_combo_row_get_selected (self->input_type)];
}

static guint
find_input_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (input_types); i++)
    if (g_str_equal (input_types[i], name))
      return i;

  return 0;
}

static StrataVariable *
with_text (StrataVariable      *variable,
           StrataVariableField  field,
           const char          *text)
{
  g_autoptr(StrataVariable) before = variable;

  return strata_variable_with (before, field, text);
}

static StrataVariableFlags
get_flags (StrataVariableDialog *self)
{
  StrataVariableFlags flags = 0;

  if (gtk_switch_get_active (self->required))
    flags |= STRATA_VARIABLE_REQUIRED;
  if (gtk_switch_get_active (self->hidden))
    flags |= STRATA_VARIABLE_HIDDEN;
  if (gtk_switch_get_active (self->immutable))
    flags |= STRATA_VARIABLE_IMMUTABLE;
  if (gtk_switch_get_active (self->sensitive))
    flags |= STRATA_VARIABLE_SENSITIVE;

  return flags;
}

/* Choices belong to a drop-down: they go with it, but what came with another input type is not ours to drop. */
static StrataVariable *
with_default (StrataVariableDialog *self,
              StrataVariable       *variable)
{
  gboolean is_dropdown = g_str_equal (get_input_type (self), "dropdown");
  gboolean was_dropdown = self->variable != NULL &&
    g_str_equal (strata_variable_get (self->variable, STRATA_VARIABLE_INPUT_TYPE), "dropdown");
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GPtrArray) options = strata_variable_options_dup (self->options);
  g_autofree char *chosen = strata_variable_options_dup_default (self->options);
  const char *text = is_dropdown ? chosen : strata_variable_value_get_text (self->value);
  g_autoptr(StrataVariable) made = with_text (variable, STRATA_VARIABLE_DEFAULT, text);

  if (!is_dropdown && !was_dropdown)
    return g_steal_pointer (&made);

  return strata_variable_with_options (made, is_dropdown ? options : none);
}

static StrataVariable *
make_variable (StrataVariableDialog *self)
{
  const char *name = gtk_editable_get_text (self->name);
  StrataVariable *made =
    self->variable != NULL ? g_object_ref (self->variable) : strata_variable_new (name);

  made = with_text (made, STRATA_VARIABLE_NAME, name);
  made = with_text (made, STRATA_VARIABLE_DISPLAY_NAME, gtk_editable_get_text (self->display_name));
  made = with_text (made, STRATA_VARIABLE_DESCRIPTION, gtk_editable_get_text (self->description));
  made = with_text (made, STRATA_VARIABLE_REGEX, gtk_editable_get_text (self->regex));

  /* One that is not known here is shown as the first, and stays what it is until another is chosen. */
  if (find_format (strata_variable_get (made, STRATA_VARIABLE_FORMAT)) != adw_combo_row_get_selected (self->format))
    made = with_text (made, STRATA_VARIABLE_FORMAT, get_format (self));
  if (find_input_type (strata_variable_get (made, STRATA_VARIABLE_INPUT_TYPE)) != adw_combo_row_get_selected (self->input_type))
    made = with_text (made, STRATA_VARIABLE_INPUT_TYPE, get_input_type (self));

  g_autoptr(StrataVariable) before = with_default (self, made);

  return strata_variable_with_flags (before, get_flags (self));
}

/* (transfer full) (nullable): why this cannot be kept, NULL when it can */
static char *
find_problem (StrataVariableDialog *self)
{
  g_autoptr(StrataVariable) made = make_variable (self);
  GPtrArray *variables = strata_profile_get_variables (self->profile);
  g_autoptr(GError) error = NULL;

  if (strata_name_check_variable (gtk_editable_get_text (self->name), &error) &&
      strata_variable_check_names (made, variables, self->variable, &error))
    strata_variable_check (made, &error);

  return error != NULL ? g_strdup (error->message) : NULL;
}

/* Tries the pattern on what is typed to try it. */
static void
update_attempt (StrataVariableDialog *self)
{
  const char *regex = gtk_editable_get_text (self->regex);
  const char *text = gtk_editable_get_text (self->attempt);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPattern) pattern = strata_pattern_new (regex, &error);
  gboolean matches = pattern != NULL && strata_pattern_matches (pattern, text, -1, &error);
  const char *classes[] = { matches ? "good" : "dim-label", NULL };

  gtk_widget_set_visible (GTK_WIDGET (self->attempt), *regex != '\0');
  gtk_widget_set_css_classes (GTK_WIDGET (self->result), classes);

  if (error != NULL || *text == '\0')
    gtk_label_set_label (self->result, "");
  else
    gtk_label_set_label (self->result, matches ? _("Matches") : _("Does not match"));
}

static void
update_follow (StrataVariableDialog *self)
{
  const char *before = self->variable != NULL ? strata_variable_get_name (self->variable) : "";
  gboolean renames = self->n_uses > 0 && !g_str_equal (gtk_editable_get_text (self->name), before);
  g_autofree char *text =
    g_strdup_printf (ngettext ("The text follows in %u place", "The text follows in %u places",
                               self->n_uses), self->n_uses);

  gtk_label_set_label (self->follow, text);
  gtk_widget_set_visible (GTK_WIDGET (self->follow), renames);
}

static void
check_cb (StrataVariableDialog *self)
{
  /* While the template is built. */
  if (self->profile == NULL)
    return;

  g_autofree char *problem = find_problem (self);
  gboolean untouched = self->variable == NULL && *gtk_editable_get_text (self->name) == '\0';

  gtk_widget_set_sensitive (self->accept, problem == NULL);
  gtk_label_set_label (self->problem, untouched || problem == NULL ? "" : problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !untouched && problem != NULL);
  update_attempt (self);
  update_follow (self);
}

static void
kind_cb (StrataVariableDialog *self)
{
  gboolean is_dropdown;

  if (self->profile == NULL)
    return;

  is_dropdown = g_str_equal (get_input_type (self), "dropdown");
  strata_variable_value_set_kind (self->value, get_format (self), get_input_type (self),
                                    gtk_switch_get_active (self->sensitive));
  gtk_widget_set_visible (GTK_WIDGET (self->options), is_dropdown);
  gtk_widget_set_visible (self->pattern_group, !is_dropdown);
  check_cb (self);
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
  const char *input_type = strata_variable_get (variable, STRATA_VARIABLE_INPUT_TYPE);

  gtk_editable_set_text (self->name, strata_variable_get_name (variable));
  gtk_editable_set_text (self->display_name,
                         strata_variable_get (variable, STRATA_VARIABLE_DISPLAY_NAME));
  gtk_editable_set_text (self->description,
                         strata_variable_get (variable, STRATA_VARIABLE_DESCRIPTION));
  adw_combo_row_set_selected (self->format,
                              find_format (strata_variable_get (variable, STRATA_VARIABLE_FORMAT)));
  adw_combo_row_set_selected (self->input_type, find_input_type (input_type));
  strata_variable_options_set (self->options, strata_variable_get_options (variable), value);
  strata_variable_value_set_text (self->value, value);
  gtk_editable_set_text (self->regex, strata_variable_get (variable, STRATA_VARIABLE_REGEX));
  gtk_switch_set_active (self->required, (flags & STRATA_VARIABLE_REQUIRED) != 0);
  gtk_switch_set_active (self->hidden, (flags & STRATA_VARIABLE_HIDDEN) != 0);
  gtk_switch_set_active (self->immutable, (flags & STRATA_VARIABLE_IMMUTABLE) != 0);
  gtk_switch_set_active (self->sensitive, (flags & STRATA_VARIABLE_SENSITIVE) != 0);
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
  g_type_ensure (STRATA_TYPE_VARIABLE_VALUE);
  g_type_ensure (STRATA_TYPE_VARIABLE_OPTIONS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variable-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, title);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, name);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, follow);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, display_name);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, description);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, format);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, input_type);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, value);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, options);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, pattern_group);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, regex);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, attempt);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, result);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, required);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, hidden);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, immutable);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, sensitive);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
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

/* @variable (nullable): what to change, NULL for a new one; @profile tells which names are taken, @n_uses how many places
 * of its texts use @variable */
GtkWidget *
strata_variable_dialog_new (StrataVariable *variable,
                            StrataProfile  *profile,
                            guint           n_uses)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  StrataVariableDialog *self = g_object_new (STRATA_TYPE_VARIABLE_DIALOG, NULL);

  if (variable != NULL)
    fill (self, variable);

  g_set_object (&self->variable, variable);
  self->n_uses = n_uses;
  self->profile = g_object_ref (profile);
  kind_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}

/* The name of a new variable, as far as it is known. */
void
strata_variable_dialog_suggest_name (StrataVariableDialog *self,
                                     const char           *name)
{
  g_return_if_fail (STRATA_IS_VARIABLE_DIALOG (self));
  g_return_if_fail (name != NULL);

  gtk_editable_set_text (self->name, name);
  gtk_widget_grab_focus (GTK_WIDGET (self->display_name));
}

/* A format of the API as a person says it. */
const char *
strata_variable_dialog_describe_format (const char *format)
{
  g_return_val_if_fail (format != NULL, NULL);

  return _(formats[find_format (format)].title);
}
