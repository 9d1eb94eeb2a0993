/* strata-oci-manifest.h - what an OCI registry keeps under one tag: a chart, a pack, or a list of such
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define STRATA_OCI_MAX_MANIFEST (4 * 1024 * 1024)  /* what the distribution spec says a registry should take */

#define STRATA_OCI_TYPE_CHART_CONFIG "application/vnd.cncf.helm.config.v1+json"
#define STRATA_OCI_TYPE_CHART "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
#define STRATA_OCI_TYPE_PROVENANCE "application/vnd.cncf.helm.chart.provenance.v1.prov"

/* What a manifest says of some bytes. */
typedef struct
{
  char    *media_type;  /* (owned) */
  char    *digest;      /* (owned): "sha256:…" */
  guint64  size;
} StrataOciDescriptor;

typedef enum
{
  STRATA_OCI_OTHER,  /* an image, as a rule */
  STRATA_OCI_INDEX,
  STRATA_OCI_CHART,
  STRATA_OCI_PACK,
} StrataOciContent;

typedef struct _StrataOciManifest StrataOciManifest;

#define STRATA_TYPE_OCI_MANIFEST (strata_oci_manifest_get_type ())

GType               strata_oci_manifest_get_type    (void) G_GNUC_CONST;
StrataOciManifest  *strata_oci_manifest_parse       (GBytes             *bytes,
                                                     const char         *origin,
                                                     GError            **error);
StrataOciManifest  *strata_oci_manifest_ref         (StrataOciManifest  *self);
void                strata_oci_manifest_unref       (StrataOciManifest  *self);

const char         *strata_oci_manifest_get_digest  (StrataOciManifest  *self);
StrataOciContent    strata_oci_manifest_get_content (StrataOciManifest  *self);
const char         *strata_oci_manifest_get_created (StrataOciManifest  *self);
const StrataOciDescriptor *
                    strata_oci_manifest_get_config  (StrataOciManifest  *self);
const StrataOciDescriptor *
                    strata_oci_manifest_get_archive (StrataOciManifest  *self);
GPtrArray          *strata_oci_manifest_get_parts   (StrataOciManifest  *self);
gboolean            strata_oci_manifest_has_provenance (StrataOciManifest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataOciManifest, strata_oci_manifest_unref)

G_END_DECLS
