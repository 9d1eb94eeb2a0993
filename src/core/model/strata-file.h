/* strata-file.h - a file that came with a layer: its path and its bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FILE (strata_file_get_type ())

G_DECLARE_FINAL_TYPE (StrataFile, strata_file, STRATA, FILE, GObject)

StrataFile *strata_file_new      (const char  *path,
                                  StrataBlob  *content);

const char *strata_file_get_path    (StrataFile *self);
StrataBlob *strata_file_get_content (StrataFile *self);
const char *strata_file_get_text    (StrataFile *self);

gboolean    strata_file_equal    (StrataFile  *self,
                                  StrataFile  *other);

G_END_DECLS
