/* strata-index.c - everything all registries offer, to be searched without them: one file in the cache
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-index-private.h"

#define MAX_IDLE 4  /* connections kept open: a search, a list of versions, an import, one more */
#define WARNING_END "\n"

struct _StrataIndex
{
  GObject           parent_instance;
  char             *path;   /* (owned) (not nullable) */
  GMutex            mutex;
  GPtrArray        *idle;   /* (owned) (element-type StrataIndexDb), under the mutex */
  StrataIndexNames *names;  /* (owned) (nullable), under the mutex: as they were when they were last needed */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataIndex, strata_index, G_TYPE_OBJECT)

static void
strata_index_finalize (GObject *object)
{
  StrataIndex *self = STRATA_INDEX (object);

  g_ptr_array_unref (self->idle);
  g_clear_pointer (&self->names, strata_index_names_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->path);

  G_OBJECT_CLASS (strata_index_parent_class)->finalize (object);
}

static void
strata_index_class_init (StrataIndexClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_index_finalize;

  /**
   * StrataIndex::changed:
   * @self: the index
   *
   * Something of it was changed by this process. Emitted in the main thread.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_index_init (StrataIndex *self)
{
  g_mutex_init (&self->mutex);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_index_db_close);
}

/**
 * strata_index_new:
 * @path: (type filename): the file, `$XDG_CACHE_HOME/strata/v1/index.db`
 *
 * Makes an index over @path. The file is opened when it is first needed and made when it is not there; one that is
 * broken or of another program is set aside as `index.db.broken`.
 *
 * Returns: (transfer full): the index
 */
StrataIndex *
strata_index_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  StrataIndex *self = g_object_new (STRATA_TYPE_INDEX, NULL);

  self->path = g_strdup (path);

  return self;
}

/**
 * strata_index_get_path:
 * @self: an index
 *
 * Returns: (transfer none) (type filename): its file
 */
const char *
strata_index_get_path (StrataIndex *self)
{
  g_return_val_if_fail (STRATA_IS_INDEX (self), NULL);

  return self->path;
}

static StrataIndexDb *
take_idle (StrataIndex *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (self->idle->len > 0)
    {
      StrataIndexDb *db = g_ptr_array_steal_index (self->idle, self->idle->len - 1);

      if (strata_index_db_is_at (db, self->path))
        return db;

      strata_index_db_close (db);
    }

  return NULL;
}

/* Lends a connection to this thread, which gives it back with strata_index_give_back(). */
StrataIndexDb *
strata_index_borrow (StrataIndex   *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  StrataIndexDb *db = take_idle (self);

  if (db == NULL)
    db = strata_index_db_open (self->path, error);
  if (db == NULL)
    return NULL;

  db->index = g_object_ref (self);
  strata_index_db_follow (db, cancellable);

  return db;
}

/* A file found to be damaged is not used again: the next who borrows finds none, and makes it anew. */
void
strata_index_give_back (StrataIndexDb *db)
{
  g_autoptr(StrataIndex) index = g_steal_pointer (&db->index);

  if (db->is_damaged)
    strata_index_db_discard (db, index->path);
  strata_index_db_leave (db);
  if (!sqlite3_get_autocommit (db->db))
    sqlite3_exec (db->db, "ROLLBACK", NULL, NULL, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&index->mutex);

  if (index->idle->len < MAX_IDLE && !db->is_damaged)
    g_ptr_array_add (index->idle, db);
  else
    strata_index_db_close (db);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gboolean
changed_cb (gpointer data)
{
  g_autoptr(StrataIndex) self = g_weak_ref_get (data);

  if (self != NULL)
    g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Ends a transaction that changed something. From any thread. In a program without a main loop nobody is told, and the
 * index must not stay open because of that.
 */
gboolean
strata_index_commit (StrataIndexDb  *db,
                     GError        **error)
{
  if (!strata_index_db_run (db, "UPDATE state SET generation = generation + 1; COMMIT", error))
    return FALSE;

  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, db->index);
  g_idle_add_full (G_PRIORITY_DEFAULT, changed_cb, weak, weak_free);

  return TRUE;
}

static StrataIndexNames *
take_names (StrataIndex *self,
            gint64       generation)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->names != NULL && self->names->generation == generation
           ? strata_index_names_ref (self->names)
           : NULL;
}

/* The names as they are in the transaction of @db: read again only after something was changed by anybody. */
StrataIndexNames *
strata_index_get_names (StrataIndex    *self,
                        StrataIndexDb  *db,
                        GError        **error)
{
  g_autoptr(sqlite3_stmt) statement =
    strata_index_db_prepare (db, "SELECT generation FROM state", error);
  gboolean is_row = FALSE;
  int result;

  if (statement == NULL || !strata_index_db_step (db, statement, &is_row, error))
    return NULL;

  gint64 generation = sqlite3_column_int64 (statement, 0);
  StrataIndexNames *names = take_names (self, generation);

  if (names != NULL)
    return names;

  names = strata_index_names_new (db->db, &result);
  if (names == NULL)
    {
      strata_index_db_fail (db, error);
      return NULL;
    }
  names->generation = generation;

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->names, strata_index_names_unref);
  self->names = strata_index_names_ref (names);

  return names;
}

