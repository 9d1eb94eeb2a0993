/* strata-http-exchange.c - one request on its way from address to address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-http-uri.h"

#define MAX_REDIRECTS 10
#define MAX_WORDS_SIZE (64 * 1024)  /* of what a server says about its refusal */
#define CHUNK_SIZE (64 * 1024)

/* One request on its way from address to address. */
typedef struct
{
  StrataHttp              *http;         /* (unowned) */
  const StrataHttpRequest *request;      /* (unowned) */
  GCancellable            *cancellable;  /* (unowned) (nullable) */
  StrataCredentials       *credentials;  /* (owned) (nullable) */
  gboolean                 has_left;     /* it was sent elsewhere: they are not used any more, not there and not after */
  GUri                    *uri;          /* (owned) where it goes now */
  const char              *method;       /* (unowned) */
  GBytes                  *body;         /* (unowned) (nullable) */
  StrataHttpTrust          trust;
  StrataHttpAgain         *again;        /* (unowned) */
  guint64                  n_written;    /* bytes that went to the sink */
} Exchange;

static void
exchange_clear (Exchange *self)
{
  g_clear_pointer (&self->credentials, strata_credentials_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static gboolean
is_reading (const char *method)
{
  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD");
}

/* What a caller's own headers say is for the origin only, whatever they are called. */
static void
add_own_headers (Exchange           *self,
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
add_range (Exchange           *self,
           SoupMessageHeaders *headers)
{
  if (self->request->resume_at == 0 || self->request->if_range == NULL)
    return;

  soup_message_headers_set_range (headers, (goffset) self->request->resume_at, -1);
  soup_message_headers_replace (headers, "If-Range", self->request->if_range);
}

static void
add_headers (Exchange           *self,
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
                       Exchange             *self)
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
starting_cb (SoupMessage *message,
             Exchange    *self)
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

  if (g_str_equal (g_uri_get_scheme (uri), "https") || proxies == NULL
      || g_strv_contains ((const char *const *) proxies, "direct://"))
    soup_message_headers_remove (headers, "Proxy-Authorization");
}

static SoupMessage *
make_message (Exchange *self)
{
  SoupMessage *message = soup_message_new_from_uri (self->method, self->uri);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  add_headers (self, soup_message_get_request_headers (message));
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->request->content_type, self->body);

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_signal_connect_after (message, "starting", G_CALLBACK (starting_cb), self);

  return message;
}

static gboolean
set_too_large (GError  **error,
               GUri     *uri,
               guint64   max_size)
{
  g_autofree char *shown = strata_http_uri_dup_shown (uri);
  g_autofree char *size = g_format_size (max_size);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE, _("%s has more than %s"), shown, size);

  return FALSE;
}

/* Whether the bytes come packed. libsoup would unpack them as well, and take a stream that breaks off for a whole one. */
static gboolean
is_packed (Exchange        *self,
           StrataHttpReply *reply)
{
  const char *coding = soup_message_headers_get_list (reply->headers, "Content-Encoding");

  return !self->request->is_raw && coding != NULL && g_ascii_strcasecmp (coding, "identity") != 0;
}

/* What the bytes of @stream mean. A coding that is not gzip was not asked for, and fails as such. */
static GInputStream *
open_body (Exchange        *self,
           StrataHttpReply *reply,
           GInputStream    *stream)
{
  if (!is_packed (self, reply))
    return g_object_ref (stream);

  g_autoptr(GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return g_converter_input_stream_new (stream, G_CONVERTER (gzip));
}

static gboolean
write_sink (Exchange      *self,
            const guint8  *chunk,
            gsize          size,
            GError       **error)
{
  g_autoptr(GError) reason = NULL;

  if (g_output_stream_write_all (self->request->sink, chunk, size, NULL, self->cancellable, &reason))
    {
      self->n_written += size;
      return TRUE;
    }

  g_autofree char *host = strata_http_uri_dup_host (self->uri);

  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK, _("What %s sends cannot be written to this disk: %s"), host,
                 reason->message);

  return FALSE;
}

/* Takes what came, and says how far it is. */
static gboolean
take_chunk (Exchange         *self,
            StrataHttpReply  *reply,
            GByteArray       *memory,
            const guint8     *chunk,
            gsize             size,
            GError          **error)
{
  const StrataHttpRequest *request = self->request;
  goffset length = soup_message_headers_get_content_length (reply->headers);

  reply->size += size;

  if (memory != NULL)
    g_byte_array_append (memory, chunk, (guint) size);
  else if (!write_sink (self, chunk, size, error))
    return FALSE;

  if (request->progress != NULL)
    request->progress (reply->offset + reply->size,
                       is_packed (self, reply) || length <= 0 ? 0 : reply->offset + (guint64) length,
                       request->progress_data);

  return TRUE;
}

