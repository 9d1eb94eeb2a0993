/* strata-catalog-results.h - what of a catalog matches a search, best first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-catalog.h"

G_BEGIN_DECLS

/* A GListModel of StrataCatalogItem; main thread only. */
#define STRATA_TYPE_CATALOG_RESULTS (strata_catalog_results_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalogResults, strata_catalog_results, STRATA, CATALOG_RESULTS, GObject)

StrataCatalogResults *strata_catalog_results_new          (StrataCatalog         *catalog);

StrataCatalog        *strata_catalog_results_get_catalog  (StrataCatalogResults  *self);
const char           *strata_catalog_results_get_search   (StrataCatalogResults  *self);
const char           *strata_catalog_results_get_registry (StrataCatalogResults  *self);
void                  strata_catalog_results_set_search   (StrataCatalogResults  *self,
                                                           const char            *text);
void                  strata_catalog_results_set_registry (StrataCatalogResults  *self,
                                                           const char            *registry_id);

G_END_DECLS
