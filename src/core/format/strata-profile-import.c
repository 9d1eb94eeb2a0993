/* strata-profile-import.c - a profile from whatever file a person picked: archive, JSON or YAML
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile-import"

#include <string.h>

#include "strata-archive.h"
#include "strata-error.h"
#include "strata-gzip.h"
#include "strata-load.h"
#include "strata-names.h"
#include "strata-palette.h"

static char *
make_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  char *dot = base != NULL ? strrchr (base, '.') : NULL;

  if (dot != NULL && dot != base)
    *dot = '\0';

  return strata_name_make_safe (base != NULL ? base : "");
}

static StrataProfile *
read_bytes (GBytes        *bytes,
            const char    *name,
            GCancellable  *cancellable,
            GError       **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (!strata_gzip_is_gzip (bytes))
    return strata_palette_read (size > 0 ? text : "", (gssize) size, name, error);

  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, cancellable, error);

  return archive != NULL ? g_object_ref (strata_archive_get_profile (archive)) : NULL;
}

/**
 * strata_profile_import:
 * @file: a profile archive, or a body of the console as JSON or YAML
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError; the message names @file
 *
 * Reads a profile from a file. What it is says its content, not its name; a body without metadata is called like the
 * file. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the profile, without an ID, or %NULL with @error set
 */
StrataProfile *
strata_profile_import (GFile         *file,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr(GBytes) bytes = strata_load_bytes (file, STRATA_ARCHIVE_MAX_SIZE, cancellable, error);

  if (bytes == NULL)
    return NULL;

  g_autofree char *name = make_name (file);
  g_autoptr(GError) reason = NULL;
  StrataProfile *profile = read_bytes (bytes, name, cancellable, &reason);

  strata_load_name_file (file, &reason);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return profile;
}
