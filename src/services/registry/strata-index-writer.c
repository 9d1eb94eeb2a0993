/* strata-index-writer.c - what a registry offers now, put in place of what it offered before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"
#include "strata-index-writer-private.h"
#include "strata-version.h"

#define MAX_NAME 256
#define MAX_VERSION 256
#define MAX_VERSIONS 2000000
#define MAX_WARNINGS 100  /* kept; all are counted */
#define MAX_WARNING 500

static const char *const statements[STRATA_INDEX_N_STATEMENTS] = {
  [STRATA_INDEX_FIND_NAME] = "SELECT id FROM name WHERE registry = ?1 AND kind = ?2 AND name = ?3",
  [STRATA_INDEX_ADD_NAME] = "INSERT INTO name (registry, kind, name) VALUES (?1, ?2, ?3)",
  [STRATA_INDEX_FIND_VERSION] = "SELECT id, gone, details FROM version WHERE name = ?1 AND key = ?2",
  [STRATA_INDEX_ADD_VERSION] = "INSERT INTO version (name, key, is_release, seen, version, details)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [STRATA_INDEX_CHANGE_VERSION] = "UPDATE version SET gone = 0, details = ?2, earlier_digest = iif (?3 IS NULL, earlier_digest, ?3),"
                     " earlier_seen = iif (?3 IS NULL, earlier_seen, seen), seen = iif (?3 IS NULL, seen, ?4)"
                     " WHERE id = ?1",
};

static gboolean
find_registry (StrataIndexWriter  *self,
               const char         *registry_id,
               GError            **error)
{
  g_autoptr(sqlite3_stmt) statement = strata_index_db_prepare (
    self->db,
    "INSERT INTO registry (uid) VALUES (?) ON CONFLICT (uid) DO UPDATE SET uid = uid"
    " RETURNING id",
    error);
  gboolean is_row = FALSE;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, registry_id, -1, SQLITE_STATIC);
  if (!strata_index_db_step (self->db, statement, &is_row, error))
    return FALSE;

  self->registry = sqlite3_column_int64 (statement, 0);

  return TRUE;
}

