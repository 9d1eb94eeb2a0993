/* strata-chart-values.c - values as a chart gets them from Helm, and what its schema says of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-chart-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-schema-run.h"

#define GLOBAL "global"
#define N_HIDDEN 2  /* steps that need not be shown: `charts`, and the chart */

static const StrataYamlNode nothing = {
  .kind = STRATA_YAML_MAPPING, .flags = STRATA_YAML_FLOW | STRATA_YAML_FOREIGN
};

static gboolean
is_mapping (const StrataYamlNode *node)
{
  return node != NULL && node->kind == STRATA_YAML_MAPPING;
}

static gboolean
is_null (const StrataYamlNode *node)
{
  return node->kind == STRATA_YAML_SCALAR && strata_yaml_node_means (node) == STRATA_YAML_MEANS_NULL;
}

static const StrataYamlNode *
get_own (const StrataYamlNode *mapping,
         const char           *key)
{
  guint index;

  return is_mapping (mapping) && strata_yaml_node_find_pair (mapping, key, &index)
           ? strata_yaml_node_get_item (mapping, index) : NULL;
}

static void
add_pair (GPtrArray            *pairs,
          const StrataYamlNode *key,
          const StrataYamlNode *value)
{
  g_ptr_array_add (pairs, (gpointer) key);
  g_ptr_array_add (pairs, (gpointer) value);
}

/* Both written out. Keys of @values count for more than those of @under; null takes away what is under it. */
static const StrataYamlNode *
lay_over (StrataYaml           *memory,
          const StrataYamlNode *values,
          const StrataYamlNode *under)
{
  g_autoptr(GPtrArray) pairs = g_ptr_array_sized_new (2 * (values->size + under->size));
  guint index;

  for (guint i = 0; i < values->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (values, i);
      const StrataYamlNode *value = strata_yaml_node_get_item (values, i);
      const StrataYamlNode *below = strata_schema_value_is_key (key) ? get_own (under, key->value) : NULL;

      if (below != NULL && is_null (value))
        continue;
      if (is_mapping (below) && is_mapping (value))
        value = lay_over (memory, value, below);

      add_pair (pairs, key, value);
    }

  for (guint i = 0; i < under->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (under, i);

      if (strata_schema_value_is_key (key) && !strata_yaml_node_find_pair (values, key->value, &index))
        add_pair (pairs, key, strata_yaml_node_get_item (under, i));
    }

  return strata_schema_make_mapping (memory, values, pairs);
}

static const StrataYamlNode *
make_key (StrataYaml *memory,
          const char *text)
{
  StrataYamlNode *key = strata_yaml_alloc (memory, sizeof *key);

  key->kind = STRATA_YAML_SCALAR;
  key->flags = STRATA_YAML_FOREIGN;
  key->value = text;
  key->size = (guint) strlen (text);

  return key;
}

/* The mapping with another value for that key. */
static const StrataYamlNode *
with_pair (StrataYaml           *memory,
           const StrataYamlNode *mapping,
           const char           *name,
           const StrataYamlNode *value)
{
  g_autoptr(GPtrArray) pairs = g_ptr_array_sized_new (2 * mapping->size + 2);
  gboolean is_there = FALSE;

  for (guint i = 0; i < mapping->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (mapping, i);
      gboolean is_it = strata_schema_value_is_key (key) && g_str_equal (key->value, name);

      add_pair (pairs, key, is_it ? value : strata_yaml_node_get_item (mapping, i));
      is_there = is_there || is_it;
    }

  if (!is_there)
    add_pair (pairs, make_key (memory, name), value);

  return strata_schema_make_mapping (memory, mapping, pairs);
}

static gboolean
get_switch (const StrataYamlNode *values,
            const char           *path,
            gboolean             *is_on)
{
  const StrataYamlNode *node = strata_yaml_node_lookup (values, path);

  if (node == NULL || node->kind != STRATA_YAML_SCALAR ||
      strata_yaml_node_means (node) != STRATA_YAML_MEANS_BOOL)
    return FALSE;

  *is_on = g_ascii_tolower (*node->value) == 't';

  return TRUE;
}

/* As Helm has it: the first path of the condition that leads to a truth value decides, then the tags, of which one has
 * to be on unless none is set.
 */
