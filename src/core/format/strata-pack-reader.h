/* strata-pack-reader.h - packs from a folder, charts from a .tgz, and either from a layer that has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-pack.h"

G_BEGIN_DECLS

StrataPack *strata_pack_read_folder (GFile         *folder,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataPack *strata_pack_read_head   (GFile         *folder,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataPack *strata_pack_read_chart  (GFile         *file,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataPack *strata_pack_read_chart_bytes (GBytes   *bytes,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataPack *strata_pack_read_archive_bytes (GBytes *bytes,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataPack *strata_pack_read_layer  (StrataLayer   *layer,
                                     GError       **error);

G_END_DECLS
