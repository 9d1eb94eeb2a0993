/* strata-cursor-flow.c - where a place is among braces and brackets
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Letter by letter from the outermost bracket on. What is behind the place is looked at for keys only, as it may be anything.
 */

#define G_LOG_DOMAIN "strata-cursor"

#include "strata-cursor-flow.h"

#include <string.h>

#include "strata-cursor.h"

#define MAX_DEPTH 64
#define MAX_BEHIND 4096  /* bytes behind the place that are looked through for keys */

/* An open bracket. */
typedef struct
{
  char       bracket;
  char      *key;       /* (owned) (nullable): of the pair that is read */
  GPtrArray *siblings;  /* (owned) (element-type utf8): keys so far, without @key */
} Level;

typedef struct
{
  const char *text;
  gsize       end;     /* as far as is read */
  gsize       at;
  gsize       token;   /* where the word that is read begins; G_MAXSIZE between words */
  char        quote;   /* of a quoted text that is not closed at the end */
  gboolean    in_comment;
  GArray     *levels;  /* (owned) (element-type Level) */
} Scan;

static void
level_clear (gpointer data)
{
  Level *level = data;

  g_clear_pointer (&level->key, g_free);
  g_clear_pointer (&level->siblings, g_ptr_array_unref);
}

static Level *
get_top (Scan *scan)
{
  return &g_array_index (scan->levels, Level, scan->levels->len - 1);
}

static void
open_level (Scan *scan,
            char  bracket)
{
  Level level = { bracket, NULL, g_ptr_array_new_with_free_func (g_free) };

  g_array_append_val (scan->levels, level);
  scan->token = G_MAXSIZE;
}

static void
finish_pair (Scan *scan)
{
  Level *top = get_top (scan);

  if (top->key != NULL)
    g_ptr_array_add (top->siblings, g_steal_pointer (&top->key));

  scan->token = G_MAXSIZE;
}

/* Returns whether something is still open. */
static gboolean
close_level (Scan *scan,
             char  bracket)
{
  if (get_top (scan)->bracket != (bracket == '}' ? '{' : '['))
    return FALSE;

  g_array_set_size (scan->levels, scan->levels->len - 1);
  scan->token = scan->at;

  return scan->levels->len > 0;
}

/* To the closing quote, which may be missing. */
static void
skip_quoted (Scan *scan)
{
  char quote = scan->text[scan->at];
  gsize at = scan->at + 1;

  scan->token = scan->at;

  while (at < scan->end && scan->text[at] != quote)
    at += quote == '"' && scan->text[at] == '\\' && at + 1 < scan->end ? 2 : 1;

  if (at >= scan->end)
    scan->quote = quote;

  scan->at = MIN (at, scan->end - 1);
}

static void
skip_comment (Scan *scan)
{
  const char *end = memchr (scan->text + scan->at, '\n', scan->end - scan->at);

  scan->in_comment = end == NULL;
  scan->at = end != NULL ? (gsize) (end - scan->text) : scan->end - 1;
}

/* Returns whether a template that opens here is closed, too. */
static gboolean
skip_template (Scan *scan)
{
  const char *end = g_strstr_len (scan->text + scan->at, (gssize) (scan->end - scan->at), "}}");

  if (scan->token == G_MAXSIZE)
    scan->token = scan->at;
  if (end != NULL)
    scan->at = (gsize) (end - scan->text) + 1;

  return end != NULL;
}

static void
read_colon (Scan *scan)
{
  Level *top = get_top (scan);
  char next = scan->at + 1 < scan->end ? scan->text[scan->at + 1] : ' ';
  gsize start = scan->token;

  if (top->bracket != '{' || top->key != NULL || start == G_MAXSIZE || strchr (" \t\r\n,}", next) == NULL)
    return;

  g_autofree char *name = g_strndup (scan->text + start, scan->at - start);

  g_strstrip (name);
  if (strlen (name) >= 2 && (*name == '"' || *name == '\'') && name[strlen (name) - 1] == *name)
    top->key = g_strndup (name + 1, strlen (name) - 2);
  else
    top->key = g_steal_pointer (&name);

  scan->token = G_MAXSIZE;
}

static gboolean
is_space (char letter)
{
  return strchr (" \t\r\n", letter) != NULL;
}