/* Notes why a body did not come to its end. Takes @reason. */
static gboolean
break_off (Exchange  *self,
           GError    *reason,
           GError   **error)
{
  self->again->may = strata_http_error_take (error, reason, self->uri, &self->trust, self->cancellable)
                     && self->n_written == 0;

  return FALSE;
}

/* Whether nothing follows what was read: a packed body may end before the bytes that were announced do. */
static gboolean
check_end (Exchange      *self,
           GInputStream  *stream,
           GError       **error)
{
  GError *reason = NULL;
  char byte;
  gssize size = g_input_stream_read (stream, &byte, 1, self->cancellable, &reason);

  if (size == 0)
    return TRUE;

  if (size > 0)
    g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is more after the end");

  return break_off (self, reason, error);
}

/* Reads the body to its end, into memory or into the sink. */
static gboolean
read_body (Exchange         *self,
           StrataHttpReply  *reply,
           GInputStream     *stream,
           GByteArray       *memory,
           guint64           max_size,
           GError          **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr(GInputStream) body = open_body (self, reply, stream);

  for (;;)
    {
      GError *reason = NULL;
      gssize size = g_input_stream_read (body, chunk, CHUNK_SIZE, self->cancellable, &reason);

      if (size < 0)
        return break_off (self, reason, error);

      if (size == 0)
        return check_end (self, stream, error);

      if (reply->offset + reply->size + (guint64) size > max_size)
        return set_too_large (error, self->uri, max_size);

      if (!take_chunk (self, reply, memory, chunk, (gsize) size, error))
        return FALSE;
    }
}

/* A refusal: its words are kept, and when the caller wants it, it is a reply like another. */
static StrataHttpReply *
read_refusal (Exchange         *self,
              StrataHttpReply  *reply,
              GInputStream     *stream,
              GError          **error)
{
  gboolean is_wanted = self->request->allow_status;
  g_autoptr(GByteArray) memory = g_byte_array_new ();
  g_autoptr(GError) reason = NULL;

  self->again->asked_ms = strata_http_retry_read_after (reply->headers);

  gboolean done = read_body (self, reply, stream, memory, MAX_WORDS_SIZE, &reason);

  self->again->may = strata_http_retry_is_status (reply->status);
  if (!done && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  strata_http_reply_take_body (reply, g_steal_pointer (&memory));
  strata_http_reply_read_words (reply, self->credentials);
  if (is_wanted)
    return g_object_ref (reply);

  strata_http_error_set_status (error, reply);

  return NULL;
}

/* The server resumes where it was asked to, or begins again, and then so does the sink. */
static gboolean
begin_sink (Exchange         *self,
            StrataHttpReply  *reply,
            GError          **error)
{
  goffset start, end, total;
  GOutputStream *sink = self->request->sink;
  g_autofree char *host = NULL;

  if (self->request->resume_at == 0 || self->request->if_range == NULL)
    return TRUE;

  if (reply->status != SOUP_STATUS_PARTIAL_CONTENT)
    return g_seekable_seek (G_SEEKABLE (sink), 0, G_SEEK_SET, self->cancellable, error)
           && g_seekable_truncate (G_SEEKABLE (sink), 0, self->cancellable, error);

  if (soup_message_headers_get_content_range (reply->headers, &start, &end, &total)
      && start == (goffset) self->request->resume_at)
    {
      reply->offset = self->request->resume_at;
      return TRUE;
    }

  host = strata_http_uri_dup_host (self->uri);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY,
               _("%s resumes the download at another place than asked for"), host);

  return FALSE;
}

static gboolean
check_size (Exchange         *self,
            StrataHttpReply  *reply,
            guint64           max_size,
            GError          **error)
{
  if (soup_message_headers_get_encoding (reply->headers) != SOUP_ENCODING_CONTENT_LENGTH
      || reply->offset + (guint64) soup_message_headers_get_content_length (reply->headers) <= max_size)
    return TRUE;

  return set_too_large (error, self->uri, max_size);
}

