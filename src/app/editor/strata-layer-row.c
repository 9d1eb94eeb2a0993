/* strata-layer-row.c - how a layer or one of its manifests looks in the stack
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-layer-row"

#include "strata-layer-row.h"

#include <glib/gi18n.h>

#include "strata-kind-swatch.h"

struct _StrataLayerRow
{
  GtkWidget         parent_instance;
  StrataLayerItem  *item;  /* (owned) (nullable) */

  GtkWidget        *root;
  GtkWidget        *layer_box;
  StrataKindSwatch *swatch;
  GtkLabel         *name;
  GtkLabel         *detail;
  GtkWidget        *warning;
  GtkWidget        *manifest_box;
  GtkLabel         *manifest;
};

typedef enum
{
  PROP_ITEM = 1,
} StrataLayerRowProperty;

static GParamSpec *properties[PROP_ITEM + 1];

enum
{
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataLayerRow, strata_layer_row, GTK_TYPE_WIDGET)

static void
update_warning (StrataLayerRow *self)
{
  guint n_problems;

  g_object_get (self->item, "n-problems", &n_problems, NULL);

  g_autofree char *text = g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems),
                                           n_problems);

  gtk_widget_set_visible (self->warning, n_problems > 0);
  gtk_widget_set_tooltip_text (self->warning, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update (StrataLayerRow *self)
{
  const char *manifest = strata_layer_item_get_manifest (self->item);
  g_autofree char *description = strata_layer_item_describe (self->item);
  StrataLayerKind kind;

  g_object_get (self->item, "kind", &kind, NULL);
  gtk_widget_set_visible (self->layer_box, manifest == NULL);
  gtk_widget_set_visible (self->manifest_box, manifest != NULL);
  strata_kind_swatch_set_kind (self->swatch, kind);
  gtk_label_set_label (self->name, strata_layer_item_get_name (self->item));
  gtk_label_set_label (self->detail, strata_layer_item_get_detail (self->item));
  gtk_label_set_label (self->manifest, manifest);
  update_warning (self);

  /* The list's own row is the parent: it is what a screen reader stops at. */
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (row != NULL ? row : GTK_WIDGET (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static GdkContentProvider *
drag_prepare_cb (StrataLayerRow *self)
{
  if (self->item == NULL || strata_layer_item_get_manifest (self->item) != NULL)
    return NULL;

  return gdk_content_provider_new_typed (STRATA_TYPE_LAYER_ITEM, self->item);
}

static void
drag_begin_cb (StrataLayerRow *self,
               GdkDrag        *drag,
               GtkDragSource  *source)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
drop_cb (StrataLayerRow *self,
         const GValue   *value,
         double          x,
         double          y)
{
  StrataLayerItem *dragged = g_value_get_object (value);
  gboolean above = y < gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (dragged == NULL || self->item == NULL || dragged == self->item)
    return FALSE;

  g_signal_emit (self, signals[DROPPED], 0, dragged, above);

  return TRUE;
}

static void
strata_layer_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  StrataLayerRow *self = STRATA_LAYER_ROW (object);

  switch ((StrataLayerRowProperty) prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_layer_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StrataLayerRow *self = STRATA_LAYER_ROW (object);

  switch ((StrataLayerRowProperty) prop_id)
    {
    case PROP_ITEM:
      strata_layer_row_set_item (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
strata_layer_row_dispose (GObject *object)
{
  StrataLayerRow *self = STRATA_LAYER_ROW (object);

  strata_layer_row_set_item (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_LAYER_ROW);

  G_OBJECT_CLASS (strata_layer_row_parent_class)->dispose (object);
}

static void
strata_layer_row_class_init (StrataLayerRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_layer_row_get_property;
  object_class->set_property = strata_layer_row_set_property;
  object_class->dispose = strata_layer_row_dispose;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, STRATA_TYPE_LAYER_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[DROPPED] = g_signal_new ("dropped", STRATA_TYPE_LAYER_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE,
                                   2, STRATA_TYPE_LAYER_ITEM, G_TYPE_BOOLEAN);

  g_type_ensure (STRATA_TYPE_KIND_SWATCH);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/stratadesk/Strata/strata-layer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, root);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, layer_box);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, name);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, detail);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, warning);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, manifest_box);
  gtk_widget_class_bind_template_child (widget_class, StrataLayerRow, manifest);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_layer_row_init (StrataLayerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  GtkDropTarget *target = gtk_drop_target_new (STRATA_TYPE_LAYER_ITEM, GDK_ACTION_MOVE);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

StrataLayerItem *
strata_layer_row_get_item (StrataLayerRow *self)
{
  g_return_val_if_fail (STRATA_IS_LAYER_ROW (self), NULL);

  return self->item;
}

void
strata_layer_row_set_item (StrataLayerRow  *self,
                           StrataLayerItem *item)
{
  g_return_if_fail (STRATA_IS_LAYER_ROW (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);

  g_set_object (&self->item, item);

  if (item != NULL)
    {
      g_signal_connect_swapped (item, "notify", G_CALLBACK (update), self);
      update (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
