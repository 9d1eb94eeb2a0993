/* strata-catalog-item.h - one pack or chart of one registry, with every version of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-registry.h"

G_BEGIN_DECLS

/* A value, safe to read from any thread. Properties "kind", "name", "version", "about" and "source" for row templates. */
#define STRATA_TYPE_CATALOG_ITEM (strata_catalog_item_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalogItem, strata_catalog_item, STRATA, CATALOG_ITEM, GObject)

StrataCatalogItem *strata_catalog_item_new             (GPtrArray          *versions);

StrataLayerKind    strata_catalog_item_get_kind        (StrataCatalogItem  *self);
const char        *strata_catalog_item_get_name        (StrataCatalogItem  *self);
const char        *strata_catalog_item_get_version     (StrataCatalogItem  *self);
const char        *strata_catalog_item_get_about       (StrataCatalogItem  *self);
const char        *strata_catalog_item_get_registry_id (StrataCatalogItem  *self);
const char        *strata_catalog_item_get_registry_name (StrataCatalogItem *self);
const char        *strata_catalog_item_get_name_key    (StrataCatalogItem  *self);
guint              strata_catalog_item_get_n_versions  (StrataCatalogItem  *self);
StrataPackSummary *strata_catalog_item_get_summary     (StrataCatalogItem  *self,
                                                        guint               position);
char              *strata_catalog_item_dup_source      (StrataCatalogItem  *self);
char              *strata_catalog_item_dup_label       (StrataCatalogItem  *self);
gboolean           strata_catalog_item_same_name       (StrataCatalogItem  *self,
                                                        StrataCatalogItem  *other);

G_END_DECLS
