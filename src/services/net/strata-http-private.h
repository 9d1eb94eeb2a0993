/* strata-http-private.h - what the files of the HTTP class share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "strata-http.h"

G_BEGIN_DECLS

#define STRATA_STATUS_TOO_MANY_REQUESTS 429  /* RFC 6585; libsoup has no name for it */

/* What went wrong with a certificate, noted while it was looked at. */
typedef struct
{
  GTlsCertificateFlags flags;
  gboolean             is_self_signed;
} StrataHttpTrust;

/* Whether what went wrong may go right the next time. */
typedef struct
{
  gboolean may;
  gboolean is_silence;  /* it fell silent: one more try, for who can afford it */
  gint64   asked_ms;    /* how long the server asks to wait, or -1 */
} StrataHttpAgain;

struct _StrataHttp
{
  GObject            parent_instance;
  GUri              *base;            /* (owned) */
  SoupSession       *session;         /* (owned) */
  GTlsDatabase      *authorities;     /* (owned) (nullable) that are trusted beside those of the system */
  guint              first_pause_ms;
  guint              n_attempts;

  GMutex             mutex;           /* for all below */
  StrataCredentials *credentials;     /* (owned) (nullable) */
};

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
} StrataHttpExchange;

struct _StrataHttpReply
{
  GObject             parent_instance;
  guint               status;
  SoupMessageHeaders *headers;  /* (owned) */
  GUri               *uri;      /* (owned) */
  GBytes             *body;     /* (owned) */
  char               *words;    /* (owned) (nullable) */
  guint64             offset;   /* of the first byte in the whole */
  guint64             size;     /* bytes of the body that came, decoded */
};

StrataHttpReply *strata_http_exchange           (StrataHttp          *http,
                                                 const StrataHttpRequest *request,
                                                 StrataHttpAgain     *again,
                                                 GCancellable        *cancellable,
                                                 GError             **error);
StrataHttpReply *strata_http_read_success       (StrataHttpExchange  *self,
                                                 StrataHttpReply     *reply,
                                                 GInputStream        *stream,
                                                 GError             **error);
StrataHttpReply *strata_http_read_refusal       (StrataHttpExchange  *self,
                                                 StrataHttpReply     *reply,
                                                 GInputStream        *stream,
                                                 GError             **error);
gboolean         strata_http_check_online       (GError             **error);

StrataHttpReply *strata_http_reply_new          (GUri                *uri,
                                                 guint                status,
                                                 SoupMessageHeaders  *headers);
void             strata_http_reply_take_body    (StrataHttpReply     *self,
                                                 GByteArray          *body);
void             strata_http_reply_read_words   (StrataHttpReply     *self,
                                                 StrataCredentials   *credentials);

gboolean         strata_http_error_take         (GError             **error,
                                                 GError              *reason,
                                                 GUri                *uri,
                                                 const StrataHttpTrust *trust,
                                                 GCancellable        *cancellable);
void             strata_http_error_set_status   (GError             **error,
                                                 StrataHttpReply     *reply);
gboolean         strata_http_error_check_type   (GError             **error,
                                                 StrataHttpReply     *reply,
                                                 const char *const   *accept);

gboolean         strata_http_retry_is_status    (guint                status);
gint64           strata_http_retry_read_after   (SoupMessageHeaders  *headers);
gboolean         strata_http_retry_pause        (guint                attempt,
                                                 guint                first_ms,
                                                 gint64               asked_ms,
                                                 GCancellable        *cancellable);

G_END_DECLS
