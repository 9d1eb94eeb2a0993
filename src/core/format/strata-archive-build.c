/* strata-archive-build.c - a profile packed with all that an appliance without a network needs of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-archive-build"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "strata-archive-private.h"
#include "strata-archive.h"
#include "strata-error.h"
#include "strata-json.h"
#include "strata-names.h"
#include "strata-palette.h"
#include "strata-tarball.h"
#include "strata-values.h"

static void
add_file (GPtrArray  *files,
          const char *path,
          StrataBlob *content)
{
  g_ptr_array_add (files, strata_file_new (path, content));
}

static void
add_text (GPtrArray  *files,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  add_file (files, path, blob);
}

static char *
make_digest (StrataBlob *blob)
{
  return g_strconcat (STRATA_ARCHIVE_DIGEST_PREFIX, strata_blob_get_digest (blob), NULL);
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (object, member, text);
}

/* An object that names a file of the archive; the file itself goes to @files. */
static JsonObject *
describe_file (GPtrArray  *files,
               const char *name,
               const char *path,
               StrataBlob *content)
{
  JsonObject *object = json_object_new ();
  g_autofree char *digest = make_digest (content);

  add_file (files, path, content);
  set_text (object, "name", name != NULL ? name : "");
  set_text (object, "path", path);
  set_text (object, "digest", digest);

  return object;
}

/* A file name of letters, digits, dots and hyphens that none in @taken has, not even where case does not count. */
static char *
make_unique (GHashTable *taken,
             const char *name)
{
  g_autofree char *safe = strata_name_make_safe (name);

  for (guint i = 1;; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (safe) : g_strdup_printf ("%s-%u", safe, i);

      if (g_hash_table_add (taken, g_ascii_strdown (candidate, -1)))
        return g_steal_pointer (&candidate);
    }
}

static JsonArray *
describe_manifests (GPtrArray   *files,
                    const char  *folder,
                    StrataLayer *layer)
{
  JsonArray *list = json_array_new ();
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = manifests->pdata[i];
      const char *name = strata_manifest_get_name (manifest);
      g_autofree char *file_name = make_unique (taken, name);
      g_autofree char *path = g_strdup_printf ("%s/manifests/%s.yaml", folder, file_name);
      JsonObject *object =
        describe_file (files, name, path, strata_manifest_get_content (manifest));

      set_text (object, "uid", strata_manifest_get_uid (manifest));
      json_array_add_object_element (list, object);
    }

  return list;
}

static gboolean
is_chart (StrataLayer *layer,
          const char  *path)
{
  StrataLayerKind kind = strata_layer_get_kind (layer);

  return (kind == STRATA_LAYER_KIND_HELM || kind == STRATA_LAYER_KIND_OCI) &&
         strchr (path, '/') == NULL && g_str_has_suffix (path, ".tgz");
}

/* The same file once more, with where it can be had. */
static JsonObject *
describe_chart (StrataLayer *layer,
                JsonObject  *entry)
{
  JsonObject *object = json_object_new ();

  set_text (object, "name", json_object_get_string_member (entry, "name"));
  set_text (object, "path", json_object_get_string_member (entry, "path"));
  set_text (object, "digest", json_object_get_string_member (entry, "digest"));
  set_text (object, "url", strata_layer_get (layer, STRATA_LAYER_CHART_URL));

  return object;
}

/* The files that came with a pack or chart, in the order of the layer. */
static void
describe_files (JsonObject  *object,
                GPtrArray   *files,
                const char  *folder,
                StrataLayer *layer)
{
  GPtrArray *list = strata_layer_get_files (layer);
  g_autoptr(JsonArray) described = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      StrataFile *file = list->pdata[i];
      const char *name = strata_file_get_path (file);
      gboolean chart = is_chart (layer, name);
      g_autofree char *path = g_strconcat (folder, chart ? "/" : "/pack/", name, NULL);
      JsonObject *entry = describe_file (files, name, path, strata_file_get_content (file));

      if (chart && !json_object_has_member (object, "chart"))
        json_object_set_object_member (object, "chart", describe_chart (layer, entry));
      json_array_add_object_element (described, entry);
    }

  if (json_array_get_length (described) > 0)
    json_object_set_array_member (object, "files", g_steal_pointer (&described));
}

static JsonArray *
describe_images (StrataLayer *layer)
{
  JsonArray *list = json_array_new ();
  g_autoptr(GPtrArray) images = strata_values_list_images (layer);

  for (guint i = 0; i < images->len; i++)
    json_array_add_string_element (list, images->pdata[i]);

  return list;
}

static JsonObject *
describe_registry (StrataLayer *layer)
{
  JsonObject *registry = json_object_new ();

  set_text (registry, "uid", strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID));
  set_text (registry, "name", strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME));
  set_text (registry, "kind", strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND));

  return registry;
}

