/* strata-kinds-private.h - kinds while they are collected
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kinds.h"
#include "strata-yaml.h"

G_BEGIN_DECLS

/* Kinds lie in memory that is freed at once; those of @below stand under them. */
struct _StrataKinds
{
  gatomicrefcount  ref_count;
  StrataKinds     *below;    /* (owned) (nullable) */
  GStringChunk    *strings;  /* (owned) */
  GPtrArray       *memory;   /* (owned) */
  GPtrArray       *kinds;    /* (owned) (element-type StrataKind): sorted, without those of @below */
};

StrataKinds          *strata_kinds_new        (StrataKinds          *below);
gpointer              strata_kinds_alloc      (StrataKinds          *self,
                                               gsize                 size);
const char           *strata_kinds_intern     (StrataKinds          *self,
                                               const char           *text);
const char *const    *strata_kinds_intern_all (StrataKinds          *self,
                                               GPtrArray            *texts);
void                  strata_kinds_sort       (StrataKinds          *self);
const StrataKindType *strata_kinds_get_simple (StrataKindForm        form);

StrataKinds          *strata_kinds_load       (const char           *table);
void                  strata_kinds_add_crds   (StrataKinds          *self,
                                               StrataYaml           *yaml);
void                  strata_kinds_add_openapi (StrataKinds         *self,
                                                StrataYaml          *yaml);

/* A schema that others refer to. */
typedef struct
{
  const char           *name;
  const StrataYamlNode *schema;
  const StrataKindType *type;    /* (nullable): NULL until it was referred to */
} StrataKindsDefinition;

/* What schemas are converted for, and what they may refer to. */
typedef struct
{
  StrataKinds           *kinds;
  StrataKindsDefinition *definitions;    /* (nullable) (array length=n_definitions): by name */
  guint                  n_definitions;
  guint                  depth;
} StrataKindsSource;

StrataKindsDefinition *strata_kinds_source_find  (StrataKindsSource    *self,
                                                  const char           *name);
const StrataKindType  *strata_kinds_convert      (StrataKindsSource    *self,
                                                  const StrataYamlNode *schema);
const StrataKindType  *strata_kinds_add_common   (StrataKinds          *self,
                                                  const StrataKindType *schema);
gboolean               strata_kinds_is_true      (const StrataYamlNode *schema,
                                                  const char           *key);
StrataYamlNode        *strata_kinds_get_mapping  (const StrataYamlNode *node,
                                                  const char           *key);
StrataYamlNode        *strata_kinds_get_sequence (const StrataYamlNode *node,
                                                  const char           *key);

G_END_DECLS
