/* strata-completion.h - completes what is typed in the shown document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-text-knowledge.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMPLETION (strata_completion_get_type ())

G_DECLARE_FINAL_TYPE (StrataCompletion, strata_completion, STRATA, COMPLETION, GObject)

StrataCompletion *strata_completion_new (StrataTextKnowledge  *knowledge,
                                         GtkSourceView        *view);

G_END_DECLS
