/* strata-http-uri.c - addresses that may be asked, and which of them are the same place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-uri.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "strata-error.h"

#define MAX_LENGTH 8192  /* what common servers take */
#define MAX_SHOWN 200

static gboolean
is_https (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https");
}

/* What a stranger wrote may be long, and have line breaks and worse in it. */
static char *
dup_shown_text (const char *text)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_SHOWN));

  return g_strescape (shown, NULL);
}

static gboolean
is_plain_text (const char *text)
{
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return FALSE;

  return TRUE;
}

/* A sentence is no name of a host, though GUri takes it for one. */
static gboolean
has_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && *host != '\0' && strpbrk (host, " \"<>\\^`{|}") == NULL;
}

/**
 * strata_http_uri_parse:
 * @text: an address, absolute or relative to @base
 * @base: (nullable): where it was read
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Reads an address of the web. Other schemes are refused, and so is a user name in it: it would be sent to whoever
 * wrote it.
 *
 * Returns: (transfer full) (nullable): the absolute address, or %NULL with @error set
 */
GUri *
strata_http_uri_parse (const char  *text,
                       GUri        *base,
                       GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(GUri) uri = NULL;

  if (is_plain_text (text))
    uri = base != NULL ? g_uri_parse_relative (base, text, SOUP_HTTP_URI_FLAGS, NULL)
                       : g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri != NULL && has_host (uri) &&
      (is_https (uri) || g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      if (g_uri_get_userinfo (uri) == NULL)
        return g_steal_pointer (&uri);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The address of %s holds a user name; it is given apart from the address"),
                      g_uri_get_host (uri));
      return NULL;
    }

  g_autofree char *shown = dup_shown_text (text);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” is not an address that begins with https:// or http://"), shown);

  return NULL;
}

/**
 * strata_http_uri_parse_base:
 * @text: the address of a place, as a person types it
 * @error: return location for a `STRATA_ERROR_INVALID`
 *
 * Reads the address that others are relative to: it ends in a slash, whether one was typed or not, and its host is in
 * small letters.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with @error set
 */
GUri *
strata_http_uri_parse_base (const char  *text,
                            GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr(GUri) uri = strata_http_uri_parse (stripped, NULL, error);

  if (uri == NULL)
    return NULL;

  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("The address of %s has a “?” or “#” in it; give the part before it"),
                      g_uri_get_host (uri));
      return NULL;
    }

  gboolean has_slash = g_str_has_suffix (g_uri_get_path (uri), "/");
  g_autofree char *path = g_strconcat (g_uri_get_path (uri), has_slash ? "" : "/", NULL);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri),
                      path, NULL, NULL);
}

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;

  return is_https (uri) ? 443 : 80;
}

/**
 * strata_http_uri_is_same_origin:
 * @uri: an address
 * @other: another
 *
 * Returns: whether scheme, host and port are the same, as RFC 6454 has it
 */
gboolean
strata_http_uri_is_same_origin (GUri *uri,
                                GUri *other)
{
  g_return_val_if_fail (uri != NULL && other != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (other)) &&
         g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (other)) == 0 &&
         get_port (uri) == get_port (other);
}

typedef enum
{
  NEAR_NOT,
  NEAR_LOOPBACK,
  NEAR_LINK,
} Near;

/* An IPv4 address in the clothes of IPv6 ends where the IPv4 address does. */
static GInetAddress *
undress (GInetAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 ||
      memcmp (bytes, mapped, sizeof mapped) != 0)
    return g_object_ref (address);

  return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
}

/* Only what the address itself says: no name is looked up for it. */
static Near
get_near (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  /* The dot after which a name has no more parts makes it no other place. */
  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';

  /* A resolver takes these spellings of an address as well. */
  g_autofree char *bare = g_strdelimit (g_strdup (host), "%", '\0');
  g_autoptr(GInetAddress) written = g_inet_address_new_from_string (bare);

  if (written == NULL)
    return g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost") ? NEAR_LOOPBACK
                                                                                    : NEAR_NOT;

  g_autoptr(GInetAddress) address = undress (written);

  if (g_inet_address_get_is_link_local (address))
    return NEAR_LINK;

  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address)
           ? NEAR_LOOPBACK
           : NEAR_NOT;
}

/**
 * strata_http_uri_check_stranger:
 * @uri: an address that a server named
 * @base: the address of that server
 * @error: return location for a `STRATA_ERROR_FORBIDDEN`
 *
 * Looks whether a server elsewhere sends us to this computer, or to one beside it: there may be answers that are only
 * for who asks from here.
 *
 * Returns: whether @uri may be asked
 */
gboolean
strata_http_uri_check_stranger (GUri    *uri,
                                GUri    *base,
                                GError **error)
{
  g_return_val_if_fail (uri != NULL && base != NULL, FALSE);

  Near near = get_near (uri);

  if (near == NEAR_NOT || near == get_near (base))
    return TRUE;

  g_autofree char *host = strata_http_uri_dup_host (base);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN,
               _("%s points to %s, an address inside this network that it has no business with"),
                  host, g_uri_get_host (uri));

  return FALSE;
}

/**
 * strata_http_uri_dup_host:
 * @uri: an address
 *
 * Returns: (transfer full): its host, with the port where it is not the usual one, to be shown
 */
char *
strata_http_uri_dup_host (GUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  if (g_uri_get_port (uri) <= 0 || g_uri_get_port (uri) == (is_https (uri) ? 443 : 80))
    return g_strdup (g_uri_get_host (uri));

  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

/**
 * strata_http_uri_dup_shown:
 * @uri: an address
 *
 * Returns: (transfer full): the address without its query, which may hold a key, to be shown
 */
char *
strata_http_uri_dup_shown (GUri *uri)
{
  g_return_val_if_fail (uri != NULL, NULL);

  return g_uri_to_string_partial (uri,
                                  G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
}
