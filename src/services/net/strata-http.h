/* strata-http.h - asks one place on the web: one session, its credentials for its own origin only
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-credentials.h"
#include "strata-http-reply.h"

G_BEGIN_DECLS

/**
 * StrataHttpProgress:
 * @received: bytes that are here, with those that were here before when a download is resumed
 * @total: how many it will be, 0 when the server does not say
 * @data: what was given with it
 *
 * Called in the thread that sends.
 */
typedef void (* StrataHttpProgress) (guint64  received,
                                     guint64  total,
                                     gpointer data);

/**
 * StrataHttpRequest:
 * @method: (nullable): %NULL for `GET`
 * @uri: an address, absolute or relative to the base; what a person or a server named in it is escaped
 * @headers: (nullable) (array zero-terminated=1): names and values in turn; they stay with the origin of @uri
 * @credentials: (nullable): in place of those of the object, for the origin of @uri
 * @body: (nullable): what to send
 * @content_type: (nullable): what @body is
 * @accept: (nullable) (array zero-terminated=1): the content types that are expected; `*``/``*` for any but a web page;
 *   %NULL to leave it unsaid and unchecked
 * @max_size: the most bytes of the answer, decoded; 0 for %STRATA_HTTP_MAX_SIZE
 * @if_none_match: (nullable): the `ETag` of what we have
 * @if_modified_since: (nullable): the `Last-Modified` of what we have
 * @resume_at: how many bytes of it we have
 * @if_range: (nullable): the `ETag` or `Last-Modified` of those; without it nothing is resumed
 * @sink: (nullable): where the body of a success goes; it is a #GSeekable that can be truncated when @resume_at is
 *   given, for a server that begins again. It is not closed
 * @validator: (out) (optional): set as soon as a body begins, also when it then breaks off: what to resume it with as
 *   @if_range. What was there is freed
 * @is_raw: the bytes count as they are stored on the server, so that a digest over them holds
 * @allow_status: a refusal is a reply too, not an error
 * @is_idempotent: asked twice it does no more than asked once: it is tried again as what only reads is, and once more
 *   when the other side falls silent
 * @progress: (nullable): called as the body arrives
 * @progress_data: for @progress
 *
 * What to ask, filled by the names of its members: all that is not named is off.
 */
typedef struct
{
  const char          *method;
  const char          *uri;
  const char *const   *headers;
  StrataCredentials   *credentials;
  GBytes              *body;
  const char          *content_type;
  const char *const   *accept;
  guint64              max_size;
  const char          *if_none_match;
  const char          *if_modified_since;
  guint64              resume_at;
  const char          *if_range;
  GOutputStream       *sink;
  char               **validator;
  gboolean             is_raw;
  gboolean             allow_status;
  gboolean             is_idempotent;
  StrataHttpProgress   progress;
  gpointer             progress_data;
} StrataHttpRequest;

#define STRATA_HTTP_MAX_SIZE (16 * 1024 * 1024)

#define STRATA_TYPE_HTTP (strata_http_get_type ())

G_DECLARE_FINAL_TYPE (StrataHttp, strata_http, STRATA, HTTP, GObject)

StrataHttp      *strata_http_new             (const char               *base,
                                              GError                  **error);
void             strata_http_set_credentials (StrataHttp               *self,
                                              StrataCredentials        *credentials);
gboolean         strata_http_set_ca_file     (StrataHttp               *self,
                                              const char               *path,
                                              GError                  **error);
void             strata_http_set_proxy       (StrataHttp               *self,
                                              GProxyResolver           *resolver);
void             strata_http_set_patience    (StrataHttp               *self,
                                              guint                     stall_s,
                                              guint                     first_pause_ms);
void             strata_http_set_attempts    (StrataHttp               *self,
                                              guint                     n_attempts);
gboolean         strata_http_pause           (StrataHttp               *self,
                                              guint                     attempt,
                                              GCancellable             *cancellable);
GUri            *strata_http_get_base        (StrataHttp               *self);

StrataHttpReply *strata_http_send            (StrataHttp               *self,
                                              const StrataHttpRequest  *request,
                                              GCancellable             *cancellable,
                                              GError                  **error);

gboolean         strata_http_is_offline      (void);
void             strata_http_set_offline     (gboolean                  offline);

G_END_DECLS
