/* strata-index-names.h - every name of the index in memory, by the alphabet, so that a keystroke reads no table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define STRATA_INDEX_MAX_FACETS 256

/* How well a name fits: the order in which results are shown. */
typedef enum
{
  STRATA_INDEX_SAME,
  STRATA_INDEX_STARTS,
  STRATA_INDEX_WORD,
  STRATA_INDEX_INSIDE,
  STRATA_INDEX_ELSEWHERE,
  STRATA_INDEX_N_RANKS,
} StrataIndexRank;

/* What narrows a search is known of each name without a look at the table. */
typedef struct
{
  gint64  id;
  guint32 start;       /* of the folded name in the text */
  guint8  registry;    /* as a position in the registries */
  guint8  type;        /* as a position in the types */
  guint8  kind;
  guint8  deprecated : 1;
  guint8  is_signed : 1;
  guint8  kept : 1;
  guint8  gone : 1;
} StrataIndexName;

/* A value: never changed once made, counted atomically. */
typedef struct
{
  GArray    *rows;        /* (owned) (element-type StrataIndexName): by folded name */
  GString   *text;        /* (owned): the folded names, a line each, in the order of the rows */
  guint32   *by_id;       /* (owned): positions in @rows */
  gsize      n_ids;
  GPtrArray *registries;  /* (owned) (element-type utf8) */
  GPtrArray *types;       /* (owned) (element-type utf8) */
  gint64     generation;  /* of the index when they were read */
} StrataIndexNames;

StrataIndexNames *strata_index_names_new   (sqlite3           *db,
                                            int               *result);
StrataIndexNames *strata_index_names_ref   (StrataIndexNames  *self);
void              strata_index_names_unref (StrataIndexNames  *self);

char             *strata_index_fold        (const char        *text);
void              strata_index_names_match (StrataIndexNames  *self,
                                            const char        *word,
                                            guint8            *ranks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIndexNames, strata_index_names_unref)

G_END_DECLS
