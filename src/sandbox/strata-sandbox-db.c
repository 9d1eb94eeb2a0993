/* strata-sandbox-db.c - what the sandbox console knows, in one SQLite file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-db"

#include "strata-sandbox-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "strata-error.h"

#define APPLICATION_ID 0x53736278  /* "Ssbx" */
#define SCHEMA_VERSION 4

/* One thread at a time. The first failure stays until the transaction ends, so that who writes ten rows asks once. */
struct _StrataSandboxDb
{
  sqlite3 *db;      /* (owned) */
  char    *path;    /* (owned) */
  GError  *failure; /* (owned) (nullable) */
  int      lock;    /* (owned) */
};

/* A draft and what is published are the layers of a profile with their texts, as JSON; a summary is what lists show of
 * them, and stands before what is long, which lists need not read then. Times are milliseconds since 1970, as the API
 * shows no finer ones.
 */
static const char *const schema =
  "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE project (uid TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
  "CREATE TABLE profile (uid TEXT PRIMARY KEY, project TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,"
  " type TEXT NOT NULL, cloud TEXT NOT NULL, annotations TEXT NOT NULL, labels TEXT NOT NULL,"
  " created INTEGER NOT NULL, modified INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0,"
  " draft_summary TEXT, published_summary TEXT, variables TEXT NOT NULL DEFAULT '[]', draft TEXT,"
  " published_variables TEXT NOT NULL DEFAULT '[]', published TEXT, UNIQUE (project, name, version));"
  "CREATE INDEX profile_by_name ON profile (project, name COLLATE NOCASE, uid, type);"
  "CREATE INDEX profile_by_change ON profile (project, modified, uid, type);"
  "CREATE TABLE host (uid TEXT PRIMARY KEY, project TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,"
  " health TEXT NOT NULL, arch TEXT NOT NULL, labels TEXT NOT NULL, created INTEGER NOT NULL,"
  " modified INTEGER NOT NULL, token TEXT NOT NULL, document TEXT NOT NULL, packs TEXT NOT NULL DEFAULT '[]');"
  "CREATE INDEX host_by_name ON host (project, name COLLATE NOCASE, uid);"
  "CREATE INDEX host_by_token ON host (token);"
  "CREATE TABLE link (host TEXT NOT NULL, position INTEGER NOT NULL, profile TEXT NOT NULL,"
  " settings TEXT NOT NULL DEFAULT '{}', PRIMARY KEY (host, position)) WITHOUT ROWID;"
  "CREATE INDEX link_by_profile ON link (profile);"
  "CREATE TABLE event (uid TEXT PRIMARY KEY, host TEXT NOT NULL, created INTEGER NOT NULL, severity TEXT NOT NULL,"
  " reason TEXT NOT NULL, message TEXT NOT NULL);"
  "CREATE INDEX event_by_host ON event (host, created, uid);"
  "CREATE TABLE token (uid TEXT PRIMARY KEY, name TEXT NOT NULL, project TEXT NOT NULL, token TEXT NOT NULL UNIQUE,"
  " expiry INTEGER NOT NULL, is_active INTEGER NOT NULL DEFAULT 1, created INTEGER NOT NULL);"
  "CREATE TABLE fleet (host TEXT PRIMARY KEY, plan INTEGER NOT NULL, due INTEGER NOT NULL,"
  " revision INTEGER NOT NULL DEFAULT 0, applied TEXT NOT NULL DEFAULT '{}') WITHOUT ROWID;"
  "CREATE INDEX fleet_by_due ON fleet (due);"
  "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";"
  "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID) ";";

static void
fail (StrataSandboxDb *self)
{
  if (self->failure != NULL)
    return;

  g_autofree char *shown = g_filename_display_name (self->path);

  g_set_error (&self->failure, STRATA_ERROR, STRATA_ERROR_DISK,
               /* Translators: the first is a file, the second a reason in the words of SQLite */
               _("The sandbox cannot use %s: %s"), shown, sqlite3_errmsg (self->db));
}

/* Binds what @types say: s a text that may be NULL, i a gint64. */
static void
bind (sqlite3_stmt *statement,
      const char   *types,
      va_list       values)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 's')
        sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1, SQLITE_TRANSIENT);
      else
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
    }
}

