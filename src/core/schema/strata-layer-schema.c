/* strata-layer-schema.c - what the charts and the pack of a layer say of its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-layer-schema.h"

#include <string.h>

#include "strata-chart-schema.h"
#include "strata-lint-private.h"
#include "strata-pack-schema.h"
#include "strata-problem.h"
#include "strata-schema-facts.h"

#define CHARTS "charts"

struct _StrataLayerSchema
{
  GPtrArray        *files;     /* (owned) (element-type StrataFile): what it was read from */
  GPtrArray        *charts;    /* (owned) (element-type StrataChartSchema) */
  StrataPackSchema *pack;      /* (owned) (nullable) */
  StrataYaml       *brought;   /* (owned) (nullable): the values that the pack brings */
};

G_DEFINE_BOXED_TYPE (StrataLayerSchema,
                     strata_layer_schema,
                     strata_layer_schema_ref,
                     strata_layer_schema_unref)

static gboolean
is_same (GPtrArray *files,
         GPtrArray *others)
{
  gboolean same = files->len == others->len;

  for (guint i = 0; same && i < files->len; i++)
    same = g_ptr_array_index (files, i) == g_ptr_array_index (others, i);

  return same;
}

/* Archives of charts stand in a folder of a pack, and alone in a layer that is a chart. */
static void
read_charts (StrataLayerSchema *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (self->files, i);

      if (!g_str_has_suffix (strata_file_get_path (file), ".tgz"))
        continue;

      StrataChartSchema *chart = strata_chart_schema_read (file);

      if (chart != NULL)
        g_ptr_array_add (self->charts, chart);
    }
}

static void
read_pack (StrataLayerSchema *self,
           StrataLayer       *layer)
{
  StrataFile *schema = strata_layer_find_file (layer, "schema.yaml");
  StrataFile *values = strata_layer_find_file (layer, "values.yaml");
  const char *text = values != NULL ? strata_file_get_text (values) : "";

  self->brought = strata_yaml_parse (text, -1, NULL);

  if (schema != NULL)
    self->pack = strata_pack_schema_read (strata_file_get_text (schema), text);
}

/**
 * strata_layer_schema_read:
 * @layer: a layer
 * @before: (nullable): what was read from the layer as it was before
 *
 * Reads `values.schema.json` and the values of every chart that came with @layer, of the charts in them, and
 * `schema.yaml` of a pack. When @before was read from the same files, it is given again at once. Nothing is fetched.
 * Blocks for as long as unpacking the charts takes; any thread.
 *
 * Returns: (transfer full): what the files say, maybe nothing
 */
StrataLayerSchema *
strata_layer_schema_read (StrataLayer       *layer,
                          StrataLayerSchema *before)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  GPtrArray *files = strata_layer_get_files (layer);

  if (before != NULL && is_same (before->files, files))
    return strata_layer_schema_ref (before);

  StrataLayerSchema *self = g_atomic_rc_box_new0 (StrataLayerSchema);

  self->files = g_ptr_array_copy (files, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (self->files, g_object_unref);
  self->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_chart_schema_free);
  read_charts (self);
  read_pack (self, layer);

  return self;
}

/**
 * strata_layer_schema_ref:
 * @self: what a layer's files say
 *
 * Returns: (transfer full): @self, held once more. Any thread.
 */
StrataLayerSchema *
strata_layer_schema_ref (StrataLayerSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
layer_schema_clear (gpointer data)
{
  StrataLayerSchema *self = data;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->pack, strata_pack_schema_free);
  g_clear_pointer (&self->brought, strata_yaml_unref);
}

/**
 * strata_layer_schema_unref:
 * @self: (transfer full): what a layer's files say
 *
 * Lets go of it. Any thread.
 */
void
strata_layer_schema_unref (StrataLayerSchema *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, layer_schema_clear);
}

static void
check_charts (StrataLayerSchema *self,
              const char        *text,
              StrataYamlNode    *root,
              GPtrArray         *problems)
{
  StrataYamlNode *charts = strata_yaml_node_get_member (root, CHARTS);

  for (guint i = 0; i < self->charts->len; i++)
    {
      StrataChartSchema *chart = g_ptr_array_index (self->charts, i);
      guint index;

      strata_chart_schema_report (chart, problems);

      if (charts != NULL && strata_yaml_node_find_pair (charts, strata_chart_schema_get_name (chart), &index))
        strata_chart_schema_check (chart, text, strata_yaml_node_get_key (charts, index),
                                   strata_yaml_node_get_item (charts, index), problems);
    }
}

static guint
hash_problem (gconstpointer key)
{
  const StrataProblem *problem = key;

  return g_str_hash (problem->message) ^ (problem->line << 8) ^ problem->column;
}

