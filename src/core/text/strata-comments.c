/* strata-comments.c - what the comments of a text say of its keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-comments"

#include "strata-comments.h"

#include <string.h>

#include "strata-cursor-line.h"

#define MAX_COMMENT 2000  /* bytes; a page of licence text above the first key tells nothing of it */

/* A list may stand right below its key, in the same column: its dashes are further in all the same. */
#define KEY(column) (2 * (column))
#define DASH(column) (2 * (column) + 1)

typedef struct
{
  guint column;  /* as the above have it */
  gsize length;  /* of the path up to and with this key */
} Level;

typedef struct
{
  GHashTable *comments;
  GString    *path;
  GArray     *levels;  /* of Level */
  GString    *above;   /* the comment lines right above */
} Reader;

static char *
clean (const char *line,
       gsize       length)
{
  while (length > 0 && (*line == '#' || *line == ' ' || *line == '\t'))
    {
      line++;
      length--;
    }

  /* helm-docs begins the sentences that are meant for others so. */
  if (length > 2 && strncmp (line, "-- ", 3) == 0)
    {
      line += 3;
      length -= 3;
    }

  return g_strndup (line, length);
}

static void
take_comment (Reader                 *self,
              const StrataCursorLine *line)
{
  g_autofree char *text = clean (line->start, line->length);

  if (line->length == 0)
    g_string_truncate (self->above, 0);
  else if (*text != '\0')
    g_string_append_printf (self->above, "%s%s", self->above->len > 0 ? "\n" : "", text);
}

static void
leave_to (Reader *self,
          guint   column)
{
  while (self->levels->len > 0 && g_array_index (self->levels, Level, self->levels->len - 1).column >= column)
    g_array_set_size (self->levels, self->levels->len - 1);

  g_string_truncate (self->path, self->levels->len > 0
                                   ? g_array_index (self->levels, Level, self->levels->len - 1).length
                                   : 0);
}

static void
enter (Reader     *self,
       guint       column,
       const char *name,
       gsize       length)
{
  leave_to (self, column);

  if (self->path->len > 0)
    g_string_append_c (self->path, '.');

  g_string_append_len (self->path, name, (gssize) length);

  Level level = { column, self->path->len };

  g_array_append_val (self->levels, level);
}

/* What stands behind the value belongs to it too. */
static char *
find_behind (const StrataCursorLine *line)
{
  const char *behind = line->start + line->value_end;
  const char *end = line->start + line->length;

  while (behind < end && *behind != '#')
    behind++;

  return behind < end ? clean (behind, (gsize) (end - behind)) : g_strdup ("");
}

static void
take_key (Reader                 *self,
          const StrataCursorLine *line)
{
  g_autofree char *behind = find_behind (line);

  for (guint i = 0; i < line->n_dashes; i++)
    enter (self, DASH (line->dashes[i]), "[]", 2);

  enter (self, KEY (line->content), line->start + line->key_start, line->key_length);

  if (*behind != '\0')
    g_string_append_printf (self->above, "%s%s", self->above->len > 0 ? "\n" : "", behind);

  if (self->above->len > 0 && self->above->len <= MAX_COMMENT && !g_hash_table_contains (self->comments, self->path->str))
    g_hash_table_insert (self->comments, g_strdup (self->path->str), g_strdup (self->above->str));
}

/**
 * strata_comments_read:
 * @text: values; need not be YAML
 *
 * A comment speaks of the key that it stands behind, or right above. Any thread.
 *
 * Returns: (transfer full) (element-type utf8 utf8): dotted path, `[]` for an item of a list -> the comment, without its
 *   signs
 */
GHashTable *
strata_comments_read (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  Reader reader = {
    .comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .path = g_string_new (NULL),
    .levels = g_array_new (FALSE, FALSE, sizeof (Level)),
    .above = g_string_new (NULL),
  };

  for (const char *start = text; *start != '\0';)
    {
      StrataCursorLine line;
      gsize length = strcspn (start, "\n");

      strata_cursor_line_read (&line, start, length);

      if (line.is_blank)
        take_comment (&reader, &line);
      else
        {
          if (line.has_key)
            take_key (&reader, &line);

          g_string_truncate (reader.above, 0);
        }

      start += length + (start[length] == '\n');
    }

  g_string_free (reader.path, TRUE);
  g_string_free (reader.above, TRUE);
  g_array_unref (reader.levels);

  return reader.comments;
}
