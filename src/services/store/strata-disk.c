/* strata-disk.c - files that are there in full after a crash, or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-disk"

#include "strata-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strata-error.h"

#define TEMPORARY_PREFIX ".new-"
#define MAX_OPEN 64  /* files of a batch that are open at a time */

typedef struct
{
  char    *temporary;  /* (owned) */
  char    *path;       /* (owned) */
  int      fd;         /* -1 once it is on the disk */
  gboolean named;      /* the temporary file has become the real one */
} Pending;

struct _StrataDiskBatch
{
  GPtrArray  *pending;   /* (owned) of Pending */
  GHashTable *folders;   /* (owned) of the folders to sync */
  guint       n_synced;  /* the first so many of pending are on the disk */
};

static gboolean
set_error (GError    **error,
           int         errsv,
           const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (errsv == ENOSPC || errsv == EDQUOT)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 _("The disk is full: free some space to write “%s”; what was saved is unchanged"),
                    shown);
  else if (errsv == EROFS)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 _("“%s” is on a disk that can only be read; what was saved is unchanged"), shown);
  else if (errsv == EACCES || errsv == EPERM)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
                 _("You are not allowed to change “%s”; look at who owns it and try again"),
                    shown);
  else if (errsv == ENOENT)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("There is no “%s”"), shown);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 _("The disk failed at “%s”: %s; what was saved is unchanged"), shown,
                    g_strerror (errsv));

  return FALSE;
}

static void
pending_free (Pending *pending)
{
  if (pending->fd >= 0)
    close (pending->fd);

  if (!pending->named)
    unlink (pending->temporary);

  g_free (pending->temporary);
  g_free (pending->path);
  g_free (pending);
}

/* For the batch of one save. Nothing it was given is seen by a reader before
 * strata_disk_batch_commit().
 */
StrataDiskBatch *
strata_disk_batch_new (void)
{
  StrataDiskBatch *self = g_new0 (StrataDiskBatch, 1);

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/* Removes what was added and not committed. */
void
strata_disk_batch_free (StrataDiskBatch *self)
{
  g_ptr_array_unref (self->pending);
  g_hash_table_unref (self->folders);
  g_free (self);
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno != EINTR)
        return FALSE;

      if (written > 0)
        {
          data += written;
          size -= (gsize) written;
        }
    }

  return TRUE;
}

static gboolean
batch_sync (StrataDiskBatch  *self,
            GError          **error)
{
  for (; self->n_synced < self->pending->len; self->n_synced++)
    {
      Pending *pending = g_ptr_array_index (self->pending, self->n_synced);

      if (fsync (pending->fd) != 0)
        return set_error (error, errno, pending->path);

      close (pending->fd);
      pending->fd = -1;
    }

  return TRUE;
}

/* Writes @data beside @path, whose folder is made if it is not there. */
gboolean
strata_disk_batch_add (StrataDiskBatch  *self,
                       const char       *path,
                       const void       *data,
                       gsize             size,
                       GError          **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!strata_disk_make_folder (folder, error))
    return FALSE;

  g_autofree char *temporary = g_build_filename (folder, TEMPORARY_PREFIX "XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    return set_error (error, errno, path);

  Pending *pending = g_new0 (Pending, 1);

  pending->fd = fd;
  pending->path = g_strdup (path);
  pending->temporary = g_steal_pointer (&temporary);
  g_ptr_array_add (self->pending, pending);
  g_hash_table_add (self->folders, g_steal_pointer (&folder));

  if (!write_all (fd, data, size))
    return set_error (error, errno, path);

  return self->pending->len - self->n_synced < MAX_OPEN || batch_sync (self, error);
}

/* Gives every file its name, in the order they were added. When only the last step, the sync of a
 * folder, fails, the files have their names, but a loss of power may take them away again.
 */
gboolean
strata_disk_batch_commit (StrataDiskBatch  *self,
                          GError          **error)
{
  if (!batch_sync (self, error))
    return FALSE;

  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (rename (pending->temporary, pending->path) != 0)
        return set_error (error, errno, pending->path);

      pending->named = TRUE;
    }

  GHashTableIter iter;
  gpointer folder;

  g_hash_table_iter_init (&iter, self->folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    if (!strata_disk_sync_folder (folder, error))
      return FALSE;

  return TRUE;
}

/* Whether every file that was added has its name, which it has after a commit, also after one that
 * failed only at the last step.
 */
gboolean
strata_disk_batch_is_named (StrataDiskBatch *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    if (!((Pending *) g_ptr_array_index (self->pending, i))->named)
      return FALSE;

  return self->pending->len > 0;
}

