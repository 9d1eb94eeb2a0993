/* strata-sandbox-seed.h - what a new sandbox console has for a start
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-sandbox-site.h"

G_BEGIN_DECLS

gboolean strata_sandbox_seed_demo (StrataSandboxSite  *site,
                                   const char         *content_dir,
                                   guint               n_appliances,
                                   guint               n_profiles,
                                   GError            **error);

G_END_DECLS
