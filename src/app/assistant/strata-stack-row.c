/* strata-stack-row.c - one layer in the stack
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-stack-row"

#include "strata-stack-row.h"

#include <glib/gi18n.h>

#include "strata-kind-swatch.h"
#include "strata-layer-facts.h"

struct _StrataStackRow
{
  GtkListBoxRow     parent_instance;
  StrataKindSwatch *swatch;
  GtkLabel         *name;
  GtkLabel         *version;
  GtkLabel         *subtitle;
  guint             position;  /* in the profile; 0 is the bottom */
  gboolean          ghost;
};

G_DEFINE_FINAL_TYPE (StrataStackRow, strata_stack_row, GTK_TYPE_LIST_BOX_ROW)

static void
strata_stack_row_class_init (StrataStackRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STRATA_TYPE_KIND_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stratadesk/Strata/strata-stack-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataStackRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, StrataStackRow, name);
  gtk_widget_class_bind_template_child (widget_class, StrataStackRow, version);
  gtk_widget_class_bind_template_child (widget_class, StrataStackRow, subtitle);
}

static void
strata_stack_row_init (StrataStackRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static StrataStackRow *
make (StrataLayer *layer,
      const char  *subtitle,
      const char  *label)
{
  StrataStackRow *self = g_object_new (STRATA_TYPE_STACK_ROW, NULL);
  const char *name = strata_layer_get_name (layer);

  strata_kind_swatch_set_kind (self->swatch, strata_layer_get_kind (layer));
  gtk_label_set_label (self->name, *name != '\0' ? name : _("New Layer"));
  gtk_label_set_label (self->version, strata_layer_get_version (layer));
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return self;
}

/* A row for a layer that is in the profile at @position. */
GtkWidget *
strata_stack_row_new (StrataLayer *layer,
                      guint        position)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  g_autofree char *subtitle = strata_layer_facts_subtitle (layer);
  g_autofree char *name = strata_layer_facts_label (layer);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, subtitle);
  StrataStackRow *self = make (layer, subtitle, label);

  self->position = position;

  return GTK_WIDGET (self);
}

/* A dashed row for a layer that is being added. */
GtkWidget *
strata_stack_row_new_ghost (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  g_autofree char *subtitle =
    g_strdup_printf (_("%s · being added"), strata_layer_facts_kind (layer));
  g_autofree char *name = strata_layer_facts_label (layer);
  g_autofree char *label =
    g_strdup_printf (_("%s, being added"), *name != '\0' ? name : _("New Layer"));
  StrataStackRow *self = make (layer, subtitle, label);

  self->ghost = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "ghost");

  return GTK_WIDGET (self);
}

guint
strata_stack_row_get_position (StrataStackRow *self)
{
  g_return_val_if_fail (STRATA_IS_STACK_ROW (self), 0);

  return self->position;
}

gboolean
strata_stack_row_is_ghost (StrataStackRow *self)
{
  g_return_val_if_fail (STRATA_IS_STACK_ROW (self), FALSE);

  return self->ghost;
}
