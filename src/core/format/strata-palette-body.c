/* strata-palette-body.c - what the calls of the Palette console take for a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-body"

#include "strata-palette-body.h"

#include <string.h>

#include "strata-extra.h"
#include "strata-palette-private.h"
#include "strata-palette.h"

#define MANIFEST_UID "spectro-manifest-pack"  /* of each layer that is manifests and nothing else */

/* What a body is for: the same parts have other members in each. */
typedef enum
{
  SHAPE_CREATE,
  SHAPE_UPDATE,
  SHAPE_IMPORT,
  SHAPE_COMPARE,  /* for nobody's eyes: what the console does not change by itself */
} Shape;

/* json-glib writes no text that is not UTF-8. */
static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_object_set_string_member (object, member, valid);
}

static void
set_filled (JsonObject *object,
            const char *member,
            const char *text)
{
  if (*text != '\0')
    set_text (object, member, text);
}

static JsonNode *
wrap (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);

  return node;
}

/**
 * strata_palette_trim:
 * @text: values or a manifest
 *
 * Takes away what the console does not keep: empty lines before the text, white space after it. The first line keeps its
 * indentation, which means something in YAML.
 *
 * Returns: (transfer full): what is sent
 */
char *
strata_palette_trim (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  const char *start = text;

  for (const char *next = text; g_ascii_isspace (*next); next++)
    if (*next == '\n')
      start = next + 1;

  return g_strchomp (g_strdup (start));
}

static JsonObject *
build_manifest (StrataManifest *manifest,
                Shape           shape)
{
  JsonObject *object = json_object_new ();
  g_autofree char *content = strata_palette_trim (strata_manifest_get_text (manifest));

  set_text (object, "name", strata_manifest_get_name (manifest));
  set_text (object, "content", content);
  if (shape == SHAPE_UPDATE)
    set_filled (object, "uid", strata_manifest_get_uid (manifest));

  return object;
}

static void
set_registry (JsonObject  *object,
              StrataLayer *layer)
{
  JsonObject *registry = json_object_new ();
  JsonObject *metadata = json_object_new ();

  set_filled (metadata, "uid", strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID));
  set_filled (metadata, "name", strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME));
  set_filled (metadata, "kind", strata_layer_get (layer, STRATA_LAYER_REGISTRY_KIND));
  json_object_set_object_member (registry, "metadata", metadata);
  json_object_set_object_member (object, "registry", registry);
}

static void
set_source (JsonObject  *object,
            StrataLayer *layer,
            Shape        shape)
{
  gboolean is_manifest = strata_layer_get_kind (layer) == STRATA_LAYER_KIND_MANIFEST;
  const char *tag = strata_layer_get (layer, STRATA_LAYER_TAG);

  if (!is_manifest)
    set_filled (object, "tag", *tag != '\0' ? tag : strata_layer_get_version (layer));

  if (shape == SHAPE_IMPORT)
    {
      set_filled (object, "version", strata_layer_get_version (layer));
      if (!is_manifest)
        set_registry (object, layer);
    }
  else if (shape != SHAPE_COMPARE && is_manifest)
    set_text (object, "uid", MANIFEST_UID);
  else if (shape != SHAPE_COMPARE)
    {
      set_filled (object, "uid", strata_layer_get (layer, STRATA_LAYER_PACK_UID));
      set_filled (object, "registryUid", strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID));
    }
}

static JsonObject *
build_layer (StrataLayer *layer,
             Shape        shape)
{
  JsonObject *object = json_object_new ();
  JsonArray *manifests = json_array_new ();
  GPtrArray *list = strata_layer_get_manifests (layer);
  g_autofree char *values = strata_palette_trim (strata_layer_get_text (layer));

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (manifests, build_manifest (list->pdata[i], shape));

  set_text (object, "name", strata_layer_get_name (layer));
  set_text (object, "type", strata_palette_kinds[strata_layer_get_kind (layer)]);
  set_filled (object, "layer", strata_layer_get (layer, STRATA_LAYER_PACK_LAYER));
  set_source (object, layer, shape);
  set_text (object, "values", values);
  json_object_set_array_member (object, "manifests", manifests);

  return object;
}

static JsonArray *
build_layers (StrataProfile *profile,
              Shape          shape)
{
  JsonArray *packs = json_array_new ();

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    json_array_add_object_element (packs, build_layer (strata_profile_get_layer (profile, i), shape));

  return packs;
}

static JsonArray *
build_options (StrataVariable *variable)
{
  JsonArray *options = json_array_new ();
  GPtrArray *list = strata_variable_get_options (variable);

  for (guint i = 0; i < list->len; i++)
    {
      const StrataVariableOption *option = list->pdata[i];
      JsonObject *object = json_object_new ();

      set_text (object, "value", option->value);
      set_filled (object, "label", option->label);
      set_filled (object, "description", option->description);
      if (option->is_default)
        json_object_set_boolean_member (object, "default", TRUE);
      json_array_add_object_element (options, object);
    }

  return options;
}

