/* strata-values-images.c - the container images that a layer says it needs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values.h"
#include "strata-values-private.h"

#include <string.h>

static void
add_image (GHashTable           *images,
           const StrataYamlNode *node)
{
  const char *image =
    node->kind == STRATA_YAML_MAPPING ? strata_yaml_node_get_string (node, "image") : "";

  if (*image != '\0')
    g_hash_table_add (images, g_strdup (image));
}

static gboolean
lists_containers (const char *key)
{
  static const char *const keys[] = { "containers", "initContainers", "ephemeralContainers", NULL };

  return key != NULL && g_strv_contains (keys, key);
}

/* Containers stand at another place in each kind of object, so they are looked for in all of it. */
static void
add_containers (GHashTable           *images,
                const StrataYamlNode *node)
{
  for (guint i = 0; i < strata_yaml_node_get_size (node); i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (node, i);
      const StrataYamlNode *item = strata_yaml_node_get_item (node, i);
      gboolean is_list = key != NULL && lists_containers (strata_yaml_node_get_value (key)) &&
                         item->kind == STRATA_YAML_SEQUENCE;

      for (guint j = 0; is_list && j < item->size; j++)
        add_image (images, strata_yaml_node_get_item (item, j));

      add_containers (images, item);
    }
}

/* Whether a key with @part in it can be in @text: as it is, or with escapes. To parse a text takes fifty times as long
 * as this, and few have images.
 */
static gboolean
may_have_key (const char *text,
              const char *part)
{
  return strstr (text, part) != NULL || strchr (text, '\\') != NULL;
}

static void
add_manifest (GHashTable *images,
              const char *text)
{
  g_autoptr(StrataYaml) yaml = may_have_key (text, "ontainers") ? strata_yaml_parse (text, -1, NULL) : NULL;

  for (guint i = 0; yaml != NULL && i < strata_yaml_get_n_documents (yaml); i++)
    add_containers (images, strata_yaml_get_root (yaml, i));
}

static void
add_values (GHashTable *images,
            const char *text)
{
  g_autoptr(StrataYaml) yaml = may_have_key (text, "images") ? strata_yaml_parse (text, -1, NULL) : NULL;
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;
  const StrataYamlNode *list =
    root != NULL ? strata_yaml_node_lookup (root, "pack.content.images") : NULL;

  for (guint i = 0; list != NULL && list->kind == STRATA_YAML_SEQUENCE && i < list->size; i++)
    add_image (images, strata_yaml_node_get_item (list, i));
}

static gboolean
is_manifest_file (const char *path)
{
  return g_str_has_prefix (path, "manifests/") &&
         (g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".yml"));
}

static int
compare_images (gconstpointer a,
                gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sort_images (GHashTable *images)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer image;

  g_hash_table_iter_init (&iter, images);

  while (g_hash_table_iter_next (&iter, &image, NULL))
    {
      g_ptr_array_add (sorted, image);
      g_hash_table_iter_steal (&iter);
    }

  g_ptr_array_sort (sorted, compare_images);

  return sorted;
}

/**
 * strata_values_list_images:
 * @layer: a layer
 *
 * Lists the container images that the values name under `pack.content.images`, and those of the
 * containers in its manifests and in the files below `manifests/` that are YAML. Macros are listed
 * as they are written. A chart may use more: what its templates make of its values is not known
 * here. May be called from any thread.
 *
 * Returns: (transfer full) (element-type utf8): the images, sorted by bytes, each once
 */
GPtrArray *
strata_values_list_images (StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  g_autoptr(GHashTable) images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  GPtrArray *files = strata_layer_get_files (layer);

  add_values (images, strata_layer_get_text (layer));

  for (guint i = 0; i < manifests->len; i++)
    add_manifest (images, strata_manifest_get_text (g_ptr_array_index (manifests, i)));

  for (guint i = 0; i < files->len; i++)
    if (is_manifest_file (strata_file_get_path (g_ptr_array_index (files, i))))
      add_manifest (images, strata_file_get_text (g_ptr_array_index (files, i)));

  return sort_images (images);
}
