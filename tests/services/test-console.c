/* test-console.c - who is signed in at a console, what is said about it in each request, and when it is forgotten
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"
#include "strata-console-private.h"

#define INFO "GET /v1/users/info"
#define LOGIN "POST /v1/auth/authenticate"

static const char *const tokens[] = {
  "{\"Authorization\":\"jwt.one.1\",\"isMfa\":false}",
  "{\"Authorization\":\"jwt.two.2\",\"isMfa\":false}",
};

static const ConsoleRoute good[] = {
  { INFO, 200, "@users-info.response" },
  { "GET /v1/dashboard/projects/metadata", 200, "@projects-metadata.response" },
  { LOGIN, 200, tokens[0], NULL, 1 },
  { LOGIN, 200, tokens[1] },
  { NULL },
};

static char *
sent (ConsoleFixture *fixture,
      const char     *call,
      guint           number,
      const char     *header)
{
  return web_dup_header (console_fixture_find (fixture, call, number), header);
}

typedef struct
{
  const char *typed;
  const char *address;  /* (nullable) what becomes of it; %NULL when it is refused */
} AddressCase;

static const AddressCase addresses[] = {
  { "console.example", "https://console.example" },
  { " https://Console.Example/ ", "https://console.example" },
  { "https://console.example:8443", "https://console.example:8443" },
  { "https://console.example/palette/", "https://console.example/palette" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
  { "http://[::1]:8080", "http://[::1]:8080" },
  { "http://localhost", "http://localhost" },
  { "http://console.example", NULL },
  { "http://localhost.example", NULL },
  { "http://127.0.0.1.example", NULL },
  { "https://ada:hunter2@console.example", NULL },
  { "https://console.example/?key=1", NULL },
  { "ftp://console.example", NULL },
  { "", NULL },
  { "https://", NULL },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataConsole) console = strata_console_new (addresses[i].typed, NULL, NULL, &error);

      g_test_message ("%s: %s", addresses[i].typed, error != NULL ? error->message : "fine");
      if (addresses[i].address != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (strata_console_get_address (console), ==, addresses[i].address);
          continue;
        }

      g_assert_null (console);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

/* The key in its own header, and the project only where there is one. */
static void
test_headers (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };
  g_autoptr(JsonNode) reply = strata_console_call (fixture->console, &call, NULL, &error);
  g_autofree char *key = sent (fixture, INFO, 0, "ApiKey");
  g_autofree char *project = sent (fixture, INFO, 0, "ProjectUid");
  g_autofree char *token = sent (fixture, INFO, 0, "Authorization");
  g_autofree char *cookie = sent (fixture, INFO, 0, "Cookie");

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, CONSOLE_KEY);
  g_assert_cmpstr (project, ==, CONSOLE_PROJECT);
  g_assert_null (token);
  g_assert_null (cookie);
}

/* What belongs to the tenant is not said to a project; and without a project nothing is. */
static void
test_scope (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(StrataConsole) tenant = strata_console_with_project (fixture->console, NULL);
  g_autoptr(StrataConsole) other = strata_console_with_project (fixture->console, "64eaff453040297344bc0021");
  StrataConsoleCall call = { .path = "/v1/users/info" };
  StrataConsoleCall tenant_call = { .path = "/v1/users/info", .is_tenant = TRUE };

  json_node_unref (strata_console_call (fixture->console, &tenant_call, NULL, NULL));
  json_node_unref (strata_console_call (tenant, &call, NULL, NULL));
  json_node_unref (strata_console_call (other, &call, NULL, NULL));

  g_autofree char *first = sent (fixture, INFO, 0, "ProjectUid");
  g_autofree char *second = sent (fixture, INFO, 1, "ProjectUid");
  g_autofree char *third = sent (fixture, INFO, 2, "ProjectUid");
  g_autofree char *key = sent (fixture, INFO, 2, "ApiKey");

  g_assert_null (first);
  g_assert_null (second);
  g_assert_cmpstr (third, ==, "64eaff453040297344bc0021");
  g_assert_cmpstr (key, ==, CONSOLE_KEY);
}

