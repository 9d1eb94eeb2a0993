/* strata-sandbox-db.h - what the sandbox console knows, in one SQLite file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

typedef struct _StrataSandboxDb StrataSandboxDb;

StrataSandboxDb *strata_sandbox_db_open     (const char        *folder,
                                             GError           **error);
void             strata_sandbox_db_close    (StrataSandboxDb   *self);

sqlite3_stmt    *strata_sandbox_db_query    (StrataSandboxDb   *self,
                                             const char        *sql,
                                             const char        *types,
                                             ...);
gboolean         strata_sandbox_db_next     (StrataSandboxDb   *self,
                                             sqlite3_stmt      *statement);
void             strata_sandbox_db_run      (StrataSandboxDb   *self,
                                             const char        *sql,
                                             const char        *types,
                                             ...);
char            *strata_sandbox_db_get_text (StrataSandboxDb   *self,
                                             const char        *sql,
                                             const char        *types,
                                             ...);
gint64           strata_sandbox_db_get_int  (StrataSandboxDb   *self,
                                             const char        *sql,
                                             const char        *types,
                                             ...);

void             strata_sandbox_db_begin    (StrataSandboxDb   *self);
gboolean         strata_sandbox_db_end      (StrataSandboxDb   *self,
                                             gboolean           keep,
                                             GError           **error);

char            *strata_sandbox_db_dup_state (StrataSandboxDb  *self,
                                              const char       *name);
void             strata_sandbox_db_set_state (StrataSandboxDb  *self,
                                              const char       *name,
                                              const char       *value);

const char      *strata_sandbox_db_column   (sqlite3_stmt      *statement,
                                             int                column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSandboxDb, strata_sandbox_db_close)

G_END_DECLS
