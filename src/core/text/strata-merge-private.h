/* strata-merge-private.h - one walk over three profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "strata-merge.h"
#include "strata-text-merge.h"

G_BEGIN_DECLS

/* A conflict comes up at the same point of each walk, whatever was decided: its place in the row is its name. */
typedef struct
{
  GPtrArray  *decided;    /* (nullable) (element-type StrataConflict): the conflicts of the walk before */
  GPtrArray  *conflicts;  /* (element-type StrataConflict) */
  GPtrArray  *merged;     /* (element-type StrataConflict): what was clear by itself */
  GHashTable *texts;      /* (element-type utf8 StrataTextMerge): merges of documents, which cost most */
  const char *layer;      /* (nullable): where the walk is */
} StrataMergeWalk;

/* One value on three sides. */
typedef struct
{
  const char *document;               /* (nullable) */
  const char *path;                   /* (nullable) */
  const char *texts[STRATA_N_SIDES];  /* (nullable): what a person sees of it */
  gboolean    can_edit;
} StrataMergeSpot;

/* A thing that has an identity, such as a layer: its place in each side's row, -1 where it is missing. */
typedef struct
{
  int         at[STRATA_N_SIDES];
  const char *key;  /* tells it from the others in one side's row */
} StrataMergeThread;

typedef const char *(* StrataMergeKey) (gconstpointer item);

StrataSide   strata_merge_walk_choose   (StrataMergeWalk       *self,
                                         const StrataMergeSpot *spot,
                                         const gboolean         equal[STRATA_N_SIDES],
                                         const char           **own);
const char  *strata_merge_walk_text     (StrataMergeWalk       *self,
                                         const char            *document,
                                         const char            *path,
                                         const char            *base,
                                         const char            *mine,
                                         const char            *theirs,
                                         gboolean               can_edit);
StrataBlob  *strata_merge_walk_blob     (StrataMergeWalk       *self,
                                         const char            *document,
                                         StrataBlob            *base,
                                         StrataBlob            *mine,
                                         StrataBlob            *theirs);

GArray      *strata_merge_threads       (GPtrArray            **rows,
                                         StrataMergeKey         get_key);
GArray      *strata_merge_walk_order    (StrataMergeWalk       *self,
                                         GArray                *threads,
                                         const char            *path);
gpointer     strata_merge_thread_get    (const StrataMergeThread *thread,
                                         GPtrArray            **rows,
                                         guint                  side);
gboolean     strata_merge_thread_is_there (const StrataMergeThread *thread);

StrataLayer *strata_merge_walk_layer    (StrataMergeWalk       *self,
                                         StrataLayer           *base,
                                         StrataLayer           *mine,
                                         StrataLayer           *theirs);
GPtrArray   *strata_merge_walk_layers   (StrataMergeWalk       *self,
                                         StrataProfile        **sides);
GPtrArray   *strata_merge_walk_tags     (StrataMergeWalk       *self,
                                         GPtrArray            **rows);
GPtrArray   *strata_merge_walk_variables (StrataMergeWalk      *self,
                                         GPtrArray            **rows);

int         *strata_layers_match        (StrataProfile         *old_profile,
                                         StrataProfile         *new_profile,
                                         gboolean               with_renames);

G_END_DECLS