static gboolean
prepare (StrataIndexWriter  *self,
         GError            **error)
{
  for (guint i = 0; i < STRATA_INDEX_N_STATEMENTS; i++)
    {
      self->statements[i] = strata_index_db_prepare (self->db, statements[i], error);
      if (self->statements[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * strata_index_begin:
 * @index: an index
 * @registry_id: the registry whose list is read
 * @cancellable: (nullable): to stop it, and all that the writer does
 * @error: return location for a [error@Error]
 *
 * Begins to write down what a registry offers. Every version it has is added, also those that were there before; what is
 * not added is marked as gone by the commit. Until then, and when the writer is freed without it, readers see the index
 * as it was. It waits for another writer, a minute at most.
 *
 * Returns: (transfer full) (nullable): the writer, else `BUSY`, `CORRUPT`, `FORBIDDEN`, `DISK` or cancelled
 */
StrataIndexWriter *
strata_index_begin (StrataIndex   *index,
                    const char    *registry_id,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (STRATA_IS_INDEX (index) && registry_id != NULL, NULL);

  StrataIndexDb *db = strata_index_borrow (index, cancellable, error);

  if (db == NULL)
    return NULL;

  g_autoptr(StrataIndexWriter) self = g_new0 (StrataIndexWriter, 1);

  self->db = db;
  self->now = g_get_real_time () / G_USEC_PER_SEC;
  self->warnings = g_string_new (NULL);
  self->seen = g_byte_array_new ();
  self->touched = g_byte_array_new ();
  self->key = g_string_new (NULL);
  self->details = g_string_new (NULL);

  if (!strata_index_db_run (db, "BEGIN IMMEDIATE", error) ||
      !find_registry (self, registry_id, error) || !prepare (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * strata_index_writer_warn:
 * @self: a writer
 * @warning: what is wrong with the list
 *
 * Notes that something is wrong with what the registry offers. The first warnings are kept with the commit.
 */
void
strata_index_writer_warn (StrataIndexWriter *self,
                          const char        *warning)
{
  g_return_if_fail (self != NULL && warning != NULL);

  if (self->n_warnings == MAX_WARNINGS)
    return;

  g_autofree char *clean = strata_index_clean (warning, MAX_WARNING);

  if (self->n_warnings++ > 0)
    g_string_append_c (self->warnings, '\n');
  g_string_append (self->warnings, clean);
}

/**
 * strata_index_writer_skip:
 * @self: a writer
 * @warning: which version of the registry is not taken, and why
 *
 * Notes a version that is not taken.
 */
void
strata_index_writer_skip (StrataIndexWriter *self,
                          const char        *warning)
{
  g_return_if_fail (self != NULL && warning != NULL);

  self->counts.n_skipped++;
  strata_index_writer_warn (self, warning);
}

/* What has such a name is never looked up by it: it would be shown as another. */
static gboolean
is_clean (const char *text,
          gsize       max)
{
  if (text == NULL || *text == '\0' || strnlen (text, max + 1) > max)
    return FALSE;

  g_autofree char *clean = strata_index_clean (text, max);

  return g_str_equal (clean, text);
}

/* Returns why it cannot be taken, or %NULL. */
static char *
find_fault (StrataIndexWriter      *self,
            const StrataIndexEntry *entry)
{
  g_autofree char *name = strata_index_clean (entry->name != NULL ? entry->name : "", 60);
  g_autofree char *version = strata_index_clean (entry->version != NULL ? entry->version : "", 60);

  if (!is_clean (entry->name, MAX_NAME))
    return g_strdup_printf (_("“%s” is no name of a pack or chart"), name);
  if (!is_clean (entry->version, MAX_VERSION))
    return g_strdup_printf (_("%s: “%s” is no version"), name, version);

  return NULL;
}

static gint64
add_name (StrataIndexWriter  *self,
          GError            **error)
{
  sqlite3_stmt *statement = self->statements[STRATA_INDEX_ADD_NAME];

  sqlite3_bind_int64 (statement, 1, self->registry);
  sqlite3_bind_int (statement, 2, self->kind);
  sqlite3_bind_text (statement, 3, self->name, -1, SQLITE_STATIC);

  return strata_index_db_finish (self->db, statement, error)
           ? sqlite3_last_insert_rowid (self->db->db)
           : 0;
}

static gboolean
find_name (StrataIndexWriter       *self,
           const StrataIndexEntry  *entry,
           GError                 **error)
{
  sqlite3_stmt *statement = self->statements[STRATA_INDEX_FIND_NAME];
  gboolean is_row = FALSE;

  if (self->name != NULL && self->kind == entry->kind && g_str_equal (self->name, entry->name))
    return TRUE;

  g_free (self->name);
  self->name = g_strdup (entry->name);
  self->kind = entry->kind;
  sqlite3_bind_int64 (statement, 1, self->registry);
  sqlite3_bind_int (statement, 2, self->kind);
  sqlite3_bind_text (statement, 3, self->name, -1, SQLITE_STATIC);

  gboolean done = strata_index_db_step (self->db, statement, &is_row, error);

  self->name_id = is_row ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  if (done && !is_row)
    self->name_id = add_name (self, error);

  return self->name_id != 0;
}

/* Rows are numbered from 1 on; in a file of ours there are never so many. */
static gboolean
remember (StrataIndexWriter  *self,
          gint64              version,
          gboolean            has_changed,
          GError            **error)
{
  if (strata_index_bits_add (self->seen, version) &&
      (!has_changed || strata_index_bits_add (self->touched, self->name_id)))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
               _("The list of packs and charts is damaged; delete %s"),
                  strata_index_get_path (self->db->index));

  return FALSE;
}

static gboolean
add_version (StrataIndexWriter       *self,
             const StrataIndexEntry  *entry,
             gboolean                 is_release,
             GError                 **error)
{
  sqlite3_stmt *statement = self->statements[STRATA_INDEX_ADD_VERSION];

  sqlite3_bind_int64 (statement, 1, self->name_id);
  sqlite3_bind_blob64 (statement, 2, self->key->str, self->key->len, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, is_release);
  sqlite3_bind_int64 (statement, 4, self->now);
  sqlite3_bind_text (statement, 5, entry->version, -1, SQLITE_STATIC);
  sqlite3_bind_text64 (statement, 6, self->details->str, self->details->len, SQLITE_STATIC,
                       SQLITE_UTF8);
  if (!strata_index_db_finish (self->db, statement, error))
    return FALSE;

  self->counts.n_new++;

  return remember (self, sqlite3_last_insert_rowid (self->db->db), TRUE, error);
}

/* The digest leads the details; it is remembered when the same version has other bytes now. */
static char *
find_earlier_digest (StrataIndexWriter *self,
                     const char        *before)
{
  gsize length = strcspn (before, "\x1f");

  if (length == 0 || strcspn (self->details->str, "\x1f") == 0 ||
      strncmp (before, self->details->str, length) == 0)
    return NULL;

  return g_strndup (before, length);
}

static gboolean
change_version (StrataIndexWriter  *self,
                gint64              id,
                const char         *before,
                GError            **error)
{
  sqlite3_stmt *statement = self->statements[STRATA_INDEX_CHANGE_VERSION];
  g_autofree char *earlier = find_earlier_digest (self, before);

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_text64 (statement, 2, self->details->str, self->details->len, SQLITE_STATIC,
                       SQLITE_UTF8);
  sqlite3_bind_text (statement, 3, earlier, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, self->now);

  return strata_index_db_finish (self->db, statement, error);
}

/* Most versions of most refreshes end here with nothing written. */
static gboolean
meet_version (StrataIndexWriter       *self,
              const StrataIndexEntry  *entry,
              sqlite3_stmt            *found,
              GError                 **error)
{
  gint64 id = sqlite3_column_int64 (found, 0);
  gboolean was_gone = sqlite3_column_int64 (found, 1) != 0;
  const char *before = (const char *) sqlite3_column_text (found, 2);
  gsize length = (gsize) sqlite3_column_bytes (found, 2);
  gboolean is_same = before != NULL && length == self->details->len &&
                     memcmp (before, self->details->str, length) == 0;

  if (strata_index_bits_has (self->seen, id))
    {
      g_autofree char *warning =
        g_strdup_printf (_("%s %s is listed twice"), entry->name, entry->version);

      self->counts.n_versions--;
      strata_index_writer_skip (self, warning);
      return TRUE;
    }

  self->counts.n_new += was_gone;
  self->counts.n_changed += !was_gone && !is_same;
  if (is_same && !was_gone)
    return remember (self, id, FALSE, error);

  return change_version (self, id, before != NULL ? before : "", error) &&
         remember (self, id, TRUE, error);
}

/**
 * strata_index_writer_add:
 * @self: a writer
 * @entry: what the registry says of one version; its texts are copied
 * @error: return location for a [error@Error]
 *
 * Adds a version that the registry has. The versions of a name had best come one after the other. What is wrong with
 * the entry costs a warning, not the list: a version without a usable name is not taken, one that is listed twice counts
 * once, and a digest that is none is left out.
 *
 * Returns: whether the list can go on; else `TOO_LARGE`, `BUSY`, `CORRUPT`, `DISK` or cancelled, and the writer is of no
 *   use any more
 */
gboolean
strata_index_writer_add (StrataIndexWriter       *self,
                         const StrataIndexEntry  *entry,
                         GError                 **error)
{
  g_return_val_if_fail (self != NULL && entry != NULL, FALSE);

  g_autofree char *fault = find_fault (self, entry);
  sqlite3_stmt *statement = self->statements[STRATA_INDEX_FIND_VERSION];
  gboolean is_row = FALSE;

  if (fault != NULL)
    {
      strata_index_writer_skip (self, fault);
      return TRUE;
    }
  if (++self->counts.n_versions > MAX_VERSIONS)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("The registry lists more than %d versions, which is more than Strata reads"),
                      MAX_VERSIONS);
      return FALSE;
    }
  if (!find_name (self, entry, error))
    return FALSE;

  g_string_truncate (self->key, 0);
  g_string_truncate (self->details, 0);
  strata_index_pack (self->details, entry);

  gboolean is_release = strata_version_append_key (entry->version, self->key);

  sqlite3_bind_int64 (statement, 1, self->name_id);
  sqlite3_bind_blob64 (statement, 2, self->key->str, self->key->len, SQLITE_STATIC);

  gboolean done = strata_index_db_step (self->db, statement, &is_row, error);

  done = done && (is_row ? meet_version (self, entry, statement, error)
                         : add_version (self, entry, is_release, error));
  sqlite3_reset (statement);

  return done;
}

/**
 * strata_index_writer_set_source:
 * @self: a writer
 * @url: (nullable): where the registry is; the others say nothing of another place
 * @etag: (nullable): what the server named the bytes by
 * @last_modified: (nullable): what the server said of their age
 * @digest: (nullable): the SHA-256 of the bytes, in hexadecimal
 *
 * Says what the list was read from; it is kept with the commit.
 */
void
strata_index_writer_set_source (StrataIndexWriter *self,
                                const char        *url,
                                const char        *etag,
                                const char        *last_modified,
                                const char        *digest)
{
  g_return_if_fail (self != NULL);

  g_free (self->url);
  self->url = g_strdup (url);
  g_free (self->etag);
  self->etag = g_strdup (etag);
  g_free (self->last_modified);
  self->last_modified = g_strdup (last_modified);
  g_free (self->digest);
  self->digest = g_strdup (digest);
}

/**
 * strata_index_writer_forget_gone:
 * @self: a writer
 *
 * Makes the commit forget versions that are there no more, where it would keep them and say since when they are gone.
 */
void
strata_index_writer_forget_gone (StrataIndexWriter *self)
{
  g_return_if_fail (self != NULL);

  self->forgets_gone = TRUE;
}

/**
 * strata_index_writer_free:
 * @self: (nullable): a writer
 *
 * Ends it; without a commit before, the index is as it was.
 */
void
strata_index_writer_free (StrataIndexWriter *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < STRATA_INDEX_N_STATEMENTS; i++)
    g_clear_pointer (&self->statements[i], sqlite3_finalize);
  g_clear_pointer (&self->db, strata_index_give_back);
  g_string_free (self->warnings, TRUE);
  g_byte_array_unref (self->seen);
  g_byte_array_unref (self->touched);
  g_free (self->name);
  g_string_free (self->key, TRUE);
  g_string_free (self->details, TRUE);
  g_free (self->url);
  g_free (self->etag);
  g_free (self->last_modified);
  g_free (self->digest);
  g_free (self);
}
