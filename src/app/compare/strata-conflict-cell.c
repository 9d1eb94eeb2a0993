/* strata-conflict-cell.c - what one side has in a conflict, to be chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict-cell"

#include "strata-conflict-cell.h"

#include <glib/gi18n.h>

#include "strata-conflict-text.h"

struct _StrataConflictCell
{
  GtkToggleButton  parent_instance;
  GtkLabel        *title;
  GtkLabel        *text;
  GtkWidget       *check;
};

typedef enum
{
  PROP_TITLE = 1,
} StrataConflictCellProperty;

static GParamSpec *properties[PROP_TITLE + 1];

G_DEFINE_FINAL_TYPE (StrataConflictCell, strata_conflict_cell, GTK_TYPE_TOGGLE_BUTTON)

static void
strata_conflict_cell_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  StrataConflictCell *self = STRATA_CONFLICT_CELL (object);

  switch ((StrataConflictCellProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_conflict_cell_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  StrataConflictCell *self = STRATA_CONFLICT_CELL (object);

  switch ((StrataConflictCellProperty) prop_id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_conflict_cell_class_init (StrataConflictCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_conflict_cell_get_property;
  object_class->set_property = strata_conflict_cell_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-conflict-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataConflictCell, title);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictCell, text);
  gtk_widget_class_bind_template_child (widget_class, StrataConflictCell, check);
}

static void
strata_conflict_cell_init (StrataConflictCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Chosen is a border, a check, and a word for who does not see them. */
void
strata_conflict_cell_show (StrataConflictCell *self,
                           const char         *text,
                           gboolean            is_chosen)
{
  g_return_if_fail (STRATA_IS_CONFLICT_CELL (self));

  const char *title = gtk_label_get_label (self->title);
  g_autofree char *label = is_chosen
                             /* Translators: the name of a side, and what it has there */
                             ? g_strdup_printf (_("%s: %s, chosen"), title, text)
                             : g_strdup_printf ("%s: %s", title, text);

  strata_conflict_text_set (self->text, text);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), is_chosen);
  gtk_widget_set_opacity (self->check, is_chosen ? 1.0 : 0.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
strata_conflict_cell_set_narrow (StrataConflictCell *self,
                                 gboolean            narrow)
{
  g_return_if_fail (STRATA_IS_CONFLICT_CELL (self));

  gtk_widget_set_visible (GTK_WIDGET (self->title), narrow);
}
