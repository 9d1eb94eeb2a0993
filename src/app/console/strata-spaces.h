/* strata-spaces.h - the workspaces there are: this computer, and each console that was added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-account-list.h"
#include "strata-workspace.h"

G_BEGIN_DECLS

/* The id of the workspace that is always there. */
#define STRATA_SPACES_HOME "local"

/* Signal "closed" (id): a workspace was removed, and nothing of it may be used any more. Main thread only. */
#define STRATA_TYPE_SPACES (strata_spaces_get_type ())

G_DECLARE_FINAL_TYPE (StrataSpaces, strata_spaces, STRATA, SPACES, GObject)

StrataSpaces      *strata_spaces_new          (StrataWorkspace  *home);
StrataWorkspace   *strata_spaces_get_home     (StrataSpaces     *self);
StrataAccountList *strata_spaces_get_accounts (StrataSpaces     *self);

StrataWorkspace   *strata_spaces_open         (StrataSpaces     *self,
                                               const char       *id,
                                               GError          **error);
StrataWorkspace   *strata_spaces_peek         (StrataSpaces     *self,
                                               const char       *id);

G_END_DECLS
