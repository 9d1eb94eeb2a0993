/* strata-profile-diff.c - what is different between two profiles: by layer, then by path, then by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile-diff"

#include "strata-merge-private.h"

#include <string.h>

typedef struct
{
  int         field;
  const char *path;
} Field;

static const Field profile_fields[] = {
  { STRATA_PROFILE_NAME, "name" },
  { STRATA_PROFILE_VERSION, "version" },
  { STRATA_PROFILE_DESCRIPTION, "description" },
  { STRATA_PROFILE_TYPE, "type" },
  { STRATA_PROFILE_CLOUD_TYPE, "cloudType" },
};

static const Field layer_fields[] = {
  { STRATA_LAYER_TAG, "tag" },
  { STRATA_LAYER_VERSION, "version" },
  { STRATA_LAYER_PACK_LAYER, "layer" },
  { STRATA_LAYER_REGISTRY_NAME, "registry" },
  { STRATA_LAYER_DIGEST, "digest" },
};

static const Field variable_fields[] = {
  { STRATA_VARIABLE_DISPLAY_NAME, "displayName" },
  { STRATA_VARIABLE_DESCRIPTION, "description" },
  { STRATA_VARIABLE_FORMAT, "format" },
  { STRATA_VARIABLE_INPUT_TYPE, "inputType" },
  { STRATA_VARIABLE_REGEX, "regex" },
};

static StrataChange *
add (GPtrArray        *changes,
     StrataChangeKind  kind,
     const char       *layer,
     const char       *path,
     const char       *old_value,
     const char       *new_value)
{
  StrataChange *change = strata_change_new (kind, path, old_value, new_value);

  change->layer = g_strdup (layer);
  g_ptr_array_add (changes, change);

  return change;
}

/* A text that was or becomes "" was added or removed. */
static void
compare_texts (GPtrArray  *changes,
               const char *layer,
               const char *path,
               const char *old_value,
               const char *new_value)
{
  if (g_str_equal (old_value, new_value))
    return;

  if (*old_value == '\0')
    add (changes, STRATA_CHANGE_ADDED, layer, path, NULL, new_value);
  else if (*new_value == '\0')
    add (changes, STRATA_CHANGE_REMOVED, layer, path, old_value, NULL);
  else
    add (changes, STRATA_CHANGE_CHANGED, layer, path, old_value, new_value);
}

static gboolean
has_tag (GPtrArray *tags,
         StrataTag *tag)
{
  return g_ptr_array_find_with_equal_func (tags, tag, (GEqualFunc) strata_tag_equal, NULL);
}

static void
compare_tags (GPtrArray *changes,
              GPtrArray *old_tags,
              GPtrArray *new_tags)
{
  for (guint i = 0; i < old_tags->len; i++)
    {
      g_autofree char *text = strata_tag_to_string (old_tags->pdata[i]);

      if (!has_tag (new_tags, old_tags->pdata[i]))
        add (changes, STRATA_CHANGE_REMOVED, NULL, "tags", text, NULL);
    }
  for (guint i = 0; i < new_tags->len; i++)
    {
      g_autofree char *text = strata_tag_to_string (new_tags->pdata[i]);

      if (!has_tag (old_tags, new_tags->pdata[i]))
        add (changes, STRATA_CHANGE_ADDED, NULL, "tags", NULL, text);
    }
}

static StrataVariable *
find_variable (GPtrArray  *variables,
               const char *name)
{
  for (guint i = 0; i < variables->len; i++)
    if (g_str_equal (strata_variable_get_name (variables->pdata[i]), name))
      return variables->pdata[i];

  return NULL;
}

/* What a person may see of a default. */
static const char *
get_default (StrataVariable *variable)
{
  const char *value = strata_variable_get (variable, STRATA_VARIABLE_DEFAULT);

  return *value != '\0' && (strata_variable_get_flags (variable) & STRATA_VARIABLE_SENSITIVE) != 0 ? "********" : value;
}

