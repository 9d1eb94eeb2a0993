/* strata-json-check.c - one scan that refuses what json-glib would take wrongly or could not take
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NUMBER 400  /* characters: the longest double written out in full has 327 digits */

typedef struct
{
  gboolean is_object;
  guint    first;  /* of its names in @names */
} Level;

typedef struct
{
  const char   *text;
  const char   *at;
  const char   *end;
  Level         levels[STRATA_JSON_MAX_DEPTH];
  guint         depth;
  GArray       *names;   /* (owned) (element-type StrataJsonName): of all open objects */
  GStringChunk *texts;   /* (owned): of @names */
  GString      *buffer;  /* (owned): the string read last, unescaped */
  GError      **error;
} Scanner;

static gboolean refuse_at (Scanner     *self,
                           const char  *at,
                           StrataError  code,
                           const char  *format,
                           ...) G_GNUC_PRINTF (4, 5);

static gboolean
refuse_at (Scanner     *self,
           const char  *at,
           StrataError  code,
           const char  *format,
           ...)
{
  guint line = 1;
  const char *start = self->text;
  va_list arguments;

  for (const char *next = self->text; next < at; next++)
    if (*next == '\n')
      {
        line++;
        start = next + 1;
      }

  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (self->error, STRATA_ERROR, (int) code,
               _("Line %u, column %ld: %s"), line, g_utf8_strlen (start, at - start) + 1,
                  sentence);

  return FALSE;
}

static gboolean
refuse (Scanner    *self,
        const char *sentence)
{
  return refuse_at (self, self->at, STRATA_ERROR_INVALID, "%s", sentence);
}

static char
peek (Scanner *self)
{
  return self->at < self->end ? *self->at : '\0';
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

static gboolean
scan_hex (Scanner  *self,
          gunichar *unit)
{
  *unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = self->at < self->end ? g_ascii_xdigit_value (*self->at) : -1;

      if (digit < 0)
        return refuse (self, _("A “\\u” needs four hexadecimal digits"));

      *unit = *unit * 16 + (gunichar) digit;
      self->at++;
    }

  return TRUE;
}

/* Behind `\u`. A character behind U+FFFF is written as two units, section 7 of RFC 8259. */
static gboolean
scan_unicode (Scanner *self)
{
  const char *start = self->at - 2;
  gunichar unit, low = 0;

  if (!scan_hex (self, &unit))
    return FALSE;

  if (unit == 0)
    return refuse_at (self, start, STRATA_ERROR_INVALID,
                      _("The character U+0000 is not allowed; remove it"));

  if (unit >= 0xd800 && unit < 0xdc00 && self->end - self->at >= 2 &&
      memcmp (self->at, "\\u", 2) == 0)
    {
      self->at += 2;

      if (!scan_hex (self, &low))
        return FALSE;

      if (low >= 0xdc00 && low < 0xe000)
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }

  if (unit >= 0xd800 && unit < 0xe000)
    return refuse_at (self, start, STRATA_ERROR_INVALID, _("This “\\u” is half a character"));

  g_string_append_unichar (self->buffer, unit);

  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter = peek (self) != '\0' ? strchr (letters, *self->at) : NULL;

  if (peek (self) == 'u')
    {
      self->at++;
      return scan_unicode (self);
    }

  if (letter == NULL)
    return refuse (self, _("There is no such “\\” escape"));

  g_string_append_c (self->buffer, meanings[letter - letters]);
  self->at++;

  return TRUE;
}

static gboolean
scan_string (Scanner *self)
{
  const char *start = self->at++;

  g_string_truncate (self->buffer, 0);

  while (self->at < self->end && *self->at != '"')
    {
      if ((guchar) *self->at < 0x20)
        return refuse (
          self,
          _("A control character or line break cannot stand inside a string; close the quotes, or "
                               "write it as a “\\” escape"));

      if (*self->at != '\\')
        {
          g_string_append_c (self->buffer, *self->at++);
          continue;
        }

      self->at++;

      if (!scan_escape (self))
        return FALSE;
    }

  if (self->at == self->end)
    return refuse_at (self, start, STRATA_ERROR_INVALID,
                      _("The quote that opens here is never closed"));

  self->at++;

  return TRUE;
}

