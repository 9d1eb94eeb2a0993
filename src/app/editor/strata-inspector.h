/* strata-inspector.h - what is known about the chosen layer, beside its text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

/* Signals "problem-activated" and "problem-repair", each with a StrataProblem. */
#define STRATA_TYPE_INSPECTOR (strata_inspector_get_type ())

G_DECLARE_FINAL_TYPE (StrataInspector, strata_inspector, STRATA, INSPECTOR, GtkWidget)

void strata_inspector_set_editing (StrataInspector  *self,
                                   StrataEditing    *editing);

G_END_DECLS
