/* strata-change-row.h - one change between two profiles, with its lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-diff.h"

G_BEGIN_DECLS

GtkWidget  *strata_change_row_new       (const StrataChange  *change,
                                         StrataProfile       *old_profile,
                                         StrataProfile       *new_profile);
guint       strata_change_row_count     (GPtrArray           *changes);

const char *strata_change_row_get_icon  (StrataChangeKind     kind);
const char *strata_change_row_get_title (const StrataChange  *change);
char       *strata_change_row_describe  (const StrataChange  *change);

G_END_DECLS
