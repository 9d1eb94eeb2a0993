/* strata-changes-page.h - what is different from an earlier revision, and the way back to one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-editing.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHANGES_PAGE (strata_changes_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataChangesPage, strata_changes_page, STRATA, CHANGES_PAGE, GtkWidget)

void strata_changes_page_set_editing (StrataChangesPage  *self,
                                      StrataEditing      *editing);

G_END_DECLS
