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

G_END_DECLS
