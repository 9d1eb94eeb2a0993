/* strata-archive.c - a profile archive that was read and verified whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-archive"

#include "strata-archive.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-archive-private.h"
#include "strata-error.h"
#include "strata-load.h"
#include "strata-tarball.h"

#define DIGEST_LENGTH 64
#define PATH_AT (DIGEST_LENGTH + 2)  /* two spaces, or a space and the star of binary mode, stand between */
#define CONSOLE_TOP "spc"            /* the top folder of what a console itself packs */

/* A value: made whole by its constructor, never changed after, safe to read from any thread. */
struct _StrataArchive
{
  GObject        parent_instance;
  StrataProfile *profile;  /* (owned) (not nullable) */
  GPtrArray     *files;    /* (owned) (not nullable) (element-type StrataFile) */
  char          *digest;   /* (owned) (not nullable) */
  char          *top;      /* (owned) (not nullable) */
};

G_DEFINE_FINAL_TYPE (StrataArchive, strata_archive, G_TYPE_OBJECT)

static void
strata_archive_finalize (GObject *object)
{
  StrataArchive *self = STRATA_ARCHIVE (object);

  g_clear_object (&self->profile);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->top, g_free);

  G_OBJECT_CLASS (strata_archive_parent_class)->finalize (object);
}

static void
strata_archive_class_init (StrataArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_archive_finalize;
}

static void
strata_archive_init (StrataArchive *self)
{
}

static GHashTable *
index_files (GPtrArray *files)
{
  GHashTable *by_path = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->len; i++)
    g_hash_table_insert (by_path, (char *) strata_file_get_path (files->pdata[i]), files->pdata[i]);

  return by_path;
}

static gboolean
is_sum (const char *line)
{
  return strspn (line, "0123456789abcdef") == DIGEST_LENGTH && line[DIGEST_LENGTH] == ' ' &&
         (line[DIGEST_LENGTH + 1] == ' ' || line[DIGEST_LENGTH + 1] == '*') &&
         line[PATH_AT] != '\0';
}

static gboolean
check_sum (const char  *line,
           guint        number,
           GHashTable  *files,
           GHashTable  *covered,
           GError     **error)
{
  if (!is_sum (line))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("Line %u of SHA256SUMS is not a digest and a path"), number);
      return FALSE;
    }

  const char *path = line + PATH_AT;
  StrataFile *file = g_hash_table_lookup (files, path);

  if (file == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("“%s” is named by SHA256SUMS and not in the archive"), path);
  else if (strncmp (line, strata_blob_get_digest (strata_file_get_content (file)), DIGEST_LENGTH) !=
           0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("“%s” is damaged: its SHA-256 is not the one in SHA256SUMS"), path);
  else if (!g_hash_table_add (covered, (char *) strata_file_get_path (file)))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("“%s” is twice in SHA256SUMS"), path);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_covered (GHashTable  *files,
               GHashTable  *covered,
               GError     **error)
{
  GHashTableIter iter;
  void *path;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (covered, path))
      {
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                     _("“%s” is in the archive and not in SHA256SUMS"), (char *) path);
        return FALSE;
      }

  return TRUE;
}

/* Exactly the files it should name, each with the right digest. */
static gboolean
check_sums (StrataFile  *sums,
            GHashTable  *files,
            GError     **error)
{
  const char *text = strata_file_get_text (sums);
  gsize size = strata_blob_get_size (strata_file_get_content (sums));
  g_autoptr(GHashTable) covered = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_utf8_validate (text, (gssize) size, NULL) || !g_str_has_suffix (text, "\n"))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                           _("SHA256SUMS is damaged: it is no list of digests"));
      return FALSE;
    }

  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i + 1] != NULL; i++)
    if (!check_sum (lines[i], i + 1, files, covered, error))
      return FALSE;

  return check_covered (files, covered, error);
}

