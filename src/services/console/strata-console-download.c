/* strata-console-download.c - a profile of a console as a file: the archive that an appliance boots from, or the export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <libsoup/soup.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-console-private.h"
#include "strata-console-profiles.h"
#include "strata-names.h"

#define MAX_EXPORT (64 * 1024 * 1024)

/* What the console calls the file, or nothing. */
static char *
read_file_name (const char *disposition)
{
  const char *semicolon = disposition != NULL ? strchr (disposition, ';') : NULL;

  if (semicolon == NULL)
    return g_strdup ("");

  g_autoptr(GHashTable) parameters = soup_header_parse_semi_param_list (semicolon + 1);
  const char *name = g_hash_table_lookup (parameters, "filename");
  g_autofree char *plain = g_strdelimit (g_strdup (name != NULL ? name : ""), "\\", '/');
  char *base = g_path_get_basename (plain);

  soup_header_free_param_list (g_steal_pointer (&parameters));

  return base;
}

/* A name that no other file of the person can have by accident, whatever the console calls it: it is no path, not hidden,
 * and says what it is.
 */
static char *
make_name (const char *disposition,
           const char *uid)
{
  static const char *const endings[] = { ".tgz", ".tar.gz" };
  g_autofree char *said = read_file_name (disposition);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (said, endings[i]))
      said[strlen (said) - strlen (endings[i])] = '\0';

  gboolean is_nothing = *said == '\0' || g_str_equal (said, ".") || g_str_equal (said, "/");
  g_autofree char *safe = strata_name_make_safe (is_nothing ? uid : said);

  return g_strconcat (safe, ".tgz", NULL);
}

/**
 * strata_console_download_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of a profile
 * @sink: where the bytes go; it is not closed. What was written when this fails is of no use
 * @name: (out) (optional) (not nullable): a safe name for the file, made of what the console calls it
 * @progress: (nullable): called as the bytes arrive
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable; it is heeded at once
 * @error: return location for a [error@Error]; `STRATA_ERROR_DISK` when @sink does not take it
 *
 * Downloads the archive that an appliance boots from: *Download System Profile*. Blocks; any thread.
 *
 * Returns: whether it is there, whole
 */
gboolean
strata_console_download_profile (StrataConsole       *self,
                                 const char          *uid,
                                 GOutputStream       *sink,
                                 char               **name,
                                 StrataHttpProgress   progress,
                                 gpointer             progress_data,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  static const char *const accept[] = { "application/octet-stream", "*/*", NULL };

  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (sink), FALSE);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/spc/download", uid);
  StrataConsoleCall call = { .path = path, .max_size = STRATA_ARCHIVE_MAX_SIZE };
  StrataHttpRequest special = {
    .accept = accept,
    .sink = sink,
    .is_raw = TRUE,
    .progress = progress,
    .progress_data = progress_data,
  };
  g_autoptr(StrataHttpReply) reply =
    strata_console_send (self, &call, &special, cancellable, error);

  if (reply != NULL && name != NULL)
    *name = make_name (strata_http_reply_get_header (reply, "Content-Disposition"), uid);

  return reply != NULL;
}

/**
 * strata_console_export_profile:
 * @self: a client that somebody is signed in at
 * @uid: the uid of a profile
 * @as_yaml: as YAML, and not as JSON
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Exports a profile as a text that another console imports. Sensitive values are masked in it. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with @error set
 */
char *
strata_console_export_profile (StrataConsole  *self,
                               const char     *uid,
                               gboolean        as_yaml,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_return_val_if_fail (STRATA_IS_CONSOLE (self) && uid != NULL, NULL);

  g_autofree char *path = strata_console_build_path ("/v1/clusterprofiles/%s/export", uid);
  const char *const query[] = { "format", as_yaml ? "yaml" : "json", NULL };
  static const char *const accept[] = { "application/octet-stream", "*/*", NULL };
  StrataConsoleCall call = { .path = path, .query = query, .max_size = MAX_EXPORT };
  StrataHttpRequest special = { .accept = accept };
  g_autoptr(StrataHttpReply) reply =
    strata_console_send (self, &call, &special, cancellable, error);

  if (reply == NULL)
    return NULL;

  gsize size;
  const char *text = g_bytes_get_data (strata_http_reply_get_body (reply), &size);

  if (size > 0 && g_utf8_validate (text, (gssize) size, NULL))
    return g_strndup (text, size);

  strata_console_set_bad_reply (self, path, error);

  return NULL;
}
