/* strata-registry-pane.h - the registries, and how each of them is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-catalog.h"
#include "strata-syncs.h"

G_BEGIN_DECLS

/* Property "alone": no pane beside it has the buttons of the window. Signal "chosen" (the id of a registry, "" for all). */
#define STRATA_TYPE_REGISTRY_PANE (strata_registry_pane_get_type ())

G_DECLARE_FINAL_TYPE (StrataRegistryPane, strata_registry_pane, STRATA, REGISTRY_PANE, GtkWidget)

void strata_registry_pane_set_catalog (StrataRegistryPane  *self,
                                       StrataCatalog       *catalog,
                                       StrataSyncs         *syncs);

G_END_DECLS
