/* strata-syncs.h - which registries are read anew at the moment, and how far they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index.h"
#include "strata-registry-list.h"

G_BEGIN_DECLS

/* Main thread only. Signals, with the id of a registry: "changed" when it began, came further, ended or failed; after it
 * "failed" when it did.
 */
#define STRATA_TYPE_SYNCS (strata_syncs_get_type ())

G_DECLARE_FINAL_TYPE (StrataSyncs, strata_syncs, STRATA, SYNCS, GObject)

StrataSyncs  *strata_syncs_new          (StrataRegistryList  *registries,
                                         StrataIndex         *index);

void          strata_syncs_start        (StrataSyncs         *self,
                                         const char          *id,
                                         gboolean             believe);
void          strata_syncs_cancel       (StrataSyncs         *self,
                                         const char          *id);
gboolean      strata_syncs_is_running   (StrataSyncs         *self,
                                         const char          *id);
int           strata_syncs_get_percent  (StrataSyncs         *self,
                                         const char          *id);
const GError *strata_syncs_get_error    (StrataSyncs         *self,
                                         const char          *id);

G_END_DECLS
