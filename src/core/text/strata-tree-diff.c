/* strata-tree-diff.c - the paths that differ between two YAML texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tree-diff"

#include "strata-diff-private.h"

#include <string.h>

#define MAX_SHOWN 200  /* characters of a value: a change names it, the lines show it whole */

static void compare (GPtrArray      *changes,
                     const char     *path,
                     StrataYamlNode *old_node,
                     StrataYamlNode *new_node);

static void
append_node (GString        *text,
             StrataYamlNode *node)
{
  StrataYamlKind kind = strata_yaml_node_get_kind (node);
  guint size = kind == STRATA_YAML_SCALAR ? 0 : strata_yaml_node_get_size (node);

  if (kind == STRATA_YAML_SCALAR)
    g_string_append (text, strata_yaml_node_get_value (node));
  else
    g_string_append_c (text, kind == STRATA_YAML_MAPPING ? '{' : '[');

  for (guint i = 0; i < size && text->len <= MAX_SHOWN; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (kind == STRATA_YAML_MAPPING)
        {
          append_node (text, strata_yaml_node_get_key (node, i));
          g_string_append (text, ": ");
        }
      append_node (text, strata_yaml_node_get_item (node, i));
    }

  if (kind != STRATA_YAML_SCALAR)
    g_string_append_c (text, kind == STRATA_YAML_MAPPING ? '}' : ']');
}

/* A node as one short text. */
static char *
show (StrataYamlNode *node)
{
  if (node == NULL)
    return NULL;

  g_autoptr(GString) text = g_string_new (NULL);

  append_node (text, node);
  if (g_utf8_strlen (text->str, (gssize) text->len) > MAX_SHOWN)
    {
      g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, MAX_SHOWN) - text->str));
      g_string_append (text, "…");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add (GPtrArray        *changes,
     StrataChangeKind  kind,
     const char       *path,
     StrataYamlNode   *old_node,
     StrataYamlNode   *new_node)
{
  g_autofree char *old_value = show (old_node);
  g_autofree char *new_value = show (new_node);

  g_ptr_array_add (changes, strata_change_new (kind, path, old_value, new_value));
}

/* A key with a dot in it stands in brackets, so that a path says one thing. (transfer full) */
char *
strata_path_join (const char *path,
                  const char *key)
{
  if (strchr (key, '.') != NULL)
    return g_strdup_printf ("%s[%s]", path, key);

  return *path == '\0' ? g_strdup (key) : g_strdup_printf ("%s.%s", path, key);
}

static char *
join (const char     *path,
      StrataYamlNode *key)
{
  g_autofree char *name = show (key);

  return strata_path_join (path, name);
}

static const char *
get_key_text (StrataYamlNode *mapping,
              guint           i)
{
  StrataYamlNode *key = strata_yaml_node_get_key (mapping, i);

  return strata_yaml_node_get_kind (key) == STRATA_YAML_SCALAR ? strata_yaml_node_get_value (key) : NULL;
}

static GHashTable *
index_keys (StrataYamlNode *mapping)
{
  GHashTable *items = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < strata_yaml_node_get_size (mapping); i++)
    if (get_key_text (mapping, i) != NULL)
      g_hash_table_insert (items, (gpointer) get_key_text (mapping, i), strata_yaml_node_get_item (mapping, i));

  return items;
}

static void
compare_mappings (GPtrArray      *changes,
                  const char     *path,
                  StrataYamlNode *old_node,
                  StrataYamlNode *new_node)
{
  g_autoptr(GHashTable) old_items = index_keys (old_node);
  g_autoptr(GHashTable) new_items = index_keys (new_node);

  for (guint i = 0; i < strata_yaml_node_get_size (old_node); i++)
    {
      const char *key = get_key_text (old_node, i);
      StrataYamlNode *item = strata_yaml_node_get_item (old_node, i);

      if (key == NULL || g_hash_table_lookup (old_items, key) != item)
        continue;

      g_autofree char *inner = join (path, strata_yaml_node_get_key (old_node, i));
      StrataYamlNode *other = g_hash_table_lookup (new_items, key);

      if (other == NULL)
        add (changes, STRATA_CHANGE_REMOVED, inner, item, NULL);
      else
        compare (changes, inner, item, other);
    }

  for (guint i = 0; i < strata_yaml_node_get_size (new_node); i++)
    {
      const char *key = get_key_text (new_node, i);
      StrataYamlNode *item = strata_yaml_node_get_item (new_node, i);

      if (key == NULL || g_hash_table_lookup (new_items, key) != item || g_hash_table_contains (old_items, key))
        continue;

      g_autofree char *inner = join (path, strata_yaml_node_get_key (new_node, i));

      add (changes, STRATA_CHANGE_ADDED, inner, NULL, item);
    }
}

