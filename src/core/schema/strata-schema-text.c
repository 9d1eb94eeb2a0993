/* strata-schema-text.c - the text of a schema, JSON or YAML, as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <string.h>

/* The four digits behind `\u`; 0 when there are none. */
static gunichar
read_unit (const char *text,
           const char *end)
{
  gunichar unit = 0;

  if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
    return 0;

  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      unit = unit * 16 + (gunichar) g_ascii_xdigit_value (text[i]);
    }

  return unit;
}

/* JSON writes a character beyond U+FFFF as two halves, which YAML does not know. */
static gboolean
append_joined (GString     *joined,
               const char **text,
               const char  *end)
{
  gunichar high = read_unit (*text, end);
  gunichar low = read_unit (*text + 6, end);

  if (high < 0xd800 || high > 0xdbff || low < 0xdc00 || low > 0xdfff)
    return FALSE;

  g_string_append_unichar (joined, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
  *text += 12;

  return TRUE;
}

/* The text of JSON with each such character written as itself. */
char *
strata_schema_join_halves (const char *text,
                           gsize       length)
{
  GString *joined = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      if (*text != '\\' || append_joined (joined, &text, end))
        {
          if (text < end && *text != '\\')
            g_string_append_c (joined, *text++);
          continue;
        }

      g_string_append_len (joined, text, MIN (2, end - text));
      text += MIN (2, end - text);
    }

  return g_string_free (joined, FALSE);
}

/* Reads JSON, and YAML, of which JSON is a part but for one way to write characters. */
StrataYaml *
strata_schema_read_text (const char  *text,
                         gssize       length,
                         GError     **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (g_strstr_len (text, (gssize) size, "\\ud") == NULL &&
      g_strstr_len (text, (gssize) size, "\\uD") == NULL)
    return strata_yaml_parse (text, (gssize) size, error);

  g_autofree char *joined = strata_schema_join_halves (text, size);

  return strata_yaml_parse (joined, -1, error);
}
