/* strata-copy-dialog.h - asks for the name and version of a profile that is made from another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* Answers "create" only with a name and version that are allowed and not taken. */
#define STRATA_TYPE_COPY_DIALOG (strata_copy_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataCopyDialog, strata_copy_dialog, STRATA, COPY_DIALOG, AdwMessageDialog)

StrataCopyDialog *strata_copy_dialog_new         (GtkWindow         *parent,
                                                  StrataWorkspace   *workspace,
                                                  StrataEntry       *entry,
                                                  gboolean           clone);
StrataEntry      *strata_copy_dialog_get_entry   (StrataCopyDialog  *self);
const char       *strata_copy_dialog_get_name    (StrataCopyDialog  *self);
const char       *strata_copy_dialog_get_version (StrataCopyDialog  *self);

G_END_DECLS
