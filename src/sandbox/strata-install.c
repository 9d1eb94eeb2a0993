/* strata-install.c - what a k3s node takes of one layer: a file of manifests, and charts beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layout is that of k3s: it applies each file of server/manifests as a whole, again when it changes, and serves
 * what is in server/static. One file a layer makes a rename the moment at which the node changes from one to the other.
 */

#define G_LOG_DOMAIN "strata-install"

#include "strata-install.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-helm-object.h"
#include "strata-json.h"
#include "strata-names.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"
#include "strata-values.h"
#include "strata-yaml.h"

#define PACK_FILE "pack.json"
#define CHART_SUFFIX ".tgz"

/* The layer that is being made ready. */
typedef struct
{
  StrataLayer   *layer;
  StrataMacros  *macros;
  StrataInstall *install;
  JsonNode      *values;      /* (owned) (nullable): values.yaml filled in */
  char          *name_space;  /* (owned): where the layer goes, or "" */
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->values, json_node_unref);
  g_clear_pointer (&self->name_space, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

void
strata_install_free (StrataInstall *self)
{
  g_free (self->name);
  g_free (self->text);
  g_ptr_array_unref (self->charts);
  g_free (self);
}

/* A member of a member of the values; %NULL where there is none. */
static JsonObject *
get_block (Work       *work,
           const char *block)
{
  return work->values != NULL && JSON_NODE_HOLDS_OBJECT (work->values)
           ? strata_json_get_object (json_node_get_object (work->values), block)
           : NULL;
}

static gboolean
read_values (Work    *work,
             GError **error)
{
  g_autofree char *text =
    strata_macros_fill (work->macros, strata_layer_get_text (work->layer), error);

  if (text == NULL)
    return FALSE;

  if (*text != '\0')
    work->values = strata_json_from_yaml (text, -1, error);

  if (*text != '\0' && work->values == NULL)
    return FALSE;

  JsonObject *pack = get_block (work, "pack");

  work->name_space = g_strdup (pack != NULL ? strata_json_get_string (pack, "namespace") : "");

  return TRUE;
}

static void
add_document (GString    *documents,
              const char *text)
{
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += strlen ("\xef\xbb\xbf");

  if (documents->len > 0 || !g_str_has_prefix (text, "---"))
    g_string_append (documents, "---\n");

  g_string_append (documents, text);

  if (!g_str_has_suffix (text, "\n"))
    g_string_append_c (documents, '\n');
}

/* A manifest as it stands, filled in; what is no YAML then would stop the whole file. */
static gboolean
add_manifest (Work       *work,
              GString    *documents,
              const char *text,
              GError    **error)
{
  g_autofree char *filled = strata_macros_fill (work->macros, text, error);
  g_autoptr(StrataYaml) yaml = filled != NULL ? strata_yaml_parse (filled, -1, error) : NULL;

  if (yaml == NULL)
    return FALSE;

  add_document (documents, filled);

  return TRUE;
}

static void
add_node (GString  *documents,
          JsonNode *node)
{
  g_autofree char *text = strata_json_to_yaml (node);

  add_document (documents, text);
}

/* The labels of namespaces that the layer asks for, `name: a=b,c=d`; the namespace has to have them before its objects.
 */
static void
add_namespaces (Work    *work,
                GString *documents)
{
  JsonObject *pack = get_block (work, "pack");
  JsonObject *labels = pack != NULL ? strata_json_get_object (pack, "namespaceLabels") : NULL;
  g_autoptr(GList) names = labels != NULL ? json_object_get_members (labels) : NULL;

  for (GList *item = names; item != NULL; item = item->next)
    {
      g_autoptr(JsonNode) node =
        strata_helm_namespace_new (item->data, strata_json_get_string (labels, item->data));

      add_node (documents, node);
    }
}

/* The name of the release: what the layer says, or the layer and the chart. */
static char *
make_release (Work       *work,
              const char *chart)
{
  JsonObject *pack = get_block (work, "pack");
  JsonObject *names = pack != NULL ? strata_json_get_object (pack, "releaseNameOverride") : NULL;
  const char *name = names != NULL ? strata_json_get_string (names, chart) : "";
  g_autofree char *made = g_strconcat (strata_layer_get_name (work->layer), "-", chart, NULL);

  return strata_helm_make_release (*name != '\0' ? name : made);
}

static void
add_chart (Work       *work,
           GString    *documents,
           const char *block,
           const char *name,
           GBytes     *bytes,
           const char *url)
{
  JsonObject *values = get_block (work, block);
  g_autofree char *release = make_release (work, name);
  StrataHelmObject object = {
    .release = release,
    .name_space = work->name_space,
    .content = bytes,
    .url = url,
    .values = values != NULL ? strata_json_get_object (values, name) : NULL,
  };
  g_autoptr(JsonNode) node = strata_helm_object_new (&object, work->install->charts);

  add_node (documents, node);
}

static gboolean
add_chart_file (Work       *work,
                GString    *documents,
                StrataFile *file,
                GError    **error)
{
  GBytes *bytes = strata_blob_get_bytes (strata_file_get_content (file));
  g_autoptr(StrataPack) chart = strata_pack_read_chart_bytes (bytes, NULL, error);

  if (chart == NULL)
    {
      g_prefix_error (error, "%s: ", strata_file_get_path (file));
      return FALSE;
    }

  add_chart (work, documents, "charts", strata_pack_get (chart, STRATA_PACK_NAME), bytes, "");

  return TRUE;
}

/* `manifests/a/b.yaml` is called `b` by the values. */
static char *
get_stem (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL)
    *dot = '\0';

  return g_steal_pointer (&base);
}

