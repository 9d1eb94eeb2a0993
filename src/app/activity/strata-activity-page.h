/* strata-activity-page.h - what was done in a workspace, by whom, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* A page with its own header bar. Properties "workspace" (construct), "narrow" (boolean, set by the window). */
#define STRATA_TYPE_ACTIVITY_PAGE (strata_activity_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataActivityPage, strata_activity_page, STRATA, ACTIVITY_PAGE, GtkWidget)

G_END_DECLS
