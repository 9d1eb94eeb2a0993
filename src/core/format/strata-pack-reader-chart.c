/* strata-pack-reader-chart.c - charts from a .tgz
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-reader"

#include "strata-pack-reader.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-folder.h"
#include "strata-pack-parts.h"
#include "strata-tarball.h"
#include "strata-values.h"
#include "strata-yaml.h"

#define MAX_META (1024 * 1024)  /* the largest Chart.yaml of 27,805 has 32 KB */

static gboolean
is_mapping (const StrataYamlNode *node)
{
  return node != NULL && strata_yaml_node_get_kind (node) == STRATA_YAML_MAPPING;
}

/* The one mapping in a small YAML file of the chart. */
static StrataYaml *
parse_file (StrataFile  *file,
            GError     **error)
{
  const char *path = strata_file_get_path (file);
  gsize size = strata_blob_get_size (strata_file_get_content (file));

  if (size > MAX_META)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("%s is larger than 1 MiB"), path);
      return NULL;
    }

  g_autoptr(StrataYaml) yaml = strata_yaml_parse (strata_file_get_text (file), (gssize) size, error);

  if (yaml == NULL)
    {
      g_prefix_error (error, _("%s: "), path);
      return NULL;
    }

  if (strata_yaml_get_n_documents (yaml) != 1 || !is_mapping (strata_yaml_get_root (yaml, 0)))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s must be one YAML mapping"), path);
      return NULL;
    }

  return g_steal_pointer (&yaml);
}

static gboolean
check_api_version (const StrataYamlNode  *meta,
                   GError               **error)
{
  const char *text = strata_yaml_node_get_string (meta, "apiVersion");

  if (g_strcmp0 (text, "v1") == 0 || g_strcmp0 (text, "v2") == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("Chart.yaml: “apiVersion” must be v1 or v2, it is “%.60s”"), text != NULL ? text : "");

  return FALSE;
}

static gboolean
check_name (const char  *name,
            const char  *top,
            GError     **error)
{
  if (name == NULL || *name == '\0')
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("Chart.yaml has no “name”"));
      return FALSE;
    }

  if (!g_str_equal (name, top))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Chart.yaml says the chart is “%.60s”, but its folder is “%.60s”"), name, top);
      return FALSE;
    }

  return strata_pack_parts_check_name (name, "Chart.yaml", error);
}

static gboolean
read_meta (const StrataYamlNode  *meta,
           const char            *top,
           const char           **fields,
           GError               **error)
{
  const char *name = strata_yaml_node_get_string (meta, "name");
  const char *version = strata_yaml_node_get_string (meta, "version");

  if (!check_api_version (meta, error) || !check_name (name, top, error))
    return FALSE;

  if (version == NULL || *version == '\0')
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("Chart.yaml has no “version”"));
      return FALSE;
    }

  if (!strata_pack_parts_check_version (version, "Chart.yaml", error))
    return FALSE;

  fields[STRATA_PACK_NAME] = name;
  fields[STRATA_PACK_DISPLAY_NAME] = name;
  fields[STRATA_PACK_VERSION] = version;
  fields[STRATA_PACK_DESCRIPTION] = strata_yaml_node_get_string (meta, "description");
  fields[STRATA_PACK_TYPE] = strata_yaml_node_get_string (meta, "type");
  fields[STRATA_PACK_APP_VERSION] = strata_yaml_node_get_string (meta, "appVersion");
  fields[STRATA_PACK_LAYER] = "addon";
  fields[STRATA_PACK_NAMESPACE] = name;

  return TRUE;
}

/* A condition or tags let a person switch a dependency off. */
static void
add_dependencies (const StrataYamlNode *meta,
                  GPtrArray            *dependencies)
{
  const StrataYamlNode *list = strata_yaml_node_get_member (meta, "dependencies");

  if (list == NULL || strata_yaml_node_get_kind (list) != STRATA_YAML_SEQUENCE)
    return;

  for (guint i = 0; i < strata_yaml_node_get_size (list); i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);
      const char *name = is_mapping (item) ? strata_yaml_node_get_string (item, "name") : NULL;

      if (name == NULL || *name == '\0')
        continue;

      gboolean optional = strata_yaml_node_get_member (item, "condition") != NULL
                          || strata_yaml_node_get_member (item, "tags") != NULL;

      g_ptr_array_add (dependencies,
                       strata_dependency_new (name,
                                              strata_yaml_node_get_string (item, "version"),
                                              strata_yaml_node_get_string (item, "repository"),
                                              optional));
    }
}

