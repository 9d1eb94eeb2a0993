/* strata-catalog-row.h - a pack or chart in the list of results
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "item" (StrataPackSummary). */
#define STRATA_TYPE_CATALOG_ROW (strata_catalog_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalogRow, strata_catalog_row, STRATA, CATALOG_ROW, GtkWidget)

G_END_DECLS