static sqlite3_stmt *
prepare (StrataSandboxDb *self,
         const char      *sql,
         const char      *types,
         va_list          values)
{
  sqlite3_stmt *statement = NULL;

  if (self->failure == NULL &&
      sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (self);
  if (statement != NULL)
    bind (statement, types, values);

  return statement;
}

/* Returns: (transfer full) (nullable): rows to step through; NULL after a failure, which strata_sandbox_db_next()
 * takes
 */
sqlite3_stmt *
strata_sandbox_db_query (StrataSandboxDb *self,
                         const char      *sql,
                         const char      *types,
                         ...)
{
  va_list values;

  va_start (values, types);
  sqlite3_stmt *statement = prepare (self, sql, types, values);
  va_end (values);

  return statement;
}

/* Goes to the next row. Returns: whether there is one */
gboolean
strata_sandbox_db_next (StrataSandboxDb *self,
                        sqlite3_stmt    *statement)
{
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_DONE;

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    fail (self);

  return result == SQLITE_ROW;
}

void
strata_sandbox_db_run (StrataSandboxDb *self,
                       const char      *sql,
                       const char      *types,
                       ...)
{
  va_list values;

  va_start (values, types);
  g_autoptr(sqlite3_stmt) statement = prepare (self, sql, types, values);
  va_end (values);

  strata_sandbox_db_next (self, statement);
}

/* Returns: (transfer full) (nullable): the first column of the first row */
char *
strata_sandbox_db_get_text (StrataSandboxDb *self,
                            const char      *sql,
                            const char      *types,
                            ...)
{
  va_list values;

  va_start (values, types);
  g_autoptr(sqlite3_stmt) statement = prepare (self, sql, types, values);
  va_end (values);

  return strata_sandbox_db_next (self, statement)
           ? g_strdup ((const char *) sqlite3_column_text (statement, 0))
           : NULL;
}

/* Returns: the first column of the first row; 0 when there is none */
gint64
strata_sandbox_db_get_int (StrataSandboxDb *self,
                           const char      *sql,
                           const char      *types,
                           ...)
{
  va_list values;

  va_start (values, types);
  g_autoptr(sqlite3_stmt) statement = prepare (self, sql, types, values);
  va_end (values);

  return strata_sandbox_db_next (self, statement) ? sqlite3_column_int64 (statement, 0) : 0;
}

void
strata_sandbox_db_begin (StrataSandboxDb *self)
{
  strata_sandbox_db_run (self, "BEGIN", "");
}

/* Ends what strata_sandbox_db_begin() began. Returns: whether all of it is on the disk as @keep says */
gboolean
strata_sandbox_db_end (StrataSandboxDb  *self,
                       gboolean          keep,
                       GError          **error)
{
  if (keep)
    strata_sandbox_db_run (self, "COMMIT", "");
  if (!keep || self->failure != NULL)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  if (self->failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->failure));

  return FALSE;
}

char *
strata_sandbox_db_dup_state (StrataSandboxDb *self,
                             const char      *name)
{
  return strata_sandbox_db_get_text (self, "SELECT value FROM state WHERE name = ?", "s", name);
}

void
strata_sandbox_db_set_state (StrataSandboxDb *self,
                             const char      *name,
                             const char      *value)
{
  strata_sandbox_db_run (self, "INSERT OR REPLACE INTO state VALUES (?, ?)", "ss", name, value);
}

/* Returns: the text of a column, "" for none; valid until the next row */
const char *
strata_sandbox_db_column (sqlite3_stmt *statement,
                          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

static gboolean
lock_folder (StrataSandboxDb  *self,
             const char       *folder,
             GError          **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock < 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                   _("%s cannot be written: %s"), shown, g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BUSY,
               /* Translators: %s is a folder; --data stays as it is */
               _("Another sandbox works in %s; end it, or choose another folder with --data"),
                  shown);

  return FALSE;
}

static gboolean
set_up (StrataSandboxDb  *self,
        GError          **error)
{
  sqlite3_exec (
    self->db,
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;"
    "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY",
    NULL, NULL, NULL);

  gint64 application = strata_sandbox_db_get_int (self, "PRAGMA application_id", "");
  gint64 version = strata_sandbox_db_get_int (self, "PRAGMA user_version", "");
  g_autofree char *shown = g_filename_display_name (self->path);

  strata_sandbox_db_begin (self);
  if (application == 0 && version == 0 &&
      sqlite3_exec (self->db, schema, NULL, NULL, NULL) != SQLITE_OK)
    fail (self);
  if (!strata_sandbox_db_end (self, TRUE, error))
    return FALSE;
  if ((application == 0 && version == 0) ||
      (application == APPLICATION_ID && version == SCHEMA_VERSION))
    return TRUE;

  g_set_error (
    error, STRATA_ERROR, STRATA_ERROR_INVALID,
    /* Translators: %s is a file; --data stays as it is */
    _("%s is not of this version of the sandbox; delete it, or choose another folder with --data"),
       shown);

  return FALSE;
}

/* Opens the file in @folder, or makes it; no other process can while it is open. The owner frees it by
 * strata_sandbox_db_close(). Errors: %STRATA_ERROR_BUSY, %STRATA_ERROR_DISK, %STRATA_ERROR_INVALID.
 */
StrataSandboxDb *
strata_sandbox_db_open (const char  *folder,
                        GError     **error)
{
  g_autoptr(StrataSandboxDb) self = g_new0 (StrataSandboxDb, 1);

  self->lock = -1;
  self->path = g_build_filename (folder, "console.sqlite", NULL);
  if (!lock_folder (self, folder, error))
    return NULL;
  if (sqlite3_open_v2 (self->path, &self->db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      fail (self);
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }

  return set_up (self, error) ? g_steal_pointer (&self) : NULL;
}

void
strata_sandbox_db_close (StrataSandboxDb *self)
{
  sqlite3_close_v2 (self->db);
  g_clear_error (&self->failure);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->path);
  g_free (self);
}
