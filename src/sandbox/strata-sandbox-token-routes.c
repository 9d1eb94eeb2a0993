/* strata-sandbox-token-routes.c - the tokens that appliances register with at the sandbox console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-token-routes"

#include "strata-json.h"
#include "strata-sandbox-json.h"
#include "strata-sandbox-routes.h"

#define SELECT "SELECT t.uid, t.name, t.project, p.name, t.token, t.expiry, t.is_active, t.created FROM token t" \
               " LEFT JOIN project p ON p.uid = t.project"
#define YEAR_MS G_GINT64_CONSTANT (31536000000)

/* `v1EdgeToken`. */
static JsonObject *
make_token (sqlite3_stmt *row)
{
  JsonObject *object = json_object_new ();
  JsonObject *metadata = json_object_new ();
  JsonObject *spec = json_object_new ();
  JsonObject *project = json_object_new ();
  JsonObject *status = json_object_new ();

  json_object_set_string_member (metadata, "uid", strata_sandbox_db_column (row, 0));
  json_object_set_string_member (metadata, "name", strata_sandbox_db_column (row, 1));
  strata_sandbox_json_set_time (metadata, "creationTimestamp", sqlite3_column_int64 (row, 7));
  json_object_set_string_member (project, "uid", strata_sandbox_db_column (row, 2));
  json_object_set_string_member (project, "name", strata_sandbox_db_column (row, 3));
  json_object_set_object_member (spec, "defaultProject", project);
  json_object_set_string_member (spec, "token", strata_sandbox_db_column (row, 4));
  strata_sandbox_json_set_time (spec, "expiry", sqlite3_column_int64 (row, 5));
  json_object_set_boolean_member (status, "isActive", sqlite3_column_int (row, 6) != 0);
  json_object_set_object_member (object, "metadata", metadata);
  json_object_set_object_member (object, "spec", spec);
  json_object_set_object_member (object, "status", status);

  return object;
}

static void
list_tokens (StrataSandboxCall *call)
{
  JsonArray *items = json_array_new ();
  g_autoptr(sqlite3_stmt) rows =
    strata_sandbox_db_query (call->site->db, SELECT " ORDER BY t.created, t.uid", "");

  while (strata_sandbox_db_next (call->site->db, rows))
    json_array_add_object_element (items, make_token (rows));
  strata_sandbox_call_answer_list (call, "items", items);
}

static gboolean
fail_unless_there (StrataSandboxCall *call)
{
  if (strata_sandbox_db_get_int (call->site->db, "SELECT count(*) FROM token WHERE uid = ?", "s",
                                 call->captures[0]) > 0)
    return TRUE;

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Token %s was not found",
                            call->captures[0]);

  return FALSE;
}

static void
get (StrataSandboxCall *call)
{
  g_autoptr(sqlite3_stmt) row =
    strata_sandbox_db_query (call->site->db, SELECT " WHERE t.uid = ?", "s", call->captures[0]);

  if (fail_unless_there (call) && strata_sandbox_db_next (call->site->db, row))
    strata_sandbox_call_answer (call, make_token (row));
}

/* When the token ends: a year from now, where nothing is said. */
static gint64
read_expiry (JsonObject *spec)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time =
    g_date_time_new_from_iso8601 (strata_json_get_string (spec, "expiry"), utc);

  return time != NULL ? g_date_time_to_unix (time) * 1000 : strata_sandbox_now () + YEAR_MS;
}

static void
create (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  JsonObject *spec = strata_json_get_object (body, "spec");
  const char *name = strata_json_get_string (strata_json_get_object (body, "metadata"), "name");
  const char *project = strata_json_get_string (spec, "defaultProjectUid");
  g_autofree char *uid = strata_sandbox_make_uid ();
  g_autofree char *token = strata_sandbox_make_key ();

  if (body == NULL)
    return;
  if (*name == '\0' ||
      (*project != '\0' &&
       strata_sandbox_db_get_int (call->site->db, "SELECT count(*) FROM project WHERE uid = ?", "s",
                                  project) == 0))
    {
      strata_sandbox_call_fail (call, 422, "InvalidEdgeToken",
                                "The token needs a name, and a project that there is");
      return;
    }

  strata_sandbox_db_run (call->site->db, "INSERT INTO token VALUES (?, ?, ?, ?, ?, 1, ?)", "ssssii",
                         uid, name, *project != '\0' ? project : STRATA_SANDBOX_PROJECT_UID, token,
                         read_expiry (spec), strata_sandbox_now ());
  strata_sandbox_call_created (call, uid);
}

static void
update (StrataSandboxCall *call)
{
  JsonObject *body = fail_unless_there (call) ? strata_sandbox_call_get_body (call) : NULL;
  JsonObject *spec = strata_json_get_object (body, "spec");
  const char *name = strata_json_get_string (strata_json_get_object (body, "metadata"), "name");

  if (body == NULL)
    return;

  strata_sandbox_db_run (
    call->site->db,
    "UPDATE token SET name = CASE ?1 WHEN '' THEN name ELSE ?1 END, expiry = ?2"
    " WHERE uid = ?3",
    "sis", name, read_expiry (spec), call->captures[0]);
  strata_sandbox_call_done (call);
}

static void
set_state (StrataSandboxCall *call)
{
  JsonObject *body = fail_unless_there (call) ? strata_sandbox_call_get_body (call) : NULL;

  if (body == NULL)
    return;

  strata_sandbox_db_run (call->site->db, "UPDATE token SET is_active = ? WHERE uid = ?", "is",
                         (gint64) strata_json_get_bool (body, "isActive"), call->captures[0]);
  strata_sandbox_call_done (call);
}

static void
delete (StrataSandboxCall *call)
{
  if (!fail_unless_there (call))
    return;

  strata_sandbox_db_run (call->site->db, "DELETE FROM token WHERE uid = ?", "s", call->captures[0]);
  strata_sandbox_call_done (call);
}

const StrataSandboxRoute strata_sandbox_token_routes[] = {
  { "GET", "/v1/edgehosts/tokens", STRATA_SANDBOX_USERS, list_tokens },
  { "POST", "/v1/edgehosts/tokens", STRATA_SANDBOX_USERS, create },
  { "GET", "/v1/edgehosts/tokens/{}", STRATA_SANDBOX_USERS, get },
  { "PUT", "/v1/edgehosts/tokens/{}", STRATA_SANDBOX_USERS, update },
  { "DELETE", "/v1/edgehosts/tokens/{}", STRATA_SANDBOX_USERS, delete },
  { "PUT", "/v1/edgehosts/tokens/{}/state", STRATA_SANDBOX_USERS, set_state },
  { NULL },
};
