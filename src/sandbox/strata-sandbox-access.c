/* strata-sandbox-access.c - who asks the sandbox console, and for which project
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sandbox-access"

#include "strata-sandbox-access.h"

#include "strata-json.h"
#include "strata-sandbox-session.h"

static void
be_user (StrataSandboxCall *call,
         const char        *project_uid)
{
  call->role = STRATA_SANDBOX_USER;
  g_free (call->project);
  call->project = g_strdup (project_uid != NULL ? project_uid : "");
}

/* An appliance is in the project that its token is for, whatever it says. */
static void
try_device (StrataSandboxCall *call,
            const char        *token)
{
  g_autoptr(sqlite3_stmt) edge = strata_sandbox_db_query (
    call->site->db, "SELECT project FROM token WHERE token = ? AND is_active AND expiry > ?", "si",
    token, strata_sandbox_now ());
  g_autoptr(sqlite3_stmt) host = strata_sandbox_db_query (
    call->site->db, "SELECT project, uid FROM host WHERE token = ?", "s", token);

  if (*token == '\0')
    return;

  if (strata_sandbox_db_next (call->site->db, edge))
    {
      call->role = STRATA_SANDBOX_EDGE;
      g_free (call->project);
      call->project = g_strdup (strata_sandbox_db_column (edge, 0));
    }
  else if (strata_sandbox_db_next (call->site->db, host))
    {
      call->role = STRATA_SANDBOX_HOST;
      g_free (call->project);
      call->project = g_strdup (strata_sandbox_db_column (host, 0));
      call->host = g_strdup (strata_sandbox_db_column (host, 1));
    }
}

/* Finds out who asks. A key goes before a session, as it does in the console. */
void
strata_sandbox_access_identify (StrataSandboxCall *call,
                                const char        *api_key,
                                const char        *authorization,
                                const char        *project_uid)
{
  g_autofree char *session = NULL;

  if (g_strcmp0 (api_key, call->site->api_key) == 0)
    be_user (call, project_uid);
  else if (api_key != NULL)
    try_device (call, api_key);
  else if (authorization != NULL &&
           strata_sandbox_session_check (call->site->secret, authorization,
                                         strata_sandbox_now () / 1000, &session))
    be_user (call, project_uid);
  else if (authorization != NULL)
    try_device (call, authorization);
}

static gboolean
check_device (StrataSandboxCall        *call,
              const StrataSandboxRoute *route)
{
  gboolean is_own = call->role != STRATA_SANDBOX_HOST ||
                    !g_str_has_prefix (route->path, "/v1/edgehosts/{}") ||
                    g_str_equal (call->captures[0], call->host);

  if (route->access == STRATA_SANDBOX_DEVICES && is_own)
    return TRUE;

  strata_sandbox_call_fail (call, 403, "OperationForbidden",
                            "The token of an appliance does not allow this operation");

  return FALSE;
}

/* Whether who asks may ask for @route, in a project that there is; else @call has its answer. */
gboolean
strata_sandbox_access_check (StrataSandboxCall        *call,
                             const StrataSandboxRoute *route)
{
  if (route->access == STRATA_SANDBOX_OPEN)
    return TRUE;

  if (call->role == STRATA_SANDBOX_NOBODY)
    {
      strata_sandbox_call_fail (call, 401, "Unauthorized",
                                "The API key or token is missing, wrong or too old");
      return FALSE;
    }
  if (call->role != STRATA_SANDBOX_USER)
    return check_device (call, route);

  if (*call->project == '\0' ||
      strata_sandbox_db_get_int (call->site->db, "SELECT count(*) FROM project WHERE uid = ?", "s",
                                 call->project) > 0)
    return TRUE;

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "Project %s was not found",
                            call->project);

  return FALSE;
}

static void
answer_token (StrataSandboxCall *call,
              const char        *session)
{
  JsonObject *reply = json_object_new ();
  g_autofree char *token =
    strata_sandbox_session_make (call->site->secret, session, strata_sandbox_now () / 1000);

  json_object_set_string_member (reply, "Authorization", token);
  json_object_set_boolean_member (reply, "isMfa", FALSE);
  strata_sandbox_call_answer (call, reply);
}

/* The password of the sandbox is its API key: a second secret would have to be shown as well. */
static void
sign_in (StrataSandboxCall *call)
{
  JsonObject *body = strata_sandbox_call_get_body (call);
  g_autofree char *session = strata_sandbox_make_uid ();

  if (body == NULL)
    return;

  const char *org = strata_json_get_string (body, "org");

  if (g_str_equal (strata_json_get_string (body, "emailId"), STRATA_SANDBOX_EMAIL) &&
      g_str_equal (strata_json_get_string (body, "password"), call->site->api_key) &&
      (*org == '\0' || g_ascii_strcasecmp (org, STRATA_SANDBOX_ORG) == 0))
    answer_token (call, session);
  else
    strata_sandbox_call_fail (call, 401, "InvalidCredentials",
                              "E-mail, password or organisation is wrong");
}

