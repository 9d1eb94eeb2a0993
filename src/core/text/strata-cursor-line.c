/* strata-cursor-line.c - one line of YAML by itself: its dashes, its key, its value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-cursor"

#include "strata-cursor-line.h"

#include <string.h>

/* Nobody writes longer keys; a line of a megabyte is not looked through for one. */
#define MAX_KEY 1024

static gboolean
is_space (char letter)
{
  return letter == ' ' || letter == '\t';
}

static gsize
skip_spaces (const StrataCursorLine *self,
             gsize                   at)
{
  while (at < self->length && is_space (self->start[at]))
    at++;

  return at;
}

static void
read_dashes (StrataCursorLine *self)
{
  gsize at = skip_spaces (self, 0);

  while (at < self->length && self->start[at] == '-' && self->n_dashes < STRATA_CURSOR_MAX_DASHES &&
         (at + 1 == self->length || is_space (self->start[at + 1])))
    {
      self->dashes[self->n_dashes++] = (guint) at;
      at = skip_spaces (self, at + 1);
    }

  self->content = (guint) at;
}

/* Where the quoted text that begins at @at ends: its closing quote, or the end of the line. */
static gsize
find_quote (const StrataCursorLine *self,
            gsize                   at)
{
  char quote = self->start[at];

  for (at++; at < self->length && self->start[at] != quote; at++)
    if (quote == '"' && self->start[at] == '\\')
      at++;

  return MIN (at, self->length);
}

static gboolean
ends_key (const StrataCursorLine *self,
          gsize                   at)
{
  return at < self->length && self->start[at] == ':' &&
         (at + 1 == self->length || is_space (self->start[at + 1]));
}

static void
read_key (StrataCursorLine *self)
{
  gsize at = self->content;
  gsize most = MIN (self->length, at + MAX_KEY);

  if (at < self->length && (self->start[at] == '"' || self->start[at] == '\''))
    {
      gsize end = find_quote (self, at);

      self->key_start = at + 1;
      self->key_length = end > at ? end - at - 1 : 0;
      at = skip_spaces (self, MIN (end + 1, self->length));
    }
  else
    {
      self->key_start = at;

      while (at < most && !ends_key (self, at) && !(self->start[at] == '#' && is_space (self->start[at - 1])))
        at++;

      self->key_length = at - self->key_start;
    }

  self->has_key = ends_key (self, at) && strchr ("{[&*!|>%@`", self->start[self->content]) == NULL;
  self->value = self->has_key ? skip_spaces (self, at + 1) : self->content;
}

static void
read_value_end (StrataCursorLine *self)
{
  gsize at = self->value;

  if (at < self->length && (self->start[at] == '"' || self->start[at] == '\''))
    at = find_quote (self, at);

  while (at < self->length && !(self->start[at] == '#' && (at == 0 || is_space (self->start[at - 1]))))
    at++;

  while (at > self->value && is_space (self->start[at - 1]))
    at--;

  self->value_end = at;
}

/* @length is that of the line without its end. */
void
strata_cursor_line_read (StrataCursorLine *self,
                         const char       *start,
                         gsize             length)
{
  if (length > 0 && start[length - 1] == '\r')
    length--;

  memset (self, 0, sizeof *self);
  self->start = start;
  self->length = length;
  read_dashes (self);
  self->is_blank = self->n_dashes == 0 &&
                   (self->content == length || start[self->content] == '#');
  self->value = self->value_end = length;

  if (self->content < length && start[self->content] != '#')
    {
      read_key (self);
      read_value_end (self);
    }
}

/* Whether another document begins here, or one ends. */
gboolean
strata_cursor_line_is_break (const StrataCursorLine *self)
{
  return self->length >= 3 &&
         (strncmp (self->start, "---", 3) == 0 || strncmp (self->start, "...", 3) == 0) &&
         (self->length == 3 || is_space (self->start[3]));
}

/* Whether the lines below, as far as they are indented more, are a text: `key: |`. */
gboolean
strata_cursor_line_is_text (const StrataCursorLine *self)
{
  gsize at = self->value;

  if (at >= self->value_end || (self->start[at] != '|' && self->start[at] != '>'))
    return FALSE;

  for (at++; at < self->value_end; at++)
    if (strchr ("+-0123456789", self->start[at]) == NULL)
      return FALSE;

  return TRUE;
}

/* Whether what the key or the item is stands in the lines below: nothing, an anchor or a tag. */
gboolean
strata_cursor_line_is_open (const StrataCursorLine *self)
{
  return self->value >= self->value_end || self->start[self->value] == '&' ||
         self->start[self->value] == '!';
}
