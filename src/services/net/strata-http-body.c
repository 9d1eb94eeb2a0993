/* strata-http-body.c - the body of an answer: its kind, its size, and where it goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-http-uri.h"

#define MAX_WORDS_SIZE (64 * 1024)  /* of what a server says about its refusal */
#define CHUNK_SIZE (64 * 1024)
#define SLOWEST 1024  /* bytes in the time that the other side may be silent */

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
is_packed (StrataHttpExchange *self,
           StrataHttpReply    *reply)
{
  const char *coding = soup_message_headers_get_list (reply->headers, "Content-Encoding");

  return !self->request->is_raw && coding != NULL && g_ascii_strcasecmp (coding, "identity") != 0;
}

/* What the bytes of @stream mean. A coding that is not gzip was not asked for, and fails as such. */
static GInputStream *
open_body (StrataHttpExchange *self,
           StrataHttpReply    *reply,
           GInputStream       *stream)
{
  if (!is_packed (self, reply))
    return g_object_ref (stream);

  g_autoptr(GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return g_converter_input_stream_new (stream, G_CONVERTER (gzip));
}

static gboolean
write_sink (StrataHttpExchange  *self,
            const guint8        *chunk,
            gsize                size,
            GError             **error)
{
  g_autoptr(GError) reason = NULL;

  if (g_output_stream_write_all (self->request->sink, chunk, size, NULL, self->cancellable,
                                 &reason))
    {
      self->n_written += size;
      return TRUE;
    }

  g_autofree char *host = strata_http_uri_dup_host (self->uri);

  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 _("What %s sends cannot be written to this disk: %s"), host, reason->message);

  return FALSE;
}

/* Takes what came, and says how far it is. */
static gboolean
take_chunk (StrataHttpExchange  *self,
            StrataHttpReply     *reply,
            GByteArray          *memory,
            const guint8        *chunk,
            gsize                size,
            GError             **error)
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
                       is_packed (self, reply) || length <= 0 ? 0
                                                              : reply->offset + (guint64) length,
                       request->progress_data);

  return TRUE;
}

/* Notes why a body did not come to its end. Takes @reason. */
static gboolean
break_off (StrataHttpExchange  *self,
           GError              *reason,
           GError             **error)
{
  gboolean is_silence = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  self->again->may =
    strata_http_error_take (error, reason, self->uri, &self->trust, self->cancellable) &&
    self->n_written == 0;
  self->again->is_silence = is_silence && self->n_written == 0;

  return FALSE;
}

/* Whether nothing follows what was read: a packed body may end before the bytes that were announced do. */
static gboolean
check_end (StrataHttpExchange  *self,
           GInputStream        *stream,
           GError             **error)
{
  GError *reason = NULL;
  char byte;
  gssize size = g_input_stream_read (stream, &byte, 1, self->cancellable, &reason);

  if (size == 0)
    return TRUE;

  if (size > 0)
    g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "there is more after the end");

  return break_off (self, reason, error);
}

/* How much came in the time that the other side may be silent: a byte now and then is no answer either. */
typedef struct
{
  gint64  begin;
  guint64 size;
} Pace;

static gboolean
keep_pace (StrataHttpExchange  *self,
           Pace                *pace,
           gsize                size,
           GError             **error)
{
  gint64 longest = (gint64) soup_session_get_timeout (self->http->session) * G_TIME_SPAN_SECOND;
  gint64 now = g_get_monotonic_time ();

  pace->size += size;
  if (longest == 0 || now - pace->begin < longest)
    return TRUE;

  if (pace->size < SLOWEST)
    return break_off (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "too slow"),
                      error);

  *pace = (Pace){ .begin = now };

  return TRUE;
}

