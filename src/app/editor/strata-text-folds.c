/* strata-text-folds.c - which lines of a YAML text belong together, and hiding them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-folds"

#include "strata-text-folds.h"

#include <string.h>

/* What the first characters of a line say. */
typedef struct
{
  int      indent;
  gboolean is_blank;
  gboolean is_comment;
  gboolean is_item;      /* "- a" */
  gboolean is_boundary;  /* "---" or "..." */
} Line;

static gboolean
is_boundary (const GtkTextIter *start)
{
  GtkTextIter end = *start;

  gtk_text_iter_forward_chars (&end, 3);

  g_autofree char *text = gtk_text_iter_get_slice (start, &end);

  return (g_str_equal (text, "---") || g_str_equal (text, "..."))
         && (gtk_text_iter_ends_line (&end) || g_unichar_isspace (gtk_text_iter_get_char (&end)));
}

static Line
read_line (const GtkTextIter *start)
{
  GtkTextIter iter = *start;
  Line line = { 0 };

  while (gtk_text_iter_get_char (&iter) == ' ' && gtk_text_iter_forward_char (&iter))
    line.indent++;

  gunichar first = gtk_text_iter_get_char (&iter);

  line.is_blank = gtk_text_iter_ends_line (&iter) || gtk_text_iter_is_end (&iter);
  line.is_comment = first == '#';
  line.is_boundary = line.indent == 0 && (first == '-' || first == '.') && is_boundary (start);

  if (first == '-' && !line.is_boundary)
    {
      gtk_text_iter_forward_char (&iter);
      line.is_item = gtk_text_iter_ends_line (&iter) || g_unichar_isspace (gtk_text_iter_get_char (&iter));
    }

  return line;
}

/* Whether @line belongs to what @head begins. A list may stand as far left as the key that it belongs to. */
static gboolean
belongs (const Line *head,
         const Line *line)
{
  if (line->is_boundary)
    return FALSE;

  if (head->is_boundary)
    return TRUE;

  return line->indent > head->indent || (line->is_item && !head->is_item && line->indent == head->indent);
}

/* What says nothing about where a block ends, when it stands further left than the block. */
static gboolean
is_filler (const Line *head,
           const Line *line)
{
  return line->is_blank || (line->is_comment && !head->is_boundary && line->indent <= head->indent);
}

static gboolean
can_be_head (const Line *line)
{
  return !line->is_blank && !line->is_comment;
}

/* Whether something that @line begins stands below it. */
gboolean
strata_text_folds_is_head (GtkTextBuffer *buffer,
                           int            line)
{
  GtkTextIter iter;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);

  Line head = read_line (&iter);

  if (!can_be_head (&head))
    return FALSE;

  while (gtk_text_iter_forward_line (&iter))
    {
      Line next = read_line (&iter);

      if (!is_filler (&head, &next))
        return belongs (&head, &next);
    }

  return FALSE;
}

/* Returns: the last line of what @line begins; @line itself when that is nothing */
int
strata_text_folds_find (GtkTextBuffer *buffer,
                        int            line)
{
  GtkTextIter iter;
  int last = line;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), line);

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);

  Line head = read_line (&iter);

  if (!can_be_head (&head))
    return line;

  while (gtk_text_iter_forward_line (&iter))
    {
      Line next = read_line (&iter);

      if (is_filler (&head, &next))
        continue;

      if (!belongs (&head, &next))
        break;

      last = gtk_text_iter_get_line (&iter);
    }

  return last;
}

gboolean
strata_text_folds_is_shown (GtkTextBuffer *buffer,
                            GtkTextTag    *hidden,
                            int            line)
{
  GtkTextIter iter;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), TRUE);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), TRUE);

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);

  return !gtk_text_iter_has_tag (&iter, hidden);
}

/* Returns: the shown line that stands for @line, which is @line itself unless it is hidden */
int
strata_text_folds_get_head (GtkTextBuffer *buffer,
                            GtkTextTag    *hidden,
                            int            line)
{
  GtkTextIter iter;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), line);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), line);

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);

  if (!gtk_text_iter_has_tag (&iter, hidden))
    return line;

  if (!gtk_text_iter_starts_tag (&iter, hidden))
    gtk_text_iter_backward_to_tag_toggle (&iter, hidden);

  return MAX (gtk_text_iter_get_line (&iter) - 1, 0);
}