static JsonObject *
describe_layer (GPtrArray   *files,
                const char  *folder,
                StrataLayer *layer)
{
  JsonObject *object = json_object_new ();
  g_autofree char *values = g_strconcat (folder, "/values.yaml", NULL);

  set_text (object, "name", strata_layer_get_name (layer));
  set_text (object, "kind", strata_layer_kind_to_string (strata_layer_get_kind (layer)));
  set_text (object, "version", strata_layer_get_version (layer));
  set_text (object, "tag", strata_layer_get (layer, STRATA_LAYER_TAG));
  json_object_set_object_member (object, "registry", describe_registry (layer));
  set_text (object, "pack-uid", strata_layer_get (layer, STRATA_LAYER_PACK_UID));
  set_text (object, "pack-digest", strata_layer_get (layer, STRATA_LAYER_DIGEST));
  json_object_set_object_member (
    object, "values", describe_file (files, NULL, values, strata_layer_get_values (layer)));
  json_object_set_array_member (object, "manifests", describe_manifests (files, folder, layer));
  describe_files (object, files, folder, layer);
  json_object_set_array_member (object, "images", describe_images (layer));

  return object;
}

static JsonArray *
describe_layers (GPtrArray     *files,
                 StrataProfile *profile)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      g_autofree char *safe = strata_name_make_safe (strata_layer_get_name (layer));
      g_autofree char *folder = g_strdup_printf ("layers/%02u-%s", i + 1, safe);

      json_array_add_object_element (list, describe_layer (files, folder, layer));
    }

  return list;
}

/* `strata.json`: which file is what, and what the Palette form has no place for. */
static char *
make_index (GPtrArray     *files,
            StrataProfile *profile,
            StrataBlob    *body)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *digest = make_digest (body);

  json_object_set_int_member (object, "format", STRATA_ARCHIVE_FORMAT);
  json_object_set_string_member (object, "created-with", "strata " PACKAGE_VERSION);
  json_object_set_string_member (object, "digest", digest);
  set_text (object, "uid", strata_profile_get (profile, STRATA_PROFILE_UID));
  json_object_set_array_member (object, "layers", describe_layers (files, profile));

  g_autofree char *text = strata_json_to_text (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

static int
compare_files (const void *a,
               const void *b)
{
  return strcmp (strata_file_get_path (*(StrataFile **) a),
                 strata_file_get_path (*(StrataFile **) b));
}

/* As `sha256sum` writes it. */
static char *
make_sums (GPtrArray *files)
{
  GString *sums = g_string_new (NULL);

  g_ptr_array_sort (files, compare_files);

  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (sums, "%s  %s\n",
                            strata_blob_get_digest (strata_file_get_content (files->pdata[i])),
                            strata_file_get_path (files->pdata[i]));

  return g_string_free (sums, FALSE);
}

static gboolean
check_text (StrataLayer *layer,
            const char  *document,
            StrataBlob  *content,
            GError     **error)
{
  const char *text = strata_blob_get_text (content);
  const char *end;

  if (g_utf8_validate (text, (gssize) strata_blob_get_size (content), &end))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               /* Translators: “values.yaml” of layer “nginx” … */
               _("“%s” of layer “%s” is not UTF-8 text: byte %u is wrong"), document,
                  strata_layer_get_name (layer), (guint) (end - text + 1));

  return FALSE;
}

/* JSON holds only text. */
static gboolean
check_texts (StrataProfile *profile,
             GError       **error)
{
  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      GPtrArray *manifests = strata_layer_get_manifests (layer);

      if (!check_text (layer, "values.yaml", strata_layer_get_values (layer), error))
        return FALSE;

      for (guint j = 0; j < manifests->len; j++)
        if (!check_text (layer, strata_manifest_get_name (manifests->pdata[j]),
                         strata_manifest_get_content (manifests->pdata[j]), error))
          return FALSE;
    }

  return TRUE;
}

static char *
make_top (StrataProfile *profile)
{
  g_autofree char *name = strata_name_make_safe (strata_profile_get_name (profile));
  g_autofree char *version = strata_name_make_safe (strata_profile_get_version (profile));

  if (*strata_profile_get_version (profile) == '\0')
    return g_steal_pointer (&name);

  return g_strconcat (name, "-", version, NULL);
}

/**
 * strata_archive_make_name:
 * @profile: a profile
 *
 * Returns: (transfer full): the file name of its archive, `<name>-<version>.tgz`, safe on every system
 */
char *
strata_archive_make_name (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  g_autofree char *top = make_top (profile);

  return g_strconcat (top, ".tgz", NULL);
}

/**
 * strata_archive_build:
 * @profile: a profile
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Builds the profile archive of docs/archive.md: the Palette export, every text as a file, all files
 * that came with packs and charts, which images are needed, and the SHA-256 of each file. The same profile gives the same
 * bytes on any machine, in any language, time zone and umask. Defaults of sensitive variables are masked; see
 * strata_palette_has_masked(). Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the `.tgz`, or %NULL with @error set: `STRATA_ERROR_INVALID` when something of
 *   the profile cannot be in an archive, `STRATA_ERROR_TOO_LARGE` over a bound of strata-tarball.h
 */
GBytes *
strata_archive_build (StrataProfile *profile,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  if (!check_texts (profile, error))
    return NULL;

  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);
  g_autoptr(StrataBlob) body = strata_blob_new_text (json);
  g_autofree char *index = make_index (files, profile, body);

  add_file (files, STRATA_ARCHIVE_PROFILE, body);
  add_text (files, STRATA_ARCHIVE_INDEX, index);

  g_autofree char *sums = make_sums (files);
  g_autofree char *top = make_top (profile);

  add_text (files, STRATA_ARCHIVE_SUMS, sums);

  return strata_tarball_write (top, files, cancellable, error);
}
