/* strata-take.h - one change taken back, or over from another profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-diff.h"

G_BEGIN_DECLS

StrataProfile *strata_take_change (StrataProfile       *profile,
                                   StrataProfile       *other,
                                   const StrataChange  *change);
StrataProfile *strata_take_layer  (StrataProfile       *profile,
                                   StrataProfile       *other,
                                   const char          *name);
char          *strata_take_path   (const char          *text,
                                   const char          *other,
                                   const char          *path);
char          *strata_take_hunk   (const char          *text,
                                   const char          *other,
                                   const StrataHunk    *hunk);

G_END_DECLS
