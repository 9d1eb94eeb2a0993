/* strata-store-join.c - what came from a console and what it means for a profile, committed in one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include "strata-store-join.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"
#include "strata-store-secrets.h"

/* One join under the lock. */
typedef struct
{
  StrataStore      *store;   /* (unowned) */
  const StrataJoin *order;   /* (unowned) */
  StrataDiskBatch  *batch;   /* (owned) (nullable): the objects */
  GHashTable       *blobs;   /* (owned) digest -> StrataBlob: so that none is written twice */
  StrataRecord     *record;  /* (owned) (nullable) */
  StrataLink       *link;    /* (owned): as it will be */
  gint64            now;
} Join;

static Join *
join_new (StrataStore      *store,
          const StrataJoin *order)
{
  Join *self = g_new0 (Join, 1);

  self->store = store;
  self->order = order;
  self->blobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->link = strata_link_copy (order->link);
  self->now = g_get_real_time () / G_USEC_PER_SEC;

  return self;
}

static void
join_free (Join *self)
{
  g_clear_pointer (&self->batch, strata_disk_batch_free);
  g_clear_pointer (&self->blobs, g_hash_table_unref);
  g_clear_pointer (&self->record, strata_record_free);
  g_clear_pointer (&self->link, strata_link_free);
  g_free (self);
}

/* Gives the digest of a new revision that holds @profile, whose objects are in the batch then. */
static char *
add_revision (Join           *self,
              StrataProfile  *profile,
              const char     *parent,
              StrataReason    reason,
              GError        **error)
{
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(GHashTable) kept = strata_store_get_kept_secrets (self->store, profile);
  g_autofree char *body = strata_revision_write (profile, kept, blobs, error);
  GHashTableIter iter;
  gpointer digest;
  gpointer blob;

  if (body == NULL)
    return NULL;

  g_autoptr(StrataBlob) sealed = strata_revision_seal (body, parent, self->now, reason);

  g_hash_table_replace (blobs, (gpointer) strata_blob_get_digest (sealed), g_object_ref (sealed));

  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, &digest, &blob))
    {
      if (g_hash_table_contains (self->blobs, digest))
        continue;

      if (!strata_objects_add (self->store->objects, self->batch, blob, error))
        return NULL;

      g_hash_table_insert (self->blobs, digest, g_object_ref (blob));
    }

  return g_strdup (strata_blob_get_digest (sealed));
}

static void
take (char **field,
      char  *text)
{
  g_free (*field);
  *field = text;
}

/* Whether the revision @digest holds just @profile. */
static gboolean
is_same (Join          *self,
         const char    *digest,
         StrataProfile *profile)
{
  g_autoptr(StrataBlob) sealed =
    *digest != '\0' ? strata_objects_read (self->store->objects, digest, NULL) : NULL;
  g_autoptr(GHashTable) blobs =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(GHashTable) kept = strata_store_get_kept_secrets (self->store, profile);
  g_autofree char *body =
    sealed != NULL ? strata_revision_write (profile, kept, blobs, NULL) : NULL;

  return body != NULL && g_str_equal (strata_revision_get_body (sealed), body);
}

/* The profile moves on to @head, unless it is that already. */
static gboolean
write_head (Join    *self,
            GError **error)
{
  const StrataJoin *order = self->order;

  if (order->head == NULL || is_same (self, self->record->head, order->head))
    return TRUE;

  const char *parent = *self->record->head != '\0' ? self->record->head : NULL;
  g_autofree char *digest = add_revision (self, order->head, parent, order->reason, error);

  if (digest == NULL)
    return FALSE;

  strata_record_update (self->record, order->head, digest, parent, self->now);
  strata_record_set_draft_step (self->record, 0);

  return TRUE;
}

static gboolean
write_sides (Join    *self,
             GError **error)
{
  const StrataJoin *order = self->order;

  if (order->base != NULL && order->base == order->head)
    take (&self->link->base, g_strdup (self->record->head));
  else if (order->base != NULL && !is_same (self, self->link->base, order->base))
    take (&self->link->base,
          add_revision (self, order->base, NULL, STRATA_REASON_IMPORT, error));

  if (self->link->base == NULL)
    return FALSE;

  if (order->theirs != NULL && !is_same (self, self->link->theirs, order->theirs))
    take (&self->link->theirs,
          add_revision (self, order->theirs, NULL, STRATA_REASON_IMPORT, error));

  return self->link->theirs != NULL;
}