/* Makes the folder and those above it, each of them on the disk before the next. */
gboolean
strata_disk_make_folder (const char  *path,
                         GError     **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_autofree char *parent = g_path_get_dirname (path);

  if (!strata_disk_make_folder (parent, error))
    return FALSE;

  if (mkdir (path, 0700) != 0 && errno != EEXIST)
    return set_error (error, errno, path);

  return strata_disk_sync_folder (parent, error);
}

/* Makes the names in a folder outlive a loss of power. */
gboolean
strata_disk_sync_folder (const char  *path,
                         GError     **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return set_error (error, errno, path);

  int result = fsync (fd);
  int errsv = errno;

  close (fd);

  /* Some file systems cannot sync a folder and say so; there is nothing better to do on them. */
  if (result != 0 && errsv != EINVAL)
    return set_error (error, errsv, path);

  return TRUE;
}

static gboolean
read_all (int   fd,
          char *data,
          gsize size)
{
  while (size > 0)
    {
      gssize n_read = read (fd, data, size);

      if (n_read == 0)
        errno = EIO;

      if (n_read == 0 || (n_read < 0 && errno != EINTR))
        return FALSE;

      if (n_read > 0)
        {
          data += n_read;
          size -= (gsize) n_read;
        }
    }

  return TRUE;
}

static char *
read_descriptor (int          fd,
                 const char  *path,
                 gsize        max_size,
                 gsize       *size,
                 GError     **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      set_error (error, S_ISREG (info.st_mode) ? errno : EISDIR, path);
      return NULL;
    }

  if ((guint64) info.st_size > max_size)
    {
      g_autofree char *shown = g_filename_display_name (path);
      g_autofree char *most = g_format_size (max_size);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("“%s” is larger than %s"), shown, most);
      return NULL;
    }

  *size = (gsize) info.st_size;

  g_autofree char *data = g_try_malloc (*size + 1);

  if (data == NULL || !read_all (fd, data, *size))
    {
      set_error (error, data == NULL ? ENOMEM : errno, path);
      return NULL;
    }

  data[*size] = '\0';

  return g_steal_pointer (&data);
}

/* The whole of a regular file, with a NUL after it. `STRATA_ERROR_NOT_FOUND`, `_TOO_LARGE`,
 * `_FORBIDDEN`, `_DISK`.
 */
char *
strata_disk_read (const char  *path,
                  gsize        max_size,
                  gsize       *size,
                  GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      set_error (error, errno, path);
      return NULL;
    }

  char *data = read_descriptor (fd, path, max_size, size, error);

  close (fd);

  return data;
}

/* Puts a file in place of another: after a crash there is the old one or the new one. */
gboolean
strata_disk_replace (const char  *path,
                     const void  *data,
                     gsize        size,
                     GError     **error)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();

  return strata_disk_batch_add (batch, path, data, size, error) &&
         strata_disk_batch_commit (batch, error);
}

/* Moves a file to another folder of the same disk. */
gboolean
strata_disk_move (const char  *from,
                  const char  *to,
                  GError     **error)
{
  g_autofree char *from_folder = g_path_get_dirname (from);
  g_autofree char *to_folder = g_path_get_dirname (to);

  if (!strata_disk_make_folder (to_folder, error))
    return FALSE;

  if (rename (from, to) != 0)
    return set_error (error, errno, from);

  return strata_disk_sync_folder (to_folder, error) && strata_disk_sync_folder (from_folder, error);
}

/* Removes a file for good; one that is not there is no error. */
gboolean
strata_disk_remove (const char  *path,
                    GError     **error)
{
  if (unlink (path) != 0 && errno != ENOENT)
    return set_error (error, errno, path);

  return TRUE;
}

/* Whether a file was being written when somebody was killed. */
gboolean
strata_disk_is_temporary (const char *name)
{
  return g_str_has_prefix (name, TEMPORARY_PREFIX);
}

/* An open file description lock: it also keeps two stores of one process apart, and ends with the
 * process. Returns a descriptor whose close is the unlock, or -1 with `STRATA_ERROR_BUSY` after
 * @wait_ms.
 */
int
strata_disk_lock (const char    *path,
                  guint          wait_ms,
                  GCancellable  *cancellable,
                  GError       **error)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gint64 end = g_get_monotonic_time () + (gint64) wait_ms * 1000;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_error (error, errno, path);
      return -1;
    }

  while (fcntl (fd, F_OFD_SETLK, &whole) != 0)
    {
      gboolean taken = errno == EAGAIN || errno == EACCES;
      gboolean too_long = g_get_monotonic_time () >= end;

      if (!taken)
        set_error (error, errno, path);
      else if (too_long)
        g_set_error (
          error, STRATA_ERROR, STRATA_ERROR_BUSY,
          _("Another program has been writing to “%s” for a while; try again when it is done"),
             path);

      if (!taken || too_long || g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          close (fd);
          return -1;
        }

      g_usleep (2000);
    }

  return fd;
}
