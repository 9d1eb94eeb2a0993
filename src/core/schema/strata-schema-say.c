/* strata-schema-say.c - types and values in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#include <glib/gi18n-lib.h>

#define LONGEST 40  /* characters of a value that are shown */

static const char *
say_type (StrataSchemaTypes type)
{
  switch (type)
    {
    case STRATA_SCHEMA_NULL:
      return _("empty (null)");
    case STRATA_SCHEMA_BOOL:
      return _("true or false");
    case STRATA_SCHEMA_INTEGER:
      return _("a whole number");
    case STRATA_SCHEMA_NUMBER:
      return _("a number");
    case STRATA_SCHEMA_ARRAY:
      return _("a list");
    case STRATA_SCHEMA_OBJECT:
      return _("keys with values");
    case STRATA_SCHEMA_STRING:
    default:
      return _("a text");
    }
}

/* "a text, a list or nothing" */
char *
strata_schema_say_types (guint8 types)
{
  static const StrataSchemaTypes order[] = {
    STRATA_SCHEMA_STRING, STRATA_SCHEMA_INTEGER, STRATA_SCHEMA_NUMBER, STRATA_SCHEMA_BOOL,
    STRATA_SCHEMA_ARRAY,  STRATA_SCHEMA_OBJECT,  STRATA_SCHEMA_NULL,
  };
  GString *said = g_string_new (NULL);

  if ((types & STRATA_SCHEMA_NUMBER) != 0)
    types &= (guint8) ~STRATA_SCHEMA_INTEGER;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if ((types & order[i]) == 0)
        continue;

      types &= (guint8) ~order[i];

      if (said->len == 0)
        g_string_append (said, say_type (order[i]));
      else if (types != 0)
        g_string_append_printf (said, ", %s", say_type (order[i]));
      else
        {
          g_autofree char *head = g_strdup (said->str);

          /* TRANSLATORS: the end of a list: "a text, a number" or "a list" */
          g_string_printf (said, _("%s or %s"), head, say_type (order[i]));
        }
    }

  return g_string_free (said, FALSE);
}

static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (g_utf8_strlen (valid, -1) <= LONGEST)
    return g_steal_pointer (&valid);

  g_autofree char *head = g_utf8_substring (valid, 0, LONGEST);

  return g_strconcat (head, "…", NULL);
}

/* "the text “two”", "the number 2" */
char *
strata_schema_say_value (const StrataYamlNode *value)
{
  StrataSchemaDecimal number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);
  g_autofree char *shown = value->kind == STRATA_YAML_SCALAR ? shorten (value->value) : NULL;

  if (type == STRATA_SCHEMA_STRING)
    return g_strdup_printf (_("the text “%s”"), shown);
  if ((type & STRATA_SCHEMA_NUMBER) != 0)
    return g_strdup_printf (_("the number %s"), shown);
  if (type == STRATA_SCHEMA_BOOL)
    return g_strdup (shown);

  return g_strdup (say_type (type));
}
