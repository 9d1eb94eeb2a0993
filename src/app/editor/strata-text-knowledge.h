/* strata-text-knowledge.h - what is known for writing the shown document, kept as the profile goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-editor-document.h"
#include "strata-knowledge.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TEXT_KNOWLEDGE (strata_text_knowledge_get_type ())

G_DECLARE_FINAL_TYPE (StrataTextKnowledge, strata_text_knowledge, STRATA, TEXT_KNOWLEDGE, GObject)

StrataTextKnowledge  *strata_text_knowledge_new          (StrataEditorDocument  *document);
StrataEditorDocument *strata_text_knowledge_get_document (StrataTextKnowledge   *self);
StrataKnowledge      *strata_text_knowledge_get          (StrataTextKnowledge   *self);
gboolean              strata_text_knowledge_is_values    (StrataTextKnowledge   *self);

G_END_DECLS
