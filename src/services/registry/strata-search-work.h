/* strata-search-work.h - what a search does in its worker thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-index-query.h"

G_BEGIN_DECLS

/* What a worker is given: it touches nothing else. */
typedef struct
{
  StrataIndex        *index;           /* (owned) */
  char               *text;            /* (owned) */
  char               *registry_id;     /* (owned) (nullable) */
  char               *type;            /* (owned) (nullable) */
  GPtrArray          *registry_ids;    /* (owned) (element-type utf8), NULL at its end */
  GPtrArray          *registry_names;  /* (owned) (element-type utf8), in the same order */
  StrataIndexQuery    query;           /* points to the above */
  StrataIndexMatches *matches;         /* (owned) (nullable): of an earlier search, to read more of */
  guint               first;
  guint               n;
} StrataSearchRequest;

/* What a worker found. */
typedef struct
{
  StrataIndexMatches *matches;    /* (owned) */
  GPtrArray          *summaries;  /* (owned) (element-type StrataPackSummary) */
} StrataSearchAnswer;

StrataSearchRequest *strata_search_request_new  (StrataIndex             *index,
                                                 GListModel              *registries,
                                                 const StrataIndexQuery  *query);
void                 strata_search_request_free (StrataSearchRequest     *request);
void                 strata_search_answer_free  (StrataSearchAnswer      *answer);
void                 strata_search_work         (GTask                   *task,
                                                 gpointer                 source,
                                                 gpointer                 data,
                                                 GCancellable            *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSearchAnswer, strata_search_answer_free)

G_END_DECLS
