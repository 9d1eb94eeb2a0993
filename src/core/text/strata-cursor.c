/* strata-cursor.c - where a place in a text is in the YAML that the text means to be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By lines and their indentation, because what is being typed is seldom YAML yet.
 */

#define G_LOG_DOMAIN "strata-cursor"

#include "strata-cursor.h"

#include <string.h>

#include "strata-cursor-flow.h"
#include "strata-cursor-line.h"

#define MAX_DEPTH 64
#define MAX_SIBLINGS 2000
#define MAX_FLOW_LINES 200  /* from a place up to where its outermost bracket opens */

/* A way from a place up to the root of its document. */
typedef struct
{
  const char *text;
  gsize       length;
  GPtrArray  *path;      /* (element-type utf8): from below */
  GPtrArray  *siblings;  /* (element-type utf8) */
  guint       limit;     /* the column of the keys or dashes that the way has come to */
  guint       own;       /* that of the mapping it began in */
  gboolean    in_list;   /* what it has come to is a list */
  gboolean    is_own;    /* still in the mapping that it began in */
  gboolean    is_lost;   /* among the lines of a text, or below what takes no keys */
} Climb;

static void
climb_init (Climb      *climb,
            const char *text)
{
  memset (climb, 0, sizeof *climb);
  climb->text = text;
  climb->length = strlen (text);
  climb->path = g_ptr_array_new_with_free_func (g_free);
  climb->siblings = g_ptr_array_new_with_free_func (g_free);
}

static void
climb_clear (Climb *climb)
{
  g_ptr_array_unref (climb->path);
  g_ptr_array_unref (climb->siblings);
}

static gsize
find_line_start (const char *text,
                 gsize       offset)
{
  const char *before = offset > 0 ? memrchr (text, '\n', offset) : NULL;

  return before != NULL ? (gsize) (before - text) + 1 : 0;
}

static gsize
find_line_end (const Climb *climb,
               gsize        offset)
{
  const char *end = memchr (climb->text + offset, '\n', climb->length - offset);

  return end != NULL ? (gsize) (end - climb->text) : climb->length;
}

static void
read_line_at (const Climb      *climb,
              gsize             start,
              StrataCursorLine *line)
{
  strata_cursor_line_read (line, climb->text + start, find_line_end (climb, start) - start);
}

static void
add_sibling (Climb                  *climb,
             const StrataCursorLine *line)
{
  if (climb->is_own && !climb->in_list && climb->siblings->len < MAX_SIBLINGS)
    g_ptr_array_add (climb->siblings, g_strndup (line->start + line->key_start, line->key_length));
}

static void
enter (Climb      *climb,
       const char *name,
       gsize       length,
       guint       column,
       gboolean    in_list)
{
  if (climb->path->len >= MAX_DEPTH)
    climb->is_lost = TRUE;
  else
    g_ptr_array_add (climb->path, g_strndup (name, length));

  climb->limit = column;
  climb->in_list = in_list;
  climb->is_own = FALSE;
}

/* A list may stand right below its key, no further in. */
static void
climb_key (Climb                  *climb,
           const StrataCursorLine *line)
{
  guint column = line->content;
  gboolean is_parent = climb->in_list ? column <= climb->limit : column < climb->limit;

  if (!climb->in_list && column == climb->limit)
    add_sibling (climb, line);
  else if (is_parent)
    {
      climb->is_lost = climb->is_lost || !strata_cursor_line_is_open (line);
      enter (climb, line->start + line->key_start, line->key_length, column, FALSE);
    }
}

static void
climb_dash (Climb *climb,
            guint  column)
{
  if (column < climb->limit)
    enter (climb, STRATA_CURSOR_ITEM, strlen (STRATA_CURSOR_ITEM), column, TRUE);
}

static void
climb_dashes (Climb                  *climb,
              const StrataCursorLine *line)
{
  for (guint i = line->n_dashes; i > 0; i--)
    climb_dash (climb, line->dashes[i - 1]);
}

/* A text without a key that is further out, like a word or a bracket, ends what is known. */
static void
climb_line (Climb                  *climb,
            const StrataCursorLine *line)
{
  if (line->is_blank)
    return;

  if (line->has_key)
    climb_key (climb, line);
  else if (line->n_dashes > 0 && line->dashes[line->n_dashes - 1] < climb->limit)
    climb->is_lost = climb->is_lost || !strata_cursor_line_is_open (line);

  climb_dashes (climb, line);
}

