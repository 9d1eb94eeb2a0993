/* strata-index-query.h - what a search looks for, and what it found
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index.h"

G_BEGIN_DECLS

#define STRATA_INDEX_ANY_KIND -1

/**
 * StrataIndexQuery:
 * @text: (nullable): words as a person types them; all of them must be found
 * @registry_ids: (nullable) (array zero-terminated=1): the registries there are; %NULL for all that were ever synced
 * @registry_names: (nullable) (array zero-terminated=1): what they are called, in the same order
 * @registry_id: (nullable): the only one of them to look in
 * @kind: a #StrataLayerKind, or %STRATA_INDEX_ANY_KIND
 * @type: (nullable): the type it must be of
 * @deprecated: whether it must be deprecated, or must not; %STRATA_INDEX_UNKNOWN for both
 * @is_signed: whether it must be signed
 * @kept: whether it must be kept offline
 *
 * The last six narrow what @text finds; each of them is a facet that is counted.
 */
typedef struct
{
  const char        *text;
  const char *const *registry_ids;
  const char *const *registry_names;
  const char        *registry_id;
  int                kind;
  const char        *type;
  StrataIndexAnswer  deprecated;
  StrataIndexAnswer  is_signed;
  StrataIndexAnswer  kept;
} StrataIndexQuery;

/* What one search found: a value, safe to read from any thread. */
#define STRATA_TYPE_INDEX_MATCHES (strata_index_matches_get_type ())

G_DECLARE_FINAL_TYPE (StrataIndexMatches, strata_index_matches, STRATA, INDEX_MATCHES, GObject)

StrataIndexMatches *strata_index_search                    (StrataIndex             *index,
                                                            const StrataIndexQuery  *query,
                                                            GCancellable            *cancellable,
                                                            GError                 **error);
GPtrArray          *strata_index_load_matches              (StrataIndex             *index,
                                                            StrataIndexMatches      *matches,
                                                            guint                    first,
                                                            guint                    n,
                                                            GCancellable            *cancellable,
                                                            GError                 **error);

guint               strata_index_matches_get_n             (StrataIndexMatches      *self);
guint               strata_index_matches_count_registry    (StrataIndexMatches      *self,
                                                            const char              *registry_id);
guint               strata_index_matches_count_kind        (StrataIndexMatches      *self,
                                                            StrataLayerKind          kind);
guint               strata_index_matches_count_type        (StrataIndexMatches      *self,
                                                            const char              *type);
GPtrArray          *strata_index_matches_list_types        (StrataIndexMatches      *self);
guint               strata_index_matches_count_deprecated  (StrataIndexMatches      *self,
                                                            gboolean                 deprecated);
guint               strata_index_matches_count_signed      (StrataIndexMatches      *self,
                                                            gboolean                 is_signed);
guint               strata_index_matches_count_kept        (StrataIndexMatches      *self,
                                                            gboolean                 kept);

G_END_DECLS
