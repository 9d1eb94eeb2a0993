/* strata-http-exchange.c - one request on its way from address to address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-http-uri.h"

#define MAX_REDIRECTS 10

static void
exchange_clear (StrataHttpExchange *self)
{
  g_clear_pointer (&self->credentials, strata_credentials_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataHttpExchange, exchange_clear)

static gboolean
is_reading (const char *method)
{
  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD");
}

/* What a caller's own headers say is for the origin only, whatever they are called. */
static void
add_own_headers (StrataHttpExchange *self,
                 SoupMessageHeaders *headers)
{
  const char *const *pair = self->request->headers;

  for (; pair != NULL && pair[0] != NULL && pair[1] != NULL; pair += 2)
    soup_message_headers_replace (headers, pair[0], pair[1]);

  if (self->credentials != NULL)
    soup_message_headers_replace (headers, strata_credentials_get_name (self->credentials),
                                  strata_credentials_get_value (self->credentials));
}

static void
add_range (StrataHttpExchange *self,
           SoupMessageHeaders *headers)
{
  if (self->request->resume_at == 0 || self->request->if_range == NULL)
    return;

  soup_message_headers_set_range (headers, (goffset) self->request->resume_at, -1);
  soup_message_headers_replace (headers, "If-Range", self->request->if_range);
}

static void
add_headers (StrataHttpExchange *self,
             SoupMessageHeaders *headers)
{
  const StrataHttpRequest *request = self->request;

  if (!self->has_left)
    add_own_headers (self, headers);

  if (request->accept != NULL)
    {
      g_autofree char *accept = g_strjoinv (", ", (char **) request->accept);

      soup_message_headers_replace (headers, "Accept", accept);
    }

  if (request->if_none_match != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->if_none_match);
  if (request->if_modified_since != NULL)
    soup_message_headers_replace (headers, "If-Modified-Since", request->if_modified_since);
  soup_message_headers_replace (headers, "Accept-Encoding", request->is_raw ? "identity" : "gzip");
  add_range (self, headers);
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       StrataHttpExchange   *self)
{
  GUri *uri = soup_message_get_uri (message);
  guint16 port = (guint16) g_uri_get_port (uri);
  g_autoptr(GSocketConnectable) identity = g_network_address_new (g_uri_get_host (uri), port);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  if (self->http->authorities != NULL)
    flags = g_tls_database_verify_chain (self->http->authorities, certificate,
                                         G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                         G_TLS_DATABASE_VERIFY_NONE, self->cancellable, NULL);
  self->trust.flags = flags;
  self->trust.is_self_signed = g_strcmp0 (subject, issuer) == 0;

  return flags == 0;
}

/* libsoup adds what the proxy asked for to every request, also to those that do not go to the proxy, or go through it
 * unseen by it: there a stranger would read it.
 */
static void
starting_cb (SoupMessage        *message,
             StrataHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GUri *uri = soup_message_get_uri (message);
  g_autofree char *text = g_uri_to_string (uri);
  g_autoptr(GProxyResolver) resolver = NULL;
  g_auto(GStrv) proxies = NULL;

  if (soup_message_headers_get_one (headers, "Proxy-Authorization") == NULL)
    return;

  g_object_get (self->http->session, "proxy-resolver", &resolver, NULL);
  if (resolver != NULL)
    proxies = g_proxy_resolver_lookup (resolver, text, self->cancellable, NULL);

  if (g_str_equal (g_uri_get_scheme (uri), "https") || proxies == NULL ||
      g_strv_contains ((const char *const *) proxies, "direct://"))
    soup_message_headers_remove (headers, "Proxy-Authorization");
}

/* libsoup sends again what it sent on a connection that the other side has just closed, but its body only once: what it
 * says the second time is nothing at all, which a server may well take for what we meant.
 */
static void
restarted_cb (SoupMessage        *message,
              StrataHttpExchange *self)
{
  soup_message_set_request_body_from_bytes (message, self->request->content_type, self->body);
}

static SoupMessage *
make_message (StrataHttpExchange *self)
{
  SoupMessage *message = soup_message_new_from_uri (self->method, self->uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  add_headers (self, soup_message_get_request_headers (message));
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (self->body != NULL)
    {
      soup_message_set_request_body_from_bytes (message, self->request->content_type, self->body);
      g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), self);
    }

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_signal_connect_after (message, "starting", G_CALLBACK (starting_cb), self);

  return message;
}

static GError *
make_redirect_error (StrataHttpExchange *self,
                     const char         *format)
{
  g_autofree char *host = strata_http_uri_dup_host (self->uri);
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (host, parts);

  return g_error_new_literal (STRATA_ERROR, STRATA_ERROR_BAD_REPLY, message);
}

