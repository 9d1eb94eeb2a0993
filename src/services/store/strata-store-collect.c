/* strata-store-collect.c - removing what no profile names any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-kept.h"
#include "strata-objects.h"
#include "strata-store-private.h"

#define SUFFIX ".ini"
#define TIDY_SECONDS (24 * 60 * 60)

typedef struct
{
  StrataStore  *store;        /* (unowned) */
  GHashTable   *named;        /* (owned) digests of all that is to stay */
  GHashTable   *followed;     /* (owned) digests of the revisions that were read */
  GCancellable *cancellable;  /* (unowned) (nullable) */
  gint64        before;       /* what was not touched since may go, in seconds since 1970 */
  guint64       freed;        /* bytes */
} Collection;

static void
collection_clear (Collection *self)
{
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->followed, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collection, collection_clear)

static gboolean
set_refused (GError     **error,
             const char  *what,
             GError      *reason)
{
  g_set_error (error, STRATA_ERROR, reason->code,
               _("Nothing was removed, because it is not known what “%s” needs: %s"), what,
                  reason->message);
  g_error_free (reason);

  return FALSE;
}

/* Keeps a revision, all before it, and all that they name. */
static gboolean
keep_chain (Collection  *self,
            const char  *digest,
            GError     **error)
{
  g_autofree char *next = g_strdup (digest);

  while (next != NULL && *next != '\0' && !g_hash_table_contains (self->followed, next))
    {
      GError *local_error = NULL;
      g_autoptr(StrataBlob) sealed =
        strata_objects_read (self->store->objects, next, &local_error);
      g_autoptr(StrataRevision) step =
        sealed != NULL ? strata_revision_read_step (sealed, &local_error) : NULL;

      if (step == NULL)
        return set_refused (error, next, local_error);

      strata_revision_collect_digests (sealed, self->named);
      g_hash_table_add (self->named, g_strdup (next));
      g_hash_table_add (self->followed, g_steal_pointer (&next));
      next = g_steal_pointer (&step->parent);
    }

  return TRUE;
}

static gboolean
keep_record (Collection  *self,
             const char  *path,
             GError     **error)
{
  GError *local_error = NULL;
  g_autoptr(StrataRecord) record = strata_record_load (path, &local_error);

  if (record == NULL && g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_error_free (local_error);
      return TRUE;
    }

  if (record == NULL)
    return set_refused (error, path, local_error);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         keep_chain (self, record->head, error) && keep_chain (self, record->link->base, error) &&
         keep_chain (self, record->link->theirs, error) && keep_chain (self, record->link->sending, error) &&
         keep_chain (self, record->aside, error);
}

static gboolean
keep_folder (Collection  *self,
             const char  *path,
             gboolean     is_locked,
             GError     **error)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      /* Nobody else is writing while this has the lock. */
      if (is_locked && strata_disk_is_temporary (name))
        g_unlink (file);
      else if (g_str_has_suffix (name, SUFFIX) && !keep_record (self, file, error))
        return FALSE;
    }

  return TRUE;
}

/* What a person wants to have without a network, whether a profile needs it or not. */
static gboolean
keep_kept (Collection  *self,
           GError     **error)
{
  GError *local_error = NULL;
  g_autoptr(GPtrArray) list = strata_kept_load (self->store->path, &local_error);

  if (list == NULL)
    return set_refused (error, "kept.ini", local_error);

  for (guint i = 0; i < list->len; i++)
    g_hash_table_add (self->named, g_strdup (((StrataKept *) list->pdata[i])->digest));

  return TRUE;
}

/* Of every workspace: they share their objects. */
static gboolean
keep_all (Collection  *self,
          gboolean     is_locked,
          GError     **error)
{
  g_autofree char *path = g_build_filename (self->store->path, "workspaces", NULL);
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *profiles = g_build_filename (path, name, "profiles", NULL);
      g_autofree char *trash = g_build_filename (path, name, "trash", NULL);

      if (!keep_folder (self, profiles, is_locked, error) ||
          !keep_folder (self, trash, is_locked, error))
        return FALSE;
    }

  return keep_kept (self, error);
}

