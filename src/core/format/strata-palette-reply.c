/* strata-palette-reply.c - a profile from what the calls of the Palette console give
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-reply"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-json.h"
#include "strata-members.h"
#include "strata-palette-body.h"
#include "strata-palette-private.h"

static const char *const parts[] = { "draft", "published" };

static const struct
{
  const char      *member;
  StrataLayerField field;
} layer_texts[] = {
  { "layer", STRATA_LAYER_PACK_LAYER },
  { "tag", STRATA_LAYER_TAG },
  { "version", STRATA_LAYER_VERSION },
  { "packUid", STRATA_LAYER_PACK_UID },
  { "registryUid", STRATA_LAYER_REGISTRY_UID },
  { "digest", STRATA_LAYER_DIGEST },
};

static void
take_profile (StrataProfile **profile,
              StrataProfile  *changed)
{
  g_object_unref (*profile);
  *profile = changed;
}

static void
take_layer (StrataLayer **layer,
            StrataLayer  *changed)
{
  g_object_unref (*layer);
  *layer = changed;
}

/**
 * strata_palette_make_key:
 * @layer: the name of a layer
 * @manifest: the name of a manifest in it
 *
 * Returns: (transfer full): what strata_palette_read_part() looks the content of the manifest up by
 */
char *
strata_palette_make_key (const char *layer,
                         const char *manifest)
{
  g_return_val_if_fail (layer != NULL && manifest != NULL, NULL);

  return g_strconcat (layer, "\n", manifest, NULL);
}

/* A manifest whose content did not come must not be taken for an empty one: it would be sent back as that. */
static StrataManifest *
read_manifest (JsonObject  *object,
               const char  *path,
               const char  *layer,
               GHashTable  *contents,
               GError     **failure)
{
  const char *name = strata_members_get_name (object, path, "name", failure);
  const char *uid = strata_members_get_text (object, path, "uid", failure);
  g_autofree char *key = strata_palette_make_key (layer, name);
  const char *content = contents != NULL ? g_hash_table_lookup (contents, key) : NULL;

  if (*failure == NULL && content == NULL)
    g_set_error (failure, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("The content of the manifest “%s” of the layer “%s” is missing"), name, layer);

  if (*failure != NULL)
    return NULL;

  g_autoptr(StrataBlob) blob = strata_blob_new_text (content);
  g_autoptr(StrataManifest) plain = strata_manifest_new (name, blob);

  return strata_manifest_with_uid (plain, uid);
}

static GPtrArray *
read_manifests (JsonObject  *pack,
                const char  *path,
                const char  *layer,
                GHashTable  *contents,
                GError     **failure)
{
  JsonArray *list = strata_members_get_list (pack, path, "manifests", failure);
  GPtrArray *manifests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < json_array_get_length (list) && *failure == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.manifests[%u]", path, i);
      JsonObject *object = strata_members_get_item (list, i, where, failure);
      StrataManifest *manifest = read_manifest (object, where, layer, contents, failure);

      if (manifest != NULL)
        g_ptr_array_add (manifests, manifest);
    }

  return manifests;
}

static StrataLayer *
read_layer (JsonObject  *pack,
            const char  *path,
            GHashTable  *contents,
            GError     **failure)
{
  StrataLayerKind kind = strata_palette_read_kind (pack, path, failure);
  const char *name = strata_members_get_name (pack, path, "name", failure);
  const char *values = strata_members_get_text (pack, path, "values", failure);
  g_autoptr(GPtrArray) manifests = read_manifests (pack, path, name, contents, failure);

  if (*failure != NULL)
    return NULL;

  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);
  g_autoptr(StrataLayer) layer = strata_layer_new (kind, name);

  /* All layers of manifests have the same pack, which says nothing of them. */
  for (gsize i = 0; i < G_N_ELEMENTS (layer_texts); i++)
    {
      const char *text = strata_members_get_text (pack, path, layer_texts[i].member, failure);

      if (*text != '\0' && (kind != STRATA_LAYER_KIND_MANIFEST ||
                            layer_texts[i].field == STRATA_LAYER_PACK_LAYER))
        take_layer (&layer, strata_layer_with (layer, layer_texts[i].field, text));
    }

  take_layer (&layer, strata_layer_with_values (layer, blob));

  return strata_layer_with_manifests (layer, manifests);
}

