/* strata-chart-schema.c - what a chart and the charts in it say of their values, read from the archive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-chart-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-pack-parts.h"
#include "strata-problem.h"
#include "strata-tarball.h"

#define MAX_DEPTH 8
#define MAX_CHARTS 200  /* in one archive, with the charts in its charts */

typedef struct
{
  guint depth;
  guint n_charts;
} Reading;

static StrataChartSchema *read_files (Reading    *reading,
                                      GPtrArray  *files,
                                      const char *folder);

static void
part_free (gpointer data)
{
  StrataChartPart *part = data;

  g_free (part->key);
  g_free (part->condition);
  g_strfreev (part->tags);
  g_free (part);
}

void
strata_chart_schema_free (StrataChartSchema *self)
{
  g_free (self->name);
  g_clear_pointer (&self->schema, strata_schema_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->charts, g_ptr_array_unref);
  g_clear_pointer (&self->defaults, strata_yaml_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self);
}

static StrataChartSchema *
chart_new (const char *name)
{
  StrataChartSchema *self = g_new0 (StrataChartSchema, 1);

  self->name = g_strdup (name);
  self->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_chart_schema_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static StrataFile *
find_file (GPtrArray  *files,
           const char *folder,
           const char *name)
{
  g_autofree char *path = g_strconcat (folder, name, NULL);

  return strata_pack_parts_find (files, path);
}

static StrataYaml *
parse_file (StrataFile  *file,
            GError     **error)
{
  StrataBlob *content = file != NULL ? strata_file_get_content (file) : NULL;

  if (content == NULL)
    return NULL;

  return strata_yaml_parse (strata_blob_get_text (content), (gssize) strata_blob_get_size (content), error);
}

static const StrataYamlNode *
get_mapping (StrataYaml *yaml)
{
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;

  return root != NULL && root->kind == STRATA_YAML_MAPPING ? root : NULL;
}

/* What the chart sets is not in the text of the layer, whose places are shown. */
static void
mark_foreign (const StrataYamlNode *node)
{
  StrataYamlNode *own = (StrataYamlNode *) node;

  own->flags |= STRATA_YAML_FOREIGN;

  if (node->kind == STRATA_YAML_SCALAR || (node->flags & STRATA_YAML_ALIAS) != 0)
    return;

  for (guint i = 0; i < (node->kind == STRATA_YAML_MAPPING ? 2 * node->size : node->size); i++)
    mark_foreign (node->items[i]);
}

static void
read_defaults (StrataChartSchema *self,
               StrataFile        *file)
{
  self->defaults = parse_file (file, NULL);
  self->root = get_mapping (self->defaults);

  if (self->root == NULL)
    return;

  mark_foreign (self->root);
  self->root = strata_schema_write_out (self->defaults, self->root);
}

static void
read_schema (StrataChartSchema *self,
             StrataFile        *file)
{
  g_autoptr(GError) error = NULL;

  if (file == NULL)
    return;

  StrataBlob *content = strata_file_get_content (file);

  self->schema = strata_schema_compile (strata_blob_get_text (content),
                                        (gssize) strata_blob_get_size (content), &error);

  if (error != NULL)
    g_ptr_array_add (self->warnings,
                     g_strdup_printf (_("The schema of the chart “%s” cannot be used: %s"), self->name, error->message));

  for (guint i = 0; self->schema != NULL && i < strata_schema_get_warnings (self->schema)->len; i++)
    g_ptr_array_add (
      self->warnings,
      g_strdup_printf (_("The schema of the chart “%s” says more than could be checked: %s"), self->name,
                       (const char *) g_ptr_array_index (strata_schema_get_warnings (self->schema), i)));
}

static StrataChartSchema *
read_archive (Reading    *reading,
              StrataFile *file)
{
  g_autofree char *top = NULL;
  GBytes *bytes = strata_blob_get_bytes (strata_file_get_content (file));
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, NULL, NULL);

  return files != NULL ? read_files (reading, files, "") : NULL;
}

/* A chart in the folder `charts`, packed or not; everything else that lies there is none. */
static StrataChartSchema *
read_inner (Reading    *reading,
            GPtrArray  *files,
            StrataFile *file,
            const char *folder)
{
  const char *path = strata_file_get_path (file);
  g_autofree char *charts = g_strconcat (folder, "charts/", NULL);

  if (!g_str_has_prefix (path, charts))
    return NULL;

  const char *rest = path + strlen (charts);
  const char *slash = strchr (rest, '/');

  if (slash == NULL)
    return g_str_has_suffix (rest, ".tgz") ? read_archive (reading, file) : NULL;
  if (!g_str_equal (slash, "/Chart.yaml"))
    return NULL;

  g_autofree char *inner = g_strndup (path, (gsize) (slash + 1 - path));

  return read_files (reading, files, inner);
}