/* A gzip-compressed tar that is something else: say what. */
static void
set_foreign (const char  *top,
             GHashTable  *files,
             GError     **error)
{
  if (g_str_equal (top, CONSOLE_TOP))
    g_set_error_literal (
      error, STRATA_ERROR, STRATA_ERROR_INVALID,
      _("This is a console’s own download: an appliance takes it, but it cannot be "
                           "imported"));
  else if (g_hash_table_contains (files, "Chart.yaml"))
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                         _("This is a Helm chart and no profile archive: add it as a layer"));
  else
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                         _("This is no profile archive: SHA256SUMS is not in it"));
}

static StrataProfile *
verify (const char  *top,
        GPtrArray   *list,
        GError     **error)
{
  g_autoptr(GHashTable) files = index_files (list);
  StrataFile *sums = g_hash_table_lookup (files, STRATA_ARCHIVE_SUMS);

  if (sums == NULL)
    {
      set_foreign (top, files, error);
      return NULL;
    }

  g_hash_table_remove (files, STRATA_ARCHIVE_SUMS);
  g_hash_table_remove (files, STRATA_ARCHIVE_SIGNATURE);

  if (!check_sums (sums, files, error))
    return NULL;

  return strata_archive_read_profile (files, error);
}

/**
 * strata_archive_read:
 * @bytes: what claims to be a profile archive
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Reads and verifies a profile archive: within the bounds of strata_tarball_read(), every file named by `SHA256SUMS` and
 * what it says, `strata.json` and `profile.json` of one mind about every layer. Only then is anything of it believed. A
 * signature is not looked at. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error set; the message names the file that is wrong
 */
StrataArchive *
strata_archive_read (GBytes        *bytes,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, cancellable, error);

  if (files == NULL)
    return NULL;

  g_autoptr(StrataProfile) profile = verify (top, files, error);

  if (profile == NULL)
    return NULL;

  StrataArchive *self = g_object_new (STRATA_TYPE_ARCHIVE, NULL);

  self->profile = g_steal_pointer (&profile);
  self->files = g_steal_pointer (&files);
  self->top = g_steal_pointer (&top);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return self;
}

/**
 * strata_archive_load:
 * @file: a file of at most 512 MiB
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError; the message names @file
 *
 * As strata_archive_read(), from a file.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error set
 */
StrataArchive *
strata_archive_load (GFile         *file,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr(GBytes) bytes = strata_load_bytes (file, STRATA_ARCHIVE_MAX_SIZE, cancellable, error);

  g_autoptr(GError) reason = NULL;
  StrataArchive *self = bytes != NULL ? strata_archive_read (bytes, cancellable, &reason) : NULL;

  strata_load_name_file (file, &reason);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return self;
}

/**
 * strata_archive_get_profile:
 * @self: an archive
 *
 * Returns: (transfer none): the profile inside: without an ID, its layers with all their files
 */
StrataProfile *
strata_archive_get_profile (StrataArchive *self)
{
  g_return_val_if_fail (STRATA_IS_ARCHIVE (self), NULL);

  return self->profile;
}

/**
 * strata_archive_get_files:
 * @self: an archive
 *
 * Returns: (transfer none) (element-type StrataFile): all its files, in their order, paths relative to the top folder
 */
GPtrArray *
strata_archive_get_files (StrataArchive *self)
{
  g_return_val_if_fail (STRATA_IS_ARCHIVE (self), NULL);

  return self->files;
}

/**
 * strata_archive_get_digest:
 * @self: an archive
 *
 * Returns: (transfer none): the SHA-256 of the whole archive, 64 lower-case hexadecimal digits
 */
const char *
strata_archive_get_digest (StrataArchive *self)
{
  g_return_val_if_fail (STRATA_IS_ARCHIVE (self), NULL);

  return self->digest;
}

/**
 * strata_archive_get_top:
 * @self: an archive
 *
 * Returns: (transfer none): the name of its top folder
 */
const char *
strata_archive_get_top (StrataArchive *self)
{
  g_return_val_if_fail (STRATA_IS_ARCHIVE (self), NULL);

  return self->top;
}