static void
refresh (StrataSandboxCall *call)
{
  g_autofree char *session = NULL;

  if (strata_sandbox_session_check (call->site->secret, call->captures[0],
                                    strata_sandbox_now () / 1000, &session))
    answer_token (call, session);
  else
    strata_sandbox_call_fail (call, 401, "Unauthorized", "The token is wrong or too old");
}

static void
describe_org (StrataSandboxCall *call)
{
  JsonObject *reply = json_object_new ();

  json_object_set_string_member (reply, "appEnv", "self-hosted");
  json_object_set_string_member (reply, "authType", "password");
  json_object_set_string_member (reply, "orgName", STRATA_SANDBOX_ORG);
  json_object_set_string_member (reply, "redirectUrl", "");
  strata_sandbox_call_answer (call, reply);
}

static void
who_am_i (StrataSandboxCall *call)
{
  JsonObject *reply = json_object_new ();

  json_object_set_string_member (reply, "orgName", STRATA_SANDBOX_ORG);
  json_object_set_string_member (reply, "tenantUid", STRATA_SANDBOX_TENANT_UID);
  json_object_set_string_member (reply, "userUid", STRATA_SANDBOX_USER_UID);
  strata_sandbox_call_answer (call, reply);
}

static JsonObject *
make_metadata (const char *name,
               const char *uid)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "name", name);
  json_object_set_string_member (metadata, "uid", uid);

  return metadata;
}

static gboolean
is_known (StrataSandboxCall *call,
          const char        *what,
          const char        *uid)
{
  if (g_str_equal (call->captures[0], uid))
    return TRUE;

  strata_sandbox_call_fail (call, 404, "ResourceNotFound", "%s %s was not found", what,
                            call->captures[0]);

  return FALSE;
}

static void
get_user (StrataSandboxCall *call)
{
  if (!is_known (call, "User", STRATA_SANDBOX_USER_UID))
    return;

  JsonObject *reply = json_object_new ();
  JsonObject *spec = json_object_new ();

  json_object_set_string_member (spec, "emailId", STRATA_SANDBOX_EMAIL);
  json_object_set_string_member (spec, "firstName", "Sandbox");
  json_object_set_string_member (spec, "lastName", "Admin");
  json_object_set_object_member (reply, "metadata",
                                 make_metadata ("Sandbox Admin", STRATA_SANDBOX_USER_UID));
  json_object_set_object_member (reply, "spec", spec);
  strata_sandbox_call_answer (call, reply);
}

static void
get_tenant (StrataSandboxCall *call)
{
  if (!is_known (call, "Tenant", STRATA_SANDBOX_TENANT_UID))
    return;

  JsonObject *reply = json_object_new ();
  JsonObject *spec = json_object_new ();

  json_object_set_string_member (spec, "orgName", STRATA_SANDBOX_ORG);
  json_object_set_string_member (spec, "orgEmailId", STRATA_SANDBOX_EMAIL);
  json_object_set_string_member (spec, "authType", "password");
  json_object_set_object_member (reply, "metadata",
                                 make_metadata (STRATA_SANDBOX_ORG, STRATA_SANDBOX_TENANT_UID));
  json_object_set_object_member (reply, "spec", spec);
  strata_sandbox_call_answer (call, reply);
}

static void
list_projects (StrataSandboxCall *call)
{
  StrataSandboxDb *db = call->site->db;
  JsonArray *items = json_array_new ();
  g_autoptr(sqlite3_stmt) rows = strata_sandbox_db_query (
    db, "SELECT name, uid FROM project WHERE ?1 = '' OR name = ?1 ORDER BY name COLLATE NOCASE",
    "s", strata_sandbox_call_get_query (call, "name"));

  while (strata_sandbox_db_next (db, rows))
    {
      JsonObject *item = json_object_new ();

      json_object_set_object_member (
        item, "metadata",
        make_metadata (strata_sandbox_db_column (rows, 0), strata_sandbox_db_column (rows, 1)));
      json_array_add_object_element (items, item);
    }

  strata_sandbox_call_answer_list (call, "items", items);
}

static void
say_version (StrataSandboxCall *call)
{
  JsonObject *reply = json_object_new ();

  json_object_set_string_member (reply, "version", STRATA_SANDBOX_VERSION);
  strata_sandbox_call_answer (call, reply);
}

const StrataSandboxRoute strata_sandbox_access_routes[] = {
  { "POST", "/v1/auth/authenticate", STRATA_SANDBOX_OPEN, sign_in },
  { "GET", "/v1/auth/refresh/{}", STRATA_SANDBOX_OPEN, refresh },
  { "GET", "/v1/auth/org", STRATA_SANDBOX_OPEN, describe_org },
  { "GET", "/v1/users/info", STRATA_SANDBOX_USERS, who_am_i },
  { "GET", "/v1/users/{}", STRATA_SANDBOX_USERS, get_user },
  { "GET", "/v1/tenants/{}", STRATA_SANDBOX_USERS, get_tenant },
  { "GET", "/v1/dashboard/projects/metadata", STRATA_SANDBOX_USERS, list_projects },
  { "GET", "/v1/system/version/installed", STRATA_SANDBOX_USERS, say_version },
  { NULL },
};
