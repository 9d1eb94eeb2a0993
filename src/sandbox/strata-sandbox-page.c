/* strata-sandbox-page.c - one page of a list that may be longer than an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-page"

#include "strata-sandbox-page.h"

#include <string.h>

#include "strata-json.h"
#include "strata-sandbox-json.h"

/* Where the page before ended. */
typedef struct
{
  char   *key;     /* (owned) (nullable): NULL for the first page */
  char   *uid;     /* (owned) (nullable) */
  gint64  offset;  /* how many came before */
} Mark;

static void
mark_clear (Mark *self)
{
  g_free (self->key);
  g_free (self->uid);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mark, mark_clear)

void
strata_sandbox_page_init (StrataSandboxPage *self,
                          const char        *table,
                          const char        *columns)
{
  *self = (StrataSandboxPage){ .table = table, .columns = columns, .key = "name", .is_text = TRUE };
  self->where = g_string_new ("1");
  self->values = g_ptr_array_new_with_free_func (g_free);
}

void
strata_sandbox_page_clear (StrataSandboxPage *self)
{
  g_string_free (self->where, TRUE);
  g_ptr_array_unref (self->values);
}

/* Only rows for which @condition, which has one ? for @value, is true. */
void
strata_sandbox_page_also (StrataSandboxPage *self,
                          const char        *condition,
                          const char        *value)
{
  g_string_append_printf (self->where, " AND (%s)", condition);
  g_ptr_array_add (self->values, g_strdup (value));
}

/* `v1FilterString`. */
void
strata_sandbox_page_filter (StrataSandboxPage *self,
                            const char        *column,
                            JsonObject        *filter)
{
  static const struct
  {
    const char *member;
    const char *condition;
  } parts[] = {
    { "eq", "%1$s = ?" },
    { "ne", "%1$s != ?" },
    { "contains", "instr (%1$s, ?) > 0" },
    { "beginsWith", "instr (%1$s, ?) = 1" },
  };
  gboolean ignores_case = filter == NULL || !json_object_has_member (filter, "ignoreCase") ||
                          strata_json_get_bool (filter, "ignoreCase");

  for (gsize i = 0; filter != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      const char *value = strata_json_get_string (filter, parts[i].member);
      g_autofree char *side = g_strdup_printf (ignores_case ? "lower (%s)" : "%s", column);
      g_auto(GStrv) pieces = g_strsplit (parts[i].condition, "%1$s", 2);
      g_autofree char *plain = g_strconcat (pieces[0], side, pieces[1], NULL);
      g_autofree char *small = ignores_case ? g_ascii_strdown (value, -1) : g_strdup (value);

      if (*value != '\0')
        strata_sandbox_page_also (self, plain, small);
    }
}

/* What clients have to take as it is: URL-safe base64 of a JSON array. */
static char *
write_mark (const char *key,
            const char *uid,
            gint64      offset)
{
  g_autoptr(JsonArray) array = json_array_new ();

  json_array_add_string_element (array, key);
  json_array_add_string_element (array, uid);
  json_array_add_int_element (array, offset);

  g_autofree char *text = strata_sandbox_json_write_array (array);

  return g_base64_encode ((const guchar *) text, strlen (text));
}

static gboolean
read_mark (const char *token,
           Mark       *mark)
{
  gsize size;

  if (*token == '\0')
    return TRUE;

  g_autofree char *spaced = g_strdelimit (g_strdup (token), " ", '+');
  g_autofree guchar *bytes = g_base64_decode (spaced, &size);
  g_autoptr(JsonNode) node = strata_json_parse ((const char *) bytes, (gssize) size, NULL);
  JsonArray *array =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (strata_sandbox_json_get_length (array) != 3 ||
      json_node_get_value_type (json_array_get_element (array, 0)) != G_TYPE_STRING ||
      json_node_get_value_type (json_array_get_element (array, 1)) != G_TYPE_STRING ||
      json_node_get_value_type (json_array_get_element (array, 2)) != G_TYPE_INT64)
    return FALSE;

  mark->key = g_strdup (json_array_get_string_element (array, 0));
  mark->uid = g_strdup (json_array_get_string_element (array, 1));
  mark->offset = json_array_get_int_element (array, 2);

  return TRUE;
}

