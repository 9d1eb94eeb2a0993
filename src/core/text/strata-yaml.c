/* strata-yaml.c - YAML as a light tree in which every node knows its line and column
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ARENA_BLOCK (64 * 1024)
#define ARENA_FIRST (4 * 1024)  /* most texts are small, and there are many */
#define ARENA_ALIGN 8
#define SMALL_MAPPING 32

/* The trees of one text. Nodes and their texts lie in blocks that are freed together. */
struct _StrataYaml
{
  gatomicrefcount  ref_count;
  GPtrArray       *blocks;  /* (owned) */
  char            *next;    /* the free part of the last block */
  gsize            left;
  GPtrArray       *roots;   /* (owned) (element-type StrataYamlNode) */
};

G_DEFINE_BOXED_TYPE (StrataYaml, strata_yaml, strata_yaml_ref, strata_yaml_unref)

StrataYaml *
strata_yaml_new (void)
{
  StrataYaml *self = g_new0 (StrataYaml, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->roots = g_ptr_array_new ();

  return self;
}

/* Memory that lives as long as the tree, zeroed. */
gpointer
strata_yaml_alloc (StrataYaml *self,
                   gsize       size)
{
  size = (size + ARENA_ALIGN - 1) & ~(gsize) (ARENA_ALIGN - 1);

  if (size > ARENA_BLOCK / 4)
    {
      g_ptr_array_add (self->blocks, g_malloc0 (size));
      return g_ptr_array_index (self->blocks, self->blocks->len - 1);
    }

  if (size > self->left)
    {
      gsize block = MIN ((gsize) ARENA_FIRST << MIN (2 * self->blocks->len, 8), ARENA_BLOCK);

      block = MAX (block, size);
      self->next = g_malloc0 (block);
      self->left = block;
      g_ptr_array_add (self->blocks, self->next);
    }

  gpointer memory = self->next;

  self->next += size;
  self->left -= size;

  return memory;
}

void
strata_yaml_add_root (StrataYaml     *self,
                      StrataYamlNode *root)
{
  g_ptr_array_add (self->roots, root);
}

/**
 * strata_yaml_ref:
 * @self: the trees
 *
 * Returns: (transfer full): @self, held once more. Any thread.
 */
StrataYaml *
strata_yaml_ref (StrataYaml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * strata_yaml_unref:
 * @self: (transfer full): the trees
 *
 * Lets go of @self; with the last holder every node is freed. Any thread.
 */
void
strata_yaml_unref (StrataYaml *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->roots, g_ptr_array_unref);
  g_free (self);
}

/**
 * strata_yaml_parse:
 * @text: YAML in UTF-8
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @error: return location for a #StrataError
 *
 * Reads a text from anybody. It is checked to be UTF-8 without NUL first; a byte order mark is
 * skipped. Bounds: 32 MiB, 64 levels, 2 million nodes with every alias counted at its full size.
 * Aliases share the node they name. Duplicate keys are kept (the lint reports them), merge keys
 * too, as keys named `<<`. Nothing is given a type: `no`, `0o7`, `1e3` and dates stay the texts
 * they are. A text of nothing but comments has no documents.
 *
 * May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the trees; or %NULL with @error set to `INVALID` or
 * `TOO_LARGE`, the message naming line and column
 */
StrataYaml *
strata_yaml_parse (const char  *text,
                   gssize       length,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto(StrataYamlFault) fault = { 0 };
  StrataYaml *self = strata_yaml_parse_or_fault (text, length, &fault);

  if (self == NULL)
    g_set_error (error, STRATA_ERROR, (int) fault.code,
                 _("Line %u, column %u: %s"), fault.line, fault.column, fault.sentence);

  return self;
}

/**
 * strata_yaml_get_n_documents:
 * @self: the trees
 *
 * Returns: how many documents the text has; 0 when it is empty or has only comments
 */
guint
strata_yaml_get_n_documents (StrataYaml *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->roots->len;
}

/**
 * strata_yaml_get_root:
 * @self: the trees
 * @document: from 0
 *
 * Returns: (transfer none) (nullable): the root of that document, living as long as @self; %NULL
 * when there is none
 */
StrataYamlNode *
strata_yaml_get_root (StrataYaml *self,
                      guint       document)
{
  g_return_val_if_fail (self != NULL, NULL);

  return document < self->roots->len ? g_ptr_array_index (self->roots, document) : NULL;
}

/**
 * strata_yaml_node_get_kind:
 * @node: a node
 *
 * Returns: whether it is a scalar, a sequence or a mapping
 */
StrataYamlKind
strata_yaml_node_get_kind (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, STRATA_YAML_SCALAR);

  return (StrataYamlKind) node->kind;
}

