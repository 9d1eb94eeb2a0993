/* strata-sync-words.c - what a console adds, trims and masks is no change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync"

#include "strata-sync-words.h"

#include <string.h>

#include "strata-revision-keys.h"

/* Whether the two are the same but for white space around them, which a console takes away. */
static gboolean
is_same_text (const char *one,
              const char *other)
{
  while (g_ascii_isspace (*one))
    one++;
  while (g_ascii_isspace (*other))
    other++;

  gsize one_length = strlen (one);
  gsize other_length = strlen (other);

  while (one_length > 0 && g_ascii_isspace (one[one_length - 1]))
    one_length--;
  while (other_length > 0 && g_ascii_isspace (other[other_length - 1]))
    other_length--;

  return one_length == other_length && memcmp (one, other, one_length) == 0;
}

/* Whether the two are the same, or one side does not say and the other does. */
static gboolean
is_same_or_unsaid (const char *one,
                   const char *other)
{
  return *one == '\0' || *other == '\0' || g_str_equal (one, other);
}

/* What a layer asks for. */
static const char *
get_wanted (StrataLayer *layer)
{
  const char *tag = strata_layer_get (layer, STRATA_LAYER_TAG);

  return *tag != '\0' ? tag : strata_layer_get_version (layer);
}

static gboolean
is_same_manifests (GPtrArray *one,
                   GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    if (!g_str_equal (strata_manifest_get_name (one->pdata[i]),
                      strata_manifest_get_name (other->pdata[i])) ||
        !is_same_text (strata_manifest_get_text (one->pdata[i]),
                       strata_manifest_get_text (other->pdata[i])))
      return FALSE;

  return TRUE;
}

/* Whether both are of the same pack or chart, wherever its uid was found out. */
static gboolean
is_same_pack (StrataLayer *one,
              StrataLayer *other)
{
  return strata_layer_get_kind (one) == strata_layer_get_kind (other) &&
         g_str_equal (get_wanted (one), get_wanted (other)) &&
         is_same_or_unsaid (strata_layer_get (one, STRATA_LAYER_REGISTRY_UID),
                            strata_layer_get (other, STRATA_LAYER_REGISTRY_UID));
}

static gboolean
is_same_layer (StrataLayer *one,
               StrataLayer *other)
{
  return g_str_equal (strata_layer_get_name (one), strata_layer_get_name (other)) &&
         is_same_pack (one, other) &&
         is_same_text (strata_layer_get_text (one), strata_layer_get_text (other)) &&
         is_same_manifests (strata_layer_get_manifests (one), strata_layer_get_manifests (other));
}

/* What a console takes for a field that is not said. */
static const char *
get_said (StrataVariable      *variable,
          StrataVariableField  field)
{
  const char *text = strata_variable_get (variable, field);

  if (*text != '\0')
    return text;

  return field == STRATA_VARIABLE_FORMAT ? "string" : field == STRATA_VARIABLE_INPUT_TYPE ? "text" : "";
}

/* Nobody can tell whether two secrets are the same when one of them is masked. */
static gboolean
is_same_default (StrataVariable *one,
                 StrataVariable *other)
{
  return strata_revision_is_masked (one) || strata_revision_is_masked (other) ||
         g_str_equal (strata_variable_get (one, STRATA_VARIABLE_DEFAULT),
                      strata_variable_get (other, STRATA_VARIABLE_DEFAULT));
}

static gboolean
is_same_variable (StrataVariable *one,
                  StrataVariable *other)
{
  GPtrArray *options = strata_variable_get_options (one);
  GPtrArray *others = strata_variable_get_options (other);

  for (guint i = 0; i < STRATA_VARIABLE_EXTRA; i++)
    if (i != STRATA_VARIABLE_DEFAULT && !is_same_text (get_said (one, i), get_said (other, i)))
      return FALSE;

  if (options->len != others->len)
    return FALSE;

  for (guint i = 0; i < options->len; i++)
    if (!strata_variable_option_equal (options->pdata[i], others->pdata[i]))
      return FALSE;

  return strata_variable_get_flags (one) == strata_variable_get_flags (other) &&
         is_same_default (one, other);
}

/* The variable of that name, or %NULL. */
StrataVariable *
strata_sync_find_variable (GPtrArray  *variables,
                           const char *name)
{
  for (guint i = 0; i < variables->len; i++)
    if (g_str_equal (strata_variable_get_name (variables->pdata[i]), name))
      return variables->pdata[i];

  return NULL;
}

