/* strata-members.c - members of a JSON object that must be of one type, and the path of the one that is not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-members"

#include "strata-members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-tar-name.h"

#define MAX_NAME 256  /* bytes; the console sets lower bounds of its own */

static const char *
describe (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return _("an object");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return _("a list");
  if (JSON_NODE_HOLDS_NULL (node))
    return _("nothing");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return _("a text");
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return _("true or false");

  return _("a number");
}

/**
 * strata_members_join:
 * @path: the path of an object, "" for the outermost
 * @member: the name of one of its members
 *
 * Returns: (transfer full): the path of the member, fit for a message
 */
char *
strata_members_join (const char *path,
                     const char *member)
{
  g_autofree char *shown = strata_tar_name_show (member);

  return *path == '\0' ? g_steal_pointer (&shown) : g_strconcat (path, ".", shown, NULL);
}

static void
set_wrong_type (GError     **failure,
                const char  *where,
                const char  *expected,
                JsonNode    *node)
{
  /* Translators: a path such as spec.version, then "a text" and "a number" or the like */
  g_set_error (failure, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("%s must be %s, found %s"), where, expected, describe (node));
}

/* Explicit null is absent. */
static JsonNode *
lookup (JsonObject  *object,
        const char  *path,
        const char  *member,
        const char  *expected,
        GError     **failure)
{
  JsonNode *node = NULL;

  if (object != NULL && *failure == NULL)
    node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;

  if (g_str_equal (describe (node), expected))
    return node;

  g_autofree char *where = strata_members_join (path, member);

  set_wrong_type (failure, where, expected, node);

  return NULL;
}

/**
 * strata_members_get_text:
 * @object: (nullable): an object
 * @path: its path, for the message
 * @member: the name of a member
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the member is no text
 *
 * Returns: (transfer none): the text, "" when it is absent or null
 */
const char *
strata_members_get_text (JsonObject  *object,
                         const char  *path,
                         const char  *member,
                         GError     **failure)
{
  JsonNode *node = lookup (object, path, member, _("a text"), failure);

  return node != NULL ? json_node_get_string (node) : "";
}

/**
 * strata_members_get_bool:
 * @object: (nullable): an object
 * @path: its path, for the message
 * @member: the name of a member
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the member is neither true nor false
 *
 * Returns: the value, %FALSE when it is absent or null
 */
gboolean
strata_members_get_bool (JsonObject  *object,
                         const char  *path,
                         const char  *member,
                         GError     **failure)
{
  JsonNode *node = lookup (object, path, member, _("true or false"), failure);

  return node != NULL && json_node_get_boolean (node);
}

/**
 * strata_members_get_object:
 * @object: (nullable): an object
 * @path: its path, for the message
 * @member: the name of a member
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the member is no object
 *
 * Returns: (transfer none) (nullable): the inner object, %NULL when it is absent or null
 */
JsonObject *
strata_members_get_object (JsonObject  *object,
                           const char  *path,
                           const char  *member,
                           GError     **failure)
{
  JsonNode *node = lookup (object, path, member, _("an object"), failure);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * strata_members_get_list:
 * @object: (nullable): an object
 * @path: its path, for the message
 * @member: the name of a member
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the member is no list, or
 *   `STRATA_ERROR_TOO_LARGE` when it has more than %STRATA_MEMBERS_MAX_LIST items
 *
 * Returns: (transfer none) (nullable): the list, %NULL when it is absent or null
 */
JsonArray *
strata_members_get_list (JsonObject  *object,
                         const char  *path,
                         const char  *member,
                         GError     **failure)
{
  JsonNode *node = lookup (object, path, member, _("a list"), failure);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;

  if (list == NULL || json_array_get_length (list) <= STRATA_MEMBERS_MAX_LIST)
    return list;

  g_autofree char *where = strata_members_join (path, member);

  g_set_error (failure, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
               _("%s has more than %d items"), where, STRATA_MEMBERS_MAX_LIST);

  return NULL;
}

/**
 * strata_members_get_item:
 * @list: a list
 * @index: of one of its items
 * @path: the path of the item, for the message
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the item is no object
 *
 * Returns: (transfer none) (nullable): the item, %NULL on failure
 */
JsonObject *
strata_members_get_item (JsonArray   *list,
                         guint        index,
                         const char  *path,
                         GError     **failure)
{
  JsonNode *node = json_array_get_element (list, index);

  if (*failure != NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  set_wrong_type (failure, path, _("an object"), node);

  return NULL;
}

static gboolean
has_control_character (const char *name)
{
  for (; *name != '\0'; name = g_utf8_next_char (name))
    if (g_unichar_iscntrl (g_utf8_get_char (name)))
      return TRUE;

  return FALSE;
}

/**
 * strata_members_get_name:
 * @object: (nullable): an object
 * @path: its path, for the message
 * @member: the name of a member
 * @failure: what went wrong before; set to a `STRATA_ERROR_INVALID` when the member is no usable name
 *
 * Returns: (transfer none): a text that is not empty, not very long and on one line; "" on failure
 */
const char *
strata_members_get_name (JsonObject  *object,
                         const char  *path,
                         const char  *member,
                         GError     **failure)
{
  const char *name = strata_members_get_text (object, path, member, failure);
  const char *wrong = NULL;

  if (*failure != NULL)
    return "";

  /* Translators: these follow a path such as metadata.name */
  if (*name == '\0')
    wrong = _("is missing");
  else if (strlen (name) > MAX_NAME)
    wrong = _("is longer than 256 bytes");
  else if (has_control_character (name))
    wrong = _("has a control character");

  if (wrong == NULL)
    return name;

  g_autofree char *where = strata_members_join (path, member);

  g_set_error (failure, STRATA_ERROR, STRATA_ERROR_INVALID, "%s %s", where, wrong);

  return "";
}
