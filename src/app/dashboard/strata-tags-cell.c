/* strata-tags-cell.c - the first two tags of a profile as pills, and how many more there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tags-cell"

#include "strata-tags-cell.h"

#define N_PILLS 2
#define PILL_PADDING 9
#define PILL_GAP 6
#define PILL_MARGIN 2      /* above and below the text */
#define SMALL 0.86
#define GROUND 0.09f
#define QUIET 0.75f

/* One widget without children, laid out when it is drawn: see strata-text-cell.c. */
struct _StrataTagsCell
{
  GtkWidget   parent_instance;
  char      **tags;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataTagsCell, strata_tags_cell, GTK_TYPE_WIDGET)

static PangoLayout *
make_layout (StrataTagsCell *self,
             const char     *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  return layout;
}

static void
draw_ground (GtkSnapshot   *snapshot,
             const GdkRGBA *color,
             float          x,
             float          y,
             float          width,
             float          height)
{
  GdkRGBA ground = *color;
  GskRoundedRect outline;
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);

  ground.alpha *= GROUND;
  gsk_rounded_rect_init_from_rect (&outline, &area, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &area);
  gtk_snapshot_pop (snapshot);
}

/* Draws @text where the room begins, in at most @room pixels, and returns how much it took. */
static int
draw_text (StrataTagsCell *self,
           GtkSnapshot    *snapshot,
           const char     *text,
           const GdkRGBA  *color,
           gboolean        pill,
           int             x,
           int             room)
{
  g_autoptr(PangoLayout) layout = make_layout (self, text);
  int padding = pill ? PILL_PADDING : 0;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, NULL);
  width = MIN (width, room - 2 * padding);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);

  int total = width + 2 * padding;
  int y = (gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2;
  int left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
               ? gtk_widget_get_width (GTK_WIDGET (self)) - x - total
               : x;

  if (pill)
    draw_ground (snapshot, color, (float) left, (float) (y - PILL_MARGIN), (float) total,
                 (float) (height + 2 * PILL_MARGIN));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (left + padding), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);

  return total;
}

static void
strata_tags_cell_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  StrataTagsCell *self = STRATA_TAGS_CELL (widget);
  guint n_tags = self->tags != NULL ? g_strv_length (self->tags) : 0;
  int width = gtk_widget_get_width (widget);
  int x = 0;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);

  for (guint i = 0; i < MIN (n_tags, N_PILLS); i++)
    {
      /* Each pill leaves room for the start of what follows it. */
      int room = i == 0 && n_tags > 1 ? (width - x) / 2 : width - x - (n_tags > N_PILLS ? 30 : 0);

      if (room > 2 * PILL_PADDING)
        x += draw_text (self, snapshot, self->tags[i], &color, TRUE, x, room) + PILL_GAP;
    }

  if (n_tags > N_PILLS)
    {
      g_autofree char *more = g_strdup_printf ("+%u", n_tags - N_PILLS);

      color.alpha *= QUIET;
      draw_text (self, snapshot, more, &color, FALSE, x, MAX (width - x, 0));
    }
}

static void
strata_tags_cell_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_tags_cell_parent_class)->css_changed (widget, change);

  gtk_widget_queue_draw (widget);
}

/* Asked when the pointer rests here: to tell GTK each time costs more than the whole cell. */
static gboolean
strata_tags_cell_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  GStrv tags = STRATA_TAGS_CELL (widget)->tags;
  g_autofree char *text = tags != NULL ? g_strjoinv (", ", tags) : NULL;

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
strata_tags_cell_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_TAGS_CELL (object)->tags, g_strfreev);

  G_OBJECT_CLASS (strata_tags_cell_parent_class)->finalize (object);
}

static void
strata_tags_cell_class_init (StrataTagsCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_tags_cell_finalize;
  widget_class->query_tooltip = strata_tags_cell_query_tooltip;
  widget_class->snapshot = strata_tags_cell_snapshot;
  widget_class->css_changed = strata_tags_cell_css_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "tagscell");
}

static void
strata_tags_cell_init (StrataTagsCell *self)
{
}

GtkWidget *
strata_tags_cell_new (void)
{
  return g_object_new (STRATA_TYPE_TAGS_CELL, NULL);
}

void
strata_tags_cell_set_tags (StrataTagsCell    *self,
                           const char *const *tags)
{
  g_return_if_fail (STRATA_IS_TAGS_CELL (self));

  if (self->tags != NULL && tags != NULL && g_strv_equal ((const char *const *) self->tags, tags))
    return;

  g_strfreev (self->tags);
  self->tags = g_strdupv ((char **) tags);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  g_autofree char *label = tags != NULL ? g_strjoinv (", ", (char **) tags) : g_strdup ("");

  gtk_widget_set_has_tooltip (GTK_WIDGET (self),
                              tags != NULL && g_strv_length ((char **) tags) > N_PILLS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
