/* strata-http-reply.c - what a server answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-http"

#include "strata-http-private.h"

#include <string.h>

#define MAX_WORDS 2000  /* bytes */

G_DEFINE_FINAL_TYPE (StrataHttpReply, strata_http_reply, G_TYPE_OBJECT)

static void
strata_http_reply_finalize (GObject *object)
{
  StrataHttpReply *self = STRATA_HTTP_REPLY (object);

  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (strata_http_reply_parent_class)->finalize (object);
}

static void
strata_http_reply_class_init (StrataHttpReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_http_reply_finalize;
}

static void
strata_http_reply_init (StrataHttpReply *self)
{
  self->body = g_bytes_new_static ("", 0);
}

/* A reply without its body. */
StrataHttpReply *
strata_http_reply_new (GUri               *uri,
                       guint               status,
                       SoupMessageHeaders *headers)
{
  StrataHttpReply *self = g_object_new (STRATA_TYPE_HTTP_REPLY, NULL);

  self->uri = g_uri_ref (uri);
  self->status = status;
  self->headers = soup_message_headers_ref (headers);

  return self;
}

/* Gives the reply the body that was read into memory, and takes the reference. */
void
strata_http_reply_take_body (StrataHttpReply *self,
                             GByteArray      *body)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_byte_array_free_to_bytes (body);
}

/* Keeps what a server says about its refusal, so that it can be shown: bounded, in one line, without what is secret. A
 * web page has more markup than words.
 */
void
strata_http_reply_read_words (StrataHttpReply   *self,
                              StrataCredentials *credentials)
{
  const char *type = soup_message_headers_get_content_type (self->headers, NULL);
  gsize size;
  const char *body = g_bytes_get_data (self->body, &size);

  if (size == 0 || (type != NULL && g_ascii_strcasecmp (type, "text/html") == 0))
    return;

  /* The secret goes first: cut in two it would not be found. */
  g_autofree char *text = g_utf8_make_valid (body, (gssize) size);
  g_autofree char *shown = strata_credentials_redact (credentials, text);
  g_autoptr(GString) line = g_string_new (NULL);

  for (const char *next = shown; *next != '\0' && line->len < MAX_WORDS;
       next = g_utf8_next_char (next))
    {
      gunichar letter = g_utf8_get_char (next);
      GUnicodeType kind = g_unichar_type (letter);

      if (kind == G_UNICODE_FORMAT)
        continue;
      g_string_append_unichar (line, kind == G_UNICODE_CONTROL ? ' ' : letter);
    }

  self->words = g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
  if (*self->words == '\0')
    g_clear_pointer (&self->words, g_free);
}

/**
 * strata_http_reply_get_status:
 * @self: a reply
 *
 * Returns: the status code, such as 200
 */
guint
strata_http_reply_get_status (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), 0);

  return self->status;
}

/**
 * strata_http_reply_get_header:
 * @self: a reply
 * @name: the name of a header
 *
 * Returns: (nullable): what stands in it, joined by commas when it came more than once
 */
const char *
strata_http_reply_get_header (StrataHttpReply *self,
                              const char      *name)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return soup_message_headers_get_list (self->headers, name);
}

/**
 * strata_http_reply_get_uri:
 * @self: a reply
 *
 * Returns: (transfer none) (not nullable): the address that answered, after all redirects
 */
GUri *
strata_http_reply_get_uri (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), NULL);

  return self->uri;
}

/**
 * strata_http_reply_get_body:
 * @self: a reply
 *
 * Returns: (transfer none) (not nullable): the body, empty when it went to a sink
 */
GBytes *
strata_http_reply_get_body (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), NULL);

  return self->body;
}

/**
 * strata_http_reply_get_offset:
 * @self: a reply
 *
 * Returns: where in the whole the body begins, in bytes: 0, or what was asked for when the server resumed there
 */
guint64
strata_http_reply_get_offset (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), 0);

  return self->offset;
}

/**
 * strata_http_reply_get_size:
 * @self: a reply
 *
 * Returns: how many bytes the body has, also when it went to a sink
 */
guint64
strata_http_reply_get_size (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), 0);

  return self->size;
}

/**
 * strata_http_reply_is_not_modified:
 * @self: a reply
 *
 * Returns: whether the server says that what we have is what it has
 */
gboolean
strata_http_reply_is_not_modified (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), FALSE);

  return self->status == SOUP_STATUS_NOT_MODIFIED;
}

/**
 * strata_http_reply_get_words:
 * @self: a reply
 *
 * What a server says about a refusal, for *Details*: at most 2,000 bytes in one line, `[REDACTED]` where a secret was.
 *
 * Returns: (nullable): its words
 */
const char *
strata_http_reply_get_words (StrataHttpReply *self)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), NULL);

  return self->words;
}

/**
 * strata_http_reply_check:
 * @self: a reply
 * @error: return location for a [error@Error]
 *
 * For who asked to get a refusal as a reply, and has looked at it.
 *
 * Returns: whether it is a success, else the error that it would have been
 */
gboolean
strata_http_reply_check (StrataHttpReply  *self,
                         GError          **error)
{
  g_return_val_if_fail (STRATA_IS_HTTP_REPLY (self), FALSE);

  if (SOUP_STATUS_IS_SUCCESSFUL (self->status) || self->status == SOUP_STATUS_NOT_MODIFIED)
    return TRUE;

  strata_http_error_set_status (error, self);

  return FALSE;
}