/* Reads the body to its end, into memory or into the sink. */
static gboolean
read_body (StrataHttpExchange  *self,
           StrataHttpReply     *reply,
           GInputStream        *stream,
           GByteArray          *memory,
           guint64              max_size,
           GError             **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  g_autoptr(GInputStream) body = open_body (self, reply, stream);
  Pace pace = { .begin = g_get_monotonic_time () };

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

      if (!keep_pace (self, &pace, (gsize) size, error))
        return FALSE;

      if (!take_chunk (self, reply, memory, chunk, (gsize) size, error))
        return FALSE;
    }
}

/* A refusal: its words are kept, and when the caller wants it, it is a reply like another. */
StrataHttpReply *
strata_http_read_refusal (StrataHttpExchange  *self,
                          StrataHttpReply     *reply,
                          GInputStream        *stream,
                          GError             **error)
{
  gboolean is_wanted = self->request->allow_status;
  g_autoptr(GByteArray) memory = g_byte_array_new ();
  g_autoptr(GError) reason = NULL;

  self->again->asked_ms = strata_http_retry_read_after (reply->headers);

  gboolean done = read_body (self, reply, stream, memory, MAX_WORDS_SIZE, &reason);

  self->again->may = strata_http_retry_is_status (reply->status);
  self->again->is_silence = FALSE;
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
begin_sink (StrataHttpExchange  *self,
            StrataHttpReply     *reply,
            GError             **error)
{
  goffset start, end, total;
  GOutputStream *sink = self->request->sink;
  g_autofree char *host = NULL;

  if (self->request->resume_at == 0 || self->request->if_range == NULL)
    return TRUE;

  if (reply->status != SOUP_STATUS_PARTIAL_CONTENT)
    return g_seekable_seek (G_SEEKABLE (sink), 0, G_SEEK_SET, self->cancellable, error) &&
           g_seekable_truncate (G_SEEKABLE (sink), 0, self->cancellable, error);

  if (soup_message_headers_get_content_range (reply->headers, &start, &end, &total) &&
      start == (goffset) self->request->resume_at)
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
check_size (StrataHttpExchange  *self,
            StrataHttpReply     *reply,
            guint64              max_size,
            GError             **error)
{
  if (soup_message_headers_get_encoding (reply->headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      reply->offset + (guint64) soup_message_headers_get_content_length (reply->headers) <=
        max_size)
    return TRUE;

  return set_too_large (error, self->uri, max_size);
}

/* What names these bytes and no others: a weak tag would not. */
static void
note_validator (StrataHttpExchange *self,
                StrataHttpReply    *reply)
{
  const char *tag = soup_message_headers_get_one (reply->headers, "ETag");

  if (self->request->validator == NULL)
    return;

  if (tag == NULL || g_str_has_prefix (tag, "W/"))
    tag = soup_message_headers_get_one (reply->headers, "Last-Modified");
  g_free (*self->request->validator);
  *self->request->validator = g_strdup (tag);
}

/* A success: in this order its type, its size, then its body. */
StrataHttpReply *
strata_http_read_success (StrataHttpExchange  *self,
                          StrataHttpReply     *reply,
                          GInputStream        *stream,
                          GError             **error)
{
  guint64 max_size = self->request->max_size > 0 ? self->request->max_size : STRATA_HTTP_MAX_SIZE;
  gboolean has_body =
    reply->status != SOUP_STATUS_NO_CONTENT && !g_str_equal (self->method, "HEAD");
  g_autoptr(GByteArray) memory = self->request->sink == NULL ? g_byte_array_new () : NULL;

  if (!has_body || reply->status == SOUP_STATUS_NOT_MODIFIED)
    return g_object_ref (reply);

  if (!strata_http_error_check_type (error, reply, self->request->accept) ||
      !begin_sink (self, reply, error) || !check_size (self, reply, max_size, error))
    return NULL;

  note_validator (self, reply);
  if (!read_body (self, reply, stream, memory, max_size, error))
    return NULL;

  if (memory != NULL)
    strata_http_reply_take_body (reply, g_steal_pointer (&memory));

  return g_object_ref (reply);
}
