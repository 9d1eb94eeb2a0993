/* strata-folder.c - a folder from a stranger, read whole within the bounds of an archive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-folder"

#include "strata-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strata-error.h"
#include "strata-tar-name.h"
#include "strata-tarball.h"

#define CHUNK_SIZE (64 * 1024)
#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* One walk through a folder: what it found, and how much of the bounds is used up. */
typedef struct
{
  GPtrArray    *files;        /* (owned) (element-type StrataFile) */
  gsize         total;
  guint         entries;
  GCancellable *cancellable;  /* (unowned) (nullable) */
} Walk;

static gboolean walk_folder (Walk        *walk,
                             int          fd,
                             const char  *prefix,
                             guint        depth,
                             GError     **error);

static void
set_errno_error (GError     **error,
                 int          number,
                 const char  *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  StrataError code = STRATA_ERROR_DISK;

  if (number == ENOENT || number == ENOTDIR)
    code = STRATA_ERROR_NOT_FOUND;
  else if (number == EACCES || number == EPERM)
    code = STRATA_ERROR_FORBIDDEN;
  else if (number == EISDIR)
    code = STRATA_ERROR_INVALID;

  g_set_error (error, STRATA_ERROR, code, _("“%s” cannot be read: %s"), shown, g_strerror (number));
}

/* What is read here ends up in a profile archive: a name that no archive may hold is refused at once. */
static gboolean
check_path (const char  *path,
            GError     **error)
{
  if (strata_tar_name_check (path, NULL))
    return TRUE;

  g_autofree char *shown = strata_tar_name_show (path);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("The name “%s” cannot be used in an archive: rename the file"), shown);

  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names that begin with a dot belong to other programs (version control, file managers), not to a pack. */
static GPtrArray *
list_names (Walk        *walk,
            DIR         *dir,
            GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  struct dirent *entry;

  while ((entry = readdir (dir)) != NULL)
    {
      if (entry->d_name[0] == '.')
        continue;

      if (++walk->entries > STRATA_TARBALL_MAX_ENTRIES)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                       _("The folder holds more than %d files"), STRATA_TARBALL_MAX_ENTRIES);
          return NULL;
        }

      g_ptr_array_add (names, g_strdup (entry->d_name));
    }

  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static gboolean
read_chunk (int          fd,
            const char  *path,
            GByteArray  *bytes,
            gssize      *n_read,
            GError     **error)
{
  gsize old_length = bytes->len;

  g_byte_array_set_size (bytes, (guint) old_length + CHUNK_SIZE);
  do
    *n_read = read (fd, bytes->data + old_length, CHUNK_SIZE);
  while (*n_read < 0 && errno == EINTR);

  if (*n_read < 0)
    {
      set_errno_error (error, errno, path);
      return FALSE;
    }

  g_byte_array_set_size (bytes, (guint) (old_length + (gsize) *n_read));

  return TRUE;
}

/* Reads to the end, not to the size it had: a file may grow while it is read. */
static StrataBlob *
read_whole (int            fd,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gssize n_read = 0;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !read_chunk (fd, path, bytes, &n_read, error))
        return NULL;

      if (bytes->len > STRATA_TARBALL_MAX_FILE)
        {
          g_autofree char *limit = g_format_size_full (STRATA_TARBALL_MAX_FILE, G_FORMAT_SIZE_IEC_UNITS);
          g_autofree char *shown = g_filename_display_name (path);

          g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                       _("“%s” is larger than %s"), shown, limit);
          return NULL;
        }
    }
  while (n_read > 0);

  return strata_blob_new (bytes->data, bytes->len);
}

static gboolean
add_file (Walk        *walk,
          int          fd,
          const char  *path,
          GError     **error)
{
  g_autoptr(StrataBlob) blob = read_whole (fd, path, walk->cancellable, error);

  if (blob == NULL)
    return FALSE;

  walk->total += strata_blob_get_size (blob);
  if (walk->total > STRATA_TARBALL_MAX_UNPACKED)
    {
      g_autofree char *limit = g_format_size_full (STRATA_TARBALL_MAX_UNPACKED, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("The folder holds more than %s"), limit);
      return FALSE;
    }

  g_ptr_array_add (walk->files, strata_file_new (path, blob));

  return TRUE;
}

