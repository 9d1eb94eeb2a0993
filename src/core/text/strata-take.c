/* strata-take.c - one change taken back, or over from another profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-take"

#include "strata-take.h"

#include <string.h>

#include "strata-diff-private.h"

#define VALUES "values.yaml"
#define VARIABLES "variables."

/* Layers as a whole */

/* Above what is below it in @other, as far as that is here. */
static guint
find_place (StrataProfile *profile,
            StrataProfile *other,
            guint          at)
{
  guint position;

  for (guint i = at; i > 0; i--)
    if (strata_profile_find_layer (profile, strata_layer_get_name (strata_profile_get_layer (other, i - 1)), &position))
      return position + 1;

  return 0;
}

static StrataProfile *
take_layer_place (StrataProfile *profile,
                  StrataProfile *other,
                  guint          here,
                  guint          there)
{
  StrataLayer *layer = strata_profile_get_layer (profile, here);
  g_autoptr(StrataProfile) without = strata_profile_without_layer (profile, here);

  return strata_profile_with_layer_inserted (without, find_place (without, other, there), layer);
}

static StrataProfile *
take_whole_layer (StrataProfile      *profile,
                  StrataProfile      *other,
                  const StrataChange *change)
{
  const char *old_name = change->kind == STRATA_CHANGE_RENAMED ? change->old_value : change->layer;
  guint here = 0;
  guint there = 0;
  StrataLayer *mine = strata_profile_find_layer (profile, change->layer, &here);
  StrataLayer *theirs = strata_profile_find_layer (other, old_name, &there);

  if (change->kind == STRATA_CHANGE_ADDED && mine != NULL)
    return strata_profile_without_layer (profile, here);
  if (change->kind == STRATA_CHANGE_REMOVED && theirs != NULL && mine == NULL)
    return strata_profile_with_layer_inserted (profile, find_place (profile, other, there), theirs);
  if (change->kind == STRATA_CHANGE_MOVED && mine != NULL && change->old_value != NULL)
    {
      guint place = (guint) g_ascii_strtoull (change->old_value, NULL, 10);

      return place > 0 && place <= strata_profile_get_n_layers (other)
               ? take_layer_place (profile, other, here, place - 1)
               : NULL;
    }
  if (change->kind == STRATA_CHANGE_RENAMED && mine != NULL && theirs != NULL &&
      strata_profile_find_layer (profile, old_name, NULL) == NULL)
    {
      g_autoptr(StrataLayer) layer = strata_layer_with (mine, STRATA_LAYER_NAME, old_name);

      return strata_profile_with_layer (profile, here, layer);
    }

  return NULL;
}

/* What is in a layer */

/* The layer of @other that is the one called @name in @profile. */
static StrataLayer *
find_other (StrataProfile *profile,
            StrataProfile *other,
            const char    *name)
{
  guint position;
  StrataLayer *layer = strata_profile_find_layer (profile, name, &position);
  g_autofree int *match = layer != NULL ? strata_diff_match_layers (other, profile) : NULL;

  for (guint i = 0; match != NULL && i < strata_profile_get_n_layers (other); i++)
    if (match[i] == (int) position)
      return strata_profile_get_layer (other, i);

  return NULL;
}

static StrataLayer *
take_file (StrataLayer *layer,
           StrataLayer *other,
           const char  *path)
{
  GPtrArray *files = strata_layer_get_files (layer);
  StrataFile *file = strata_layer_find_file (other, path);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    if (!g_str_equal (strata_file_get_path (files->pdata[i]), path))
      g_ptr_array_add (list, g_object_ref (files->pdata[i]));
  if (file != NULL)
    g_ptr_array_add (list, g_object_ref (file));

  return strata_layer_with_files (layer, list);
}

static StrataLayer *
take_document (StrataLayer *layer,
               StrataLayer *other,
               const char  *document)
{
  StrataManifest *manifest = strata_layer_find_manifest (other, document, NULL);

  if (g_str_equal (document, VALUES))
    return strata_layer_with_values (layer, strata_layer_get_values (other));
  if (manifest != NULL)
    return strata_layer_with_manifest (layer, manifest);
  if (strata_layer_find_manifest (layer, document, NULL) != NULL)
    return strata_layer_without_manifest (layer, document);

  return take_file (layer, other, document);
}

/* (nullable): the text of a document that is in the profile */
static StrataBlob *
get_document (StrataLayer *layer,
              const char  *document)
{
  StrataManifest *manifest = strata_layer_find_manifest (layer, document, NULL);

  if (g_str_equal (document, VALUES))
    return strata_layer_get_values (layer);

  return manifest != NULL ? strata_manifest_get_content (manifest) : NULL;
}

