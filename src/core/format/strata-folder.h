/* strata-folder.h - a folder from a stranger, read whole within the bounds of an archive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-file.h"

G_BEGIN_DECLS

GPtrArray  *strata_folder_read      (GFile         *folder,
                                     GCancellable  *cancellable,
                                     GError       **error);
StrataBlob *strata_folder_read_file (GFile         *file,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS
