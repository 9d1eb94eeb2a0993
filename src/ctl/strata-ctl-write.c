/* strata-ctl-write.c - where a command writes what it made: the output, or a file that is whole or not there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "stratactl"

#include "strata-ctl-print.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "strata-error.h"

static gboolean
set_failure (const char  *path,
             const char  *reason,
             GError     **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK, _("“%s” cannot be written: %s"), path, reason);

  return FALSE;
}

/* A document goes out as it is, whatever charset the terminal has. */
gboolean
strata_ctl_write (const void  *data,
                  gsize        size,
                  GError     **error)
{
  if (fwrite (data, 1, size, stdout) == size)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
               _("The output cannot be written: %s"), g_strerror (errno));

  return FALSE;
}

/* What was printed is only written now; a full disk shows here. */
gboolean
strata_ctl_flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
               _("The output cannot be written: %s"), g_strerror (errno));

  return FALSE;
}

/* A device or a pipe stays what it is. */
static gboolean
write_into (const char  *path,
            const void  *data,
            gsize        size,
            GError     **error)
{
  FILE *stream = g_fopen (path, "wbe");
  gboolean is_written = stream != NULL && fwrite (data, 1, size, stream) == size;
  int failure = errno;

  if (stream != NULL && fclose (stream) != 0 && is_written)
    {
      is_written = FALSE;
      failure = errno;
    }

  return is_written || set_failure (path, g_strerror (failure), error);
}

/* Written beside its place, synced, and renamed; a link goes on leading to it. */
static gboolean
replace (const char  *path,
         const void  *data,
         gsize        size,
         GError     **error)
{
  g_autoptr(GError) cause = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_set_contents_full (path, data, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &cause))
    return TRUE;

  /* That of GLib names the file beside it, which nobody asked for. */
  return set_failure (path, g_access (folder, W_OK) != 0 ? g_strerror (errno) : cause->message, error);
}

/* Whole or not at all, where @path is a file or nothing yet. */
gboolean
strata_ctl_write_file (const char  *path,
                       const void  *data,
                       gsize        size,
                       GError     **error)
{
  char *real = realpath (path, NULL);
  GStatBuf info;
  gboolean is_written;

  if (real != NULL && g_stat (real, &info) == 0 && !S_ISREG (info.st_mode))
    is_written = write_into (path, data, size, error);
  else
    is_written = replace (real != NULL ? real : path, data, size, error);

  free (real);

  return is_written;
}