/* Reads one letter, or all that belongs to it. Returns whether it goes on inside the outermost bracket. */
static gboolean
step (Scan *scan)
{
  char letter = scan->text[scan->at];
  gboolean is_between = scan->token == G_MAXSIZE;

  if (letter == '{' && scan->at + 1 < scan->end && scan->text[scan->at + 1] == '{')
    return skip_template (scan);

  if (is_between && (letter == '{' || letter == '['))
    {
      if (scan->levels->len >= MAX_DEPTH)
        return FALSE;

      open_level (scan, letter);
    }
  else if (letter == '}' || letter == ']')
    return close_level (scan, letter);
  else if (letter == ',')
    finish_pair (scan);
  else if (letter == ':')
    read_colon (scan);
  else if (letter == '#' && scan->at > 0 && is_space (scan->text[scan->at - 1]))
    skip_comment (scan);
  else if (is_between && (letter == '"' || letter == '\''))
    skip_quoted (scan);
  else if (is_between && !is_space (letter))
    scan->token = scan->at;

  return TRUE;
}

static void
add_step (StrataCursorFlow *self,
          const Level      *level)
{
  if (level->bracket == '[')
    g_ptr_array_add (self->path, g_strdup (STRATA_CURSOR_ITEM));
  else if (level->key != NULL)
    g_ptr_array_add (self->path, g_strdup (level->key));
}

static void
take_siblings (StrataCursorFlow *self,
               GPtrArray        *siblings)
{
  for (guint i = 0; i < siblings->len; i++)
    g_ptr_array_add (self->siblings, g_strdup (g_ptr_array_index (siblings, i)));
}

/* The keys behind the place in the same braces: those of the pairs behind the next comma. */
static void
look_behind (StrataCursorFlow *self,
             const char       *text,
             gsize             offset)
{
  g_autoptr(GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Scan scan = { text, offset + strnlen (text + offset, MAX_BEHIND), offset, offset, 0, FALSE, levels };
  gboolean is_own = TRUE;

  g_array_set_clear_func (levels, level_clear);
  open_level (&scan, '{');

  for (; scan.at < scan.end; scan.at++)
    {
      gboolean is_here = levels->len == 1;

      if (is_here && scan.text[scan.at] == '}')
        break;

      if (is_here && is_own && scan.text[scan.at] == ',')
        {
          g_clear_pointer (&get_top (&scan)->key, g_free);
          scan.token = G_MAXSIZE;
          is_own = FALSE;
        }
      else if (!step (&scan))
        return;
    }

  if (!is_own && levels->len == 1)
    finish_pair (&scan);

  take_siblings (self, g_array_index (levels, Level, 0).siblings);
}

static void
take_place (StrataCursorFlow *self,
            Scan             *scan,
            gsize             offset)
{
  Level *top = get_top (scan);

  for (guint i = 0; i < scan->levels->len; i++)
    add_step (self, &g_array_index (scan->levels, Level, i));

  take_siblings (self, top->siblings);
  self->bracket = top->bracket;
  self->is_value = top->key != NULL;
  self->is_nowhere = scan->in_comment || (offset > 0 && scan->text[offset - 1] == ':' && scan->quote == '\0');
  self->quote = scan->quote;
  self->word = scan->token == G_MAXSIZE ? offset : scan->token + (scan->quote != '\0' ? 1 : 0);
}

/* Reads @text from the bracket at @start to @offset. Returns whether that is inside of it; only then is there something in
 * @self.
 */
gboolean
strata_cursor_flow_read (StrataCursorFlow *self,
                         const char       *text,
                         gsize             start,
                         gsize             offset)
{
  g_autoptr(GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Scan scan = { text, offset, start, G_MAXSIZE, 0, FALSE, levels };

  g_array_set_clear_func (levels, level_clear);
  memset (self, 0, sizeof *self);

  if (start >= offset)
    return FALSE;

  open_level (&scan, text[start]);

  for (scan.at = start + 1; scan.at < offset; scan.at++)
    if (!step (&scan))
      return FALSE;

  self->path = g_ptr_array_new_with_free_func (g_free);
  self->siblings = g_ptr_array_new_with_free_func (g_free);
  take_place (self, &scan, offset);

  if (self->bracket == '{')
    look_behind (self, text, offset);

  return TRUE;
}

void
strata_cursor_flow_clear (StrataCursorFlow *self)
{
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_clear_pointer (&self->siblings, g_ptr_array_unref);
}