static void
compare_variable (GPtrArray      *changes,
                  StrataVariable *old_variable,
                  StrataVariable *new_variable)
{
  const char *name = strata_variable_get_name (old_variable);
  guint before = changes->len;

  for (gsize i = 0; i < G_N_ELEMENTS (variable_fields); i++)
    {
      StrataVariableField field = (StrataVariableField) variable_fields[i].field;
      g_autofree char *path = g_strdup_printf ("variables.%s.%s", name, variable_fields[i].path);

      compare_texts (changes, NULL, path, strata_variable_get (old_variable, field),
                     strata_variable_get (new_variable, field));
    }

  g_autofree char *path = g_strdup_printf ("variables.%s", name);
  g_autofree char *default_path = g_strdup_printf ("%s.defaultValue", path);

  if (!g_str_equal (strata_variable_get (old_variable, STRATA_VARIABLE_DEFAULT),
                    strata_variable_get (new_variable, STRATA_VARIABLE_DEFAULT)))
    add (changes, STRATA_CHANGE_CHANGED, NULL, default_path, get_default (old_variable), get_default (new_variable));

  if (changes->len == before && !strata_variable_equal (old_variable, new_variable))
    add (changes, STRATA_CHANGE_CHANGED, NULL, path, NULL, NULL);
}

/* The variable of @variables that is @variable under a name that @others does not have. */
static StrataVariable *
find_renamed (StrataVariable *variable,
              GPtrArray      *variables,
              GPtrArray      *others)
{
  for (guint i = 0; i < variables->len; i++)
    {
      const char *name = strata_variable_get_name (variables->pdata[i]);
      g_autoptr(StrataVariable) renamed = strata_variable_with (variable, STRATA_VARIABLE_NAME, name);

      if (find_variable (others, name) == NULL && strata_variable_equal (renamed, variables->pdata[i]))
        return variables->pdata[i];
    }

  return NULL;
}

static void
compare_variables (GPtrArray *changes,
                   GPtrArray *old_variables,
                   GPtrArray *new_variables)
{
  for (guint i = 0; i < old_variables->len; i++)
    {
      const char *name = strata_variable_get_name (old_variables->pdata[i]);
      StrataVariable *other = find_variable (new_variables, name);
      g_autofree char *path = g_strdup_printf ("variables.%s", name);

      StrataVariable *renamed =
        other == NULL ? find_renamed (old_variables->pdata[i], new_variables, old_variables) : NULL;

      if (renamed != NULL)
        add (changes, STRATA_CHANGE_RENAMED, NULL, path, name, strata_variable_get_name (renamed));
      else if (other == NULL)
        add (changes, STRATA_CHANGE_REMOVED, NULL, path, get_default (old_variables->pdata[i]), NULL);
      else
        compare_variable (changes, old_variables->pdata[i], other);
    }
  for (guint i = 0; i < new_variables->len; i++)
    {
      const char *name = strata_variable_get_name (new_variables->pdata[i]);
      g_autofree char *path = g_strdup_printf ("variables.%s", name);

      if (find_variable (old_variables, name) == NULL &&
          find_renamed (new_variables->pdata[i], old_variables, new_variables) == NULL)
        add (changes, STRATA_CHANGE_ADDED, NULL, path, NULL, get_default (new_variables->pdata[i]));
    }
}

/* First the document as a whole with its lines, then its paths. Either blob may be missing. */
static void
compare_document (GPtrArray  *changes,
                  const char *layer,
                  const char *document,
                  StrataBlob *old_blob,
                  StrataBlob *new_blob)
{
  const char *old_text = old_blob != NULL ? strata_blob_get_text (old_blob) : "";
  const char *new_text = new_blob != NULL ? strata_blob_get_text (new_blob) : "";
  StrataChangeKind kind = old_blob == NULL ? STRATA_CHANGE_ADDED
                        : new_blob == NULL ? STRATA_CHANGE_REMOVED
                                           : STRATA_CHANGE_CHANGED;

  if (old_blob != NULL && new_blob != NULL && strata_blob_equal (old_blob, new_blob))
    return;

  StrataChange *whole = add (changes, kind, layer, NULL, old_text, new_text);

  whole->document = g_strdup (document);
  whole->hunks = strata_diff_lines (old_text, new_text);

  g_autoptr(GPtrArray) paths = kind == STRATA_CHANGE_CHANGED ? strata_diff_trees (old_text, new_text) : NULL;

  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      StrataChange *change = strata_change_copy (paths->pdata[i]);

      change->layer = g_strdup (layer);
      change->document = g_strdup (document);
      g_ptr_array_add (changes, change);
    }
}

