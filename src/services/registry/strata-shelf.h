/* strata-shelf.h - what of the registries is on this computer: the index, what was downloaded, what is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-blob.h"
#include "strata-index.h"
#include "strata-kept.h"

G_BEGIN_DECLS

/* Any thread, several processes. What is kept is with the data and lasts; all else is in the cache, which may be deleted
 * at any moment.
 */
#define STRATA_TYPE_SHELF (strata_shelf_get_type ())

G_DECLARE_FINAL_TYPE (StrataShelf, strata_shelf, STRATA, SHELF, GObject)

StrataShelf *strata_shelf_new          (const char        *data_dir,
                                        const char        *cache_dir);
StrataIndex *strata_shelf_get_index    (StrataShelf       *self);
char        *strata_shelf_dup_icon     (StrataShelf       *self,
                                        const char        *address);
char        *strata_shelf_dup_part     (StrataShelf       *self,
                                        const char        *key,
                                        GError           **error);

StrataBlob  *strata_shelf_read         (StrataShelf       *self,
                                        const char        *digest,
                                        GError           **error);
gboolean     strata_shelf_put          (StrataShelf       *self,
                                        StrataBlob        *blob,
                                        GError           **error);

gboolean     strata_shelf_enter        (StrataShelf       *self,
                                        GCancellable      *cancellable,
                                        GError           **error);
void         strata_shelf_leave        (StrataShelf       *self);

gboolean     strata_shelf_keep         (StrataShelf       *self,
                                        const StrataKept  *what,
                                        StrataBlob        *blob,
                                        GError           **error);
gboolean     strata_shelf_unkeep       (StrataShelf       *self,
                                        const char        *registry_id,
                                        StrataLayerKind    kind,
                                        const char        *name,
                                        const char        *version,
                                        GError           **error);
gboolean     strata_shelf_unkeep_all   (StrataShelf       *self,
                                        const char        *registry_id,
                                        GError           **error);
GPtrArray   *strata_shelf_list_kept    (StrataShelf       *self,
                                        GError           **error);
void         strata_shelf_mark_kept    (StrataShelf       *self,
                                        const char        *registry_id);

G_END_DECLS
