/* strata-text-lines.c - what is done with whole lines of a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-lines"

#include "strata-text-lines.h"

#include <string.h>

typedef struct
{
  GtkTextBuffer *buffer;
  int            first;
  int            last;
} Lines;

/* Those of the selection, or the one with the cursor; a last line of which only the start is selected is not meant. */
static Lines
get_lines (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);

  int first = gtk_text_iter_get_line (&start);
  int last = gtk_text_iter_get_line (&end);

  if (last > first && gtk_text_iter_starts_line (&end))
    last--;

  return (Lines){ buffer, first, last };
}

static char *
dup_line (const Lines *lines,
          int          line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (lines->buffer, &start, line);
  end = start;

  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);

  return gtk_text_iter_get_slice (&start, &end);
}

static gsize
get_indent (const char *line)
{
  return strspn (line, " \t");
}

static void
delete (const Lines *lines,
        int          line,
        int          column,
        int          length)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line_offset (lines->buffer, &start, line, column);
  gtk_text_buffer_get_iter_at_line_offset (lines->buffer, &end, line, column + length);
  gtk_text_buffer_delete (lines->buffer, &start, &end);
}

static void
uncomment (const Lines *lines)
{
  for (int i = lines->first; i <= lines->last; i++)
    {
      g_autofree char *line = dup_line (lines, i);
      gsize indent = get_indent (line);

      if (line[indent] == '#')
        delete (lines, i, (int) indent, line[indent + 1] == ' ' ? 2 : 1);
    }
}

/* All in the same column, so that what is inside keeps its form; empty lines stay empty. */
static void
comment (const Lines *lines,
         gsize        column)
{
  for (int i = lines->first; i <= lines->last; i++)
    {
      g_autofree char *line = dup_line (lines, i);
      GtkTextIter where;

      if (line[get_indent (line)] == '\0')
        continue;

      gtk_text_buffer_get_iter_at_line_offset (lines->buffer, &where, i, (int) column);
      gtk_text_buffer_insert (lines->buffer, &where, "# ", -1);
    }
}

/* Makes comments of the chosen lines, or lines of the comments when all of them are; one user action. */
void
strata_text_lines_toggle_comment (GtkTextBuffer *buffer)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  Lines lines = get_lines (buffer);
  gsize least = G_MAXSIZE;
  gboolean all_comments = TRUE;

  for (int i = lines.first; i <= lines.last; i++)
    {
      g_autofree char *line = dup_line (&lines, i);
      gsize indent = get_indent (line);

      if (line[indent] == '\0')
        continue;

      least = MIN (least, indent);
      all_comments = all_comments && line[indent] == '#';
    }

  if (least == G_MAXSIZE)
    return;

  gtk_text_buffer_begin_user_action (buffer);

  if (all_comments)
    uncomment (&lines);
  else
    comment (&lines, least);

  gtk_text_buffer_end_user_action (buffer);
}

/* What is between spaces, as far as it has a letter or a digit. */
guint
strata_text_lines_count_words (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  gboolean in_word = FALSE;
  guint n_words = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isspace (*at))
        in_word = FALSE;
      else if (!in_word && (g_ascii_isalnum (*at) || (*at & 0x80) != 0))
        {
          in_word = TRUE;
          n_words++;
        }
    }

  return n_words;
}
