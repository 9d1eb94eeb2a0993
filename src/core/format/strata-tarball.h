/* strata-tarball.h - a compressed tar archive from a stranger, read entry by entry within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-file.h"

G_BEGIN_DECLS

/* The largest of 28,000 real charts has 11.3 MB, 934 files, a file of 2.9 MB, 11 folders deep, and packs 24 times. */
#define STRATA_TARBALL_MAX_UNPACKED (100 * 1024 * 1024)
#define STRATA_TARBALL_MAX_FILE (20 * 1024 * 1024)
#define STRATA_TARBALL_MAX_ENTRIES 10000
#define STRATA_TARBALL_MAX_PATH 1024
#define STRATA_TARBALL_MAX_NESTING 32
#define STRATA_TARBALL_MAX_RATIO 100

GPtrArray *strata_tarball_read  (GBytes        *bytes,
                                 char         **top,
                                 GCancellable  *cancellable,
                                 GError       **error);
GBytes    *strata_tarball_write (const char    *top,
                                 GPtrArray     *files,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
