/* strata-index-refresh.c - what a name is shown and found by, after its versions changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-private.h"

typedef enum
{
  COUNT,
  FIND_NEWEST,
  CHANGE_NAME,
  CHANGE_WORDS,
  REMOVE_NAME,
  REMOVE_WORDS,
  N_STATEMENTS,
} Statement;

/* The newest is a release when there is one, and one that is still there when there is one. */
static const char *const statements[N_STATEMENTS] = {
  [COUNT] = "SELECT total (gone = 0), max (gone), max (kept) FROM version WHERE name = ?1",
  [FIND_NEWEST] = "SELECT id, version, details FROM version WHERE id = (SELECT id FROM version WHERE name = ?1"
                  " ORDER BY gone = 0 DESC, is_release DESC, key DESC LIMIT 1)",
  [CHANGE_NAME] = "UPDATE name SET newest = ?2, n_versions = ?3, gone = ?4, kept = ?5, deprecated = ?6,"
                  " is_signed = ?7, type = ?8 WHERE id = ?1",
  [CHANGE_WORDS] = "INSERT OR REPLACE INTO words (rowid, display_name, keywords, description, app_version)"
                   " VALUES (?1, ?2, ?3, ?4, ?5)",
  [REMOVE_NAME] = "DELETE FROM name WHERE id = ?1",
  [REMOVE_WORDS] = "DELETE FROM words WHERE rowid = ?1",
};

typedef struct
{
  StrataIndexDb *db;
  sqlite3_stmt  *statements[N_STATEMENTS];  /* (owned) */
} Refresh;

static gboolean
start (Refresh    *self,
       Statement   which,
       gint64      name,
       GError    **error)
{
  gboolean is_row = FALSE;

  sqlite3_reset (self->statements[which]);
  sqlite3_bind_int64 (self->statements[which], 1, name);

  return strata_index_db_step (self->db, self->statements[which], &is_row, error);
}

static gboolean
change_words (Refresh                 *self,
              gint64                   name,
              const StrataIndexEntry  *entry,
              GError                 **error)
{
  sqlite3_stmt *statement = self->statements[CHANGE_WORDS];
  g_autofree char *keywords =
    entry->keywords != NULL ? g_strjoinv (" ", (char **) entry->keywords) : NULL;

  sqlite3_bind_int64 (statement, 1, name);
  sqlite3_bind_text (statement, 2, entry->display_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, keywords, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, entry->description, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, entry->app_version, -1, SQLITE_STATIC);

  return strata_index_db_finish (self->db, statement, error);
}

static gboolean
change_name (Refresh                 *self,
             gint64                   name,
             const StrataIndexEntry  *entry,
             GError                 **error)
{
  sqlite3_stmt *statement = self->statements[CHANGE_NAME];
  gint64 n_versions = sqlite3_column_int64 (self->statements[COUNT], 0);
  gint64 gone = n_versions == 0 ? sqlite3_column_int64 (self->statements[COUNT], 1) : 0;

  sqlite3_bind_int64 (statement, 1, name);
  sqlite3_bind_int64 (statement, 2, sqlite3_column_int64 (self->statements[FIND_NEWEST], 0));
  sqlite3_bind_int64 (statement, 3, n_versions);
  sqlite3_bind_int64 (statement, 4, gone);
  sqlite3_bind_int64 (statement, 5, sqlite3_column_int64 (self->statements[COUNT], 2));
  sqlite3_bind_int (statement, 6, entry->deprecated);
  sqlite3_bind_int (statement, 7, entry->is_signed);
  sqlite3_bind_text (statement, 8, entry->type != NULL ? entry->type : "", -1, SQLITE_STATIC);

  return strata_index_db_finish (self->db, statement, error);
}

static gboolean
refresh_name (Refresh  *self,
              gint64    name,
              GError  **error)
{
  if (!start (self, COUNT, name, error) || !start (self, FIND_NEWEST, name, error))
    return FALSE;

  const char *details = (const char *) sqlite3_column_text (self->statements[FIND_NEWEST], 2);

  if (details == NULL)
    return start (self, REMOVE_NAME, name, error) && start (self, REMOVE_WORDS, name, error);

  g_autoptr(StrataIndexEntry) entry = strata_index_unpack ("", "", details);
  gboolean done = change_name (self, name, entry, error) && change_words (self, name, entry, error);

  sqlite3_reset (self->statements[COUNT]);
  sqlite3_reset (self->statements[FIND_NEWEST]);

  return done;
}

/* Brings the rows that a search reads up to date with the versions of each of @names, inside a transaction. */
gboolean
strata_index_refresh (StrataIndexDb  *db,
                      const gint64   *names,
                      gsize           n_names,
                      GError        **error)
{
  Refresh self = { .db = db };
  gboolean done = TRUE;

  for (guint i = 0; i < N_STATEMENTS && done; i++)
    done = (self.statements[i] = strata_index_db_prepare (db, statements[i], error)) != NULL;
  for (gsize i = 0; i < n_names && done; i++)
    done = refresh_name (&self, names[i], error);
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self.statements[i]);

  return done;
}
