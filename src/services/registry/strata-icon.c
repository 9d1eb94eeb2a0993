/* strata-icon.c - the picture of a pack or chart, from the cache or from where its registry says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-icon"

#include "strata-icon.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-http-uri.h"

#define FORGET_SECONDS (7 * 24 * 60 * 60)  /* when what was no picture is asked for again */

static const char *const accepted[] = { "image/png", "image/jpeg", "image/webp", NULL };

/* The address as it is asked. What stands in an index was written by strangers. */
static GUri *
find_address (StrataRemote  *remote,
              const char    *url,
              GError       **error)
{
  g_autoptr(GUri) base = strata_http_uri_parse_base (strata_remote_get_url (remote), error);
  g_autoptr(GUri) uri = base != NULL ? strata_http_uri_parse (url, base, error) : NULL;

  if (uri == NULL || !strata_http_uri_check_stranger (uri, base, error))
    return NULL;

  if (g_str_equal (g_uri_get_scheme (base), "https") && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_autofree char *shown = strata_http_uri_dup_shown (uri);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
                   _("The picture at %s would come over http, and its registry over https"), shown);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static void
set_no_picture (GError      **error,
                StrataError   code,
                GUri         *uri)
{
  g_autofree char *shown = strata_http_uri_dup_shown (uri);

  g_set_error (error, STRATA_ERROR, (int) code, _("There is no picture at %s"), shown);
}

static gboolean
is_fresh (const char *path)
{
  GStatBuf info;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return g_stat (path, &info) == 0 && info.st_mtime <= now && now - info.st_mtime < FORGET_SECONDS;
}

/* What is in the cache: @is_nothing when it is known that there is no picture. A damaged file is as none. */
static GBytes *
read_cache (const char *path,
            gboolean   *is_nothing)
{
  gsize size = 0;
  char *data = strata_disk_read (path, STRATA_ICON_MAX_SIZE, &size, NULL);
  g_autoptr(GBytes) picture = data != NULL ? g_bytes_new_take (data, size) : NULL;

  *is_nothing = picture != NULL && size == 0 && is_fresh (path);

  return picture != NULL && strata_icon_get_format (picture) != NULL ? g_steal_pointer (&picture) : NULL;
}

/* A cache that cannot be written is no reason to show nothing. */
static void
write_cache (const char *path,
             GBytes     *picture)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;
  gsize size = 0;
  const void *data = picture != NULL ? g_bytes_get_data (picture, &size) : "";

  if (!strata_disk_make_folder (folder, &error) || !strata_disk_replace (path, data, size, &error))
    g_debug ("%s", error->message);
}

/* Whether the same will be answered again: a network that is down, or wants a password, says nothing of the picture. */
static gboolean
is_about_picture (const GError *reason)
{
  return g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_NOT_FOUND)
         || g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_TOO_LARGE)
         || g_error_matches (reason, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

static GBytes *
fetch (StrataRemote  *remote,
       GUri          *uri,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *address = g_uri_to_string (uri);
  StrataHttpRequest request = { .uri = address, .accept = accepted, .max_size = STRATA_ICON_MAX_SIZE };
  g_autoptr(StrataHttp) http = strata_remote_open (remote, cancellable, error);
  g_autoptr(StrataHttpReply) reply = http != NULL ? strata_http_send (http, &request, cancellable, error) : NULL;
  GBytes *body = reply != NULL ? strata_http_reply_get_body (reply) : NULL;

  if (reply == NULL)
    return NULL;

  if (body != NULL && strata_icon_get_format (body) != NULL)
    return g_bytes_ref (body);

  set_no_picture (error, STRATA_ERROR_BAD_REPLY, uri);

  return NULL;
}

/**
 * strata_icon_load:
 * @shelf: where it is cached
 * @registry: what named it
 * @url: its address, absolute or relative to the one of @registry
 * @cancellable: (nullable): a cancellable
 * @error: return location for a [error@Error]
 *
 * Gets a picture of at most %STRATA_ICON_MAX_SIZE from the cache, or else from the network; what is no PNG, JPEG or WebP
 * is not asked for again for a week. Of the registry's credentials nothing goes to others. Blocks for the disk, the
 * network and the keyring; any thread but the main one.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL with `INVALID` or `FORBIDDEN` for an address that is not
 *   asked, `NOT_FOUND`, `TOO_LARGE` or `BAD_REPLY` when there is no such picture, or as strata_remote_open() and
 *   strata_http_send()
 */
GBytes *
strata_icon_load (StrataShelf     *shelf,
                  StrataRegistry  *registry,
                  const char      *url,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_return_val_if_fail (STRATA_IS_SHELF (shelf) && STRATA_IS_REGISTRY (registry) && url != NULL, NULL);

  StrataRemote *remote = strata_registry_get_remote (registry);

  if (remote == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("There is no picture at %s"),
                   strata_registry_get_location (registry));
      return NULL;
    }

  g_autoptr(GUri) uri = find_address (remote, url, error);

  if (uri == NULL)
    return NULL;

  g_autofree char *address = g_uri_to_string (uri);
  g_autofree char *path = strata_shelf_dup_icon (shelf, address);
  g_autoptr(GError) reason = NULL;
  gboolean is_nothing = FALSE;
  GBytes *picture = read_cache (path, &is_nothing);

  if (picture != NULL)
    return picture;

  if (is_nothing)
    {
      set_no_picture (error, STRATA_ERROR_NOT_FOUND, uri);
      return NULL;
    }

  picture = fetch (remote, uri, cancellable, &reason);
  if (picture != NULL || is_about_picture (reason))
    write_cache (path, picture);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return picture;
}

/**
 * strata_icon_get_format:
 * @picture: bytes that a stranger sent
 *
 * Looks at how they begin, so that no other reader than that of the format is let near them.
 *
 * Returns: (nullable): `png`, `jpeg` or `webp`, %NULL for anything else
 */
const char *
strata_icon_get_format (GBytes *picture)
{
  g_return_val_if_fail (picture != NULL, NULL);

  gsize size;
  const char *data = g_bytes_get_data (picture, &size);

  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "webp";

  return NULL;
}
