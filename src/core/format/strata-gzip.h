/* strata-gzip.h - one gzip stream, unpacked within a bound and packed to the same bytes every time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stream this small may be as dense as it likes: only beyond it does the ratio count. */
#define STRATA_GZIP_RATIO_FROM (1024 * 1024)

gboolean strata_gzip_is_gzip (GBytes        *bytes);
GBytes  *strata_gzip_unpack  (GBytes        *bytes,
                              gsize          max_size,
                              guint          max_ratio,
                              GCancellable  *cancellable,
                              GError       **error);
GBytes  *strata_gzip_pack    (GBytes        *bytes,
                              guint          max_ratio,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
