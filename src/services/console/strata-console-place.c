/* strata-console-place.c - where a console has the packs that the layers of a profile are made of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-making.h"
#include "strata-console-packs.h"
#include "strata-console-private.h"
#include "strata-error.h"

/* The registry of a layer: by its uid there, else by its name, for who made the layer from a registry of this computer.
 * Of two with that name, one is of the kind.
 */
static StrataConsoleRegistry *
find_registry (GPtrArray   *registries,
               StrataLayer *layer)
{
  const char *uid = strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID);
  const char *name = strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME);
  const char *kind = strata_layer_kind_to_string (strata_layer_get_kind (layer));
  StrataConsoleRegistry *namesake = NULL;

  for (guint i = 0; i < registries->len; i++)
    {
      StrataConsoleRegistry *registry = registries->pdata[i];

      if (g_str_equal (registry->uid, uid))
        return registry;
      if (*name != '\0' && g_ascii_strcasecmp (registry->name, name) == 0 &&
          (namesake == NULL || g_str_equal (registry->kind, kind)))
        namesake = registry;
    }

  return namesake;
}

static const char *
get_tag (StrataLayer *layer)
{
  const char *tag = strata_layer_get (layer, STRATA_LAYER_TAG);

  return *tag != '\0' ? tag : strata_layer_get_version (layer);
}

/* Whether @layer is made of what the console has in the same layer already. A registry that is gone since is no reason to
 * refuse that.
 */
static gboolean
is_current (StrataLayer *layer,
            StrataLayer *current,
            const char  *registry_uid)
{
  return current != NULL && g_str_equal (get_tag (layer), get_tag (current)) &&
         g_str_equal (strata_layer_get (current, STRATA_LAYER_REGISTRY_UID), registry_uid);
}

/* Two layers of one pack are told apart by what stands before two hyphens. */
static const char *
get_pack_name (StrataLayer *layer)
{
  const char *name = strata_layer_get_name (layer);
  const char *mark = g_strrstr (name, "--");

  return mark != NULL && mark[2] != '\0' ? mark + 2 : name;
}

/* The uid of the version that is asked for, "" when the console does not know: a registry that it only passes on to has
 * no uids.
 */
static char *
find_pack_uid (StrataConsole  *self,
               StrataLayer    *layer,
               const char     *registry_uid,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(GPtrArray) versions = strata_console_list_pack_versions (
    self, get_pack_name (layer), registry_uid, cancellable, &reason);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      StrataConsolePackVersion *version = versions->pdata[i];

      if (g_str_equal (version->tag, get_tag (layer)))
        return g_strdup (version->uid);
    }

  if (reason == NULL || g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return g_strdup ("");

  g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}

static StrataLayer *
put_uids (StrataLayer           *layer,
          StrataConsoleRegistry *registry,
          const char            *pack_uid)
{
  g_autoptr(StrataLayer) one = strata_layer_with (layer, STRATA_LAYER_PACK_UID, pack_uid);
  g_autoptr(StrataLayer) two = strata_layer_with (one, STRATA_LAYER_REGISTRY_UID, registry->uid);
  g_autoptr(StrataLayer) three = strata_layer_with (two, STRATA_LAYER_REGISTRY_NAME, registry->name);

  return strata_layer_with (three, STRATA_LAYER_REGISTRY_KIND, registry->kind);
}

static StrataLayer *
place_layer (StrataConsole  *self,
             StrataLayer    *layer,
             StrataLayer    *current,
             GPtrArray      *registries,
             GCancellable   *cancellable,
             GError        **error)
{
  StrataConsoleRegistry *registry = find_registry (registries, layer);
  const char *name = strata_layer_get (layer, STRATA_LAYER_REGISTRY_NAME);
  const char *uid = strata_layer_get (layer, STRATA_LAYER_REGISTRY_UID);
  g_autofree char *pack_uid = NULL;

  if (strata_layer_get_kind (layer) == STRATA_LAYER_KIND_MANIFEST || registries->len == 0 ||
      (*uid == '\0' && *name == '\0'))
    return g_object_ref (layer);

  if (registry == NULL && is_current (layer, current, uid))
    return strata_layer_with (layer, STRATA_LAYER_PACK_UID,
                              strata_layer_get (current, STRATA_LAYER_PACK_UID));

  if (registry == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The layer “%s” comes from the registry “%s”, which %s does not have; add it there, or import the "
                     "profile and choose another"),
                      strata_layer_get_name (layer), *name != '\0' ? name : uid, self->host);
      return NULL;
    }

  if (is_current (layer, current, registry->uid))
    pack_uid = g_strdup (strata_layer_get (current, STRATA_LAYER_PACK_UID));
  else
    pack_uid = find_pack_uid (self, layer, registry->uid, cancellable, error);

  return pack_uid != NULL ? put_uids (layer, registry, pack_uid) : NULL;
}

/* A manifest that the console has carries its uid, so that it is changed and not made anew; one that came from another
 * profile must not carry the uid it had there.
 */
static StrataLayer *
place_manifests (StrataLayer *layer,
                 StrataLayer *current)
{
  g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *list = strata_layer_get_manifests (layer);

  for (guint i = 0; i < list->len; i++)
    {
      const char *name = strata_manifest_get_name (list->pdata[i]);
      StrataManifest *there =
        current != NULL ? strata_layer_find_manifest (current, name, NULL) : NULL;
      const char *uid = there != NULL ? strata_manifest_get_uid (there) : "";

      g_ptr_array_add (manifests, strata_manifest_with_uid (list->pdata[i], uid));
    }

  return strata_layer_with_manifests (layer, manifests);
}

/* Whether a layer comes from what is not in the list. */
static gboolean
lacks_registry (StrataProfile *profile,
                GPtrArray     *registries)
{
  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);

      if (strata_layer_get_kind (layer) != STRATA_LAYER_KIND_MANIFEST &&
          find_registry (registries, layer) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Registries as they were a moment ago, but not older than a layer that comes from a new one. */
static GPtrArray *
find_registries (StrataConsole  *self,
                 StrataProfile  *profile,
                 GCancellable   *cancellable,
                 GError        **error)
{
  gboolean is_old = FALSE;
  g_autoptr(GPtrArray) registries =
    strata_console_try_registries (self, &is_old, cancellable, error);

  if (registries == NULL || !is_old || !lacks_registry (profile, registries))
    return g_steal_pointer (&registries);

  return strata_console_list_registries (self, cancellable, error);
}

/**
 * strata_console_place_layers:
 *
 * Gives each layer of @profile the uids that the console has for its registry, its pack and its manifests; @current
 * (nullable) is what it has now. Returns the profile that can be sent.
 */
StrataProfile *
strata_console_place_layers (StrataConsole  *self,
                             StrataProfile  *profile,
                             StrataProfile  *current,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_autoptr(GPtrArray) registries = find_registries (self, profile, cancellable, error);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  if (registries == NULL)
    return NULL;

  for (guint i = 0; i < strata_profile_get_n_layers (profile); i++)
    {
      StrataLayer *layer = strata_profile_get_layer (profile, i);
      StrataLayer *there =
        current != NULL
          ? strata_profile_find_layer (current, strata_layer_get_name (layer), NULL)
          : NULL;
      g_autoptr(StrataLayer) placed =
        place_layer (self, layer, there, registries, cancellable, error);

      if (placed == NULL)
        return NULL;

      g_ptr_array_add (layers, place_manifests (placed, there));
    }

  return strata_profile_with_layers (profile, layers);
}
