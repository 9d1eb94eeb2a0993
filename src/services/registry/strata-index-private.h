/* strata-index-private.h - what the files of the index share: its database, and how rows become values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "strata-index-names.h"
#include "strata-index.h"

G_BEGIN_DECLS

/* One connection, lent to one thread at a time; it is interrupted when the cancellable of its borrower is. */
typedef struct
{
  sqlite3      *db;           /* (owned) */
  guint64       device;       /* the file it has open, to see when another took its place */
  guint64       inode;
  gboolean      is_damaged;   /* the file was found to be */
  StrataIndex  *index;        /* (owned) (nullable): while it is lent */
  GCancellable *cancellable;  /* (owned) (nullable): while it is lent */
  gulong        handler;
} StrataIndexDb;

StrataIndexDb    *strata_index_db_open    (const char         *path,
                                           GError            **error);
void              strata_index_db_close   (StrataIndexDb      *self);
gboolean          strata_index_db_is_at   (StrataIndexDb      *self,
                                           const char         *path);
void              strata_index_db_follow  (StrataIndexDb      *self,
                                           GCancellable       *cancellable);
void              strata_index_db_leave   (StrataIndexDb      *self);
void              strata_index_db_discard (StrataIndexDb      *self,
                                           const char         *path);
void              strata_index_db_settle  (StrataIndexDb      *self);
gboolean          strata_index_db_run     (StrataIndexDb      *self,
                                           const char         *sql,
                                           GError            **error);
sqlite3_stmt     *strata_index_db_prepare (StrataIndexDb      *self,
                                           const char         *sql,
                                           GError            **error);
gboolean          strata_index_db_step    (StrataIndexDb      *self,
                                           sqlite3_stmt       *statement,
                                           gboolean           *is_row,
                                           GError            **error);
gboolean          strata_index_db_finish  (StrataIndexDb      *self,
                                           sqlite3_stmt       *statement,
                                           GError            **error);
gboolean          strata_index_db_fail    (StrataIndexDb      *self,
                                           GError            **error);

StrataIndexDb    *strata_index_borrow     (StrataIndex        *self,
                                           GCancellable       *cancellable,
                                           GError            **error);
void              strata_index_give_back  (StrataIndexDb      *db);
gboolean          strata_index_commit     (StrataIndexDb      *db,
                                           GError            **error);
StrataIndexNames *strata_index_get_names  (StrataIndex        *self,
                                           StrataIndexDb      *db,
                                           GError            **error);

gboolean          strata_index_refresh    (StrataIndexDb      *db,
                                           const gint64       *names,
                                           gsize               n_names,
                                           GError            **error);

void              strata_index_pack       (GString                *details,
                                           const StrataIndexEntry *entry);
StrataIndexEntry *strata_index_unpack     (const char             *name,
                                           const char             *version,
                                           const char             *details);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataIndexDb, strata_index_give_back)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
