/* strata-profile.c - a system profile: a value that never changes once made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile"

#include "strata-profile.h"

#include "strata-texts.h"

/* A value: what its constructors return never changes, shares what is the same with the one it was made from, and is
 * safe to read from any thread. */
struct _StrataProfile
{
  GObject    parent_instance;
  char      *texts[STRATA_PROFILE_N_FIELDS];  /* (owned) (not nullable) */
  GPtrArray *tags;       /* (owned) (not nullable) (element-type StrataTag) */
  GPtrArray *layers;     /* (owned) (not nullable) (element-type StrataLayer): bottom first */
  GPtrArray *variables;  /* (owned) (not nullable) (element-type StrataVariable) */
};

G_DEFINE_FINAL_TYPE (StrataProfile, strata_profile, G_TYPE_OBJECT)

static void
strata_profile_finalize (GObject *object)
{
  StrataProfile *self = STRATA_PROFILE (object);

  strata_texts_clear (self->texts, STRATA_PROFILE_N_FIELDS);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->variables, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_profile_parent_class)->finalize (object);
}

static void
strata_profile_class_init (StrataProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_profile_finalize;
}

static void
strata_profile_init (StrataProfile *self)
{
  strata_texts_init (self->texts, STRATA_PROFILE_N_FIELDS);
}

static StrataProfile *
copy (StrataProfile *self)
{
  StrataProfile *result = g_object_new (STRATA_TYPE_PROFILE, NULL);

  strata_texts_copy (result->texts, self->texts, STRATA_PROFILE_N_FIELDS);
  result->tags = g_ptr_array_ref (self->tags);
  result->layers = g_ptr_array_ref (self->layers);
  result->variables = g_ptr_array_ref (self->variables);

  return result;
}

/**
 * strata_profile_new:
 * @name: its name
 * @version: its version
 *
 * Returns: (transfer full): a system profile for any cloud, with no tags, layers or variables
 */
StrataProfile *
strata_profile_new (const char *name,
                    const char *version)
{
  g_return_val_if_fail (name != NULL && version != NULL, NULL);

  StrataProfile *self = g_object_new (STRATA_TYPE_PROFILE, NULL);

  strata_texts_set (self->texts, STRATA_PROFILE_NAME, name);
  strata_texts_set (self->texts, STRATA_PROFILE_VERSION, version);
  strata_texts_set (self->texts, STRATA_PROFILE_TYPE, "system");
  strata_texts_set (self->texts, STRATA_PROFILE_CLOUD_TYPE, "all");
  self->tags = g_ptr_array_new_with_free_func (g_object_unref);
  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
  self->variables = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * strata_profile_get:
 * @self: a profile
 * @field: which text
 *
 * Returns: (transfer none): the text, "" when it is not set
 */
const char *
strata_profile_get (StrataProfile      *self,
                    StrataProfileField  field)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);
  g_return_val_if_fail (field < STRATA_PROFILE_N_FIELDS, NULL);

  return self->texts[field];
}

/**
 * strata_profile_get_id:
 * @self: a profile
 *
 * Returns: (transfer none): what names it on this disk, "" while it was never saved
 */
const char *
strata_profile_get_id (StrataProfile *self)
{
  return strata_profile_get (self, STRATA_PROFILE_ID);
}

/**
 * strata_profile_get_name:
 * @self: a profile
 *
 * Returns: (transfer none): its name
 */
const char *
strata_profile_get_name (StrataProfile *self)
{
  return strata_profile_get (self, STRATA_PROFILE_NAME);
}

/**
 * strata_profile_get_version:
 * @self: a profile
 *
 * Returns: (transfer none): its version
 */
const char *
strata_profile_get_version (StrataProfile *self)
{
  return strata_profile_get (self, STRATA_PROFILE_VERSION);
}

/**
 * strata_profile_get_tags:
 * @self: a profile
 *
 * Returns: (transfer none) (element-type StrataTag): its tags; not to be changed
 */
GPtrArray *
strata_profile_get_tags (StrataProfile *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);

  return self->tags;
}

/**
 * strata_profile_get_layers:
 * @self: a profile
 *
 * Returns: (transfer none) (element-type StrataLayer): its layers, bottom first; not to be changed
 */
GPtrArray *
strata_profile_get_layers (StrataProfile *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);

  return self->layers;
}

/**
 * strata_profile_get_variables:
 * @self: a profile
 *
 * Returns: (transfer none) (element-type StrataVariable): its variables; not to be changed
 */
GPtrArray *
strata_profile_get_variables (StrataProfile *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);

  return self->variables;
}

/**
 * strata_profile_get_n_layers:
 * @self: a profile
 *
 * Returns: how many layers it has
 */
guint
strata_profile_get_n_layers (StrataProfile *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), 0);

  return self->layers->len;
}

/**
 * strata_profile_get_layer:
 * @self: a profile
 * @position: from 0, bottom first
 *
 * Returns: (transfer none): the layer there
 */
StrataLayer *
strata_profile_get_layer (StrataProfile *self,
                          guint          position)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);
  g_return_val_if_fail (position < self->layers->len, NULL);

  return g_ptr_array_index (self->layers, position);
}

/**
 * strata_profile_find_layer:
 * @self: a profile
 * @name: the name of a layer
 * @position: (out) (optional): where it stands, bottom first
 *
 * Returns: (transfer none) (nullable): the layer, or %NULL if there is none of that name
 */
StrataLayer *
strata_profile_find_layer (StrataProfile *self,
                           const char    *name,
                           guint         *position)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && name != NULL, NULL);

  for (guint i = 0; i < self->layers->len; i++)
    {
      StrataLayer *layer = g_ptr_array_index (self->layers, i);

      if (!g_str_equal (strata_layer_get_name (layer), name))
        continue;
      if (position != NULL)
        *position = i;
      return layer;
    }

  return NULL;
}

