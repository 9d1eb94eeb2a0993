/* strata-load.c - a file that a person picked, read whole within a bound
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-load"

#include "strata-load.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"

#define CHUNK (1024 * 1024)

static GBytes *
set_failure (GFile   *file,
             GError  *cause,
             GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("There is no file “%s”"), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN, _("“%s” may not be read"), name);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 /* Translators: a file, then the system's reason */
                 _("“%s” cannot be read: %s"), name, cause->message);

  return NULL;
}

static gboolean
check_regular (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                 G_FILE_QUERY_INFO_NONE, cancellable, &cause);

  if (info == NULL)
    return set_failure (file, cause, error) != NULL;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;

  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("“%s” is not a file"), name);

  return FALSE;
}

/**
 * strata_load_bytes:
 * @file: a regular file
 * @max_size: how many bytes it may have
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Reads to the end and not to the size the file had, because it may grow meanwhile. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the content, or %NULL with @error set: `NOT_FOUND`, `FORBIDDEN`, `INVALID` when
 *   it is a folder or a device, `TOO_LARGE` or `DISK`
 */
GBytes *
strata_load_bytes (GFile         *file,
                   gsize          max_size,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (!check_regular (file, cancellable, error))
    return NULL;

  g_autoptr(GError) cause = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gssize n = stream != NULL ? 1 : -1;

  while (n > 0 && bytes->len <= max_size)
    {
      guint done = bytes->len;

      g_byte_array_set_size (bytes, done + CHUNK);
      n = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + done, CHUNK, cancellable,
                               &cause);
      g_byte_array_set_size (bytes, done + (guint) MAX (n, 0));
    }

  if (n < 0)
    return set_failure (file, cause, error);

  if (bytes->len <= max_size)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *most = g_format_size_full (max_size, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: a file, and a size with its unit */
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("“%s” is larger than %s"), name, most);

  return NULL;
}

/**
 * strata_load_name_file:
 * @file: what was read
 * @error: (inout) (nullable): why what is in it cannot be used; one of another domain than #StrataError stays as it is
 *
 * Says of which file an error is that was found out from the content alone.
 */
void
strata_load_name_file (GFile   *file,
                       GError **error)
{
  g_return_if_fail (G_IS_FILE (file));

  if (error == NULL || *error == NULL || (*error)->domain != STRATA_ERROR)
    return;

  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);

  g_prefix_error (error, "%s: ", shown);
}
