/* strata-palette-write.c - a profile as the console's import takes it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-write"

#include "strata-extra.h"
#include "strata-json.h"
#include "strata-palette-private.h"
#include "strata-palette.h"

/* `v1ClusterProfile` and the request that clones a profile. Ends with a NULL path. */
const StrataPaletteLink strata_palette_profile_links[] = {
  { "metadata.uid", STRATA_PROFILE_UID },
  { "metadata.annotations.description", STRATA_PROFILE_DESCRIPTION },
  { "metadata.version", STRATA_PROFILE_VERSION },
  { "spec.template.name", STRATA_PROFILE_NAME },
  { "spec.template.profileVersion", STRATA_PROFILE_VERSION },
  { NULL, 0 },
};

/* `v1PackRef` and `v1PackManifestEntity`. Ends with a NULL path. */
const StrataPaletteLink strata_palette_layer_links[] = {
  { "uid", STRATA_LAYER_PACK_UID },
  { "packUid", STRATA_LAYER_PACK_UID },
  { "registryUid", STRATA_LAYER_REGISTRY_UID },
  { "digest", STRATA_LAYER_DIGEST },
  { NULL, 0 },
};

/* `v1PackType`, in the order of StrataLayerKind. */
const char *const strata_palette_kinds[] = { "spectro", "helm", "oci", "manifest", NULL };

/* What is not set is not written: an empty member that came from elsewhere is among the extra ones. */
static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (*text == '\0')
    return;

  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_object_set_string_member (object, member, valid);
}

static void
set_flag (JsonObject *object,
          const char *member,
          gboolean    is_set)
{
  if (is_set)
    json_object_set_boolean_member (object, member, TRUE);
}

static void
set_list (JsonObject *object,
          const char *member,
          JsonArray  *list)
{
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (object, member, list);
  else
    json_array_unref (list);
}

JsonObject *
strata_palette_build_manifest (StrataManifest *manifest)
{
  JsonObject *object = json_object_new ();

  set_text (object, "name", strata_manifest_get_name (manifest));
  set_text (object, "content", strata_manifest_get_text (manifest));
  strata_extra_merge (object, strata_manifest_get_extra (manifest));
  strata_extra_link (object, "uid", strata_manifest_get_uid (manifest));

  return object;
}

static void
set_registry (JsonObject  *object,
              StrataLayer *layer)
{
  JsonObject *metadata = json_object_new ();

  set_text (metadata, "uid", strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID));
  set_text (metadata, "name", strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME));
  set_text (metadata, "kind", strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND));

  if (json_object_get_size (metadata) > 0)
    {
      JsonObject *registry = json_object_new ();

      json_object_set_object_member (registry, "metadata", metadata);
      json_object_set_object_member (object, "registry", registry);
    }
  else
    json_object_unref (metadata);
}

JsonObject *
strata_palette_build_layer (StrataLayer *layer)
{
  JsonObject *object = json_object_new ();
  JsonArray *manifests = json_array_new ();
  GPtrArray *list = strata_layer_get_manifests (layer);

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (manifests, strata_palette_build_manifest (list->pdata[i]));

  set_text (object, "name", strata_layer_get_name (layer));
  set_text (object, "type", strata_palette_kinds[strata_layer_get_kind (layer)]);
  set_text (object, "layer", strata_layer_get (layer, STRATA_LAYER_PACK_LAYER));
  set_text (object, "version", strata_layer_get_version (layer));
  set_text (object, "tag", strata_layer_get (layer, STRATA_LAYER_TAG));
  set_text (object, "values", strata_layer_get_text (layer));
  set_list (object, "manifests", manifests);
  set_registry (object, layer);
  strata_extra_merge (object, strata_layer_get (layer, STRATA_LAYER_EXTRA));

  for (const StrataPaletteLink *link = strata_palette_layer_links; link->path != NULL; link++)
    strata_extra_link (object, link->path, strata_layer_get (layer, link->field));

  return object;
}

static JsonObject *
build_option (const StrataVariableOption *option)
{
  JsonObject *object = json_object_new ();

  set_text (object, "value", option->value);
  set_text (object, "label", option->label);
  set_text (object, "description", option->description);
  set_flag (object, "default", option->is_default);

  return object;
}

