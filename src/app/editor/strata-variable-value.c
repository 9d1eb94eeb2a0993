/* strata-variable-value.c - the default of a variable, in the way that its format and input type ask for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-value"

#include "strata-variable-value.h"

#include <string.h>

/* The values behind the rows of the choice between yes and no. */
static const char *const truths[] = { "", "true", "false" };

struct _StrataVariableValue
{
  AdwPreferencesGroup  parent_instance;
  char                *text;  /* (owned) */
  gboolean             updating;
  gboolean             is_secret;

  GtkEditable         *line;
  GtkEditable         *secret;
  AdwComboRow         *truth;
  GtkWidget           *lines_row;
  GtkToggleButton     *reveal;
  GtkWidget           *hidden;
  GtkWidget           *lines_frame;
  GtkTextView         *lines;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataVariableValue, strata_variable_value, ADW_TYPE_PREFERENCES_GROUP)

static void
take (StrataVariableValue *self,
      const char            *text)
{
  if (self->updating || g_str_equal (self->text, text))
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
line_changed_cb (StrataVariableValue *self,
                 GtkEditable           *line)
{
  take (self, gtk_editable_get_text (line));
}

static void
truth_chosen_cb (StrataVariableValue *self)
{
  guint chosen = adw_combo_row_get_selected (self->truth);

  if (chosen < G_N_ELEMENTS (truths))
    take (self, truths[chosen]);
}

static void
lines_changed_cb (StrataVariableValue *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->lines);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);

  take (self, text);
}

static void
update_hidden (StrataVariableValue *self)
{
  gboolean is_hidden = self->is_secret && !gtk_toggle_button_get_active (self->reveal);

  gtk_widget_set_visible (GTK_WIDGET (self->reveal), self->is_secret);
  gtk_widget_set_visible (self->hidden, is_hidden);
  gtk_widget_set_visible (self->lines_frame, !is_hidden);
}

/* An entry of one line would drop the others: it gets the text only when it has no more. */
static void
show_text (StrataVariableValue *self)
{
  gboolean has_lines = strchr (self->text, '\n') != NULL;

  self->updating = TRUE;
  gtk_editable_set_text (self->line, has_lines ? "" : self->text);
  gtk_editable_set_text (self->secret, has_lines ? "" : self->text);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->lines), self->text, -1);
  adw_combo_row_set_selected (self->truth, 0);

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (g_str_equal (truths[i], self->text))
      adw_combo_row_set_selected (self->truth, i);

  self->updating = FALSE;
}

static void
strata_variable_value_finalize (GObject *object)
{
  StrataVariableValue *self = STRATA_VARIABLE_VALUE (object);

  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (strata_variable_value_parent_class)->finalize (object);
}

static void
strata_variable_value_class_init (StrataVariableValueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_variable_value_finalize;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_VARIABLE_VALUE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-variable-value.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, line);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, secret);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, truth);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, lines_row);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, reveal);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, hidden);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, lines_frame);
  gtk_widget_class_bind_template_child (widget_class, StrataVariableValue, lines);
  gtk_widget_class_bind_template_callback (widget_class, line_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, truth_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, lines_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_hidden);
}

static void
strata_variable_value_init (StrataVariableValue *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
strata_variable_value_get_text (StrataVariableValue *self)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE_VALUE (self), NULL);

  return self->text;
}

void
strata_variable_value_set_text (StrataVariableValue *self,
                                  const char            *text)
{
  g_return_if_fail (STRATA_IS_VARIABLE_VALUE (self));
  g_return_if_fail (text != NULL);

  g_free (self->text);
  self->text = g_strdup (text);
  show_text (self);
}

/* Shows the one way to give the default; what was given so far stays, as far as that way can show it. */
void
strata_variable_value_set_kind (StrataVariableValue *self,
                                  const char            *format,
                                  const char            *input_type,
                                  gboolean               is_secret)
{
  g_return_if_fail (STRATA_IS_VARIABLE_VALUE (self));

  gboolean has_lines = g_str_equal (input_type, "multiline");
  gboolean is_truth = !has_lines && !is_secret && g_str_equal (format, "boolean");

  self->is_secret = is_secret;
  show_text (self);
  gtk_widget_set_visible (GTK_WIDGET (self->line), !has_lines && !is_truth && !is_secret);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), !has_lines && is_secret);
  gtk_widget_set_visible (GTK_WIDGET (self->truth), is_truth);
  gtk_widget_set_visible (self->lines_row, has_lines);
  gtk_widget_set_visible (GTK_WIDGET (self), !g_str_equal (input_type, "dropdown"));
  update_hidden (self);
}
