/* strata-chart-lookup.c - what a chart says of one of its values, for people who are writing it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-chart-schema-private.h"

#include "strata-schema-facts.h"

static gboolean
says_nothing (const StrataSchemaFact *fact)
{
  return *fact->type == '\0' && *fact->title == '\0' && *fact->description == '\0' && *fact->values == NULL;
}

static const StrataYamlNode *
find_default (StrataChartSchema *self,
              const char *const *path)
{
  const StrataYamlNode *node = self->root;

  for (; node != NULL && *path != NULL; path++)
    {
      guint64 index;

      if (node->kind == STRATA_YAML_MAPPING)
        node = strata_yaml_node_get_member (node, *path);
      else if (g_ascii_string_to_unsigned (*path, 10, 0, G_MAXUINT, &index, NULL))
        node = strata_yaml_node_get_item (node, (guint) index);
      else
        node = NULL;
    }

  return node;
}

static StrataChartSchema *
find_part (StrataChartSchema *self,
           const char        *key)
{
  for (guint i = 0; key != NULL && i < self->parts->len; i++)
    {
      StrataChartPart *part = g_ptr_array_index (self->parts, i);

      if (g_str_equal (part->key, key))
        return part->chart;
    }

  return NULL;
}

/* What the schema of the chart says, or of the chart in it that the path leads into; then what the chart's own values
 * show, for charts without a schema and for keys that it does not name. %NULL when nothing is known of the path.
 */
StrataSchemaFacts *
strata_chart_schema_lookup (StrataChartSchema *self,
                            const char *const *path)
{
  StrataChartSchema *part = find_part (self, *path);
  StrataSchemaFacts *inner = part != NULL ? strata_chart_schema_lookup (part, path + 1) : NULL;
  StrataSchemaFacts *facts = self->schema != NULL ? strata_schema_lookup (self->schema, path) : NULL;
  const StrataYamlNode *preset = find_default (self, path);

  if (inner != NULL && (facts == NULL || (says_nothing (facts->about) && facts->keys->len == 0)))
    {
      g_clear_pointer (&facts, strata_schema_facts_free);
      facts = g_steal_pointer (&inner);
    }

  g_clear_pointer (&inner, strata_schema_facts_free);

  return preset != NULL ? strata_schema_facts_learn (facts, preset) : facts;
}
