/* strata-layer.h - one layer of a profile: a pack, a chart, or manifests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-file.h"
#include "strata-manifest.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LAYER_KIND_PACK,
  STRATA_LAYER_KIND_HELM,
  STRATA_LAYER_KIND_OCI,
  STRATA_LAYER_KIND_MANIFEST,
} StrataLayerKind;

/**
 * StrataLayerField:
 *
 * The texts of a layer. `TAG` is the version asked for, which may float ("1.3.x"); `VERSION` the one it stands for.
 * `PACK_LAYER` is kernel, os, k8s, cni, csi or addon. `DIGEST` is what the registry said of it. `CHART_URL` is
 * the address that its chart came from, "" where it came as a file. `EXTRA` is a JSON object of members that are not
 * known here, or "".
 */
typedef enum
{
  STRATA_LAYER_NAME,
  STRATA_LAYER_TAG,
  STRATA_LAYER_VERSION,
  STRATA_LAYER_PACK_LAYER,
  STRATA_LAYER_PACK_UID,
  STRATA_LAYER_REGISTRY_UID,
  STRATA_LAYER_REGISTRY_NAME,
  STRATA_LAYER_REGISTRY_KIND,
  STRATA_LAYER_DIGEST,
  STRATA_LAYER_CHART_URL,
  STRATA_LAYER_EXTRA,
} StrataLayerField;

#define STRATA_LAYER_N_FIELDS (STRATA_LAYER_EXTRA + 1)

#define STRATA_TYPE_LAYER (strata_layer_get_type ())

G_DECLARE_FINAL_TYPE (StrataLayer, strata_layer, STRATA, LAYER, GObject)

StrataLayer     *strata_layer_new            (StrataLayerKind    kind,
                                              const char        *name);

StrataLayerKind  strata_layer_get_kind       (StrataLayer       *self);
const char      *strata_layer_get            (StrataLayer       *self,
                                              StrataLayerField   field);
const char      *strata_layer_get_name       (StrataLayer       *self);
const char      *strata_layer_get_version    (StrataLayer       *self);
StrataBlob      *strata_layer_get_values     (StrataLayer       *self);
const char      *strata_layer_get_text       (StrataLayer       *self);
GPtrArray       *strata_layer_get_manifests  (StrataLayer       *self);
GPtrArray       *strata_layer_get_files      (StrataLayer       *self);

StrataManifest  *strata_layer_find_manifest  (StrataLayer       *self,
                                              const char        *name,
                                              guint             *position);
StrataFile      *strata_layer_find_file      (StrataLayer       *self,
                                              const char        *path);

StrataLayer     *strata_layer_with           (StrataLayer       *self,
                                              StrataLayerField   field,
                                              const char        *value);
StrataLayer     *strata_layer_with_values    (StrataLayer       *self,
                                              StrataBlob        *values);
StrataLayer     *strata_layer_with_manifests (StrataLayer       *self,
                                              GPtrArray         *manifests);
StrataLayer     *strata_layer_with_manifest  (StrataLayer       *self,
                                              StrataManifest    *manifest);
StrataLayer     *strata_layer_without_manifest (StrataLayer     *self,
                                              const char        *name);
StrataLayer     *strata_layer_with_files     (StrataLayer       *self,
                                              GPtrArray         *files);

gboolean         strata_layer_equal          (StrataLayer       *self,
                                              StrataLayer       *other);

const char      *strata_layer_kind_to_string   (StrataLayerKind   kind);
gboolean         strata_layer_kind_from_string (const char       *text,
                                                StrataLayerKind  *kind);

G_END_DECLS
