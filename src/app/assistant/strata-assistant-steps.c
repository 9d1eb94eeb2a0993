/* strata-assistant-steps.c - where a person is on the way through the assistant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-assistant-steps"

#include "strata-assistant-steps.h"

#include <glib/gi18n.h>

#define N_STEPS 3u

static const char *const titles[N_STEPS] = { N_("Basics"), N_("Layers"), N_("Review") };

/* One step: a number, or a check when it is done, and its word. */
typedef struct
{
  GtkWidget *box;
  GtkWidget *check;
  GtkWidget *number;
  GtkWidget *title;
} Step;

struct _StrataAssistantSteps
{
  GtkWidget  parent_instance;
  GtkWidget *wide;
  GtkWidget *short_form;
  Step       steps[N_STEPS];
  guint      step;   /* from 1 */
  gboolean   narrow;
};

typedef enum
{
  PROP_NARROW = 1,
} StrataAssistantStepsProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (StrataAssistantSteps, strata_assistant_steps, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
refresh_step (Step    *step,
              gboolean done,
              gboolean now)
{
  gtk_widget_set_visible (step->check, done);
  gtk_widget_set_visible (step->number, !done);
  set_class (step->box, "now", now);
  set_class (step->title, "dim-label", !now);
  set_class (step->number, "dim-label", !now);
}

static void
refresh (StrataAssistantSteps *self)
{
  const char *title = _(titles[self->step - 1]);
  g_autofree char *text = g_strdup_printf (_("%u of %u"), self->step, N_STEPS);
  g_autofree char *label = g_strdup_printf (_("Step %u of %u, %s"), self->step, N_STEPS, title);

  for (guint i = 0; i < N_STEPS; i++)
    refresh_step (&self->steps[i], i + 1 < self->step, i + 1 == self->step);
  gtk_label_set_label (GTK_LABEL (self->short_form), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->short_form), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_visible (self->wide, !self->narrow);
  gtk_widget_set_visible (self->short_form, self->narrow);
}

static GtkWidget *
make_image (const char *icon,
            int         size,
            const char *css_class)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", size,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (image, css_class);

  return image;
}

static void
build_step (StrataAssistantSteps *self,
            guint                 i)
{
  Step *step = &self->steps[i];
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  g_autofree char *label = g_strdup_printf (_("Step %u of %u, %s"), i + 1, N_STEPS, _(titles[i]));

  step->box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "valign", GTK_ALIGN_CENTER,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  step->check = make_image ("object-select-symbolic", 16, "good");
  step->number = gtk_label_new (number);
  step->title = gtk_label_new (_(titles[i]));
  gtk_widget_add_css_class (step->box, "step");
  gtk_widget_add_css_class (step->number, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (step->box), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_box_append (GTK_BOX (step->box), step->check);
  gtk_box_append (GTK_BOX (step->box), step->number);
  gtk_box_append (GTK_BOX (step->box), step->title);

  if (i > 0)
    gtk_box_append (GTK_BOX (self->wide), make_image ("go-next-symbolic", 12, "dim-label"));
  gtk_box_append (GTK_BOX (self->wide), step->box);
}

static void
strata_assistant_steps_get_property (GObject    *object,
                                     guint       id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch ((StrataAssistantStepsProperty) id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, STRATA_ASSISTANT_STEPS (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_steps_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  StrataAssistantSteps *self = STRATA_ASSISTANT_STEPS (object);

  switch ((StrataAssistantStepsProperty) id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      refresh (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_assistant_steps_dispose (GObject *object)
{
  StrataAssistantSteps *self = STRATA_ASSISTANT_STEPS (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->short_form, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_assistant_steps_parent_class)->dispose (object);
}

static void
strata_assistant_steps_class_init (StrataAssistantStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_assistant_steps_dispose;
  object_class->get_property = strata_assistant_steps_get_property;
  object_class->set_property = strata_assistant_steps_set_property;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_assistant_steps_init (StrataAssistantSteps *self)
{
  self->step = 1;
  self->wide = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->short_form = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->short_form, "heading");
  gtk_widget_add_css_class (self->short_form, "numeric");
  for (guint i = 0; i < N_STEPS; i++)
    build_step (self, i);
  gtk_widget_set_parent (self->wide, GTK_WIDGET (self));
  gtk_widget_set_parent (self->short_form, GTK_WIDGET (self));
  refresh (self);
}

/* Marks @step, counted from 1, as where a person is; those before it as done. */
void
strata_assistant_steps_set_step (StrataAssistantSteps *self,
                                 guint                 step)
{
  g_return_if_fail (STRATA_IS_ASSISTANT_STEPS (self) && step >= 1 && step <= N_STEPS);

  self->step = step;
  refresh (self);
}
