/* strata-palette-read.c - a profile from any of the bodies that the console exports, returns and takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-palette-read"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-extra.h"
#include "strata-json.h"
#include "strata-members.h"
#include "strata-palette-private.h"
#include "strata-palette.h"

/* The objects of a body, wherever its shape has them. */
typedef struct
{
  JsonObject *root;
  JsonObject *metadata;       /* (nullable) */
  JsonObject *spec;           /* (nullable) */
  JsonObject *template;       /* (nullable) */
  const char *template_name;  /* template, draft or published */
  JsonArray  *packs;          /* (nullable) */
  JsonArray  *variables;      /* (nullable) */
} Body;

static void
take_profile (StrataProfile **profile,
              StrataProfile  *changed)
{
  g_object_unref (*profile);
  *profile = changed;
}

/* An export and a request have a template. A response has what is published and, when it was edited since, a draft:
 * that is what a person works on. */
static void
find_template (Body     *body,
               GError  **failure)
{
  static const char *const names[] = { "template", "draft", "published" };

  body->template_name = names[0];

  for (guint i = 0; i < G_N_ELEMENTS (names) && body->template == NULL; i++)
    {
      body->template = strata_members_get_object (body->spec, "spec", names[i], failure);

      if (body->template != NULL)
        body->template_name = names[i];
    }
}

static void
find_parts (Body        *body,
            JsonObject  *root,
            GError     **failure)
{
  body->root = root;
  body->metadata = strata_members_get_object (root, "", "metadata", failure);
  body->spec = strata_members_get_object (root, "", "spec", failure);
  find_template (body, failure);

  g_autofree char *path = g_strconcat ("spec.", body->template_name, NULL);

  body->packs = strata_members_get_list (body->template, path, "packs", failure);
  body->variables = strata_members_get_list (body->spec, "spec", "variables", failure);
}

/* The answer to a request for variables has nothing around them. */
static void
find_bare_variables (Body     *body,
                     GError  **failure)
{
  if (body->variables == NULL && body->spec == NULL && body->metadata == NULL)
    body->variables = strata_members_get_list (body->root, "", "variables", failure);
}

static const char *
read_either (JsonObject  *first,
             const char  *first_path,
             const char  *first_member,
             JsonObject  *second,
             const char  *second_path,
             const char  *second_member,
             GError     **failure)
{
  const char *text = strata_members_get_text (first, first_path, first_member, failure);
  const char *other = strata_members_get_text (second, second_path, second_member, failure);

  return *text != '\0' ? text : other;
}

/* The labels of a profile. */
GPtrArray *
strata_palette_read_tags (JsonObject  *metadata,
                          GError     **failure)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_object_unref);
  JsonObject *labels = strata_members_get_object (metadata, "metadata", "labels", failure);
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (labels == NULL)
    return tags;

  json_object_iter_init_ordered (&iter, labels);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      const char *value = strata_members_get_text (labels, "metadata.labels", key, failure);
      gboolean is_bare = g_str_equal (value, STRATA_PALETTE_BARE_TAG);

      if (!JSON_NODE_HOLDS_NULL (node))
        g_ptr_array_add (tags, strata_tag_new_raw (key, is_bare ? NULL : value));
    }

  return tags;
}

/* A system profile for any cloud unless the body says otherwise, be it with an empty text. */
static void
read_type (StrataProfile      **profile,
           Body                *body,
           const char          *member,
           StrataProfileField   field,
           GError             **failure)
{
  g_autofree char *path = g_strconcat ("spec.", body->template_name, NULL);
  const char *text = strata_members_get_text (body->template, path, member, failure);

  if (body->template != NULL && json_object_has_member (body->template, member) &&
      !json_object_get_null_member (body->template, member))
    take_profile (profile, strata_profile_with (*profile, field, text));
}

static StrataProfile *
read_head (Body        *body,
           const char  *fallback_name,
           GError     **failure)
{
  gboolean is_nameless = body->metadata == NULL && fallback_name != NULL;
  const char *name = is_nameless
                       ? fallback_name
                       : strata_members_get_name (body->metadata, "metadata", "name", failure);
  JsonObject *annotations =
    strata_members_get_object (body->metadata, "metadata", "annotations", failure);
  const char *description = read_either (body->metadata, "metadata", "description", annotations,
                                         "metadata.annotations", "description", failure);
  const char *version =
    read_either (body->spec, "spec", "version", body->metadata, "metadata", "version", failure);
  const char *uid = strata_members_get_text (body->metadata, "metadata", "uid", failure);
  g_autoptr(GPtrArray) tags = strata_palette_read_tags (body->metadata, failure);
  StrataProfile *profile = strata_profile_new (name, version);

  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_DESCRIPTION, description));
  take_profile (&profile, strata_profile_with (profile, STRATA_PROFILE_UID, uid));
  take_profile (&profile, strata_profile_with_tags (profile, tags));
  read_type (&profile, body, "type", STRATA_PROFILE_TYPE, failure);
  read_type (&profile, body, "cloudType", STRATA_PROFILE_CLOUD_TYPE, failure);

  return profile;
}

