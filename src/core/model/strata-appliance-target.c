/* strata-appliance-target.c - the layers that a profile has for its appliances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-appliance-target"

#include "strata-appliance-target.h"

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataApplianceTarget
{
  GObject  parent_instance;
  char    *uid;      /* (owned) (not nullable) */
  char    *name;     /* (owned) (not nullable) */
  char    *version;  /* (owned) (not nullable) */
  GArray  *layers;   /* (owned) (not nullable) (element-type StrataTargetLayer): the bottom first */
};

G_DEFINE_FINAL_TYPE (StrataApplianceTarget, strata_appliance_target, G_TYPE_OBJECT)

static void
clear_layer (gpointer data)
{
  StrataTargetLayer *layer = data;

  g_free ((char *) layer->name);
  g_free ((char *) layer->version);
  g_free ((char *) layer->digest);
  g_free ((char *) layer->stamp);
}

static void
strata_appliance_target_finalize (GObject *object)
{
  StrataApplianceTarget *self = STRATA_APPLIANCE_TARGET (object);

  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->layers, g_array_unref);

  G_OBJECT_CLASS (strata_appliance_target_parent_class)->finalize (object);
}

static void
strata_appliance_target_class_init (StrataApplianceTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_appliance_target_finalize;
}

static void
strata_appliance_target_init (StrataApplianceTarget *self)
{
  self->layers = g_array_new (FALSE, FALSE, sizeof (StrataTargetLayer));
  g_array_set_clear_func (self->layers, clear_layer);
}

/**
 * strata_appliance_target_new:
 * @uid: what the console knows the profile by
 * @name: its name
 * @version: its version
 * @layers: (array length=n_layers): its layers, the bottom first; copied
 * @n_layers: how many
 *
 * Returns: (transfer full): what an appliance of the profile is to have
 */
StrataApplianceTarget *
strata_appliance_target_new (const char              *uid,
                             const char              *name,
                             const char              *version,
                             const StrataTargetLayer *layers,
                             guint                    n_layers)
{
  g_return_val_if_fail (uid != NULL && name != NULL && version != NULL, NULL);
  g_return_val_if_fail (layers != NULL || n_layers == 0, NULL);

  StrataApplianceTarget *self = g_object_new (STRATA_TYPE_APPLIANCE_TARGET, NULL);

  self->uid = g_strdup (uid);
  self->name = g_strdup (name);
  self->version = g_strdup (version);
  for (guint i = 0; i < n_layers; i++)
    {
      StrataTargetLayer layer = layers[i];

      layer.name = g_strdup (layers[i].name != NULL ? layers[i].name : "");
      layer.version = g_strdup (layers[i].version != NULL ? layers[i].version : "");
      layer.digest = g_strdup (layers[i].digest != NULL ? layers[i].digest : "");
      layer.stamp = g_strdup (layers[i].stamp != NULL ? layers[i].stamp : "");
      g_array_append_val (self->layers, layer);
    }

  return self;
}

/**
 * strata_appliance_target_new_for_profile:
 * @profile: a whole profile
 *
 * Returns: (transfer full): what an appliance would have if @profile were published now
 */
StrataApplianceTarget *
strata_appliance_target_new_for_profile (StrataProfile *profile)
{
  g_return_val_if_fail (STRATA_IS_PROFILE (profile), NULL);

  guint n_layers = strata_profile_get_n_layers (profile);
  g_autofree StrataTargetLayer *layers = g_new0 (StrataTargetLayer, n_layers + 1);
  g_autoptr(GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_layers; i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      char *digest = strata_appliance_target_digest (strata_layer_get_text (layer));

      g_ptr_array_add (digests, digest);
      layers[i].name = strata_layer_get_name (layer);
      layers[i].kind = strata_layer_get_kind (layer);
      layers[i].version = strata_layer_get_version (layer);
      layers[i].digest = digest;
      layers[i].n_manifests = strata_layer_get_manifests (layer)->len;
    }

  return strata_appliance_target_new (strata_profile_get (profile, STRATA_PROFILE_UID),
                                      strata_profile_get_name (profile),
                                      strata_profile_get_version (profile), layers, n_layers);
}

/**
 * strata_appliance_target_new_after:
 * @self: what a profile has now
 * @before: what it had before
 * @when: when it was changed, in microseconds since 1970
 *
 * A change of a value alone moves no version. So what was seen to move is remembered: what an appliance said of a layer
 * before that is not about this one.
 *
 * Returns: (transfer full): @self with when each of its layers was changed
 */
StrataApplianceTarget *
strata_appliance_target_new_after (StrataApplianceTarget *self,
                                   StrataApplianceTarget *before,
                                   gint64                 when)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (before), NULL);

  StrataApplianceTarget *target = strata_appliance_target_new (
    self->uid, self->name, self->version, (StrataTargetLayer *) (gpointer) self->layers->data,
    self->layers->len);

  for (guint i = 0; i < target->layers->len; i++)
    {
      StrataTargetLayer *layer = &g_array_index (target->layers, StrataTargetLayer, i);
      const StrataTargetLayer *old = strata_appliance_target_find (before, layer->name);

      layer->changed = old != NULL && g_str_equal (old->stamp, layer->stamp) ? old->changed : when;
    }

  return target;
}