static void
sweep_file (Collection *self,
            const char *folder,
            const char *first,
            const char *rest)
{
  g_autofree char *path = g_build_filename (folder, rest, NULL);
  g_autofree char *digest = g_strconcat (first, rest, NULL);
  gboolean is_stale = strata_disk_is_temporary (rest);
  struct stat info;

  if ((!is_stale && !strata_objects_is_digest (digest)) ||
      g_hash_table_contains (self->named, digest) || lstat (path, &info) != 0 ||
      !S_ISREG (info.st_mode))
    return;

  if ((is_stale || info.st_mtim.tv_sec < self->before) && g_unlink (path) == 0)
    self->freed += (guint64) info.st_size;
}

static gboolean
sweep (Collection  *self,
       GError     **error)
{
  g_autoptr(GDir) folder = g_dir_open (self->store->objects, 0, NULL);
  const char *first;

  while (folder != NULL && (first = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->store->objects, first, NULL);
      g_autoptr(GDir) inner = g_dir_open (path, 0, NULL);
      const char *rest;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      while (inner != NULL && (rest = g_dir_read_name (inner)) != NULL)
        sweep_file (self, path, first, rest);
    }

  return TRUE;
}

/* Most is read before the lock is taken; with it, only what was saved meanwhile. */
static gboolean
collect (Collection  *self,
         GError     **error)
{
  if (!keep_all (self, FALSE, error))
    return FALSE;

  int lock = strata_store_lock (self->store, self->cancellable, error);

  if (lock < 0)
    return FALSE;

  gboolean done = keep_all (self, TRUE, error) && sweep (self, error);

  g_close (lock, NULL);

  return done;
}

/**
 * strata_store_collect:
 * @self: a store
 * @older_than_seconds: how long something must not have been named before it goes;
 *   %STRATA_STORE_KEEP_SECONDS
 * @freed: (out) (optional): how many bytes were freed
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_CORRUPT when a damaged profile leaves it unknown
 *   what it needs, %STRATA_ERROR_BUSY, or %STRATA_ERROR_DISK
 *
 * Removes the objects that no revision of any profile names, in the trash or not, and that are not
 * kept offline, and what was left half written by whoever was killed. Blocks.
 *
 * Returns: whether it came to the end
 */
gboolean
strata_store_collect (StrataStore   *self,
                      gint64         older_than_seconds,
                      guint64       *freed,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && older_than_seconds >= 0, FALSE);

  g_auto(Collection) collection = {
    .store = self,
    .named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .cancellable = cancellable,
    .before = g_get_real_time () / G_USEC_PER_SEC - older_than_seconds + (older_than_seconds == 0),
  };
  gboolean done = collect (&collection, error);

  if (freed != NULL)
    *freed = collection.freed;

  return done;
}

/* Whether a day has gone by since somebody tidied up, by the time of a file that says so. A clock
 * that was turned back makes it due.
 */
static gboolean
is_due (const char *stamp)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  struct stat info;

  return stat (stamp, &info) != 0 || info.st_mtim.tv_sec > now ||
         info.st_mtim.tv_sec < now - TIDY_SECONDS;
}

/**
 * strata_store_tidy:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for the errors of strata_store_collect()
 *
 * What a program that stays open does once in a while: strata_store_collect() with
 * %STRATA_STORE_KEEP_SECONDS, when a day has gone by since any program did. Blocks.
 *
 * Returns: whether all is tidy
 */
gboolean
strata_store_tidy (StrataStore   *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), FALSE);

  g_autofree char *stamp = g_build_filename (self->path, "tidied", NULL);

  if (!is_due (stamp))
    return TRUE;

  return strata_store_collect (self, STRATA_STORE_KEEP_SECONDS, NULL, cancellable, error) &&
         strata_disk_replace (stamp, "", 0, error);
}
