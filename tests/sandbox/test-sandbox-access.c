/* test-sandbox-access.c - who may ask a sandbox console what, and what it says to everybody else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-sandbox-session.h"

#define LOGIN "{\"emailId\":\"%s\",\"password\":\"%s\",\"org\":\"%s\"}"

static void
test_key (Sandbox       *self,
          gconstpointer  data)
{
  g_autoptr(JsonNode) who = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);

  g_assert_cmpstr (sandbox_get (who, "orgName"), ==, "Sandbox");

  self->key = "";
  sandbox_refuse (self, 401, "Unauthorized", "GET", "/v1/users/info", NULL);
  sandbox_refuse (self, 401, "Unauthorized", "POST", "/v1/clusterprofiles",
                  PROFILE ("a", "1.0.0", ""));
  self->key = "wrong";
  sandbox_refuse (self, 401, "Unauthorized", "GET", "/v1/users/info", NULL);
}

static char *
sign_in (Sandbox    *self,
         guint       status,
         const char *email,
         const char *password,
         const char *org)
{
  g_autofree char *body = g_strdup_printf (LOGIN, email, password, org);
  g_autoptr(JsonNode) reply =
    sandbox_ask (self, status, "POST", "/v1/auth/authenticate?setCookie=false", body);

  return g_strdup (sandbox_get (reply, "Authorization"));
}

static void
test_password (Sandbox       *self,
               gconstpointer  data)
{
  const char *key = strata_sandbox_get_api_key (self->sandbox);
  g_autofree char *token = NULL, *refused = NULL, *stranger = NULL, *elsewhere = NULL;

  self->key = "";
  token = sign_in (self, 200, STRATA_SANDBOX_EMAIL, key, "sandbox");
  refused = sign_in (self, 401, STRATA_SANDBOX_EMAIL, "wrong", "");
  stranger = sign_in (self, 401, "else@sandbox.example", key, "");
  elsewhere = sign_in (self, 401, STRATA_SANDBOX_EMAIL, key, "another");

  self->authorization = token;
  g_autoptr(JsonNode) who = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);
  g_autofree char *path = g_strconcat ("/v1/auth/refresh/", token, "?setCookie=false", NULL);
  g_autoptr(JsonNode) renewed = sandbox_ask (self, 200, "GET", path, NULL);

  self->authorization = sandbox_get (renewed, "Authorization");
  g_autoptr(JsonNode) again = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);

  /* One letter of what it says, and the signature is no longer right. */
  token[strlen (token) / 2] = token[strlen (token) / 2] == 'A' ? 'B' : 'A';
  self->authorization = token;
  sandbox_refuse (self, 401, "Unauthorized", "GET", "/v1/users/info", NULL);
}

/* Time is given; a token is good for a quarter of an hour, and for its own claims only. */
static void
test_session (void)
{
  g_autofree char *token = strata_sandbox_session_make ("secret", "one", 1000);
  g_autofree char *later = strata_sandbox_session_make ("other", "one", 5000);
  g_autofree char *session = NULL, *none = NULL;
  g_auto(GStrv) parts = g_strsplit (token, ".", -1);
  g_auto(GStrv) forged = g_strsplit (later, ".", -1);
  g_autofree char *mixed = g_strjoin (".", parts[0], forged[1], parts[2], NULL);
  const char *const bad[] = { later, mixed, "", ".", "a.b", "..", "a.b.c", parts[0] };

  g_assert_true (strata_sandbox_session_check ("secret", token, 1000, &session));
  g_assert_cmpstr (session, ==, "one");
  g_clear_pointer (&session, g_free);
  g_assert_true (
    strata_sandbox_session_check ("secret", token, 1000 + STRATA_SANDBOX_SESSION_S - 1, &session));
  g_assert_false (
    strata_sandbox_session_check ("secret", token, 1000 + STRATA_SANDBOX_SESSION_S, &none));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (strata_sandbox_session_check ("secret", bad[i], 1000, &none));
  g_assert_null (none);
}

static void
test_project (Sandbox       *self,
              gconstpointer  data)
{
  g_autoptr(JsonNode) projects =
    sandbox_ask (self, 200, "GET", "/v1/dashboard/projects/metadata", NULL);

  g_assert_cmpuint (sandbox_count (projects, "items"), ==, 2);
  g_assert_cmpstr (sandbox_get (projects, "items.0.metadata.uid"), ==, STRATA_SANDBOX_PROJECT_UID);

  self->project = "000000000000000000000000";
  sandbox_refuse (self, 404, "ResourceNotFound", "POST", "/v1/dashboard/clusterprofiles", "{}");
}

static void
test_path (Sandbox       *self,
           gconstpointer  data)
{
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/v1/nothing", NULL);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", "/", NULL);
  sandbox_refuse (self, 405, "MethodNotAllowed", "GET", "/v1/edgehosts", NULL);
  g_assert_cmpstr (soup_message_headers_get_one (self->headers, "Allow"), ==, "POST");
  sandbox_refuse (self, 405, "MethodNotAllowed", "DELETE", "/v1/users/info", NULL);
  sandbox_refuse (self, 400, "InvalidPath", "GET", "/v1/clusterprofiles/%ff", NULL);
}