/* Whether the newest revision says what the base says, though it is another one. */
static gboolean
head_is_base (Join *self)
{
  g_autoptr(StrataBlob) head = NULL;
  g_autoptr(StrataBlob) base = NULL;

  if (*self->link->base == '\0' || g_str_equal (self->link->base, self->record->head))
    return FALSE;

  head = strata_objects_read (self->store->objects, self->record->head, NULL);
  base = strata_objects_read (self->store->objects, self->link->base, NULL);

  return head != NULL && base != NULL &&
         g_str_equal (strata_revision_get_body (head), strata_revision_get_body (base));
}

/* Puts the record in @batch, whose commit is what makes it so. */
static gboolean
add_record (Join             *self,
            StrataDiskBatch  *batch,
            GError          **error)
{
  gsize size;
  g_autofree char *data = strata_record_to_data (self->record, &size);
  g_autofree char *path = strata_store_get_record_path (self->store, self->order->id, FALSE);

  return strata_disk_batch_add (batch, path, data, size, error);
}

/* Writes the objects of what is to be, and makes the record say it; sets @is_needed when that has to be written. */
static gboolean
prepare (Join      *self,
         gboolean  *is_needed,
         GError   **error)
{
  g_autofree char *old_head = g_strdup (self->record->head);

  self->batch = strata_disk_batch_new ();
  g_strfreev (self->link->new_secrets);
  self->link->new_secrets = g_strdupv (self->record->link->new_secrets);
  if (self->order->sent != NULL)
    strata_link_drop_secrets (self->link, self->order->sent);

  if (!write_head (self, error) || !write_sides (self, error) ||
      !strata_disk_batch_commit (self->batch, error))
    return FALSE;

  /* Most times there is nothing new: a refresh of ten thousand does not write ten thousand files. */
  *is_needed = !strata_link_equal (self->record->link, self->link) ||
               !g_str_equal (old_head, self->record->head) ||
               !strata_store_is_settled (self->store, self->order->id);

  if (*is_needed)
    {
      strata_record_set_link (self->record, self->link);
      strata_record_set_is_base (self->record, head_is_base (self));
    }

  return TRUE;
}

/* What was written may be there for all to see and gone after a loss of power: then it has to be written again. */
static gboolean
commit (StrataDiskBatch  *batch,
        Join            **joins,
        guint             n_joins,
        GError          **error)
{
  gboolean written = strata_disk_batch_commit (batch, error);

  if (strata_disk_batch_is_named (batch))
    for (guint i = 0; i < n_joins; i++)
      strata_store_set_settled (joins[i]->store, joins[i]->order->id, written);

  return written;
}

static gboolean
set_changed (StrataRecord  *record,
             const char    *id,
             GError       **error)
{
  g_autofree char *name = record != NULL ? g_key_file_get_string (record->file, "shown", "name", NULL) : NULL;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BUSY,
               _("“%s” was changed on this computer meanwhile; nothing was overwritten, try again"),
                  name != NULL ? name : id);

  return FALSE;
}

/* Nothing is decided for a profile that is another one by now. */
static gboolean
find_record (Join    *self,
             GError **error)
{
  g_autoptr(GError) local_error = NULL;
  const char *expected = self->order->expected;

  self->record = strata_store_read_record (self->store, self->order->id, NULL, &local_error);

  if (self->record == NULL && expected == NULL &&
      g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      self->record = strata_record_new ();
      return TRUE;
    }

  if (self->record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return g_strcmp0 (expected, self->record->head) == 0 ||
         set_changed (self->record, self->order->id, error);
}

/* An instance that has never seen the profile takes what is there now for what it saw. */
static void
note_head (Join *self)
{
  g_autofree char *known = strata_store_get_known_head (self->store, self->order->id);

  if (known == NULL && self->order->head != NULL)
    strata_store_set_known_head (self->store, self->order->id, self->record->head, TRUE);
}

/* Under the lock: all of @joins, or nothing. */
static gboolean
run_locked (Join    **joins,
            guint     n_joins,
            GError  **error)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  gboolean is_any_needed = FALSE;

  for (guint i = 0; i < n_joins; i++)
    {
      gboolean is_needed;

      if (!find_record (joins[i], error) || !prepare (joins[i], &is_needed, error) ||
          (is_needed && !add_record (joins[i], batch, error)))
        return FALSE;

      is_any_needed |= is_needed;
    }

  return !is_any_needed || commit (batch, joins, n_joins, error);
}