/* Whether nothing further up can change anything. */
static gboolean
is_at_root (const Climb *climb)
{
  return climb->is_lost || (climb->limit == 0 && !climb->in_list && !climb->is_own);
}

/* From the line before @start up. Returns where the document begins, or where it did not have to look further. */
static void
climb_up (Climb *climb,
          gsize  start)
{
  while (start > 0 && !is_at_root (climb))
    {
      StrataCursorLine line;

      start = find_line_start (climb->text, start - 1);
      read_line_at (climb, start, &line);

      if (strata_cursor_line_is_break (&line))
        return;

      climb_line (climb, &line);
    }
}

/* The keys below the cursor that are of the same mapping. */
static void
look_down (Climb *climb,
           gsize  start)
{
  for (gsize at = find_line_end (climb, start); at < climb->length; at = find_line_end (climb, at))
    {
      StrataCursorLine line;

      read_line_at (climb, ++at, &line);

      if (line.is_blank)
        continue;

      guint first = line.n_dashes > 0 ? line.dashes[0] : line.content;

      if (strata_cursor_line_is_break (&line) || first < climb->own || climb->siblings->len >= MAX_SIBLINGS)
        return;

      if (line.has_key && line.content == climb->own && line.n_dashes == 0)
        g_ptr_array_add (climb->siblings, g_strndup (line.start + line.key_start, line.key_length));
    }
}

static char *
dup_value (const StrataCursorLine *line)
{
  const char *value = line->start + line->value;
  gsize length = line->value_end - line->value;

  if (length >= 2 && (*value == '"' || *value == '\'') && value[length - 1] == *value)
    return g_strndup (value + 1, length - 2);

  return g_strndup (value, length);
}

static gboolean
has_name (const StrataCursorLine *line,
          const char             *name)
{
  return line->has_key && line->content == 0 && line->n_dashes == 0 &&
         line->key_length == strlen (name) &&
         strncmp (line->start + line->key_start, name, line->key_length) == 0;
}

/* Looks for "apiVersion" and "kind" in the line at @at. Returns whether there is more to look for in this document. */
static gboolean
take_kind (const Climb  *climb,
           gsize         at,
           StrataCursor *cursor)
{
  StrataCursorLine line;

  /* Most lines need no second look. */
  if (strchr ("ak-.\"'", climb->text[at]) == NULL || climb->text[at] == '\0')
    return TRUE;

  read_line_at (climb, at, &line);

  if (strata_cursor_line_is_break (&line))
    return FALSE;

  if (*cursor->api_version == '\0' && has_name (&line, "apiVersion"))
    {
      g_free (cursor->api_version);
      cursor->api_version = dup_value (&line);
    }

  if (*cursor->kind == '\0' && has_name (&line, "kind"))
    {
      g_free (cursor->kind);
      cursor->kind = dup_value (&line);
    }

  return *cursor->api_version == '\0' || *cursor->kind == '\0';
}

/* The kind stands at the top of its document nearly always, so up first. */
static void
find_kind (const Climb  *climb,
           StrataCursor *cursor,
           gsize         start)
{
  gsize at = start;

  while (at > 0)
    {
      at = find_line_start (climb->text, at - 1);

      if (!take_kind (climb, at, cursor))
        break;
    }

  for (at = start; at < climb->length; at = find_line_end (climb, at) + 1)
    if (!take_kind (climb, at, cursor))
      break;
}

static char **
take_path (GPtrArray *path)
{
  char **steps = g_new0 (char *, path->len + 1);

  for (guint i = 0; i < path->len; i++)
    steps[i] = g_strdup (g_ptr_array_index (path, path->len - 1 - i));

  return steps;
}

static char **
take_siblings (GPtrArray *siblings)
{
  char **names = g_new0 (char *, siblings->len + 1);

  for (guint i = 0; i < siblings->len; i++)
    names[i] = g_strdup (g_ptr_array_index (siblings, i));

  return names;
}

static StrataCursor *
cursor_new (void)
{
  StrataCursor *cursor = g_new0 (StrataCursor, 1);

  cursor->api_version = g_strdup ("");
  cursor->kind = g_strdup ("");

  return cursor;
}

