/* strata-blob.h - bytes that never change, and the digest that names them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_TYPE_BLOB (strata_blob_get_type ())

G_DECLARE_FINAL_TYPE (StrataBlob, strata_blob, STRATA, BLOB, GObject)

StrataBlob *strata_blob_new        (const void  *data,
                                    gsize        size);
StrataBlob *strata_blob_new_take   (char        *data,
                                    gsize        size);
StrataBlob *strata_blob_new_text   (const char  *text);

const char *strata_blob_get_text   (StrataBlob  *self);
gsize       strata_blob_get_size   (StrataBlob  *self);
GBytes     *strata_blob_get_bytes  (StrataBlob  *self);
const char *strata_blob_get_digest (StrataBlob  *self);

gboolean    strata_blob_equal      (StrataBlob  *self,
                                    StrataBlob  *other);

G_END_DECLS
