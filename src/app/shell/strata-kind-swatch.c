/* strata-kind-swatch.c - the shape of one kind of layer, 20 by 11 pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kind-swatch"

#include "strata-kind-swatch.h"

#include <math.h>

#define WIDTH 20
#define HEIGHT 11
#define SWATCH_SCALE 1.5      /* a swatch is a layer of the stack drawing, this much larger */
#define CORNER 1.4f           /* at scale 1 */
#define STRIPE 5.0f           /* from one stripe to the next, never closer: thinner ones turn grey */
#define STRIPE_PER_SCALE 3.9f
#define GROUND 0.38f          /* opacity between the stripes */

struct _StrataKindSwatch
{
  GtkWidget        parent_instance;
  StrataLayerKind  kind;
};

typedef enum
{
  PROP_KIND = 1,
} StrataKindSwatchProperty;

static GParamSpec *properties[PROP_KIND + 1];

G_DEFINE_FINAL_TYPE (StrataKindSwatch, strata_kind_swatch, GTK_TYPE_WIDGET)

static const char *
get_color_name (StrataLayerKind kind)
{
  switch (kind)
    {
    case STRATA_LAYER_KIND_PACK:
      return "strata_pack";
    case STRATA_LAYER_KIND_HELM:
    case STRATA_LAYER_KIND_OCI:
      return "strata_chart";
    case STRATA_LAYER_KIND_MANIFEST:
    default:
      return "strata_manifest";
    }
}

static void
get_color (GtkWidget       *widget,
           StrataLayerKind  kind,
           GdkRGBA         *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (context, get_color_name (kind), color))
    gtk_style_context_get_color (context, color);
}

static void
draw_stripes (GtkSnapshot           *snapshot,
              const graphene_rect_t *area,
              const GdkRGBA         *color,
              float                  scale)
{
  GdkRGBA ground = *color;
  float step = MAX (STRIPE, STRIPE_PER_SCALE * scale) / 2;
  float soft = 0.25f / step;
  graphene_point_t start = area->origin;
  graphene_point_t end = GRAPHENE_POINT_INIT (start.x + step, start.y + step);

  ground.alpha *= GROUND;
  GskColorStop stops[] = {
    { 0, ground },        { 0.5f - soft, ground }, { 0.5f + soft, *color },
    { 1 - soft, *color }, { 1, ground },
  };

  gtk_snapshot_append_repeating_linear_gradient (snapshot, area, &start, &end, stops,
                                                 G_N_ELEMENTS (stops));
}

static void
draw_frame (GtkSnapshot          *snapshot,
            const GskRoundedRect *outline,
            const GdkRGBA        *color,
            float                 width)
{
  float widths[] = { width, width, width, width };
  GdkRGBA colors[] = { *color, *color, *color, *color };

  gtk_snapshot_append_border (snapshot, outline, widths, colors);
}

/**
 * strata_kind_swatch_draw:
 * @widget: whose style gives the colours
 * @snapshot: where to draw
 * @kind: the kind of the layer
 * @area: the layer
 * @scale: 1 for a layer of the small stack drawing; corners and stripes grow with it
 *
 * Draws one layer: a pack solid, a chart hatched, a manifest hollow. The shape tells; the hue only repeats it.
 */
void
strata_kind_swatch_draw (GtkWidget             *widget,
                         GtkSnapshot           *snapshot,
                         StrataLayerKind        kind,
                         const graphene_rect_t *area,
                         double                 scale)
{
  GskRoundedRect outline;
  GdkRGBA color;

  get_color (widget, kind, &color);
  gsk_rounded_rect_init_from_rect (&outline, area, CORNER * (float) scale);

  if (kind == STRATA_LAYER_KIND_MANIFEST)
    {
      draw_frame (snapshot, &outline, &color, 1);
      return;
    }

  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (kind == STRATA_LAYER_KIND_PACK)
    gtk_snapshot_append_color (snapshot, &color, area);
  else
    draw_stripes (snapshot, area, &color, (float) scale);
  gtk_snapshot_pop (snapshot);
}

static void
strata_kind_swatch_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
strata_kind_swatch_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  StrataKindSwatch *self = STRATA_KIND_SWATCH (widget);
  float x = floorf ((float) (gtk_widget_get_width (widget) - WIDTH) / 2);
  float y = floorf ((float) (gtk_widget_get_height (widget) - HEIGHT) / 2);

  strata_kind_swatch_draw (widget, snapshot, self->kind, &GRAPHENE_RECT_INIT (x, y, WIDTH, HEIGHT),
                           SWATCH_SCALE);
}

static void
strata_kind_swatch_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  StrataKindSwatch *self = STRATA_KIND_SWATCH (object);

  switch ((StrataKindSwatchProperty) id)
    {
    case PROP_KIND:
      g_value_set_int (value, (int) self->kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_kind_swatch_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  StrataKindSwatch *self = STRATA_KIND_SWATCH (object);

  switch ((StrataKindSwatchProperty) id)
    {
    case PROP_KIND:
      strata_kind_swatch_set_kind (self, (StrataLayerKind) g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_kind_swatch_class_init (StrataKindSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_kind_swatch_get_property;
  object_class->set_property = strata_kind_swatch_set_property;
  widget_class->measure = strata_kind_swatch_measure;
  widget_class->snapshot = strata_kind_swatch_snapshot;

  properties[PROP_KIND] = g_param_spec_int (
    "kind", NULL, NULL, STRATA_LAYER_KIND_PACK, STRATA_LAYER_KIND_MANIFEST, STRATA_LAYER_KIND_PACK,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "swatch");
}

static void
strata_kind_swatch_init (StrataKindSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
strata_kind_swatch_new (StrataLayerKind kind)
{
  return g_object_new (STRATA_TYPE_KIND_SWATCH, "kind", (int) kind, NULL);
}

void
strata_kind_swatch_set_kind (StrataKindSwatch *self,
                             StrataLayerKind   kind)
{
  g_return_if_fail (STRATA_IS_KIND_SWATCH (self));

  if (self->kind == kind)
    return;

  self->kind = kind;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}
