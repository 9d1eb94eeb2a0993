/* strata-knowledge.h - all that is known for writing the texts of one layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-cursor.h"
#include "strata-profile.h"
#include "strata-suggestion.h"

G_BEGIN_DECLS

/**
 * StrataKnowledge:
 *
 * What the files of a layer say of its values, what Kubernetes knows, what the profile has: variables and images. A counted
 * value: it never changes, and is safe to use from any thread.
 */
typedef struct _StrataKnowledge StrataKnowledge;

#define STRATA_TYPE_KNOWLEDGE (strata_knowledge_get_type ())

GType            strata_knowledge_get_type (void);
StrataKnowledge *strata_knowledge_gather   (StrataProfile       *profile,
                                            StrataLayer         *layer,
                                            GPtrArray           *crds,
                                            StrataKnowledge     *before);
StrataKnowledge *strata_knowledge_ref      (StrataKnowledge     *self);
void             strata_knowledge_unref    (StrataKnowledge     *self);

GPtrArray       *strata_knowledge_suggest  (StrataKnowledge     *self,
                                            gboolean             is_values,
                                            const StrataCursor  *cursor);
char            *strata_knowledge_explain  (StrataKnowledge     *self,
                                            gboolean             is_values,
                                            const StrataCursor  *key);
char            *strata_knowledge_explain_macro (StrataKnowledge *self,
                                            const char          *macro);
char            *strata_knowledge_explain_image (StrataKnowledge *self,
                                            const char          *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKnowledge, strata_knowledge_unref)

G_END_DECLS
