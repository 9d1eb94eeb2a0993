/* strata-layer-schema.h - what the charts and the pack of a layer say of its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-layer.h"
#include "strata-schema.h"

G_BEGIN_DECLS

/**
 * StrataLayerSchema:
 *
 * Everything that came with a layer and speaks of its values. A counted value: it never changes, and is safe to use
 * from any thread.
 */
typedef struct _StrataLayerSchema StrataLayerSchema;

#define STRATA_TYPE_LAYER_SCHEMA (strata_layer_schema_get_type ())

GType              strata_layer_schema_get_type (void);
StrataLayerSchema *strata_layer_schema_read     (StrataLayer        *layer,
                                                 StrataLayerSchema  *before);
StrataLayerSchema *strata_layer_schema_ref      (StrataLayerSchema  *self);
void               strata_layer_schema_unref    (StrataLayerSchema  *self);

void               strata_layer_schema_check    (StrataLayerSchema  *self,
                                                 const char         *text,
                                                 StrataYaml         *yaml,
                                                 GPtrArray          *problems);
StrataSchemaFacts *strata_layer_schema_lookup   (StrataLayerSchema  *self,
                                                 const char *const  *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLayerSchema, strata_layer_schema_unref)

G_END_DECLS
