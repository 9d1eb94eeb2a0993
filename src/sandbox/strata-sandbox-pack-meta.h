/* strata-sandbox-pack-meta.h - what the sandbox console tells about a pack beside its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-sandbox-catalog.h"

G_BEGIN_DECLS

JsonArray *strata_sandbox_pack_make_presets (StrataSandboxOffer  *offer);
JsonArray *strata_sandbox_pack_make_schema  (StrataSandboxOffer  *offer);
void       strata_sandbox_pack_add_meta     (JsonObject          *object,
                                             StrataSandboxOffer  *offer,
                                             const char          *wanted);

G_END_DECLS