static void
compare_manifests (GPtrArray   *changes,
                   StrataLayer *old_layer,
                   StrataLayer *new_layer)
{
  const char *layer = strata_layer_get_name (new_layer);
  GPtrArray *old_manifests = strata_layer_get_manifests (old_layer);
  GPtrArray *new_manifests = strata_layer_get_manifests (new_layer);

  for (guint i = 0; i < old_manifests->len; i++)
    {
      const char *name = strata_manifest_get_name (old_manifests->pdata[i]);
      StrataManifest *other = strata_layer_find_manifest (new_layer, name, NULL);

      compare_document (changes, layer, name, strata_manifest_get_content (old_manifests->pdata[i]),
                        other != NULL ? strata_manifest_get_content (other) : NULL);
    }
  for (guint i = 0; i < new_manifests->len; i++)
    {
      const char *name = strata_manifest_get_name (new_manifests->pdata[i]);

      if (strata_layer_find_manifest (old_layer, name, NULL) == NULL)
        compare_document (changes, layer, name, NULL, strata_manifest_get_content (new_manifests->pdata[i]));
    }
}

static void
add_file (GPtrArray        *changes,
          StrataChangeKind  kind,
          StrataLayer      *layer,
          const char       *path)
{
  StrataChange *change = add (changes, kind, strata_layer_get_name (layer), NULL, NULL, NULL);

  change->document = g_strdup (path);
}

/* Files came with the pack and are nobody's to edit: that they changed is all there is to say. */
static void
compare_files (GPtrArray   *changes,
               StrataLayer *old_layer,
               StrataLayer *new_layer)
{
  GPtrArray *old_files = strata_layer_get_files (old_layer);
  GPtrArray *new_files = strata_layer_get_files (new_layer);

  for (guint i = 0; i < old_files->len; i++)
    {
      StrataFile *file = old_files->pdata[i];
      StrataFile *other = strata_layer_find_file (new_layer, strata_file_get_path (file));

      if (other == NULL)
        add_file (changes, STRATA_CHANGE_REMOVED, new_layer, strata_file_get_path (file));
      else if (!strata_file_equal (file, other))
        add_file (changes, STRATA_CHANGE_CHANGED, new_layer, strata_file_get_path (file));
    }
  for (guint i = 0; i < new_files->len; i++)
    if (strata_layer_find_file (old_layer, strata_file_get_path (new_files->pdata[i])) == NULL)
      add_file (changes, STRATA_CHANGE_ADDED, new_layer, strata_file_get_path (new_files->pdata[i]));
}

static void
compare_layer (GPtrArray   *changes,
               StrataLayer *old_layer,
               StrataLayer *new_layer)
{
  const char *name = strata_layer_get_name (new_layer);

  if (old_layer == new_layer)
    return;

  compare_texts (changes, name, "kind", strata_layer_kind_to_string (strata_layer_get_kind (old_layer)),
                 strata_layer_kind_to_string (strata_layer_get_kind (new_layer)));
  for (gsize i = 0; i < G_N_ELEMENTS (layer_fields); i++)
    {
      StrataLayerField field = (StrataLayerField) layer_fields[i].field;

      compare_texts (changes, name, layer_fields[i].path, strata_layer_get (old_layer, field),
                     strata_layer_get (new_layer, field));
    }
  compare_document (changes, name, "values.yaml", strata_layer_get_values (old_layer),
                    strata_layer_get_values (new_layer));
  compare_manifests (changes, old_layer, new_layer);
  compare_files (changes, old_layer, new_layer);
}

/* Marks the fewest layers of @new_profile that must have moved: all but a longest row of those that kept their order.
 * @before has their places in the old profile, -1 for the new ones. */