/* The default of a sensitive variable never leaves: the console masks it in its own exports too. */
JsonObject *
strata_palette_build_variable (StrataVariable *variable)
{
  JsonObject *object = json_object_new ();
  JsonArray *options = json_array_new ();
  GPtrArray *list = strata_variable_get_options (variable);
  StrataVariableFlags flags = strata_variable_get_flags (variable);
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);
  gboolean is_masked = (flags & STRATA_VARIABLE_SENSITIVE) != 0 && *value != '\0';

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (options, build_option (list->pdata[i]));

  set_text (object, "name", strata_variable_get_name (variable));
  set_text (object, "displayName", strata_variable_get (variable, STRATA_VARIABLE_DISPLAY_NAME));
  set_text (object, "description", strata_variable_get (variable, STRATA_VARIABLE_DESCRIPTION));
  set_text (object, "format", strata_variable_get (variable, STRATA_VARIABLE_FORMAT));
  set_text (object, "inputType", strata_variable_get (variable, STRATA_VARIABLE_INPUT_TYPE));
  set_text (object, "defaultValue", is_masked ? STRATA_PALETTE_MASK : value);
  set_flag (object, "required", flags & STRATA_VARIABLE_REQUIRED);
  set_flag (object, "isSensitive", flags & STRATA_VARIABLE_SENSITIVE);
  set_flag (object, "immutable", flags & STRATA_VARIABLE_IMMUTABLE);
  set_flag (object, "hidden", flags & STRATA_VARIABLE_HIDDEN);
  set_text (object, "regex", strata_variable_get (variable, STRATA_VARIABLE_REGEX));
  set_list (object, "options", options);
  strata_extra_merge (object, strata_variable_get (variable, STRATA_VARIABLE_EXTRA));

  return object;
}

static JsonObject *
build_metadata (StrataProfile *profile)
{
  JsonObject *metadata = json_object_new ();
  GPtrArray *tags = strata_profile_get_tags (profile);

  set_text (metadata, "name", strata_profile_get_name (profile));
  set_text (metadata, "description", strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));

  if (tags->len > 0)
    {
      JsonObject *labels = json_object_new ();

      for (guint i = 0; i < tags->len; i++)
        {
          const char *value = strata_tag_get_value (tags->pdata[i]);

          json_object_set_string_member (labels, strata_tag_get_key (tags->pdata[i]),
                                         value != NULL ? value : STRATA_PALETTE_BARE_TAG);
        }

      json_object_set_object_member (metadata, "labels", labels);
    }

  return metadata;
}

static JsonObject *
build_spec (StrataProfile *profile)
{
  JsonObject *spec = json_object_new ();
  JsonObject *template = json_object_new ();
  JsonArray *packs = json_array_new ();
  JsonArray *variables = json_array_new ();
  GPtrArray *list = strata_profile_get_variables (profile);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    json_array_add_object_element (
      packs, strata_palette_build_layer (strata_profile_get_layer (profile, i)));

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (variables, strata_palette_build_variable (list->pdata[i]));

  set_text (template, "type", strata_profile_get (profile, STRATA_PROFILE_TYPE));
  set_text (template, "cloudType", strata_profile_get (profile, STRATA_PROFILE_CLOUD_TYPE));
  set_list (template, "packs", packs);

  set_text (spec, "version", strata_profile_get_version (profile));
  json_object_set_object_member (spec, "template", template);
  set_list (spec, "variables", variables);

  return spec;
}

JsonObject *
strata_palette_build_profile (StrataProfile *profile)
{
  JsonObject *body = json_object_new ();

  json_object_set_object_member (body, "metadata", build_metadata (profile));
  json_object_set_object_member (body, "spec", build_spec (profile));
  strata_extra_merge (body, strata_profile_get (profile, STRATA_PROFILE_EXTRA));

  for (const StrataPaletteLink *link = strata_palette_profile_links; link->path != NULL; link++)
    strata_extra_link (body, link->path, strata_profile_get (profile, link->field));

  return body;
}

/**
 * strata_palette_write:
 * @profile: a profile
 * @format: as what
 *
 * Writes a profile as `v1ClusterProfileImportEntity`, the body that the console exports and imports: members in a fixed
 * order, those that came with it and are not known here behind them. The default of a sensitive variable is
 * %STRATA_PALETTE_MASK. Files of a layer are not part of it. Any thread.
 *
 * Returns: (transfer full): the text, ending in a newline
 */
char *
strata_palette_write (StrataProfile       *profile,
                      StrataPaletteFormat  format)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  g_autoptr(JsonObject) body = strata_palette_build_profile (profile);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text =
    format == STRATA_PALETTE_JSON ? strata_json_to_text (node, TRUE) : strata_json_to_yaml (node);

  return g_str_has_suffix (text, "\n") ? g_steal_pointer (&text) : g_strconcat (text, "\n", NULL);
}

/**
 * strata_palette_has_masked:
 * @profile: a profile
 *
 * Returns: whether strata_palette_write() masks something: whoever reads the export has to enter it again
 */
gboolean
strata_palette_has_masked (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), FALSE);

  GPtrArray *variables = strata_profile_get_variables (profile);

  for (guint i = 0; i < variables->len; i++)
    if ((strata_variable_get_flags (variables->pdata[i]) & STRATA_VARIABLE_SENSITIVE) != 0 &&
        *strata_variable_get (variables->pdata[i], STRATA_VARIABLE_DEFAULT) != '\0')
      return TRUE;

  return FALSE;
}
