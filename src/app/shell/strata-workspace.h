/* strata-workspace.h - what every page works on: the store, its list, the registries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-connection.h"
#include "strata-fleet-watch.h"
#include "strata-index.h"
#include "strata-profile-list.h"
#include "strata-registry-list.h"
#include "strata-syncs.h"

G_BEGIN_DECLS

/* The profiles on this computer, or those of one console. Shared by every page; main thread only. */
#define STRATA_TYPE_WORKSPACE (strata_workspace_get_type ())

G_DECLARE_FINAL_TYPE (StrataWorkspace, strata_workspace, STRATA, WORKSPACE, GObject)

StrataWorkspace    *strata_workspace_new             (const char       *data_dir,
                                                      GError          **error);
StrataWorkspace    *strata_workspace_new_for_account (StrataWorkspace  *home,
                                                      StrataAccount    *account,
                                                      GError          **error);
const char         *strata_workspace_get_id          (StrataWorkspace  *self);
const char         *strata_workspace_get_data_dir    (StrataWorkspace  *self);
StrataStore        *strata_workspace_get_store       (StrataWorkspace  *self);
StrataProfileList  *strata_workspace_get_profiles    (StrataWorkspace  *self);
StrataProfileList  *strata_workspace_get_trash       (StrataWorkspace  *self);
StrataRegistryList *strata_workspace_get_registries  (StrataWorkspace  *self);
StrataIndex        *strata_workspace_get_index       (StrataWorkspace  *self);
StrataSyncs        *strata_workspace_get_syncs       (StrataWorkspace  *self);

StrataConnection   *strata_workspace_get_connection  (StrataWorkspace  *self);
StrataConsole      *strata_workspace_get_console     (StrataWorkspace  *self);
StrataFleetWatch   *strata_workspace_get_watch       (StrataWorkspace  *self);

G_END_DECLS
