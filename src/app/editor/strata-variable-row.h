/* strata-variable-row.h - one variable of the profile: what it is, and where it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-profile.h"

G_BEGIN_DECLS

/* Activates "variable.edit", "variable.remove" and "variable.move" with the name, and "document.show" with a place. */
#define STRATA_TYPE_VARIABLE_ROW (strata_variable_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariableRow, strata_variable_row, STRATA, VARIABLE_ROW, AdwActionRow)

GtkWidget *strata_variable_row_new      (StrataVariable     *variable,
                                         guint               position,
                                         guint               n_rows);
void       strata_variable_row_set_uses (StrataVariableRow  *self,
                                         GPtrArray          *uses,
                                         StrataProfile      *profile);

G_END_DECLS
