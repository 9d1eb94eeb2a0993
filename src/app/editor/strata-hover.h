/* strata-hover.h - says what the key or the macro under the pointer is for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "strata-text-knowledge.h"

G_BEGIN_DECLS

#define STRATA_TYPE_HOVER (strata_hover_get_type ())

G_DECLARE_FINAL_TYPE (StrataHover, strata_hover, STRATA, HOVER, GObject)

StrataHover *strata_hover_new (StrataTextKnowledge  *knowledge,
                               GtkSourceView        *view);

G_END_DECLS