static gsize
skip_digits (Scanner *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return (gsize) (self->at - start);
}

static gboolean
scan_fraction (Scanner  *self,
               gboolean *is_float)
{
  if (peek (self) == '.')
    {
      *is_float = TRUE;
      self->at++;

      if (skip_digits (self) == 0)
        return refuse (self, _("A digit is missing behind the “.”"));
    }

  if (peek (self) == 'e' || peek (self) == 'E')
    {
      *is_float = TRUE;
      self->at++;

      if (peek (self) == '+' || peek (self) == '-')
        self->at++;

      if (skip_digits (self) == 0)
        return refuse (self, _("A digit is missing in the exponent"));
    }

  return TRUE;
}

/* Whether a number of correct form can be kept: a double when it has a fraction, else 64 bits. */
static gboolean
check_magnitude (Scanner    *self,
                 const char *start,
                 gboolean    is_float)
{
  char text[MAX_NUMBER + 1] = "";
  gsize length = (gsize) (self->at - start);
  gint64 integer;

  if (length <= MAX_NUMBER)
    {
      memcpy (text, start, length);

      if (is_float ? isfinite (g_ascii_strtod (text, NULL)) != 0
                   : g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
        return TRUE;
    }

  return refuse_at (self, start, STRATA_ERROR_INVALID,
                    _("The number is too large to be kept exactly; write it as a string"));
}

static gboolean
scan_number (Scanner *self)
{
  const char *start = self->at;
  gboolean is_float = FALSE;

  if (peek (self) == '-')
    self->at++;

  gboolean starts_with_zero = peek (self) == '0';
  gsize n_digits = skip_digits (self);

  if (n_digits == 0)
    return refuse (self, _("A digit is missing"));
  if (starts_with_zero && n_digits > 1)
    return refuse_at (self, start, STRATA_ERROR_INVALID,
                      _("A number cannot start with 0; write it as a string"));
  if (!scan_fraction (self, &is_float))
    return FALSE;
  if (self->at < self->end && (g_ascii_isalnum (*self->at) || *self->at == '.' || *self->at == '_'))
    return refuse_at (self, start, STRATA_ERROR_INVALID,
                      _("This is not a number that JSON knows"));

  return check_magnitude (self, start, is_float);
}

static gboolean
scan_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }

  if (peek (self) == '\'')
    return refuse (self, _("A string is written in double quotes"));
  if (peek (self) == '/' || peek (self) == '#')
    return refuse (self, _("JSON has no comments; remove it"));

  return refuse (self, self->at == self->end ? _("The text ends too early")
                                             : _("A value is missing here"));
}

static gboolean
check_names (Scanner *self,
             GArray  *names,
             guint    first)
{
  const StrataJsonName *culprit;

  switch (strata_json_names_check (names, first, &culprit))
    {
    case STRATA_JSON_NAMES_TWICE:
      return refuse_at (self, self->text + culprit->offset, STRATA_ERROR_INVALID,
                        _("The member “%s” stands here a second time; remove one"), culprit->name);

    case STRATA_JSON_NAMES_ALIKE:
      return refuse_at (self, self->text + culprit->offset, STRATA_ERROR_TOO_LARGE,
                        _("The names of this object are made to be slow to read"));

    case STRATA_JSON_NAMES_FINE:
    default:
      return TRUE;
    }
}

static gboolean
open_level (Scanner *self)
{
  if (self->depth == STRATA_JSON_MAX_DEPTH)
    return refuse_at (self, self->at, STRATA_ERROR_TOO_LARGE,
                      _("The text is nested too deep here"));

  self->levels[self->depth].is_object = *self->at == '{';
  self->levels[self->depth].first = self->names->len;
  self->depth++;
  self->at++;

  return TRUE;
}

static gboolean
close_level (Scanner *self)
{
  Level *level = &self->levels[--self->depth];

  self->at++;

  if (!check_names (self, self->names, level->first))
    return FALSE;

  g_array_set_size (self->names, level->first);

  if (self->depth == 0)
    g_string_chunk_clear (self->texts);

  return TRUE;
}

