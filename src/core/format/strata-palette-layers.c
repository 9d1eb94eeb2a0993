/* strata-palette-layers.c - the layers of a body of the console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-layers"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-extra.h"
#include "strata-members.h"
#include "strata-palette-private.h"
#include "strata-version.h"

/* A text of a value and the member it comes from; the first member that is not empty is taken. */
typedef StrataPaletteLink Source;

static const Source layer_sources[] = {
  { "layer", STRATA_LAYER_PACK_LAYER },
  { "version", STRATA_LAYER_VERSION },
  { "tag", STRATA_LAYER_TAG },
  { "packUid", STRATA_LAYER_PACK_UID },
  { "uid", STRATA_LAYER_PACK_UID },
  { "registryUid", STRATA_LAYER_REGISTRY_UID },
  { "digest", STRATA_LAYER_DIGEST },
};

static const Source registry_sources[] = {
  { "uid", STRATA_LAYER_REGISTRY_UID },
  { "name", STRATA_LAYER_REGISTRY_NAME },
  { "kind", STRATA_LAYER_REGISTRY_KIND },
};

static void
take_layer (StrataLayer **layer,
            StrataLayer  *changed)
{
  g_object_unref (*layer);
  *layer = changed;
}

static StrataManifest *
read_manifest (JsonObject  *object,
               const char  *path,
               GError     **failure)
{
  const char *name = strata_members_get_name (object, path, "name", failure);
  const char *uid = strata_members_get_text (object, path, "uid", failure);
  const char *content = strata_members_get_text (object, path, "content", failure);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (content);
  g_autoptr(StrataManifest) plain = strata_manifest_new (name, blob);

  if (*failure != NULL)
    return NULL;

  g_autoptr(StrataManifest) manifest = strata_manifest_with_uid (plain, uid);
  g_autoptr(JsonObject) known = strata_palette_build_manifest (manifest);
  g_autoptr(JsonObject) rest = strata_extra_subtract (object, known);

  strata_extra_unlink (rest, "uid", uid);

  g_autofree char *extra = strata_extra_to_text (rest);

  return strata_manifest_with_extra (manifest, extra);
}

static GPtrArray *
read_manifests (JsonObject  *pack,
                const char  *path,
                GError     **failure)
{
  JsonArray *list = strata_members_get_list (pack, path, "manifests", failure);
  g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.manifests[%u]", path, i);
      JsonObject *object = strata_members_get_item (list, i, where, failure);
      StrataManifest *manifest = read_manifest (object, where, failure);

      if (manifest == NULL)
        return NULL;

      g_ptr_array_add (manifests, manifest);
    }

  return g_steal_pointer (&manifests);
}

/* `v1PackType`; absent is spectro. */
StrataLayerKind
strata_palette_read_kind (JsonObject  *pack,
                          const char  *path,
                          GError     **failure)
{
  const char *type = strata_members_get_text (pack, path, "type", failure);

  for (guint i = 0; strata_palette_kinds[i] != NULL; i++)
    if (g_str_equal (strata_palette_kinds[i], type))
      return (StrataLayerKind) i;

  if (*type != '\0' && *failure == NULL)
    {
      g_autofree char *shown = g_strndup (type, 80);
      g_autofree char *valid = g_utf8_make_valid (shown, -1);

      g_set_error (failure, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s.type must be spectro, helm, oci or manifest, found “%s”"), path, valid);
    }

  return STRATA_LAYER_KIND_PACK;
}

static void
read_layer_texts (StrataLayer  **layer,
                  JsonObject    *object,
                  const char    *path,
                  const Source  *sources,
                  gsize          n_sources,
                  GError       **failure)
{
  for (gsize i = 0; i < n_sources; i++)
    {
      const char *text = strata_members_get_text (object, path, sources[i].path, failure);

      if (*text != '\0' && *strata_layer_get (*layer, sources[i].field) == '\0')
        take_layer (layer, strata_layer_with (*layer, sources[i].field, text));
    }
}

/* A request says only the tag; one that does not float is the version. */
static void
complete_version (StrataLayer **layer,
                  JsonObject   *pack)
{
  const char *tag = strata_layer_get (*layer, STRATA_LAYER_TAG);
  g_autoptr(StrataVersion) version = strata_version_parse (tag, NULL);

  if (version != NULL && !json_object_has_member (pack, "version"))
    take_layer (layer, strata_layer_with (*layer, STRATA_LAYER_VERSION, tag));
}

static void
keep_layer_extra (StrataLayer **layer,
                  JsonObject   *pack)
{
  g_autoptr(JsonObject) known = strata_palette_build_layer (*layer);
  g_autoptr(JsonObject) body = strata_extra_copy (pack);

  strata_extra_drop_filled (body, "manifests");

  g_autoptr(JsonObject) rest = strata_extra_subtract (body, known);

  for (const StrataPaletteLink *link = strata_palette_layer_links; link->path != NULL; link++)
    strata_extra_unlink (rest, link->path, strata_layer_get (*layer, link->field));

  g_autofree char *extra = strata_extra_to_text (rest);

  take_layer (layer, strata_layer_with (*layer, STRATA_LAYER_EXTRA, extra));
}

static StrataLayer *
read_layer (JsonObject  *pack,
            const char  *path,
            GError     **failure)
{
  const char *name = strata_members_get_name (pack, path, "name", failure);
  const char *values = strata_members_get_text (pack, path, "values", failure);
  JsonObject *registry = strata_members_get_object (pack, path, "registry", failure);
  g_autofree char *registry_path = g_strconcat (path, ".registry", NULL);
  g_autofree char *metadata_path = g_strconcat (path, ".registry.metadata", NULL);
  JsonObject *metadata = strata_members_get_object (registry, registry_path, "metadata", failure);
  g_autoptr(GPtrArray) manifests = read_manifests (pack, path, failure);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);
  g_autoptr(StrataLayer) layer = strata_layer_new (strata_palette_read_kind (pack, path, failure), name);

  /* A layer is an add-on unless the body says otherwise. */
  if (pack != NULL && json_object_has_member (pack, "layer"))
    take_layer (&layer, strata_layer_with (layer, STRATA_LAYER_PACK_LAYER, NULL));

  read_layer_texts (&layer, metadata, metadata_path, registry_sources,
                    G_N_ELEMENTS (registry_sources), failure);
  read_layer_texts (&layer, pack, path, layer_sources, G_N_ELEMENTS (layer_sources), failure);

  if (*failure != NULL)
    return NULL;

  complete_version (&layer, pack);
  take_layer (&layer, strata_layer_with_values (layer, blob));
  keep_layer_extra (&layer, pack);

  return strata_layer_with_manifests (layer, manifests);
}

/* The layers of `spec.<template_name>.packs`, with all that is not known of them; %NULL once @failure is set. */
GPtrArray *
strata_palette_read_layers (JsonArray   *packs,
                            const char  *template_name,
                            GError     **failure)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs); i++)
    {
      g_autofree char *path = g_strdup_printf ("spec.%s.packs[%u]", template_name, i);
      JsonObject *pack = strata_members_get_item (packs, i, path, failure);
      StrataLayer *layer = read_layer (pack, path, failure);

      if (layer == NULL)
        return NULL;

      g_ptr_array_add (layers, layer);
    }

  return g_steal_pointer (&layers);
}
