/* strata-pack-reader.c - packs from a folder, and what a layer came with read again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-reader"

#include "strata-pack-reader.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-folder.h"
#include "strata-json.h"
#include "strata-pack-parts.h"
#include "strata-preset-reader.h"
#include "strata-tar-name.h"
#include "strata-tarball.h"
#include "strata-values.h"

#define META_FILE "pack.json"
#define MAX_META (1024 * 1024)  /* the largest real one has 32 KB */

/* A pack while it is read. The texts are borrowed from the JSON and from the files. */
typedef struct
{
  const char *place;     /* (unowned): "pack.json of …", translated */
  JsonObject *meta;      /* (unowned) */
  GPtrArray  *files;     /* (unowned) (element-type StrataFile) */
  GPtrArray  *warnings;  /* (unowned) (element-type utf8) */
  const char *fields[STRATA_PACK_N_FIELDS];
} Reading;

static const char *const layer_names[] = { "kernel", "os", "k8s", "cni", "csi", "addon", NULL };

static void G_GNUC_PRINTF (2, 3)
warn (Reading    *reading,
      const char *format,
      ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (reading->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

/* A text that must be there. %NULL says an error was set. */
static const char *
get_required (Reading     *reading,
              const char  *member,
              GError     **error)
{
  JsonNode *node = json_object_get_member (reading->meta, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s has no “%s”"), reading->place, member);
      return NULL;
    }

  const char *text = strata_json_get_string (reading->meta, member);

  if (text == NULL || *text == '\0')
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s: “%s” must be a text and not empty"), reading->place, member);
      return NULL;
    }

  return text;
}

static gboolean
read_required (Reading  *reading,
               GError  **error)
{
  const struct { const char *member; StrataPackField field; } required[] = {
    { "name", STRATA_PACK_NAME },
    { "displayName", STRATA_PACK_DISPLAY_NAME },
    { "version", STRATA_PACK_VERSION },
    { "layer", STRATA_PACK_LAYER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    {
      const char *text = get_required (reading, required[i].member, error);

      if (text == NULL)
        return FALSE;

      reading->fields[required[i].field] = text;
    }

  return strata_pack_parts_check_name (reading->fields[STRATA_PACK_NAME], reading->place, error)
         && strata_pack_parts_check_version (reading->fields[STRATA_PACK_VERSION], reading->place, error);
}

static void
read_described (Reading *reading)
{
  JsonObject *annotations = strata_json_get_object (reading->meta, "annotations");

  reading->fields[STRATA_PACK_TYPE] = strata_json_get_string (reading->meta, "addonType");
  if (annotations != NULL)
    reading->fields[STRATA_PACK_DESCRIPTION] = strata_json_get_string (annotations, "description");

  if (!g_strv_contains (layer_names, reading->fields[STRATA_PACK_LAYER]))
    warn (reading, _("%s: “%s” is not a layer that is known here"),
          reading->place, reading->fields[STRATA_PACK_LAYER]);
}

/* Some packs write "./charts/x.tgz". */
static const char *
skip_here (const char *path)
{
  while (g_str_has_prefix (path, "./"))
    path += 2;

  return path;
}

static gboolean
check_path (Reading     *reading,
            GHashTable  *have,
            const char  *path,
            GError     **error)
{
  g_autofree char *shown = strata_tar_name_show (path);

  if (!strata_tar_name_check (skip_here (path), NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s names “%s”, which is not a file of the pack"), reading->place, shown);
      return FALSE;
    }

  if (!g_hash_table_contains (have, skip_here (path)))
    warn (reading, _("%s names “%s”, but the pack came without it"), reading->place, shown);

  return TRUE;
}

/* Names are only looked up among the files that were read, never on the disk. */
static gboolean
check_list (Reading     *reading,
            GHashTable  *have,
            const char  *member,
            GError     **error)
{
  JsonNode *node = json_object_get_member (reading->meta, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  g_autoptr(GList) items = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_elements (json_node_get_array (node)) : NULL;
  gboolean is_list = JSON_NODE_HOLDS_ARRAY (node);

  for (GList *item = items; item != NULL && is_list; item = item->next)
    {
      is_list = json_node_get_value_type (item->data) == G_TYPE_STRING;

      if (is_list && !check_path (reading, have, json_node_get_string (item->data), error))
        return FALSE;
    }

  if (!is_list)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("%s: “%s” must be a list of paths"), reading->place, member);

  return is_list;
}

static gboolean
check_named_files (Reading  *reading,
                   GError  **error)
{
  g_autoptr(GHashTable) have = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < reading->files->len; i++)
    g_hash_table_add (have, (char *) strata_file_get_path (g_ptr_array_index (reading->files, i)));

  return check_list (reading, have, "charts", error)
         && check_list (reading, have, "kubeManifests", error);
}

static char *
make_range (const char *least,
            const char *most)
{
  gboolean has_least = least != NULL && *least != '\0';
  gboolean has_most = most != NULL && *most != '\0';

  return g_strconcat (has_least ? ">=" : "", has_least ? least : "",
                      has_least && has_most ? " " : "",
                      has_most ? "<=" : "", has_most ? most : "",
                      NULL);
}

/* An `upgrade` constraint is about the pack's own older versions, so it is no need of another pack. */
static void
read_dependency (Reading    *reading,
                 JsonObject *object,
                 GPtrArray  *dependencies)
{
  const char *name = strata_json_get_string (object, "packName");
  const char *type = strata_json_get_string (object, "type");

  if (name == NULL || *name == '\0' || g_strcmp0 (type, "upgrade") == 0)
    return;

  if (g_strcmp0 (type, "notSupported") == 0)
    {
      warn (reading, _("This pack does not work together with “%s”"), name);
      return;
    }

  g_autofree char *range = make_range (strata_json_get_string (object, "minVersion"),
                                       strata_json_get_string (object, "maxVersion"));

  g_ptr_array_add (dependencies,
                   strata_dependency_new (name, range, NULL, g_strcmp0 (type, "required") != 0));
}

static GPtrArray *
read_dependencies (Reading *reading)
{
  GPtrArray *dependencies = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_dependency_free);
  JsonObject *constraints = strata_json_get_object (reading->meta, "constraints");
  JsonArray *list = constraints != NULL ? strata_json_get_array (constraints, "dependencies") : NULL;
  guint n_items = list != NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_dependency (reading, json_node_get_object (node), dependencies);
    }

  return dependencies;
}

/* The values are what a person edits: without them, or not as text, there is no layer to make. */
static gboolean
read_values (Reading     *reading,
             const char  *origin,
             GError     **error)
{
  StrataFile *file = strata_pack_parts_find (reading->files, "values.yaml");

  if (file == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The pack “%s” has no values.yaml"), origin);
      return FALSE;
    }

  StrataBlob *content = strata_file_get_content (file);

  if (!g_utf8_validate_len (strata_blob_get_text (content), strata_blob_get_size (content), NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("values.yaml of the pack “%s” is not valid UTF-8"), origin);
      return FALSE;
    }

  reading->fields[STRATA_PACK_VALUES] = strata_blob_get_text (content);

  return TRUE;
}

static StrataPack *
make_pack (Reading  *reading,
           GError  **error)
{
  g_autofree char *name_space = strata_values_get_namespace (reading->fields[STRATA_PACK_VALUES]);
  g_autoptr(GPtrArray) dependencies = read_dependencies (reading);
  const char *presets_text = strata_pack_parts_get_text (reading->files, "presets.yaml", reading->warnings);
  g_autoptr(GPtrArray) presets = strata_preset_read (presets_text, reading->warnings);

  if (!check_named_files (reading, error))
    return NULL;

  reading->fields[STRATA_PACK_NAMESPACE] = name_space;
  reading->fields[STRATA_PACK_SCHEMA] =
    strata_pack_parts_get_text (reading->files, "schema.yaml", reading->warnings);
  reading->fields[STRATA_PACK_README] = strata_pack_parts_get_readme (reading->files, reading->warnings);

  return strata_pack_new (STRATA_LAYER_KIND_PACK, reading->fields, presets, dependencies,
                          reading->files, reading->warnings);
}

static JsonNode *
parse_meta (StrataBlob  *blob,
            const char  *place,
            GError     **error)
{
  if (strata_blob_get_size (blob) > MAX_META)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("%s is larger than 1 MiB"), place);
      return NULL;
    }

  g_autoptr(JsonNode) root = strata_json_parse (strata_blob_get_text (blob),
                                                (gssize) strata_blob_get_size (blob), error);

  if (root == NULL)
    {
      g_prefix_error (error, _("%s: "), place);
      return NULL;
    }

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("%s is not a JSON object"), place);
      return NULL;
    }

  return g_steal_pointer (&root);
}

