/* strata-sandbox-archive.h - a profile of the sandbox console as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-call.h"
#include "strata-sandbox-profile.h"

G_BEGIN_DECLS

void strata_sandbox_archive_answer (StrataSandboxCall     *call,
                                    StrataSandboxProfile  *profile,
                                    JsonArray             *packs,
                                    JsonArray             *variables);

G_END_DECLS
