/* strata-http-reply.h - what a server answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STRATA_TYPE_HTTP_REPLY (strata_http_reply_get_type ())

/* A value, safe to read from any thread. */
G_DECLARE_FINAL_TYPE (StrataHttpReply, strata_http_reply, STRATA, HTTP_REPLY, GObject)

guint       strata_http_reply_get_status       (StrataHttpReply  *self);
const char *strata_http_reply_get_header       (StrataHttpReply  *self,
                                                const char       *name);
GUri       *strata_http_reply_get_uri          (StrataHttpReply  *self);
GBytes     *strata_http_reply_get_body         (StrataHttpReply  *self);
guint64     strata_http_reply_get_offset       (StrataHttpReply  *self);
guint64     strata_http_reply_get_size         (StrataHttpReply  *self);
gboolean    strata_http_reply_is_not_modified  (StrataHttpReply  *self);
const char *strata_http_reply_get_words        (StrataHttpReply  *self);
gboolean    strata_http_reply_check            (StrataHttpReply  *self,
                                                GError          **error);

G_END_DECLS
