/* strata-manifest.h - one raw Kubernetes manifest of a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MANIFEST (strata_manifest_get_type ())

G_DECLARE_FINAL_TYPE (StrataManifest, strata_manifest, STRATA, MANIFEST, GObject)

StrataManifest *strata_manifest_new          (const char      *name,
                                              StrataBlob      *content);

const char     *strata_manifest_get_name     (StrataManifest  *self);
const char     *strata_manifest_get_uid      (StrataManifest  *self);
const char     *strata_manifest_get_extra    (StrataManifest  *self);
StrataBlob     *strata_manifest_get_content  (StrataManifest  *self);
const char     *strata_manifest_get_text     (StrataManifest  *self);

StrataManifest *strata_manifest_with_name    (StrataManifest  *self,
                                              const char      *name);
StrataManifest *strata_manifest_with_uid     (StrataManifest  *self,
                                              const char      *uid);
StrataManifest *strata_manifest_with_extra   (StrataManifest  *self,
                                              const char      *extra);
StrataManifest *strata_manifest_with_content (StrataManifest  *self,
                                              StrataBlob      *content);

gboolean        strata_manifest_equal        (StrataManifest  *self,
                                              StrataManifest  *other);

G_END_DECLS