/**
 * strata_profile_with:
 * @self: a profile
 * @field: which text
 * @value: (nullable): the text; %NULL is ""
 *
 * Returns: (transfer full): a profile like @self with @value there
 */
StrataProfile *
strata_profile_with (StrataProfile      *self,
                     StrataProfileField  field,
                     const char         *value)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);
  g_return_val_if_fail (field < STRATA_PROFILE_N_FIELDS, NULL);

  StrataProfile *result = copy (self);

  strata_texts_set (result->texts, field, value);

  return result;
}

static StrataProfile *
with_list (StrataProfile *self,
           gsize          offset,
           GPtrArray     *list)
{
  StrataProfile *result = copy (self);
  GPtrArray **place = G_STRUCT_MEMBER_P (result, offset);

  g_ptr_array_unref (*place);
  *place = strata_list_copy (list);

  return result;
}

/**
 * strata_profile_with_tags:
 * @self: a profile
 * @tags: (element-type StrataTag): tags; copied, the array may change after
 *
 * Returns: (transfer full): a profile like @self with just these tags
 */
StrataProfile *
strata_profile_with_tags (StrataProfile *self,
                          GPtrArray     *tags)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && tags != NULL, NULL);

  return with_list (self, G_STRUCT_OFFSET (StrataProfile, tags), tags);
}

/**
 * strata_profile_with_variables:
 * @self: a profile
 * @variables: (element-type StrataVariable): variables; copied, the array may change after
 *
 * Returns: (transfer full): a profile like @self with just these variables
 */
StrataProfile *
strata_profile_with_variables (StrataProfile *self,
                               GPtrArray     *variables)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && variables != NULL, NULL);

  return with_list (self, G_STRUCT_OFFSET (StrataProfile, variables), variables);
}

/**
 * strata_profile_with_layers:
 * @self: a profile
 * @layers: (element-type StrataLayer): layers, bottom first; copied, the array may change after
 *
 * Returns: (transfer full): a profile like @self with just these layers
 */
StrataProfile *
strata_profile_with_layers (StrataProfile *self,
                            GPtrArray     *layers)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && layers != NULL, NULL);

  return with_list (self, G_STRUCT_OFFSET (StrataProfile, layers), layers);
}

/**
 * strata_profile_with_layer:
 * @self: a profile
 * @position: where, bottom first
 * @layer: a layer
 *
 * Returns: (transfer full): a profile like @self in which @layer stands in place of the one at @position
 */
StrataProfile *
strata_profile_with_layer (StrataProfile *self,
                           guint          position,
                           StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && STRATA_IS_LAYER (layer), NULL);
  g_return_val_if_fail (position < self->layers->len, NULL);

  StrataProfile *result = strata_profile_with_layers (self, self->layers);

  g_set_object ((StrataLayer **) &result->layers->pdata[position], layer);

  return result;
}

/**
 * strata_profile_with_layer_inserted:
 * @self: a profile
 * @position: where, bottom first; the number of layers puts it on top
 * @layer: a layer
 *
 * Returns: (transfer full): a profile like @self with @layer at @position
 */
StrataProfile *
strata_profile_with_layer_inserted (StrataProfile *self,
                                    guint          position,
                                    StrataLayer   *layer)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && STRATA_IS_LAYER (layer), NULL);
  g_return_val_if_fail (position <= self->layers->len, NULL);

  StrataProfile *result = strata_profile_with_layers (self, self->layers);

  g_ptr_array_insert (result->layers, (int) position, g_object_ref (layer));

  return result;
}

/**
 * strata_profile_with_layer_moved:
 * @self: a profile
 * @from: where it stands, bottom first
 * @to: where it shall stand in the result
 *
 * Returns: (transfer full): a profile like @self with that layer moved
 */
StrataProfile *
strata_profile_with_layer_moved (StrataProfile *self,
                                 guint          from,
                                 guint          to)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);
  g_return_val_if_fail (from < self->layers->len && to < self->layers->len, NULL);

  StrataProfile *result = strata_profile_with_layers (self, self->layers);
  gpointer layer = g_ptr_array_steal_index (result->layers, from);

  g_ptr_array_insert (result->layers, (int) to, layer);

  return result;
}

/**
 * strata_profile_without_layer:
 * @self: a profile
 * @position: where, bottom first
 *
 * Returns: (transfer full): a profile like @self without that layer
 */
StrataProfile *
strata_profile_without_layer (StrataProfile *self,
                              guint          position)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self), NULL);
  g_return_val_if_fail (position < self->layers->len, NULL);

  StrataProfile *result = strata_profile_with_layers (self, self->layers);

  g_ptr_array_remove_index (result->layers, position);

  return result;
}

/**
 * strata_profile_equal:
 * @self: a profile
 * @other: another
 *
 * Quick for two that share most layers, as a profile and an edit of it do.
 *
 * Returns: whether nothing in them differs
 */
gboolean
strata_profile_equal (StrataProfile *self,
                      StrataProfile *other)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (self) && STRATA_IS_PROFILE (other), FALSE);

  return self == other ||
         (strata_texts_equal (self->texts, other->texts, STRATA_PROFILE_N_FIELDS) &&
          strata_list_equal (self->tags, other->tags, (GEqualFunc) strata_tag_equal) &&
          strata_list_equal (self->layers, other->layers, (GEqualFunc) strata_layer_equal) &&
          strata_list_equal (self->variables, other->variables, (GEqualFunc) strata_variable_equal));
}
