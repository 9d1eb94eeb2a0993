/* strata-sandbox-access.h - who asks the sandbox console, and for which project
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-routes.h"

G_BEGIN_DECLS

void     strata_sandbox_access_identify (StrataSandboxCall         *call,
                                         const char                *api_key,
                                         const char                *authorization,
                                         const char                *project_uid);
gboolean strata_sandbox_access_check    (StrataSandboxCall         *call,
                                         const StrataSandboxRoute  *route);

G_END_DECLS
