/* strata-variable-use.c - where the texts of a profile use a variable, and renaming it there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-variable-use"

#include "strata-variable-use.h"

#include <string.h>

#define VALUES "values.yaml"
#define PREFIX ".spectro.var."
#define NAME_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"

/* A walk over the uses in a text, wherever they stand: in comments too a template is filled in. */
typedef struct
{
  const char *at;
  const char *end;   /* (nullable): of the template that @at is in */
  const char *name;  /* what was found, not terminated */
  gsize       length;
} Walk;

G_DEFINE_BOXED_TYPE (StrataVariableUse, strata_variable_use, strata_variable_use_copy,
                     strata_variable_use_free)

/**
 * strata_variable_use_copy:
 * @use: a use
 *
 * Returns: (transfer full): a copy
 */
StrataVariableUse *
strata_variable_use_copy (const StrataVariableUse *use)
{
  g_return_val_if_fail (use != NULL, NULL);

  StrataVariableUse *copy = g_new (StrataVariableUse, 1);

  *copy = *use;
  copy->name = g_strdup (use->name);
  copy->document = g_strdup (use->document);

  return copy;
}

/**
 * strata_variable_use_free:
 * @use: (transfer full): a use
 *
 * Frees it.
 */
void
strata_variable_use_free (StrataVariableUse *use)
{
  g_free (use->name);
  g_free (use->document);
  g_free (use);
}

static gboolean
is_name_character (char letter)
{
  return g_ascii_isalnum (letter) || letter == '_' || letter == '-';
}

/* To the next one; %FALSE at the end. `.x.spectro.var.y` is something else. */
static gboolean
walk_next (Walk *walk)
{
  for (;;)
    {
      if (walk->end == NULL)
        {
          walk->at = strstr (walk->at, "{{");
          walk->end = walk->at != NULL ? strstr (walk->at, "}}") : NULL;

          if (walk->end == NULL)
            return FALSE;
        }

      const char *use = g_strstr_len (walk->at, walk->end - walk->at, PREFIX);

      if (use == NULL)
        {
          walk->at = walk->end;
          walk->end = NULL;
          continue;
        }

      walk->name = use + strlen (PREFIX);
      walk->length = MIN (strspn (walk->name, NAME_CHARACTERS), (gsize) (walk->end - walk->name));
      walk->at = walk->name;

      if (walk->length > 0 && !is_name_character (use[-1]))
        return TRUE;
    }
}

static StrataVariableUse *
use_new (const Walk *walk,
         guint       line,
         const char *line_start)
{
  StrataVariableUse *use = g_new0 (StrataVariableUse, 1);
  const char *start = walk->name - strlen (PREFIX);

  use->name = g_strndup (walk->name, walk->length);
  use->line = line;
  use->column = (guint) g_utf8_strlen (line_start, start - line_start) + 1;
  use->length = (guint) (strlen (PREFIX) + walk->length);

  return use;
}

/**
 * strata_variable_find_in_text:
 * @text: values or a manifest; need not be YAML
 *
 * Finds `.spectro.var.NAME` between `{{` and `}}`, with whatever else stands there. Any thread.
 *
 * Returns: (transfer full) (element-type StrataVariableUse): the uses in their order, of position 0 and no document
 */
GPtrArray *
strata_variable_find_in_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GPtrArray *uses = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_use_free);
  Walk walk = { .at = text };
  const char *counted = text;
  const char *line_start = text;
  guint line = 1;

  while (walk_next (&walk))
    {
      for (; counted < walk.name; counted++)
        if (*counted == '\n')
          {
            line++;
            line_start = counted + 1;
          }

      g_ptr_array_add (uses, use_new (&walk, line, line_start));
    }

  return uses;
}

static void
add_uses (GPtrArray  *uses,
          const char *text,
          guint       position,
          const char *document)
{
  g_autoptr(GPtrArray) found = strata_variable_find_in_text (text);

  for (guint i = 0; i < found->len; i++)
    {
      StrataVariableUse *use = g_ptr_array_index (found, i);

      use->position = position;
      use->document = g_strdup (document);
    }

  g_ptr_array_extend_and_steal (uses, g_steal_pointer (&found));
}

/**
 * strata_variable_find_uses:
 * @profile: a profile
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type StrataVariableUse): where its texts use variables, whether it has them or not: by
 *   layer from the bottom, then by document and line
 */
