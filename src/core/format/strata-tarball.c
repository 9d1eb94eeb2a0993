/* strata-tarball.c - a compressed tar archive from a stranger, read entry by entry within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-tarball"

#include "strata-tarball.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-gzip.h"
#include "strata-tar-name.h"

#define BLOCK 512        /* POSIX ustar: headers and contents come in blocks of this size */
#define END (2 * BLOCK)  /* ... and two empty ones end an archive */
#define NAME_SIZE 100
#define SIZE_AT 124
#define SIZE_SIZE 12
#define TYPE_AT 156

/* The places of an archive that were named so far. */
typedef enum
{
  PLACE_FILE = 1,
  PLACE_FOLDER,          /* by an entry of its own */
  PLACE_IMPLIED_FOLDER,  /* by a file inside it */
} Place;

typedef struct
{
  struct archive *archive;  /* (owned) */
  const guchar   *tar;      /* the unpacked bytes, of the caller */
  gsize           size;
  GHashTable     *places;   /* (owned) (element-type utf8 Place) */
  GPtrArray      *files;    /* (owned) (element-type StrataFile) */
  char           *top;      /* (owned) (nullable) */
  guint           n_entries;
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->top, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
refuse (const char *name,
        const char *why,
        GError    **error)
{
  g_autofree char *shown = strata_tar_name_show (name);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               /* Translators: the name of an archive entry, then what is wrong with it */
               _("The archive entry “%s” is refused: %s"), shown, why);

  return FALSE;
}

static gboolean
set_damaged (Reader *self,
             GError **error)
{
  const char *reason = archive_error_string (self->archive);
  gboolean has_reason = reason != NULL && *reason != '\0';
  g_autofree char *shown =
    strata_tar_name_show (has_reason ? reason : _("its content is cut off"));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
               /* Translators: the number of an archive entry, then the archive library's words */
               _("The archive is damaged at entry %u: %s"), self->n_entries + 1, shown);

  return FALSE;
}

static gboolean
has_text_after_nul (const guchar *field,
                    gsize         size)
{
  const guchar *nul = memchr (field, '\0', size);

  for (; nul != NULL && nul < field + size; nul++)
    if (*nul != '\0')
      return TRUE;

  return FALSE;
}

/* The size field of an extended header: octal digits. */
static gsize
parse_size (const guchar *header)
{
  char digits[SIZE_SIZE + 1] = { 0 };

  memcpy (digits, header + SIZE_AT, SIZE_SIZE);

  return (gsize) g_ascii_strtoull (digits, NULL, 8);
}

/* Whether a path among the records of a pax header, each "length key=value\n" with its own length in decimal, has a NUL.
 * Others may: the extended attributes of macOS do. */
static gboolean
has_hidden_path (const guchar *records,
                 gsize         size)
{
  while (size > 0)
    {
      gsize length = 0;
      gsize digits = 0;

      for (; digits < size && digits < SIZE_SIZE && g_ascii_isdigit (records[digits]); digits++)
        length = length * 10 + records[digits] - '0';

      if (length <= digits || length > size)
        return FALSE;

      const char *record = (const char *) records + digits + 1;
      gsize rest = length - digits - 1;
      gboolean is_path = (rest > 5 && memcmp (record, "path=", 5) == 0) ||
                         (rest > 9 && memcmp (record, "linkpath=", 9) == 0);

      if (is_path && memchr (record, '\0', rest) != NULL)
        return TRUE;

      records += length;
      size -= length;
    }

  return FALSE;
}

/* libarchive ends a name at its first NUL, so what stands behind one would be read by nobody here, yet by another
 * program. Looks at the name of the header at @at and at the extended headers before it. */
