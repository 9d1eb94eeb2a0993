/* strata-line-numbers.c - the numbers of the lines that are shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-line-numbers"

#include "strata-line-numbers.h"

/* GtkSourceView has such a thing, but writes the numbers of hidden lines over those of shown ones. */
struct _StrataLineNumbers
{
  GtkSourceGutterRendererText parent_instance;
  guint                       n_digits;
};

G_DEFINE_FINAL_TYPE (StrataLineNumbers, strata_line_numbers, GTK_SOURCE_TYPE_GUTTER_RENDERER_TEXT)

static void
strata_line_numbers_query_data (GtkSourceGutterRenderer *renderer,
                                GtkSourceGutterLines    *lines,
                                guint                    line)
{
  GtkSourceGutterRendererText *text = GTK_SOURCE_GUTTER_RENDERER_TEXT (renderer);
  GtkTextIter start;
  char number[16];
  int y, height;

  gtk_source_gutter_lines_get_iter_at_line (lines, &start, line);
  gtk_text_view_get_line_yrange (gtk_source_gutter_lines_get_view (lines), &start, &y, &height);
  g_snprintf (number, sizeof number, "%u", line + 1);
  gtk_source_gutter_renderer_text_set_text (text, height > 0 ? number : "", -1);
}

static gboolean
strata_line_numbers_query_activatable (GtkSourceGutterRenderer *renderer,
                                       GtkTextIter             *where,
                                       GdkRectangle            *area)
{
  return TRUE;
}

static void
select_line (GtkTextBuffer     *buffer,
             const GtkTextIter *where)
{
  GtkTextIter end = *where;

  gtk_text_iter_forward_line (&end);
  gtk_text_buffer_select_range (buffer, &end, where);
}

static void
strata_line_numbers_activate (GtkSourceGutterRenderer *renderer,
                              GtkTextIter             *where,
                              GdkRectangle            *area,
                              guint                    button,
                              GdkModifierType          state,
                              int                      n_presses)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_gutter_renderer_get_buffer (renderer));

  if (button != GDK_BUTTON_PRIMARY)
    return;

  if (n_presses == 2 || (state & GDK_CONTROL_MASK) != 0)
    select_line (buffer, where);
  else if ((state & GDK_SHIFT_MASK) != 0)
    gtk_text_buffer_move_mark (buffer, gtk_text_buffer_get_insert (buffer), where);
  else
    gtk_text_buffer_place_cursor (buffer, where);
}

/* As wide as the largest number, so that the text does not move while it is scrolled. */
static void
strata_line_numbers_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  GtkSourceGutterRenderer *renderer = GTK_SOURCE_GUTTER_RENDERER (widget);
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (renderer);
  int n_lines = buffer != NULL ? gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)) : 0;
  g_autofree char *largest = g_strdup_printf ("%d", MAX (n_lines, 99));
  int width = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_source_gutter_renderer_text_measure (GTK_SOURCE_GUTTER_RENDERER_TEXT (widget), largest, &width, NULL);
      width += 2 * gtk_source_gutter_renderer_get_xpad (renderer);
    }

  *minimum = *natural = width;
  *minimum_baseline = *natural_baseline = -1;
}

static void
changed_cb (StrataLineNumbers *self,
            GtkTextBuffer     *buffer)
{
  guint n_digits = 1;

  for (int n_lines = gtk_text_buffer_get_line_count (buffer); n_lines > 9; n_lines /= 10)
    n_digits++;

  if (n_digits == self->n_digits)
    return;

  self->n_digits = n_digits;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
moved_cb (StrataLineNumbers *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
strata_line_numbers_change_buffer (GtkSourceGutterRenderer *renderer,
                                   GtkSourceBuffer         *old_buffer)
{
  GtkSourceBuffer *buffer = gtk_source_gutter_renderer_get_buffer (renderer);

  if (old_buffer != NULL)
    g_signal_handlers_disconnect_by_data (old_buffer, renderer);

  if (buffer != NULL)
    {
      g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), renderer, G_CONNECT_SWAPPED);
      g_signal_connect_object (buffer, "cursor-moved", G_CALLBACK (moved_cb), renderer, G_CONNECT_SWAPPED);
    }

  GTK_SOURCE_GUTTER_RENDERER_CLASS (strata_line_numbers_parent_class)->change_buffer (renderer, old_buffer);
}

static void
strata_line_numbers_class_init (StrataLineNumbersClass *klass)
{
  GtkSourceGutterRendererClass *renderer_class = GTK_SOURCE_GUTTER_RENDERER_CLASS (klass);

  renderer_class->query_data = strata_line_numbers_query_data;
  renderer_class->query_activatable = strata_line_numbers_query_activatable;
  renderer_class->activate = strata_line_numbers_activate;
  renderer_class->change_buffer = strata_line_numbers_change_buffer;
  GTK_WIDGET_CLASS (klass)->measure = strata_line_numbers_measure;
}

static void
strata_line_numbers_init (StrataLineNumbers *self)
{
}

GtkSourceGutterRenderer *
strata_line_numbers_new (void)
{
  return g_object_new (STRATA_TYPE_LINE_NUMBERS,
                       "alignment-mode", GTK_SOURCE_GUTTER_RENDERER_ALIGNMENT_MODE_FIRST,
                       "yalign", 0.5, "xalign", 1.0, "xpad", 6,
                       NULL);
}
