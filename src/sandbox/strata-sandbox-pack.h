/* strata-sandbox-pack.h - the packs of a profile in the shapes that the API has for them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "strata-sandbox-catalog.h"

G_BEGIN_DECLS

/* What is kept of a pack is `v1PackRef` with the texts of its manifests, and the digest of what it installs once it
 * is published.
 */
#define STRATA_SANDBOX_PACK_DIGEST "installs"
#define STRATA_SANDBOX_MANIFEST_PACK "spectro-manifest-pack"

JsonArray  *strata_sandbox_pack_read_list      (StrataSandboxCatalog  *catalog,
                                                JsonArray             *entities,
                                                JsonArray             *known,
                                                char                 **problem);
JsonArray  *strata_sandbox_pack_make_refs      (StrataSandboxCatalog  *catalog,
                                                JsonArray             *packs,
                                                const char            *meta,
                                                gboolean               for_device);
JsonArray  *strata_sandbox_pack_make_summaries (StrataSandboxCatalog  *catalog,
                                                JsonArray             *packs);
JsonArray  *strata_sandbox_pack_make_exports   (JsonArray             *packs);

G_END_DECLS
