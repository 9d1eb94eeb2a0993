/* strata-foot.h - the foot of the places: whether the console answers, and what waits to be sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* A click activates "win.sync" where there is a console. */
#define STRATA_TYPE_FOOT (strata_foot_get_type ())

G_DECLARE_FINAL_TYPE (StrataFoot, strata_foot, STRATA, FOOT, AdwBin)

void strata_foot_set_workspace (StrataFoot       *self,
                                StrataWorkspace  *workspace);

G_END_DECLS
