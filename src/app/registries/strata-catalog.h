/* strata-catalog.h - what is known of each registry: how much it has, how old that is, what failed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index.h"
#include "strata-registry.h"

G_BEGIN_DECLS

/* Reads what is on this computer into the index, and follows the index. Main thread only. Property "loading"; signal
 * "changed" when anything that the getters say may be another.
 */
#define STRATA_TYPE_CATALOG (strata_catalog_get_type ())

G_DECLARE_FINAL_TYPE (StrataCatalog, strata_catalog, STRATA, CATALOG, GObject)

StrataCatalog           *strata_catalog_new            (GListModel     *registries,
                                                        StrataIndex    *index);

void                     strata_catalog_reload         (StrataCatalog  *self);
gboolean                 strata_catalog_get_loading    (StrataCatalog  *self);
StrataIndex             *strata_catalog_get_index      (StrataCatalog  *self);
GListModel              *strata_catalog_get_registries (StrataCatalog  *self);
StrataRegistry          *strata_catalog_find_registry  (StrataCatalog  *self,
                                                        const char     *id);
const StrataIndexSource *strata_catalog_get_source     (StrataCatalog  *self,
                                                        const char     *registry_id);
guint                    strata_catalog_count_names    (StrataCatalog  *self,
                                                        const char     *registry_id);
guint                    strata_catalog_count_versions (StrataCatalog  *self,
                                                        const char     *registry_id);
const GError            *strata_catalog_get_error      (StrataCatalog  *self,
                                                        const char     *registry_id);

G_END_DECLS
