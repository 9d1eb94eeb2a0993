/* strata-helm-text.c - the bytes of an index, made such that the YAML parser may see them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-helm-index"

#include "strata-helm-text.h"

#include <string.h>

#define REPLACEMENT 0xfffd
#define NOT_HEX G_MAXUINT

/* The number of an escape such as \ud83d. */
static guint
read_escape (const char *text)
{
  guint number = 0;

  if (text[0] != '\\' || text[1] != 'u')
    return NOT_HEX;

  for (gsize i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return NOT_HEX;
      number = number << 4 | (guint) g_ascii_xdigit_value (text[i]);
    }

  return number;
}

static gboolean
is_high (guint number)
{
  return number >= 0xd800 && number < 0xdc00;
}

static gboolean
is_low (guint number)
{
  return number >= 0xdc00 && number < 0xe000;
}

/* Puts what the escape at @text is into @to, and says how many bytes of @text that was. */
static gsize
take_escape (const char *text,
             gsize       length,
             char       *to,
             gsize      *n_put)
{
  guint first = length >= 6 ? read_escape (text) : NOT_HEX;
  guint second = length >= 12 ? read_escape (text + 6) : NOT_HEX;
  gboolean is_pair = is_high (first) && is_low (second);

  if (first == NOT_HEX || (!is_high (first) && !is_low (first)))
    {
      *n_put = MIN (length, 2);
      memmove (to, text, *n_put);

      return *n_put;
    }

  gunichar c = is_pair ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : REPLACEMENT;

  *n_put = (gsize) g_unichar_to_utf8 (c, to);

  return is_pair ? 12 : 6;
}

/* Replaces, in place, pairs such as \ud83d\ude00 by their character, and half a pair by U+FFFD (RFC 8259, 7). Returns
 * the length that is left; @n_rest bytes at its end are an escape whose end may be still to come, unless @at_end.
 */
gsize
strata_helm_text_join (char     *text,
                       gsize     length,
                       gboolean  at_end,
                       gsize    *n_rest)
{
  gsize from = 0;
  gsize to = 0;

  *n_rest = 0;
  while (from < length)
    {
      const char *escape = memchr (text + from, '\\', length - from);
      gsize n_plain = escape != NULL ? (gsize) (escape - text) - from : length - from;
      gsize n_put = 0;

      memmove (text + to, text + from, n_plain);
      from += n_plain;
      to += n_plain;
      if (from == length)
        break;
      if (!at_end && length - from < STRATA_HELM_MAX_ESCAPE)
        {
          *n_rest = length - from;
          memmove (text + to, text + from, *n_rest);

          return to + *n_rest;
        }
      from += take_escape (text + from, length - from, text + to, &n_put);
      to += n_put;
    }

  return to;
}

/* Eight bytes at a time, since nearly all of an index is ASCII. */
static gsize
count_ascii (const char *text,
             gsize       length)
{
  gsize i = 0;

  for (guint64 word; i + 8 <= length; i += 8)
    {
      memcpy (&word, text + i, 8);
      if (((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) != 0)
        break;
    }

  return i;
}

/* How many of the bytes are whole characters, or -1 when they are none of UTF-8, or U+0000. */
gssize
strata_helm_text_check (const char *text,
                        gsize       length)
{
  gsize i = 0;

  while (i < length)
    {
      const char *end;

      i += count_ascii (text + i, length - i);
      if (g_utf8_validate_len (text + i, MIN (length - i, 64), &end))
        {
          i = (gsize) (end - text);
          continue;
        }
      i = (gsize) (end - text);

      gunichar c = g_utf8_get_char_validated (text + i, (gssize) (length - i));

      if (c == (gunichar) -2 && length - i < 4)
        return (gssize) i;
      if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
        return -1;
      i += (gsize) (g_utf8_next_char (text + i) - (text + i));
    }

  return (gssize) i;
}