/* Reads the pack whose files are @files, or only its pack.json when @head_only. */
static StrataPack *
read_pack (GPtrArray   *files,
           const char  *origin,
           gboolean     head_only,
           GError     **error)
{
  StrataFile *meta = strata_pack_parts_find (files, META_FILE);

  if (meta == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” is not a pack: it has no pack.json"), origin);
      return NULL;
    }

  g_autofree char *place = g_strdup_printf (_("pack.json of “%s”"), origin);
  g_autoptr(JsonNode) root = parse_meta (strata_file_get_content (meta), place, error);

  if (root == NULL)
    return NULL;

  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { place, json_node_get_object (root), files, warnings };

  if (!read_required (&reading, error))
    return NULL;

  read_described (&reading);

  if (head_only)
    return strata_pack_new (STRATA_LAYER_KIND_PACK, reading.fields, NULL, NULL, NULL, warnings);

  return read_values (&reading, origin, error) ? make_pack (&reading, error) : NULL;
}

static char *
get_shown_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

/**
 * strata_pack_read_folder:
 * @folder: a folder with a `pack.json`
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads a pack whole. A file that `pack.json` names and that is not there is a warning of the pack, since published
 * packs have such names; whatever is read stays within @folder. Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with `NOT_FOUND`, `FORBIDDEN`, `INVALID`, `TOO_LARGE` or
 *   `DISK`
 */
