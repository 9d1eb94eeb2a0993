/* strata-registry-actions.h - adding, reading and removing registries, the same wherever it is offered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-catalog.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* Actions of the group "registries": "add", "add-folder", "add-charts", "sync-all", "reload", and with the id of a
 * registry "sync", "believe", "stop", "change" and "remove". "remove-chart" has the id of the chart files and the path of
 * one, "restore-chart" the path.
 */
void strata_registry_actions_install (GtkWidget        *page,
                                      StrataWorkspace  *workspace,
                                      StrataCatalog    *catalog);

G_END_DECLS
