/* strata-archive-private.h - the names inside a profile archive, shared by what writes and what reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-profile.h"

G_BEGIN_DECLS

#define STRATA_ARCHIVE_FORMAT 1
#define STRATA_ARCHIVE_PROFILE "profile.json"
#define STRATA_ARCHIVE_INDEX "strata.json"
#define STRATA_ARCHIVE_SUMS "SHA256SUMS"
#define STRATA_ARCHIVE_SIGNATURE "SHA256SUMS.sig"
#define STRATA_ARCHIVE_DIGEST_PREFIX "sha256:"

StrataProfile *strata_archive_read_profile (GHashTable  *files,
                                            GError     **error);

G_END_DECLS