static gboolean
is_same_problem (gconstpointer a,
                 gconstpointer b)
{
  const StrataProblem *one = a, *other = b;

  return one->line == other->line && one->column == other->column && g_str_equal (one->message, other->message);
}

/* What holds for several charts at once, as `global` does, is said once. */
static void
remove_doubles (GPtrArray *problems)
{
  g_autoptr(GHashTable) said = g_hash_table_new (hash_problem, is_same_problem);
  guint n_kept = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      StrataProblem *problem = g_ptr_array_index (problems, i);

      if (g_hash_table_contains (said, problem))
        {
          strata_problem_free (problem);
          continue;
        }

      g_hash_table_add (said, problem);
      problems->pdata[n_kept++] = problem;
    }

  for (guint i = n_kept; i < problems->len; i++)
    problems->pdata[i] = NULL;

  g_ptr_array_set_free_func (problems, NULL);
  g_ptr_array_set_size (problems, (int) n_kept);
  g_ptr_array_set_free_func (problems, (GDestroyNotify) strata_problem_free);
}

/**
 * strata_layer_schema_check:
 * @self: what the layer's files say
 * @text: the values of the layer
 * @yaml: what @text says
 * @problems: (element-type StrataProblem): where to add what is wrong; sorted by place after
 *
 * Checks the values below `charts.<name>` against the schema of that chart, with the chart's own values under them as
 * Helm has it, those of the charts in it likewise, and the values that the pack speaks of against what it says. Takes
 * a bounded time; any thread.
 */
void
strata_layer_schema_check (StrataLayerSchema *self,
                           const char        *text,
                           StrataYaml        *yaml,
                           GPtrArray         *problems)
{
  g_return_if_fail (self != NULL && text != NULL && yaml != NULL && problems != NULL);

  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);

  if (root == NULL || root->kind != STRATA_YAML_MAPPING)
    return;

  check_charts (self, text, root, found);

  if (self->pack != NULL)
    {
      strata_pack_schema_report (self->pack, found);
      strata_pack_schema_check (self->pack, text, root, found);
    }

  remove_doubles (found);
  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&found));
  strata_lint_sort (problems);
}

static StrataSchemaFacts *
lookup_chart (StrataLayerSchema *self,
              const char *const *path)
{
  if (g_strcmp0 (path[0], CHARTS) != 0 || path[1] == NULL)
    return NULL;

  for (guint i = 0; i < self->charts->len; i++)
    {
      StrataChartSchema *chart = g_ptr_array_index (self->charts, i);

      if (g_str_equal (strata_chart_schema_get_name (chart), path[1]))
        return strata_chart_schema_lookup (chart, path + 2);
    }

  return NULL;
}

static const StrataYamlNode *
find_brought (StrataLayerSchema *self,
              const char *const *path)
{
  const StrataYamlNode *node = self->brought != NULL ? strata_yaml_get_root (self->brought, 0) : NULL;

  for (; node != NULL && *path != NULL; path++)
    node = strata_yaml_node_get_member (node, *path);

  return node;
}

static void
name_charts (StrataLayerSchema *self,
             StrataSchemaFacts *facts)
{
  for (guint i = 0; i < self->charts->len; i++)
    {
      const char *name = strata_chart_schema_get_name (g_ptr_array_index (self->charts, i));

      if (strata_schema_facts_find (facts, name) == NULL)
        g_ptr_array_add (facts->keys, strata_schema_fact_new (name));
    }
}

/**
 * strata_layer_schema_lookup:
 * @self: what the layer's files say
 * @path: (array zero-terminated=1): the keys from the root of the layer's values down, for an item of a list its number
 *   from 0
 *
 * What is known of the value at @path: from the schema of the chart it belongs to, from what the pack says, and from the
 * values that chart and pack bring. Any thread.
 *
 * Returns: (transfer full) (nullable): what is known; %NULL when nothing is
 */
StrataSchemaFacts *
strata_layer_schema_lookup (StrataLayerSchema *self,
                            const char *const *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, NULL);

  StrataSchemaFacts *facts = lookup_chart (self, path);
  const StrataYamlNode *brought = find_brought (self, path);

  if (brought != NULL)
    facts = strata_schema_facts_learn (facts, brought);
  if (facts == NULL)
    facts = strata_schema_facts_new ("");
  if (self->pack != NULL)
    strata_pack_schema_lookup (self->pack, path, facts);
  if (g_strcmp0 (path[0], CHARTS) == 0 && path[1] == NULL)
    name_charts (self, facts);

  if (facts->keys->len == 0 && *facts->about->type == '\0' && *facts->about->description == '\0' &&
      *facts->about->values == NULL)
    g_clear_pointer (&facts, strata_schema_facts_free);

  return facts;
}
