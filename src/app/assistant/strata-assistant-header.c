/* strata-assistant-header.c - the header bar of the assistant: where one is, and the way on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-header"

#include "strata-assistant-header.h"

#include <glib/gi18n.h>

#include "strata-assistant-steps.h"
#include "strata-template.h"

#define LAST_STEP 3

struct _StrataAssistantHeader
{
  GtkWidget             parent_instance;
  GtkStack             *title;
  AdwWindowTitle       *add_title;
  StrataAssistantSteps *steps;
  GtkButton            *close;
  GtkButton            *back;
  GtkButton            *next;
  GtkButton            *finish;
  gboolean              narrow;
};

typedef enum
{
  PROP_NARROW = 1,
} StrataAssistantHeaderProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataAssistantHeader, strata_assistant_header, GTK_TYPE_WIDGET)

static void
strata_assistant_header_get_property (GObject    *object,
                                      guint       id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch ((StrataAssistantHeaderProperty) id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, STRATA_ASSISTANT_HEADER (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_header_set_property (GObject      *object,
                                      guint         id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  StrataAssistantHeader *self = STRATA_ASSISTANT_HEADER (object);

  switch ((StrataAssistantHeaderProperty) id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_header_dispose (GObject *object)
{
  strata_template_clear (GTK_WIDGET (object), STRATA_TYPE_ASSISTANT_HEADER);

  G_OBJECT_CLASS (strata_assistant_header_parent_class)->dispose (object);
}

static void
strata_assistant_header_class_init (StrataAssistantHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_assistant_header_dispose;
  object_class->get_property = strata_assistant_header_get_property;
  object_class->set_property = strata_assistant_header_set_property;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (STRATA_TYPE_ASSISTANT_STEPS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-assistant-header.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, title);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, add_title);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, steps);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, close);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, back);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, next);
  gtk_widget_class_bind_template_child (widget_class, StrataAssistantHeader, finish);
}

static void
strata_assistant_header_init (StrataAssistantHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_back_label (const StrataAssistantState *state)
{
  if (state->pane_back)
    return _("Back (Alt+Left)");

  return state->step == LAST_STEP ? _("Back to Layers (Alt+Left)")
                                  : _("Back to Basics (Alt+Left)");
}

/* Shows @state; what the actions allow is for the page to say. */
void
strata_assistant_header_show (StrataAssistantHeader      *self,
                              const StrataAssistantState *state)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_HEADER (self) && state != NULL);

  gboolean is_new = state->profile == NULL;
  const char *back = get_back_label (state);

  gtk_stack_set_visible_child_name (self->title, is_new ? "steps" : "add");
  strata_assistant_steps_set_step (self->steps, state->step);
  adw_window_title_set_subtitle (self->add_title, is_new ? "" : state->profile);
  gtk_button_set_label (self->close, is_new ? _("Close") : _("Cancel"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->close), is_new ? _("Close and Keep a Draft (Esc)")
                                                                : _("Back to the Profile (Esc)"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->back), back);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, back,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->back), state->pane_back || (is_new && state->step > 1));
  gtk_widget_set_visible (GTK_WIDGET (self->next), is_new && state->step < LAST_STEP);
  if (state->wait == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->next), "suggested-action");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next),
                               state->wait != NULL ? state->wait : _("Next (Alt+Right)"));
  gtk_widget_set_visible (GTK_WIDGET (self->finish), is_new && state->step == LAST_STEP);
}