static gboolean
hides_text (Reader *self,
            gsize   at)
{
  while (at + BLOCK <= self->size)
    {
      const guchar *header = self->tar + at;
      char type = (char) header[TYPE_AT];

      if (has_text_after_nul (header, NAME_SIZE))
        return TRUE;

      if (strchr ("xgLK", type) == NULL || type == '\0')
        return FALSE;

      gsize size = parse_size (header);

      /* No name is so long that its size needs the binary form, which parse_size() does not know.
       */
      if ((header[SIZE_AT] & 0x80) != 0)
        return TRUE;

      if (size == 0 || size > self->size - at - BLOCK)
        return FALSE;

      gboolean is_pax = type == 'x' || type == 'g';

      if (is_pax ? has_hidden_path (header + BLOCK, size)
                 : has_text_after_nul (header + BLOCK, size))
        return TRUE;

      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }

  return FALSE;
}

static gboolean
check_kind (struct archive_entry *entry,
            const char           *name,
            GError              **error)
{
  mode_t type = archive_entry_filetype (entry);
  mode_t mode = archive_entry_perm (entry);

  if (archive_entry_hardlink (entry) != NULL)
    return refuse (name, _("it is a hard link"), error);

  if (type == AE_IFLNK || archive_entry_symlink (entry) != NULL)
    return refuse (name, _("it is a symbolic link"), error);

  if (type != AE_IFREG && type != AE_IFDIR)
    return refuse (name, _("it is neither a file nor a folder"), error);

  /* On a folder the group bit only passes the group on, and real packs have it. */
  if ((mode & 04000) != 0 || (type == AE_IFREG && (mode & 02000) != 0))
    return refuse (name, _("it would run with somebody else’s rights"), error);

  if (archive_entry_sparse_count (entry) > 0)
    return refuse (name, _("it is a sparse file"), error);

  return TRUE;
}

static Place
get_place (Reader     *self,
           const char *path)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->places, path));
}

static gboolean
add_parents (Reader     *self,
             const char *path,
             GError    **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *parent = g_strndup (path, slash - path);
      Place place = get_place (self, parent);

      if (place == PLACE_FILE)
        return refuse (path, _("a file is used as a folder"), error);

      if (place == 0)
        g_hash_table_insert (self->places, g_steal_pointer (&parent),
                             GINT_TO_POINTER (PLACE_IMPLIED_FOLDER));
    }

  return TRUE;
}

static gboolean
add_place (Reader     *self,
           const char *path,
           Place       place,
           GError    **error)
{
  Place before = get_place (self, path);

  if (before == place)
    return refuse (path, _("it is there twice"), error);

  if (before != 0 && (before == PLACE_FILE || place == PLACE_FILE))
    return refuse (path, _("it is both a file and a folder"), error);

  if (!add_parents (self, path, error))
    return FALSE;

  g_hash_table_insert (self->places, g_strdup (path), GINT_TO_POINTER (place));

  return TRUE;
}

static gboolean
check_top (Reader     *self,
           const char *path,
           Place       place,
           GError    **error)
{
  const char *slash = strchr (path, '/');

  if (slash == NULL && place == PLACE_FILE)
    return refuse (path, _("it is not inside a top folder"), error);

  g_autofree char *top = slash != NULL ? g_strndup (path, slash - path) : g_strdup (path);

  if (self->top == NULL)
    self->top = g_steal_pointer (&top);
  else if (!g_str_equal (self->top, top))
    return refuse (path, _("it is in a second top folder"), error);

  return TRUE;
}

static gboolean
read_content (Reader      *self,
              gint64       size,
              const char  *path,
              char       **content,
              GError     **error)
{
  if (size < 0 || size > STRATA_TARBALL_MAX_FILE)
    return refuse (path, _("it is larger than 20 MiB"), error);

  gsize expected = (gsize) size;
  gsize done = 0;
  g_autofree char *data = g_malloc (expected + 1);

  while (done < expected)
    {
      la_ssize_t n = archive_read_data (self->archive, data + done, expected - done);

      if (n <= 0)
        return set_damaged (self, error);

      done += (gsize) n;
    }

  data[expected] = '\0';
  *content = g_steal_pointer (&data);

  return TRUE;
}

