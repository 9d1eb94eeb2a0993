/* strata-shelf.c - what of the registries is on this computer: the index, what was downloaded, what is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-shelf"

#include "strata-shelf.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"

#define MAX_DOWNLOADS 4
#define LOCK_WAIT_MS 5000
#define KEEP_PARTS_SECONDS (7 * 24 * 60 * 60)

struct _StrataShelf
{
  GObject      parent_instance;
  char        *data_dir;   /* (owned) */
  char        *objects;    /* (owned) the folder of what lasts */
  char        *downloads;  /* (owned) the folder of what came whole */
  char        *icons;      /* (owned) the folder of pictures, by their address */
  char        *parts;      /* (owned) the folder of what did not yet */
  StrataIndex *index;      /* (owned) */

  GMutex       mutex;      /* for all below */
  GCond        left;
  guint        n_downloads;
  gboolean     is_tidy;    /* old parts were removed */
};

G_DEFINE_FINAL_TYPE (StrataShelf, strata_shelf, G_TYPE_OBJECT)

static void
strata_shelf_finalize (GObject *object)
{
  StrataShelf *self = STRATA_SHELF (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->objects, g_free);
  g_clear_pointer (&self->downloads, g_free);
  g_clear_pointer (&self->icons, g_free);
  g_clear_pointer (&self->parts, g_free);
  g_clear_object (&self->index);
  g_cond_clear (&self->left);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_shelf_parent_class)->finalize (object);
}

static void
strata_shelf_class_init (StrataShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_shelf_finalize;
}

static void
strata_shelf_init (StrataShelf *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->left);
}

/**
 * strata_shelf_new:
 * @data_dir: (type filename): the folder of this person's data, where a store is too
 * @cache_dir: (nullable) (type filename): the folder of what can be had again; %NULL for the one of this person
 *
 * Makes the shelf; folders are made when something is put in them.
 *
 * Returns: (transfer full): the shelf
 */
StrataShelf *
strata_shelf_new (const char *data_dir,
                  const char *cache_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  StrataShelf *self = g_object_new (STRATA_TYPE_SHELF, NULL);
  g_autofree char *cache = cache_dir != NULL
                             ? g_strdup (cache_dir)
                             : g_build_filename (g_get_user_cache_dir (), "strata", "v1", NULL);
  g_autofree char *index = g_build_filename (cache, "index.db", NULL);

  self->data_dir = g_strdup (data_dir);
  self->objects = g_build_filename (data_dir, "objects", NULL);
  self->downloads = g_build_filename (cache, "downloads", NULL);
  self->icons = g_build_filename (cache, "icons", NULL);
  self->parts = g_build_filename (cache, "parts", NULL);
  self->index = strata_index_new (index);

  return self;
}

/**
 * strata_shelf_get_index:
 * @self: a shelf
 *
 * Returns: (transfer none) (not nullable): the index of what all registries offer
 */
StrataIndex *
strata_shelf_get_index (StrataShelf *self)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self), NULL);

  return self->index;
}

/**
 * strata_shelf_dup_icon:
 * @self: a shelf
 * @address: where a picture is on the web
 *
 * Returns: (transfer full) (type filename) (not nullable): the file in the cache that is for it; its folder may not be
 *   there yet
 */
char *
strata_shelf_dup_icon (StrataShelf *self,
                       const char  *address)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && address != NULL, NULL);

  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);

  return g_build_filename (self->icons, name, NULL);
}

/* Removes what was begun long ago and never went on. A lock may be held however old its file is. */
static void
tidy (StrataShelf *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr(GDir) folder = self->is_tidy ? NULL : g_dir_open (self->parts, 0, NULL);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - KEEP_PARTS_SECONDS;
  const char *name;

  self->is_tidy = TRUE;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->parts, name, NULL);
      GStatBuf info;

      if (!g_str_has_suffix (name, ".lock") && g_lstat (path, &info) == 0 && info.st_mtime < before)
        g_unlink (path);
    }
}

/**
 * strata_shelf_dup_part:
 * @self: a shelf
 * @key: what is downloaded, such as its address
 * @error: return location for a `STRATA_ERROR_DISK` or `STRATA_ERROR_FORBIDDEN`
 *
 * What nobody went on with for a week is removed.
 *
 * Returns: (transfer full) (type filename) (nullable): a file for what is there of it so far
 */
char *
strata_shelf_dup_part (StrataShelf  *self,
                       const char   *key,
                       GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && key != NULL, NULL);

  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strconcat (digest, ".part", NULL);

  if (!strata_disk_make_folder (self->parts, error))
    return NULL;

  tidy (self);

  return g_build_filename (self->parts, name, NULL);
}

