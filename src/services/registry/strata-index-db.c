/* strata-index-db.c - the database of the index: opened whole or made anew, failures as errors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "strata-error.h"

#define APPLICATION_ID 0x53747261  /* "Stra": a file of another program is not ours to write in */
#define SCHEMA_VERSION 3
#define BUSY_WAIT_MS 10
#define MAX_BUSY_WAITS 6000  /* a minute: the longest import of another process is far below it */

/* A version is looked up, ordered and compared by its key alone, so the index over it holds all that a refresh reads
 * of the versions that did not change.
 */
static const char *const schema =
  "CREATE TABLE registry (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, url TEXT, etag TEXT,"
  " last_modified TEXT, digest TEXT, synced_at INTEGER NOT NULL DEFAULT 0, n_names INTEGER NOT NULL DEFAULT 0,"
  " n_versions INTEGER NOT NULL DEFAULT 0, error TEXT, error_code INTEGER NOT NULL DEFAULT 0,"
  " failing_since INTEGER NOT NULL DEFAULT 0, warnings TEXT NOT NULL DEFAULT '');"
  "CREATE TABLE name (id INTEGER PRIMARY KEY, registry INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL,"
  " newest INTEGER NOT NULL DEFAULT 0, n_versions INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,"
  " kept INTEGER NOT NULL DEFAULT 0, deprecated INTEGER NOT NULL DEFAULT 0, is_signed INTEGER NOT NULL DEFAULT 0,"
  " type TEXT NOT NULL DEFAULT '', UNIQUE (registry, kind, name));"
  "CREATE TABLE version (id INTEGER PRIMARY KEY, name INTEGER NOT NULL, key BLOB NOT NULL, is_release INTEGER NOT NULL,"
  " gone INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL, earlier_digest TEXT,"
  " earlier_seen INTEGER NOT NULL DEFAULT 0, version TEXT NOT NULL, details TEXT NOT NULL);"
  "CREATE INDEX version_by_key ON version (name, key, gone, is_release);"
  "CREATE VIRTUAL TABLE words USING fts5 (display_name, keywords, description, app_version,"
  " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');"
  "CREATE TABLE state (generation INTEGER NOT NULL);"
  "INSERT INTO state VALUES (random () & 0x7fffffffffff);"
  "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";";

/* Waits for another writer, unless the borrower was told to stop. */
static int
busy_cb (void *data,
         int   n_waits)
{
  StrataIndexDb *self = data;

  if (n_waits >= MAX_BUSY_WAITS || g_cancellable_is_cancelled (self->cancellable))
    return 0;

  g_usleep (BUSY_WAIT_MS * G_TIME_SPAN_MILLISECOND);

  return 1;
}

static StrataError
code_of (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return STRATA_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
      return STRATA_ERROR_CORRUPT;
    case SQLITE_TOOBIG:
      return STRATA_ERROR_TOO_LARGE;
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return STRATA_ERROR_FORBIDDEN;
    default:
      return STRATA_ERROR_DISK;
    }
}

static void
set_error (GError     **error,
           int          result,
           const char  *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, STRATA_ERROR, code_of (result),
               /* Translators: the first is a file, the second a reason in the words of SQLite */
               _("The list of packs and charts in %s cannot be used: %s. It may be deleted"),
                  shown, sqlite3_errstr (result));
}

/* Sets @error from what the database said last; for one that was interrupted, that it was cancelled. */
gboolean
strata_index_db_fail (StrataIndexDb  *self,
                      GError        **error)
{
  int result = sqlite3_extended_errcode (self->db);
  const char *path = sqlite3_db_filename (self->db, "main");

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  self->is_damaged |= (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
  g_debug ("%s: %s", path, sqlite3_errmsg (self->db));
  set_error (error, result, path != NULL ? path : "");

  return FALSE;
}

/* Runs statements that return nothing. */
gboolean
strata_index_db_run (StrataIndexDb  *self,
                     const char     *sql,
                     GError        **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         strata_index_db_fail (self, error);
}

sqlite3_stmt *
strata_index_db_prepare (StrataIndexDb  *self,
                         const char     *sql,
                         GError        **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    strata_index_db_fail (self, error);

  return statement;
}

/* Goes on to the next row, or says that there is none. */
gboolean
strata_index_db_step (StrataIndexDb  *self,
                      sqlite3_stmt   *statement,
                      gboolean       *is_row,
                      GError        **error)
{
  int result = sqlite3_step (statement);

  *is_row = result == SQLITE_ROW;

  return result == SQLITE_ROW || result == SQLITE_DONE || strata_index_db_fail (self, error);
}

/* Runs a statement that returns nothing, and makes it ready for the next time. */
gboolean
strata_index_db_finish (StrataIndexDb  *self,
                        sqlite3_stmt   *statement,
                        GError        **error)
{
  gboolean is_row;
  gboolean done = strata_index_db_step (self, statement, &is_row, error);

  sqlite3_reset (statement);

  return done;
}

static int
read_number (sqlite3    *db,
             const char *sql,
             int        *number)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result != SQLITE_ROW)
    return result;

  *number = sqlite3_column_int (statement, 0);

  return SQLITE_OK;
}

