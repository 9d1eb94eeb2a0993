/* strata-word-diff.c - the words that differ between two lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-word-diff"

#include "strata-diff-private.h"

#include <string.h>

/* A longer line is no line that a person reads by the word. */
#define MAX_LINE 4096

typedef enum
{
  WORD,
  SPACE,
  SIGN,
} Class;

static Class
get_class (char c)
{
  if (g_ascii_isalnum (c) || c == '_' || (guchar) c >= 0x80)
    return WORD;

  return g_ascii_isspace (c) ? SPACE : SIGN;
}

/* The starts of the words, and the end: letters and digits together, blanks together, each sign alone. */
static GArray *
split (const char *line,
       gsize       length)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < length; i++)
    if (i == 0 || get_class (line[i]) == SIGN || get_class (line[i]) != get_class (line[i - 1]))
      g_array_append_val (starts, i);
  g_array_append_val (starts, length);

  return starts;
}

static guint *
number_words (GHashTable *numbers,
              const char *line,
              GArray     *starts)
{
  guint n = starts->len - 1;
  guint *ids = g_new (guint, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      gsize start = g_array_index (starts, gsize, i);
      char *word = g_strndup (line + start, g_array_index (starts, gsize, i + 1) - start);
      guint id = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, word));

      if (id == 0)
        {
          id = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, word, GUINT_TO_POINTER (id));
        }
      else
        g_free (word);
      ids[i] = id;
    }

  return ids;
}

/* From words to bytes. */
static void
measure (guint  *start,
         guint  *count,
         GArray *starts)
{
  gsize from = g_array_index (starts, gsize, *start);
  gsize to = g_array_index (starts, gsize, *start + *count);

  *start = (guint) from;
  *count = (guint) (to - from);
}

/**
 * strata_diff_words:
 * @old_line: a line
 * @new_line: another
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type StrataHunk): the words that changed, as starts and counts of bytes; one hunk of
 *   all of it when the lines are very long
 */
GArray *
strata_diff_words (const char *old_line,
                   const char *new_line)
{
  g_return_val_if_fail (old_line != NULL && new_line != NULL, NULL);

  gsize old_length = strlen (old_line);
  gsize new_length = strlen (new_line);

  if (old_length > MAX_LINE || new_length > MAX_LINE)
    {
      GArray *whole = g_array_new (FALSE, FALSE, sizeof (StrataHunk));
      StrataHunk hunk = { 0, (guint) old_length, 0, (guint) new_length };

      g_array_append_val (whole, hunk);
      return whole;
    }

  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) old_starts = split (old_line, old_length);
  g_autoptr(GArray) new_starts = split (new_line, new_length);
  g_autofree guint *old_ids = number_words (numbers, old_line, old_starts);
  g_autofree guint *new_ids = number_words (numbers, new_line, new_starts);
  GArray *hunks = strata_diff_ids (old_ids, old_starts->len - 1, new_ids, new_starts->len - 1,
                                   g_hash_table_size (numbers));

  for (guint i = 0; i < hunks->len; i++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, i);

      measure (&hunk->old_start, &hunk->old_count, old_starts);
      measure (&hunk->new_start, &hunk->new_count, new_starts);
    }

  return hunks;
}
