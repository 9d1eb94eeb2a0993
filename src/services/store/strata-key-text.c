/* strata-key-text.c - any text and any list of texts in a key file, and back unchanged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-key-text"

#include "strata-key-text.h"

#include <string.h>

/* A key file drops white space at the ends of a line, so a text that has some there stands in quotes. */
static char *
quote (const char *text)
{
  gsize length = strlen (text);
  gboolean needed = length > 0 && (*text == '"' || g_ascii_isspace (*text) || g_ascii_isspace (text[length - 1]) ||
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

/* The text, "" when there is none that can be read. */
char *
strata_key_text_get (GKeyFile   *file,
                     const char *group,
                     const char *key)
{
  char *text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL ? unquote (text) : g_strdup ("");
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
  char **texts = g_key_file_get_string_list (file, group, key, NULL, NULL);

  if (texts == NULL)
    return g_new0 (char *, 1);

  for (gsize i = 0; texts[i] != NULL; i++)
    texts[i] = unquote (texts[i]);

  return texts;
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
