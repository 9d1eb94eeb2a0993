/* strata-variable-dialog.h - a form for one variable of a profile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-profile.h"

G_BEGIN_DECLS

/* Signal "done" (name before, or NULL for a new one; StrataVariable). */
#define STRATA_TYPE_VARIABLE_DIALOG (strata_variable_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariableDialog, strata_variable_dialog, STRATA, VARIABLE_DIALOG, AdwWindow)

GtkWidget  *strata_variable_dialog_new             (StrataVariable  *variable,
                                                    StrataProfile   *profile,
                                                    guint            n_uses);
void        strata_variable_dialog_suggest_name    (StrataVariableDialog *self,
                                                    const char      *name);
const char *strata_variable_dialog_describe_format (const char      *format);

G_END_DECLS
