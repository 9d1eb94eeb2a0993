/* strata-text-colors.c - colours those lines of a large text that are seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-colors"

#include "strata-text-colors.h"

#include <string.h>

#include "strata-text-screen.h"
#include "strata-yaml-pieces.h"

#define MARGIN 30

/* How far above a line the beginning of the block that it is in is looked for. */
#define MOST_ABOVE 2000

/* After a letter its line is coloured at once; what it means for those below can wait until the word is typed. */
#define DELAY_MS 300

#define LARGE (256 * 1024)

/* GTK lays a line out as a whole, again for each change of it, and each colour makes that slower. */
#define LONGEST_LINE 10000

struct _StrataTextColors
{
  GObject            parent_instance;
  GtkTextView       *view;      /* (unowned) (nullable): a weak pointer */
  GtkTextBuffer     *buffer;    /* (owned) */
  StrataFolding     *folding;   /* (owned) */
  GtkSourceLanguage *language;  /* (unowned) (nullable): of the manager */
  GtkTextTag        *tags[STRATA_YAML_N_PIECES];  /* (unowned): of the buffer's table */
  GtkTextMark       *first;     /* (unowned): of the buffer; between these two all is coloured */
  GtkTextMark       *last;      /* (unowned) */
  guint              tick;
  guint              delay;
  guint              active : 1;
  guint              is_stale : 1;  /* what is on the screen has to be coloured anew, wherever it was scrolled */
};

static const char *const styles[STRATA_YAML_N_PIECES] = {
  "yaml:map-key", "yaml:string", "yaml:int", "yaml:bool", "yaml:null", "yaml:anchor", "yaml:tag", "yaml:comment",
  "yaml:directive",
};

G_DEFINE_FINAL_TYPE (StrataTextColors, strata_text_colors, G_TYPE_OBJECT)

/* (nullable): as @id is drawn by @scheme, or what that stands for */
static GtkSourceStyle *
find_style (StrataTextColors     *self,
            GtkSourceStyleScheme *scheme,
            const char           *id)
{
  GtkSourceStyle *style = NULL;

  for (; id != NULL && style == NULL; id = gtk_source_language_get_style_fallback (self->language, id))
    style = gtk_source_style_scheme_get_style (scheme, id);

  return style;
}

static void
update_styles (StrataTextColors *self)
{
  GtkSourceStyleScheme *scheme = gtk_source_buffer_get_style_scheme (GTK_SOURCE_BUFFER (self->buffer));

  for (guint i = 0; i < STRATA_YAML_N_PIECES && self->language != NULL; i++)
    gtk_source_style_apply (scheme != NULL ? find_style (self, scheme, styles[i]) : NULL, self->tags[i]);
}

/* (transfer full): the line at @start, without its end */
static char *
dup_line (const GtkTextIter *start)
{
  GtkTextIter end = *start;

  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  return gtk_text_iter_get_slice (start, &end);
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

/* The block that the line at @start is in: what stands less far right above it begins it, or leads on to what does. */
static int
find_block (const GtkTextIter *start)
{
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (StrataYamlPiece));
  GtkTextIter iter = *start;
  g_autofree char *first = dup_line (start);
  gsize indent = is_blank (first) ? G_MAXSIZE : strspn (first, " ");

  for (guint i = 0; i < MOST_ABOVE && indent > 0 && gtk_text_iter_backward_line (&iter); i++)
    {
      g_autofree char *line = dup_line (&iter);
      int block = STRATA_YAML_NO_BLOCK;

      if (is_blank (line) || strspn (line, " ") >= indent)
        continue;

      indent = strspn (line, " ");
      strata_yaml_pieces_find (pieces, line, &block);

      if (block != STRATA_YAML_NO_BLOCK)
        return block;
    }

  return STRATA_YAML_NO_BLOCK;
}

static void
clear (StrataTextColors  *self,
       const GtkTextIter *start,
       const GtkTextIter *end)
{
  for (guint i = 0; i < STRATA_YAML_N_PIECES; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->tags[i], start, end);
}

static void
color_line (StrataTextColors  *self,
            const GtkTextIter *start,
            GArray            *pieces,
            int               *block)
{
  g_autofree char *line = dup_line (start);
  int number = gtk_text_iter_get_line (start);

  g_array_set_size (pieces, 0);
  strata_yaml_pieces_find (pieces, line, block);
  if (strlen (line) > LONGEST_LINE)
    return;

  for (guint i = 0; i < pieces->len; i++)
    {
      const StrataYamlPiece *piece = &g_array_index (pieces, StrataYamlPiece, i);
      GtkTextIter from, to;

      gtk_text_buffer_get_iter_at_line_index (self->buffer, &from, number, (int) piece->start);
      gtk_text_buffer_get_iter_at_line_index (self->buffer, &to, number, (int) piece->end);
      gtk_text_buffer_apply_tag (self->buffer, self->tags[piece->kind], &from, &to);
    }
}

/* Colours the lines from @first to @last, which are starts of lines. Hidden ones have no colour to be seen. */
static void
color (StrataTextColors  *self,
       const GtkTextIter *first,
       const GtkTextIter *last)
{
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (StrataYamlPiece));
  int end_line = gtk_text_iter_get_line (last);
  int line = gtk_text_iter_get_line (first);
  int block = find_block (first);
  GtkTextIter end = *last;

  gtk_text_iter_forward_line (&end);
  clear (self, first, &end);

  while (line <= end_line && line < gtk_text_buffer_get_line_count (self->buffer))
    {
      int next = strata_folding_get_next_line (self->folding, line);
      GtkTextIter start;

      gtk_text_buffer_get_iter_at_line (self->buffer, &start, line);
      color_line (self, &start, pieces, &block);

      /* Behind what is hidden nobody knows which block this is. */
      if (next > line + 1 && next <= end_line)
        {
          gtk_text_buffer_get_iter_at_line (self->buffer, &start, next);
          block = find_block (&start);
        }

      line = next;
    }
}