static void
compare_sequences (GPtrArray      *changes,
                   const char     *path,
                   StrataYamlNode *old_node,
                   StrataYamlNode *new_node)
{
  guint old_size = strata_yaml_node_get_size (old_node);
  guint new_size = strata_yaml_node_get_size (new_node);

  for (guint i = 0; i < MAX (old_size, new_size); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

      if (i >= new_size)
        add (changes, STRATA_CHANGE_REMOVED, inner, strata_yaml_node_get_item (old_node, i), NULL);
      else if (i >= old_size)
        add (changes, STRATA_CHANGE_ADDED, inner, NULL, strata_yaml_node_get_item (new_node, i));
      else
        compare (changes, inner, strata_yaml_node_get_item (old_node, i), strata_yaml_node_get_item (new_node, i));
    }
}

/* "1" and 1 are two things to whoever reads the values. */
static gboolean
is_same_scalar (StrataYamlNode *a,
                StrataYamlNode *b)
{
  return strata_yaml_node_is_plain (a) == strata_yaml_node_is_plain (b) &&
         g_strcmp0 (strata_yaml_node_get_value (a), strata_yaml_node_get_value (b)) == 0;
}

static void
compare (GPtrArray      *changes,
         const char     *path,
         StrataYamlNode *old_node,
         StrataYamlNode *new_node)
{
  StrataYamlKind kind = strata_yaml_node_get_kind (old_node);

  if (kind != strata_yaml_node_get_kind (new_node))
    add (changes, STRATA_CHANGE_CHANGED, path, old_node, new_node);
  else if (kind == STRATA_YAML_MAPPING)
    compare_mappings (changes, path, old_node, new_node);
  else if (kind == STRATA_YAML_SEQUENCE)
    compare_sequences (changes, path, old_node, new_node);
  else if (!is_same_scalar (old_node, new_node))
    add (changes, STRATA_CHANGE_CHANGED, path, old_node, new_node);
}

static void
compare_documents (GPtrArray  *changes,
                   StrataYaml *old_tree,
                   StrataYaml *new_tree)
{
  guint old_count = strata_yaml_get_n_documents (old_tree);
  guint new_count = strata_yaml_get_n_documents (new_tree);
  gboolean is_one = old_count <= 1 && new_count <= 1;

  for (guint i = 0; i < MAX (old_count, new_count); i++)
    {
      g_autofree char *path = is_one ? g_strdup ("") : g_strdup_printf ("#%u", i + 1);

      if (i >= new_count)
        add (changes, STRATA_CHANGE_REMOVED, path, strata_yaml_get_root (old_tree, i), NULL);
      else if (i >= old_count)
        add (changes, STRATA_CHANGE_ADDED, path, NULL, strata_yaml_get_root (new_tree, i));
      else
        compare (changes, path, strata_yaml_get_root (old_tree, i), strata_yaml_get_root (new_tree, i));
    }
}

/**
 * strata_diff_trees:
 * @old_yaml: a YAML text
 * @new_yaml: another
 *
 * Compares what the texts mean: comments, order of keys and white space count for nothing. A path is as in
 * `charts.redis.master[0].port`; a key with dots stands in brackets, and `#2` is the second of several documents. Any
 * thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataChange): what changed, in the order of the texts; %NULL when
 *   one of them is not YAML
 */
GPtrArray *
strata_diff_trees (const char *old_yaml,
                   const char *new_yaml)
{
  g_return_val_if_fail (old_yaml != NULL && new_yaml != NULL, NULL);

  g_autoptr(StrataYaml) old_tree = strata_yaml_parse (old_yaml, -1, NULL);
  g_autoptr(StrataYaml) new_tree = strata_yaml_parse (new_yaml, -1, NULL);

  if (old_tree == NULL || new_tree == NULL)
    return NULL;

  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_change_free);

  compare_documents (changes, old_tree, new_tree);

  return changes;
}