static gboolean
read_entry (Reader               *self,
            struct archive_entry *entry,
            GError              **error)
{
  const char *name = archive_entry_pathname (entry);
  gboolean is_folder = archive_entry_filetype (entry) == AE_IFDIR;
  Place place = is_folder ? PLACE_FOLDER : PLACE_FILE;
  gint64 size = archive_entry_size (entry);
  char *content = NULL;

  if (!strata_tar_name_check (name != NULL ? name : "", error) || !check_kind (entry, name, error))
    return FALSE;

  if (hides_text (self, (gsize) archive_read_header_position (self->archive)))
    return refuse (name, _("its name has a NUL"), error);

  g_autofree char *path = g_strdup (name);

  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  if (!check_top (self, path, place, error) || !add_place (self, path, place, error))
    return FALSE;

  if (is_folder)
    return TRUE;

  if (!read_content (self, size, path, &content, error))
    return FALSE;

  g_autoptr(StrataBlob) blob = strata_blob_new_take (content, (gsize) size);

  g_ptr_array_add (self->files, strata_file_new (path + strlen (self->top) + 1, blob));

  return TRUE;
}

/* libarchive takes a tar without its end, and stops at the end without looking at what follows. */
static gboolean
check_end (Reader  *self,
           GError **error)
{
  gsize last = self->size;

  while (last > 0 && self->tar[last - 1] == '\0')
    last--;

  if (self->size - last < END || self->size % BLOCK != 0)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                           _("The archive was cut off: its end is missing"));
      return FALSE;
    }

  if (last > (gsize) archive_filter_bytes (self->archive, 0))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                           _("The archive has something after its end"));
      return FALSE;
    }

  if (self->files->len == 0)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("The archive has no file inside"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_entries (Reader        *self,
              GCancellable  *cancellable,
              GError       **error)
{
  struct archive_entry *entry;
  int status;

  while ((status = archive_read_next_header (self->archive, &entry)) != ARCHIVE_EOF)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (status != ARCHIVE_OK)
        return set_damaged (self, error);

      if (!read_entry (self, entry, error))
        return FALSE;

      if (++self->n_entries > STRATA_TARBALL_MAX_ENTRIES)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                       _("The archive has more than %d entries"), STRATA_TARBALL_MAX_ENTRIES);
          return FALSE;
        }
    }

  return check_end (self, error);
}

/* Tar and nothing else: no other format, no filter, no program. */
static gboolean
read_tar (Reader        *self,
          GCancellable  *cancellable,
          GError       **error)
{
  self->archive = archive_read_new ();
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);

  if (archive_read_support_format_tar (self->archive) != ARCHIVE_OK ||
      archive_read_open_memory (self->archive, self->tar, self->size) != ARCHIVE_OK)
    return set_damaged (self, error);

  return read_entries (self, cancellable, error);
}

/**
 * strata_tarball_read:
 * @bytes: a `.tgz` from a stranger
 * @top: (out) (optional) (transfer full): return location for the name of its one top folder
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Reads every regular file of a gzip-compressed tar archive into memory, in its order, the path relative to the one top
 * folder that all must be in. Nothing is written anywhere and nothing of a refused archive is returned: a link, a
 * device, a set-uid file, a name that could mean another place, a path that is there twice, a wrong checksum, anything
 * after the end or any bound of this header exceeded refuses the whole. A gzip stream inside is not unpacked.
 *
 * gzip is unpacked by zlib and not by libarchive's filter, which does not look at the CRC and takes what follows the
 * stream. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataFile): the files, or %NULL with @error set; the message
 *   names the entry
 */
GPtrArray *
strata_tarball_read (GBytes        *bytes,
                     char         **top,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr(GBytes) tar = strata_gzip_unpack (bytes, STRATA_TARBALL_MAX_UNPACKED,
                                              STRATA_TARBALL_MAX_RATIO, cancellable, error);

  if (tar == NULL)
    return NULL;

  locale_t before = strata_tar_name_begin_utf8 ();
  g_auto(Reader) reader = { .tar = g_bytes_get_data (tar, NULL), .size = g_bytes_get_size (tar) };
  gboolean is_good = read_tar (&reader, cancellable, error);

  strata_tar_name_end_utf8 (before);

  if (!is_good)
    return NULL;

  if (top != NULL)
    *top = g_steal_pointer (&reader.top);

  return g_steal_pointer (&reader.files);
}
