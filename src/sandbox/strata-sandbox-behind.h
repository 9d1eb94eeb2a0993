/* strata-sandbox-behind.h - which layers of which appliances are behind once a profile is published
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-link.h"

G_BEGIN_DECLS

/* What a layer had before it was marked, in its status; not for the eyes of others. */
#define STRATA_SANDBOX_BEHIND_MEMBER "replaced"

GHashTable *strata_sandbox_behind_note (StrataSandboxDb *db,
                                        const char      *profile_uid);
void        strata_sandbox_behind_mark (StrataSandboxDb *db,
                                        const char      *profile_uid,
                                        GHashTable      *before);

G_END_DECLS