/**
 * strata_palette_has_default:
 * @variable: a variable
 *
 * The mask stands for a secret that only the console knows: sent back, it would become the secret. However many asterisks it
 * has, no secret is made of them alone. Any thread.
 *
 * Returns: whether its default is sent; that of a sensitive one only where it is known
 */
gboolean
strata_palette_has_default (StrataVariable *variable)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (variable), FALSE);

  gboolean is_secret = (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);

  return !is_secret || value[strspn (value, "*")] != '\0';
}

static void
set_default (JsonObject     *object,
             StrataVariable *variable,
             Shape           shape)
{
  gboolean is_secret = (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0;

  if (!is_secret || (shape != SHAPE_COMPARE && strata_palette_has_default (variable)))
    set_text (object, "defaultValue", strata_variable_get (variable, STRATA_VARIABLE_DEFAULT));
}

/* What is off is said too: a variable that was there is changed by what is said, not by what is left out. */
static JsonObject *
build_variable (StrataVariable *variable,
                Shape           shape)
{
  JsonObject *object = json_object_new ();
  StrataVariableFlags flags = strata_variable_get_flags (variable);

  set_text (object, "name", strata_variable_get_name (variable));
  set_text (object, "displayName", strata_variable_get (variable, STRATA_VARIABLE_DISPLAY_NAME));
  set_text (object, "description", strata_variable_get (variable, STRATA_VARIABLE_DESCRIPTION));
  set_filled (object, "format", strata_variable_get (variable, STRATA_VARIABLE_FORMAT));
  set_filled (object, "inputType", strata_variable_get (variable, STRATA_VARIABLE_INPUT_TYPE));
  set_default (object, variable, shape);
  json_object_set_boolean_member (object, "required", (flags & STRATA_VARIABLE_REQUIRED) != 0);
  json_object_set_boolean_member (object, "isSensitive", (flags & STRATA_VARIABLE_SENSITIVE) != 0);
  json_object_set_boolean_member (object, "immutable", (flags & STRATA_VARIABLE_IMMUTABLE) != 0);
  json_object_set_boolean_member (object, "hidden", (flags & STRATA_VARIABLE_HIDDEN) != 0);
  set_text (object, "regex", strata_variable_get (variable, STRATA_VARIABLE_REGEX));
  json_object_set_array_member (object, "options", build_options (variable));
  if (shape != SHAPE_COMPARE)
    strata_extra_merge (object, strata_variable_get (variable, STRATA_VARIABLE_EXTRA));

  return object;
}

static JsonArray *
build_variables (GPtrArray *variables,
                 Shape      shape)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < variables->len; i++)
    json_array_add_object_element (list, build_variable (variables->pdata[i], shape));

  return list;
}

static JsonObject *
build_labels (StrataProfile *profile)
{
  JsonObject *labels = json_object_new ();
  GPtrArray *tags = strata_profile_get_tags (profile);

  for (guint i = 0; i < tags->len; i++)
    {
      const char *value = strata_tag_get_value (tags->pdata[i]);

      set_text (labels, strata_tag_get_key (tags->pdata[i]),
                value != NULL ? value : STRATA_PALETTE_BARE_TAG);
    }

  return labels;
}

/* The description is among annotations that others write too: theirs are kept. */
static JsonObject *
build_metadata (StrataProfile *profile,
                JsonObject    *annotations)
{
  JsonObject *metadata = json_object_new ();
  JsonObject *own = annotations != NULL ? strata_extra_copy (annotations) : json_object_new ();

  set_text (own, "description", strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));
  set_text (metadata, "name", strata_profile_get_name (profile));
  json_object_set_object_member (metadata, "annotations", own);
  json_object_set_object_member (metadata, "labels", build_labels (profile));

  return metadata;
}

static JsonObject *
build_template (StrataProfile *profile,
                Shape          shape)
{
  JsonObject *template = json_object_new ();

  set_filled (template, "type", strata_profile_get (profile, STRATA_PROFILE_TYPE));
  if (shape != SHAPE_UPDATE)
    set_filled (template, "cloudType", strata_profile_get (profile, STRATA_PROFILE_CLOUD_TYPE));
  json_object_set_array_member (template, "packs", build_layers (profile, shape));

  return template;
}

static JsonObject *
build_spec (StrataProfile *profile,
            Shape          shape)
{
  JsonObject *spec = json_object_new ();

  set_filled (spec, "version", strata_profile_get_version (profile));
  json_object_set_object_member (spec, "template", build_template (profile, shape));
  if (shape != SHAPE_UPDATE)
    json_object_set_array_member (
      spec, "variables", build_variables (strata_profile_get_variables (profile), shape));

  return spec;
}

