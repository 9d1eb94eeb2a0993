/* strata-extra.c - members of a JSON body that are not known here, kept so that they can be sent back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-extra"

#include "strata-extra.h"

#include <string.h>

#include "strata-json.h"

#define ITEM_KEY "value"  /* names an item of the only list that is compared item by item, the options of a variable */

static JsonObject *
find_item (JsonArray  *list,
           JsonObject *like)
{
  const char *key = strata_json_get_string (like, ITEM_KEY);

  for (guint i = 0; *key != '\0' && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          g_str_equal (strata_json_get_string (json_node_get_object (node), ITEM_KEY), key))
        return json_node_get_object (node);
    }

  return NULL;
}

/* Of each item that is known too, what is unknown of it, and the member that names it. */
static JsonNode *
subtract_list (JsonArray *body,
               JsonArray *known)
{
  g_autoptr(JsonArray) rest = json_array_new ();

  for (guint i = 0; i < json_array_get_length (body); i++)
    {
      JsonNode *node = json_array_get_element (body, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *same = item != NULL ? find_item (known, item) : NULL;
      g_autoptr(JsonObject) more = same != NULL ? strata_extra_subtract (item, same) : NULL;

      if (more == NULL || json_object_get_size (more) == 0)
        continue;

      json_object_set_string_member (more, ITEM_KEY, strata_json_get_string (item, ITEM_KEY));
      json_array_add_object_element (rest, g_steal_pointer (&more));
    }

  if (json_array_get_length (rest) == 0)
    return NULL;

  return json_node_init_array (json_node_alloc (), rest);
}

static JsonNode *
subtract_node (JsonNode *body,
               JsonNode *known)
{
  if (known == NULL)
    return json_node_copy (body);

  if (JSON_NODE_HOLDS_OBJECT (body) && JSON_NODE_HOLDS_OBJECT (known))
    {
      g_autoptr(JsonObject) rest =
        strata_extra_subtract (json_node_get_object (body), json_node_get_object (known));

      return json_object_get_size (rest) > 0 ? json_node_init_object (json_node_alloc (), rest)
                                             : NULL;
    }

  if (JSON_NODE_HOLDS_ARRAY (body) && JSON_NODE_HOLDS_ARRAY (known))
    return subtract_list (json_node_get_array (body), json_node_get_array (known));

  return NULL;
}

/**
 * strata_extra_subtract:
 * @body: an object as it came
 * @known: what would be written of it
 *
 * Finds what writing would lose: each member that @known lacks, however deep. A member that @known has is not in the
 * result even if its value differs, so a secret that is written masked is not kept aside in clear.
 *
 * Returns: (transfer full): a new object, often empty; it may share inner objects with @body
 */
JsonObject *
strata_extra_subtract (JsonObject *body,
                       JsonObject *known)
{
  g_return_val_if_fail (body != NULL && known != NULL, NULL);

  JsonObject *rest = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      JsonNode *more = subtract_node (node, json_object_get_member (known, member));

      if (more != NULL)
        json_object_set_member (rest, member, more);
    }

  return rest;
}

static void merge_object (JsonObject *known,
                          JsonObject *extra);

static void
merge_list (JsonArray *known,
            JsonArray *extra)
{
  for (guint i = 0; i < json_array_get_length (extra); i++)
    {
      JsonNode *node = json_array_get_element (extra, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *same = item != NULL ? find_item (known, item) : NULL;

      if (same != NULL)
        merge_object (same, item);
    }
}

static void
merge_object (JsonObject *known,
              JsonObject *extra)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, extra);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    {
      JsonNode *ours = json_object_get_member (known, member);

      if (ours == NULL)
        json_object_set_member (known, member, json_node_copy (node));
      else if (JSON_NODE_HOLDS_OBJECT (ours) && JSON_NODE_HOLDS_OBJECT (node))
        merge_object (json_node_get_object (ours), json_node_get_object (node));
      else if (JSON_NODE_HOLDS_ARRAY (ours) && JSON_NODE_HOLDS_ARRAY (node))
        merge_list (json_node_get_array (ours), json_node_get_array (node));
    }
}

