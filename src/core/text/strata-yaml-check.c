/* strata-yaml-check.c - is this text at all what a YAML parser should see?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SIZE (32 * 1024 * 1024)
#define MAX_TAG_DIRECTIVES 64  /* libyaml compares each one with all before it */
#define MARK_STEP 16

void
strata_yaml_fault_set (StrataYamlFault *fault,
                       StrataError      code,
                       guint            line,
                       guint            column,
                       const char      *format,
                       ...)
{
  va_list arguments;

  strata_yaml_fault_clear (fault);
  fault->code = code;
  fault->line = line;
  fault->column = column;
  va_start (arguments, format);
  fault->sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

void
strata_yaml_fault_clear (StrataYamlFault *fault)
{
  g_clear_pointer (&fault->sentence, g_free);
}

void
strata_yaml_marks_clear (StrataYamlMarks *marks)
{
  g_clear_pointer (&marks->offsets, g_array_unref);
}

/* The byte offset of a character; the end of the text for a character behind it. */
gsize
strata_yaml_marks_to_byte (const StrataYamlMarks *marks,
                           gsize                  character)
{
  gsize step = character / MARK_STEP;

  if (marks->is_ascii)
    return marks->skipped + MIN (character, marks->length);
  if (step >= marks->offsets->len)
    return marks->skipped + marks->length;

  gsize offset = g_array_index (marks->offsets, guint, step);

  for (gsize i = character % MARK_STEP; i > 0 && offset < marks->length; i--)
    offset += g_utf8_skip[(guchar) marks->text[offset]];

  return marks->skipped + MIN (offset, marks->length);
}

static gboolean
check_size_and_encoding (const char      *text,
                         gsize            length,
                         StrataYamlFault *fault)
{
  if (length > MAX_SIZE)
    strata_yaml_fault_set (fault, STRATA_ERROR_TOO_LARGE, 1, 1,
                           _("The text is larger than %d MiB"), MAX_SIZE / 1024 / 1024);
  else if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    strata_yaml_fault_set (fault, STRATA_ERROR_INVALID, 1, 1,
                           _("The text is UTF-16; save it as UTF-8"));
  else
    return TRUE;

  return FALSE;
}

/* The characters YAML 1.1 calls printable, without the ASCII ones. */
static gboolean
is_printable (gunichar character)
{
  return character == 0x85 || (character >= 0xa0 && character <= 0xfffd && character != 0xfeff) ||
         character >= 0x10000;
}

/* Reads one character behind ASCII. Returns its bytes, or 0 with @fault set. */
static gsize
check_wide (const char      *text,
            gsize            left,
            guint            line,
            guint            column,
            StrataYamlFault *fault)
{
  gunichar character = g_utf8_get_char_validated (text, (gssize) left);

  if (character >= 0x110000)
    strata_yaml_fault_set (fault, STRATA_ERROR_INVALID, line, column,
                           _("The text is not UTF-8 here; save it as UTF-8"));
  else if (!is_printable (character))
    strata_yaml_fault_set (fault, STRATA_ERROR_INVALID, line, column,
                           _("The invisible character U+%04X is not allowed; remove it"),
                              character);
  else
    return g_utf8_skip[(guchar) *text];

  return 0;
}

static gsize
check_character (const char      *text,
                 gsize            left,
                 guint            line,
                 guint            column,
                 StrataYamlFault *fault)
{
  guchar byte = (guchar) *text;

  if (byte >= 0x80)
    return check_wide (text, left, line, column, fault);

  if ((byte >= 0x20 && byte != 0x7f) || byte == '\t' || byte == '\n' || byte == '\r')
    return 1;

  strata_yaml_fault_set (fault, STRATA_ERROR_INVALID, line, column,
                         _("The control character U+%04X is not allowed; remove it"), byte);

  return 0;
}

static gboolean
is_tag_directive (const char *text,
                  gsize       left)
{
  return left >= 4 && memcmp (text, "%TAG", 4) == 0;
}

static gboolean
ends_line (const StrataYamlMarks *marks,
           gsize                  at)
{
  return marks->text[at] == '\n' ||
         (marks->text[at] == '\r' && (at + 1 == marks->length || marks->text[at + 1] != '\n'));
}

/* Reads the characters, each once. */
static gboolean
check_characters (StrataYamlMarks *marks,
                  StrataYamlFault *fault)
{
  guint line = 1, column = 1, n_directives = 0;
  gsize n_characters = 0;

  for (guint at = 0; at < marks->length; n_characters++)
    {
      const char *next = marks->text + at;
      gsize left = marks->length - at;
      gsize bytes =
        *next >= ' ' && *next < 0x7f ? 1 : check_character (next, left, line, column, fault);

      if (bytes == 0)
        return FALSE;

      if (column == 1 && is_tag_directive (next, left) && ++n_directives > MAX_TAG_DIRECTIVES)
        {
          strata_yaml_fault_set (fault, STRATA_ERROR_TOO_LARGE, line, column,
                                 _("There are more than %d %%TAG lines"), MAX_TAG_DIRECTIVES);
          return FALSE;
        }

      if (n_characters % MARK_STEP == 0)
        g_array_append_val (marks->offsets, at);

      line += ends_line (marks, at) ? 1 : 0;
      column = ends_line (marks, at) ? 1 : column + 1;
      at += (guint) bytes;
    }

  marks->is_ascii = n_characters == marks->length;

  return TRUE;
}

/* Reads the whole text once: every character is allowed, and @marks can find it again. */
gboolean
strata_yaml_check_text (StrataYamlMarks *marks,
                        const char      *text,
                        gsize            length,
                        StrataYamlFault *fault)
{
  if (!check_size_and_encoding (text, length, fault))
    return FALSE;

  marks->skipped = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  marks->text = text + marks->skipped;
  marks->length = length - marks->skipped;
  marks->offsets = g_array_new (FALSE, FALSE, sizeof (guint));

  return check_characters (marks, fault);
}