/**
 * strata_shelf_read:
 * @self: a shelf
 * @digest: a SHA-256, in small letters
 * @error: return location for a `STRATA_ERROR_NOT_FOUND`
 *
 * Reads what is kept or was downloaded before, and believes it only when it has that digest. Blocks for the disk.
 *
 * Returns: (transfer full) (nullable): the bytes, %NULL when they have to be downloaded
 */
StrataBlob *
strata_shelf_read (StrataShelf  *self,
                   const char   *digest,
                   GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && digest != NULL, NULL);

  StrataBlob *blob = strata_objects_read (self->objects, digest, NULL);

  if (blob == NULL)
    blob = strata_objects_read (self->downloads, digest, NULL);

  if (blob == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("%s was not downloaded yet"), digest);

  return blob;
}

/**
 * strata_shelf_put:
 * @self: a shelf
 * @blob: bytes that were downloaded
 * @error: return location for a `STRATA_ERROR_DISK` or `STRATA_ERROR_FORBIDDEN`
 *
 * Puts bytes into the cache, to be found by their digest. Blocks for the disk.
 *
 * Returns: whether they are there
 */
gboolean
strata_shelf_put (StrataShelf  *self,
                  StrataBlob   *blob,
                  GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && STRATA_IS_BLOB (blob), FALSE);

  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();

  return strata_objects_add (self->downloads, batch, blob, error) &&
         strata_disk_batch_commit (batch, error);
}

static void
cancelled_cb (GCancellable *cancellable,
              StrataShelf  *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_cond_broadcast (&self->left);
}

/**
 * strata_shelf_enter:
 * @self: a shelf
 * @cancellable: (nullable): a cancellable
 * @error: return location for a `G_IO_ERROR_CANCELLED`
 *
 * Waits until fewer than four downloads run. After it strata_shelf_leave() must be called.
 *
 * Returns: whether one more may begin; %FALSE only when it was cancelled
 */
gboolean
strata_shelf_enter (StrataShelf   *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self), FALSE);

  gulong handler = cancellable != NULL
                     ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL)
                     : 0;

  g_mutex_lock (&self->mutex);
  while (self->n_downloads >= MAX_DOWNLOADS && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->left, &self->mutex);

  gboolean may_begin = !g_cancellable_is_cancelled (cancellable);

  self->n_downloads += may_begin ? 1 : 0;
  g_mutex_unlock (&self->mutex);

  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  if (!may_begin)
    g_cancellable_set_error_if_cancelled (cancellable, error);

  return may_begin;
}

/**
 * strata_shelf_leave:
 * @self: a shelf
 *
 * Says that a download is over, however it ended.
 */
void
strata_shelf_leave (StrataShelf *self)
{
  g_return_if_fail (STRATA_IS_SHELF (self));

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_downloads--;
  g_cond_broadcast (&self->left);
}

/* The lock of the store: nothing is collected while the list says less than what is to stay. */
static int
lock (StrataShelf  *self,
      GError      **error)
{
  g_autofree char *path = g_build_filename (self->data_dir, "lock", NULL);

  return strata_disk_make_folder (self->data_dir, error)
           ? strata_disk_lock (path, LOCK_WAIT_MS, NULL, error)
           : -1;
}

static gboolean
write_object (StrataShelf  *self,
              StrataBlob   *blob,
              GError      **error)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();

  return strata_disk_make_folder (self->objects, error) &&
         strata_objects_add (self->objects, batch, blob, error) &&
         strata_disk_batch_commit (batch, error);
}

static StrataKept *
copy_kept (const StrataKept *what,
           StrataBlob       *blob)
{
  StrataKept *kept = g_new0 (StrataKept, 1);

  kept->registry_id = g_strdup (what->registry_id);
  kept->kind = what->kind;
  kept->name = g_strdup (what->name);
  kept->version = g_strdup (what->version);
  kept->url = g_strdup (what->url != NULL ? what->url : "");
  kept->digest = g_strdup (strata_blob_get_digest (blob));
  kept->size = strata_blob_get_size (blob);
  kept->kept_at = g_get_real_time () / G_USEC_PER_SEC;

  return kept;
}

/**
 * strata_shelf_keep:
 * @self: a shelf
 * @what: what to keep; its digest, size and time are found here
 * @blob: its bytes
 * @error: return location for a `STRATA_ERROR_BUSY`, `STRATA_ERROR_CORRUPT`, `STRATA_ERROR_DISK` or
 *   `STRATA_ERROR_FORBIDDEN`
 *
 * Keeps bytes with the data of this person until strata_shelf_unkeep(), in place of those kept of the same version
 * before. Blocks for the disk.
 *
 * Returns: whether they are kept
 */
