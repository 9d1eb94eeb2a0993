/* strata-json.c - JSON from strangers: checked first, then read by json-glib
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-json"

#include "strata-json.h"
#include "strata-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * strata_json_parse:
 * @text: JSON in UTF-8
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @error: return location for a #StrataError
 *
 * Reads a text from anybody: [func@json_check] first, json-glib then. May be called from any
 * thread.
 *
 * Returns: (transfer full) (nullable): the root, immutable; or %NULL with @error set
 */
JsonNode *
strata_json_parse (const char  *text,
                   gssize       length,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (!strata_json_check (text, size, error))
    return NULL;

  gsize mark = size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) reason = NULL;

  if (!json_parser_load_from_data (parser, text + mark, (gssize) (size - mark), &reason))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("This is not JSON: %s"), reason->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

static JsonNode *
get_member (JsonObject *object,
            const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

/**
 * strata_json_get_object:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none) (nullable): that member when it is an object; %NULL when it is absent,
 * null or anything else
 */
JsonObject *
strata_json_get_object (JsonObject *object,
                        const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * strata_json_get_array:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none) (nullable): that member when it is an array; %NULL when it is absent,
 * null or anything else
 */
JsonArray *
strata_json_get_array (JsonObject *object,
                       const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * strata_json_get_string:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: (transfer none): that member when it is a string; "" when it is absent, null or anything
 * else
 */
const char *
strata_json_get_string (JsonObject *object,
                        const char *member)
{
  JsonNode *node = get_member (object, member);
  gboolean is_string = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                       json_node_get_value_type (node) == G_TYPE_STRING;

  return is_string ? json_node_get_string (node) : "";
}

/**
 * strata_json_get_bool:
 * @object: (nullable): an object
 * @member: a name
 *
 * Returns: %TRUE when that member is `true`; %FALSE when it is absent, null or anything else
 */
gboolean
strata_json_get_bool (JsonObject *object,
                      const char *member)
{
  JsonNode *node = get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}
