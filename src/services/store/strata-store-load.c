/* strata-store-load.c - reading a profile, every text of it checked against its digest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-objects.h"
#include "strata-store-secrets.h"

static StrataProfile *
load_digest (StrataStore   *self,
             const char    *id,
             const char    *digest,
             GPtrArray     *secret_names,
             GCancellable  *cancellable,
             GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_autoptr(GError) local_error = NULL;
  g_autoptr(StrataBlob) sealed = strata_objects_read (self->objects, digest, &local_error);
  g_autoptr(StrataProfile) profile = NULL;

  if (sealed != NULL)
    profile = strata_revision_read (sealed, self->objects, secret_names, &local_error);

  if (profile == NULL)
    {
      g_set_error (error, STRATA_ERROR, local_error->code,
                   _("Profile “%s” cannot be opened: %s; look in its history for one that can"),
                      id, local_error->message);
      return NULL;
    }

  return strata_profile_with (profile, STRATA_PROFILE_ID, id);
}

/* What a list is to show of the last time somebody looked inside. */
static void
note_damage (StrataStore  *self,
             const char   *id,
             const GError *error)
{
  if (error == NULL)
    strata_store_set_damage (self, id, NULL);
  else if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CORRUPT))
    strata_store_set_damage (self, id, error->message);
}

static StrataProfile *
load (StrataStore   *self,
      const char    *id,
      char         **head,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, NULL, error);

  if (record == NULL)
    return NULL;

  g_autoptr(GError) local_error = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(StrataProfile) profile =
    load_digest (self, id, record->head, names, cancellable, &local_error);

  note_damage (self, id, local_error);

  /* Also when it is damaged: what is saved next is meant to take the place of that. */
  if (profile != NULL || g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_CORRUPT))
    strata_store_set_known_head (self, id, record->head, strata_store_is_settled (self, id));

  if (profile == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (head != NULL)
    *head = g_strdup (record->head);

  return strata_store_add_secrets (self, profile, names, cancellable);
}

/**
 * strata_store_load:
 * @self: a store
 * @id: which profile
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, or a %STRATA_ERROR_CORRUPT that names
 *   the layer, the document and the object that is damaged
 *
 * Reads the newest revision in order to change it: from now on strata_store_save() of this store
 * expects to find that revision. Who only wants to look, copy or export calls strata_store_peek().
 * The defaults of sensitive variables are asked of the keyring; where that fails they are
 * %STRATA_PALETTE_MASK, and strata_store_list_problems() says why. Blocks; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataProfile *
strata_store_load (StrataStore   *self,
                   const char    *id,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  return load (self, id, NULL, cancellable, error);
}

/**
 * strata_store_checkout:
 * @self: a store
 * @id: which profile
 * @head: (out) (transfer full): the revision that was read
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_load()
 *
 * Like strata_store_load(), and says which revision that is, for strata_store_commit(). Blocks.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataProfile *
strata_store_checkout (StrataStore   *self,
                       const char    *id,
                       char         **head,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL && head != NULL, NULL);

  return load (self, id, head, cancellable, error);
}

/* Reads one revision, wherever the profile is, and changes nothing that a save expects. */
static StrataProfile *
look_at (StrataStore   *self,
         const char    *id,
         const char    *digest,
         GCancellable  *cancellable,
         GError       **error)
{
  gboolean in_trash;
  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, &in_trash, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(StrataProfile) profile = NULL;

  if (record != NULL)
    profile =
      load_digest (self, id, digest != NULL ? digest : record->head, names, cancellable, error);

  return profile != NULL ? strata_store_add_secrets (self, profile, names, cancellable) : NULL;
}

/**
 * strata_store_peek:
 * @self: a store
 * @id: which profile, which may be in the trash
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_load()
 *
 * Reads the newest revision to show, copy or export it. It is like strata_store_load(), but does
 * not change what strata_store_save() expects to find: an editor that has the profile open is still
 * told of a conflict. Blocks.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with @error set
 */
StrataProfile *
strata_store_peek (StrataStore   *self,
                   const char    *id,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  g_autoptr(GError) local_error = NULL;
  StrataProfile *profile = look_at (self, id, NULL, cancellable, &local_error);

  note_damage (self, id, local_error);
  if (profile == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return profile;
}

/**
 * strata_store_load_revision:
 * @self: a store
 * @id: which profile, which may be in the trash
 * @digest: which revision
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_load(), or a %STRATA_ERROR_INVALID when
 *   @digest is none
 *
 * Reads one revision of strata_store_list_history(); to go back to it, save it. A secret is the one
 * of now, there is only one in the keyring. Blocks.
 *
 * Returns: (transfer full) (nullable): the profile as it was, or %NULL with @error set
 */
StrataProfile *
strata_store_load_revision (StrataStore   *self,
                            const char    *id,
                            const char    *digest,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL && digest != NULL, NULL);

  if (strata_objects_is_digest (digest))
    return look_at (self, id, digest, cancellable, error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” is no revision: give 64 digits"), digest);

  return NULL;
}
