/* strata-practice-registries.h - the packs and charts of the sandbox, so that a first profile can be made of something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-practice.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

void strata_practice_registries_offer (StrataWorkspace  *home,
                                       StrataPractice   *practice,
                                       gboolean          is_first);

G_END_DECLS
