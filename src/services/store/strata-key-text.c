/* strata-key-text.c - any text and any list of texts in a key file, and back unchanged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-key-text"

#include "strata-key-text.h"

#include <string.h>

/* A key file drops white space at the ends of a line, so a text that has some there stands in
 * quotes.
 */
static char *
quote (const char *text)
{
  gsize length = strlen (text);
  gboolean needed =
    length > 0 && (*text == '"' || g_ascii_isspace (*text) || g_ascii_isspace (text[length - 1]) ||
                   *text == '\v' || text[length - 1] == '\v');

  return needed ? g_strconcat ("\"", text, "\"", NULL) : g_strdup (text);
}

/* Takes @text and gives it back without the quotes. */
static char *
unquote (char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    {
      memmove (text, text + 1, length - 2);
      text[length - 2] = '\0';
    }

  return text;
}

/* Writes any UTF-8 text; nothing for "". */
void
strata_key_text_set (GKeyFile   *file,
                     const char *group,
                     const char *key,
                     const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  g_autofree char *quoted = quote (text);

  g_key_file_set_string (file, group, key, quoted);
}

/* The character that a backslash and @escaped stand for, NUL when they stand for none. */
static char
unescape (char escaped)
{
  switch (escaped)
    {
    case 's':
      return ' ';

    case 'n':
      return '\n';

    case 't':
      return '\t';

    case 'r':
      return '\r';

    case '\\':
    case ';':
      return escaped;

    default:
      return '\0';
    }
}

/* Takes one text from the front of @raw, up to @separator or the end, and moves @raw behind it. Where an
 * escape stands for nothing the backslash stays: what GKeyFile itself makes of such a value depends on
 * its version.
 */
static char *
take_text (const char **raw,
           char         separator)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *next = *raw;

  for (; *next != '\0' && *next != separator; next++)
    {
      char meant = *next == '\\' ? unescape (next[1]) : '\0';

      g_string_append_c (text, meant != '\0' ? meant : *next);
      next += meant != '\0';
    }

  *raw = next;

  return unquote (g_string_free (g_steal_pointer (&text), FALSE));
}

/* Whether there is such a key. To ask GKeyFile for one that is not there makes a translated error first, which takes most
 * of the time of reading a short file.
 */
gboolean
strata_key_text_has (GKeyFile   *file,
                     const char *group,
                     const char *key)
{
  return g_key_file_has_group (file, group) && g_key_file_has_key (file, group, key, NULL);
}

/* The value as it stands there, "" when there is none that is a text. */
static char *
get_raw (GKeyFile   *file,
         const char *group,
         const char *key)
{
  g_autofree char *raw =
    strata_key_text_has (file, group, key) ? g_key_file_get_value (file, group, key, NULL) : NULL;

  return raw != NULL && g_utf8_validate (raw, -1, NULL) ? g_steal_pointer (&raw) : g_strdup ("");
}

/* The text, "" when there is none that can be read. */
char *
strata_key_text_get (GKeyFile   *file,
                     const char *group,
                     const char *key)
{
  g_autofree char *raw = get_raw (file, group, key);
  const char *next = raw;

  return take_text (&next, '\0');
}

/* Writes a list of any UTF-8 texts; nothing for an empty one. */
void
strata_key_text_set_list (GKeyFile          *file,
                          const char        *group,
                          const char        *key,
                          const char *const *texts)
{
  gsize n_texts = g_strv_length ((GStrv) texts);

  if (n_texts == 0)
    return;

  g_auto(GStrv) quoted = g_new0 (char *, n_texts + 1);

  for (gsize i = 0; i < n_texts; i++)
    quoted[i] = quote (texts[i]);

  g_key_file_set_string_list (file, group, key, (const char *const *) quoted, n_texts);
}

/* The list, empty when there is none that can be read. */
char **
strata_key_text_get_list (GKeyFile   *file,
                          const char *group,
                          const char *key)
{
  g_autofree char *raw = get_raw (file, group, key);
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (const char *next = raw; *next != '\0'; next += *next == ';')
    g_ptr_array_add (texts, take_text (&next, ';'));

  g_ptr_array_add (texts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

/* Writes seconds since 1970 as RFC 3339, UTC. */
void
strata_key_text_set_time (GKeyFile   *file,
                          const char *group,
                          const char *key,
                          gint64      time)
{
  g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc (time);
  g_autofree char *text = when != NULL ? g_date_time_format_iso8601 (when) : NULL;

  strata_key_text_set (file, group, key, text);
}

/* Seconds since 1970, 0 when there is no time that can be read. */
gint64
strata_key_text_get_time (GKeyFile   *file,
                          const char *group,
                          const char *key)
{
  g_autofree char *text = strata_key_text_get (file, group, key);
  g_autoptr(GDateTime) when = g_date_time_new_from_iso8601 (text, NULL);

  return when != NULL ? g_date_time_to_unix (when) : 0;
}
