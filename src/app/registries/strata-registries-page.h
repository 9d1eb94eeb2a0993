/* strata-registries-page.h - registries, what they offer, and one pack or chart in full
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-workspace.h"

G_BEGIN_DECLS

/* A page with its own header bars. Property "workspace" (construct), "narrow". */
#define STRATA_TYPE_REGISTRIES_PAGE (strata_registries_page_get_type ())

G_DECLARE_FINAL_TYPE (StrataRegistriesPage, strata_registries_page, STRATA, REGISTRIES_PAGE, GtkWidget)

G_END_DECLS
