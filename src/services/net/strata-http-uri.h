/* strata-http-uri.h - addresses that may be asked, and which of them are the same place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *strata_http_uri_parse          (const char  *text,
                                          GUri        *base,
                                          GError     **error);
GUri     *strata_http_uri_parse_base     (const char  *text,
                                          GError     **error);
gboolean  strata_http_uri_is_same_origin (GUri        *uri,
                                          GUri        *other);
gboolean  strata_http_uri_check_stranger (GUri        *uri,
                                          GUri        *base,
                                          GError     **error);
char     *strata_http_uri_dup_host       (GUri        *uri);
char     *strata_http_uri_dup_shown      (GUri        *uri);

G_END_DECLS
