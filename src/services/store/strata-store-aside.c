/* strata-store-aside.c - what was begun for a profile and is not part of it yet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gstdio.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"
#include "strata-revision.h"
#include "strata-store-private.h"

static gboolean
add_objects (StrataStore      *self,
             StrataDiskBatch  *batch,
             GHashTable       *blobs,
             StrataBlob       *sealed,
             GError          **error)
{
  GHashTableIter iter;
  gpointer blob;

  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, NULL, &blob))
    if (!strata_objects_add (self->objects, batch, blob, error))
      return FALSE;

  return strata_objects_add (self->objects, batch, sealed, error);
}

/* Gives the digest of the revision that holds @profile, %NULL with @error set. */
static char *
write_revision (StrataStore    *self,
                StrataProfile  *profile,
                GError        **error)
{
  g_autoptr(GHashTable) blobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  g_autofree char *body = strata_revision_write (profile, NULL, blobs, error);

  if (body == NULL)
    return NULL;

  g_autoptr(StrataBlob) sealed = strata_revision_seal (
    body, NULL, g_get_real_time () / G_USEC_PER_SEC, STRATA_REASON_AUTOSAVE);

  if (!add_objects (self, batch, blobs, sealed, error) || !strata_disk_batch_commit (batch, error))
    return NULL;

  return g_strdup (strata_blob_get_digest (sealed));
}

static gboolean
write_record (StrataStore   *self,
              const char    *id,
              const char    *digest,
              GError       **error)
{
  gboolean in_trash;
  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, &in_trash, error);

  if (record == NULL)
    return FALSE;
  if (g_str_equal (record->aside, digest))
    return TRUE;

  strata_record_set_aside (record, digest);

  gsize size;
  g_autofree char *data = strata_record_to_data (record, &size);
  g_autofree char *path = strata_store_get_record_path (self, id, in_trash);
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();

  return strata_disk_batch_add (batch, path, data, size, error) && strata_disk_batch_commit (batch, error);
}

static gboolean
put_locked (StrataStore    *self,
            const char     *id,
            StrataProfile  *aside,
            GError        **error)
{
  g_autofree char *digest = aside != NULL ? write_revision (self, aside, error) : g_strdup ("");

  return digest != NULL && write_record (self, id, digest, error);
}

/**
 * strata_store_put_aside:
 * @self: a store
 * @id: of which profile
 * @aside: (nullable): what was begun for it, %NULL for nothing any more
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_NOT_FOUND, %STRATA_ERROR_BUSY or %STRATA_ERROR_DISK
 *
 * Keeps something that is not part of the profile yet, such as a layer that is half typed, in the
 * place of what was kept before. The profile, its history and what a save expects stay as they are.
 * The secrets of @aside are not kept. Blocks.
 *
 * Returns: whether it is kept
 */
gboolean
strata_store_put_aside (StrataStore    *self,
                        const char     *id,
                        StrataProfile  *aside,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, FALSE);

  int lock = strata_store_check_id (id, error) ? strata_store_lock (self, cancellable, error) : -1;

  if (lock < 0)
    return FALSE;

  gboolean kept = put_locked (self, id, aside, error);

  g_close (lock, NULL);

  return kept;
}

/**
 * strata_store_get_aside:
 * @self: a store
 * @id: of which profile
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_load()
 *
 * Reads what strata_store_put_aside() kept. Blocks.
 *
 * Returns: (transfer full) (nullable): what was begun, or %NULL where nothing was or with @error set
 */
StrataProfile *
strata_store_get_aside (StrataStore   *self,
                        const char    *id,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, NULL, error);

  if (record == NULL || *record->aside == '\0')
    return NULL;

  return strata_store_load_revision (self, id, record->aside, cancellable, error);
}