/* A page of the web that got itself a name for this computer has no business here. */
static void
test_other_name (Sandbox       *self,
                 gconstpointer  data)
{
  g_autofree char *url =
    g_strconcat (strata_sandbox_get_address (self->sandbox), "/v1/users/info", NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr(GError) error = NULL;

  soup_message_headers_replace (headers, "ApiKey", strata_sandbox_get_api_key (self->sandbox));
  soup_message_headers_replace (headers, "Host", "rebound.example");

  g_autoptr(GBytes) reply = soup_session_send_and_read (self->session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 421);
}

static void
test_edge_token (Sandbox       *self,
                 gconstpointer  data)
{
  self->key = strata_sandbox_get_token (self->sandbox);
  sandbox_refuse (self, 403, "OperationForbidden", "GET", "/v1/users/info", NULL);
  sandbox_refuse (self, 403, "OperationForbidden", "POST", "/v1/clusterprofiles",
                  PROFILE ("a", "1.0.0", ""));
  sandbox_refuse (self, 403, "OperationForbidden", "DELETE", "/v1/edgehosts/edge-1", NULL);
}

static void
test_token_life (Sandbox       *self,
                 gconstpointer  data)
{
  g_autoptr(JsonNode) made = sandbox_ask (
    self, 201, "POST", "/v1/edgehosts/tokens",
    "{\"metadata\":{\"name\":\"north\"},\"spec\":{\"defaultProjectUid\":\"" STRATA_SANDBOX_LAB_UID
    "\",\"expiry\":\"2099-01-01T00:00:00.000Z\"}}");
  g_autofree char *path = g_strconcat ("/v1/edgehosts/tokens/", sandbox_get (made, "uid"), NULL);
  g_autofree char *state = g_strconcat (path, "/state", NULL);
  g_autoptr(JsonNode) token = sandbox_ask (self, 200, "GET", path, NULL);
  g_autoptr(JsonNode) list = sandbox_ask (self, 200, "GET", "/v1/edgehosts/tokens", NULL);
  g_autofree char *text = g_strdup (sandbox_get (token, "spec.token"));

  g_assert_cmpuint (sandbox_count (list, "items"), ==, 2);
  self->key = text;
  g_autoptr(JsonNode) host =
    sandbox_ask (self, 200, "POST", "/v1/edgehosts/register",
                 "{\"metadata\":{\"uid\":\"edge-1\"},"
                 "\"spec\":{\"host\":{\"hostUid\":\"edge-1\",\"hostAddress\":\"192.0.2.1\"}}}");

  g_assert_cmpstr (sandbox_get (host, "aclmeta.projectUid"), ==, STRATA_SANDBOX_LAB_UID);

  self->key = NULL;
  sandbox_tell (self, 204, "PUT", state, "{\"isActive\":false}");
  self->key = text;
  sandbox_refuse (self, 401, "Unauthorized", "GET", "/v1/edgehosts/edge-1", NULL);

  self->key = NULL;
  sandbox_tell (
    self, 204, "PUT", path,
    "{\"metadata\":{\"name\":\"south\"},\"spec\":{\"expiry\":\"2020-01-01T00:00:00Z\"}}");
  sandbox_tell (self, 204, "PUT", state, "{\"isActive\":true}");
  self->key = text;
  sandbox_refuse (self, 401, "Unauthorized", "GET", "/v1/edgehosts/edge-1", NULL);

  self->key = NULL;
  sandbox_tell (self, 204, "DELETE", path, NULL);
  sandbox_refuse (self, 404, "ResourceNotFound", "GET", path, NULL);
}

/* The same folder is the same console. */
static void
test_restart (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *key = g_strdup (strata_sandbox_get_api_key (self->sandbox));
  g_autofree char *token = g_strdup (strata_sandbox_get_token (self->sandbox));
  g_autofree char *uid = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", uid, NULL);

  sandbox_restart (self);
  g_assert_cmpstr (strata_sandbox_get_api_key (self->sandbox), ==, key);
  g_assert_cmpstr (strata_sandbox_get_token (self->sandbox), ==, token);

  g_autoptr(JsonNode) profile = sandbox_ask (self, 200, "GET", path, NULL);

  g_assert_cmpint (sandbox_get_int (profile, "spec.published.version"), ==, 1);
}

static void
test_two (Sandbox       *self,
          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataSandbox) other = strata_sandbox_new (&self->options, &error);

  g_assert_null (other);
  g_assert_nonnull (strstr (error->message, self->data_dir));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/access/key", Sandbox, NULL, sandbox_set_up, test_key, sandbox_tear_down);
  g_test_add ("/sandbox/access/password", Sandbox, NULL, sandbox_set_up, test_password,
              sandbox_tear_down);
  g_test_add_func ("/sandbox/access/session", test_session);
  g_test_add ("/sandbox/access/project", Sandbox, NULL, sandbox_set_up, test_project,
              sandbox_tear_down);
  g_test_add ("/sandbox/access/path", Sandbox, NULL, sandbox_set_up, test_path, sandbox_tear_down);
  g_test_add ("/sandbox/access/other-name", Sandbox, NULL, sandbox_set_up, test_other_name,
              sandbox_tear_down);
  g_test_add ("/sandbox/access/edge-token", Sandbox, NULL, sandbox_set_up, test_edge_token,
              sandbox_tear_down);
  g_test_add ("/sandbox/access/token-life", Sandbox, NULL, sandbox_set_up, test_token_life,
              sandbox_tear_down);
  g_test_add ("/sandbox/access/restart", Sandbox, NULL, sandbox_set_up, test_restart,
              sandbox_tear_down);
  g_test_add ("/sandbox/access/two", Sandbox, NULL, sandbox_set_up, test_two, sandbox_tear_down);

  return g_test_run ();
}