/**
 * strata_palette_make_create:
 * @profile: a profile
 *
 * Writes what makes a new profile: `v1ClusterProfileEntity`. The default of a sensitive variable is in it; where only
 * %STRATA_PALETTE_MASK is known it has none. Any thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_create (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  JsonObject *body = json_object_new ();

  json_object_set_object_member (body, "metadata", build_metadata (profile, NULL));
  json_object_set_object_member (body, "spec", build_spec (profile, SHAPE_CREATE));

  return wrap (body);
}

/**
 * strata_palette_make_update:
 * @profile: a profile
 *
 * Writes what replaces the layers of a profile: `v1ClusterProfileUpdateEntity`. A manifest that the console knows
 * carries its uid. Variables and tags are not part of it. Any thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_update (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  JsonObject *body = json_object_new ();
  JsonObject *metadata = json_object_new ();

  set_text (metadata, "name", strata_profile_get_name (profile));
  set_filled (metadata, "uid", strata_profile_get (profile, STRATA_PROFILE_UID));
  json_object_set_object_member (body, "metadata", metadata);
  json_object_set_object_member (body, "spec", build_spec (profile, SHAPE_UPDATE));

  return wrap (body);
}

/**
 * strata_palette_make_metadata:
 * @profile: a profile
 * @annotations: (nullable): those that the console has now
 *
 * Writes what changes name, version, description and tags: `v1ProfileMetaEntity`. Any thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_metadata (StrataProfile *profile,
                              JsonObject    *annotations)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  JsonObject *body = json_object_new ();
  JsonObject *spec = json_object_new ();

  set_filled (spec, "version", strata_profile_get_version (profile));
  json_object_set_object_member (body, "metadata", build_metadata (profile, annotations));
  json_object_set_object_member (body, "spec", spec);

  return wrap (body);
}

/**
 * strata_palette_make_draft:
 * @profile: a profile
 *
 * Writes what is checked before a profile is made: `v1ClusterProfileTemplateDraft`. Any thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_draft (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  return wrap (build_template (profile, SHAPE_CREATE));
}

/**
 * strata_palette_make_import:
 * @profile: a profile
 *
 * Writes what is imported: `v1ClusterProfileImportEntity`. Other than in an export, the default of a sensitive variable
 * is in it; where only %STRATA_PALETTE_MASK is known it has none. Any thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_import (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  JsonObject *body = json_object_new ();
  JsonObject *metadata = json_object_new ();

  set_text (metadata, "name", strata_profile_get_name (profile));
  set_text (metadata, "description", strata_profile_get (profile, STRATA_PROFILE_DESCRIPTION));
  json_object_set_object_member (metadata, "labels", build_labels (profile));
  json_object_set_object_member (body, "metadata", metadata);
  json_object_set_object_member (body, "spec", build_spec (profile, SHAPE_IMPORT));

  return wrap (body);
}

/**
 * strata_palette_make_variables:
 * @variables: (element-type StrataVariable): some or all variables of a profile
 *
 * Writes `v1Variables`. Of a sensitive variable of which only %STRATA_PALETTE_MASK is known there is no default. Any
 * thread.
 *
 * Returns: (transfer full): the body
 */
JsonNode *
strata_palette_make_variables (GPtrArray *variables)
{
  g_return_val_if_fail (variables != NULL, NULL);

  JsonObject *body = json_object_new ();

  json_object_set_array_member (body, "variables", build_variables (variables, SHAPE_CREATE));

  return wrap (body);
}

static JsonNode *
make_comparable (StrataProfile *profile)
{
  JsonObject *body = json_object_new ();

  json_object_set_object_member (body, "metadata", build_metadata (profile, NULL));
  json_object_set_object_member (body, "spec", build_spec (profile, SHAPE_COMPARE));

  return wrap (body);
}

/**
 * strata_palette_is_same:
 * @profile: a profile
 * @other: another
 *
 * Compares what somebody who uses the profile would notice: not white space around a text, the order of tags, and uids,
 * which the console chooses; and not the defaults of sensitive variables, which it does not show. Any thread.
 *
 * Returns: whether they say the same
 */
gboolean
strata_palette_is_same (StrataProfile *profile,
                        StrataProfile *other)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile) && STRATA_IS_PROFILE (other), FALSE);

  if (profile == other)
    return TRUE;

  g_autoptr(JsonNode) one = make_comparable (profile);
  g_autoptr(JsonNode) two = make_comparable (other);

  return json_node_equal (one, two);
}

/**
 * strata_palette_is_same_variable:
 * @variable: a variable
 * @other: another
 *
 * Compares as strata_palette_is_same() does, but a default of a sensitive one that is known here makes a difference.
 *
 * Returns: whether they say the same
 */
gboolean
strata_palette_is_same_variable (StrataVariable *variable,
                                 StrataVariable *other)
{
  g_return_val_if_fail (STRATA_IS_VARIABLE (variable) && STRATA_IS_VARIABLE (other), FALSE);

  JsonObject *mine = build_variable (variable, SHAPE_COMPARE);
  JsonObject *theirs = build_variable (other, SHAPE_COMPARE);

  set_default (mine, variable, SHAPE_CREATE);
  set_default (theirs, other, SHAPE_CREATE);

  g_autoptr(JsonNode) one = wrap (mine);
  g_autoptr(JsonNode) two = wrap (theirs);

  return json_node_equal (one, two);
}