GPtrArray *
strata_variable_find_uses (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  GPtrArray *uses = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_use_free);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      GPtrArray *manifests = strata_layer_get_manifests (layer);

      add_uses (uses, strata_layer_get_text (layer), i, VALUES);

      for (guint j = 0; j < manifests->len; j++)
        {
          StrataManifest *manifest = g_ptr_array_index (manifests, j);

          add_uses (uses, strata_manifest_get_text (manifest), i,
                    strata_manifest_get_name (manifest));
        }
    }

  return uses;
}

/**
 * strata_variable_rename_text:
 * @text: values or a manifest
 * @name: a variable
 * @new_name: what it is called from now on
 *
 * Not a character changes but the names. Any thread.
 *
 * Returns: (transfer full) (nullable): the text with @new_name where it used @name, %NULL when it does not
 */
char *
strata_variable_rename_text (const char *text,
                             const char *name,
                             const char *new_name)
{
  g_return_val_if_fail (text != NULL && name != NULL && new_name != NULL, NULL);

  GString *renamed = NULL;
  Walk walk = { .at = text };
  const char *copied = text;

  while (walk_next (&walk))
    {
      if (walk.length != strlen (name) || strncmp (walk.name, name, walk.length) != 0)
        continue;

      if (renamed == NULL)
        renamed = g_string_new (NULL);

      g_string_append_len (renamed, copied, walk.name - copied);
      g_string_append (renamed, new_name);
      copied = walk.name + walk.length;
    }

  if (renamed == NULL)
    return NULL;

  g_string_append (renamed, copied);

  return g_string_free (renamed, FALSE);
}

/* (transfer full) (nullable): NULL when nothing changes. What has a NUL inside is no text, and stays as it is. */
static StrataBlob *
rename_blob (StrataBlob *blob,
             const char *name,
             const char *new_name)
{
  const char *text = strata_blob_get_text (blob);

  if (strlen (text) != strata_blob_get_size (blob))
    return NULL;

  char *renamed = strata_variable_rename_text (text, name, new_name);

  return renamed != NULL ? strata_blob_new_take (renamed, strlen (renamed)) : NULL;
}

static StrataLayer *
rename_in_manifests (StrataLayer *layer,
                     const char  *name,
                     const char  *new_name)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  StrataLayer *renamed = g_object_ref (layer);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = g_ptr_array_index (manifests, i);
      g_autoptr(StrataBlob) content =
        rename_blob (strata_manifest_get_content (manifest), name, new_name);

      if (content == NULL)
        continue;

      g_autoptr(StrataLayer) before = renamed;
      g_autoptr(StrataManifest) changed = strata_manifest_with_content (manifest, content);

      renamed = strata_layer_with_manifest (before, changed);
    }

  return renamed;
}

static StrataLayer *
rename_in_layer (StrataLayer *layer,
                 const char  *name,
                 const char  *new_name)
{
  g_autoptr(StrataBlob) values = rename_blob (strata_layer_get_values (layer), name, new_name);
  g_autoptr(StrataLayer) changed =
    values != NULL ? strata_layer_with_values (layer, values) : g_object_ref (layer);

  return rename_in_manifests (changed, name, new_name);
}

static GPtrArray *
rename_variables (GPtrArray  *variables,
                  const char *name,
                  const char *new_name)
{
  GPtrArray *renamed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      gboolean is_it = g_str_equal (strata_variable_get_name (variable), name);

      g_ptr_array_add (renamed, is_it
                                  ? strata_variable_with (variable, STRATA_VARIABLE_NAME, new_name)
                                  : g_object_ref (variable));
    }

  return renamed;
}

/**
 * strata_variable_rename:
 * @profile: a profile
 * @name: one of its variables
 * @new_name: what that is called from now on
 *
 * Renames the variable and follows it into all values and manifests; layers that do not use it are shared with @profile.
 * Any thread.
 *
 * Returns: (transfer full): the profile with that
 */
StrataProfile *
strata_variable_rename (StrataProfile *profile,
                        const char    *name,
                        const char    *new_name)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (name != NULL && new_name != NULL, NULL);

  g_autoptr(GPtrArray) variables =
    rename_variables (strata_profile_get_variables (profile), name, new_name);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataProfile) renamed = strata_profile_with_variables (profile, variables);

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    g_ptr_array_add (layers, rename_in_layer (strata_profile_get_layer (profile, i), name, new_name));

  return strata_profile_with_layers (renamed, layers);
}
