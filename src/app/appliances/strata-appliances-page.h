/* strata-appliances-page.h - who runs what, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* Properties "workspace" (construct) and "narrow". */
#define STRATA_TYPE_APPLIANCES_PAGE (strata_appliances_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataAppliancesPage, strata_appliances_page, STRATA, APPLIANCES_PAGE, GtkWidget)

G_END_DECLS