static void
read_inner_charts (StrataChartSchema *self,
                   Reading           *reading,
                   GPtrArray         *files,
                   const char        *folder)
{
  if (reading->depth >= MAX_DEPTH)
    return;

  reading->depth++;

  for (guint i = 0; i < files->len; i++)
    {
      StrataChartSchema *chart = read_inner (reading, files, g_ptr_array_index (files, i), folder);

      if (chart != NULL)
        g_ptr_array_add (self->charts, chart);
    }

  reading->depth--;
}

static char **
read_tags (const StrataYamlNode *item)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const StrataYamlNode *tags = strata_yaml_node_get_member (item, "tags");

  for (guint i = 0; tags != NULL && i < strata_yaml_node_get_size (tags); i++)
    {
      const StrataYamlNode *tag = strata_yaml_node_get_item (tags, i);

      if (tag->kind == STRATA_YAML_SCALAR)
        g_strv_builder_add (builder, tag->value);
    }

  return g_strv_builder_end (builder);
}

static void
add_part (StrataChartSchema    *self,
          StrataChartSchema    *chart,
          const StrataYamlNode *item)
{
  StrataChartPart *part = g_new0 (StrataChartPart, 1);
  const char *alias = item != NULL ? strata_yaml_node_get_string (item, "alias") : "";

  part->chart = chart;
  part->key = g_strdup (*alias != '\0' ? alias : chart->name);
  part->condition = g_strdup (item != NULL ? strata_yaml_node_get_string (item, "condition") : "");
  part->tags = item != NULL ? read_tags (item) : g_new0 (char *, 1);
  g_ptr_array_add (self->parts, part);
}

/* The same chart may be needed twice, under two names; one that nobody lists is used all the same. */
static void
add_parts (StrataChartSchema    *self,
           const StrataYamlNode *meta)
{
  const StrataYamlNode *list = meta != NULL ? strata_yaml_node_get_member (meta, "dependencies") : NULL;

  for (guint i = 0; i < self->charts->len; i++)
    {
      StrataChartSchema *chart = g_ptr_array_index (self->charts, i);
      guint n_before = self->parts->len;

      for (guint k = 0; list != NULL && k < strata_yaml_node_get_size (list) && k < MAX_CHARTS; k++)
        {
          const StrataYamlNode *item = strata_yaml_node_get_item (list, k);

          if (item->kind == STRATA_YAML_MAPPING &&
              g_str_equal (strata_yaml_node_get_string (item, "name"), chart->name))
            add_part (self, chart, item);
        }

      if (self->parts->len == n_before)
        add_part (self, chart, NULL);
    }
}

static StrataChartSchema *
read_files (Reading    *reading,
            GPtrArray  *files,
            const char *folder)
{
  g_autoptr(StrataYaml) meta = parse_file (find_file (files, folder, "Chart.yaml"), NULL);
  g_autoptr(StrataYaml) older = parse_file (find_file (files, folder, "requirements.yaml"), NULL);
  const StrataYamlNode *root = get_mapping (meta);

  if (root == NULL || reading->n_charts >= MAX_CHARTS)
    return NULL;

  StrataChartSchema *self = chart_new (strata_yaml_node_get_string (root, "name"));

  reading->n_charts++;
  read_defaults (self, find_file (files, folder, "values.yaml"));
  read_schema (self, find_file (files, folder, "values.schema.json"));
  read_inner_charts (self, reading, files, folder);
  add_parts (self, get_mapping (older) != NULL ? get_mapping (older) : root);

  return self;
}

/* Reads a chart from an archive; %NULL when it is none. Blocks as long as unpacking it takes. */
StrataChartSchema *
strata_chart_schema_read (StrataFile *archive)
{
  Reading reading = { 0 };

  return read_archive (&reading, archive);
}

const char *
strata_chart_schema_get_name (StrataChartSchema *self)
{
  return self->name;
}

/* Adds what of its schemas, and of those in it, cannot be used. */
void
strata_chart_schema_report (StrataChartSchema *self,
                            GPtrArray         *problems)
{
  for (guint i = 0; i < self->warnings->len; i++)
    g_ptr_array_add (problems, strata_problem_new (STRATA_SEVERITY_NOTE, 0, 0, 0, _("Chart schema"), "%s",
                                                   (const char *) g_ptr_array_index (self->warnings, i)));

  for (guint i = 0; i < self->charts->len; i++)
    strata_chart_schema_report (g_ptr_array_index (self->charts, i), problems);
}
