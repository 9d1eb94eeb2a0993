/* strata-catalog-index.h - the names of a catalog as one text, so that a search is one pass over memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-catalog-item.h"

G_BEGIN_DECLS

/* A value, safe to read from any thread. */
#define STRATA_TYPE_CATALOG_INDEX (strata_catalog_index_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalogIndex, strata_catalog_index, STRATA, CATALOG_INDEX, GObject)

StrataCatalogIndex *strata_catalog_index_new       (GPtrArray           *items);
GPtrArray          *strata_catalog_index_get_items (StrataCatalogIndex  *self);
GArray             *strata_catalog_index_search    (StrataCatalogIndex  *self,
                                                    const char          *text,
                                                    const char          *registry_id);

G_END_DECLS
