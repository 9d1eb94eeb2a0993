/* strata-search.h - what of the index matches, as a list model that loads as it scrolls
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-query.h"

G_BEGIN_DECLS

/* A GListModel of StrataPackSummary, best first: the newest version of each name. Main thread only.
 *
 * What narrows it are properties: "text", "registry-id" (NULL for all), "kind" (a StrataLayerKind or
 * STRATA_INDEX_ANY_KIND), "type" (NULL for all), "deprecated", "signed" and "kept" (each a StrataIndexAnswer, where
 * STRATA_INDEX_UNKNOWN is for all). What it says: "n-found" and "loading".
 */
#define STRATA_TYPE_SEARCH (strata_search_get_type ())

G_DECLARE_FINAL_TYPE (StrataSearch, strata_search, STRATA, SEARCH, GObject)

StrataSearch       *strata_search_new             (StrataIndex        *index,
                                                   GListModel         *registries);
StrataIndex        *strata_search_get_index       (StrataSearch       *self);
GListModel         *strata_search_get_registries  (StrataSearch       *self);

const char         *strata_search_get_text        (StrataSearch       *self);
void                strata_search_set_text        (StrataSearch       *self,
                                                   const char         *text);
const char         *strata_search_get_registry_id (StrataSearch       *self);
void                strata_search_set_registry_id (StrataSearch       *self,
                                                   const char         *registry_id);
void                strata_search_refresh         (StrataSearch       *self);
void                strata_search_load_more       (StrataSearch       *self);
guint               strata_search_get_n_found     (StrataSearch       *self);
gboolean            strata_search_get_loading     (StrataSearch       *self);
StrataIndexMatches *strata_search_get_matches     (StrataSearch       *self);
const GError       *strata_search_get_error       (StrataSearch       *self);

G_END_DECLS