/* Fills in what the way from here up tells. @line is that of the cursor, as far as the cursor. */
static void
locate (StrataCursor           *cursor,
        Climb                  *climb,
        const StrataCursorLine *line,
        gsize                   start)
{
  climb->limit = climb->own = line->content;
  climb->is_own = TRUE;
  climb_dashes (climb, line);
  climb_up (climb, start);
  look_down (climb, start);
  find_kind (climb, cursor, start);

  cursor->column = line->content;
  cursor->path = take_path (climb->path);
  cursor->siblings = take_siblings (climb->siblings);

  if (climb->is_lost)
    cursor->place = STRATA_CURSOR_NOWHERE;
}

/* Where a template begins that is still open at the end of @line: behind its brackets; the line's length when none is. */
static gsize
find_template (const StrataCursorLine *line)
{
  const char *open = NULL;
  const char *end = line->start + line->length;

  for (const char *at = line->start; at + 1 < end; at++)
    if (at[0] == '{' && at[1] == '{')
      open = at + 2;
    else if (at[0] == '}' && at[1] == '}')
      open = NULL;

  return open != NULL ? (gsize) (open - line->start) : line->length;
}

static gboolean
is_in_comment (const StrataCursorLine *line)
{
  for (gsize at = 0; at < line->length; at++)
    if (line->start[at] == '"' || line->start[at] == '\'')
      {
        const char *close = memchr (line->start + at + 1, line->start[at], line->length - at - 1);

        if (close == NULL)
          return FALSE;

        at = (gsize) (close - line->start);
      }
    else if (line->start[at] == '#' && (at == 0 || line->start[at - 1] == ' ' || line->start[at - 1] == '\t'))
      return TRUE;

  return FALSE;
}

/* What is typed, and where it begins in the line. */
static gsize
find_word (StrataCursor           *cursor,
           const StrataCursorLine *line)
{
  gsize template = find_template (line);
  gsize at = line->has_key ? line->value : line->content;

  if (template < line->length || g_str_has_suffix (cursor->word, "{{"))
    {
      cursor->place = STRATA_CURSOR_TEMPLATE;
      at = template;

      while (at < line->length && (line->start[at] == ' ' || line->start[at] == '-'))
        at++;

      return at;
    }

  cursor->place = line->has_key ? STRATA_CURSOR_VALUE : STRATA_CURSOR_KEY;

  if (at < line->length && (line->start[at] == '"' || line->start[at] == '\''))
    cursor->quote = line->start[at++];
  else if (is_in_comment (line) || (line->has_key && line->start[line->length - 1] == ':') || (at < line->length && strchr ("{[&*!|>", line->start[at]) != NULL))
    cursor->place = STRATA_CURSOR_NOWHERE;

  return at;
}

/* Braces and brackets */

static gboolean
begins_flow (const StrataCursorLine *line)
{
  gsize at = line->has_key ? line->value : line->content;

  return at < line->length && (line->start[at] == '[' || (line->start[at] == '{' && strncmp (line->start + at, "{{", 2) != 0));
}

/* The line that opens the outermost bracket around @offset, where it stands behind a key, a dash or nothing. All lines in
 * brackets are indented more than that one. Returns whether there is one.
 */
static gboolean
find_flow (const Climb      *climb,
           gsize             offset,
           StrataCursorLine *opening,
           gsize            *start,
           StrataCursorFlow *flow)
{
  guint least = G_MAXUINT;
  gboolean is_found = FALSE;
  gsize at = find_line_start (climb->text, offset);

  for (guint i = 0; i < MAX_FLOW_LINES && least > 0; i++)
    {
      StrataCursorLine line;
      StrataCursorFlow tried;

      read_line_at (climb, at, &line);

      if (strata_cursor_line_is_break (&line))
        break;

      if (!line.is_blank)
        {
          guint indent = line.n_dashes > 0 ? line.dashes[0] : line.content;

          if (indent < least && begins_flow (&line) &&
              strata_cursor_flow_read (&tried, climb->text, at + (line.has_key ? line.value : line.content), offset))
            {
              strata_cursor_flow_clear (flow);
              *flow = tried;
              *opening = line;
              *start = at;
              is_found = TRUE;
            }

          least = MIN (least, indent);
        }

      if (at == 0)
        break;

      at = find_line_start (climb->text, at - 1);
    }

  return is_found;
}