static StrataLayer *
take_document_path (StrataLayer        *layer,
                    StrataLayer        *other,
                    const StrataChange *change)
{
  StrataBlob *mine = get_document (layer, change->document);
  StrataBlob *theirs = get_document (other, change->document);
  g_autofree char *text =
    mine != NULL && theirs != NULL
      ? strata_take_path (strata_blob_get_text (mine), strata_blob_get_text (theirs), change->path)
      : NULL;

  if (text == NULL)
    return NULL;

  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  if (g_str_equal (change->document, VALUES))
    return strata_layer_with_values (layer, blob);

  g_autoptr(StrataManifest) manifest =
    strata_manifest_with_content (strata_layer_find_manifest (layer, change->document, NULL), blob);

  return strata_layer_with_manifest (layer, manifest);
}

static StrataLayer *
take_layer_field (StrataLayer *layer,
                  StrataLayer *other,
                  const char  *path)
{
  static const struct
  {
    const char       *path;
    StrataLayerField  field;
  } fields[] = {
    { "tag", STRATA_LAYER_TAG },
    { "version", STRATA_LAYER_VERSION },
    { "layer", STRATA_LAYER_PACK_LAYER },
    { "registry", STRATA_LAYER_REGISTRY_NAME },
    { "digest", STRATA_LAYER_DIGEST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (path, fields[i].path))
      return strata_layer_with (layer, fields[i].field, strata_layer_get (other, fields[i].field));

  return NULL;
}

static StrataProfile *
take_in_layer (StrataProfile      *profile,
               StrataProfile      *other,
               const StrataChange *change)
{
  guint position;
  StrataLayer *layer = strata_profile_find_layer (profile, change->layer, &position);
  StrataLayer *theirs = find_other (profile, other, change->layer);

  if (layer == NULL || theirs == NULL)
    return NULL;

  g_autoptr(StrataLayer) changed =
    change->document == NULL ? take_layer_field (layer, theirs, change->path)
    : change->path == NULL   ? take_document (layer, theirs, change->document)
                             : take_document_path (layer, theirs, change);

  return changed != NULL ? strata_profile_with_layer (profile, position, changed) : NULL;
}

/* The profile's own data */

static StrataProfile *
take_tag (StrataProfile      *profile,
          const StrataChange *change)
{
  GPtrArray *tags = strata_profile_get_tags (profile);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *text = strata_tag_to_string (tags->pdata[i]);

      if (g_strcmp0 (text, change->new_value) != 0)
        g_ptr_array_add (list, g_object_ref (tags->pdata[i]));
    }

  if (change->old_value != NULL)
    {
      const char *colon = strchr (change->old_value, ':');
      g_autofree char *key = colon != NULL ? g_strndup (change->old_value, (gsize) (colon - change->old_value))
                                           : g_strdup (change->old_value);

      g_ptr_array_add (list, strata_tag_new_raw (key, colon != NULL ? colon + 1 : NULL));
    }

  return strata_profile_with_tags (profile, list);
}

/* The variable that a path names, and what of it; names hold no dot. */
static StrataVariable *
find_variable (GPtrArray   *variables,
               const char  *path,
               const char **field)
{
  const char *name = path + strlen (VARIABLES);
  const char *dot = strchr (name, '.');
  gsize length = dot != NULL ? (gsize) (dot - name) : strlen (name);

  *field = dot != NULL ? dot + 1 : NULL;

  for (guint i = 0; i < variables->len; i++)
    {
      const char *candidate = strata_variable_get_name (variables->pdata[i]);

      if (strlen (candidate) == length && strncmp (candidate, name, length) == 0)
        return variables->pdata[i];
    }

  return NULL;
}

static StrataVariable *
take_variable_field (StrataVariable *variable,
                     StrataVariable *other,
                     const char     *path)
{
  static const struct
  {
    const char          *path;
    StrataVariableField  field;
  } fields[] = {
    { "displayName", STRATA_VARIABLE_DISPLAY_NAME }, { "description", STRATA_VARIABLE_DESCRIPTION },
    { "format", STRATA_VARIABLE_FORMAT },            { "inputType", STRATA_VARIABLE_INPUT_TYPE },
    { "regex", STRATA_VARIABLE_REGEX },              { "defaultValue", STRATA_VARIABLE_DEFAULT },
  };

  for (gsize i = 0; path != NULL && i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (path, fields[i].path))
      return strata_variable_with (variable, fields[i].field, strata_variable_get (other, fields[i].field));

  return g_object_ref (other);
}

