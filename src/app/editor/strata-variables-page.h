/* strata-variables-page.h - what a profile leaves open until it is used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_VARIABLES_PAGE (strata_variables_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataVariablesPage, strata_variables_page, STRATA, VARIABLES_PAGE, GtkWidget)

void strata_variables_page_set_editing (StrataVariablesPage  *self,
                                        StrataEditing        *editing);

G_END_DECLS
