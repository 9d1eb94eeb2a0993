/* strata-pack-details.h - one version of a pack or chart in full
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "strata-catalog.h"

G_BEGIN_DECLS

/* Property "layer" (StrataLayer, nullable): what adding it would add, once it was read. */
#define STRATA_TYPE_PACK_DETAILS (strata_pack_details_get_type ())

G_DECLARE_FINAL_TYPE (StrataPackDetails, strata_pack_details, STRATA, PACK_DETAILS, GtkWidget)

void         strata_pack_details_show      (StrataPackDetails   *self,
                                            StrataCatalog       *catalog,
                                            StrataShelf         *shelf,
                                            StrataPackSummary   *item);
StrataLayer *strata_pack_details_get_layer (StrataPackDetails   *self);

G_END_DECLS