/* A variable that was renamed comes under the path of its old name. */
static StrataProfile *
take_variable (StrataProfile      *profile,
               StrataProfile      *other,
               const StrataChange *change)
{
  GPtrArray *variables = strata_profile_get_variables (profile);
  g_autofree char *new_path =
    change->kind == STRATA_CHANGE_RENAMED ? g_strconcat (VARIABLES, change->new_value, NULL) : g_strdup (change->path);
  const char *field;
  StrataVariable *mine = find_variable (variables, new_path, &field);
  StrataVariable *theirs = find_variable (strata_profile_get_variables (other), change->path, &field);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    {
      if (variables->pdata[i] != mine)
        g_ptr_array_add (list, g_object_ref (variables->pdata[i]));
      else if (theirs != NULL)
        g_ptr_array_add (list, take_variable_field (mine, theirs, field));
    }
  if (mine == NULL && theirs != NULL)
    g_ptr_array_add (list, g_object_ref (theirs));

  return strata_profile_with_variables (profile, list);
}

static StrataProfile *
take_field (StrataProfile *profile,
            StrataProfile *other,
            const char    *path)
{
  static const struct
  {
    const char         *path;
    StrataProfileField  field;
  } fields[] = {
    { "name", STRATA_PROFILE_NAME }, { "version", STRATA_PROFILE_VERSION }, { "description", STRATA_PROFILE_DESCRIPTION },
    { "type", STRATA_PROFILE_TYPE }, { "cloudType", STRATA_PROFILE_CLOUD_TYPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (path, fields[i].path))
      return strata_profile_with (profile, fields[i].field, strata_profile_get (other, fields[i].field));

  return NULL;
}

/**
 * strata_take_change:
 * @profile: a profile
 * @other: the one to take from
 * @change: a change that [func@diff_profiles] found from @other to @profile
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): @profile with what @other has in that place; %NULL when the change is not one
 *   between these two, or cannot be taken alone
 */
StrataProfile *
strata_take_change (StrataProfile      *profile,
                    StrataProfile      *other,
                    const StrataChange *change)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile) && STRATA_IS_PROFILE (other), NULL);
  g_return_val_if_fail (change != NULL, NULL);

  if (change->layer != NULL && change->document == NULL && change->path == NULL)
    return take_whole_layer (profile, other, change);
  if (change->layer != NULL)
    return take_in_layer (profile, other, change);
  if (change->path == NULL)
    return NULL;
  if (g_str_equal (change->path, "tags"))
    return take_tag (profile, change);
  if (g_str_has_prefix (change->path, VARIABLES))
    return take_variable (profile, other, change);

  return take_field (profile, other, change->path);
}

/**
 * strata_take_layer:
 * @profile: a profile
 * @other: the one to take from
 * @name: the name of a layer in @profile, or in @other when it is not in @profile
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): @profile with that layer as a whole as @other has it, with its name, in its
 *   place here; without it when @other does not have it; %NULL when neither has
 */
StrataProfile *
strata_take_layer (StrataProfile *profile,
                   StrataProfile *other,
                   const char    *name)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile) && STRATA_IS_PROFILE (other) && name != NULL, NULL);

  guint position = 0;
  guint there = 0;
  StrataLayer *mine = strata_profile_find_layer (profile, name, &position);
  StrataLayer *theirs = mine != NULL ? find_other (profile, other, name)
                                     : strata_profile_find_layer (other, name, &there);

  if (mine != NULL && theirs != NULL)
    return strata_profile_with_layer (profile, position, theirs);
  if (mine != NULL)
    return strata_profile_without_layer (profile, position);
  if (theirs == NULL)
    return NULL;

  return strata_profile_with_layer_inserted (profile, find_place (profile, other, there), theirs);
}

/**
 * strata_take_hunk:
 * @text: a text
 * @other: the one to take from
 * @hunk: a hunk that [func@diff_lines] found from @other to @text
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): @text with the lines of @other in that place; %NULL when the hunk is not one
 *   between these two
 */
char *
strata_take_hunk (const char       *text,
                  const char       *other,
                  const StrataHunk *hunk)
{
  g_return_val_if_fail (text != NULL && other != NULL && hunk != NULL, NULL);

  g_auto(StrataLines) lines = { 0 };
  g_auto(StrataLines) others = { 0 };

  strata_lines_init (&lines, text);
  strata_lines_init (&others, other);

  if (hunk->new_start > lines.n || hunk->new_count > lines.n - hunk->new_start || hunk->old_start > others.n ||
      hunk->old_count > others.n - hunk->old_start)
    return NULL;

  gsize start = lines.starts[hunk->new_start];
  gsize end = lines.starts[hunk->new_start + hunk->new_count];
  gsize from = others.starts[hunk->old_start];
  gsize to = others.starts[hunk->old_start + hunk->old_count];
  g_autoptr(GString) result = g_string_new_len (text, (gssize) start);

  g_string_append_len (result, other + from, (gssize) (to - from));
  g_string_append (result, text + end);

  return g_string_free (g_steal_pointer (&result), FALSE);
}