/* A success: in this order its type, its size, then its body. */
static StrataHttpReply *
read_success (Exchange         *self,
              StrataHttpReply  *reply,
              GInputStream     *stream,
              GError          **error)
{
  guint64 max_size = self->request->max_size > 0 ? self->request->max_size : STRATA_HTTP_MAX_SIZE;
  gboolean has_body = reply->status != SOUP_STATUS_NO_CONTENT && !g_str_equal (self->method, "HEAD");
  g_autoptr(GByteArray) memory = self->request->sink == NULL ? g_byte_array_new () : NULL;

  if (!has_body || reply->status == SOUP_STATUS_NOT_MODIFIED)
    return g_object_ref (reply);

  if (!strata_http_error_check_type (error, reply, self->request->accept)
      || !begin_sink (self, reply, error)
      || !check_size (self, reply, max_size, error)
      || !read_body (self, reply, stream, memory, max_size, error))
    return NULL;

  if (memory != NULL)
    strata_http_reply_take_body (reply, g_steal_pointer (&memory));

  return g_object_ref (reply);
}

static GError *
make_redirect_error (Exchange   *self,
                     const char *format)
{
  g_autofree char *host = strata_http_uri_dup_host (self->uri);
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (host, parts);

  return g_error_new_literal (STRATA_ERROR, STRATA_ERROR_BAD_REPLY, message);
}

/* Where @location leads, when one may go there. */
static GUri *
find_next (Exchange    *self,
           const char  *location,
           GError     **error)
{
  g_autoptr(GUri) next = strata_http_uri_parse (location, self->uri, NULL);

  if (next == NULL)
    {
      g_propagate_error (error, make_redirect_error (self, _("%s points to an address that is none")));
      return NULL;
    }

  if (g_str_equal (g_uri_get_scheme (self->uri), "https") && g_str_equal (g_uri_get_scheme (next), "http"))
    {
      g_propagate_error (error, make_redirect_error (self,
        _("%s points from https to http, where others can read and change what is sent; this was not followed")));
      return NULL;
    }

  if (!strata_http_uri_check_stranger (next, self->uri, error))
    return NULL;

  return g_steal_pointer (&next);
}

/* Goes on to where the server points. What was to be changed is changed there only when it is the same place. */
static gboolean
follow (Exchange         *self,
        StrataHttpReply  *reply,
        GError          **error)
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
  else if (!is_reading (self->method) && (!is_same || reply->status < SOUP_STATUS_TEMPORARY_REDIRECT))
    {
      g_propagate_error (error, make_redirect_error (self, _("%s has moved; nothing was changed, check the address")));
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
  return soup_message_headers_get_one (reply->headers, "Location") != NULL
         && (reply->status == SOUP_STATUS_MOVED_PERMANENTLY || reply->status == SOUP_STATUS_FOUND
             || reply->status == SOUP_STATUS_SEE_OTHER || reply->status == SOUP_STATUS_TEMPORARY_REDIRECT
             || reply->status == SOUP_STATUS_PERMANENT_REDIRECT);
}

/* Asks one address. @reply gets the head of its answer also when it only points elsewhere, and then there is no result
 * and no error.
 */
static StrataHttpReply *
ask (Exchange         *self,
     StrataHttpReply **reply,
     GError          **error)
{
  g_autoptr(SoupMessage) message = make_message (self);
  GError *reason = NULL;

  if (!strata_http_check_online (error))
    return NULL;

  g_autoptr(GInputStream) stream = soup_session_send (self->http->session, message, self->cancellable, &reason);

  if (stream == NULL)
    {
      self->again->may = strata_http_error_take (error, reason, self->uri, &self->trust, self->cancellable);
      return NULL;
    }

  *reply = strata_http_reply_new (self->uri, soup_message_get_status (message),
                                  soup_message_get_response_headers (message));

  if (is_redirect (*reply))
    return NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL ((*reply)->status) || (*reply)->status == SOUP_STATUS_NOT_MODIFIED)
    return read_success (self, *reply, stream, error);

  return read_refusal (self, *reply, stream, error);
}

/* Follows the request to who answers it. */
static StrataHttpReply *
travel (Exchange  *self,
        GError   **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (g_hash_table_size (seen) <= MAX_REDIRECTS && g_hash_table_add (seen, g_uri_to_string (self->uri)))
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

  g_propagate_error (error, make_redirect_error (self, _("%s points in circles; check the address")));

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
  g_auto(Exchange) self = {
    .http = http,
    .request = request,
    .cancellable = cancellable,
    .method = request->method != NULL ? request->method : "GET",
    .body = request->body,
    .again = again,
  };

  *again = (StrataHttpAgain) { .may = FALSE, .asked_ms = -1 };
  self.uri = strata_http_uri_parse (request->uri, http->base, error);
  if (self.uri == NULL)
    return NULL;

  self.credentials = choose_credentials (http, request, self.uri);

  return travel (&self, error);
}
