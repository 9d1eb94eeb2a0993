/* strata-kube-private.h - one manifest while its objects are held against the kinds of Kubernetes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-kinds.h"
#include "strata-lint-private.h"
#include "strata-kube-facts.h"

G_BEGIN_DECLS

#define STRATA_KUBE_MAX_DEPTH 64  /* no tree is deeper */

typedef struct
{
  StrataLint            lint;
  StrataKinds          *kinds;
  guint                 kubernetes;  /* the minor version, or 0 */
  const char           *name_space;  /* (nullable): where objects without one should go */
  StrataKubeFacts  *facts;
  const StrataKind     *kind;        /* (nullable): of the object that is looked at */
  const StrataYamlNode *object;
  const char           *path[STRATA_KUBE_MAX_DEPTH];
  guint                 depth;
} StrataKubeCheck;

/* What a scalar is for those who read YAML 1.1, as Kubernetes' tools do. */
StrataYamlMeaning     strata_kube_node_means  (const StrataYamlNode *node);
gboolean              strata_kube_is_template (const StrataYamlNode *node);
gboolean              strata_kube_is_absent   (const StrataYamlNode *node);
const StrataYamlNode *strata_kube_descend     (const StrataYamlNode *node,
                                               const char           *path);
const char           *strata_kube_get_text    (const StrataYamlNode *node,
                                               const char           *path);

StrataProblem *strata_kube_report       (StrataKubeCheck      *self,
                                         StrataSeverity        severity,
                                         const StrataYamlNode *node,
                                         char                 *sentence);
void           strata_kube_offer        (StrataKubeCheck      *self,
                                         StrataProblem        *problem,
                                         const StrataYamlNode *node,
                                         const char           *text);
void           strata_kube_offer_quotes (StrataKubeCheck      *self,
                                         StrataProblem        *problem,
                                         const StrataYamlNode *node);
char          *strata_kube_get_path     (StrataKubeCheck      *self);

void strata_kube_check_type   (StrataKubeCheck       *self,
                               const StrataKindType  *type,
                               const StrataYamlNode  *node,
                               const StrataYamlNode  *at);
void strata_kube_check_scalar (StrataKubeCheck       *self,
                               const StrataKindType  *type,
                               const StrataYamlNode  *node);
void strata_kube_check_words  (StrataKubeCheck       *self,
                               const StrataKindField *field,
                               const StrataYamlNode  *node);
void strata_kube_check_format (StrataKubeCheck       *self,
                               const StrataKindField *field,
                               const StrataYamlNode  *node,
                               const StrataYamlNode  *owner);
void strata_kube_check_keys   (StrataKubeCheck       *self,
                               const StrataKindField *field,
                               const StrataYamlNode  *list);
void strata_kube_check_kind   (StrataKubeCheck       *self);
void strata_kube_check_object (StrataKubeCheck       *self);

G_END_DECLS