/* Where @location leads, when one may go there. */
static GUri *
find_next (StrataHttpExchange  *self,
           const char          *location,
           GError             **error)
{
  g_autoptr(GUri) next = strata_http_uri_parse (location, self->uri, NULL);

  if (next == NULL)
    {
      g_propagate_error (error,
                         make_redirect_error (self, _("%s points to an address that is none")));
      return NULL;
    }

  if (g_str_equal (g_uri_get_scheme (self->uri), "https") &&
      g_str_equal (g_uri_get_scheme (next), "http"))
    {
      g_propagate_error (
        error, make_redirect_error (self, _("%s points from https to http, where others can read and change what is sent; this was not followed")));
      return NULL;
    }

  if (!strata_http_uri_check_stranger (next, self->uri, error))
    return NULL;

  return g_steal_pointer (&next);
}

/* Goes on to where the server points. What was to be changed is changed there only when it is the same place. */
static gboolean
follow (StrataHttpExchange  *self,
        StrataHttpReply     *reply,
        GError             **error)
{
  const char *location = soup_message_headers_get_one (reply->headers, "Location");
  g_autoptr(GUri) next = find_next (self, location, error);

  if (next == NULL)
    return FALSE;

  gboolean is_same = strata_http_uri_is_same_origin (next, self->uri);

  if (!is_reading (self->method) && reply->status == SOUP_STATUS_SEE_OTHER)
    {
      self->method = "GET";
      self->body = NULL;
    }
  else if (!is_reading (self->method) &&
           (!is_same || reply->status < SOUP_STATUS_TEMPORARY_REDIRECT))
    {
      g_propagate_error (
        error,
        make_redirect_error (self, _("%s has moved; nothing was changed, check the address")));
      return FALSE;
    }

  self->has_left |= !is_same;
  g_uri_unref (self->uri);
  self->uri = g_steal_pointer (&next);

  return TRUE;
}

static gboolean
is_redirect (StrataHttpReply *reply)
{
  return soup_message_headers_get_one (reply->headers, "Location") != NULL &&
         (reply->status == SOUP_STATUS_MOVED_PERMANENTLY || reply->status == SOUP_STATUS_FOUND ||
          reply->status == SOUP_STATUS_SEE_OTHER ||
          reply->status == SOUP_STATUS_TEMPORARY_REDIRECT ||
          reply->status == SOUP_STATUS_PERMANENT_REDIRECT);
}

/* Asks one address. @reply gets the head of its answer also when it only points elsewhere, and then there is no result
 * and no error.
 */
static StrataHttpReply *
ask (StrataHttpExchange  *self,
     StrataHttpReply    **reply,
     GError             **error)
{
  g_autoptr(SoupMessage) message = make_message (self);
  GError *reason = NULL;

  if (!strata_http_check_online (error))
    return NULL;

  g_autoptr(GInputStream) stream =
    soup_session_send (self->http->session, message, self->cancellable, &reason);

  if (stream == NULL)
    {
      self->again->is_silence = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      self->again->may =
        strata_http_error_take (error, reason, self->uri, &self->trust, self->cancellable);
      return NULL;
    }

  *reply = strata_http_reply_new (self->uri, soup_message_get_status (message),
                                  soup_message_get_response_headers (message));

  if (is_redirect (*reply))
    return NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL ((*reply)->status) || (*reply)->status == SOUP_STATUS_NOT_MODIFIED)
    return strata_http_read_success (self, *reply, stream, error);

  return strata_http_read_refusal (self, *reply, stream, error);
}

/* Follows the request to who answers it. */
static StrataHttpReply *
travel (StrataHttpExchange  *self,
        GError             **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (g_hash_table_size (seen) <= MAX_REDIRECTS &&
         g_hash_table_add (seen, g_uri_to_string (self->uri)))
    {
      g_autoptr(StrataHttpReply) reply = NULL;
      GError *reason = NULL;
      StrataHttpReply *answer = ask (self, &reply, &reason);

      if (answer != NULL || reason != NULL)
        {
          if (reason != NULL)
            g_propagate_error (error, reason);
          return answer;
        }

      if (!follow (self, reply, error))
        return NULL;
    }

  g_propagate_error (error,
                     make_redirect_error (self, _("%s points in circles; check the address")));

  return NULL;
}

static StrataCredentials *
choose_credentials (StrataHttp              *http,
                    const StrataHttpRequest *request,
                    GUri                    *uri)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&http->mutex);
  StrataCredentials *credentials = request->credentials;

  if (credentials == NULL && strata_http_uri_is_same_origin (uri, http->base))
    credentials = http->credentials;

  return credentials != NULL ? strata_credentials_ref (credentials) : NULL;
}

/* Sends @request once, and says whether it makes sense to send it again. */
StrataHttpReply *
strata_http_exchange (StrataHttp               *http,
                      const StrataHttpRequest  *request,
                      StrataHttpAgain          *again,
                      GCancellable             *cancellable,
                      GError                  **error)
{
  g_auto(StrataHttpExchange) self = {
    .http = http,
    .request = request,
    .cancellable = cancellable,
    .method = request->method != NULL ? request->method : "GET",
    .body = request->body,
    .again = again,
  };

  *again = (StrataHttpAgain){ .may = FALSE, .asked_ms = -1 };
  self.uri = strata_http_uri_parse (request->uri, http->base, error);
  if (self.uri == NULL)
    return NULL;

  self.credentials = choose_credentials (http, request, self.uri);

  return travel (&self, error);
}