/* A uid from elsewhere must not become a second header. */
static void
test_project_is_one_header (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(StrataConsole) odd = strata_console_with_project (fixture->console, "x\r\nX-Own: 1");
  StrataConsoleCall call = { .path = "/v1/users/info" };

  json_node_unref (strata_console_call (odd, &call, NULL, NULL));

  g_autofree char *own = sent (fixture, INFO, 0, "X-Own");

  g_assert_null (own);
}

static void
test_who (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(GError) error = NULL;
  g_auto(StrataConsoleUser) user = { 0 };

  fixture->contract = contract_open ();
  if (fixture->contract == NULL)
    return;

  g_assert_true (strata_console_who (fixture->console, &user, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (user.org, ==, "acme");
  g_assert_cmpuint (strlen (user.user_uid), ==, 24);
  g_assert_null (user.email);
}

static void
test_projects (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(GError) error = NULL;

  fixture->contract = contract_open ();
  if (fixture->contract == NULL)
    return;

  g_autoptr(GPtrArray) projects = strata_console_list_projects (fixture->console, NULL, &error);
  g_autofree char *project = sent (fixture, "GET /v1/dashboard/projects/metadata", 0, "ProjectUid");

  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, >=, 1);
  g_assert_cmpuint (strlen (((StrataConsoleProject *) projects->pdata[0])->uid), ==, 24);
  g_assert_null (project);
}

static void
sign_in (ConsoleFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  strata_console_sign_in (fixture->console, "ada@example.com", "hunter2", "acme", NULL, &error);
  g_assert_no_error (error);
}

static void
ask (ConsoleFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };
  g_autoptr(JsonNode) reply = strata_console_call (fixture->console, &call, NULL, &error);

  g_assert_no_error (error);
}

/* The token is sent as it came, without a word before it, and no cookie is asked for. */
static void
test_sign_in (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);

  fixture->contract = contract_open ();
  sign_in (fixture);
  ask (fixture);

  WebRequest *login = console_fixture_find (fixture, LOGIN, 0);
  g_autoptr(JsonNode) body = console_fixture_body (fixture, LOGIN);
  g_autofree char *token = sent (fixture, INFO, 0, "Authorization");
  g_autofree char *key = sent (fixture, INFO, 0, "ApiKey");
  g_autofree char *early = sent (fixture, LOGIN, 0, "ApiKey");
  g_autofree char *project = sent (fixture, LOGIN, 0, "ProjectUid");
  JsonObject *object = json_node_get_object (body);

  g_assert_cmpstr (login->target, ==, "/v1/auth/authenticate?setCookie=false");
  g_assert_cmpstr (json_object_get_string_member (object, "emailId"), ==, "ada@example.com");
  g_assert_cmpstr (json_object_get_string_member (object, "password"), ==, "hunter2");
  g_assert_cmpstr (json_object_get_string_member (object, "org"), ==, "acme");
  g_assert_cmpstr (token, ==, "jwt.one.1");
  g_assert_null (key);
  g_assert_null (early);
  g_assert_null (project);
}

static void
test_token_is_renewed (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);

  strata_console_session_set_lifetime (fixture->console->session, 0);
  sign_in (fixture);
  ask (fixture);

  g_autofree char *token = sent (fixture, INFO, 0, "Authorization");

  g_assert_cmpstr (token, ==, "jwt.two.2");
  g_assert_cmpuint (console_fixture_count (fixture, LOGIN), ==, 2);
}

static void
test_token_lasts (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);

  sign_in (fixture);
  ask (fixture);
  ask (fixture);
  g_assert_cmpuint (console_fixture_count (fixture, LOGIN), ==, 1);
}

