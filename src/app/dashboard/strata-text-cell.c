/* strata-text-cell.c - a cell of a table: a line, a quieter line below it, and an icon where there is one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-cell"

#include "strata-text-cell.h"

#include <math.h>

#define ICON_SIZE 16
#define ICON_GAP 9
#define LINE_GAP 1
#define SMALL 0.88
#define QUIET 0.75f

/* GTK 4.8 keeps some two hundred rows alive whatever the window shows. So a cell is one widget without children, it
 * costs next to nothing until it is drawn, and only a drawn one lays its text out. */
struct _StrataTextCell
{
  GtkWidget            parent_instance;
  StrataTextCellStyle  style;
  char                *title;            /* (owned) (nullable) */
  char                *subtitle;         /* (owned) (nullable) */
  const char          *icon_name;        /* (interned) (nullable) */
  const char          *color_name;       /* (interned) (nullable): a named colour of the style */
  char                *tooltip;          /* (owned) (nullable) */
  int                  indent;
  PangoLayout         *title_layout;     /* (owned) (nullable): made when first drawn */
  PangoLayout         *subtitle_layout;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (StrataTextCell, strata_text_cell, GTK_TYPE_WIDGET)

static PangoLayout *
make_layout (StrataTextCell *self,
             const char     *text,
             gboolean        strong,
             double          scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (strong)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (scale < 1)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  return layout;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
ensure_layouts (StrataTextCell *self)
{
  if (self->title_layout == NULL && has_text (self->title))
    self->title_layout = make_layout (self, self->title, self->style == STRATA_TEXT_CELL_STRONG, 1);
  if (self->subtitle_layout == NULL && has_text (self->subtitle))
    self->subtitle_layout = make_layout (self, self->subtitle, FALSE, SMALL);
}

static int
fit_layout (PangoLayout *layout,
            int          width)
{
  int height = 0;

  if (layout == NULL)
    return 0;

  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static void
draw_layout (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             const GdkRGBA *color,
             int            x,
             int            y)
{
  if (layout == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_icon (StrataTextCell *self,
           GtkSnapshot    *snapshot,
           const GdkRGBA  *text_color,
           int             x,
           int             y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr(GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
    theme, self->icon_name, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
    gtk_widget_get_direction (widget), 0);
  GdkRGBA color = *text_color;

  if (self->color_name != NULL)
    gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), self->color_name,
                                    &color);

  const GdkRGBA colors[] = { color, color, color, color };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
}

static void
strata_text_cell_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  StrataTextCell *self = STRATA_TEXT_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int icon_room = self->icon_name != NULL ? ICON_SIZE + ICON_GAP : 0;
  int width = MAX (gtk_widget_get_width (widget) - icon_room - self->indent, 0);
  int height = gtk_widget_get_height (widget);
  int x = rtl ? 0 : icon_room + self->indent;
  GdkRGBA color, quiet;

  ensure_layouts (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  quiet = color;
  quiet.alpha *= QUIET;

  int title_height = fit_layout (self->title_layout, width);
  int subtitle_height = fit_layout (self->subtitle_layout, width);
  int gap = subtitle_height > 0 ? LINE_GAP : 0;
  int y = (height - title_height - gap - subtitle_height) / 2;

  if (self->icon_name != NULL)
    draw_icon (self, snapshot, &color, rtl ? gtk_widget_get_width (widget) - ICON_SIZE : 0,
               (height - ICON_SIZE) / 2);
  draw_layout (snapshot, self->title_layout,
               self->style == STRATA_TEXT_CELL_QUIET ? &quiet : &color, x, y);
  draw_layout (snapshot, self->subtitle_layout, &quiet, x, y + title_height + gap);
}

static void
drop_layouts (StrataTextCell *self)
{
  g_clear_object (&self->title_layout);
  g_clear_object (&self->subtitle_layout);
}

static void
strata_text_cell_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_text_cell_parent_class)->css_changed (widget, change);

  drop_layouts (STRATA_TEXT_CELL (widget));
  gtk_widget_queue_draw (widget);
}

static void
strata_text_cell_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (strata_text_cell_parent_class)->system_setting_changed (widget, setting);

  drop_layouts (STRATA_TEXT_CELL (widget));
  gtk_widget_queue_draw (widget);
}

static gboolean
strata_text_cell_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, STRATA_TEXT_CELL (widget)->tooltip);

  return STRATA_TEXT_CELL (widget)->tooltip != NULL;
}

static void
strata_text_cell_dispose (GObject *object)
{
  drop_layouts (STRATA_TEXT_CELL (object));

  G_OBJECT_CLASS (strata_text_cell_parent_class)->dispose (object);
}

static void
strata_text_cell_finalize (GObject *object)
{
  StrataTextCell *self = STRATA_TEXT_CELL (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->subtitle, g_free);
  g_clear_pointer (&self->tooltip, g_free);

  G_OBJECT_CLASS (strata_text_cell_parent_class)->finalize (object);
}

static void
strata_text_cell_class_init (StrataTextCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_text_cell_dispose;
  object_class->finalize = strata_text_cell_finalize;
  widget_class->css_changed = strata_text_cell_css_changed;
  widget_class->query_tooltip = strata_text_cell_query_tooltip;
  widget_class->snapshot = strata_text_cell_snapshot;
  widget_class->system_setting_changed = strata_text_cell_system_setting_changed;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "textcell");
}

static void
strata_text_cell_init (StrataTextCell *self)
{
}

GtkWidget *
strata_text_cell_new (StrataTextCellStyle style)
{
  StrataTextCell *self = g_object_new (STRATA_TYPE_TEXT_CELL, NULL);

  self->style = style;

  return GTK_WIDGET (self);
}

void
strata_text_cell_set_text (StrataTextCell *self,
                           const char     *title,
                           const char     *subtitle)
{
  g_return_if_fail (STRATA_IS_TEXT_CELL (self));

  if (g_strcmp0 (self->title, title) == 0 && g_strcmp0 (self->subtitle, subtitle) == 0)
    return;

  g_free (self->title);
  g_free (self->subtitle);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  drop_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  g_autofree char *label = has_text (subtitle) ? g_strjoin (", ", title, subtitle, NULL) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : title, -1);
}

void
strata_text_cell_set_icon (StrataTextCell *self,
                           const char     *icon_name,
                           const char     *color_name)
{
  g_return_if_fail (STRATA_IS_TEXT_CELL (self));

  self->icon_name = g_intern_string (icon_name);
  self->color_name = g_intern_string (color_name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What there is more to say. The tooltip of GTK asks the display where the pointer is each time it changes, which costs
 * more than the whole cell. */
void
strata_text_cell_set_tooltip (StrataTextCell *self,
                              const char     *tooltip)
{
  g_return_if_fail (STRATA_IS_TEXT_CELL (self));

  if (g_strcmp0 (self->tooltip, tooltip) == 0)
    return;

  g_free (self->tooltip);
  self->tooltip = g_strdup (tooltip);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), has_text (tooltip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  tooltip != NULL ? tooltip : "", -1);
}

void
strata_text_cell_set_indent (StrataTextCell *self,
                             int             indent)
{
  g_return_if_fail (STRATA_IS_TEXT_CELL (self));

  if (self->indent == indent)
    return;

  self->indent = indent;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