/**
 * strata_yaml_node_get_line:
 * @node: a node
 *
 * Returns: the line it starts in, from 1
 */
guint
strata_yaml_node_get_line (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, 0);

  return node->line + 1;
}

/**
 * strata_yaml_node_get_column:
 * @node: a node
 *
 * Returns: the column it starts in, from 1, in characters
 */
guint
strata_yaml_node_get_column (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, 0);

  return node->column + 1;
}

/**
 * strata_yaml_node_get_value:
 * @node: a node
 *
 * Returns: (transfer none) (nullable): the text of a scalar, "" for an empty one; %NULL for a
 * collection
 */
const char *
strata_yaml_node_get_value (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  return node->kind == STRATA_YAML_SCALAR ? node->value : NULL;
}

/**
 * strata_yaml_node_is_plain:
 * @node: a node
 *
 * Returns: whether it is a scalar without quotes, which may mean a number, a truth value or nothing
 */
gboolean
strata_yaml_node_is_plain (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, FALSE);

  return (node->flags & STRATA_YAML_PLAIN) != 0;
}

/**
 * strata_yaml_node_get_size:
 * @node: a node
 *
 * Returns: how many items a sequence or pairs a mapping has; 0 for a scalar
 */
guint
strata_yaml_node_get_size (const StrataYamlNode *node)
{
  g_return_val_if_fail (node != NULL, 0);

  return node->kind == STRATA_YAML_SCALAR ? 0 : node->size;
}

/* The item or value at @index as it stands there: an alias is not followed. */
StrataYamlNode *
strata_yaml_node_raw_item (const StrataYamlNode *node,
                           guint                 index)
{
  return node->items[node->kind == STRATA_YAML_MAPPING ? 2 * index + 1 : index];
}

static StrataYamlNode *
follow (StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_ALIAS) != 0 ? node->target : node;
}

/**
 * strata_yaml_node_get_key:
 * @node: a mapping
 * @index: of the pair, from 0
 *
 * Returns: (transfer none) (nullable): the key; %NULL when there is no such pair
 */
StrataYamlNode *
strata_yaml_node_get_key (const StrataYamlNode *node,
                          guint                 index)
{
  g_return_val_if_fail (node != NULL, NULL);

  if (node->kind != STRATA_YAML_MAPPING || index >= node->size)
    return NULL;

  return follow (node->items[2 * index]);
}

/**
 * strata_yaml_node_get_item:
 * @node: a sequence or a mapping
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the item of a sequence, or the value of that pair of a
 * mapping. For an alias it is the node the alias names, with the line and column of that.
 */
StrataYamlNode *
strata_yaml_node_get_item (const StrataYamlNode *node,
                           guint                 index)
{
  g_return_val_if_fail (node != NULL, NULL);

  if (node->kind == STRATA_YAML_SCALAR || index >= node->size)
    return NULL;

  return follow (strata_yaml_node_raw_item (node, index));
}

static const char *
key_text (const StrataYamlNode *node,
          guint                 index)
{
  const StrataYamlNode *key = follow (node->items[2 * index]);

  return key->kind == STRATA_YAML_SCALAR ? key->value : NULL;
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  guint one = *(const guint *) a, other = *(const guint *) b;
  int order = g_strcmp0 (key_text (user_data, one), key_text (user_data, other));

  return order != 0 ? order : (one < other ? -1 : 1);
}

/* Sorts the pairs of a mapping that is too large to be searched from end to end for every key. */
void
strata_yaml_node_sort (StrataYaml     *self,
                       StrataYamlNode *node)
{
  if (node->kind != STRATA_YAML_MAPPING || node->size <= SMALL_MAPPING)
    return;

  guint *sorted = strata_yaml_alloc (self, node->size * sizeof *sorted);

  for (guint i = 0; i < node->size; i++)
    sorted[i] = i;

  g_qsort_with_data (sorted, (int) node->size, sizeof *sorted, compare_pairs, node);
  node->sorted = sorted;
}

static gboolean
find_sorted (const StrataYamlNode *node,
             const char           *key,
             guint                *index)
{
  guint first = 0, behind = node->size;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;

      if (g_strcmp0 (key_text (node, node->sorted[middle]), key) <= 0)
        first = middle + 1;
      else
        behind = middle;
    }

  if (first == 0 || g_strcmp0 (key_text (node, node->sorted[first - 1]), key) != 0)
    return FALSE;

  *index = node->sorted[first - 1];

  return TRUE;
}