gboolean
strata_shelf_keep (StrataShelf       *self,
                   const StrataKept  *what,
                   StrataBlob        *blob,
                   GError           **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && what != NULL && STRATA_IS_BLOB (blob), FALSE);

  int fd = lock (self, error);

  if (fd < 0)
    return FALSE;

  g_autoptr(GPtrArray) list = strata_kept_load (self->data_dir, error);
  gboolean done = FALSE;

  if (list != NULL)
    {
      StrataKept *before =
        strata_kept_find (list, what->registry_id, what->kind, what->name, what->version);

      if (before != NULL)
        g_ptr_array_remove (list, before);
      g_ptr_array_add (list, copy_kept (what, blob));
      done = write_object (self, blob, error) && strata_kept_save (self->data_dir, list, error);
    }

  g_close (fd, NULL);
  if (done)
    strata_index_set_kept (self->index, what->registry_id, what->kind, what->name, what->version,
                           TRUE, NULL);

  return done;
}

/* Takes off the list what is of @registry_id, or only one of it when there is a @name. */
static gboolean
unkeep (StrataShelf      *self,
        const char       *registry_id,
        StrataLayerKind   kind,
        const char       *name,
        const char       *version,
        GError          **error)
{
  int fd = lock (self, error);

  if (fd < 0)
    return FALSE;

  g_autoptr(GPtrArray) list = strata_kept_load (self->data_dir, error);

  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      StrataKept *kept = list->pdata[i - 1];

      if (g_str_equal (kept->registry_id, registry_id) &&
          (name == NULL || (kept->kind == kind && g_str_equal (kept->name, name) &&
                            g_str_equal (kept->version, version))))
        g_ptr_array_remove_index (list, i - 1);
    }

  gboolean done = list != NULL && strata_kept_save (self->data_dir, list, error);

  g_close (fd, NULL);

  return done;
}

/**
 * strata_shelf_unkeep:
 * @self: a shelf
 * @registry_id: where it is from
 * @kind: a pack or a chart
 * @name: what it is called
 * @version: which version
 * @error: return location for the errors of strata_shelf_keep()
 *
 * Keeps it no longer: its bytes go when nothing else needs them. What is not kept is no error. Blocks for the disk.
 *
 * Returns: whether it is not kept any more
 */
gboolean
strata_shelf_unkeep (StrataShelf      *self,
                     const char       *registry_id,
                     StrataLayerKind   kind,
                     const char       *name,
                     const char       *version,
                     GError          **error)
{
  g_return_val_if_fail (
    STRATA_IS_SHELF (self) && registry_id != NULL && name != NULL && version != NULL, FALSE);

  if (!unkeep (self, registry_id, kind, name, version, error))
    return FALSE;

  strata_index_set_kept (self->index, registry_id, kind, name, version, FALSE, NULL);

  return TRUE;
}

/**
 * strata_shelf_unkeep_all:
 * @self: a shelf
 * @registry_id: a registry that goes
 * @error: return location for the errors of strata_shelf_keep()
 *
 * Keeps nothing of a registry any longer. Blocks for the disk.
 *
 * Returns: whether nothing is kept
 */
gboolean
strata_shelf_unkeep_all (StrataShelf  *self,
                         const char   *registry_id,
                         GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self) && registry_id != NULL, FALSE);

  return unkeep (self, registry_id, STRATA_LAYER_KIND_HELM, NULL, NULL, error);
}

/**
 * strata_shelf_list_kept:
 * @self: a shelf
 * @error: return location for the errors of strata_kept_load()
 *
 * Blocks for the disk; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataKept): what is kept
 */
GPtrArray *
strata_shelf_list_kept (StrataShelf  *self,
                        GError      **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (self), NULL);

  return strata_kept_load (self->data_dir, error);
}

/**
 * strata_shelf_mark_kept:
 * @self: a shelf
 * @registry_id: a registry that was just looked at
 *
 * Tells the index what is kept of a registry: it may have been deleted with the rest of the cache and made anew. Blocks
 * for the disk.
 */
void
strata_shelf_mark_kept (StrataShelf *self,
                        const char  *registry_id)
{
  g_return_if_fail (STRATA_IS_SHELF (self) && registry_id != NULL);

  g_autoptr(GPtrArray) list = strata_kept_load (self->data_dir, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      StrataKept *kept = list->pdata[i];

      if (g_str_equal (kept->registry_id, registry_id))
        strata_index_set_kept (self->index, registry_id, kept->kind, kept->name, kept->version,
                               TRUE, NULL);
    }
}
