/* strata-pack-folder.h - a folder of packs, on disk or on a USB stick, as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PACK_FOLDER (strata_pack_folder_get_type ())

G_DECLARE_FINAL_TYPE (StrataPackFolder, strata_pack_folder, STRATA, PACK_FOLDER, GObject)

StrataRegistry *strata_pack_folder_new      (const char        *id,
                                             const char        *name,
                                             const char        *path);
const char     *strata_pack_folder_get_path (StrataPackFolder  *self);

gboolean        strata_pack_folder_check    (const char        *path,
                                             GError           **error);

G_END_DECLS