static gboolean
run (StrataStore              *self,
     const StrataJoin *const  *orders,
     guint                     n_orders,
     GCancellable             *cancellable,
     GError                  **error)
{
  g_autoptr(GPtrArray) joins = g_ptr_array_new_with_free_func ((GDestroyNotify) join_free);

  for (guint i = 0; i < n_orders; i++)
    if (strata_store_check_id (orders[i]->id, error))
      g_ptr_array_add (joins, join_new (self, orders[i]));
    else
      return FALSE;

  int lock = strata_store_lock (self, cancellable, error);

  if (lock < 0)
    return FALSE;

  gboolean done = run_locked ((Join **) joins->pdata, joins->len, error);

  g_close (lock, NULL);

  /* Last, and without the lock: the keyring may wait for a person. */
  for (guint i = 0; done && i < joins->len; i++)
    {
      note_head (joins->pdata[i]);
      if (orders[i]->head != NULL)
        strata_store_keep_secrets (self, orders[i]->head, STRATA_REASON_IMPORT, cancellable);
    }

  return done;
}

/**
 * strata_store_join:
 * @self: a store
 * @join: what to commit
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_BUSY when the profile is not at `join->expected` any more,
 *   a %STRATA_ERROR_NOT_FOUND, a %STRATA_ERROR_DISK or a %STRATA_ERROR_FORBIDDEN
 *
 * Writes what a console has of a profile, and what the profile is then, by one replacement of its key file: after a kill
 * either nothing was done or all. Nothing is written when all is so already. What the profile was before stays in its
 * history. Blocks; any thread but the main one.
 *
 * Returns: whether it is so now
 */
gboolean
strata_store_join (StrataStore       *self,
                   const StrataJoin  *join,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && join->id != NULL && join->link != NULL, FALSE);
  g_return_val_if_fail (join->head != NULL || join->expected != NULL, FALSE);

  return run (self, &join, 1, cancellable, error);
}

/**
 * strata_store_join_both:
 * @self: a store
 * @first: what to commit of one profile
 * @second: what to commit of another
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_join()
 *
 * As strata_store_join(), for two profiles under one lock and with one commit: what cannot be done for one is done for
 * none. Only a kill or a disk that fails between two renames leaves @first alone, which has to be what loses nothing.
 * Blocks; any thread but the main one.
 *
 * Returns: whether it is so now
 */
gboolean
strata_store_join_both (StrataStore       *self,
                        const StrataJoin  *first,
                        const StrataJoin  *second,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && first->link != NULL && second->link != NULL, FALSE);
  g_return_val_if_fail (!g_str_equal (first->id, second->id), FALSE);

  const StrataJoin *const orders[] = { first, second };

  return run (self, orders, G_N_ELEMENTS (orders), cancellable, error);
}

/**
 * strata_store_get_link:
 * @self: a store
 * @id: which profile
 * @head: (out) (optional): its newest revision, for `StrataJoin.expected`
 * @error: return location for a %STRATA_ERROR_NOT_FOUND or %STRATA_ERROR_CORRUPT
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what is known of it at its console, or %NULL with @error set
 */
StrataLink *
strata_store_get_link (StrataStore  *self,
                       const char   *id,
                       char        **head,
                       GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  g_autoptr(StrataRecord) record = strata_store_read_record (self, id, NULL, error);

  if (record == NULL)
    return NULL;

  if (head != NULL)
    *head = g_strdup (record->head);

  return strata_link_copy (record->link);
}
