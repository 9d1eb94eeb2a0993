/* strata-pack-parts.h - what reading a pack and reading a chart have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-file.h"

G_BEGIN_DECLS

StrataFile *strata_pack_parts_find          (GPtrArray   *files,
                                             const char  *path);
const char *strata_pack_parts_get_text      (GPtrArray   *files,
                                             const char  *path,
                                             GPtrArray   *warnings);
const char *strata_pack_parts_get_readme    (GPtrArray   *files,
                                             GPtrArray   *warnings);

gboolean    strata_pack_parts_check_name    (const char  *name,
                                             const char  *place,
                                             GError     **error);
gboolean    strata_pack_parts_check_version (const char  *version,
                                             const char  *place,
                                             GError     **error);

G_END_DECLS
