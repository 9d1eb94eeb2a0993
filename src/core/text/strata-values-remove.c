/* strata-values-remove.c - a key taken out of a values text, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  guint index;
} Removed;

static gboolean
is_removed (const StrataYamlNode *old,
            const StrataYamlNode *now,
            gpointer              user_data)
{
  const Removed *removed = user_data;

  if (now->kind != STRATA_YAML_MAPPING || now->size + 1 != old->size)
    return FALSE;

  for (guint i = 0; i < now->size; i++)
    {
      guint from = i < removed->index ? i : i + 1;

      if (!strata_yaml_node_equal (strata_yaml_node_get_key (old, from),
                                   strata_yaml_node_get_key (now, i)) ||
          !strata_yaml_node_equal (strata_yaml_node_raw_item (old, from),
                                   strata_yaml_node_raw_item (now, i)))
        return FALSE;
    }

  return TRUE;
}

/* The comments right above a key are its own; those at the top of the text are about the whole. */
static gsize
find_start (const StrataValuesText *values,
            const StrataYamlNode   *mapping,
            guint                   index)
{
  const StrataYamlNode *key = strata_yaml_node_get_key (mapping, index);
  gsize start = strata_values_text_comments (values, key);

  return mapping == values->root && index == 0 ? strata_values_text_line_start (values, key->start)
                                               : start;
}

/* Of blank lines above and below only those above stay. */
static gsize
find_end (const StrataValuesText *values,
          gsize                   start,
          gsize                   end)
{
  gboolean blank_above = start == 0 || strata_values_text_is_blank (
                                         values, strata_values_text_line_start (values, start - 1));

  while (blank_above && strata_values_text_is_blank (values, end))
    end = strata_values_text_next_line (values, end);

  return end;
}

static void
remove_lines (StrataValuesText     *values,
              const StrataYamlNode *mapping,
              guint                 index)
{
  const StrataYamlNode *value = strata_yaml_node_raw_item (mapping, index);
  gsize start = find_start (values, mapping, index);
  gsize end = MAX (strata_values_text_value_end (values, value),
                   strata_yaml_node_get_key (mapping, index)->end);

  end = strata_values_text_next_line (values, end);
  strata_values_text_splice (values, start, find_end (values, start, end), "");
}

/* In braces, or behind the “- ” of a list, the text up to the next key goes; behind the last the
 * text from the one before.
 */
static void
remove_span (StrataValuesText     *values,
             const StrataYamlNode *mapping,
             guint                 index)
{
  gsize start = strata_yaml_node_get_key (mapping, index)->start, end;

  if (index + 1 < mapping->size)
    end = strata_yaml_node_get_key (mapping, index + 1)->start;
  else
    {
      start = strata_yaml_node_raw_item (mapping, index - 1)->end;
      end = strata_yaml_node_raw_item (mapping, index)->end;
    }

  strata_values_text_splice (values, start, end, "");
}

/* A mapping that loses its only key stays one, as `{}` behind its own key. */
static void
empty_mapping (StrataValuesText       *values,
               const StrataYamlNode   *mapping,
               const StrataValuesStep *parent)
{
  gsize start = mapping->start, end = strata_values_text_value_end (values, mapping);

  if ((mapping->flags & STRATA_YAML_FLOW) != 0)
    {
      strata_values_text_splice (values, mapping->start, mapping->end, "{}");
      return;
    }

  if (parent == NULL || parent->node->kind != STRATA_YAML_MAPPING)
    {
      strata_values_text_splice (values, start, end, "{}");
      return;
    }

  gsize colon =
    strata_values_text_colon (values, strata_yaml_node_get_key (parent->node, parent->index));
  gsize line_end = strata_values_text_line_end (values, colon);

  strata_values_text_splice (values, colon, colon, " {}");
  strata_values_text_splice (values, line_end, end, "");
}

static gboolean
check_result (StrataValuesText     *values,
              const StrataYamlNode *mapping,
              guint                 index,
              const char           *text)
{
  g_auto(StrataValuesText) result = { 0 };
  g_autoptr(GError) ignored = NULL;
  Removed removed = { index };

  if (!strata_values_text_init (&result, text, &ignored))
    return FALSE;
  if (result.root == NULL)
    return mapping == values->root && mapping->size == 1;

  return strata_yaml_node_equal_but (values->root, result.root, mapping, is_removed, &removed);
}

/* Notes that the pair of a mapping that @steps lead to shall go. */
void
strata_values_remove_pair (StrataValuesText *values,
                           GArray           *steps)
{
  const StrataValuesStep *step = &g_array_index (steps, StrataValuesStep, steps->len - 1);
  const StrataValuesStep *parent = steps->len > 1 ? step - 1 : NULL;
  const StrataYamlNode *key = strata_yaml_node_get_key (step->node, step->index);
  gboolean is_span = (step->node->flags & STRATA_YAML_FLOW) != 0 ||
                     !strata_values_text_is_first (values, key->start);

  if (step->node->size == 1)
    empty_mapping (values, step->node, parent);
  else if (is_span)
    remove_span (values, step->node, step->index);
  else
    remove_lines (values, step->node, step->index);
}

/* Takes out what the last of @steps leads to. %NULL when it is not a key of a mapping, or something
 * else would change.
 */
char *
strata_values_remove_steps (StrataValuesText *values,
                            GArray           *steps)
{
  const StrataValuesStep *step = &g_array_index (steps, StrataValuesStep, steps->len - 1);

  if (step->node->kind != STRATA_YAML_MAPPING)
    return NULL;

  strata_values_remove_pair (values, steps);

  g_autofree char *text = strata_values_text_apply (values);

  return check_result (values, step->node, step->index, text) ? g_steal_pointer (&text) : NULL;
}
