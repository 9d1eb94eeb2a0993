/* strata-change-bar.c - draws beside the text which lines are new, different, or gone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-change-bar"

#include "strata-change-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#define WIDTH 8
#define BAR 3

/* More of what was there than a person reads in a tooltip. */
#define MAX_LINES 8

struct _StrataChangeBar
{
  GtkSourceGutterRenderer  parent_instance;
  GArray                  *hunks;   /* (owned) (nullable) (element-type StrataHunk): lines count from 0 */
  StrataBlob              *before;  /* (owned) (nullable): what the old lines are of */
};

G_DEFINE_FINAL_TYPE (StrataChangeBar, strata_change_bar, GTK_SOURCE_TYPE_GUTTER_RENDERER)

static guint
get_end (const StrataHunk *hunk)
{
  return hunk->new_start + MAX (hunk->new_count, 1);
}

/* The index of the first hunk that ends behind @line. */
static guint
search (StrataChangeBar *self,
        guint            line)
{
  guint low = 0;
  guint high = self->hunks != NULL ? self->hunks->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_end (&g_array_index (self->hunks, StrataHunk, middle)) <= line)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static const StrataHunk *
get_hunk (StrataChangeBar *self,
          guint            index)
{
  return self->hunks != NULL && index < self->hunks->len ? &g_array_index (self->hunks, StrataHunk, index) : NULL;
}

static void
get_color (StrataChangeBar  *self,
           const StrataHunk *hunk,
           GdkRGBA          *color)
{
  const char *name = hunk->new_count == 0   ? "error_color"
                     : hunk->old_count == 0 ? "success_color"
                                            : "accent_color";
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, color))
    gtk_style_context_get_color (context, color);
}

/* What is gone has no line of its own: it is told by a wedge at the edge where it was. */
static void
draw_wedge (GtkSnapshot   *snapshot,
            const GdkRGBA *color,
            double         y)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, (float) y - 5, WIDTH, 10);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, 0, y - 5);
  cairo_line_to (cr, WIDTH - 1, y);
  cairo_line_to (cr, 0, y + 5);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Not by colour alone: a new line has a whole bar, a different one a hollow one. */
static void
draw_bar (GtkSnapshot   *snapshot,
          const GdkRGBA *color,
          gboolean       is_hollow,
          int            y,
          int            height)
{
  float side = is_hollow ? 1 : BAR;

  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (0, (float) y, side, (float) height));

  if (is_hollow)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (BAR, (float) y, side, (float) height));
}

static void
strata_change_bar_snapshot_line (GtkSourceGutterRenderer *renderer,
                                 GtkSnapshot             *snapshot,
                                 GtkSourceGutterLines    *lines,
                                 guint                    line)
{
  StrataChangeBar *self = STRATA_CHANGE_BAR (renderer);
  const StrataHunk *hunk = strata_change_bar_find (self, line);
  GtkTextView *view = gtk_source_gutter_lines_get_view (lines);
  GtkTextIter start;
  GdkRGBA color;
  int y, height;

  if (hunk == NULL)
    return;

  gtk_source_gutter_lines_get_iter_at_line (lines, &start, line);
  gtk_text_view_get_line_yrange (view, &start, &y, &height);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_LEFT, 0, y, NULL, &y);
  get_color (self, hunk, &color);

  if (height > 0 && hunk->new_count == 0)
    draw_wedge (snapshot, &color, line == hunk->new_start ? y : y + height);
  else if (height > 0)
    draw_bar (snapshot, &color, hunk->old_count > 0, y, height);
}

static void
strata_change_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 0;
  *minimum_baseline = *natural_baseline = -1;
}

static gboolean
strata_change_bar_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    by_keyboard,
                                 GtkTooltip *tooltip)
{
  StrataChangeBar *self = STRATA_CHANGE_BAR (widget);
  GtkTextView *view = GTK_TEXT_VIEW (gtk_source_gutter_renderer_get_view (GTK_SOURCE_GUTTER_RENDERER (self)));
  GtkTextIter where;
  int buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_LEFT, 0, y, NULL, &buffer_y);
  gtk_text_view_get_line_at_y (view, &where, buffer_y, NULL);

  const StrataHunk *hunk = strata_change_bar_find (self, (guint) gtk_text_iter_get_line (&where));

  if (hunk == NULL)
    return FALSE;

  g_autofree char *text = strata_change_bar_describe (self, hunk);

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
strata_change_bar_dispose (GObject *object)
{
  StrataChangeBar *self = STRATA_CHANGE_BAR (object);

  g_clear_pointer (&self->hunks, g_array_unref);
  g_clear_object (&self->before);

  G_OBJECT_CLASS (strata_change_bar_parent_class)->dispose (object);
}

