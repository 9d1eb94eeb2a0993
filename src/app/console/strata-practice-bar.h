/* strata-practice-bar.h - says that this is the sandbox, and leads away from it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_PRACTICE_BAR (strata_practice_bar_get_type ())

G_DECLARE_FINAL_TYPE (StrataPracticeBar, strata_practice_bar, STRATA, PRACTICE_BAR, AdwBin)

G_END_DECLS