/* Hides what @line begins, and says whether that is something. */
gboolean
strata_text_folds_hide (GtkTextBuffer *buffer,
                        GtkTextTag    *hidden,
                        int            line)
{
  GtkTextIter start, end;
  int last = strata_text_folds_find (buffer, line);

  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), FALSE);

  if (last == line || last - line > STRATA_TEXT_FOLDS_MOST)
    return FALSE;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line + 1);
  gtk_text_buffer_get_iter_at_line (buffer, &end, last);
  gtk_text_iter_forward_line (&end);
  gtk_text_buffer_apply_tag (buffer, hidden, &start, &end);

  return TRUE;
}

/* Hides what @line begins, or the smallest block that it is in; the cursor goes to the line that stays. */
gboolean
strata_text_folds_hide_around (GtkTextBuffer *buffer,
                               GtkTextTag    *hidden,
                               int            line)
{
  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), FALSE);

  for (int head = line; head >= 0; head--)
    {
      GtkTextIter iter;
      int last = strata_text_folds_find (buffer, head);

      if (last == head || last < line || last - head > STRATA_TEXT_FOLDS_MOST || !strata_text_folds_is_shown (buffer, hidden, head)
          || !strata_text_folds_is_shown (buffer, hidden, head + 1))
        continue;

      gtk_text_buffer_get_iter_at_line (buffer, &iter, head);

      if (!gtk_text_iter_ends_line (&iter))
        gtk_text_iter_forward_to_line_end (&iter);

      gtk_text_buffer_place_cursor (buffer, &iter);

      return strata_text_folds_hide (buffer, hidden, head);
    }

  return FALSE;
}

static gboolean
has_documents (GtkTextBuffer *buffer)
{
  GtkTextIter iter;
  gboolean has_text = FALSE;

  gtk_text_buffer_get_start_iter (buffer, &iter);

  do
    {
      Line line = read_line (&iter);

      if (line.is_boundary && has_text)
        return TRUE;

      has_text = has_text || can_be_head (&line);
    }
  while (gtk_text_iter_forward_line (&iter));

  return FALSE;
}

/* Hides documents when there are several, and what the first keys begin when there is one. */
gboolean
strata_text_folds_hide_all (GtkTextBuffer *buffer,
                            GtkTextTag    *hidden)
{
  GtkTextIter iter;
  gboolean any = FALSE;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), FALSE);

  gboolean by_document = has_documents (buffer);

  gtk_text_buffer_get_start_iter (buffer, &iter);

  do
    {
      Line line = read_line (&iter);
      int number = gtk_text_iter_get_line (&iter);

      if (line.indent > 0 || (line.is_boundary && !by_document) || !strata_text_folds_hide (buffer, hidden, number))
        continue;

      any = TRUE;
      gtk_text_buffer_get_iter_at_line (buffer, &iter, strata_text_folds_find (buffer, number));
    }
  while (gtk_text_iter_forward_line (&iter));

  return any;
}

/* Shows what is hidden at or directly below @line. */
gboolean
strata_text_folds_show (GtkTextBuffer *buffer,
                        GtkTextTag    *hidden,
                        int            line)
{
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), FALSE);

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);

  /* The first line of the text may be hidden, when the one that stood for it was deleted. */
  if (!gtk_text_iter_has_tag (&start, hidden)
      && (!gtk_text_iter_forward_line (&start) || !gtk_text_iter_has_tag (&start, hidden)))
    return FALSE;

  if (!gtk_text_iter_starts_tag (&start, hidden))
    gtk_text_iter_backward_to_tag_toggle (&start, hidden);

  end = start;
  gtk_text_iter_forward_to_tag_toggle (&end, hidden);
  gtk_text_buffer_remove_tag (buffer, hidden, &start, &end);

  return TRUE;
}

gboolean
strata_text_folds_show_all (GtkTextBuffer *buffer,
                            GtkTextTag    *hidden)
{
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);
  g_return_val_if_fail (GTK_IS_TEXT_TAG (hidden), FALSE);

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  GtkTextIter first = start;
  gboolean any = gtk_text_iter_has_tag (&first, hidden) || gtk_text_iter_forward_to_tag_toggle (&first, hidden);

  gtk_text_buffer_remove_tag (buffer, hidden, &start, &end);

  return any;
}
