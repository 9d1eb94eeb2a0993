/* strata-objects.h - texts, files and revisions by their SHA-256, checked at every read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"
#include "strata-disk.h"

G_BEGIN_DECLS

gboolean    strata_objects_is_digest (const char       *text);
char       *strata_objects_get_path  (const char       *folder,
                                      const char       *digest);
StrataBlob *strata_objects_read      (const char       *folder,
                                      const char       *digest,
                                      GError          **error);
gboolean    strata_objects_add       (const char       *folder,
                                      StrataDiskBatch  *batch,
                                      StrataBlob       *blob,
                                      GError          **error);

G_END_DECLS