static gboolean
scan_name (Scanner *self)
{
  StrataJsonName name = { .offset = (gsize) (self->at - self->text) };

  if (peek (self) != '"')
    return refuse (self, _("A name in double quotes is missing here"));
  if (!scan_string (self))
    return FALSE;

  name.name =
    g_string_chunk_insert_len (self->texts, self->buffer->str, (gssize) self->buffer->len);
  name.hash = g_str_hash (name.name);
  g_array_append_val (self->names, name);

  skip_space (self);

  if (peek (self) != ':')
    return refuse (self, _("A “:” is missing here"));

  self->at++;
  skip_space (self);

  return TRUE;
}

static gboolean
is_closer (Scanner *self)
{
  return self->depth > 0 && peek (self) == (self->levels[self->depth - 1].is_object ? '}' : ']');
}

/* One value that is no collection, or the opening of a collection. @is_complete says which. */
static gboolean
scan_value (Scanner  *self,
            gboolean *is_complete)
{
  char first = peek (self);

  *is_complete = first != '{' && first != '[';

  if (!*is_complete)
    return open_level (self);
  if (first == '"')
    return scan_string (self);
  if (first == '-' || g_ascii_isdigit (first))
    return scan_number (self);

  return scan_word (self);
}

/* Behind a complete value: closes what closes here, then wants a comma or the end. */
static gboolean
scan_behind_value (Scanner *self)
{
  for (skip_space (self); is_closer (self); skip_space (self))
    if (!close_level (self))
      return FALSE;

  if (self->depth == 0)
    return self->at == self->end || refuse (self, _("Nothing can follow the value; remove it"));

  if (peek (self) != ',')
    return refuse (self, self->at == self->end ? _("The text ends too early")
                                               : _("A “,” is missing here"));

  self->at++;
  skip_space (self);

  return !is_closer (self) ||
         refuse (self, _("Nothing follows the “,” before this; remove the “,”"));
}

static gboolean
scan_document (Scanner *self)
{
  skip_space (self);

  if (self->at == self->end)
    return refuse (self, _("The text is empty"));

  do
    {
      gboolean is_complete;

      if (self->depth > 0 && self->levels[self->depth - 1].is_object && !scan_name (self))
        return FALSE;
      if (!scan_value (self, &is_complete))
        return FALSE;

      skip_space (self);

      if ((is_complete || is_closer (self)) && !scan_behind_value (self))
        return FALSE;
    }
  while (self->depth > 0);

  return TRUE;
}

static gboolean
check_bytes (Scanner *self)
{
  const char *end;

  if (self->end - self->text > STRATA_JSON_MAX_SIZE)
    return refuse_at (self, self->text, STRATA_ERROR_TOO_LARGE,
                      _("The text is larger than %d MiB"), STRATA_JSON_MAX_SIZE / 1024 / 1024);

  if (!g_utf8_validate_len (self->text, (gsize) (self->end - self->text), &end))
    return refuse_at (self, end, STRATA_ERROR_INVALID, "%s",
                      *end == '\0' ? _("The character U+0000 is not allowed; remove it")
                                   : _("The text is not UTF-8 here; save it as UTF-8"));

  return TRUE;
}

/**
 * strata_json_check:
 * @text: what may be JSON
 * @length: bytes of @text
 * @error: return location for a #StrataError
 *
 * Reads a text from anybody, once and without recursion, by RFC 8259 and no more: at most
 * %STRATA_JSON_MAX_SIZE bytes of UTF-8 and %STRATA_JSON_MAX_DEPTH levels, no name twice in an
 * object, no `\u0000`, and only numbers that a 64-bit integer or a double holds. A byte order mark
 * is skipped. May be called from any thread.
 *
 * Returns: whether json-glib may see it; else @error is `INVALID` or `TOO_LARGE` and names line and
 * column
 */
gboolean
strata_json_check (const char  *text,
                   gsize        length,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  Scanner scanner = {
    .text = text + mark, .at = text + mark, .end = text + length, .error = error
  };

  if (!check_bytes (&scanner))
    return FALSE;

  scanner.names = g_array_new (FALSE, FALSE, sizeof (StrataJsonName));
  scanner.texts = g_string_chunk_new (4096);
  scanner.buffer = g_string_new (NULL);

  gboolean ok = scan_document (&scanner);

  g_array_unref (scanner.names);
  g_string_chunk_free (scanner.texts);
  g_string_free (scanner.buffer, TRUE);

  return ok;
}