/* A manifest of a pack is a template of Helm: the node's own Helm fills it in when it gets it as a chart. */
static gboolean
add_template (Work       *work,
              GString    *documents,
              StrataFile *file,
              GError    **error)
{
  g_autofree char *text = strata_macros_fill (work->macros, strata_file_get_text (file), error);

  if (text == NULL)
    {
      g_prefix_error (error, "%s: ", strata_file_get_path (file));
      return FALSE;
    }

  if (strstr (text, "{{") == NULL && *work->name_space == '\0')
    {
      add_document (documents, text);
      return TRUE;
    }

  g_autofree char *name = get_stem (strata_file_get_path (file));
  g_autoptr(GBytes) bytes = strata_helm_wrap_template (name, text, error);

  if (bytes == NULL)
    return FALSE;

  add_chart (work, documents, "manifests", name, bytes, "");

  return TRUE;
}

/* The files that pack.json names in one of its lists. */
static gboolean
add_listed (Work       *work,
            GString    *documents,
            JsonObject *about,
            const char *list,
            GError    **error)
{
  JsonArray *paths = strata_json_get_array (about, list);
  gboolean is_chart = g_str_equal (list, "charts");

  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      JsonNode *item = json_array_get_element (paths, i);
      const char *path = JSON_NODE_HOLDS_VALUE (item) ? json_node_get_string (item) : NULL;
      StrataFile *file = path != NULL ? strata_layer_find_file (work->layer, path) : NULL;

      if (file == NULL)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("“%s” is named by pack.json and not there"), path != NULL ? path : list);
          return FALSE;
        }

      if (is_chart ? !add_chart_file (work, documents, file, error)
                   : !add_template (work, documents, file, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_pack (Work    *work,
          GString *documents,
          GError **error)
{
  StrataFile *file = strata_layer_find_file (work->layer, PACK_FILE);

  if (file == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                           _("The archive has the settings of the pack and not the pack: download it with its content"));
      return FALSE;
    }

  g_autoptr(JsonNode) node =
    strata_json_parse (strata_file_get_text (file),
                       (gssize) strata_blob_get_size (strata_file_get_content (file)), error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (node != NULL)
        g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("pack.json must be an object"));
      return FALSE;
    }

  JsonObject *about = json_node_get_object (node);

  return add_listed (work, documents, about, "kubeManifests", error) &&
         add_listed (work, documents, about, "charts", error);
}

/* The chart that came with the layer, or where the node finds it. */
static gboolean
add_helm (Work    *work,
          GString *documents,
          GError **error)
{
  GPtrArray *files = strata_layer_get_files (work->layer);
  const char *url = strata_layer_get (work->layer, STRATA_LAYER_CHART_URL);

  for (guint i = 0; i < files->len; i++)
    if (g_str_has_suffix (strata_file_get_path (files->pdata[i]), CHART_SUFFIX))
      return add_chart_file (work, documents, files->pdata[i], error);

  if (*url == '\0')
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                           _("The archive has the settings of the chart and not the chart: download it with its content"));
      return FALSE;
    }

  add_chart (work, documents, "charts", strata_layer_get_name (work->layer), NULL, url);

  return TRUE;
}

static gboolean
add_content (Work    *work,
             GString *documents,
             GError **error)
{
  switch (strata_layer_get_kind (work->layer))
    {
    case STRATA_LAYER_KIND_PACK:
      return add_pack (work, documents, error);

    case STRATA_LAYER_KIND_HELM:
    case STRATA_LAYER_KIND_OCI:
      return add_helm (work, documents, error);

    case STRATA_LAYER_KIND_MANIFEST:
    default:
      return TRUE;
    }
}