static GPtrArray *
read_layers (JsonObject  *template,
             const char  *path,
             GHashTable  *contents,
             GError     **failure)
{
  JsonArray *packs = strata_members_get_list (template, path, "packs", failure);
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; packs != NULL && i < json_array_get_length (packs) && *failure == NULL; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.packs[%u]", path, i);
      JsonObject *pack = strata_members_get_item (packs, i, where, failure);
      StrataLayer *layer = read_layer (pack, where, contents, failure);

      if (layer != NULL)
        g_ptr_array_add (layers, layer);
    }

  return layers;
}

static StrataProfile *
read_head (JsonObject  *reply,
           JsonObject  *template,
           GError     **failure)
{
  JsonObject *metadata = strata_members_get_object (reply, "", "metadata", failure);
  JsonObject *spec = strata_members_get_object (reply, "", "spec", failure);
  JsonObject *annotations =
    strata_members_get_object (metadata, "metadata", "annotations", failure);
  const char *name = strata_members_get_name (metadata, "metadata", "name", failure);
  const char *version = strata_members_get_text (spec, "spec", "version", failure);
  const char *own = strata_members_get_text (template, "spec.template", "profileVersion", failure);
  const char *uid = strata_members_get_text (metadata, "metadata", "uid", failure);
  const char *description =
    strata_members_get_text (annotations, "metadata.annotations", "description", failure);
  const char *type = strata_members_get_text (template, "spec.template", "type", failure);
  const char *cloud = strata_members_get_text (template, "spec.template", "cloudType", failure);
  g_autoptr(GPtrArray) tags = strata_palette_read_tags (metadata, failure);

  if (*failure != NULL)
    return NULL;

  StrataProfile *profile = strata_profile_new (name, *version != '\0' ? version : own);

  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_UID, uid));
  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, description));
  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_TYPE, type));
  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_CLOUD_TYPE, cloud));
  take_profile (&profile, strata_profile_with_tags (profile, tags));

  return profile;
}

static JsonObject *
get_part (JsonObject        *reply,
          StrataPalettePart  part)
{
  return strata_json_get_object (strata_json_get_object (reply, "spec"), parts[part]);
}

/**
 * strata_palette_has_part:
 * @reply: `v1ClusterProfile`
 * @part: which of its states
 *
 * Returns: whether it has that
 */
gboolean
strata_palette_has_part (JsonObject        *reply,
                         StrataPalettePart  part)
{
  return get_part (reply, part) != NULL;
}

/**
 * strata_palette_read_part:
 * @reply: `v1ClusterProfile`
 * @part: which of its states; it is there
 * @variables: (nullable): its variables, which another call gives
 * @contents: (nullable) (element-type utf8 utf8): the contents of its manifests, which yet another call gives, by what
 *   strata_palette_make_key() makes
 * @error: return location for a `STRATA_ERROR_INVALID` that names the member
 *
 * Reads what the console keeps for us. Null is absent. What it counts and stamps for itself is left out, so that two
 * readings of what nobody changed are equal. Any thread.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataProfile *
strata_palette_read_part (JsonObject         *reply,
                          StrataPalettePart   part,
                          JsonArray          *variables,
                          GHashTable         *contents,
                          GError            **error)
{
  g_return_val_if_fail (reply != NULL && part < G_N_ELEMENTS (parts), NULL);

  JsonObject *template = get_part (reply, part);
  g_autofree char *path = g_strconcat ("spec.", parts[part], NULL);
  GError *failure = NULL;
  g_autoptr(StrataProfile) profile = read_head (reply, template, &failure);
  g_autoptr(GPtrArray) layers = read_layers (template, path, contents, &failure);
  g_autoptr(GPtrArray) list = NULL;

  if (failure == NULL)
    list = strata_palette_read_variables (variables, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  take_profile (&profile, strata_profile_with_variables (profile, list));

  return strata_profile_with_layers (profile, layers);
}