static char *
dup_column (sqlite3_stmt *statement,
            int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static StrataIndexSource *
read_source (sqlite3_stmt *statement)
{
  StrataIndexSource *source = g_new0 (StrataIndexSource, 1);
  const char *warnings = (const char *) sqlite3_column_text (statement, 9);

  source->etag = dup_column (statement, 0);
  source->last_modified = dup_column (statement, 1);
  source->digest = dup_column (statement, 2);
  source->synced_at = sqlite3_column_int64 (statement, 3);
  source->n_names = (guint) sqlite3_column_int64 (statement, 4);
  source->n_versions = (guint) sqlite3_column_int64 (statement, 5);
  source->error = dup_column (statement, 6);
  source->error_code = sqlite3_column_int (statement, 7);
  source->failing_since = sqlite3_column_int64 (statement, 8);
  source->url = dup_column (statement, 10);
  source->warnings = g_strsplit (warnings != NULL ? warnings : "", WARNING_END, -1);

  return source;
}

/**
 * strata_index_get_source:
 * @self: an index
 * @registry_id: a registry
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Reads what is known of the last look at a registry: what to ask the server with, how old the list is, what failed.
 * May be called from any thread.
 *
 * Returns: (transfer full) (nullable): it, `NOT_FOUND` for a registry that was never looked at, else `BUSY`,
 *   `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
StrataIndexSource *
strata_index_get_source (StrataIndex   *self,
                         const char    *registry_id,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (self) && registry_id != NULL, NULL);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, cancellable, error);
  g_autoptr(sqlite3_stmt) statement =
    db != NULL ? strata_index_db_prepare (
                   db,
                   "SELECT etag, last_modified, digest, synced_at, n_names, n_versions, error,"
                   " error_code, failing_since, warnings, url FROM registry WHERE uid = ?",
                   error)
               : NULL;
  gboolean is_row = FALSE;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 1, registry_id, -1, SQLITE_STATIC);
  if (!strata_index_db_step (db, statement, &is_row, error))
    return NULL;
  if (is_row)
    return read_source (statement);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("The registry was not synced yet"));

  return NULL;
}

/* Runs one statement whose first parameter is a registry; @statement is freed. */
static gboolean
change (StrataIndexDb  *db,
        sqlite3_stmt   *statement,
        const char     *registry_id,
        GError        **error)
{
  g_autoptr(sqlite3_stmt) owned = statement;

  if (owned == NULL)
    return FALSE;

  sqlite3_bind_text (owned, 1, registry_id, -1, SQLITE_STATIC);

  return strata_index_db_finish (db, owned, error);
}

/**
 * strata_index_confirm:
 * @self: an index
 * @registry_id: a registry
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Notes that the registry was looked at now and is as it was: the answer was 304, or the same bytes came. A failure
 * that was noted is over. May be called from any thread.
 *
 * Returns: whether it is noted, else `BUSY`, `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
gboolean
strata_index_confirm (StrataIndex   *self,
                      const char    *registry_id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (self) && registry_id != NULL, FALSE);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, cancellable, error);

  if (db == NULL || !strata_index_db_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  sqlite3_stmt *statement =
    strata_index_db_prepare (db,
                             "UPDATE registry SET synced_at = ?2, error = NULL,"
                             " error_code = 0, failing_since = 0 WHERE uid = ?1",
                             error);

  sqlite3_bind_int64 (statement, 2, g_get_real_time () / G_USEC_PER_SEC);

  return change (db, statement, registry_id, error) && strata_index_commit (db, error);
}

/**
 * strata_index_note_failure:
 * @self: an index
 * @registry_id: a registry
 * @failure: why it could not be looked at
 * @error: return location for a [error@Error]
 *
 * Notes that the last look failed, and since when they do. What is known of the registry stays. May be called from any
 * thread.
 *
 * Returns: whether it is noted, else `BUSY`, `CORRUPT`, `FORBIDDEN` or `DISK`
 */
gboolean
strata_index_note_failure (StrataIndex   *self,
                           const char    *registry_id,
                           const GError  *failure,
                           GError       **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (self) && registry_id != NULL && failure != NULL, FALSE);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, NULL, error);

  if (db == NULL || !strata_index_db_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  sqlite3_stmt *statement = strata_index_db_prepare (
    db,
    "INSERT INTO registry (uid, error, error_code, failing_since) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (uid) DO UPDATE SET error = excluded.error, error_code = excluded.error_code,"
    " failing_since = iif (failing_since = 0, excluded.failing_since, failing_since)",
    error);

  sqlite3_bind_text (statement, 2, failure->message, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3,
                    failure->domain == STRATA_ERROR ? failure->code : STRATA_ERROR_SERVER);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);

  return change (db, statement, registry_id, error) && strata_index_commit (db, error);
}

/**
 * strata_index_remove:
 * @self: an index
 * @registry_id: a registry
 * @error: return location for a [error@Error]
 *
 * Forgets all that is known of a registry. May be called from any thread.
 *
 * Returns: whether it is gone, else `BUSY`, `CORRUPT`, `FORBIDDEN` or `DISK`
 */
gboolean
strata_index_remove (StrataIndex  *self,
                     const char   *registry_id,
                     GError      **error)
{
  const char *const steps[] = {
    "DELETE FROM words WHERE rowid IN"
    " (SELECT id FROM name WHERE registry = (SELECT id FROM registry WHERE uid = ?1))",
    "DELETE FROM version WHERE name IN"
    " (SELECT id FROM name WHERE registry = (SELECT id FROM registry WHERE uid = ?1))",
    "DELETE FROM name WHERE registry = (SELECT id FROM registry WHERE uid = ?1)",
    "DELETE FROM registry WHERE uid = ?1",
  };

  g_return_val_if_fail (STRATA_IS_INDEX (self) && registry_id != NULL, FALSE);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, NULL, error);

  if (db == NULL || !strata_index_db_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!change (db, strata_index_db_prepare (db, steps[i], error), registry_id, error))
      return FALSE;

  return strata_index_commit (db, error) &&
         strata_index_db_run (db, "PRAGMA incremental_vacuum", error);
}