static void
add_flow_path (Climb                  *climb,
               const StrataCursorFlow *flow,
               const StrataCursorLine *opening)
{
  for (guint i = flow->path->len; i > 0; i--)
    g_ptr_array_add (climb->path, g_strdup (g_ptr_array_index (flow->path, i - 1)));

  if (opening->has_key)
    g_ptr_array_add (climb->path, g_strndup (opening->start + opening->key_start, opening->key_length));
}

/* Looks for the place among brackets. Returns whether it is there. */
static gboolean
locate_in_flow (StrataCursor *cursor,
                Climb        *climb,
                gsize         offset)
{
  g_auto(StrataCursorFlow) flow = { 0 };
  StrataCursorLine opening;
  gsize start;

  if (!find_flow (climb, offset, &opening, &start, &flow))
    return FALSE;

  add_flow_path (climb, &flow, &opening);
  cursor->place = flow.is_value ? STRATA_CURSOR_VALUE : STRATA_CURSOR_KEY;
  locate (cursor, climb, &opening, start);

  g_strfreev (cursor->siblings);
  cursor->siblings = take_siblings (flow.siblings);
  cursor->bracket = flow.bracket;
  cursor->quote = flow.quote;
  cursor->start = flow.word;
  g_free (cursor->word);
  cursor->word = g_strndup (climb->text + flow.word, offset - flow.word);

  if (flow.is_nowhere)
    cursor->place = STRATA_CURSOR_NOWHERE;

  return TRUE;
}

/**
 * strata_cursor_find:
 * @text: values or manifests; need not be YAML
 * @offset: where something is typed, in bytes
 *
 * Takes a time in proportion to @text at most, and mostly to what is between the place and the keys that it is below.
 * Any thread.
 *
 * Returns: (transfer full): what is typed there, and where that is
 */
StrataCursor *
strata_cursor_find (const char *text,
                    gsize       offset)
{
  g_return_val_if_fail (text != NULL, NULL);

  StrataCursor *cursor = cursor_new ();
  StrataCursorLine line;
  Climb climb;

  climb_init (&climb, text);
  offset = MIN (offset, climb.length);

  gsize start = find_line_start (text, offset);

  strata_cursor_line_read (&line, text + start, offset - start);
  cursor->word = g_strndup (line.start, line.length);

  gsize word = find_word (cursor, &line);

  g_free (cursor->word);
  cursor->word = g_strndup (text + start + word, offset - start - MIN (word, offset - start));
  cursor->start = offset - strlen (cursor->word);

  if (cursor->place == STRATA_CURSOR_TEMPLATE || !locate_in_flow (cursor, &climb, offset))
    {
      if (line.has_key)
        g_ptr_array_add (climb.path, g_strndup (line.start + line.key_start, line.key_length));

      locate (cursor, &climb, &line, start);
    }

  climb_clear (&climb);

  return cursor;
}

/**
 * strata_cursor_find_key:
 * @text: values or manifests; need not be YAML
 * @offset: a place in it, in bytes
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the key of the line that @offset is in, as if its value were typed: the path ends with
 *   it, and the word is the value; %NULL where no key stands
 */
StrataCursor *
strata_cursor_find_key (const char *text,
                        gsize       offset)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize length = strlen (text);
  gsize start = find_line_start (text, MIN (offset, length));
  const char *end = memchr (text + start, '\n', length - start);
  StrataCursorLine line;

  strata_cursor_line_read (&line, text + start, (end != NULL ? (gsize) (end - text) : length) - start);

  if (!line.has_key)
    return NULL;

  g_autoptr(StrataCursor) cursor = cursor_new ();
  Climb climb;

  climb_init (&climb, text);
  g_ptr_array_add (climb.path, g_strndup (line.start + line.key_start, line.key_length));
  cursor->place = STRATA_CURSOR_VALUE;
  cursor->word = g_strndup (line.start + line.value, line.value_end - line.value);
  cursor->start = start + line.value;
  locate (cursor, &climb, &line, start);
  climb_clear (&climb);

  return cursor->place != STRATA_CURSOR_NOWHERE ? g_steal_pointer (&cursor) : NULL;
}

/**
 * strata_cursor_free:
 * @cursor: (transfer full): a cursor
 *
 * Frees it.
 */
void
strata_cursor_free (StrataCursor *cursor)
{
  g_strfreev (cursor->path);
  g_strfreev (cursor->siblings);
  g_free (cursor->word);
  g_free (cursor->api_version);
  g_free (cursor->kind);
  g_free (cursor);
}
