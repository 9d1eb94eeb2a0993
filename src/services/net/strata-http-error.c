/* strata-http-error.c - what a person can do about a failed request
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-http-uri.h"

#define MAX_SHOWN 100  /* bytes of what a server calls its answer */

/* The worst first: a certificate may have several faults. */
static const char *
explain_trust (const StrataHttpTrust *trust)
{
  if (trust->flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("The certificate of %s is for another host; check the address");
  if (trust->flags & G_TLS_CERTIFICATE_REVOKED)
    return _("The certificate of %s was revoked; ask who runs it");
  if (trust->flags & G_TLS_CERTIFICATE_EXPIRED)
    return _("The certificate of %s has expired; ask who runs it to renew it");
  if (trust->flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("The certificate of %s is not valid yet; check the clock of this computer");
  if (trust->flags & G_TLS_CERTIFICATE_UNKNOWN_CA && trust->is_self_signed)
    return _("The certificate of %s is signed by nobody but itself; if you know it, give its file as the authority");
  if (trust->flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _("The certificate of %s is signed by an authority that this computer does not know; if you do, give its "
             "file");

  return _("The certificate of %s is not safe; ask who runs it");
}

static const char *
explain_io (int          code,
            StrataError *kind)
{
  *kind = STRATA_ERROR_OFFLINE;

  switch (code)
    {
    case G_IO_ERROR_CONNECTION_REFUSED:
      return _("%s refuses the connection; check the address and whether it runs");
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return _("There is no way to %s; check the network");
    case G_IO_ERROR_TIMED_OUT:
      return _("%s does not go on answering; try again");
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return _("The proxy does not lead to %s; check the network settings");
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
      *kind = STRATA_ERROR_SIGN_IN;
      return _("The proxy wants a name and a password before it leads to %s; check the network settings");
    case G_IO_ERROR_PARTIAL_INPUT:
      *kind = STRATA_ERROR_BAD_REPLY;
      return _("The answer of %s broke off before its end; try again");
    case G_IO_ERROR_INVALID_DATA:
      *kind = STRATA_ERROR_BAD_REPLY;
      return _("What %s sent cannot be decompressed");
    default:
      return _("The connection to %s was lost; try again");
    }
}

static const char *
explain (const GError          *reason,
         const StrataHttpTrust *trust,
         StrataError           *kind)
{
  *kind = STRATA_ERROR_BAD_REPLY;

  if (reason->domain == G_IO_ERROR)
    return explain_io (reason->code, kind);

  if (g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      *kind = STRATA_ERROR_FORBIDDEN;
      return explain_trust (trust);
    }

  if (reason->domain == G_TLS_ERROR)
    return _("%s does not speak https as this computer does; check the address and its port");

  if (reason->domain == G_RESOLVER_ERROR)
    {
      *kind = STRATA_ERROR_OFFLINE;
      return _("%s cannot be found; check the address and the network");
    }

  return _("%s does not speak HTTP; check the address and its port");
}

/* Says what a person can do about a request that got no whole answer. Takes @reason. Returns whether the connection was
 * lost on the way, so that the same may be asked again.
 */
gboolean
strata_http_error_take (GError                **error,
                        GError                 *reason,
                        GUri                   *uri,
                        const StrataHttpTrust  *trust,
                        GCancellable           *cancellable)
{
  g_autoptr(GError) owned = reason;
  g_autofree char *host = strata_http_uri_dup_host (uri);
  StrataError kind;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (reason->domain == STRATA_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }

  const char *format = explain (reason, trust, &kind);
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (host, parts);
  GError *said = g_error_new_literal (STRATA_ERROR, kind, message);

  strata_error_set_details (said, reason->message);
  g_propagate_error (error, said);

  return g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
         g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ||
         g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static StrataError
get_kind (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
      return STRATA_ERROR_SIGN_IN;
    case SOUP_STATUS_FORBIDDEN:
      return STRATA_ERROR_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return STRATA_ERROR_NOT_FOUND;
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return STRATA_ERROR_CONFLICT;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return STRATA_ERROR_TOO_LARGE;
    case STRATA_STATUS_TOO_MANY_REQUESTS:
      return STRATA_ERROR_BUSY;
    default:
      return status >= 500 ? STRATA_ERROR_SERVER : STRATA_ERROR_BAD_REPLY;
    }
}

static char *
describe_wait (StrataHttpReply *reply,
               const char      *host)
{
  gint64 asked_ms = strata_http_retry_read_after (reply->headers);
  guint seconds = (guint) MIN ((asked_ms + 999) / 1000, G_MAXINT32);

  if (asked_ms <= 0)
    return g_strdup_printf (_("%s is asked too often; try again in a while"), host);

  return g_strdup_printf (ngettext ("%s is asked too often; try again in %u second",
                                    "%s is asked too often; try again in %u seconds", seconds),
                          host, seconds);
}

static char *
describe_status (StrataHttpReply *reply)
{
  g_autofree char *host = strata_http_uri_dup_host (reply->uri);
  g_autofree char *shown = strata_http_uri_dup_shown (reply->uri);

  switch (reply->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return g_strdup_printf (_("%s wants to know who asks; check the name, password or token"),
                                 host);
    case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
      return g_strdup_printf (_("The proxy on the way to %s wants a name and a password"), host);
    case SOUP_STATUS_FORBIDDEN:
      return g_strdup_printf (_("%s does not allow this"), host);
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return g_strdup_printf (_("There is nothing at %s"), shown);
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return g_strdup_printf (_("Somebody else changed it on %s meanwhile"), host);
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return g_strdup_printf (_("%s does not take as much as this"), host);
    case STRATA_STATUS_TOO_MANY_REQUESTS:
      return describe_wait (reply, host);
    default:
      return g_strdup_printf (reply->status >= 500
                              ? _("%s has a fault and answers %u; try again later")
                              : _("%s refuses this with %u"), host, reply->status);
    }
}

/* Says what a person can do about a refusal. */
void
strata_http_error_set_status (GError          **error,
                              StrataHttpReply  *reply)
{
  g_autofree char *message = describe_status (reply);
  GError *said = g_error_new_literal (STRATA_ERROR, (int) get_kind (reply->status), message);

  strata_error_set_details (said, reply->words);
  g_propagate_error (error, said);
}

static gboolean
is_web_page (const char *type)
{
  return g_ascii_strcasecmp (type, "text/html") == 0 ||
         g_ascii_strcasecmp (type, "application/xhtml+xml") == 0;
}

static gboolean
is_accepted (const char        *type,
             const char *const *accept)
{
  for (; *accept != NULL; accept++)
    if (g_ascii_strcasecmp (type, *accept) == 0 ||
        (g_str_equal (*accept, "*/*") && !is_web_page (type)))
      return TRUE;

  return FALSE;
}

/* Whether a success is of the kind that was asked for. A hotel's sign-in page is a success too, for who looks no further
 * than the status.
 */
gboolean
strata_http_error_check_type (GError             **error,
                              StrataHttpReply     *reply,
                              const char *const   *accept)
{
  const char *type = soup_message_headers_get_content_type (reply->headers, NULL);
  g_autofree char *host = strata_http_uri_dup_host (reply->uri);

  if (accept == NULL || is_accepted (type != NULL ? type : "", accept))
    return TRUE;

  if (type != NULL && is_web_page (type))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
                 _("%s answers with a web page; either the address is wrong, or this network wants you to sign in "
                   "first"),
                    host);
  else
    {
      g_autofree char *shown =
        type != NULL ? g_utf8_make_valid (type, (gssize) strnlen (type, MAX_SHOWN)) : g_strdup ("");

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
                   _("%s answers with “%s” where “%s” was expected"), host, shown, *accept);
    }

  return FALSE;
}
