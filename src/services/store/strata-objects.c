/* strata-objects.c - texts, files and revisions by their SHA-256, checked at every read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-objects"

#include "strata-objects.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "strata-error.h"

#define DIGEST_LENGTH 64
#define MAX_SIZE (512 * 1024 * 1024)

/* Whether @text can be the name of an object: 64 lower-case hexadecimal digits. */
gboolean
strata_objects_is_digest (const char *text)
{
  return text != NULL && strlen (text) == DIGEST_LENGTH &&
         strspn (text, "0123456789abcdef") == DIGEST_LENGTH;
}

/* Where an object is, or would be. @digest has passed strata_objects_is_digest(). */
char *
strata_objects_get_path (const char *folder,
                         const char *digest)
{
  char first[] = { digest[0], digest[1], '\0' };

  return g_build_filename (folder, first, digest + 2, NULL);
}

/* Reads an object and believes it only when it has the digest it is named by.
 * `STRATA_ERROR_CORRUPT` names the object when it is missing or is not what it was; the caller adds
 * what it was part of.
 */
StrataBlob *
strata_objects_read (const char  *folder,
                     const char  *digest,
                     GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  gsize size;

  if (!strata_objects_is_digest (digest))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                           _("an object is named by no digest"));
      return NULL;
    }

  g_autofree char *path = strata_objects_get_path (folder, digest);
  char *data = strata_disk_read (path, MAX_SIZE, &size, &local_error);

  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT, _("object %s is missing"), digest);
      return NULL;
    }

  if (data == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  g_autoptr(StrataBlob) blob = strata_blob_new_take (data, size);

  if (!g_str_equal (strata_blob_get_digest (blob), digest))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                   _("object %s is not what was saved"), digest);
      return NULL;
    }

  return g_steal_pointer (&blob);
}

/* Adds an object to what a save writes. One that is there and whole is not written again, but is
 * made young, so that it is not collected before it is named; a damaged one is replaced.
 */
gboolean
strata_objects_add (const char       *folder,
                    StrataDiskBatch  *batch,
                    StrataBlob       *blob,
                    GError          **error)
{
  const char *digest = strata_blob_get_digest (blob);
  g_autofree char *path = strata_objects_get_path (folder, digest);
  struct stat info;

  if (stat (path, &info) == 0 && (guint64) info.st_size == strata_blob_get_size (blob))
    {
      g_autoptr(StrataBlob) there = strata_objects_read (folder, digest, NULL);

      if (there != NULL && utimensat (AT_FDCWD, path, NULL, 0) == 0)
        return TRUE;
    }

  return strata_disk_batch_add (batch, path, strata_blob_get_text (blob),
                                strata_blob_get_size (blob), error);
}
