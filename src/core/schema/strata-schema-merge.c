/* strata-schema-merge.c - values as a program sees them: merge keys written out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <string.h>

static gboolean
is_merge_key (const StrataYamlNode *key)
{
  return (key->flags & STRATA_YAML_PLAIN) != 0 && g_str_equal (key->value, "<<");
}

static void
add_pair (GPtrArray            *pairs,
          const StrataYamlNode *key,
          const StrataYamlNode *value)
{
  g_ptr_array_add (pairs, (gpointer) key);
  g_ptr_array_add (pairs, (gpointer) value);
}

/* What a mapping says itself counts for more than what it takes over. */
static void
add_merged (StrataYaml           *memory,
            GPtrArray            *pairs,
            const StrataYamlNode *node,
            const StrataYamlNode *merged)
{
  guint index;

  /* Of several, the first counts most; of equal keys, the last pair does. */
  for (guint i = merged->size; merged->kind == STRATA_YAML_SEQUENCE && i > 0; i--)
    add_merged (memory, pairs, node, strata_yaml_node_get_item (merged, i - 1));

  if (merged->kind != STRATA_YAML_MAPPING)
    return;

  const StrataYamlNode *whole = strata_schema_write_out (memory, merged);

  for (guint i = 0; i < whole->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (whole, i);

      if (strata_schema_value_is_key (key) && !strata_yaml_node_find_pair (node, key->value, &index))
        add_pair (pairs, key, whole->items[2 * i + 1]);
    }
}

static StrataYamlNode *
make_collection (StrataYaml           *memory,
                 const StrataYamlNode *model,
                 GPtrArray            *items)
{
  StrataYamlNode *node = strata_yaml_alloc (memory, sizeof *node);

  *node = *model;
  node->sorted = NULL;
  node->size = model->kind == STRATA_YAML_MAPPING ? items->len / 2 : items->len;
  node->items = strata_yaml_alloc (memory, (items->len + 1) * sizeof *node->items);

  if (items->len > 0)
    memcpy (node->items, items->pdata, items->len * sizeof *node->items);

  strata_yaml_node_sort (memory, node);

  return node;
}

/* A mapping like @model, of keys and values in turn. */
const StrataYamlNode *
strata_schema_make_mapping (StrataYaml           *memory,
                            const StrataYamlNode *model,
                            GPtrArray            *pairs)
{
  return make_collection (memory, model, pairs);
}

/* The value with its merge keys written out; what has none stays the node that it is. */
const StrataYamlNode *
strata_schema_write_out (StrataYaml           *memory,
                         const StrataYamlNode *node)
{
  node = strata_schema_follow (node);

  if (node->kind == STRATA_YAML_SCALAR)
    return node;

  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *key = node->kind == STRATA_YAML_MAPPING ? strata_yaml_node_get_key (node, i) : NULL;
      const StrataYamlNode *item = strata_yaml_node_get_item (node, i);

      if (key != NULL && strata_schema_value_is_key (key) && is_merge_key (key))
        add_merged (memory, items, node, item);
      else if (key != NULL)
        add_pair (items, key, strata_schema_write_out (memory, item));
      else
        g_ptr_array_add (items, (gpointer) strata_schema_write_out (memory, item));
    }

  return make_collection (memory, node, items);
}