StrataPack *
strata_pack_read_folder (GFile         *folder,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  g_autofree char *origin = get_shown_name (folder);
  g_autoptr(GPtrArray) files = strata_folder_read (folder, cancellable, error);

  return files != NULL ? read_pack (files, origin, FALSE, error) : NULL;
}

/**
 * strata_pack_read_head:
 * @folder: a folder with a `pack.json`
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads only what a list of packs shows: the texts of `pack.json`, without values, presets or files. Blocks; may be
 * called in any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with `NOT_FOUND`, `FORBIDDEN`, `INVALID`, `TOO_LARGE` or
 *   `DISK`
 */
StrataPack *
strata_pack_read_head (GFile         *folder,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  g_autofree char *origin = get_shown_name (folder);
  g_autoptr(GFile) file = g_file_get_child (folder, META_FILE);
  g_autoptr(StrataBlob) blob = strata_folder_read_file (file, cancellable, error);

  if (blob == NULL)
    return NULL;

  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new (META_FILE, blob));

  return read_pack (files, origin, TRUE, error);
}

/**
 * strata_pack_read_archive_bytes:
 * @bytes: the folder of a pack as `.tar.gz`, as OCI registries keep it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads a pack whole, within the bounds of [func@tarball_read]. Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with `INVALID`, `TOO_LARGE` or `CORRUPT`
 */
StrataPack *
strata_pack_read_archive_bytes (GBytes        *bytes,
                                GCancellable  *cancellable,
                                GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, cancellable, error);

  return files != NULL ? read_pack (files, top, FALSE, error) : NULL;
}

static StrataFile *
find_chart (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      StrataFile *file = g_ptr_array_index (files, i);

      if (g_str_has_suffix (strata_file_get_path (file), ".tgz"))
        return file;
    }

  return NULL;
}

/**
 * strata_pack_read_layer:
 * @layer: a layer
 * @error: return location for a [error@Error]
 *
 * Reads the pack or chart that @layer was made of from the files it carries. Blocks as long as unpacking a chart
 * takes; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the pack, or %NULL with `NOT_FOUND` when the layer does not carry it, else as
 *   strata_pack_read_folder()
 */
StrataPack *
strata_pack_read_layer (StrataLayer  *layer,
                        GError      **error)
{
  g_return_val_if_fail (STRATA_IS_LAYER (layer), NULL);

  GPtrArray *files = strata_layer_get_files (layer);
  StrataLayerKind kind = strata_layer_get_kind (layer);

  if (kind == STRATA_LAYER_KIND_PACK && strata_pack_parts_find (files, META_FILE) != NULL)
    return read_pack (files, strata_layer_get_name (layer), FALSE, error);

  StrataFile *chart = kind == STRATA_LAYER_KIND_HELM || kind == STRATA_LAYER_KIND_OCI ? find_chart (files) : NULL;

  if (chart != NULL)
    return strata_pack_read_chart_bytes (strata_blob_get_bytes (strata_file_get_content (chart)), NULL, error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("The layer “%s” came without its pack"), strata_layer_get_name (layer));

  return NULL;
}
