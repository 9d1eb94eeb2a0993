/* strata-lines.c - a text by line, and a number for each line that its equals share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lines"

#include "strata-diff-private.h"

#include <string.h>

/* Lines that were met, by their bytes: open addressing, as a line is looked up once and never taken out. */
typedef struct
{
  const char **lines;    /* (owned) (array) */
  gsize       *lengths;  /* (owned) (array) */
  guint       *ids;      /* (owned) (array): 0 where there is none */
  gsize        mask;
  guint        n;
} Known;

/* @text has to live as long as @self. A line ends behind its line feed. */
void
strata_lines_init (StrataLines *self,
                   const char  *text)
{
  gsize length = strlen (text);
  const char *end = text + length;
  guint n = 0;

  for (const char *at = text; (at = memchr (at, '\n', (gsize) (end - at))) != NULL; at++)
    n++;
  if (length > 0 && end[-1] != '\n')
    n++;

  self->text = text;
  self->n = n;
  self->starts = g_new (gsize, (gsize) n + 1);
  self->starts[0] = 0;

  for (guint i = 1; i <= n; i++)
    {
      const char *newline = memchr (text + self->starts[i - 1], '\n', length - self->starts[i - 1]);

      self->starts[i] = newline != NULL ? (gsize) (newline - text) + 1 : length;
    }
}

void
strata_lines_clear (StrataLines *self)
{
  g_clear_pointer (&self->starts, g_free);
}

static void
known_init (Known *self,
            gsize  n_lines)
{
  gsize size = 16;

  while (size < 2 * n_lines)
    size *= 2;

  self->lines = g_new (const char *, size);
  self->lengths = g_new (gsize, size);
  self->ids = g_new0 (guint, size);
  self->mask = size - 1;
  self->n = 0;
}

static void
known_clear (Known *self)
{
  g_clear_pointer (&self->lines, g_free);
  g_clear_pointer (&self->lengths, g_free);
  g_clear_pointer (&self->ids, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

/* Eight bytes at a time; the last multiplication spreads every byte over the upper half, which is taken. */
static gsize
hash_line (const char *line,
           gsize       length)
{
  guint64 hash = length;

  for (; length >= sizeof (guint64); line += sizeof (guint64), length -= sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, line, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      hash ^= hash >> 29;
    }
  for (; length > 0; line++, length--)
    hash = (hash ^ (guint8) *line) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return (gsize) ((hash ^ (hash >> 32)) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 24);
}

static guint
known_get_id (Known      *self,
              const char *line,
              gsize       length)
{
  gsize slot = hash_line (line, length) & self->mask;

  while (self->ids[slot] != 0 &&
         (self->lengths[slot] != length || memcmp (self->lines[slot], line, length) != 0))
    slot = (slot + 1) & self->mask;

  if (self->ids[slot] == 0)
    {
      self->lines[slot] = line;
      self->lengths[slot] = length;
      self->ids[slot] = ++self->n;
    }

  return self->ids[slot];
}

/* Equal lines get equal numbers, from 1. @ids is filled with one new array for each text, which the caller frees.
 * Returns the highest number. */
guint
strata_lines_number (const StrataLines **texts,
                     guint               n_texts,
                     guint             **ids)
{
  g_auto(Known) known = { 0 };
  gsize n_lines = 0;

  for (guint i = 0; i < n_texts; i++)
    n_lines += texts[i]->n;

  known_init (&known, n_lines);

  for (guint i = 0; i < n_texts; i++)
    {
      const StrataLines *lines = texts[i];

      ids[i] = g_new (guint, (gsize) lines->n + 1);
      for (guint j = 0; j < lines->n; j++)
        ids[i][j] = known_get_id (&known, lines->text + lines->starts[j], lines->starts[j + 1] - lines->starts[j]);
    }

  return known.n;
}
