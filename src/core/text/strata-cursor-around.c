/* strata-cursor-around.c - the key or value that a place is in the middle of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-cursor"

#include "strata-cursor.h"

#include <string.h>

/* A colon ends a key only when something else than a word is behind it, as in `a:1` or in an address. */
static gboolean
ends_word (const char *at)
{
  if (*at == ':')
    return strchr (" \t\r\n,}]", at[1]) != NULL;

  return strchr (",{}[]\r\n", *at) != NULL || (*at == ' ' && at[1] == '#');
}

/* Where the word ends that begins at @start, in bytes; of a text in quotes before the one that closes it. */
static gsize
find_end (const char *text,
          gsize       start,
          char        quote)
{
  const char *at = text + start;

  while (*at != '\0' && (quote != '\0' ? *at != quote : !ends_word (at)))
    at += quote == '"' && *at == '\\' && at[1] != '\0' ? 2 : 1;

  return (gsize) (at - text);
}

/* Whether a colon is next behind @end, that may be the quote of a key. */
static gboolean
is_key (const StrataCursor *cursor,
        const char         *text,
        gsize               end)
{
  const char *at = text + end;

  if (cursor->place != STRATA_CURSOR_KEY || cursor->bracket != '{')
    return FALSE;
  if (cursor->quote != '\0' && *at == cursor->quote)
    at++;

  return *(at + strspn (at, " \t")) == ':';
}

static void
add_to_path (StrataCursor *cursor,
             const char   *name)
{
  guint n = g_strv_length (cursor->path);

  cursor->path = g_renew (char *, cursor->path, n + 2);
  cursor->path[n] = g_strdup (name);
  cursor->path[n + 1] = NULL;
}

/**
 * strata_cursor_find_around:
 * @text: values or manifests; need not be YAML
 * @offset: a place in it, in bytes
 *
 * Among braces and brackets that is the key, value or item that @offset is in the middle of; elsewhere, as
 * [func@cursor_find_key], the key of the line. Any thread.
 *
 * Returns: (transfer full) (nullable): the key, as if its value were typed: the path ends with it, and the word is the
 *   value, or nothing as long as @offset is in the key; an item has a path that ends in `[]`; %NULL where nothing stands
 */
StrataCursor *
strata_cursor_find_around (const char *text,
                           gsize       offset)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(StrataCursor) cursor = strata_cursor_find (text, offset);

  if (cursor->bracket == '\0')
    return strata_cursor_find_key (text, offset);
  if (cursor->place == STRATA_CURSOR_NOWHERE)
    return NULL;

  gsize end = find_end (text, cursor->start, cursor->quote);
  g_autofree char *word = g_strstrip (g_strndup (text + cursor->start, end - cursor->start));
  gboolean has_key = is_key (cursor, text, end);

  if (*word == '\0' || (cursor->place == STRATA_CURSOR_KEY && cursor->bracket == '{' && !has_key))
    return NULL;

  g_free (cursor->word);
  cursor->word = g_strdup (has_key ? "" : word);
  if (has_key)
    {
      add_to_path (cursor, word);
      cursor->start = end;
    }
  cursor->place = STRATA_CURSOR_VALUE;

  return g_steal_pointer (&cursor);
}
