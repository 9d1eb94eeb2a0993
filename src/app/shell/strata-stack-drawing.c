/* strata-stack-drawing.c - a profile's layers as a small drawing: pack solid, chart hatched, manifest hollow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-stack-drawing"

#include "strata-stack-drawing.h"

#include <glib/gi18n.h>
#include <math.h>

#include "strata-kind-swatch.h"

#define WIDTH 36.0
#define PITCH 6.5        /* from one layer to the next */
#define HEIGHT 5.3       /* of one layer */
#define MAX_LAYERS 7     /* more than that, and the number beside it tells */

struct _StrataStackDrawing
{
  GtkWidget        parent_instance;
  StrataLayerKind  kinds[MAX_LAYERS];  /* bottom first */
  guint            n_shown;
  double           scale;
};

typedef enum
{
  PROP_SCALE = 1,
} StrataStackDrawingProperty;

static GParamSpec *properties[PROP_SCALE + 1];

G_DEFINE_FINAL_TYPE (StrataStackDrawing, strata_stack_drawing, GTK_TYPE_WIDGET)

static char *
describe (const StrataLayerKind *kinds,
          guint                  n_kinds)
{
  guint packs = 0, charts = 0, manifests = 0;

  for (guint i = 0; i < n_kinds; i++)
    {
      packs += kinds[i] == STRATA_LAYER_KIND_PACK;
      charts += kinds[i] == STRATA_LAYER_KIND_HELM || kinds[i] == STRATA_LAYER_KIND_OCI;
      manifests += kinds[i] == STRATA_LAYER_KIND_MANIFEST;
    }

  if (n_kinds == 0)
    return g_strdup (_("No layers"));

  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  if (packs > 0)
    g_ptr_array_add (words, g_strdup_printf (ngettext ("%u pack", "%u packs", packs), packs));
  if (charts > 0)
    g_ptr_array_add (words, g_strdup_printf (ngettext ("%u chart", "%u charts", charts), charts));
  if (manifests > 0)
    g_ptr_array_add (
      words, g_strdup_printf (ngettext ("%u manifest", "%u manifests", manifests), manifests));
  g_ptr_array_add (words, NULL);

  g_autofree char *parts = g_strjoinv (_(", "), (char **) words->pdata);
  g_autofree char *total = g_strdup_printf (ngettext ("%u layer", "%u layers", n_kinds), n_kinds);

  /* Translators: "5 layers: 2 packs, 2 charts, 1 manifest" */
  return g_strdup_printf (_("%s: %s"), total, parts);
}

static void
strata_stack_drawing_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  StrataStackDrawing *self = STRATA_STACK_DRAWING (widget);
  double size = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : PITCH * self->n_shown;

  *minimum = *natural = (int) ceil (size * self->scale);
}

static void
strata_stack_drawing_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  StrataStackDrawing *self = STRATA_STACK_DRAWING (widget);
  double bottom = gtk_widget_get_height (widget);

  for (guint i = 0; i < self->n_shown; i++)
    {
      double y = bottom - (i + 1) * PITCH * self->scale;

      strata_kind_swatch_draw (widget, snapshot, self->kinds[i],
                               &GRAPHENE_RECT_INIT (0, (float) y, (float) (WIDTH * self->scale),
                                                    (float) (HEIGHT * self->scale)),
                               self->scale);
    }
}

static void
strata_stack_drawing_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch ((StrataStackDrawingProperty) id)
    {
    case PROP_SCALE:
      g_value_set_double (value, STRATA_STACK_DRAWING (object)->scale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_stack_drawing_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch ((StrataStackDrawingProperty) id)
    {
    case PROP_SCALE:
      strata_stack_drawing_set_scale (STRATA_STACK_DRAWING (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_stack_drawing_class_init (StrataStackDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_stack_drawing_get_property;
  object_class->set_property = strata_stack_drawing_set_property;
  widget_class->measure = strata_stack_drawing_measure;
  widget_class->snapshot = strata_stack_drawing_snapshot;

  properties[PROP_SCALE] =
    g_param_spec_double ("scale", NULL, NULL, 0.5, 16, 1,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "stackdrawing");
}

static void
strata_stack_drawing_init (StrataStackDrawing *self)
{
  self->scale = 1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
strata_stack_drawing_new (void)
{
  return g_object_new (STRATA_TYPE_STACK_DRAWING, NULL);
}

void
strata_stack_drawing_set_kinds (StrataStackDrawing    *self,
                                const StrataLayerKind *kinds,
                                guint                  n_kinds)
{
  g_return_if_fail (STRATA_IS_STACK_DRAWING (self));
  g_return_if_fail (kinds != NULL || n_kinds == 0);

  g_autofree char *label = describe (kinds, n_kinds);

  self->n_shown = MIN (n_kinds, MAX_LAYERS);
  for (guint i = 0; i < self->n_shown; i++)
    self->kinds[i] = kinds[i];

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
strata_stack_drawing_set_entry (StrataStackDrawing *self,
                                StrataEntry        *entry)
{
  g_return_if_fail (STRATA_IS_STACK_DRAWING (self));
  g_return_if_fail (STRATA_IS_ENTRY (entry));

  guint n_kinds = strata_entry_get_n_layers (entry);
  g_autofree StrataLayerKind *kinds = g_new (StrataLayerKind, n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    kinds[i] = strata_entry_get_layer_kind (entry, i);

  strata_stack_drawing_set_kinds (self, kinds, n_kinds);
}

void
strata_stack_drawing_set_profile (StrataStackDrawing *self,
                                  StrataProfile      *profile)
{
  g_return_if_fail (STRATA_IS_STACK_DRAWING (self));
  g_return_if_fail (STRATA_IS_PROFILE (profile));

  guint n_kinds = strata_profile_get_n_layers (profile);
  g_autofree StrataLayerKind *kinds = g_new (StrataLayerKind, n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    kinds[i] = strata_layer_get_kind (strata_profile_get_layer (profile, i));

  strata_stack_drawing_set_kinds (self, kinds, n_kinds);
}

void
strata_stack_drawing_set_scale (StrataStackDrawing *self,
                                double              scale)
{
  g_return_if_fail (STRATA_IS_STACK_DRAWING (self));

  if (G_APPROX_VALUE (self->scale, scale, 0.001))
    return;

  self->scale = scale;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCALE]);
}
