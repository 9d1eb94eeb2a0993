/* strata-catalog.h - everything that all registries offer, read in a worker, as one list model
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-catalog-index.h"
#include "strata-registry.h"

G_BEGIN_DECLS

/* A GListModel of StrataCatalogItem by name; main thread only. Property "loading". */
#define STRATA_TYPE_CATALOG (strata_catalog_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalog, strata_catalog, STRATA, CATALOG, GObject)

StrataCatalog  *strata_catalog_new            (GListModel     *registries);

void            strata_catalog_reload         (StrataCatalog  *self);
gboolean        strata_catalog_get_loading    (StrataCatalog  *self);
GListModel     *strata_catalog_get_registries (StrataCatalog  *self);
StrataRegistry *strata_catalog_find_registry  (StrataCatalog  *self,
                                               const char     *id);
StrataCatalogIndex *strata_catalog_get_index  (StrataCatalog  *self);
guint           strata_catalog_count_names    (StrataCatalog  *self,
                                               const char     *registry_id);
guint           strata_catalog_count_versions (StrataCatalog  *self,
                                               const char     *registry_id);
GPtrArray      *strata_catalog_get_warnings   (StrataCatalog  *self,
                                               const char     *registry_id);
const GError   *strata_catalog_get_error      (StrataCatalog  *self,
                                               const char     *registry_id);

G_END_DECLS
