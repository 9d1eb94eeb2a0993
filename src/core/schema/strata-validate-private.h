/* strata-validate-private.h - what the parts of a validation hand to one another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kinds.h"
#include "strata-kube-facts.h"
#include "strata-validate.h"

G_BEGIN_DECLS

/* The definitions of kinds that a profile brings. Counted; never changes. */
typedef struct
{
  GHashTable  *files;  /* (owned) (element-type StrataFile GPtrArray): definitions in each file of a layer */
  GPtrArray   *added;  /* (owned) (element-type StrataBlob): what a person added, for all profiles */
  StrataKinds *base;   /* (owned): the kinds of those, and of Kubernetes itself */
  GPtrArray   *texts;  /* (owned) (element-type StrataBlob): those of the layers, in order */
  StrataKinds *kinds;  /* (owned): of all */
} StrataDefinitions;

/* A layer and what its manifests make. */
typedef struct
{
  const char            *layer;  /* (nullable): of no layer, but a file that stands alone */
  const StrataKubeFacts *facts;
} StrataValidateSource;

StrataDefinitions *strata_definitions_new          (GPtrArray         *layers,
                                                    GPtrArray         *added,
                                                    StrataDefinitions *before);
void               strata_definitions_unref        (StrataDefinitions *self);

guint              strata_validate_find_kubernetes (GPtrArray         *layers);
gboolean           strata_validate_has_definition  (StrataBlob        *blob);
void               strata_validate_links           (GArray            *sources,
                                                    GPtrArray         *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDefinitions, strata_definitions_unref)

G_END_DECLS
