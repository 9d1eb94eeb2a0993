/* strata-registry-row.h - one registry in the list of them: what it is, how fresh, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "strata-index-source.h"
#include "strata-syncs.h"

G_BEGIN_DECLS

#define STRATA_TYPE_REGISTRY_ROW (strata_registry_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataRegistryRow, strata_registry_row, STRATA, REGISTRY_ROW, GtkListBoxRow)

GtkWidget  *strata_registry_row_new     (StrataRegistry           *registry);
const char *strata_registry_row_get_id  (StrataRegistryRow        *self);
void        strata_registry_row_show    (StrataRegistryRow        *self,
                                         const StrataIndexSource  *source,
                                         const GError             *error,
                                         StrataSyncs              *syncs);
void        strata_registry_row_count   (StrataRegistryRow        *self,
                                         guint                     n_names);

G_END_DECLS