/* The clock stands still while the computer sleeps: the console says that the token has ended. */
static void
test_refused_token_is_renewed_once (void)
{
  static const ConsoleRoute routes[] = {
    { LOGIN, 200, tokens[0], NULL, 1 },
    { LOGIN, 200, tokens[1] },
    { INFO, 401, "{\"code\":\"AuthenticationFailed\"}", NULL, 1 },
    { INFO, 200, "{}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);

  sign_in (fixture);
  ask (fixture);

  g_autofree char *first = sent (fixture, INFO, 0, "Authorization");
  g_autofree char *second = sent (fixture, INFO, 1, "Authorization");

  g_assert_cmpstr (first, ==, "jwt.one.1");
  g_assert_cmpstr (second, ==, "jwt.two.2");
  g_assert_cmpuint (web_count (fixture->web), ==, 4);
}

/* What went wrong with signing in again is said once, and of the tenant. */
static void
test_renewal_fails (void)
{
  static const ConsoleRoute routes[] = {
    { LOGIN, 200, tokens[0], NULL, 1 },
    { LOGIN, 403, "{\"code\":\"OperationForbidden\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  strata_console_session_set_lifetime (fixture->console->session, 0);
  sign_in (fixture);
  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "the tenant"));
  g_assert_null (strstr (error->message, "Shops"));
  g_assert_cmpuint (console_fixture_count (fixture, INFO), ==, 0);
}

static void
test_refused_token_is_not_renewed_twice (void)
{
  static const ConsoleRoute routes[] = {
    { LOGIN, 200, tokens[0] },
    { INFO, 401, "{\"code\":\"AuthenticationFailed\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  sign_in (fixture);
  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_cmpuint (console_fixture_count (fixture, INFO), ==, 2);
  g_assert_cmpuint (console_fixture_count (fixture, LOGIN), ==, 2);
}

/* A key cannot be renewed. */
static void
test_refused_key_is_not_repeated (void)
{
  static const ConsoleRoute routes[] = {
    { INFO, 401, "{\"code\":\"AuthenticationFailed\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  g_auto(StrataConsoleUser) user = { 0 };

  g_assert_false (strata_console_who (fixture->console, &user, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_cmpuint (web_count (fixture->web), ==, 1);
}

typedef struct
{
  const char *name;
  guint       status;
  const char *body;
  StrataError code;
  const char *says;
} RefusedCase;

static const RefusedCase refused[] = {
  { "wrong", 401, "{\"code\":\"AuthenticationFailed\",\"message\":\"hunter2 is wrong\"}", STRATA_ERROR_SIGN_IN, "" },
  { "second", 200, "{\"Authorization\":\"jwt\",\"isMfa\":true}", STRATA_ERROR_SIGN_IN, "API key" },
  { "nothing", 200, "{}", STRATA_ERROR_BAD_REPLY, "" },
  { "null", 200, "{\"Authorization\":null}", STRATA_ERROR_BAD_REPLY, "" },
  { "lines", 200, "{\"Authorization\":\"a\\r\\nX-Own: 1\"}", STRATA_ERROR_BAD_REPLY, "" },
  { "list", 200, "[]", STRATA_ERROR_BAD_REPLY, "" },
  { "words", 200, "welcome", STRATA_ERROR_BAD_REPLY, "" },
};

static void
test_sign_in_refused (gconstpointer data)
{
  const RefusedCase *want = data;
  const ConsoleRoute routes[] = { { LOGIN, want->status, want->body }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_console_sign_in (fixture->console, "ada@example.com", "hunter2", NULL, NULL, &error));
  g_test_message ("%s [%s]", error->message, strata_error_get_details (error));
  g_assert_error (error, STRATA_ERROR, (int) want->code);
  g_assert_nonnull (strstr (error->message, want->says));
  g_assert_null (strstr (error->message, "hunter2"));
  if (strata_error_get_details (error) != NULL)
    g_assert_null (strstr (strata_error_get_details (error), "hunter2"));
}

/* Nothing is sent for nobody; who is signed out is so in all projects. */
static void
test_sign_out (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(StrataConsole) other = strata_console_with_project (fixture->console, NULL);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  strata_console_sign_out (other);
  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_cmpuint (web_count (fixture->web), ==, 0);
}

static gpointer
sign_out_cb (gpointer data)
{
  ConsoleFixture *fixture = data;

  while (web_count (fixture->web) == 0)
    g_usleep (1000);
  strata_console_sign_out (fixture->console);

  return NULL;
}

/* Who signs out does not wait for an answer: what is being asked ends, here and in all projects. */
static void
test_sign_out_ends_calls (void)
{
  static const ConsoleRoute routes[] = { { INFO, CONSOLE_SILENCE, NULL, NULL, 1 }, { INFO, 200, "{}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(StrataConsole) other = strata_console_with_project (fixture->console, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("sign out", sign_out_cb, fixture);
  StrataConsoleCall call = { .path = "/v1/users/info" };

  g_assert_null (strata_console_call (other, &call, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_thread_join (thread);

  /* It is over with this: who signs in again is not signed out. */
  g_clear_error (&error);
  g_assert_true (strata_console_set_api_key (fixture->console, "another-key", &error));
  ask (fixture);
}

static void
test_keys (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_console_set_api_key (fixture->console, "two\nlines", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_null (strstr (error->message, "lines"));
  g_assert_true (strata_console_set_api_key (fixture->console, " pasted \n", NULL));
  ask (fixture);

  g_autofree char *key = sent (fixture, INFO, 0, "ApiKey");

  g_assert_cmpstr (key, ==, "pasted");
}

static gpointer
ask_cb (gpointer data)
{
  ask (data);

  return NULL;
}

/* Many find at once that the token has ended: it is asked for once. */
static void
test_threads_renew_together (void)
{
  static const ConsoleRoute routes[] = {
    { LOGIN, 200, tokens[0], NULL, 1 },
    { LOGIN, 200, tokens[1] },
    { INFO, 200, "{}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  GThread *threads[8];

  strata_console_session_set_lifetime (fixture->console->session, 0);
  sign_in (fixture);
  strata_console_session_set_lifetime (fixture->console->session, G_TIME_SPAN_HOUR);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_cb, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (console_fixture_count (fixture, LOGIN), ==, 2);
}

/* Offline nothing connects, whoever asks. */
static void
test_offline (void)
{
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (good);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) login = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  strata_http_set_offline (TRUE);
  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_false (strata_console_sign_in (fixture->console, "a", "b", NULL, NULL, &login));
  strata_http_set_offline (FALSE);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_error (login, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_cmpuint (web_count (fixture->web), ==, 0);
}

/* A name from elsewhere is one step of a path, or nothing. */
static void
test_paths (void)
{
  g_autofree char *plain = strata_console_build_path ("/v1/packs/%s/registries/%s", "a b/c?d#e", "é");
  g_autofree char *up = strata_console_build_path ("/v1/packs/%s", "..");
  g_autofree char *here = strata_console_build_path ("/v1/packs/%s", ".");
  g_autofree char *empty = strata_console_build_path ("/v1/packs/%s", "");

  g_assert_cmpstr (plain, ==, "/v1/packs/a%20b%2Fc%3Fd%23e/registries/%C3%A9");
  g_assert_null (up);
  g_assert_null (here);
  g_assert_null (empty);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console/addresses", test_addresses);
  g_test_add_func ("/console/headers", test_headers);
  g_test_add_func ("/console/scope", test_scope);
  g_test_add_func ("/console/project-is-one-header", test_project_is_one_header);
  g_test_add_func ("/console/who", test_who);
  g_test_add_func ("/console/projects", test_projects);
  g_test_add_func ("/console/sign-in", test_sign_in);
  g_test_add_func ("/console/token-is-renewed", test_token_is_renewed);
  g_test_add_func ("/console/token-lasts", test_token_lasts);
  g_test_add_func ("/console/refused-token-is-renewed-once", test_refused_token_is_renewed_once);
  g_test_add_func ("/console/renewal-fails", test_renewal_fails);
  g_test_add_func ("/console/refused-token-is-not-renewed-twice", test_refused_token_is_not_renewed_twice);
  g_test_add_func ("/console/refused-key-is-not-repeated", test_refused_key_is_not_repeated);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/console/sign-in-refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_sign_in_refused);
    }
  g_test_add_func ("/console/sign-out", test_sign_out);
  g_test_add_func ("/console/sign-out-ends-calls", test_sign_out_ends_calls);
  g_test_add_func ("/console/keys", test_keys);
  g_test_add_func ("/console/threads-renew-together", test_threads_renew_together);
  g_test_add_func ("/console/offline", test_offline);
  g_test_add_func ("/console/paths", test_paths);

  return g_test_run ();
}