static void
color_screen (StrataTextColors *self)
{
  GtkTextIter first, last;

  strata_text_screen_get_lines (self->view, self->folding, MARGIN, &first, &last);
  color (self, &first, &last);
  gtk_text_buffer_move_mark (self->buffer, self->first, &first);
  gtk_text_buffer_move_mark (self->buffer, self->last, &last);
  self->is_stale = FALSE;
}

static gboolean
is_covered (StrataTextColors *self)
{
  GtkTextIter first, last, from, to;

  strata_text_screen_get_lines (self->view, self->folding, 0, &first, &last);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, self->first);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &to, self->last);

  return gtk_text_iter_get_line (&from) <= gtk_text_iter_get_line (&first)
         && gtk_text_iter_get_line (&last) <= gtk_text_iter_get_line (&to);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StrataTextColors *self = data;

  self->tick = 0;

  if (self->active && (self->is_stale || !is_covered (self)))
    color_screen (self);

  return G_SOURCE_REMOVE;
}

/* Before the next frame: the view may be measuring its lines right now, and colours change what it measures. */
static void
queue (StrataTextColors *self)
{
  if (self->active && self->view != NULL && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

static void
delay_cb (gpointer data)
{
  StrataTextColors *self = data;

  self->delay = 0;
  self->is_stale = TRUE;
  queue (self);
}

static void
queue_later (StrataTextColors *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add_once (DELAY_MS, delay_cb, self);
}

/* Only lines that are seen: the rest of a large text that is being loaded has no colours to lose. */
static void
color_edit (StrataTextColors *self,
            GtkTextIter       first,
            GtkTextIter       last)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, self->first);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &to, self->last);

  if (gtk_text_iter_compare (&last, &from) < 0 || gtk_text_iter_get_line (&first) > gtk_text_iter_get_line (&to))
    return;

  gtk_text_iter_set_line_offset (&first, 0);
  gtk_text_iter_set_line_offset (&last, 0);

  if (gtk_text_iter_get_line (&last) - gtk_text_iter_get_line (&first) <= MARGIN)
    color (self, &first, &last);

  queue_later (self);
}

static void
inserted_cb (StrataTextColors *self,
             GtkTextIter      *end,
             const char       *text,
             int               length)
{
  GtkTextIter start = *end;

  if (!self->active || self->view == NULL)
    return;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  color_edit (self, start, *end);
}

static void
deleted_cb (StrataTextColors *self,
            GtkTextIter      *start,
            GtkTextIter      *end)
{
  if (self->active && self->view != NULL)
    color_edit (self, *start, *start);
}

static void
strata_text_colors_dispose (GObject *object)
{
  StrataTextColors *self = STRATA_TEXT_COLORS (object);

  if (self->tick != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick);

  self->tick = 0;
  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->buffer);
  g_clear_object (&self->folding);

  G_OBJECT_CLASS (strata_text_colors_parent_class)->dispose (object);
}

static void
strata_text_colors_class_init (StrataTextColorsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_text_colors_dispose;
}

static void
strata_text_colors_init (StrataTextColors *self)
{
}

static void
watch (StrataTextColors *self)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (inserted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "notify::style-scheme", G_CALLBACK (update_styles), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->folding, "changed", G_CALLBACK (queue_later), self, G_CONNECT_SWAPPED);

  if (vertical == NULL)
    return;

  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "changed", G_CALLBACK (queue), self, G_CONNECT_SWAPPED);
}

/* The view has to be in what scrolls it. */
StrataTextColors *
strata_text_colors_new (GtkSourceView *view,
                        StrataFolding *folding)
{
  GtkTextIter start;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);
  g_return_val_if_fail (STRATA_IS_FOLDING (folding), NULL);

  StrataTextColors *self = g_object_new (STRATA_TYPE_TEXT_COLORS, NULL);

  g_set_weak_pointer (&self->view, GTK_TEXT_VIEW (view));
  self->buffer = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  self->folding = g_object_ref (folding);
  self->language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "yaml");
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  self->first = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->last = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);

  for (guint i = 0; i < STRATA_YAML_N_PIECES; i++)
    self->tags[i] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);

  update_styles (self);
  watch (self);

  return self;
}

static gboolean
is_much (StrataBlob *blob)
{
  const char *text = strata_blob_get_text (blob);

  if (strata_blob_get_size (blob) > LARGE)
    return TRUE;

  for (const char *end = strchr (text, '\n'); end != NULL && end - text <= LONGEST_LINE; end = strchr (text, '\n'))
    text = end + 1;

  return strcspn (text, "\n") > LONGEST_LINE;
}

/* To be called for each text that is put into the buffer, with @blob (nullable) for what it is: active for a large one, and
 * for one with a line that is very long. */
void
strata_text_colors_show (StrataTextColors *self,
                         StrataBlob       *blob)
{
  GtkTextIter start, end;

  g_return_if_fail (STRATA_IS_TEXT_COLORS (self));

  gboolean active = blob != NULL && is_much (blob);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_move_mark (self->buffer, self->first, &start);
  gtk_text_buffer_move_mark (self->buffer, self->last, &start);
  g_clear_handle_id (&self->delay, g_source_remove);
  clear (self, &start, &end);

  if (self->active != active)
    gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer), active ? NULL : self->language);

  self->active = active;
  self->is_stale = TRUE;
  queue (self);
}
