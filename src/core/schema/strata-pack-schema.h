/* strata-pack-schema.h - what the schema.yaml of a pack says of its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-schema.h"

G_BEGIN_DECLS

/* It never changes; any thread. */
typedef struct _StrataPackSchema StrataPackSchema;

StrataPackSchema *strata_pack_schema_read   (const char            *text,
                                             const char            *values);
void              strata_pack_schema_free   (StrataPackSchema      *self);

void              strata_pack_schema_report (StrataPackSchema      *self,
                                             GPtrArray             *problems);
void              strata_pack_schema_check  (StrataPackSchema      *self,
                                             const char            *text,
                                             StrataYamlNode        *root,
                                             GPtrArray             *problems);
void              strata_pack_schema_lookup (StrataPackSchema      *self,
                                             const char *const     *path,
                                             StrataSchemaFacts     *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPackSchema, strata_pack_schema_free)

G_END_DECLS
