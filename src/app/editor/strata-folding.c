/* strata-folding.c - hides and shows parts of the shown text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-folding"

#include "strata-folding.h"

#include "strata-text-folds.h"

#define POSITION (GTK_SOURCE_VIEW_GUTTER_POSITION_MARKS + 10)

struct _StrataFolding
{
  GObject                  parent_instance;
  GtkTextBuffer           *buffer;    /* (owned) */
  GtkTextTag              *hidden;    /* (unowned): of the buffer's table */
  GtkSourceGutterRenderer *renderer;  /* (owned) */
  guint                    is_busy : 1;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataFolding, strata_folding, G_TYPE_OBJECT)

static int
get_cursor_line (StrataFolding *self)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));

  return gtk_text_iter_get_line (&cursor);
}

static void
changed (StrataFolding *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->renderer));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_folded (StrataFolding *self,
           int            line)
{
  return line + 1 < gtk_text_buffer_get_line_count (self->buffer)
         && !strata_text_folds_is_shown (self->buffer, self->hidden, line + 1);
}

/* What is selected is seen: it would be copied without what is hidden in it. */
static gboolean
show_selection (StrataFolding *self)
{
  GtkTextIter start, end;
  gboolean any = FALSE;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return FALSE;

  while (gtk_text_iter_compare (&start, &end) < 0)
    {
      if (gtk_text_iter_has_tag (&start, self->hidden))
        any = strata_text_folds_show (self->buffer, self->hidden, gtk_text_iter_get_line (&start)) || any;
      else if (!gtk_text_iter_forward_to_tag_toggle (&start, self->hidden))
        break;
    }

  return any;
}

/* The cursor is never where nobody sees it; and a line that begins nothing any more has nothing hidden below it. */
static gboolean
show_cursor (StrataFolding *self)
{
  int line = get_cursor_line (self);

  if (strata_text_folds_is_shown (self->buffer, self->hidden, line)
      && (!is_folded (self, line) || strata_text_folds_is_head (self->buffer, line)))
    return FALSE;

  return strata_text_folds_show (self->buffer, self->hidden, line);
}

static void
cursor_moved_cb (StrataFolding *self)
{
  if (self->is_busy)
    return;

  self->is_busy = TRUE;

  gboolean cursor = show_cursor (self);
  gboolean selection = show_selection (self);

  self->is_busy = FALSE;

  if (cursor || selection)
    changed (self);
}

static void
query_data_cb (StrataFolding        *self,
               GtkSourceGutterLines *lines,
               guint                 line)
{
  GtkSourceGutterRendererPixbuf *renderer = GTK_SOURCE_GUTTER_RENDERER_PIXBUF (self->renderer);
  const char *icon = NULL;

  if (strata_text_folds_is_shown (self->buffer, self->hidden, (int) line)
      && strata_text_folds_is_head (self->buffer, (int) line))
    icon = is_folded (self, (int) line) ? "pan-end-symbolic" : "pan-down-symbolic";

  if (icon != NULL)
    gtk_source_gutter_renderer_pixbuf_set_icon_name (renderer, icon);
  else
    gtk_source_gutter_renderer_pixbuf_set_paintable (renderer, NULL);
}

static gboolean
query_activatable_cb (StrataFolding *self,
                      GtkTextIter   *where)
{
  int line = gtk_text_iter_get_line (where);

  return is_folded (self, line) || strata_text_folds_is_head (self->buffer, line);
}

static void
toggle (StrataFolding *self,
        int            line)
{
  if (is_folded (self, line))
    strata_text_folds_show (self->buffer, self->hidden, line);
  else
    strata_text_folds_hide (self->buffer, self->hidden, line);
}

static void
activate_cb (StrataFolding *self,
             GtkTextIter   *where)
{
  toggle (self, gtk_text_iter_get_line (where));
  cursor_moved_cb (self);
  changed (self);
}

static void
strata_folding_dispose (GObject *object)
{
  StrataFolding *self = STRATA_FOLDING (object);

  g_clear_object (&self->buffer);
  g_clear_object (&self->renderer);

  G_OBJECT_CLASS (strata_folding_parent_class)->dispose (object);
}

