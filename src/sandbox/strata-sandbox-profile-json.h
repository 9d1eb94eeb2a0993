/* strata-sandbox-profile-json.h - a profile of the sandbox console as the API shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-profile.h"
#include "strata-sandbox-site.h"

G_BEGIN_DECLS

JsonObject *strata_sandbox_profile_make_metadata (StrataSandboxProfile  *self);
JsonObject *strata_sandbox_profile_make_template (StrataSandboxProfile  *self,
                                                  StrataSandboxCatalog  *catalog,
                                                  gboolean               is_draft,
                                                  const char            *meta,
                                                  gboolean               for_device);
JsonObject *strata_sandbox_profile_make_object   (StrataSandboxProfile  *self,
                                                  StrataSandboxSite     *site,
                                                  const char            *meta);
JsonArray  *strata_sandbox_profile_list_versions (StrataSandboxDb       *db,
                                                  const char            *project,
                                                  const char            *name);
const char *strata_sandbox_profile_get_scope     (const char            *project);

G_END_DECLS
