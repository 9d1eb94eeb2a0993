/* strata-name-dialog.h - asks for a name and takes only one that may be used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Whether a name may be used; says why not. */
typedef gboolean (* StrataNameCheck) (const char  *name,
                                      gpointer     user_data,
                                      GError     **error);

/* Signal "named" (name). */
#define STRATA_TYPE_NAME_DIALOG (strata_name_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataNameDialog, strata_name_dialog, STRATA, NAME_DIALOG, AdwMessageDialog)

GtkWidget *strata_name_dialog_new (GtkWidget        *parent,
                                   const char       *heading,
                                   const char       *accept,
                                   const char       *name,
                                   StrataNameCheck   check,
                                   gpointer          user_data,
                                   GDestroyNotify    free_user_data);

G_END_DECLS
