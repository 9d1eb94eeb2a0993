/* strata-index.h - everything all registries offer, to be searched without them: one file in the cache
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "strata-index-entry.h"
#include "strata-index-source.h"
#include "strata-pack-summary.h"

G_BEGIN_DECLS

/* Any thread, several processes. The file may be deleted at any moment. */
#define STRATA_TYPE_INDEX (strata_index_get_type ())

G_DECLARE_FINAL_TYPE (StrataIndex, strata_index, STRATA, INDEX, GObject)

StrataIndex       *strata_index_new            (const char          *path);
const char        *strata_index_get_path       (StrataIndex         *self);

StrataIndexSource *strata_index_get_source     (StrataIndex         *self,
                                                const char          *registry_id,
                                                GCancellable        *cancellable,
                                                GError             **error);
gboolean           strata_index_confirm        (StrataIndex         *self,
                                                const char          *registry_id,
                                                GCancellable        *cancellable,
                                                GError             **error);
gboolean           strata_index_note_failure   (StrataIndex         *self,
                                                const char          *registry_id,
                                                const GError        *failure,
                                                GError             **error);
gboolean           strata_index_remove         (StrataIndex         *self,
                                                const char          *registry_id,
                                                GError             **error);
gboolean           strata_index_set_kept       (StrataIndex         *self,
                                                const char          *registry_id,
                                                StrataLayerKind      kind,
                                                const char          *name,
                                                const char          *version,
                                                gboolean             kept,
                                                GError             **error);

GPtrArray         *strata_index_list_versions  (StrataIndex         *self,
                                                const char          *registry_id,
                                                StrataLayerKind      kind,
                                                const char          *name,
                                                GCancellable        *cancellable,
                                                GError             **error);
StrataIndexEntry  *strata_index_load_entry     (StrataIndex         *self,
                                                const char          *registry_id,
                                                StrataLayerKind      kind,
                                                const char          *name,
                                                const char          *version,
                                                GCancellable        *cancellable,
                                                GError             **error);

G_END_DECLS