/**
 * strata_extra_merge:
 * @known: an object about to be written; changed in place
 * @extra: what strata_extra_to_text() gave, or ""
 *
 * Puts the members that were kept back in their places. What @known has itself stays as it is.
 */
void
strata_extra_merge (JsonObject *known,
                    const char *extra)
{
  g_return_if_fail (known != NULL && extra != NULL);

  if (*extra == '\0')
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = strata_json_parse (extra, -1, &error);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    merge_object (known, json_node_get_object (node));
  else
    g_debug ("Members that were kept cannot be read: %s",
             error != NULL ? error->message : "no object");
}

/* In one order, so that equal members give equal texts whatever body they came in. */
static JsonObject *
sort_members (JsonObject *object)
{
  JsonObject *sorted = json_object_new ();
  g_autoptr(GList) members = json_object_get_members (object);

  members = g_list_sort (members, (GCompareFunc) strcmp);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);

      if (JSON_NODE_HOLDS_OBJECT (node))
        json_object_set_object_member (sorted, l->data, sort_members (json_node_get_object (node)));
      else
        json_object_set_member (sorted, l->data, json_node_copy (node));
    }

  return sorted;
}

/**
 * strata_extra_to_text:
 * @extra: what strata_extra_subtract() gave
 *
 * Returns: (transfer full): it as JSON on one line, members sorted, or "" when it is empty
 */
char *
strata_extra_to_text (JsonObject *extra)
{
  g_return_val_if_fail (extra != NULL, NULL);

  if (json_object_get_size (extra) == 0)
    return g_strdup ("");

  g_autoptr(JsonObject) sorted = sort_members (extra);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), sorted);

  return strata_json_to_text (node, FALSE);
}

/* The object that holds the last member of a dotted path, and the name of that member. */
static JsonObject *
find_holder (JsonObject  *object,
             const char  *path,
             const char **member)
{
  for (const char *dot = strchr (path, '.'); dot != NULL && object != NULL;
       dot = strchr (path, '.'))
    {
      g_autofree char *outer = g_strndup (path, dot - path);

      object = strata_json_get_object (object, outer);
      path = dot + 1;
    }

  *member = path;

  return object != NULL && json_object_has_member (object, path) ? object : NULL;
}

/**
 * strata_extra_unlink:
 * @extra: what strata_extra_subtract() gave; changed in place
 * @path: the dotted path of a member that says again what is known under another name
 * @value: what is known
 *
 * Empties the member when it says the same, so that strata_extra_link() fills in what is known by then.
 */
void
strata_extra_unlink (JsonObject *extra,
                     const char *path,
                     const char *value)
{
  const char *member;
  JsonObject *holder = find_holder (extra, path, &member);

  if (holder != NULL && *value != '\0' &&
      g_str_equal (strata_json_get_string (holder, member), value))
    json_object_set_null_member (holder, member);
}

/**
 * strata_extra_link:
 * @body: an object about to be written, after strata_extra_merge(); changed in place
 * @path: the dotted path of a member that says again what is known under another name
 * @value: what is known now
 *
 * Fills the member in, if it is there and empty. One that said something else from the start is left alone.
 */
void
strata_extra_link (JsonObject *body,
                   const char *path,
                   const char *value)
{
  const char *member;
  JsonObject *holder = find_holder (body, path, &member);

  if (holder == NULL || *value == '\0')
    return;

  JsonNode *node = json_object_get_member (holder, member);

  if (JSON_NODE_HOLDS_NULL (node) || g_strcmp0 (json_node_get_string (node), "") == 0)
    json_object_set_string_member (holder, member, value);
}

/**
 * strata_extra_copy:
 * @object: an object
 *
 * Returns: (transfer full): an object with the same members, that can be changed without changing @object
 */
JsonObject *
strata_extra_copy (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    json_object_set_member (copy, member, json_node_copy (node));

  return copy;
}

/**
 * strata_extra_drop_filled:
 * @object: an object; changed in place
 * @member: the name of a list
 *
 * Removes a list whose items keep their own extra members. An empty one says nothing of its own, so it stays.
 */
void
strata_extra_drop_filled (JsonObject *object,
                  const char *member)
{
  JsonArray *list = strata_json_get_array (object, member);

  if (list != NULL && json_array_get_length (list) > 0)
    json_object_remove_member (object, member);
}