static gboolean
add_manifests (Work    *work,
               GString *documents,
               GError **error)
{
  GPtrArray *manifests = strata_layer_get_manifests (work->layer);

  for (guint i = 0; i < manifests->len; i++)
    if (!add_manifest (work, documents, strata_manifest_get_text (manifests->pdata[i]), error))
      {
        g_prefix_error (error, "%s: ", strata_manifest_get_name (manifests->pdata[i]));
        return FALSE;
      }

  return TRUE;
}

static gboolean
add_all (Work    *work,
         GString *documents,
         GError **error)
{
  if (!read_values (work, error))
    {
      g_prefix_error (error, "values.yaml: ");
      return FALSE;
    }

  add_namespaces (work, documents);

  return add_content (work, documents, error) && add_manifests (work, documents, error);
}

/* Makes @layer ready; nothing is written. The error names the document and the line. */
StrataInstall *
strata_install_new (StrataProfile *profile,
                    StrataLayer   *layer,
                    StrataMacros  *macros,
                    GError       **error)
{
  g_autoptr(StrataInstall) self = g_new0 (StrataInstall, 1);
  g_autoptr(GString) documents = g_string_new (NULL);
  g_autofree char *safe = strata_name_make_safe (strata_layer_get_name (layer));
  g_auto(Work) work = { .layer = layer, .macros = macros, .install = self };

  self->name = g_strconcat (safe, ".yaml", NULL);
  self->charts = g_ptr_array_new_with_free_func (g_object_unref);

  if (!add_all (&work, documents, error))
    return NULL;

  self->text = g_string_free (g_steal_pointer (&documents), FALSE);

  return g_steal_pointer (&self);
}

/* Layers that other layers stand on come first. */
static int
get_rank (StrataLayer *layer)
{
  static const char *const below[] = { "kernel", "os", "k8s", "cni", "csi" };
  const char *place = strata_layer_get (layer, STRATA_LAYER_PACK_LAYER);

  for (int i = 0; i < (int) G_N_ELEMENTS (below); i++)
    if (g_str_equal (place, below[i]))
      return i;

  return G_N_ELEMENTS (below);
}

static int
compare_positions (const void *a,
                   const void *b,
                   void       *data)
{
  StrataProfile *profile = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  StrataLayer *one = strata_profile_get_layer (profile, first);
  StrataLayer *other = strata_profile_get_layer (profile, second);
  int by_rank = get_rank (one) - get_rank (other);
  int order = strata_values_get_install_order (strata_layer_get_text (one));
  int other_order = strata_values_get_install_order (strata_layer_get_text (other));

  if (by_rank != 0)
    return by_rank;

  if (order != other_order)
    return order < other_order ? -1 : 1;

  return first < second ? -1 : first > second;
}

/* The positions of the layers, the first to be installed first. */
GArray *
strata_install_order (StrataProfile *profile)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_array_append_val (positions, i);

  g_array_sort_with_data (positions, compare_positions, profile);

  return positions;
}

/* No two layers may be one file of the node, also where it does not tell cases apart. */
static void
make_unique (StrataInstall *install,
             GHashTable    *taken)
{
  g_autofree char *stem = g_strndup (install->name, strlen (install->name) - strlen (".yaml"));

  for (guint i = 2; !g_hash_table_add (taken, g_ascii_strdown (install->name, -1)); i++)
    {
      g_free (install->name);
      install->name = g_strdup_printf ("%s-%u.yaml", stem, i);
    }
}

/* Makes all layers ready, in the order in which they are installed, or none: @failed is the position of the one that
 * cannot be. */
GPtrArray *
strata_install_all (StrataProfile *profile,
                    GHashTable    *settings,
                    const char    *host_uid,
                    guint         *failed,
                    GError       **error)
{
  g_autoptr(GPtrArray) installs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_install_free);
  g_autoptr(StrataMacros) macros = strata_macros_new (profile, settings, host_uid);
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) order = strata_install_order (profile);

  for (guint i = 0; i < order->len; i++)
    {
      *failed = g_array_index (order, guint, i);

      StrataLayer *layer = strata_profile_get_layer (profile, *failed);
      StrataInstall *install = strata_install_new (profile, layer, macros, error);

      if (install == NULL)
        return NULL;

      make_unique (install, taken);
      g_ptr_array_add (installs, install);
    }

  return g_steal_pointer (&installs);
}
