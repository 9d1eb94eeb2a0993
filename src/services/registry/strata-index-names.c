/* strata-index-names.c - every name of the index in memory, by the alphabet, so that a keystroke reads no table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include "strata-index-names.h"

#include <string.h>

#define MAX_ID 50000000  /* more names than any index may have: the room by id is bounded by it */
#define NAME_END '\n'    /* never in a name: control characters are no part of one */

static void
names_clear (gpointer data)
{
  StrataIndexNames *self = data;

  g_array_unref (self->rows);
  g_string_free (self->text, TRUE);
  g_free (self->by_id);
  g_ptr_array_unref (self->registries);
  g_ptr_array_unref (self->types);
}

StrataIndexNames *
strata_index_names_ref (StrataIndexNames *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
strata_index_names_unref (StrataIndexNames *self)
{
  g_atomic_rc_box_release_full (self, names_clear);
}

/* Makes a text to search in or with: case makes no difference. */
char *
strata_index_fold (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      return g_utf8_casefold (text, -1);

  return g_ascii_strdown (text, -1);
}

/* The position of @text, which is added when it is new; -1 when there is no room for it. */
static int
find_text (GPtrArray  *texts,
           const char *text)
{
  guint position;

  if (texts->len > 0 && g_str_equal (g_ptr_array_index (texts, texts->len - 1), text))
    return (int) texts->len - 1;
  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, &position))
    return (int) position;
  if (texts->len == STRATA_INDEX_MAX_FACETS)
    return -1;

  g_ptr_array_add (texts, g_strdup (text));

  return (int) texts->len - 1;
}

static const char *
column_text (sqlite3_stmt *statement,
             int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

/* There is room for more registries than anybody adds, and for more types than charts have: those that a stranger makes
 * up beyond that count as none.
 */
static void
read_row (StrataIndexNames *self,
          sqlite3_stmt     *statement,
          GString          *unsorted)
{
  g_autofree char *folded = strata_index_fold (column_text (statement, 3));
  int registry = find_text (self->registries, column_text (statement, 1));
  int type = find_text (self->types, column_text (statement, 4));
  const StrataIndexName row = {
    .id = sqlite3_column_int64 (statement, 0),
    .start = (guint32) unsorted->len,
    .registry = (guint8) registry,
    .type = (guint8) MAX (type, 0),
    .kind = (guint8) sqlite3_column_int (statement, 2),
    .deprecated = sqlite3_column_int (statement, 5) != 0,
    .is_signed = sqlite3_column_int (statement, 6) == 2,
    .kept = sqlite3_column_int (statement, 7) != 0,
    .gone = sqlite3_column_int64 (statement, 8) != 0,
  };

  if (row.id < 0 || row.id > MAX_ID || registry < 0 || unsorted->len > G_MAXUINT32 / 2)
    return;

  g_array_append_val (self->rows, row);
  g_string_append (unsorted, folded);
  g_string_append_c (unsorted, '\0');
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      text)
{
  const StrataIndexName *one = a;
  const StrataIndexName *two = b;
  int order = strcmp ((const char *) text + one->start, (const char *) text + two->start);

  if (order != 0)
    return order;

  return one->registry != two->registry ? one->registry - two->registry
                                        : (one->id > two->id) - (one->id < two->id);
}

/* Puts the names into the order of the rows, and each row where its id finds it. */
static void
arrange (StrataIndexNames *self,
         GString          *unsorted)
{
  g_array_sort_with_data (self->rows, compare_rows, unsorted->str);

  for (guint i = 0; i < self->rows->len; i++)
    self->n_ids = MAX (self->n_ids, (gsize) g_array_index (self->rows, StrataIndexName, i).id + 1);
  self->by_id = g_new (guint32, self->n_ids + 1);
  memset (self->by_id, 0xff, self->n_ids * sizeof *self->by_id);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StrataIndexName *row = &g_array_index (self->rows, StrataIndexName, i);
      const char *name = unsorted->str + row->start;

      row->start = (guint32) self->text->len;
      g_string_append (self->text, name);
      g_string_append_c (self->text, NAME_END);
      self->by_id[row->id] = i;
    }
}

/* Reads all names; @result is what the database said at the end. */
StrataIndexNames *
strata_index_names_new (sqlite3 *db,
                        int     *result)
{
  g_autoptr(StrataIndexNames) self = g_atomic_rc_box_new0 (StrataIndexNames);
  g_autoptr(GString) unsorted = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  self->rows = g_array_new (FALSE, FALSE, sizeof (StrataIndexName));
  self->text = g_string_new (NULL);
  self->registries = g_ptr_array_new_with_free_func (g_free);
  self->types = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->types, g_strdup (""));

  *result =
    sqlite3_prepare_v2 (db,
                        "SELECT name.id, uid, kind, name, type, deprecated, is_signed, kept, gone"
                        " FROM name JOIN registry ON registry.id = name.registry WHERE newest <> 0",
                        -1, &statement, NULL);
  while (*result == SQLITE_OK || *result == SQLITE_ROW)
    {
      *result = sqlite3_step (statement);
      if (*result == SQLITE_ROW)
        read_row (self, statement, unsorted);
    }
  sqlite3_finalize (statement);
  if (*result != SQLITE_DONE)
    return NULL;

  arrange (self, unsorted);

  return g_steal_pointer (&self);
}

static StrataIndexRank
rank_of (const char *name,
         const char *hit,
         gsize       length)
{
  if (hit == name)
    return hit[length] == NAME_END ? STRATA_INDEX_SAME : STRATA_INDEX_STARTS;

  return g_ascii_isalnum (hit[-1]) || (guchar) hit[-1] >= 0x80 ? STRATA_INDEX_INSIDE
                                                               : STRATA_INDEX_WORD;
}

/* One pass over the text. Where a name has @word more than once, the best place counts. */
void
strata_index_names_match (StrataIndexNames *self,
                          const char       *word,
                          guint8           *ranks)
{
  const StrataIndexName *rows = (const StrataIndexName *) (gconstpointer) self->rows->data;
  const char *text = self->text->str;
  const char *end = text + self->text->len;
  const char *hit = text;
  gsize length = strlen (word);
  guint i = 0;

  while ((hit = memmem (hit, (gsize) (end - hit), word, length)) != NULL)
    {
      while (i + 1 < self->rows->len && text + rows[i + 1].start <= hit)
        i++;

      StrataIndexRank rank = rank_of (text + rows[i].start, hit, length);

      ranks[i] = MIN (ranks[i], (guint8) rank);
      hit++;
    }
}
