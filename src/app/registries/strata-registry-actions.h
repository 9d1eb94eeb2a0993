/* strata-registry-actions.h - adding and removing registries, the same wherever it is offered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-catalog.h"
#include "strata-registry-list.h"

G_BEGIN_DECLS

/* Actions "registries.add-folder", "registries.add-charts", "registries.remove" (id) and "registries.reload". */
void strata_registry_actions_install (GtkWidget           *page,
                                      StrataRegistryList  *registries,
                                      StrataCatalog       *catalog);

G_END_DECLS
