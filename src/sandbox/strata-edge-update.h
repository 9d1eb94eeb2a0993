/* strata-edge-update.h - from what is here and what a console says to what is to be here, fetching only what changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-edge-client.h"
#include "strata-profile.h"

G_BEGIN_DECLS

/**
 * StrataEdgeUpdateFetch:
 * @layer: the name of a layer
 * @data: what was given with it
 *
 * Called before something of a layer is fetched.
 */
typedef void (* StrataEdgeUpdateFetch) (const char *layer,
                                        gpointer    data);

/* What goes into it; all borrowed. */
typedef struct
{
  StrataEdgeClient      *client;
  StrataProfile         *here;      /* (nullable) */
  JsonObject            *there;     /* one of `spec.clusterProfileTemplates` */
  const char            *revision;  /* what @here is of it, or "" */
  StrataEdgeUpdateFetch  fetch;
  gpointer               data;
} StrataEdgeUpdate;

StrataProfile *strata_edge_update_run          (const StrataEdgeUpdate  *self,
                                                char                   **failed,
                                                GCancellable            *cancellable,
                                                GError                 **error);
char          *strata_edge_update_get_revision (JsonObject              *there);

G_END_DECLS
