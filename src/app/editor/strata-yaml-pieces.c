/* strata-yaml-pieces.c - what the pieces of one line of YAML are, for the colours of a text that is too large to read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml-pieces"

#include "strata-yaml-pieces.h"

#include <string.h>

/* A line, and how far it has been read. */
typedef struct
{
  GArray     *pieces;  /* (unowned) */
  const char *line;
  const char *at;
} Reader;

static void
add (Reader              *self,
     StrataYamlPieceKind  kind,
     const char          *start,
     const char          *end)
{
  StrataYamlPiece piece = { kind, (guint) (start - self->line), (guint) (end - self->line) };

  if (end > start)
    g_array_append_val (self->pieces, piece);
}

static gboolean
is_space (char letter)
{
  return letter == ' ' || letter == '\t';
}

static void
skip_spaces (Reader *self)
{
  self->at += strspn (self->at, " \t");
}

static gboolean
begins_comment (const char *line,
                const char *at)
{
  return *at == '#' && (at == line || is_space (at[-1]));
}

/* Behind the quote that closes the one at @at; the end of the line when there is none. */
static const char *
find_quote_end (const char *at)
{
  char quote = *at++;

  for (; *at != '\0'; at++)
    {
      if (quote == '"' && *at == '\\' && at[1] != '\0')
        at++;
      else if (quote == '\'' && *at == quote && at[1] == quote)
        at++;
      else if (*at == quote)
        return at + 1;
    }

  return at;
}

/* (nullable): the colon behind the key at @at */
static const char *
find_colon (const char *line,
            const char *at)
{
  if (*at == '{' || *at == '[')
    return NULL;

  if (*at == '"' || *at == '\'')
    {
      at = find_quote_end (at);
      at += strspn (at, " ");

      return *at == ':' ? at : NULL;
    }

  for (; *at != '\0' && !begins_comment (line, at); at++)
    if (*at == ':' && (at[1] == '\0' || is_space (at[1])))
      return at;

  return NULL;
}

/* Goes behind what introduces an item of a list, and returns its column; @column where there is none. */
static int
read_dashes (Reader *self,
             int     column)
{
  while ((*self->at == '-' || *self->at == '?') && (is_space (self->at[1]) || self->at[1] == '\0'))
    {
      column = (int) (self->at - self->line);
      self->at++;
      skip_spaces (self);
    }

  return column;
}

static void
read_properties (Reader *self)
{
  while (*self->at == '&' || *self->at == '*' || *self->at == '!')
    {
      const char *end = self->at + strcspn (self->at, " \t,]}");

      add (self, *self->at == '!' ? STRATA_YAML_PIECE_TAG : STRATA_YAML_PIECE_ANCHOR, self->at, end);
      self->at = end;
      skip_spaces (self);
    }
}

static gboolean
is_one_of (const char        *text,
           gsize              length,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == length && strncmp (words[i], text, length) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_number (const char *text,
           gsize       length)
{
  g_autofree char *number = g_strndup (text, length);
  char *end;

  if (length == 0 || strspn (number, "+-.0123456789eE") != length || strpbrk (number, "0123456789") == NULL)
    return FALSE;

  g_ascii_strtod (number, &end);

  return *end == '\0';
}

static StrataYamlPieceKind
tell_scalar (const char *text,
             gsize       length)
{
  static const char *const nulls[] = { "null", "Null", "NULL", "~", NULL };
  static const char *const booleans[] = { "true", "True", "TRUE", "false", "False", "FALSE", NULL };

  if (is_one_of (text, length, nulls))
    return STRATA_YAML_PIECE_NULL;

  if (is_one_of (text, length, booleans))
    return STRATA_YAML_PIECE_BOOLEAN;

  return is_number (text, length) ? STRATA_YAML_PIECE_NUMBER : STRATA_YAML_PIECE_STRING;
}

/* One scalar up to what ends it: one of @ends, a comment, the end of the line. */
static void
read_scalar (Reader     *self,
             const char *ends)
{
  const char *start = self->at;

  if (*start == '"' || *start == '\'')
    {
      self->at = find_quote_end (start);
      add (self, STRATA_YAML_PIECE_STRING, start, self->at);
      return;
    }

  while (*self->at != '\0' && strchr (ends, *self->at) == NULL && !begins_comment (self->line, self->at))
    self->at++;

  const char *end = self->at;

  while (end > start && is_space (end[-1]))
    end--;

  add (self, tell_scalar (start, (gsize) (end - start)), start, end);
}

/* What stands between braces and brackets: a key in them is not told from a value. */
static void
read_flow (Reader *self)
{
  while (*self->at != '\0' && !begins_comment (self->line, self->at))
    {
      self->at += strspn (self->at, "{}[],: \t");
      read_properties (self);

      if (*self->at != '\0' && !begins_comment (self->line, self->at))
        read_scalar (self, "{}[],:");
    }
}

static void
read_value (Reader *self,
            int     column,
            int    *block)
{
  skip_spaces (self);
  read_properties (self);

  if (*self->at == '|' || *self->at == '>')
    {
      *block = column;
      self->at += strcspn (self->at, " \t");
    }
  else if (*self->at == '{' || *self->at == '[')
    read_flow (self);
  else if (!begins_comment (self->line, self->at))
    read_scalar (self, "");

  skip_spaces (self);

  if (begins_comment (self->line, self->at))
    add (self, STRATA_YAML_PIECE_COMMENT, self->at, self->at + strlen (self->at));
}

/*
 * strata_yaml_pieces_find:
 * @pieces: (element-type StrataYamlPiece): what is found is added to it
 * @line: one line, without its end
 * @block: (inout): the column of what began the block of text that the line may be in, or STRATA_YAML_NO_BLOCK
 *
 * A quoted text of several lines is told only where it begins.
 */
void
strata_yaml_pieces_find (GArray     *pieces,
                         const char *line,
                         int        *block)
{
  Reader reader = { pieces, line, line + strspn (line, " ") };
  int indent = (int) (reader.at - line);
  const char *end = line + strlen (line);

  g_return_if_fail (pieces != NULL);
  g_return_if_fail (line != NULL && block != NULL);

  if (*reader.at == '\0' || *reader.at == '\r')
    return;

  if (*block != STRATA_YAML_NO_BLOCK && indent > *block)
    {
      add (&reader, STRATA_YAML_PIECE_STRING, reader.at, end);
      return;
    }

  *block = STRATA_YAML_NO_BLOCK;

  if (*line == '%')
    {
      add (&reader, STRATA_YAML_PIECE_DIRECTIVE, line, end);
      return;
    }

  if (g_str_has_prefix (line, "---") || g_str_has_prefix (line, "..."))
    {
      reader.at = line + 3;
      read_value (&reader, STRATA_YAML_NO_BLOCK, block);
      return;
    }

  int column = read_dashes (&reader, indent - 1);
  const char *colon = find_colon (line, reader.at);

  if (colon != NULL)
    {
      column = (int) (reader.at - line);
      add (&reader, STRATA_YAML_PIECE_KEY, reader.at, colon);
      reader.at = colon + 1;
    }

  read_value (&reader, column, block);
}