/* The body as it would be written: the template under its own name, what has a value of its own left out. */
static JsonObject *
mirror_body (Body *body)
{
  JsonObject *root = strata_extra_copy (body->root);

  if (body->variables != NULL && body->spec == NULL)
    strata_extra_drop_filled (root, "variables");

  if (body->spec == NULL)
    return root;

  JsonObject *spec = strata_extra_copy (body->spec);

  strata_extra_drop_filled (spec, "variables");
  json_object_set_object_member (root, "spec", spec);

  if (body->template != NULL)
    {
      JsonObject *template = strata_extra_copy (body->template);

      strata_extra_drop_filled (template, "packs");
      json_object_remove_member (spec, body->template_name);
      json_object_set_object_member (spec, "template", template);
    }

  return root;
}

static void
keep_profile_extra (StrataProfile **profile,
                    Body           *body)
{
  g_autoptr(JsonObject) mirror = mirror_body (body);
  g_autoptr(JsonObject) known = strata_palette_build_profile (*profile);
  g_autoptr(JsonObject) rest = strata_extra_subtract (mirror, known);

  for (const StrataPaletteLink *link = strata_palette_profile_links; link->path != NULL; link++)
    strata_extra_unlink (rest, link->path, strata_profile_get (*profile, link->field));

  g_autofree char *extra = strata_extra_to_text (rest);

  take_profile (profile, strata_profile_with (*profile, STRATA_PROFILE_EXTRA, extra));
}

/* Any object of a cluster has metadata and a spec too, and the answers of a console say neither what they are. */
static void
refuse_object (Body    *body,
               GError **failure)
{
  const char *kind = strata_members_get_text (body->root, "", "kind", failure);
  const char *version = strata_members_get_text (body->root, "", "apiVersion", failure);

  if (*failure == NULL && *kind != '\0' && *version != '\0' && body->packs == NULL && body->variables == NULL)
    g_set_error (failure, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("This is a Kubernetes object of the kind “%s” and no profile: add it to a layer as a manifest"), kind);
}

static StrataProfile *
read_body (JsonObject  *root,
           const char  *fallback_name,
           GError     **failure)
{
  Body body = { 0 };

  find_parts (&body, root, failure);
  find_bare_variables (&body, failure);
  refuse_object (&body, failure);

  g_autoptr(StrataProfile) profile = read_head (&body, fallback_name, failure);
  g_autoptr(GPtrArray) layers =
    strata_palette_read_layers (body.packs, body.template_name, failure);
  g_autoptr(GPtrArray) variables = strata_palette_read_variables (body.variables, failure);

  if (*failure != NULL)
    return NULL;

  keep_profile_extra (&profile, &body);
  take_profile (&profile, strata_profile_with_variables (profile, variables));

  return strata_profile_with_layers (profile, layers);
}

static JsonNode *
parse_text (const char  *text,
            gssize       length,
            GError     **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize start = 0;

  while (start < size && g_ascii_isspace (text[start]))
    start++;

  if (start < size && (text[start] == '{' || text[start] == '['))
    return strata_json_parse (text, length, error);

  return strata_json_from_yaml (text, length, error);
}

/**
 * strata_palette_read:
 * @text: JSON or YAML
 * @length: its length in bytes, or -1 when it ends in a NUL
 * @fallback_name: (nullable): the name of a profile whose body has no metadata
 * @error: return location for a `STRATA_ERROR_INVALID` that names the member, or a `STRATA_ERROR_TOO_LARGE`
 *
 * Reads any body of the console that holds a profile or a part of one: an export, a request to create, update or clone,
 * a response. What a person works on is taken: the template, else the draft, else what is published. Explicit null is
 * absent. Members that are not known here, and known ones that say an empty value, are kept as extra ones, so that
 * strata_palette_write() loses nothing. Any thread.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataProfile *
strata_palette_read (const char  *text,
                     gssize       length,
                     const char  *fallback_name,
                     GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(JsonNode) node = parse_text (text, length, error);
  GError *failure = NULL;

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("This is no profile: it should start with metadata and spec"));
      return NULL;
    }

  StrataProfile *profile = read_body (json_node_get_object (node), fallback_name, &failure);

  if (failure != NULL)
    g_propagate_error (error, failure);

  return profile;
}
