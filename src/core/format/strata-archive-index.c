/* strata-archive-index.c - strata.json of a profile archive: which file is what, checked against all of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-archive-index"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "strata-archive-private.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-members.h"
#include "strata-palette.h"

typedef struct
{
  GHashTable *files;    /* path and StrataFile, of the caller */
  GHashTable *used;     /* (owned): the paths that were named */
  GError     *failure;  /* (owned) (nullable): the first */
} Index;

static void
index_clear (Index *self)
{
  g_clear_pointer (&self->used, g_hash_table_unref);
  g_clear_error (&self->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

G_GNUC_PRINTF (3, 4)
static void
fail (Index       *self,
      StrataError  code,
      const char  *format,
      ...)
{
  va_list arguments;

  if (self->failure != NULL)
    return;

  va_start (arguments, format);
  self->failure = g_error_new_valist (STRATA_ERROR, (int) code, format, arguments);
  va_end (arguments);
}

/* The file that @path and @digest of an object name. */
static StrataBlob *
take_file (Index      *self,
           JsonObject *object,
           const char *where)
{
  const char *path = strata_members_get_name (object, where, "path", &self->failure);
  const char *digest = strata_members_get_text (object, where, "digest", &self->failure);

  if (self->failure != NULL)
    return NULL;

  StrataFile *file = g_hash_table_lookup (self->files, path);

  if (file == NULL)
    {
      fail (self, STRATA_ERROR_CORRUPT,
            _("“%s” is named by strata.json and not in the archive"), path);
      return NULL;
    }

  StrataBlob *content = strata_file_get_content (file);

  if (!g_str_has_prefix (digest, STRATA_ARCHIVE_DIGEST_PREFIX) ||
      !g_str_equal (digest + strlen (STRATA_ARCHIVE_DIGEST_PREFIX),
                    strata_blob_get_digest (content)))
    fail (self, STRATA_ERROR_CORRUPT,
          _("“%s” is not what strata.json says: its SHA-256 differs"), path);

  g_hash_table_add (self->used, (char *) strata_file_get_path (file));

  return content;
}

/* The same text stands in profile.json and in a file of its own. */
static void
check_same (Index      *self,
            JsonObject *object,
            const char *where,
            StrataBlob *content)
{
  StrataBlob *file = take_file (self, object, where);

  if (file != NULL && !strata_blob_equal (file, content))
    fail (self, STRATA_ERROR_CORRUPT,
          _("“%s” is not what profile.json says"), strata_json_get_string (object, "path"));
}

static void
check_name (Index      *self,
            JsonObject *object,
            const char *where,
            const char *member,
            const char *expected)
{
  const char *text = strata_members_get_text (object, where, member, &self->failure);

  if (!g_str_equal (text, expected))
    fail (self, STRATA_ERROR_CORRUPT, _("%s.%s is not what profile.json says"), where, member);
}

static GPtrArray *
read_manifests (Index       *self,
                JsonObject  *object,
                const char  *where,
                StrataLayer *layer)
{
  GPtrArray *known = strata_layer_get_manifests (layer);
  GPtrArray *manifests = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *list = strata_members_get_list (object, where, "manifests", &self->failure);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (n != known->len)
    fail (self, STRATA_ERROR_CORRUPT,
          _("%s.%s is not what profile.json says"), where, "manifests");

  for (guint i = 0; i < n && self->failure == NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.manifests[%u]", where, i);
      JsonObject *item = strata_members_get_item (list, i, path, &self->failure);
      const char *uid = strata_members_get_text (item, path, "uid", &self->failure);

      check_name (self, item, path, "name", strata_manifest_get_name (known->pdata[i]));
      check_same (self, item, path, strata_manifest_get_content (known->pdata[i]));
      g_ptr_array_add (manifests, strata_manifest_with_uid (known->pdata[i], uid));
    }

  return manifests;
}

static GPtrArray *
read_files (Index      *self,
            JsonObject *object,
            const char *where)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  /* Not strata_members_get_list(): a pack may have as many files as an archive may. */
  JsonArray *list = strata_json_get_array (object, "files");

  for (guint i = 0; list != NULL && i < json_array_get_length (list) && self->failure == NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.files[%u]", where, i);
      JsonObject *item = strata_members_get_item (list, i, path, &self->failure);
      const char *name = strata_members_get_name (item, path, "name", &self->failure);
      StrataBlob *content = take_file (self, item, path);

      if (content != NULL)
        g_ptr_array_add (files, strata_file_new (name, content));
    }

  return files;
}

static StrataLayer *
read_layer (Index       *self,
            JsonObject  *object,
            const char  *where,
            StrataLayer *layer)
{
  const char *kind = strata_layer_kind_to_string (strata_layer_get_kind (layer));
  g_autofree char *values_path = g_strconcat (where, ".values", NULL);
  JsonObject *values = strata_members_get_object (object, where, "values", &self->failure);
  const char *uid = strata_members_get_text (object, where, "pack-uid", &self->failure);
  const char *digest = strata_members_get_text (object, where, "pack-digest", &self->failure);

  JsonObject *chart = strata_json_get_object (object, "chart");
  const char *url = chart != NULL ? strata_members_get_text (chart, where, "url", &self->failure) : "";

  check_name (self, object, where, "name", strata_layer_get_name (layer));
  check_name (self, object, where, "kind", kind);
  check_name (self, object, where, "version", strata_layer_get_version (layer));
  check_same (self, values, values_path, strata_layer_get_values (layer));

  g_autoptr(GPtrArray) manifests = read_manifests (self, object, where, layer);
  g_autoptr(GPtrArray) files = read_files (self, object, where);

  if (self->failure != NULL)
    return NULL;

  g_autoptr(StrataLayer) with_uid = strata_layer_with (layer, STRATA_LAYER_PACK_UID, uid);
  g_autoptr(StrataLayer) with_digest = strata_layer_with (with_uid, STRATA_LAYER_DIGEST, digest);
  g_autoptr(StrataLayer) with_manifests = strata_layer_with_manifests (with_digest, manifests);

  g_autoptr(StrataLayer) with_url = strata_layer_with (with_manifests, STRATA_LAYER_CHART_URL, url);

  return strata_layer_with_files (with_url, files);
}

static GPtrArray *
read_layers (Index         *self,
             JsonObject    *root,
             StrataProfile *profile)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *list = strata_members_get_list (root, STRATA_ARCHIVE_INDEX, "layers", &self->failure);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (n != strata_profile_get_n_layers (profile))
    fail (self, STRATA_ERROR_CORRUPT,
          _("%s.%s is not what profile.json says"), STRATA_ARCHIVE_INDEX, "layers");

  for (guint i = 0; i < n && self->failure == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf (STRATA_ARCHIVE_INDEX ": layers[%u]", i);
      JsonObject *object = strata_members_get_item (list, i, where, &self->failure);
      StrataLayer *layer = read_layer (self, object, where, strata_profile_get_layer (profile, i));

      if (layer != NULL)
        g_ptr_array_add (layers, layer);
    }

  return layers;
}