static void
strata_folding_class_init (StrataFoldingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_folding_dispose;

  signals[CHANGED] = g_signal_new ("changed", STRATA_TYPE_FOLDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
strata_folding_init (StrataFolding *self)
{
}

static void
add_renderer (StrataFolding *self,
              GtkSourceView *view)
{
  self->renderer = g_object_ref_sink (gtk_source_gutter_renderer_pixbuf_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->renderer), 16, -1);
  g_signal_connect_object (self->renderer, "query-data", G_CALLBACK (query_data_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->renderer, "query-activatable", G_CALLBACK (query_activatable_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->renderer, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_source_gutter_insert (gtk_source_view_get_gutter (view, GTK_TEXT_WINDOW_LEFT), self->renderer, POSITION);
}

StrataFolding *
strata_folding_new (GtkSourceView *view)
{
  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  StrataFolding *self = g_object_new (STRATA_TYPE_FOLDING, NULL);

  self->buffer = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  self->hidden = gtk_text_buffer_create_tag (self->buffer, NULL, "invisible", TRUE, NULL);
  add_renderer (self, view);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::has-selection", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* Hides the smallest block that the cursor is in, and says whether there is one. */
gboolean
strata_folding_fold (StrataFolding *self)
{
  g_return_val_if_fail (STRATA_IS_FOLDING (self), FALSE);

  if (!strata_text_folds_hide_around (self->buffer, self->hidden, get_cursor_line (self)))
    return FALSE;

  changed (self);

  return TRUE;
}

/* Shows what is hidden below the line of the cursor. */
void
strata_folding_unfold (StrataFolding *self)
{
  g_return_if_fail (STRATA_IS_FOLDING (self));

  if (strata_text_folds_show (self->buffer, self->hidden, get_cursor_line (self)))
    changed (self);
}

void
strata_folding_fold_all (StrataFolding *self)
{
  GtkTextIter cursor;

  g_return_if_fail (STRATA_IS_FOLDING (self));

  self->is_busy = TRUE;

  gboolean any = strata_text_folds_hide_all (self->buffer, self->hidden);

  gtk_text_buffer_get_iter_at_line (self->buffer, &cursor,
                                    strata_folding_get_shown_line (self, get_cursor_line (self)));
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
  self->is_busy = FALSE;

  if (any)
    changed (self);
}

void
strata_folding_show_all (StrataFolding *self)
{
  g_return_if_fail (STRATA_IS_FOLDING (self));

  if (strata_text_folds_show_all (self->buffer, self->hidden))
    changed (self);
}

/* Returns: the line, from 0, that stands for @line while that is hidden */
int
strata_folding_get_shown_line (StrataFolding *self,
                               int            line)
{
  g_return_val_if_fail (STRATA_IS_FOLDING (self), line);

  return strata_text_folds_get_head (self->buffer, self->hidden, line);
}

/* Returns: the next line below @line that is shown, from 0; the number of lines when there is none */
int
strata_folding_get_next_line (StrataFolding *self,
                              int            line)
{
  GtkTextIter next;

  g_return_val_if_fail (STRATA_IS_FOLDING (self), line);

  gtk_text_buffer_get_iter_at_line (self->buffer, &next, line);

  if (!gtk_text_iter_forward_line (&next))
    return line + 1;

  if (gtk_text_iter_has_tag (&next, self->hidden) && !gtk_text_iter_forward_to_tag_toggle (&next, self->hidden))
    return gtk_text_buffer_get_line_count (self->buffer);

  return gtk_text_iter_get_line (&next);
}

/* A line that stays for what is hidden below it. What it says tells whether it is still that line. */
typedef struct
{
  int   line;
  guint hash;
} Fold;

static guint
hash_line (StrataFolding *self,
           int            line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, line);
  end = start;

  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  g_autofree char *text = gtk_text_iter_get_slice (&start, &end);

  return g_str_hash (text);
}

/*
 * strata_folding_remember:
 *
 * Returns: (transfer full) (nullable): what is hidden, for strata_folding_restore(); NULL when all is shown
 */
GArray *
strata_folding_remember (StrataFolding *self)
{
  GtkTextIter iter;

  g_return_val_if_fail (STRATA_IS_FOLDING (self), NULL);

  GArray *folds = NULL;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);

  while (gtk_text_iter_forward_to_tag_toggle (&iter, self->hidden))
    if (gtk_text_iter_starts_tag (&iter, self->hidden))
      {
        int line = gtk_text_iter_get_line (&iter) - 1;
        Fold fold = { line, hash_line (self, line) };

        if (folds == NULL)
          folds = g_array_new (FALSE, FALSE, sizeof (Fold));

        g_array_append_val (folds, fold);
      }

  return folds;
}

/* Hides again what was hidden when @folds were remembered, as far as its lines are still there and the cursor is not in it. */
void
strata_folding_restore (StrataFolding *self,
                        GArray        *folds)
{
  g_return_if_fail (STRATA_IS_FOLDING (self));
  g_return_if_fail (folds != NULL);

  int n_lines = gtk_text_buffer_get_line_count (self->buffer);

  for (guint i = 0; i < folds->len; i++)
    {
      const Fold *fold = &g_array_index (folds, Fold, i);

      if (fold->line >= 0 && fold->line < n_lines && hash_line (self, fold->line) == fold->hash)
        strata_text_folds_hide (self->buffer, self->hidden, fold->line);
    }

  cursor_moved_cb (self);
  changed (self);
}
