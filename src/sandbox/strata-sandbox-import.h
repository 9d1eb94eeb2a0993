/* strata-sandbox-import.h - a profile of the sandbox console from an export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-call.h"
#include "strata-sandbox-profile.h"

G_BEGIN_DECLS

StrataSandboxProfile *strata_sandbox_import_profile (StrataSandboxCall  *call,
                                                     JsonObject         *body);

G_END_DECLS
