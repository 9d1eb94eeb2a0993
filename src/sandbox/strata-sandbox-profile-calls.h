/* strata-sandbox-profile-calls.h - what all requests about one profile of the sandbox console begin and end with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-call.h"
#include "strata-sandbox-profile.h"

G_BEGIN_DECLS

StrataSandboxProfile *strata_sandbox_profile_open_call   (StrataSandboxCall     *call,
                                                          gboolean               to_write);
gboolean              strata_sandbox_profile_check_name  (StrataSandboxCall     *call,
                                                          const char            *name,
                                                          const char            *version,
                                                          const char            *but_for);
gboolean              strata_sandbox_profile_check_texts (StrataSandboxCall     *call,
                                                          StrataSandboxProfile  *profile);
JsonArray            *strata_sandbox_profile_read_variables (StrataSandboxCall  *call,
                                                          JsonArray             *entities,
                                                          JsonArray             *known);
void                  strata_sandbox_profile_close_call  (StrataSandboxCall     *call,
                                                          StrataSandboxProfile  *profile);
void                  strata_sandbox_profile_publish_call (StrataSandboxCall    *call,
                                                          StrataSandboxProfile  *profile);

G_END_DECLS