static gboolean
is_same_variables (GPtrArray *one,
                   GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;

  for (guint i = 0; i < one->len; i++)
    {
      StrataVariable *found = strata_sync_find_variable (other, strata_variable_get_name (one->pdata[i]));

      if (found == NULL || !is_same_variable (one->pdata[i], found))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_tag (GPtrArray *tags,
         StrataTag *tag)
{
  for (guint i = 0; i < tags->len; i++)
    if (strata_tag_equal (tags->pdata[i], tag))
      return TRUE;

  return FALSE;
}

/* A console keeps tags in no order. */
static gboolean
is_same_tags (GPtrArray *one,
              GPtrArray *other)
{
  for (guint i = 0; i < one->len; i++)
    if (!has_tag (other, one->pdata[i]))
      return FALSE;

  for (guint i = 0; i < other->len; i++)
    if (!has_tag (one, other->pdata[i]))
      return FALSE;

  return TRUE;
}

/* Whether the two are one profile to a person, though a console trims texts, masks secrets, adds uids and members of its
 * own, and has tags and variables in no order.
 */
gboolean
strata_sync_means_same (StrataProfile *one,
                        StrataProfile *other)
{
  guint n_layers = strata_profile_get_n_layers (one);

  if (!g_str_equal (strata_profile_get_name (one), strata_profile_get_name (other)) ||
      !g_str_equal (strata_profile_get_version (one), strata_profile_get_version (other)) ||
      !is_same_text (strata_profile_get (one, STRATA_PROFILE_DESCRIPTION),
                     strata_profile_get (other, STRATA_PROFILE_DESCRIPTION)) ||
      !is_same_or_unsaid (strata_profile_get (one, STRATA_PROFILE_TYPE),
                          strata_profile_get (other, STRATA_PROFILE_TYPE)) ||
      n_layers != strata_profile_get_n_layers (other))
    return FALSE;

  for (guint i = 0; i < n_layers; i++)
    if (!is_same_layer (strata_profile_get_layer (one, i), strata_profile_get_layer (other, i)))
      return FALSE;

  return is_same_tags (strata_profile_get_tags (one), strata_profile_get_tags (other)) &&
         is_same_variables (strata_profile_get_variables (one), strata_profile_get_variables (other));
}

/* @theirs with the white space around it that @ours has, so that its last line does not seem to be changed. */
static StrataBlob *
frame (StrataBlob *theirs,
       StrataBlob *ours)
{
  const char *our_text = strata_blob_get_text (ours);
  g_autofree char *core = g_strstrip (g_strdup (strata_blob_get_text (theirs)));
  gsize length = strlen (our_text);
  gsize start = 0;
  gsize end = length;

  while (start < length && g_ascii_isspace (our_text[start]))
    start++;
  while (end > start && g_ascii_isspace (our_text[end - 1]))
    end--;

  if (*core == '\0' || start == end)
    return g_object_ref (theirs);

  g_autoptr(GString) framed = g_string_new_len (our_text, (gssize) start);

  g_string_append (framed, core);
  g_string_append (framed, our_text + end);

  return strata_blob_new_text (framed->str);
}

/* What the console has of a text, in the words of ours where it means the same. */
static StrataBlob *
reword_text (StrataBlob *theirs,
             StrataBlob *ours)
{
  return is_same_text (strata_blob_get_text (theirs), strata_blob_get_text (ours))
           ? g_object_ref (ours)
           : frame (theirs, ours);
}

/* Takes @layer and gives it back with what this disk has of the same pack and the console does not say. */
static StrataLayer *
reword_fields (StrataLayer *layer,
               StrataLayer *ours)
{
  StrataLayer *next;

  for (guint i = 0; i < STRATA_LAYER_EXTRA; i++)
    if (*strata_layer_get (layer, i) == '\0' && *strata_layer_get (ours, i) != '\0')
      {
        next = strata_layer_with (layer, i, strata_layer_get (ours, i));
        g_object_unref (layer);
        layer = next;
      }

  if (strata_layer_get_files (layer)->len > 0)
    return layer;

  next = strata_layer_with_files (layer, strata_layer_get_files (ours));
  g_object_unref (layer);

  return next;
}

/* (transfer full): the manifests of @layer, each in our words where it is the same */
static GPtrArray *
reword_manifests (StrataLayer *layer,
                  StrataLayer *ours)
{
  GPtrArray *manifests = strata_layer_get_manifests (layer);
  GPtrArray *reworded = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < manifests->len; i++)
    {
      StrataManifest *manifest = manifests->pdata[i];
      StrataManifest *mine =
        strata_layer_find_manifest (ours, strata_manifest_get_name (manifest), NULL);

      g_autoptr(StrataBlob) content =
        mine != NULL ? reword_text (strata_manifest_get_content (manifest), strata_manifest_get_content (mine))
                     : g_object_ref (strata_manifest_get_content (manifest));

      g_ptr_array_add (reworded, strata_manifest_with_content (manifest, content));
    }

  return reworded;
}

static StrataLayer *
reword_layer (StrataLayer   *layer,
              StrataProfile *ours)
{
  StrataLayer *mine = strata_profile_find_layer (ours, strata_layer_get_name (layer), NULL);

  if (mine == NULL)
    return g_object_ref (layer);

  g_autoptr(GPtrArray) manifests = reword_manifests (layer, mine);
  g_autoptr(StrataLayer) reworded = strata_layer_with_manifests (layer, manifests);
  g_autoptr(StrataBlob) values =
    reword_text (strata_layer_get_values (layer), strata_layer_get_values (mine));
  StrataLayer *valued = strata_layer_with_values (reworded, values);

  return is_same_pack (layer, mine) ? reword_fields (valued, mine) : valued;
}

/* A console never says a secret; what this disk knows of it stays. */
static GPtrArray *
reword_variables (GPtrArray *variables,
                  GPtrArray *ours)
{
  GPtrArray *reworded = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = variables->pdata[i];
      StrataVariable *mine = strata_sync_find_variable (ours, strata_variable_get_name (variable));

      if (mine != NULL && strata_revision_is_masked (variable) && strata_revision_is_secret (mine))
        g_ptr_array_add (reworded,
                         strata_variable_with (variable, STRATA_VARIABLE_DEFAULT,
                                               strata_variable_get (mine, STRATA_VARIABLE_DEFAULT)));
      else
        g_ptr_array_add (reworded, g_object_ref (variable));
    }

  return reworded;
}

