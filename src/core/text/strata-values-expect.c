/* strata-values-expect.c - whether a merge of texts came out as the merge of their trees
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values-merge.h"

static gboolean
is_null (const StrataYamlNode *node)
{
  return node->kind == STRATA_YAML_SCALAR &&
         strata_yaml_node_means (node) == STRATA_YAML_MEANS_NULL;
}

/* A template without quotes is a mapping with a key that is no text: such a one is taken as a whole. */
gboolean
strata_values_has_text_keys (const StrataYamlNode *mapping)
{
  for (guint i = 0; i < mapping->size; i++)
    if (strata_yaml_node_get_key (mapping, i)->kind != STRATA_YAML_SCALAR)
      return FALSE;

  return TRUE;
}

/* Whether two values become one mapping, or @add takes the place of @old. */
gboolean
strata_values_can_join (StrataValuesMerge    *self,
                        const StrataYamlNode *old,
                        const StrataYamlNode *add)
{
  if ((old->flags & STRATA_YAML_ALIAS) != 0)
    return FALSE;

  return add->kind == STRATA_YAML_MAPPING && add != self->whole &&
         strata_values_has_text_keys (add) && (old->kind == STRATA_YAML_MAPPING || is_null (old));
}

/* What a mapping should have become. */
typedef struct
{
  StrataValuesMerge    *merge;
  const StrataYamlNode *add;
} Expected;

static gboolean is_merged (const StrataYamlNode *old,
                           const StrataYamlNode *now,
                           gpointer              user_data);

static gboolean
is_pair_merged (StrataValuesMerge *self,
                StrataValuesPair   old,
                StrataValuesPair   now,
                StrataValuesPair   add)
{
  Expected expected = { self, strata_values_follow (strata_values_pair_value (add)) };

  if (strata_values_can_join (self, strata_values_pair_value (old), expected.add))
    return is_merged (strata_values_pair_value (old), strata_values_pair_value (now), &expected);

  return strata_yaml_node_equal (expected.add, strata_values_pair_value (now));
}

static gboolean
are_old_pairs_merged (StrataValuesMerge    *self,
                      const StrataYamlNode *old,
                      const StrataYamlNode *now,
                      const StrataYamlNode *add)
{
  for (guint i = 0; i < old->size; i++)
    {
      const char *key = strata_yaml_node_get_value (strata_yaml_node_get_key (old, i));
      guint last = 0, index = 0;

      if (!strata_yaml_node_equal (strata_yaml_node_get_key (old, i),
                                   strata_yaml_node_get_key (now, i)))
        return FALSE;

      gboolean is_added = key != NULL && strata_yaml_node_find_pair (old, key, &last) &&
                          last == i && strata_yaml_node_find_pair (add, key, &index);

      if (is_added
            ? !is_pair_merged (self, (StrataValuesPair){ old, i }, (StrataValuesPair){ now, i },
                               (StrataValuesPair){ add, index })
            : !strata_yaml_node_equal (strata_yaml_node_raw_item (old, i),
                                       strata_yaml_node_raw_item (now, i)))
        return FALSE;
    }

  return TRUE;
}

/* Whether @now is @old with the pairs that are to be added joined to it, the new ones last. */
static gboolean
is_merged (const StrataYamlNode *old,
           const StrataYamlNode *now,
           gpointer              user_data)
{
  const Expected *expected = user_data;
  const StrataYamlNode *add = expected->add;
  guint n_old = strata_yaml_node_get_size (old), position = n_old, ignored;

  if ((now->flags & STRATA_YAML_ALIAS) != 0)
    return FALSE;
  if (is_null (old) && add->size == 0)
    return is_null (now);
  if (now->kind != STRATA_YAML_MAPPING || now->size < n_old)
    return FALSE;
  if (old->kind == STRATA_YAML_MAPPING && !are_old_pairs_merged (expected->merge, old, now, add))
    return FALSE;

  for (guint i = 0; i < add->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (add, i);

      if (strata_yaml_node_find_pair (old, key->value, &ignored))
        continue;

      if (position >= now->size ||
          !strata_yaml_node_equal (key, strata_yaml_node_get_key (now, position)) ||
          !strata_yaml_node_equal (strata_yaml_node_raw_item (add, i),
                                   strata_yaml_node_raw_item (now, position)))
        return FALSE;

      position++;
    }

  return position == now->size;
}

/* Whether @text is the target with what is to be added joined to its mapping @base, and nothing
 * else changed.
 */
gboolean
strata_values_is_merged (StrataValuesMerge    *self,
                         const StrataYamlNode *base,
                         const char           *text)
{
  g_auto(StrataValuesText) result = { 0 };
  g_autoptr(GError) ignored = NULL;
  Expected expected = { self, self->add.root };
  static const StrataYamlNode nothing = { .kind = STRATA_YAML_SCALAR,
                                          .flags = STRATA_YAML_PLAIN,
                                          .value = "" };

  if (!strata_values_text_init (&result, text, &ignored))
    return FALSE;
  if (result.root == NULL)
    return self->add.root->size == 0;
  if (base == NULL)
    return is_merged (&nothing, result.root, &expected);

  return strata_yaml_node_equal_but (self->target.root, result.root, base, is_merged, &expected);
}