static gboolean *
find_moved (const int *before,
            guint      n)
{
  g_autofree guint *lengths = g_new0 (guint, n + 1);
  g_autofree int *previous = g_new (int, n + 1);
  gboolean *moved = g_new (gboolean, n + 1);
  int last = -1;

  for (guint i = 0; i < n; i++)
    {
      moved[i] = before[i] >= 0;
      previous[i] = -1;
      if (!moved[i])
        continue;

      lengths[i] = 1;
      for (guint j = 0; j < i; j++)
        if (lengths[j] >= lengths[i] && before[j] < before[i])
          {
            lengths[i] = lengths[j] + 1;
            previous[i] = (int) j;
          }
      if (last < 0 || lengths[i] > lengths[last])
        last = (int) i;
    }

  for (; last >= 0; last = previous[last])
    moved[last] = FALSE;

  return moved;
}

static void
compare_place (GPtrArray   *changes,
               StrataLayer *old_layer,
               StrataLayer *new_layer,
               int          before,
               guint        after,
               gboolean     is_moved)
{
  const char *name = strata_layer_get_name (new_layer);
  const char *old_name = strata_layer_get_name (old_layer);
  g_autofree char *from = g_strdup_printf ("%d", before + 1);
  g_autofree char *to = g_strdup_printf ("%u", after + 1);

  if (!g_str_equal (name, old_name))
    add (changes, STRATA_CHANGE_RENAMED, name, NULL, old_name, name);
  if (is_moved)
    add (changes, STRATA_CHANGE_MOVED, name, NULL, from, to);
}

static void
compare_layers (GPtrArray     *changes,
                StrataProfile *old_profile,
                StrataProfile *new_profile)
{
  guint n_old = strata_profile_get_n_layers (old_profile);
  guint n_new = strata_profile_get_n_layers (new_profile);
  g_autofree int *after = strata_layers_match (old_profile, new_profile, TRUE);
  g_autofree int *before = g_new (int, (gsize) n_new + 1);

  for (guint i = 0; i < n_new; i++)
    before[i] = -1;

  for (guint i = 0; i < n_old; i++)
    {
      StrataLayer *layer = strata_profile_get_layer (old_profile, i);

      if (after[i] >= 0)
        before[after[i]] = (int) i;
      else
        add (changes, STRATA_CHANGE_REMOVED, strata_layer_get_name (layer), NULL, strata_layer_get_version (layer), NULL);
    }

  g_autofree gboolean *moved = find_moved (before, n_new);

  for (guint i = 0; i < n_new; i++)
    {
      StrataLayer *layer = strata_profile_get_layer (new_profile, i);

      if (before[i] < 0)
        {
          add (changes, STRATA_CHANGE_ADDED, strata_layer_get_name (layer), NULL, NULL, strata_layer_get_version (layer));
          continue;
        }

      StrataLayer *other = strata_profile_get_layer (old_profile, (guint) before[i]);

      compare_place (changes, other, layer, before[i], i, moved[i]);
      compare_layer (changes, other, layer);
    }
}

/**
 * strata_diff_profiles:
 * @old_profile: a profile
 * @new_profile: another
 *
 * The profile's own data first, then its layers from the bottom up. A layer that was added, removed, renamed (its
 * values then are names; what else changed in it comes under the new one) or moved (its values then are positions from
 * 1, bottom first) is one change with neither document nor path. A document that
 * changed comes as a whole with its hunks, followed by its paths where both sides are YAML. The default of a sensitive
 * variable is masked. Any thread; not the main one, as the texts may be long.
 *
 * Returns: (transfer full) (element-type StrataChange): what changed; empty when nothing did
 */
GPtrArray *
strata_diff_profiles (StrataProfile *old_profile,
                      StrataProfile *new_profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (old_profile) && STRATA_IS_PROFILE (new_profile), NULL);

  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_change_free);

  for (gsize i = 0; i < G_N_ELEMENTS (profile_fields); i++)
    {
      StrataProfileField field = (StrataProfileField) profile_fields[i].field;

      compare_texts (changes, NULL, profile_fields[i].path, strata_profile_get (old_profile, field),
                     strata_profile_get (new_profile, field));
    }
  compare_tags (changes, strata_profile_get_tags (old_profile), strata_profile_get_tags (new_profile));
  compare_variables (changes, strata_profile_get_variables (old_profile),
                     strata_profile_get_variables (new_profile));
  compare_layers (changes, old_profile, new_profile);

  return changes;
}
