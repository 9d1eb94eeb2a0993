/* strata-yaml-compare.c - whether two trees say the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-yaml-private.h"

static const StrataYamlNode *
follow (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_ALIAS) != 0 ? node->target : node;
}

/* In quotes, `<<` is a text like any other. */
static gboolean
is_merge_key (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_PLAIN) != 0 && g_str_equal (node->value, "<<");
}

static gboolean
scalars_equal (const StrataYamlNode *node,
               const StrataYamlNode *other)
{
  return strata_yaml_node_means (node) == strata_yaml_node_means (other) &&
         g_str_equal (node->value, other->value) && is_merge_key (node) == is_merge_key (other);
}

/* Like [func@yaml_node_equal], but what is not an alias and is @special may differ as @check
 * allows.
 */
gboolean
strata_yaml_node_equal_but (const StrataYamlNode *old_node,
                            const StrataYamlNode *new_node,
                            const StrataYamlNode *special,
                            StrataYamlCheck       check,
                            gpointer              user_data)
{
  if (old_node == special && special != NULL)
    return check (old_node, new_node, user_data);

  if ((old_node->flags & STRATA_YAML_ALIAS) != 0 || (new_node->flags & STRATA_YAML_ALIAS) != 0)
    special = NULL;

  old_node = follow (old_node);
  new_node = follow (new_node);

  if (old_node->kind != new_node->kind || g_strcmp0 (old_node->tag, new_node->tag) != 0)
    return FALSE;
  if (old_node->kind == STRATA_YAML_SCALAR)
    return scalars_equal (old_node, new_node);
  if (old_node->size != new_node->size)
    return FALSE;

  guint n_children = old_node->kind == STRATA_YAML_MAPPING ? 2 * old_node->size : old_node->size;

  for (guint i = 0; i < n_children; i++)
    if (!strata_yaml_node_equal_but (old_node->items[i], new_node->items[i], special, check,
                                     user_data))
      return FALSE;

  return TRUE;
}

/* The same values of the same meaning in the same order, however they are written. */
gboolean
strata_yaml_node_equal (const StrataYamlNode *node,
                        const StrataYamlNode *other)
{
  return strata_yaml_node_equal_but (node, other, NULL, NULL, NULL);
}