static void
strata_change_bar_class_init (StrataChangeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_change_bar_dispose;
  GTK_SOURCE_GUTTER_RENDERER_CLASS (klass)->snapshot_line = strata_change_bar_snapshot_line;
  widget_class->measure = strata_change_bar_measure;
  widget_class->query_tooltip = strata_change_bar_query_tooltip;
}

static void
strata_change_bar_init (StrataChangeBar *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

StrataChangeBar *
strata_change_bar_new (void)
{
  return g_object_new (STRATA_TYPE_CHANGE_BAR, NULL);
}

/* @hunks (nullable) lead from @before (nullable) to the text that is shown. */
void
strata_change_bar_set_hunks (StrataChangeBar *self,
                             GArray          *hunks,
                             StrataBlob      *before)
{
  g_return_if_fail (STRATA_IS_CHANGE_BAR (self));

  if (hunks != NULL)
    g_array_ref (hunks);

  g_clear_pointer (&self->hunks, g_array_unref);
  self->hunks = hunks;
  g_set_object (&self->before, before);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* (nullable): the change of @line, from 0. What is gone belongs to the line below it, at the end to the last line. */
const StrataHunk *
strata_change_bar_find (StrataChangeBar *self,
                        guint            line)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_BAR (self), NULL);

  const StrataHunk *hunk = get_hunk (self, search (self, line));

  return hunk != NULL && hunk->new_start <= line ? hunk : NULL;
}

/* (nullable): the first change behind @line, or the last before it; from the other end when there is none */
const StrataHunk *
strata_change_bar_walk (StrataChangeBar *self,
                        guint            line,
                        gboolean         forward)
{
  g_return_val_if_fail (STRATA_IS_CHANGE_BAR (self), NULL);

  guint n = self->hunks != NULL ? self->hunks->len : 0;
  guint index = search (self, line);
  const StrataHunk *hunk = get_hunk (self, index);

  if (n == 0)
    return NULL;

  if (forward)
    index = hunk != NULL && hunk->new_start <= line ? index + 1 : index;
  else
    index = index > 0 ? index - 1 : n - 1;

  return get_hunk (self, index < n ? index : 0);
}

/* (transfer full): @n lines of @text from @start on */
static char *
dup_lines (const char *text,
           guint       start,
           guint       n)
{
  const char *from = text;

  for (guint i = 0; i < start && from != NULL; i++)
    from = (from = strchr (from, '\n')) != NULL ? from + 1 : NULL;

  const char *to = from;

  for (guint i = 0; i < n && to != NULL; i++)
    to = (to = strchr (to, '\n')) != NULL ? to + 1 : NULL;

  if (from == NULL)
    return g_strdup ("");

  return to != NULL ? g_strndup (from, (gsize) (to - from)) : g_strdup (from);
}

/* (transfer full): what happened, and what was there before */
char *
strata_change_bar_describe (StrataChangeBar  *self,
                            const StrataHunk *hunk)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (STRATA_IS_CHANGE_BAR (self), NULL);

  if (hunk->new_count == 0)
    title = g_strdup_printf (ngettext ("%u line removed", "%u lines removed", hunk->old_count), hunk->old_count);
  else if (hunk->old_count == 0)
    title = g_strdup_printf (ngettext ("%u line added", "%u lines added", hunk->new_count), hunk->new_count);
  else
    title = g_strdup_printf (ngettext ("%u line changed", "%u lines changed", hunk->new_count), hunk->new_count);

  if (hunk->old_count == 0 || self->before == NULL)
    return g_steal_pointer (&title);

  g_autofree char *lines = dup_lines (strata_blob_get_text (self->before), hunk->old_start, MIN (hunk->old_count, MAX_LINES));

  return g_strdup_printf ("%s\n\n%s%s", title, g_strchomp (lines), hunk->old_count > MAX_LINES ? "\n…" : "");
}
