/* strata-oci-version.h - what the index is told of one version in an OCI registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-entry.h"
#include "strata-oci-manifest.h"

G_BEGIN_DECLS

/* One thread at a time. */
typedef struct _StrataOciVersion StrataOciVersion;

StrataOciVersion       *strata_oci_version_new       (StrataLayerKind     kind,
                                                      const char         *repository,
                                                      const char         *tag,
                                                      const char         *version);
StrataOciVersion       *strata_oci_version_new_known (StrataIndexEntry   *entry);
void                    strata_oci_version_free      (StrataOciVersion   *self);

void                    strata_oci_version_set_manifest (StrataOciVersion  *self,
                                                      StrataOciManifest  *manifest);
gboolean                strata_oci_version_set_config (StrataOciVersion  *self,
                                                      GBytes             *config);
void                    strata_oci_version_set_signed (StrataOciVersion  *self,
                                                      StrataIndexAnswer   answer);
void                    strata_oci_version_describe_as (StrataOciVersion *self,
                                                      StrataOciVersion   *newest);

const StrataIndexEntry *strata_oci_version_get_entry (StrataOciVersion   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciVersion, strata_oci_version_free)

G_END_DECLS