/* Finds the last pair of exactly that key, not looking through merge keys. */
gboolean
strata_yaml_node_find_pair (const StrataYamlNode *node,
                            const char           *key,
                            guint                *index)
{
  if (node->kind != STRATA_YAML_MAPPING)
    return FALSE;
  if (node->sorted != NULL)
    return find_sorted (node, key, index);

  for (guint i = node->size; i > 0; i--)
    if (g_strcmp0 (key_text (node, i - 1), key) == 0)
      {
        *index = i - 1;
        return TRUE;
      }

  return FALSE;
}

static StrataYamlNode *
get_merged_member (const StrataYamlNode *node,
                   const char           *key)
{
  guint index;

  if (!strata_yaml_node_find_pair (node, "<<", &index) ||
      !strata_yaml_node_is_plain (strata_yaml_node_get_key (node, index)))
    return NULL;

  StrataYamlNode *merged = strata_yaml_node_get_item (node, index);

  if (merged->kind == STRATA_YAML_MAPPING)
    return strata_yaml_node_get_member (merged, key);

  for (guint i = 0; i < strata_yaml_node_get_size (merged); i++)
    {
      StrataYamlNode *member =
        strata_yaml_node_get_member (strata_yaml_node_get_item (merged, i), key);

      if (member != NULL)
        return member;
    }

  return NULL;
}

/**
 * strata_yaml_node_get_member:
 * @node: a node
 * @key: a key, taken as it is: dots have no meaning
 *
 * Looks in the mapping itself, then through its merge key `<<`. Of duplicate keys the last one
 * counts.
 *
 * Returns: (transfer none) (nullable): the value; %NULL when there is none or @node is not a
 * mapping
 */
StrataYamlNode *
strata_yaml_node_get_member (const StrataYamlNode *node,
                             const char           *key)
{
  guint index;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (strata_yaml_node_find_pair (node, key, &index))
    return strata_yaml_node_get_item (node, index);

  return node->kind == STRATA_YAML_MAPPING ? get_merged_member (node, key) : NULL;
}

static StrataYamlNode *
lookup_item (const StrataYamlNode *node,
             const char           *path)
{
  char *end;
  guint64 index = g_ascii_strtoull (path, &end, 10);

  if (!g_ascii_isdigit (*path) || index >= node->size || (*end != '.' && *end != '\0'))
    return NULL;

  StrataYamlNode *item = strata_yaml_node_get_item (node, (guint) index);

  return *end == '.' ? strata_yaml_node_lookup (item, end + 1) : item;
}

/**
 * strata_yaml_node_lookup:
 * @node: a node
 * @dotted_path: keys joined by dots; an item of a sequence is its number from 0
 *
 * Finds a node below @node. Keys that hold dots themselves, as in
 * `pack.spectrocloud.com/install-priority`, are found too: of the keys that fit, the longest that
 * leads on counts.
 *
 * Returns: (transfer none) (nullable): the node, %NULL when there is none
 */
StrataYamlNode *
strata_yaml_node_lookup (const StrataYamlNode *node,
                         const char           *dotted_path)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (dotted_path != NULL, NULL);

  if (node->kind == STRATA_YAML_SEQUENCE)
    return lookup_item (node, dotted_path);

  StrataYamlNode *member = strata_yaml_node_get_member (node, dotted_path);
  g_autofree char *key = g_strdup (dotted_path);

  for (char *dot = strrchr (key, '.'); member == NULL && dot != NULL; dot = strrchr (key, '.'))
    {
      *dot = '\0';
      member = strata_yaml_node_get_member (node, key);

      if (member != NULL)
        member = strata_yaml_node_lookup (member, dotted_path + (dot - key) + 1);
    }

  return member;
}

/**
 * strata_yaml_node_get_string:
 * @node: a node
 * @key: a key, as for [func@yaml_node_get_member]
 *
 * Returns: (transfer none): the text of that scalar as it is written, without quotes; "" when it is
 * absent, not a scalar, or @node is not a mapping
 */
const char *
strata_yaml_node_get_string (const StrataYamlNode *node,
                             const char           *key)
{
  StrataYamlNode *member = strata_yaml_node_get_member (node, key);

  return member != NULL && member->kind == STRATA_YAML_SCALAR ? member->value : "";
}