static gint64
count (StrataSandboxPage *self,
       StrataSandboxDb   *db)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", self->table, self->where->str);
  g_autoptr(sqlite3_stmt) statement = strata_sandbox_db_query (db, sql, "");

  for (guint i = 0; statement != NULL && i < self->values->len; i++)
    sqlite3_bind_text (statement, (int) i + 1, self->values->pdata[i], -1, SQLITE_TRANSIENT);

  return strata_sandbox_db_next (db, statement) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* One row more than @limit, which tells whether there is another page. */
static sqlite3_stmt *
find_rows (StrataSandboxPage *self,
           StrataSandboxDb   *db,
           const Mark        *mark,
           gint64             skip,
           gint64             limit)
{
  const char *order = self->descending ? "DESC" : "ASC";
  const char *after = self->descending ? "<" : ">";
  g_autofree char *key = g_strdup_printf (self->is_text ? "%s COLLATE NOCASE" : "%s", self->key);
  g_autofree char *from = mark->key == NULL
                            ? g_strdup ("")
                            : g_strdup_printf (" AND (%s, uid) %s (%s, ?)", key, after,
                                               self->is_text ? "?" : "CAST (? AS INTEGER)");
  g_autofree char *sql = g_strdup_printf (
    "SELECT %s, uid, %s FROM %s WHERE %s%s ORDER BY %s %s, uid %s LIMIT %" G_GINT64_FORMAT
    " OFFSET %" G_GINT64_FORMAT,
    self->key, self->columns, self->table, self->where->str, from, key, order, order, limit + 1,
    skip);
  sqlite3_stmt *statement = strata_sandbox_db_query (db, sql, "");
  int position = 1;

  for (guint i = 0; statement != NULL && i < self->values->len; i++)
    sqlite3_bind_text (statement, position++, self->values->pdata[i], -1, SQLITE_TRANSIENT);
  if (statement != NULL && mark->key != NULL)
    {
      sqlite3_bind_text (statement, position++, mark->key, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (statement, position++, mark->uid, -1, SQLITE_TRANSIENT);
    }

  return statement;
}

static void
answer (StrataSandboxCall *call,
        JsonArray         *items,
        const char        *next,
        gint64             n_all,
        gint64             offset)
{
  JsonObject *reply = json_object_new ();
  JsonObject *meta = json_object_new ();

  json_object_set_string_member (meta, "continue", next != NULL ? next : "");
  json_object_set_int_member (meta, "count", n_all);
  json_object_set_int_member (meta, "limit", json_array_get_length (items));
  json_object_set_int_member (meta, "offset", offset);
  json_object_set_array_member (reply, "items", items);
  json_object_set_object_member (reply, "listmeta", meta);
  strata_sandbox_call_answer (call, reply);
}

/* Answers @call with the page that its query asks for; @func makes an item of each row. */
void
strata_sandbox_page_answer (StrataSandboxPage    *self,
                            StrataSandboxCall    *call,
                            StrataSandboxRowFunc  func)
{
  g_auto(Mark) mark = { 0 };
  g_autofree char *next = NULL;
  g_autofree char *key = NULL;
  g_autofree char *uid = NULL;
  gint64 limit, skip = 0;

  if (!strata_sandbox_call_get_limit (call, &limit))
    return;
  if (!read_mark (strata_sandbox_call_get_query (call, "continue"), &mark))
    {
      strata_sandbox_call_fail (call, 400, "InvalidContinueToken",
                                "continue in query is not from a list of this console");
      return;
    }
  if (mark.key == NULL)
    g_ascii_string_to_signed (strata_sandbox_call_get_query (call, "offset"), 10, 0, G_MAXINT32,
                              &skip, NULL);

  JsonArray *items = json_array_new ();
  g_autoptr(sqlite3_stmt) rows = find_rows (self, call->site->db, &mark, skip, limit);
  gint64 n = 0;

  for (; strata_sandbox_db_next (call->site->db, rows); n++)
    {
      if (n == limit)
        {
          next = write_mark (key, uid, mark.offset + skip + limit);
          break;
        }
      g_free (key);
      g_free (uid);
      key = g_strdup (strata_sandbox_db_column (rows, 0));
      uid = g_strdup (strata_sandbox_db_column (rows, 1));
      json_array_add_object_element (items, func (call, rows));
    }

  answer (call, items, next, count (self, call->site->db), mark.offset + skip + n);
}
