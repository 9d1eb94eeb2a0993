/* strata-json-text.c - JSON written so that equal nodes always give equal bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json-private.h"

#include <math.h>
#include <string.h>

#define INDENT 2

static void append_node (GString  *text,
                         JsonNode *node,
                         gboolean  pretty,
                         guint     depth);

/* The shortest digits that read back as the same double, with a mark that it is no integer. JSON
 * has no infinity: that becomes null.
 */
void
strata_json_append_double (GString *text,
                           double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);

  if (memcmp (&(double){ g_ascii_strtod (buffer, NULL) }, &value, sizeof value) != 0)
    g_ascii_formatd (buffer, sizeof buffer, "%.16g", value);

  if (memcmp (&(double){ g_ascii_strtod (buffer, NULL) }, &value, sizeof value) != 0)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);

  g_string_append (text, buffer);

  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

/* Characters that YAML takes for line breaks or does not allow: a string of JSON is one of YAML too. */
static gboolean
is_special (gunichar character)
{
  return (character >= 0x7f && character <= 0x9f) || character == 0x2028 || character == 0x2029 ||
         character == 0xfeff || character == 0xfffe || character == 0xffff;
}

/* How many characters that are written as they are come first. */
static gsize
count_plain (const char *string)
{
  const char *end = string;

  while (*end >= 0x20 && *end < 0x7f && *end != '"' && *end != '\\')
    end++;

  return (gsize) (end - string);
}

void
strata_json_append_string (GString    *text,
                           const char *string)
{
  static const char letters[] = "\"\\bfnrt", meanings[] = "\"\\\b\f\n\r\t";

  g_string_append_c (text, '"');

  for (const char *next = string; *next != '\0';)
    {
      gsize plain = count_plain (next);

      g_string_append_len (text, next, (gssize) plain);
      next += plain;
      if (*next == '\0')
        break;

      gunichar character = g_utf8_get_char_validated (next, -1);
      const char *escaped = strchr (meanings, *next);
      gsize length = character < 0x110000 ? g_utf8_skip[(guchar) *next] : 1;

      if (escaped != NULL)
        g_string_append_printf (text, "\\%c", letters[escaped - meanings]);
      else if (character < 0x20 || is_special (character))
        g_string_append_printf (text, "\\u%04x", character);
      else
        g_string_append_len (text, next, (gssize) length);

      next += length;
    }

  g_string_append_c (text, '"');
}

static void
append_break (GString  *text,
              gboolean  pretty,
              guint     depth)
{
  if (pretty)
    g_string_append_printf (text, "\n%*s", (int) depth * INDENT, "");
}

static void
append_object (GString    *text,
               JsonObject *object,
               gboolean    pretty,
               guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);

  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append (text, is_first ? "" : ",");
      append_break (text, pretty, depth + 1);
      strata_json_append_string (text, name);
      g_string_append (text, pretty ? ": " : ":");
      append_node (text, member, pretty, depth + 1);
      is_first = FALSE;
    }

  if (!is_first)
    append_break (text, pretty, depth);

  g_string_append_c (text, '}');
}

static void
append_array (GString   *text,
              JsonArray *array,
              gboolean   pretty,
              guint      depth)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');

  for (guint i = 0; i < length; i++)
    {
      g_string_append (text, i == 0 ? "" : ",");
      append_break (text, pretty, depth + 1);
      append_node (text, json_array_get_element (array, i), pretty, depth + 1);
    }

  if (length > 0)
    append_break (text, pretty, depth);

  g_string_append_c (text, ']');
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    strata_json_append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    strata_json_append_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_node (GString  *text,
             JsonNode *node,
             gboolean  pretty,
             guint     depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node), pretty, depth);
      break;

    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (node), pretty, depth);
      break;

    case JSON_NODE_VALUE:
      append_value (text, node);
      break;

    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

/**
 * strata_json_to_text:
 * @node: a node
 * @pretty: whether to break lines and indent them by 2, ending with a line break
 *
 * Writes @node with its members in their order. The bytes depend on nothing but @node and @pretty:
 * not on the locale, nor on the version of json-glib. May be called from any thread.
 *
 * Returns: (transfer full): the text
 */
char *
strata_json_to_text (JsonNode *node,
                     gboolean  pretty)
{
  g_return_val_if_fail (node != NULL, NULL);

  GString *text = g_string_new (NULL);

  append_node (text, node, pretty, 0);

  if (pretty)
    g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}
