/* strata-sandbox-event.c - what happened with the appliances of the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-event"

#include "strata-sandbox-event.h"

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-page.h"
#include "strata-sandbox-routes.h"

#define MAX_PER_HOST 100
#define COLUMNS "host, created, severity, reason, message"

enum
{
  COLUMN_HOST = STRATA_SANDBOX_PAGE_FIRST,
  COLUMN_CREATED,
  COLUMN_SEVERITY,
  COLUMN_REASON,
  COLUMN_MESSAGE,
};

/* Returns: (transfer full): an event, which strata_sandbox_event_add() takes */
StrataSandboxEvent *
strata_sandbox_event_new (const char *severity,
                          const char *reason,
                          const char *format,
                          ...)
{
  StrataSandboxEvent *self = g_new0 (StrataSandboxEvent, 1);
  va_list values;

  va_start (values, format);
  self->message = g_strdup_vprintf (format, values);
  va_end (values);
  self->severity = g_strdup (severity);
  self->reason = g_strdup (reason);

  return self;
}

void
strata_sandbox_event_free (StrataSandboxEvent *self)
{
  g_free (self->severity);
  g_free (self->reason);
  g_free (self->message);
  g_free (self);
}

/* Writes @event down, and takes it; the oldest of an appliance are forgotten. */
void
strata_sandbox_event_add (StrataSandboxDb    *db,
                          const char         *host,
                          gint64              time,
                          StrataSandboxEvent *event)
{
  g_autofree char *uid = strata_sandbox_make_uid ();

  strata_sandbox_db_run (db, "INSERT INTO event (uid, " COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)",
                         "ssisss", uid, host, time, event->severity, event->reason, event->message);
  strata_sandbox_db_run (
    db,
    "DELETE FROM event WHERE host = ?1 AND created < (SELECT created FROM event WHERE host = ?1"
    " ORDER BY created DESC LIMIT 1 OFFSET " G_STRINGIFY (MAX_PER_HOST) ")",
    "s", host);
  strata_sandbox_event_free (event);
}

/* `v1Event`. */
static JsonObject *
make_event (StrataSandboxCall *call,
            sqlite3_stmt      *row)
{
  JsonObject *item = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *involved = json_object_new ();
  JsonObject *source = json_object_new ();
  const char *host = strata_sandbox_db_column (row, COLUMN_HOST);

  json_object_set_string_member (metadata, "uid", strata_sandbox_db_column (row, 1));
  strata_sandbox_json_set_time (metadata, "creationTimestamp",
                                sqlite3_column_int64 (row, COLUMN_CREATED));
  strata_sandbox_json_set_time (metadata, "lastModifiedTimestamp",
                                sqlite3_column_int64 (row, COLUMN_CREATED));
  json_object_set_string_member (involved, "kind", "edgehost");
  json_object_set_string_member (involved, "name", host);
  json_object_set_string_member (involved, "uid", host);
  json_object_set_string_member (source, "component", "strata-sandbox");
  json_object_set_object_member (item, "metadata", metadata);
  json_object_set_object_member (item, "involvedObject", involved);
  json_object_set_object_member (item, "source", source);
  json_object_set_string_member (item, "severity", strata_sandbox_db_column (row, COLUMN_SEVERITY));
  json_object_set_string_member (item, "reason", strata_sandbox_db_column (row, COLUMN_REASON));
  json_object_set_string_member (item, "message", strata_sandbox_db_column (row, COLUMN_MESSAGE));

  return item;
}

/* The newest first. */
static void
list_events (StrataSandboxCall *call)
{
  g_auto(StrataSandboxPage) page = { 0 };
  gboolean is_there =
    g_str_equal (call->captures[0], "edgehost") &&
    strata_sandbox_db_get_int (call->site->db,
                               "SELECT count(*) FROM host WHERE uid = ?1 AND ?2 IN ('',"
                               " project)",
                               "ss", call->captures[1], call->project) > 0;

  strata_sandbox_page_init (&page, "event", COLUMNS);
  strata_sandbox_page_also (&page, "host = ?", call->captures[1]);
  page.key = "created";
  page.is_text = FALSE;
  page.descending = TRUE;
  if (is_there)
    strata_sandbox_page_answer (&page, call, make_event);
  else
    strata_sandbox_call_fail (call, 404, "ResourceNotFound", "%s %s was not found",
                              call->captures[0], call->captures[1]);
}

const StrataSandboxRoute strata_sandbox_event_routes[] = {
  { "GET", "/v1/events/components/{}/{}", STRATA_SANDBOX_USERS, list_events },
  { NULL },
};
