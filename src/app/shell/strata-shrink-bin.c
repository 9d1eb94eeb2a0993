/* strata-shrink-bin.c - lets a window become narrower than what is in it, so that this can be arranged anew
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-shrink-bin"

#include "strata-shrink-bin.h"

#define MIN_WIDTH 360
#define MIN_HEIGHT 294

struct _StrataShrinkBin
{
  GtkWidget  parent_instance;
  GtkWidget *child;  /* (owned) (nullable) */
};

typedef enum
{
  PROP_CHILD = 1,
} StrataShrinkBinProperty;

static GParamSpec *properties[PROP_CHILD + 1];

G_DEFINE_FINAL_TYPE (StrataShrinkBin, strata_shrink_bin, GTK_TYPE_WIDGET)

static void
strata_shrink_bin_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  StrataShrinkBin *self = STRATA_SHRINK_BIN (widget);
  int smallest = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;

  *minimum = smallest;
  *natural = smallest;
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, -1, NULL, natural, NULL, NULL);
  *natural = MAX (*natural, smallest);
}

/* What does not fit is cut off at the end, for the one frame until the child has arranged itself for the width. */
static void
strata_shrink_bin_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  StrataShrinkBin *self = STRATA_SHRINK_BIN (widget);
  int least_width, least_height;

  if (self->child == NULL || !gtk_widget_should_layout (self->child))
    return;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  width = MAX (width, least_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &least_height, NULL, NULL,
                      NULL);
  gtk_widget_allocate (self->child, width, MAX (height, least_height), baseline, NULL);
}

static void
strata_shrink_bin_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((StrataShrinkBinProperty) id)
    {
    case PROP_CHILD:
      g_value_set_object (value, STRATA_SHRINK_BIN (object)->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_shrink_bin_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch ((StrataShrinkBinProperty) id)
    {
    case PROP_CHILD:
      strata_shrink_bin_set_child (STRATA_SHRINK_BIN (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_shrink_bin_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_SHRINK_BIN (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_shrink_bin_parent_class)->dispose (object);
}

static void
strata_shrink_bin_class_init (StrataShrinkBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = strata_shrink_bin_get_property;
  object_class->set_property = strata_shrink_bin_set_property;
  object_class->dispose = strata_shrink_bin_dispose;
  widget_class->measure = strata_shrink_bin_measure;
  widget_class->size_allocate = strata_shrink_bin_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_shrink_bin_init (StrataShrinkBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
strata_shrink_bin_set_child (StrataShrinkBin *self,
                             GtkWidget       *child)
{
  g_return_if_fail (STRATA_IS_SHRINK_BIN (self));

  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}