gboolean
strata_chart_part_is_on (const StrataChartPart *part,
                         const StrataYamlNode  *values)
{
  g_auto(GStrv) paths = g_strsplit (part->condition, ",", -1);
  gboolean is_on = TRUE, any_set = FALSE, any_on = FALSE;

  for (guint i = 0; paths[i] != NULL; i++)
    if (*g_strstrip (paths[i]) != '\0' && get_switch (values, paths[i], &is_on))
      return is_on;

  for (guint i = 0; part->tags[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("tags.", part->tags[i], NULL);

      if (get_switch (values, path, &is_on))
        {
          any_set = TRUE;
          any_on = any_on || is_on;
        }
    }

  return !any_set || any_on;
}

/* What the outer chart says in `global` holds in every chart in it. */
static const StrataYamlNode *
hand_down (StrataYaml           *memory,
           const StrataYamlNode *outer,
           const StrataYamlNode *inner)
{
  const StrataYamlNode *global = get_own (outer, GLOBAL);
  const StrataYamlNode *own = get_own (inner, GLOBAL);

  if (!is_mapping (global))
    return inner;

  return with_pair (memory, inner, GLOBAL, is_mapping (own) ? lay_over (memory, global, own) : global);
}

/* The values that the chart gets: @values over its own, and so for every chart in it. */
const StrataYamlNode *
strata_chart_schema_complete (const StrataChartSchema *self,
                              StrataYaml              *memory,
                              const StrataYamlNode    *values)
{
  const StrataYamlNode *whole = self->root != NULL ? lay_over (memory, values, self->root) : values;

  for (guint i = 0; i < self->parts->len; i++)
    {
      const StrataChartPart *part = g_ptr_array_index (self->parts, i);
      const StrataYamlNode *inner = get_own (whole, part->key);

      if (!strata_chart_part_is_on (part, whole) || (inner != NULL && !is_mapping (inner) && !is_null (inner)))
        continue;

      inner = hand_down (memory, whole, is_mapping (inner) ? inner : &nothing);
      whole = with_pair (memory, whole, part->key, strata_chart_schema_complete (part->chart, memory, inner));
    }

  return whole;
}

static void
check_chart (const StrataChartSchema *self,
             const char              *text,
             const StrataYamlNode    *values,
             GArray                  *path,
             GPtrArray               *problems)
{
  if (self->schema != NULL)
    strata_schema_validate_at (self->schema, text, values, path, N_HIDDEN,
                               STRATA_SCHEMA_CHECK_FORMATS | STRATA_SCHEMA_TAKE_TEMPLATES |
                                 STRATA_SCHEMA_OLD_WORDS,
                               _("Chart schema"), problems);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const StrataChartPart *part = g_ptr_array_index (self->parts, i);
      guint index;

      if (!is_mapping (values) || !strata_chart_part_is_on (part, values) ||
          !strata_yaml_node_find_pair (values, part->key, &index))
        continue;

      StrataSchemaStep step = {
        strata_yaml_node_get_key (values, index), 0, strata_yaml_node_get_item (values, index)
      };

      g_array_append_val (path, step);
      check_chart (part->chart, text, step.value, path, problems);
      g_array_set_size (path, path->len - 1);
    }
}

/* Adds what the schemas of the chart, and of those in it, have against @values, which stands at @key in @text. Helm
 * checks what the chart gets in the end, so the chart's own values lie under @values here too.
 */
void
strata_chart_schema_check (StrataChartSchema    *self,
                           const char           *text,
                           const StrataYamlNode *key,
                           const StrataYamlNode *values,
                           GPtrArray            *problems)
{
  g_autoptr(StrataYaml) memory = strata_yaml_new ();
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (StrataSchemaStep));
  const StrataYamlNode *whole = is_null (values) ? &nothing : strata_schema_write_out (memory, values);
  StrataSchemaStep steps[N_HIDDEN] = { { key, 0, values }, { key, 0, values } };

  if (is_mapping (whole))
    whole = strata_chart_schema_complete (self, memory, whole);

  g_array_append_vals (path, steps, N_HIDDEN);
  check_chart (self, text, whole, path, problems);
}
