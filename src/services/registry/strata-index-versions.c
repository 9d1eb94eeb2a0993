/* strata-index-versions.c - the versions of a name, and all that is known of one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-index-private.h"

#define OF_NAME "name.registry = (SELECT id FROM registry WHERE uid = ?1) AND name.kind = ?2 AND name.name = ?3"
#define COLUMNS "version.version, version.details, version.gone, version.kept, version.seen, version.earlier_digest," \
  " version.earlier_seen"

static sqlite3_stmt *
prepare (StrataIndexDb    *db,
         const char       *sql,
         const char       *registry_id,
         StrataLayerKind   kind,
         const char       *name,
         GError          **error)
{
  sqlite3_stmt *statement = strata_index_db_prepare (db, sql, error);

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 1, registry_id, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, kind);
  sqlite3_bind_text (statement, 3, name, -1, SQLITE_STATIC);

  return statement;
}

/* The columns are those of COLUMNS. */
static StrataIndexEntry *
read_entry (sqlite3_stmt    *statement,
            StrataLayerKind  kind,
            const char      *name)
{
  const char *version = (const char *) sqlite3_column_text (statement, 0);
  const char *details = (const char *) sqlite3_column_text (statement, 1);
  StrataIndexEntry *entry =
    strata_index_unpack (name, version != NULL ? version : "", details != NULL ? details : "");

  entry->kind = kind;
  entry->gone_since = sqlite3_column_int64 (statement, 2);
  entry->first_seen = sqlite3_column_int64 (statement, 4);
  entry->earlier_digest = g_strdup ((const char *) sqlite3_column_text (statement, 5));
  entry->earlier_seen = sqlite3_column_int64 (statement, 6);

  return entry;
}

/**
 * strata_index_list_versions:
 * @self: an index
 * @registry_id: a registry
 * @kind: a pack or a chart
 * @name: what it is called
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Lists every version that was ever seen of a name, by the order of SemVer: the greatest first, pre-releases among them
 * and marked, those that are gone as well. The summaries have no name of the registry. May be called from any thread.
 *
 * Returns: (transfer full) (nullable) (element-type StrataPackSummary): the versions, which may be none; else `BUSY`,
 *   `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
GPtrArray *
strata_index_list_versions (StrataIndex      *self,
                            const char       *registry_id,
                            StrataLayerKind   kind,
                            const char       *name,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (self) && registry_id != NULL && name != NULL, NULL);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, cancellable, error);
  g_autoptr(sqlite3_stmt) statement =
    db != NULL ? prepare (db,
                          "SELECT " COLUMNS
                          ", name.n_versions FROM name JOIN version ON version.name = name.id"
                          " WHERE " OF_NAME " ORDER BY version.key DESC",
                          registry_id, kind, name, error)
               : NULL;
  g_autoptr(GPtrArray) versions = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_row = statement != NULL;

  if (statement == NULL)
    return NULL;

  while (is_row)
    {
      if (!strata_index_db_step (db, statement, &is_row, error))
        return NULL;
      if (!is_row)
        break;

      g_autoptr(StrataIndexEntry) entry = read_entry (statement, kind, name);

      g_ptr_array_add (
        versions, strata_pack_summary_new_for_entry (entry, registry_id, "",
                                                     (guint) sqlite3_column_int64 (statement, 7),
                                                     sqlite3_column_int (statement, 3) != 0));
    }

  return g_steal_pointer (&versions);
}

/**
 * strata_index_load_entry:
 * @self: an index
 * @registry_id: a registry
 * @kind: a pack or a chart
 * @name: what it is called
 * @version: which version
 * @cancellable: (nullable): to stop it
 * @error: return location for a [error@Error]
 *
 * Reads all that is known of one version. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): it; else `NOT_FOUND`, `BUSY`, `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
StrataIndexEntry *
strata_index_load_entry (StrataIndex      *self,
                         const char       *registry_id,
                         StrataLayerKind   kind,
                         const char       *name,
                         const char       *version,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_return_val_if_fail (
    STRATA_IS_INDEX (self) && registry_id != NULL && name != NULL && version != NULL, NULL);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, cancellable, error);
  g_autoptr(sqlite3_stmt) statement =
    db != NULL ? prepare (db,
                          "SELECT " COLUMNS " FROM name JOIN version ON version.name = name.id"
                          " WHERE " OF_NAME " AND version.version = ?4",
                          registry_id, kind, name, error)
               : NULL;
  gboolean is_row = FALSE;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 4, version, -1, SQLITE_STATIC);
  if (!strata_index_db_step (db, statement, &is_row, error))
    return NULL;
  if (is_row)
    return read_entry (statement, kind, name);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("%s %s is not in the list of the registry"), name, version);

  return NULL;
}

static gint64
find_name (StrataIndexDb    *db,
           const char       *registry_id,
           StrataLayerKind   kind,
           const char       *name,
           GError          **error)
{
  g_autoptr(sqlite3_stmt) statement =
    prepare (db, "SELECT id FROM name WHERE " OF_NAME, registry_id, kind, name, error);
  gboolean is_row = FALSE;

  if (statement == NULL || !strata_index_db_step (db, statement, &is_row, error))
    return 0;
  if (!is_row)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("%s is not in the list of the registry"), name);

  return is_row ? sqlite3_column_int64 (statement, 0) : 0;
}

/**
 * strata_index_set_kept:
 * @self: an index
 * @registry_id: a registry
 * @kind: a pack or a chart
 * @name: what it is called
 * @version: which version
 * @kept: whether its bytes are kept on this disk
 * @error: return location for a [error@Error]
 *
 * Notes for searches and lists whether a version is kept offline. The index is a cache: who keeps the bytes has to say so
 * again after it was made anew. May be called from any thread.
 *
 * Returns: whether it is noted; else `NOT_FOUND`, `BUSY`, `CORRUPT`, `FORBIDDEN` or `DISK`
 */
gboolean
strata_index_set_kept (StrataIndex      *self,
                       const char       *registry_id,
                       StrataLayerKind   kind,
                       const char       *name,
                       const char       *version,
                       gboolean          kept,
                       GError          **error)
{
  g_return_val_if_fail (
    STRATA_IS_INDEX (self) && registry_id != NULL && name != NULL && version != NULL, FALSE);

  g_autoptr(StrataIndexDb) db = strata_index_borrow (self, NULL, error);

  if (db == NULL || !strata_index_db_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  gint64 id = find_name (db, registry_id, kind, name, error);
  g_autoptr(sqlite3_stmt) statement =
    id != 0 ? strata_index_db_prepare (
                db, "UPDATE version SET kept = ?3 WHERE name = ?1 AND version = ?2", error)
            : NULL;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text (statement, 2, version, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, kept);

  return strata_index_db_finish (db, statement, error) &&
         strata_index_refresh (db, &id, 1, error) && strata_index_commit (db, error);
}
