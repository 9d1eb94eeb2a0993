/* strata-sandbox-json.c - the JSON that the sandbox console keeps, and pieces of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-json"

#include "strata-sandbox-json.h"

#include "strata-json.h"
#include "strata-sandbox-site.h"

/* Returns: (transfer full): the array in @text, which was written here; empty for anything else */
JsonArray *
strata_sandbox_json_read_array (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node)
                                                      : json_array_new ();
}

/* Returns: (transfer full): the object in @text, which was written here; empty for anything else */
JsonObject *
strata_sandbox_json_read_object (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

char *
strata_sandbox_json_write_array (JsonArray *array)
{
  g_autoptr(JsonNode) node = json_node_alloc ();

  return strata_json_to_text (json_node_init_array (node, array), FALSE);
}

char *
strata_sandbox_json_write_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_alloc ();

  return strata_json_to_text (json_node_init_object (node, object), FALSE);
}

/* Copies those of @members that @from has and that are not null. */
void
strata_sandbox_json_copy (JsonObject        *to,
                          JsonObject        *from,
                          const char *const *members)
{
  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (from, members[i]);

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        json_object_set_member (to, members[i], json_node_copy (node));
    }
}

/* Copies those of @members that @from has and that are of @type, as what comes from outside may be anything. */
void
strata_sandbox_json_copy_typed (JsonObject        *to,
                                JsonObject        *from,
                                const char *const *members,
                                GType              type)
{
  for (gsize i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (from, members[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type)
        json_object_set_member (to, members[i], json_node_copy (node));
    }
}

/* Returns: (transfer full): the members of @object that are texts */
JsonObject *
strata_sandbox_json_dup_texts (JsonObject *object)
{
  JsonObject *texts = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      json_object_set_member (texts, name, json_node_copy (node));

  return texts;
}

/* Returns: (transfer full): another object with the same members */
JsonObject *
strata_sandbox_json_dup (JsonObject *object)
{
  g_autofree char *text = strata_sandbox_json_write_object (object);

  return strata_sandbox_json_read_object (text);
}

/* Returns: (nullable): the object at @index; NULL for what is none */
JsonObject *
strata_sandbox_json_get_item (JsonArray *array,
                              guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Returns: how many there are; none in what is NULL */
guint
strata_sandbox_json_get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* Returns: (nullable): the first object whose @member is @value */
JsonObject *
strata_sandbox_json_find (JsonArray  *array,
                          const char *member,
                          const char *value)
{
  for (guint i = 0; i < strata_sandbox_json_get_length (array); i++)
    {
      JsonObject *item = strata_sandbox_json_get_item (array, i);

      if (item != NULL && g_str_equal (strata_json_get_string (item, member), value))
        return item;
    }

  return NULL;
}

void
strata_sandbox_json_set_time (JsonObject *object,
                              const char *member,
                              gint64      time)
{
  g_autofree char *text = strata_sandbox_format_time (time);

  json_object_set_string_member (object, member, text);
}
