/* strata-yaml-path.c - which path a line of a text belongs to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-diff-private.h"
#include "strata-yaml-private.h"

/* The child of @node in which lines [first, last] are: the last one that begins at or before @first, when the next
 * begins behind @last. -1 when there is none. */
static int
find_child (const StrataYamlNode *node,
            guint                 first,
            guint                 last)
{
  guint step = node->kind == STRATA_YAML_MAPPING ? 2 : 1;
  guint low = 0;
  guint high = node->size;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (node->items[step * middle]->line <= first)
        low = middle + 1;
      else
        high = middle;
    }

  if (low == 0 || (low < node->size && node->items[step * low]->line <= last))
    return -1;

  return (int) low - 1;
}

static char *
descend (char                 *path,
         const StrataYamlNode *node,
         guint                 first,
         guint                 last)
{
  while ((node->flags & (STRATA_YAML_ALIAS | STRATA_YAML_FLOW)) == 0 && node->kind != STRATA_YAML_SCALAR)
    {
      int child = find_child (node, first, last);
      g_autofree char *before = path;

      if (child < 0)
        return g_steal_pointer (&before);

      if (node->kind == STRATA_YAML_SEQUENCE)
        {
          path = g_strdup_printf ("%s[%d]", before, child);
          node = node->items[child];
          continue;
        }

      const StrataYamlNode *key = node->items[2 * child];

      if (key->kind != STRATA_YAML_SCALAR || (key->flags & STRATA_YAML_ALIAS) != 0)
        return g_steal_pointer (&before);

      path = strata_path_join (before, key->value);
      node = node->items[2 * child + 1];
    }

  return path;
}

/**
 * strata_yaml_dup_path_at:
 * @self: a tree
 * @first_line: a line of its text, from 1
 * @last_line: the same or a later one
 *
 * Returns: (transfer full) (nullable): the path of the smallest value that has all these lines, as in
 *   `charts.redis.master[0].port`, with `#2` before it for the second of several documents; %NULL when that is all
 *   of the text
 */
char *
strata_yaml_dup_path_at (StrataYaml *self,
                         guint       first_line,
                         guint       last_line)
{
  g_return_val_if_fail (self != NULL && first_line > 0 && last_line >= first_line, NULL);

  guint n = strata_yaml_get_n_documents (self);
  guint low = 0;
  guint high = n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (strata_yaml_get_root (self, middle)->line < first_line)
        low = middle + 1;
      else
        high = middle;
    }

  if (low == 0 || (low < n && strata_yaml_get_root (self, low)->line < last_line))
    return NULL;

  g_autofree char *path =
    descend (n > 1 ? g_strdup_printf ("#%u", low) : g_strdup (""), strata_yaml_get_root (self, low - 1),
             first_line - 1, last_line - 1);

  return *path != '\0' ? g_steal_pointer (&path) : NULL;
}