/* Charts of the first kind (apiVersion v1) list what they need in a file beside Chart.yaml. */
static GPtrArray *
read_dependencies (const StrataYamlNode *meta,
                   GPtrArray            *files,
                   GPtrArray            *warnings)
{
  g_autoptr(GPtrArray) dependencies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);
  StrataFile *file = strata_pack_parts_find (files, "requirements.yaml");

  add_dependencies (meta, dependencies);

  if (file != NULL)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataYaml) yaml = parse_file (file, &error);

      if (yaml != NULL)
        add_dependencies (strata_yaml_get_root (yaml, 0), dependencies);
      else
        g_ptr_array_add (warnings, g_strdup_printf (_("What the chart needs is not known: %s"), error->message));
    }

  return g_steal_pointer (&dependencies);
}

/* A layer carries the chart's archive with the very bytes that came, so that its digest stays what it was. */
static GPtrArray *
make_files (GBytes     *bytes,
            const char *name,
            const char *version)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = g_strdup_printf ("%s-%s.tgz", name, version);
  g_autoptr(StrataBlob) blob = strata_blob_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_ptr_array_add (files, strata_file_new (path, blob));

  return files;
}

static StrataPack *
read_chart (GPtrArray   *files,
            const char  *top,
            GBytes      *bytes,
            GError     **error)
{
  const char *fields[STRATA_PACK_N_FIELDS] = { NULL };
  StrataFile *meta_file = strata_pack_parts_find (files, "Chart.yaml");

  if (meta_file == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%.60s” is not a chart: it has no Chart.yaml"), top);
      return NULL;
    }

  g_autoptr(StrataYaml) yaml = parse_file (meta_file, error);

  if (yaml == NULL || !read_meta (strata_yaml_get_root (yaml, 0), top, fields, error))
    return NULL;

  const char *name = fields[STRATA_PACK_NAME];
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) dependencies = read_dependencies (strata_yaml_get_root (yaml, 0), files, warnings);
  g_autoptr(GPtrArray) carried = make_files (bytes, name, fields[STRATA_PACK_VERSION]);
  const char *chart_values = strata_pack_parts_get_text (files, "values.yaml", warnings);
  g_autofree char *values = strata_values_wrap_chart (name, name, chart_values);

  fields[STRATA_PACK_VALUES] = values;
  fields[STRATA_PACK_SCHEMA] = strata_pack_parts_get_text (files, "values.schema.json", warnings);
  fields[STRATA_PACK_README] = strata_pack_parts_get_readme (files, warnings);

  return strata_pack_new (STRATA_LAYER_KIND_HELM, fields, NULL, dependencies, carried, warnings);
}

/**
 * strata_pack_read_chart:
 * @file: a chart archive, `.tgz`
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads a Helm chart from an archive within the bounds of [func@tarball_read]. Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the chart, or %NULL with `NOT_FOUND`, `FORBIDDEN`, `INVALID`, `TOO_LARGE`,
 *   `CORRUPT` or `DISK`
 */
StrataPack *
strata_pack_read_chart (GFile         *file,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr(StrataBlob) blob = strata_folder_read_file (file, cancellable, error);

  if (blob == NULL)
    return NULL;

  StrataPack *pack = strata_pack_read_chart_bytes (strata_blob_get_bytes (blob), cancellable, error);

  if (pack == NULL)
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *shown = g_filename_display_name (name);

      g_prefix_error (error, _("%s: "), shown);
    }

  return pack;
}

/**
 * strata_pack_read_chart_bytes:
 * @bytes: a chart archive
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads a Helm chart from the bytes of its archive, as strata_pack_read_chart() does.
 *
 * Returns: (transfer full) (nullable): the chart, or %NULL with `INVALID`, `TOO_LARGE` or `CORRUPT`
 */
StrataPack *
strata_pack_read_chart_bytes (GBytes        *bytes,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, cancellable, error);

  return files != NULL ? read_chart (files, top, bytes, error) : NULL;
}
