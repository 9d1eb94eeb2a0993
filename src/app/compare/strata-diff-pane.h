/* strata-diff-pane.h - what is different between two profiles: a list of changes, and the lines of the chosen one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-diff.h"

G_BEGIN_DECLS

/* Signal "taken" (StrataProfile): the new profile with one change as the old one has it. */
#define STRATA_TYPE_DIFF_PANE (strata_diff_pane_get_type ())

G_DECLARE_FINAL_TYPE (StrataDiffPane, strata_diff_pane, STRATA, DIFF_PANE, AdwBin)

void strata_diff_pane_show   (StrataDiffPane  *self,
                              StrataProfile   *old_profile,
                              StrataProfile   *new_profile,
                              GPtrArray       *changes,
                              gboolean         can_take);
void strata_diff_pane_clear  (StrataDiffPane  *self);
void strata_diff_pane_walk   (StrataDiffPane  *self,
                              gboolean         forward);

G_END_DECLS