/* The profile that a console answered, as this disk would write it: with @id, and where it means the same as @ours, which
 * may be %NULL, in the very words of that. So a difference between the two is one that a person made.
 */
StrataProfile *
strata_sync_reword (StrataProfile *theirs,
                    StrataProfile *ours,
                    const char    *id)
{
  g_autoptr(StrataProfile) named = strata_profile_with (theirs, STRATA_PROFILE_ID, id);

  if (ours == NULL)
    return g_steal_pointer (&named);

  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = reword_variables (strata_profile_get_variables (named),
                                                     strata_profile_get_variables (ours));

  for (guint i = 0; i < strata_profile_get_n_layers (named); i++)
    g_ptr_array_add (layers, reword_layer (strata_profile_get_layer (named, i), ours));

  g_autoptr(StrataProfile) layered = strata_profile_with_layers (named, layers);
  g_autoptr(StrataProfile) varied = strata_profile_with_variables (layered, variables);
  gboolean is_ordered =
    is_same_tags (strata_profile_get_tags (varied), strata_profile_get_tags (ours));
  g_autoptr(StrataProfile) tagged =
    strata_profile_with_tags (varied, strata_profile_get_tags (is_ordered ? ours : varied));
  const char *description = strata_profile_get (ours, STRATA_PROFILE_DESCRIPTION);

  if (is_same_text (description, strata_profile_get (tagged, STRATA_PROFILE_DESCRIPTION)))
    return strata_profile_with (tagged, STRATA_PROFILE_DESCRIPTION, description);

  return g_steal_pointer (&tagged);
}

/* Joins both, where @base may be %NULL, without taking for a change what a console does to white space, and what it hides. */
StrataMerge *
strata_sync_merge (StrataProfile *base,
                   StrataProfile *mine,
                   StrataProfile *theirs)
{
  const char *id = strata_profile_get_id (mine);
  g_autoptr(StrataProfile) worded_base = base != NULL ? strata_sync_reword (base, mine, id) : NULL;
  g_autoptr(StrataProfile) worded_theirs = strata_sync_reword (theirs, mine, id);

  return strata_merge_new (worded_base, mine, worded_theirs);
}