static void
check_format (Index      *self,
              JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "format");
  gboolean is_number = node != NULL && json_node_get_value_type (node) == G_TYPE_INT64;
  gint64 format = is_number ? json_node_get_int (node) : 0;

  if (format > STRATA_ARCHIVE_FORMAT)
    fail (self, STRATA_ERROR_INVALID,
          _("The archive was made by a newer Strata (format %u): update this one to read it"),
             (guint) MIN (format, G_MAXINT));
  else if (format != STRATA_ARCHIVE_FORMAT)
    fail (self, STRATA_ERROR_INVALID, _("strata.json does not say which format the archive has"));
}

static void
check_all_used (Index *self)
{
  GHashTableIter iter;
  void *path;

  g_hash_table_iter_init (&iter, self->files);
  while (self->failure == NULL && g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (self->used, path) && !g_str_equal (path, STRATA_ARCHIVE_INDEX))
      fail (self, STRATA_ERROR_CORRUPT,
            _("“%s” is in the archive and not named by strata.json"), (char *) path);
}

static StrataProfile *
read_body (Index      *self,
           JsonObject *root)
{
  g_autoptr(JsonObject) place = json_object_new ();
  const char *digest =
    strata_members_get_text (root, STRATA_ARCHIVE_INDEX, "digest", &self->failure);

  json_object_set_string_member (place, "path", STRATA_ARCHIVE_PROFILE);
  json_object_set_string_member (place, "digest", digest);

  StrataBlob *content = take_file (self, place, STRATA_ARCHIVE_INDEX);

  if (self->failure != NULL)
    return NULL;

  StrataProfile *profile = strata_palette_read (
    strata_blob_get_text (content), (gssize) strata_blob_get_size (content), NULL, &self->failure);

  if (profile == NULL)
    g_prefix_error (&self->failure, "%s: ", STRATA_ARCHIVE_PROFILE);

  return profile;
}

static StrataProfile *
read_index (Index      *self,
            JsonObject *root)
{
  check_format (self, root);

  g_autoptr(StrataProfile) bare = read_body (self, root);

  if (bare == NULL)
    return NULL;

  const char *uid = strata_members_get_text (root, STRATA_ARCHIVE_INDEX, "uid", &self->failure);
  g_autoptr(GPtrArray) layers = read_layers (self, root, bare);

  check_all_used (self);

  if (self->failure != NULL)
    return NULL;

  g_autoptr(StrataProfile) named = strata_profile_with (bare, STRATA_PROFILE_UID, uid);

  return strata_profile_with_layers (named, layers);
}

/* The profile of an archive whose every file is what SHA256SUMS says. @files has all but SHA256SUMS and its signature,
 * by path; each must be named, and be what the two JSON files say of it. */
StrataProfile *
strata_archive_read_profile (GHashTable  *files,
                             GError     **error)
{
  StrataFile *file = g_hash_table_lookup (files, STRATA_ARCHIVE_INDEX);
  StrataBlob *content = file != NULL ? strata_file_get_content (file) : NULL;
  g_auto(Index) index = { .files = files, .used = g_hash_table_new (g_str_hash, g_str_equal) };
  g_autoptr(JsonNode) node = NULL;
  StrataProfile *profile = NULL;

  if (content == NULL)
    fail (&index, STRATA_ERROR_INVALID, _("“%s” is not in the archive"), STRATA_ARCHIVE_INDEX);
  else
    node = strata_json_parse (strata_blob_get_text (content),
                              (gssize) strata_blob_get_size (content), &index.failure);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    profile = read_index (&index, json_node_get_object (node));
  else if (node != NULL)
    fail (&index, STRATA_ERROR_INVALID, _("strata.json must be an object"));

  if (profile == NULL)
    g_propagate_error (error, g_steal_pointer (&index.failure));

  return profile;
}
