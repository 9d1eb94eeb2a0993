/* strata-tarball-write.c - files packed so that the same files give the same bytes on any machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tarball-write"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-gzip.h"
#include "strata-tar-name.h"
#include "strata-tarball.h"

#define FILE_MODE 0644
#define FOLDER_MODE 0755

typedef struct
{
  struct archive *archive;       /* (owned) */
  GByteArray     *tar;           /* (owned) */
  GCancellable   *cancellable;   /* (nullable) */
  gboolean        is_complete;   /* no entry failed */
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->archive, archive_write_free);
  g_clear_pointer (&self->tar, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static int
compare_paths (const void *a,
               const void *b,
               void       *unused)
{
  return strcmp (a, b);
}

static gboolean
refuse (const char *path,
        const char *why,
        GError    **error)
{
  g_autofree char *shown = strata_tar_name_show (path);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               /* Translators: the path of a file, then what is wrong with it */
               _("“%s” cannot be put into an archive: %s"), shown, why);

  return FALSE;
}

/* A folder stands in the tree as a path without a file. */
static gboolean
add_folders (GTree       *tree,
             const char  *path,
             GError     **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, slash - path);

      if (g_tree_lookup (tree, folder) != NULL)
        return refuse (path, _("a file is used as a folder"), error);

      g_tree_insert (tree, g_steal_pointer (&folder), NULL);
    }

  return TRUE;
}

static gboolean
add_file (GTree       *tree,
          const char  *top,
          StrataFile  *file,
          GError     **error)
{
  g_autofree char *path = g_strconcat (top, "/", strata_file_get_path (file), NULL);

  if (!strata_tar_name_check (path, error))
    return FALSE;

  if (g_str_has_suffix (path, "/"))
    return refuse (path, _("it is the name of a folder"), error);

  if (g_tree_lookup_extended (tree, path, NULL, NULL))
    return refuse (path, _("it is there twice"), error);

  if (strata_blob_get_size (strata_file_get_content (file)) > STRATA_TARBALL_MAX_FILE)
    return refuse (path, _("it is larger than 20 MiB"), error);

  if (!add_folders (tree, path, error))
    return FALSE;

  g_tree_insert (tree, g_steal_pointer (&path), file);

  return TRUE;
}

static la_ssize_t
append_cb (struct archive *archive,
           void           *data,
           const void     *buffer,
           size_t          length)
{
  g_byte_array_append (data, buffer, (guint) length);

  return (la_ssize_t) length;
}

/* No owner, no time, no rights of the machine it was made on. */
static gboolean
write_entry (struct archive *archive,
             const char     *path,
             StrataFile     *file)
{
  StrataBlob *content = file != NULL ? strata_file_get_content (file) : NULL;
  gsize size = content != NULL ? strata_blob_get_size (content) : 0;
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, path);
  archive_entry_set_filetype (entry, file != NULL ? AE_IFREG : AE_IFDIR);
  archive_entry_set_perm (entry, file != NULL ? FILE_MODE : FOLDER_MODE);
  archive_entry_set_mtime (entry, 0, 0);
  archive_entry_set_size (entry, (la_int64_t) size);

  gboolean is_written = archive_write_header (archive, entry) == ARCHIVE_OK;

  archive_entry_free (entry);

  if (is_written && size > 0)
    is_written =
      archive_write_data (archive, strata_blob_get_text (content), size) == (la_ssize_t) size;

  return is_written;
}

/* Stops (TRUE) at the first entry that cannot be written, at the bound, and when cancelled. */
static gboolean
write_entry_cb (void *path,
                void *file,
                void *data)
{
  Writer *self = data;

  self->is_complete = self->is_complete && !g_cancellable_is_cancelled (self->cancellable) &&
                      write_entry (self->archive, path, file) &&
                      self->tar->len <= STRATA_TARBALL_MAX_UNPACKED;

  return !self->is_complete;
}

static gboolean
set_incomplete (Writer *self,
                GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (self->tar->len > STRATA_TARBALL_MAX_UNPACKED)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                 _("The archive would unpack to more than %d MiB"),
                    STRATA_TARBALL_MAX_UNPACKED / (1024 * 1024));
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("The archive cannot be written: %s"), archive_error_string (self->archive));

  return FALSE;
}

/* ustar headers; pax ones only for a name that ustar cannot hold. */
static GBytes *
write_tar (GTree         *tree,
           GCancellable  *cancellable,
           GError       **error)
{
  g_auto(Writer) writer = {
    .archive = archive_write_new (),
    .tar = g_byte_array_new (),
    .cancellable = cancellable,
    .is_complete = TRUE,
  };

  archive_write_set_format_pax_restricted (writer.archive);
  archive_write_set_bytes_per_block (writer.archive, 0);
  archive_write_open2 (writer.archive, writer.tar, NULL, append_cb, NULL, NULL);
  g_tree_foreach (tree, write_entry_cb, &writer);

  if (!writer.is_complete)
    {
      set_incomplete (&writer, error);
      return NULL;
    }

  archive_write_close (writer.archive);

  return g_byte_array_free_to_bytes (g_steal_pointer (&writer.tar));
}

static GTree *
sort_files (const char  *top,
            GPtrArray   *files,
            GError     **error)
{
  g_autoptr(GTree) tree = g_tree_new_full (compare_paths, NULL, g_free, NULL);

  for (guint i = 0; i < files->len; i++)
    if (!add_file (tree, top, files->pdata[i], error))
      return NULL;

  if (g_tree_nnodes (tree) > STRATA_TARBALL_MAX_ENTRIES)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("The archive would have more than %d entries"), STRATA_TARBALL_MAX_ENTRIES);
      return NULL;
    }

  return g_steal_pointer (&tree);
}

/**
 * strata_tarball_write:
 * @top: the name of the one top folder
 * @files: (element-type StrataFile): the files, in any order, paths relative to @top
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Packs files into a `.tgz` that strata_tarball_read() takes. The same files give the same bytes on any machine, in
 * any locale, time zone and umask: entries sorted bytewise, each folder before what is in it; no owner, no time, modes
 * 0644 and 0755; ustar, with pax headers only for names that need them. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error set: `STRATA_ERROR_INVALID` for a name that
 *   cannot be in an archive, `STRATA_ERROR_TOO_LARGE` over a bound
 */
GBytes *
strata_tarball_write (const char    *top,
                      GPtrArray     *files,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (top != NULL && files != NULL, NULL);

  g_autoptr(GTree) tree = sort_files (top, files, error);

  if (tree == NULL)
    return NULL;

  locale_t before = strata_tar_name_begin_utf8 ();
  g_autoptr(GBytes) tar = write_tar (tree, cancellable, error);

  strata_tar_name_end_utf8 (before);

  if (tar == NULL)
    return NULL;

  return strata_gzip_pack (tar, STRATA_TARBALL_MAX_RATIO, cancellable, error);
}
