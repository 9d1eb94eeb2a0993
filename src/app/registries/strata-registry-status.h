/* strata-registry-status.h - how a registry is, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-source.h"
#include "strata-syncs.h"

G_BEGIN_DECLS

char       *strata_registry_status_describe (StrataRegistry           *registry,
                                             const StrataIndexSource  *source,
                                             const GError             *error,
                                             StrataSyncs              *syncs);
gboolean    strata_registry_status_is_worry (StrataRegistry           *registry,
                                             const GError             *error);
const char *strata_registry_status_get_icon (StrataRegistry           *registry,
                                             const GError             *error);

G_END_DECLS