/* Returns %SQLITE_OK for a file of ours or an empty one, %SQLITE_NOTADB for any other that can be read. */
static int
check_file (sqlite3  *db,
            gboolean *is_new)
{
  int application = 0, version = 0, n_tables = 0;
  int result = read_number (db, "PRAGMA application_id", &application);

  if (result == SQLITE_OK)
    result = read_number (db, "PRAGMA user_version", &version);
  if (result == SQLITE_OK)
    result = read_number (db, "SELECT count(*) FROM sqlite_schema", &n_tables);
  if (result != SQLITE_OK)
    return result;

  *is_new = application == 0 && version == 0 && n_tables == 0;

  return *is_new || (application == APPLICATION_ID && version == SCHEMA_VERSION) ? SQLITE_OK
                                                                                 : SQLITE_NOTADB;
}

static int
make_schema (sqlite3 *db)
{
  g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; PRAGMA application_id = %d; %s COMMIT;",
                                          APPLICATION_ID, schema);
  int result = sqlite3_exec (db, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL",
                             NULL, NULL, NULL);

  return result == SQLITE_OK ? sqlite3_exec (db, sql, NULL, NULL, NULL) : result;
}

/* It is a copy of what registries say, so a power cut may cost the last import but not the file. */
static int
set_up (sqlite3 *db)
{
  gboolean is_new = FALSE;
  int result = check_file (db, &is_new);

  if (result == SQLITE_OK && is_new)
    result = make_schema (db);
  if (result == SQLITE_OK)
    result = sqlite3_exec (
      db,
      "PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
      "PRAGMA journal_size_limit = 1048576; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY",
      NULL, NULL, NULL);

  return result;
}

static int
try_open (StrataIndexDb *self,
          const char    *path)
{
  int flags =
    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int result = sqlite3_open_v2 (path, &self->db, flags, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_busy_handler (self->db, busy_cb, self);
  if (result == SQLITE_OK)
    result = sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (result == SQLITE_OK)
    result = set_up (self->db);
  if (result != SQLITE_OK)
    g_clear_pointer (&self->db, sqlite3_close_v2);

  return result;
}

/* A broken or foreign file is kept for who wonders, one of them; its journal means nothing without it. */
static void
set_aside (const char *path)
{
  const char *const journals[] = { "-wal", "-shm" };
  g_autofree char *aside = g_strconcat (path, ".broken", NULL);

  g_warning ("%s is damaged, or no index of this version, and is set aside", path);
  g_rename (path, aside);
  for (gsize i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autofree char *journal = g_strconcat (path, journals[i], NULL);

      g_unlink (journal);
    }
}

/* Opening is done by one process at a time, so that no two make the file, and none takes away a new one. */
static int
lock_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *shown = g_filename_display_name (lock);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      int fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

      if (fd >= 0 && flock (fd, LOCK_EX) == 0)
        return fd;
      if (fd >= 0)
        close (fd);
    }

  g_set_error (error, STRATA_ERROR,
               errno == EACCES || errno == EPERM ? STRATA_ERROR_FORBIDDEN : STRATA_ERROR_DISK,
               _("%s cannot be written: %s"), shown, g_strerror (errno));

  return -1;
}

static void
remember_file (StrataIndexDb *self,
               const char    *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return;

  self->device = info.st_dev;
  self->inode = info.st_ino;
}

/* Whether @path still is the file that @self has open. */
gboolean
strata_index_db_is_at (StrataIndexDb *self,
                       const char    *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && self->device == info.st_dev && self->inode == info.st_ino;
}

/* Opens the file, which is made when it is not there, and made anew when it is broken or not ours. */
StrataIndexDb *
strata_index_db_open (const char  *path,
                      GError     **error)
{
  int lock = lock_folder (path, error);

  if (lock < 0)
    return NULL;

  StrataIndexDb *self = g_new0 (StrataIndexDb, 1);
  int result = try_open (self, path);

  if (code_of (result) == STRATA_ERROR_CORRUPT)
    {
      set_aside (path);
      result = try_open (self, path);
    }
  remember_file (self, path);
  close (lock);

  if (result == SQLITE_OK)
    return self;

  set_error (error, result, path);
  g_free (self);

  return NULL;
}

/* Sets the file aside that @self found damaged, unless somebody put another in its place already. */
void
strata_index_db_discard (StrataIndexDb *self,
                         const char    *path)
{
  int lock = lock_folder (path, NULL);

  if (lock < 0)
    return;

  if (strata_index_db_is_at (self, path))
    set_aside (path);
  close (lock);
}

void
strata_index_db_close (StrataIndexDb *self)
{
  sqlite3_close_v2 (self->db);
  g_free (self);
}

/* After much was written: brings the journal into the file, so that nobody after us has to. Who reads at the moment is
 * not waited for.
 */
void
strata_index_db_settle (StrataIndexDb *self)
{
  sqlite3_busy_handler (self->db, NULL, NULL);
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_handler (self->db, busy_cb, self);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      db)
{
  sqlite3_interrupt (db);
}

/* From now until strata_index_db_leave() what runs in @self stops when @cancellable says so. */
void
strata_index_db_follow (StrataIndexDb *self,
                        GCancellable  *cancellable)
{
  if (cancellable == NULL)
    return;

  self->cancellable = g_object_ref (cancellable);
  self->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->db, NULL);
}

void
strata_index_db_leave (StrataIndexDb *self)
{
  if (self->cancellable == NULL)
    return;

  g_cancellable_disconnect (self->cancellable, self->handler);
  g_clear_object (&self->cancellable);
  self->handler = 0;
}
