/* strata-archive.h - the profile archive: what an appliance boots from and two offices exchange
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_ARCHIVE_MAX_SIZE (512 * 1024 * 1024)

/* An archive that was read and verified whole: every digest matched before anything of it was believed. */
#define STRATA_TYPE_ARCHIVE (strata_archive_get_type ())

G_DECLARE_FINAL_TYPE (StrataArchive, strata_archive, STRATA, ARCHIVE, GObject)

GBytes        *strata_archive_build       (StrataProfile  *profile,
                                           GCancellable   *cancellable,
                                           GError        **error);
char          *strata_archive_make_name   (StrataProfile  *profile);

StrataArchive *strata_archive_read        (GBytes         *bytes,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataArchive *strata_archive_load        (GFile          *file,
                                           GCancellable   *cancellable,
                                           GError        **error);
StrataProfile *strata_archive_get_profile (StrataArchive  *self);
GPtrArray     *strata_archive_get_files   (StrataArchive  *self);
const char    *strata_archive_get_digest  (StrataArchive  *self);
const char    *strata_archive_get_top     (StrataArchive  *self);

StrataProfile *strata_profile_import      (GFile          *file,
                                           GCancellable   *cancellable,
                                           GError        **error);

G_END_DECLS
