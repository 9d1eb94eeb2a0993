/* strata-index-commit.c - the end of a writer: what is gone is marked, and readers see all of it at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-index-writer-private.h"

/* Every version that was there and was not added now. */
static gboolean
mark_gone (StrataIndexWriter  *self,
           GError            **error)
{
  g_autoptr(sqlite3_stmt) old =
    strata_index_db_prepare (self->db,
                             "SELECT version.id, name.id FROM name CROSS JOIN version INDEXED BY "
                             "version_by_key ON version.name = name.id"
                             " WHERE name.registry = ? AND version.gone = 0",
                             error);
  g_autoptr(sqlite3_stmt) mark =
    old != NULL
      ? strata_index_db_prepare (self->db,
                                 self->forgets_gone ? "DELETE FROM version WHERE id = ?1"
                                                    : "UPDATE version SET gone = ?2 WHERE id = ?1",
                                 error)
      : NULL;
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean is_row = mark != NULL;

  if (mark == NULL)
    return FALSE;

  sqlite3_bind_int64 (old, 1, self->registry);
  while (is_row)
    {
      if (!strata_index_db_step (self->db, old, &is_row, error))
        return FALSE;

      gint64 id = sqlite3_column_int64 (old, 0);

      if (!is_row || strata_index_bits_has (self->seen, id))
        continue;
      g_array_append_val (gone, id);
      strata_index_bits_add (self->touched, sqlite3_column_int64 (old, 1));
    }

  self->counts.n_gone = gone->len;
  sqlite3_bind_int64 (mark, 2, self->now);
  for (guint i = 0; i < gone->len; i++)
    {
      sqlite3_bind_int64 (mark, 1, g_array_index (gone, gint64, i));
      if (!strata_index_db_finish (self->db, mark, error))
        return FALSE;
    }

  return TRUE;
}

/* A server that answers with an empty or a cut list must not cost what was known. */
static gboolean
check_believable (StrataIndexWriter  *self,
                  GError            **error)
{
  guint n_here = self->counts.n_versions;
  guint n_before = n_here - self->counts.n_new + self->counts.n_gone;

  if (n_before == 0 || n_here * 2 >= n_before)
    return TRUE;

  g_set_error (
    error, STRATA_ERROR, STRATA_ERROR_CONFLICT,
    g_dngettext (
      GETTEXT_PACKAGE,
      "The registry lists %u version now and listed %u before; the old list is kept until you say"
      " that this is right",
      "The registry lists %u versions now and listed %u before; the old list is kept until you say"
      " that this is right",
      n_here),
    n_here, n_before);

  return FALSE;
}

static gboolean
refresh_names (StrataIndexWriter  *self,
               GError            **error)
{
  g_autoptr(GArray) names = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; i < (gint64) self->touched->len * 8; i++)
    if (strata_index_bits_has (self->touched, i))
      g_array_append_val (names, i);

  return strata_index_refresh (self->db, (const gint64 *) (gpointer) names->data, names->len,
                               error);
}

static gboolean
count_names (StrataIndexWriter  *self,
             GError            **error)
{
  g_autoptr(sqlite3_stmt) statement = strata_index_db_prepare (
    self->db, "SELECT count(*) FROM name WHERE registry = ? AND gone = 0", error);
  gboolean is_row = FALSE;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, self->registry);
  if (!strata_index_db_step (self->db, statement, &is_row, error))
    return FALSE;

  self->counts.n_names = (guint) sqlite3_column_int64 (statement, 0);

  return TRUE;
}

static gboolean
write_source (StrataIndexWriter  *self,
              GError            **error)
{
  g_autoptr(sqlite3_stmt) statement = strata_index_db_prepare (
    self->db,
    "UPDATE registry SET etag = ?2, last_modified = ?3, digest = ?4, synced_at = ?5,"
    " n_names = ?6, n_versions = ?7, warnings = ?8, error = NULL, error_code = 0,"
    " failing_since = 0, url = ?9 WHERE id = ?1",
    error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, self->registry);
  sqlite3_bind_text (statement, 2, self->etag, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, self->last_modified, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, self->digest, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, self->now);
  sqlite3_bind_int64 (statement, 6, self->counts.n_names);
  sqlite3_bind_int64 (statement, 7, self->counts.n_versions);
  sqlite3_bind_text (statement, 8, self->warnings->str, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 9, self->url, -1, SQLITE_STATIC);

  return strata_index_db_finish (self->db, statement, error);
}

/**
 * strata_index_writer_commit:
 * @self: a writer
 * @believe: whether to take the list also when it is much shorter than before
 * @counts: (out) (optional): what changed; set also when the list is not believed
 * @error: return location for a [error@Error]
 *
 * Puts what was added in place of what was there. Versions that are there no more stay, marked with the time they went.
 * A list with less than half of the versions before is not believed: a server that fails often says that it has nothing.
 *
 * Returns: whether it is in place; `CONFLICT` when it is not believed, else `BUSY`, `CORRUPT`, `DISK` or cancelled, and
 *   the index is as it was
 */
gboolean
strata_index_writer_commit (StrataIndexWriter  *self,
                            gboolean            believe,
                            StrataIndexCounts  *counts,
                            GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  gboolean done = mark_gone (self, error) && (believe || check_believable (self, error)) &&
                  refresh_names (self, error) && count_names (self, error) &&
                  write_source (self, error) && strata_index_commit (self->db, error);

  if (done)
    strata_index_db_settle (self->db);
  if (counts != NULL)
    *counts = self->counts;

  return done;
}
