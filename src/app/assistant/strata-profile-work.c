/* strata-profile-work.c - reading a profile, and adding a layer to one, in a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile-work"

#include "strata-profile-work.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-pending-layer.h"

#define MAX_TRIES 5  /* an editor saves every other second at most */

StrataProfileWork *
strata_profile_work_new (StrataStore *store,
                         const char  *id,
                         StrataLayer *layer)
{
  g_return_val_if_fail (STRATA_IS_STORE (store) && id != NULL, NULL);

  StrataProfileWork *work = g_new0 (StrataProfileWork, 1);

  work->store = g_object_ref (store);
  work->id = g_strdup (id);
  g_set_object (&work->layer, layer);

  return work;
}

void
strata_profile_work_free (StrataProfileWork *work)
{
  g_object_unref (work->store);
  g_clear_object (&work->layer);
  g_free (work->id);
  g_free (work);
}

/* A StrataJobFunc: returns the profile. */
gpointer
strata_profile_work_load (gpointer       work,
                          GCancellable  *cancellable,
                          GError       **error)
{
  StrataProfileWork *self = work;

  return strata_store_load (self->store, self->id, cancellable, error);
}

/* A StrataJobFunc: returns the profile, with the layer on top that was begun for it before and not added. */
gpointer
strata_profile_work_load_with_aside (gpointer       work,
                                     GCancellable  *cancellable,
                                     GError       **error)
{
  StrataProfileWork *self = work;
  g_autoptr(StrataProfile) profile = strata_store_load (self->store, self->id, cancellable, error);
  g_autoptr(StrataLayer) layer = NULL;

  if (profile == NULL)
    return NULL;

  /* That it cannot be read keeps nobody from beginning anew. */
  g_autoptr(StrataProfile) aside = strata_store_get_aside (self->store, self->id, cancellable, NULL);
  g_autoptr(StrataProfile) rest = aside != NULL ? strata_pending_layer_take (aside, &layer) : NULL;

  if (layer == NULL || strata_profile_find_layer (profile, strata_layer_get_name (layer), NULL) != NULL)
    return g_steal_pointer (&profile);

  return strata_pending_layer_put (profile, layer);
}

static StrataProfile *
add_layer (StrataProfileWork  *self,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autofree char *head = NULL;
  g_autoptr(StrataProfile) profile =
    strata_store_checkout (self->store, self->id, &head, cancellable, error);

  if (profile == NULL)
    return NULL;
  if (strata_profile_find_layer (profile, strata_layer_get_name (self->layer), NULL) != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The profile “%s” has a layer “%s” already"),
                      strata_profile_get_name (profile), strata_layer_get_name (self->layer));
      return NULL;
    }

  guint top = strata_profile_get_n_layers (profile);
  g_autoptr(StrataProfile) added = strata_profile_with_layer_inserted (profile, top, self->layer);

  return strata_store_commit (self->store, added, STRATA_REASON_SAVE, &head, cancellable, error);
}

/* A StrataJobFunc: reads, changes and saves; once more when the profile was saved meanwhile, as by an editor that has
 * it open, so that nothing is lost. Returns the profile.
 */
gpointer
strata_profile_work_add_layer (gpointer       work,
                               GCancellable  *cancellable,
                               GError       **error)
{
  for (guint i = 1; i < MAX_TRIES; i++)
    {
      g_autoptr(GError) local_error = NULL;
      StrataProfile *profile = add_layer (work, cancellable, &local_error);

      if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
        continue;
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));

      return profile;
    }

  return add_layer (work, cancellable, error);
}

/* A StrataJobFunc: saves a new profile with the one layer. Returns the profile. */
gpointer
strata_profile_work_create (gpointer       work,
                            GCancellable  *cancellable,
                            GError       **error)
{
  StrataProfileWork *self = work;
  g_autoptr(StrataProfile) empty = strata_profile_new (self->id, STRATA_FIRST_VERSION);
  g_autoptr(StrataProfile) profile = strata_profile_with_layer_inserted (empty, 0, self->layer);

  return strata_store_save (self->store, profile, STRATA_REASON_SAVE, cancellable, error);
}