/* Looks first and opens after, without following: opening a device or a pipe could already do something. */
static gboolean
walk_entry (Walk        *walk,
            int          parent,
            const char  *name,
            const char  *path,
            guint        depth,
            GError     **error)
{
  struct stat info;

  if (fstatat (parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    {
      set_errno_error (error, errno, path);
      return FALSE;
    }

  if (!S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   S_ISLNK (info.st_mode)
                     ? _("“%s” is a link: put a copy of the file in its place")
                     : _("“%s” is neither a file nor a folder: take it away"),
                   path);
      return FALSE;
    }

  int fd = openat (parent, name, OPEN_FLAGS);

  if (fd < 0)
    {
      set_errno_error (error, errno, path);
      return FALSE;
    }

  if (S_ISDIR (info.st_mode))
    return walk_folder (walk, fd, path, depth + 1, error);

  gboolean added = add_file (walk, fd, path, error);

  g_close (fd, NULL);

  return added;
}

static gboolean
walk_names (Walk        *walk,
            int          fd,
            GPtrArray   *names,
            const char  *prefix,
            guint        depth,
            GError     **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = *prefix != '\0' ? g_strconcat (prefix, "/", name, NULL) : g_strdup (name);

      if (!check_path (path, error) || !walk_entry (walk, fd, name, path, depth, error))
        return FALSE;
    }

  return TRUE;
}

/* Takes over @fd. */
static gboolean
walk_folder (Walk        *walk,
             int          fd,
             const char  *prefix,
             guint        depth,
             GError     **error)
{
  DIR *dir = fdopendir (fd);

  if (dir == NULL)
    {
      set_errno_error (error, errno, prefix);
      g_close (fd, NULL);
      return FALSE;
    }

  gboolean walked = FALSE;
  g_autoptr(GPtrArray) names = NULL;

  if (depth > STRATA_TARBALL_MAX_NESTING)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                 _("The folder has more than %d folders inside each other"), STRATA_TARBALL_MAX_NESTING);
  else if ((names = list_names (walk, dir, error)) != NULL)
    walked = walk_names (walk, dirfd (dir), names, prefix, depth, error);

  closedir (dir);

  return walked;
}

static char *
get_local_path (GFile   *file,
                GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      g_autofree char *shown = g_file_get_parse_name (file);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” is not on this computer; copy it here first"), shown);
    }

  return g_steal_pointer (&path);
}

/**
 * strata_folder_read:
 * @folder: a folder on this computer
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads every plain file below @folder, whatever stands there, within the bounds that hold for archives. Names that
 * begin with a dot are left out. Links, devices and pipes are refused, and so nothing outside @folder is ever read.
 * Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataFile): the files, paths relative to @folder with slashes,
 *   sorted by bytes within each folder; %NULL with `NOT_FOUND`, `FORBIDDEN`, `INVALID`, `TOO_LARGE` or `DISK`
 */
GPtrArray *
strata_folder_read (GFile         *folder,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  g_autofree char *path = get_local_path (folder, error);

  if (path == NULL)
    return NULL;

  /* The folder itself was chosen by a person: there a link is followed. */
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      set_errno_error (error, errno, path);
      return NULL;
    }

  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  Walk walk = { files, 0, 0, cancellable };

  return walk_folder (&walk, fd, "", 0, error) ? g_steal_pointer (&files) : NULL;
}

/**
 * strata_folder_read_file:
 * @file: a file on this computer
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Reads one file whole if it is within the bound of a file in an archive. Blocks; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL with `NOT_FOUND`, `FORBIDDEN`, `INVALID`, `TOO_LARGE` or
 *   `DISK`
 */
StrataBlob *
strata_folder_read_file (GFile         *file,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autofree char *path = get_local_path (file, error);

  if (path == NULL)
    return NULL;

  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    {
      set_errno_error (error, errno, path);
      return NULL;
    }

  StrataBlob *blob = read_whole (fd, path, cancellable, error);

  g_close (fd, NULL);

  return blob;
}