/**
 * strata_appliance_target_get_uid:
 * @self: a target
 *
 * Returns: (transfer none): what the console knows the profile by, or ""
 */
const char *
strata_appliance_target_get_uid (StrataApplianceTarget *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);

  return self->uid;
}

/**
 * strata_appliance_target_get_name:
 * @self: a target
 *
 * Returns: (transfer none): the name of the profile
 */
const char *
strata_appliance_target_get_name (StrataApplianceTarget *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);

  return self->name;
}

/**
 * strata_appliance_target_get_version:
 * @self: a target
 *
 * Returns: (transfer none): the version of the profile
 */
const char *
strata_appliance_target_get_version (StrataApplianceTarget *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);

  return self->version;
}

/**
 * strata_appliance_target_get_n_layers:
 * @self: a target
 *
 * Returns: how many layers it has
 */
guint
strata_appliance_target_get_n_layers (StrataApplianceTarget *self)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), 0);

  return self->layers->len;
}

/**
 * strata_appliance_target_get_layer:
 * @self: a target
 * @position: which one, counted from the bottom
 *
 * Returns: (transfer none): that layer; no text of it is %NULL
 */
const StrataTargetLayer *
strata_appliance_target_get_layer (StrataApplianceTarget *self,
                                   guint                  position)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);
  g_return_val_if_fail (position < self->layers->len, NULL);

  return &g_array_index (self->layers, StrataTargetLayer, position);
}

/**
 * strata_appliance_target_find:
 * @self: a target
 * @name: the name of a layer
 *
 * Returns: (transfer none) (nullable): the layer of that name
 */
const StrataTargetLayer *
strata_appliance_target_find (StrataApplianceTarget *self,
                              const char            *name)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self) && name != NULL, NULL);

  for (guint i = 0; i < self->layers->len; i++)
    if (g_str_equal (g_array_index (self->layers, StrataTargetLayer, i).name, name))
      return &g_array_index (self->layers, StrataTargetLayer, i);

  return NULL;
}

static gboolean
are_known_and_differ (const char *a,
                      const char *b)
{
  return *a != '\0' && *b != '\0' && !g_str_equal (a, b);
}

/**
 * strata_appliance_target_differs:
 * @self: a target
 * @layer: a layer of an appliance
 *
 * Compares what is known on both sides: the version that is there, else the one that is assigned, the values, and
 * whether what was said of @layer is older than what the profile has.
 *
 * Returns: whether @self has another layer of that name, or none
 */
gboolean
strata_appliance_target_differs (StrataApplianceTarget *self,
                                 StrataApplianceLayer  *layer)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), FALSE);
  g_return_val_if_fail (STRATA_IS_APPLIANCE_LAYER (layer), FALSE);

  const StrataApplianceLayerFacts *facts = strata_appliance_layer_get_facts (layer);
  const StrataTargetLayer *wanted = strata_appliance_target_find (self, facts->name);
  const char *has = *facts->there != '\0' ? facts->there : facts->assigned;

  return wanted == NULL || are_known_and_differ (has, wanted->version) ||
         are_known_and_differ (facts->digest, wanted->digest) ||
         (wanted->changed > 0 && facts->said > 0 && facts->said < wanted->changed);
}

static gboolean
has_layer (StrataAppliance *appliance,
           const char      *name)
{
  GPtrArray *layers = strata_appliance_get_layers (appliance);

  for (guint i = 0; i < layers->len; i++)
    if (g_str_equal (strata_appliance_layer_get_facts (layers->pdata[i])->name, name))
      return TRUE;

  return FALSE;
}

/**
 * strata_appliance_target_list_changes:
 * @self: a target
 * @appliance: an appliance
 *
 * Says what would change if @appliance took @self now: layers that are other, that would go, and that would come.
 *
 * Returns: (transfer full): the names of these layers
 */
GStrv
strata_appliance_target_list_changes (StrataApplianceTarget *self,
                                      StrataAppliance       *appliance)
{
  g_return_val_if_fail (STRATA_IS_APPLIANCE_TARGET (self), NULL);
  g_return_val_if_fail (STRATA_IS_APPLIANCE (appliance), NULL);

  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GPtrArray *layers = strata_appliance_get_layers (appliance);

  for (guint i = 0; i < layers->len; i++)
    if (strata_appliance_target_differs (self, layers->pdata[i]))
      g_strv_builder_add (names, strata_appliance_layer_get_facts (layers->pdata[i])->name);

  for (guint i = 0; i < self->layers->len; i++)
    {
      const char *name = g_array_index (self->layers, StrataTargetLayer, i).name;

      if (!has_layer (appliance, name))
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/**
 * strata_appliance_target_digest:
 * @values: the values of a layer
 *
 * Space around the text does not count: a console may add or take it.
 *
 * Returns: (transfer full): SHA-256 of @values in hexadecimal; "" where there are none
 */
char *
strata_appliance_target_digest (const char *values)
{
  g_return_val_if_fail (values != NULL, NULL);

  g_autofree char *text = g_strstrip (g_strdup (values));

  return *text != '\0' ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)
                       : g_strdup ("");
}
