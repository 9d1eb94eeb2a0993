/* strata-tarball.h - a compressed tar archive from a stranger, read entry by entry within bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-file.h"

G_BEGIN_DECLS

#define STRATA_TARBALL_MAX_UNPACKED (100 * 1024 * 1024)
#define STRATA_TARBALL_MAX_FILE (20 * 1024 * 1024)
#define STRATA_TARBALL_MAX_ENTRIES 10000
#define STRATA_TARBALL_MAX_PATH 1024
#define STRATA_TARBALL_MAX_NESTING 32
#define STRATA_TARBALL_MAX_RATIO 100

/* Every regular file of the archive, in its order, path relative to the one top folder, whose name is in @top. */
GPtrArray *strata_tarball_read  (GBytes        *bytes,
                                 char         **top,
                                 GCancellable  *cancellable,
                                 GError       **error);
GBytes    *strata_tarball_write (const char    *top,
                                 GPtrArray     *files,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
