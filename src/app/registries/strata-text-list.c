/* strata-text-list.c - lines of text that a person could paste, as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-list"

#include "strata-text-list.h"

#include "strata-template.h"

struct _StrataTextList
{
  GtkWidget       parent_instance;
  GtkListView    *view;
  GtkNoSelection *selection;
};

typedef enum
{
  PROP_MODEL = 1,
  PROP_LABEL,
} StrataTextListProperty;

static GParamSpec *properties[PROP_LABEL + 1];

G_DEFINE_FINAL_TYPE (StrataTextList, strata_text_list, GTK_TYPE_WIDGET)

static void
strata_text_list_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StrataTextList *self = STRATA_TEXT_LIST (object);

  switch ((StrataTextListProperty) id)
    {
    case PROP_MODEL:
      gtk_no_selection_set_model (self->selection, g_value_get_object (value));
      break;
    case PROP_LABEL:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_text_list_dispose (GObject *object)
{
  strata_template_clear (GTK_WIDGET (object), STRATA_TYPE_TEXT_LIST);

  G_OBJECT_CLASS (strata_text_list_parent_class)->dispose (object);
}

static void
strata_text_list_class_init (StrataTextListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_text_list_dispose;
  object_class->set_property = strata_text_list_set_property;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-text-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataTextList, view);
  gtk_widget_class_bind_template_child (widget_class, StrataTextList, selection);
}

static void
strata_text_list_init (StrataTextList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
