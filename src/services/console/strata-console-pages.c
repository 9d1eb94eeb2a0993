/* strata-console-pages.c - lists of a console, whole or page by page, and what is in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console"

#include <glib/gi18n-lib.h>

#include "strata-console-private.h"
#include "strata-error.h"
#include "strata-json.h"

#define PAGE "50"  /* the console gives no more, and some of its lists fail when they are asked for more */
#define MAX_ITEMS 200000

/**
 * strata_console_read_int:
 *
 * Returns the number @member of @object (nullable), 0 when there is none.
 */
gint64
strata_console_read_int (JsonObject *object,
                         const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;

  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return (gint64) CLAMP (json_node_get_double (node), 0, (double) G_MAXINT32);

  return json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/**
 * strata_console_read_time:
 *
 * Returns the time @member of @object (nullable) in µs since 1970, 0 when there is none.
 */
gint64
strata_console_read_time (JsonObject *object,
                          const char *member)
{
  g_autoptr(GDateTime) time =
    g_date_time_new_from_iso8601 (strata_json_get_string (object, member), NULL);

  if (time == NULL)
    return 0;

  return g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
}

/* The objects of the list @member, without what is none. */
static GPtrArray *
collect_items (JsonObject *reply,
               const char *member)
{
  GPtrArray *items = g_ptr_array_new ();
  JsonArray *list = strata_json_get_array (reply, member);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (item))
        g_ptr_array_add (items, json_node_get_object (item));
    }

  return items;
}

/**
 * strata_console_list_items:
 *
 * Asks for a list that comes at once. Returns its objects, which live as long as @owner: null and absent is empty.
 */
GPtrArray *
strata_console_list_items (StrataConsole           *self,
                           const StrataConsoleCall *call,
                           const char              *member,
                           JsonNode               **owner,
                           GCancellable            *cancellable,
                           GError                 **error)
{
  JsonObject *reply = strata_console_call_object (self, call, owner, cancellable, error);

  return reply != NULL ? collect_items (reply, member) : NULL;
}

/* Where a list stands between two pages. */
typedef struct
{
  char    *next;     /* (owned) where the next page begins; "" at the end */
  guint    n_taken;
  gboolean is_over;
} Cursor;

static void
take_page (const StrataConsolePages *pages,
           Cursor                   *cursor,
           JsonObject               *reply)
{
  g_autoptr(GPtrArray) items = collect_items (reply, "items");
  JsonObject *meta = strata_json_get_object (reply, "listmeta");
  guint n_new = 0;

  for (guint i = 0; i < items->len; i++)
    if (pages->take (items->pdata[i], pages->take_data))
      n_new++;

  cursor->n_taken += n_new;
  g_free (cursor->next);
  cursor->next = g_strdup (strata_json_get_string (meta, "continue"));

  /* Some lists go round in circles, and say how many there are wrongly: what brings nothing new is the end. */
  cursor->is_over = *cursor->next == '\0' || n_new == 0 ||
                    (pages->most > 0 && cursor->n_taken >= pages->most);

  if (pages->tell != NULL)
    pages->tell (cursor->n_taken,
                 cursor->is_over ? cursor->n_taken
                                 : MAX (cursor->n_taken, (guint) CLAMP (strata_console_read_int (
                                                                          meta, "count"),
                                                                        0, MAX_ITEMS)),
                 pages->tell_data);
}

/**
 * strata_console_read_pages:
 *
 * Asks for a list page by page, until it ends or a page brings nothing new. Returns whether it came whole.
 */
gboolean
strata_console_read_pages (StrataConsole            *self,
                           const StrataConsolePages *pages,
                           GCancellable             *cancellable,
                           GError                  **error)
{
  Cursor cursor = { .next = g_strdup ("") };
  gboolean is_fine = TRUE;

  while (is_fine && !cursor.is_over && cursor.n_taken <= MAX_ITEMS)
    {
      const char *const query[] = { "limit", PAGE, "continue", cursor.next, NULL };
      g_autoptr(JsonNode) owner = NULL;
      StrataConsoleCall call = {
        .method = "POST",
        .path = pages->path,
        .query = query,
        .body = pages->body,
        .is_idempotent = TRUE,
      };
      JsonObject *reply = strata_console_call_object (self, &call, &owner, cancellable, error);

      is_fine = reply != NULL;
      if (is_fine)
        take_page (pages, &cursor, reply);
    }

  g_free (cursor.next);
  if (cursor.n_taken > MAX_ITEMS)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("%s lists more than %d items; look for a part of them"), self->host, MAX_ITEMS);
      return FALSE;
    }

  return is_fine;
}
