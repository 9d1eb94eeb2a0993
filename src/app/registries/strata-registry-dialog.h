/* strata-registry-dialog.h - a form for a registry on the web: where it is, how to sign in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* Signal "done" (the id of the registry, and why its secret is not in the keyring or NULL): it was added or changed. */
#define STRATA_TYPE_REGISTRY_DIALOG (strata_registry_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataRegistryDialog, strata_registry_dialog, STRATA, REGISTRY_DIALOG, AdwWindow)

StrataRegistryDialog *strata_registry_dialog_new (GtkWidget        *parent,
                                                  StrataWorkspace  *workspace,
                                                  StrataRegistry   *registry);

G_END_DECLS
