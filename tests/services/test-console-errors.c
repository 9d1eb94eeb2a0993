/* test-console-errors.c - what a person can do about a refusal, where it was asked for, and nothing secret in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"

#define REF "ref-0123456789abcdef01234567"
#define LONG "0123456789012345678901234567890123456789"

static GMutex   log_mutex;
static GString *logged;  /* (owned) all that was logged */

static GLogWriterOutput
keep_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&log_mutex);

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append (logged, fields[i].value);

  return G_LOG_WRITER_HANDLED;
}

/* What is not structured has a way of its own in newer versions of GLib. */
static void
keep_plain_log (const char     *domain,
                GLogLevelFlags  level,
                const char     *message,
                gpointer        data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&log_mutex);

  g_string_append (logged, message);
}

static GError *
fail (StrataConsole *console)
{
  GError *error = NULL;
  StrataConsoleCall call = { .path = "/v1/clusterprofiles/x" };

  g_assert_null (strata_console_call (console, &call, NULL, &error));
  g_assert_nonnull (error);
  g_test_message ("%s [%s]", error->message, strata_error_get_details (error));

  return error;
}

typedef struct
{
  const char *name;
  guint       status;
  const char *code;  /* what the console calls it */
  StrataError kind;
} StatusCase;

static const StatusCase statuses[] = {
  { "400", 400, "ValidationError", STRATA_ERROR_INVALID },
  { "401", 401, "AuthenticationFailed", STRATA_ERROR_SIGN_IN },
  { "403", 403, "OperationForbidden", STRATA_ERROR_FORBIDDEN },
  { "404", 404, "ResourceNotFound", STRATA_ERROR_NOT_FOUND },
  { "405", 405, "MethodNotAllowed", STRATA_ERROR_BAD_REPLY },
  { "409", 409, "Conflict", STRATA_ERROR_CONFLICT },
  { "410", 410, "Gone", STRATA_ERROR_NOT_FOUND },
  { "413", 413, "TooLarge", STRATA_ERROR_TOO_LARGE },
  { "418", 418, "Teapot", STRATA_ERROR_BAD_REPLY },
  { "422", 422, "ValidationError", STRATA_ERROR_INVALID },
  { "423", 423, "Locked", STRATA_ERROR_BUSY },
  { "429", 429, "TooManyRequests", STRATA_ERROR_BUSY },
  { "500", 500, "StatusInternalServerError", STRATA_ERROR_SERVER },
  { "502", 502, "BadGateway", STRATA_ERROR_SERVER },
  { "503", 503, "Unavailable", STRATA_ERROR_SERVER },
  { "504", 504, "Timeout", STRATA_ERROR_SERVER },
  { "599", 599, "Unknown", STRATA_ERROR_SERVER },
  { "exists", 400, "ClusterProfileAlreadyExists", STRATA_ERROR_CONFLICT },
  { "variables", 422, "PackVariablesUndefined", STRATA_ERROR_INVALID },
  { "broken-exists", 500, "ClusterProfileAlreadyExists", STRATA_ERROR_SERVER },
};

/* Each says the host, the project and what the console says; the reference for support is in the details. */
static void
test_status (gconstpointer data)
{
  const StatusCase *want = data;
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"%s\",\"message\":\"Because so.\",\"ref\":\"" REF "\",\"details\":{\"field\":\"spec\"}}", want->code);
  const ConsoleRoute routes[] = { { "GET *", want->status, body }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);
  const char *details = strata_error_get_details (error);

  g_assert_error (error, STRATA_ERROR, (int) want->kind);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_nonnull (strstr (error->message, "Shops"));
  if (want->kind != STRATA_ERROR_SIGN_IN)
    g_assert_nonnull (strstr (error->message, "Because so."));
  g_assert_nonnull (strstr (details, want->code));
  g_assert_nonnull (strstr (details, "spec"));
  g_assert_nonnull (strstr (details, REF));
}

static void
test_names_uid (void)
{
  static const ConsoleRoute routes[] = { { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(StrataConsole) other = strata_console_with_project (fixture->console, "64eaff453040297344bc0021");
  g_autoptr(StrataConsole) tenant = strata_console_with_project (fixture->console, NULL);
  g_autoptr(GError) uid = fail (other);
  g_autoptr(GError) all = fail (tenant);

  g_assert_nonnull (strstr (uid->message, "64eaff453040297344bc0021"));
  g_assert_nonnull (strstr (all->message, "the tenant"));
}

/* Also when there was no answer. */
static void
test_names_project_without_answer (void)
{
  static const ConsoleRoute routes[] = { { "GET *", CONSOLE_CUT }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
  g_assert_nonnull (strstr (error->message, "Shops"));
}

static const struct
{
  const char *name;
  const char *body;
} echoes[] = {
  { "message", "{\"code\":\"X\",\"message\":\"key " CONSOLE_KEY " is none\"}" },
  { "code", "{\"code\":\"" CONSOLE_KEY "\"}" },
  { "ref", "{\"code\":\"X\",\"ref\":\"" CONSOLE_KEY "\"}" },
  { "details", "{\"code\":\"X\",\"details\":{\"a\":[{\"b\":\"" CONSOLE_KEY "\"}]}}" },
  { "name", "{\"code\":\"X\",\"details\":{\"" CONSOLE_KEY "\":1}}" },
  { "escaped", "{\"code\":\"X\",\"message\":\"\\u0073ekret-key-0123456789\",\"details\":\"\\u0073ekret-key-0123456789\"}" },
  { "cut", "{\"code\":\"X\",\"message\":\"" LONG LONG LONG LONG LONG LONG LONG LONG LONG "012345678901234567890123456789" CONSOLE_KEY "\"}" },
  { "text", "key " CONSOLE_KEY " is none" },
  { "broken", "{\"message\":\"" CONSOLE_KEY },
  { "list", "[\"" CONSOLE_KEY "\"]" },
};

/* The console says the key back: nobody gets to see it, not a part of it either. */
static void
test_key_is_not_shown (gconstpointer data)
{
  const char *body = data;
  const ConsoleRoute routes[] = { { "GET *", 400, body }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);
  const char *details = strata_error_get_details (error);

  g_assert_null (strstr (error->message, "sekret"));
  if (details != NULL)
    g_assert_null (strstr (details, "sekret"));
}

static void
test_token_is_not_shown (void)
{
  static const ConsoleRoute routes[] = {
    { "POST /v1/auth/authenticate", 200, "{\"Authorization\":\"jwt.sekret.1\"}" },
    { "GET *", 403, "{\"code\":\"X\",\"message\":\"jwt.sekret.1 of sekret-password is none\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);

  strata_console_sign_in (fixture->console, "ada@example.com", "sekret-password", NULL, NULL, NULL);

  g_autoptr(GError) error = fail (fixture->console);

  g_assert_null (strstr (error->message, "sekret"));
  g_assert_null (strstr (strata_error_get_details (error), "sekret"));
}

#define VALUE "high \\\"tide\\\"\\nat the western harbour"  /* as JSON has it */
#define SENDING                                                                                                        \
  "{\"spec\":{\"variables\":[{\"name\":\"a\",\"isSensitive\":true,\"defaultValue\":\"" VALUE "\"},"                              \
  "{\"name\":\"b\",\"isSensitive\":true,\"defaultValue\":\"q7\"},"                                                    \
  "{\"name\":\"c\",\"isSensitive\":true,\"defaultValue\":\"********\"},"                                              \
  "{\"name\":\"d\",\"isSensitive\":false,\"defaultValue\":\"ebb\"}]}}"

static const struct
{
  const char *name;
  const char *body;
  const char *kept;  /* (nullable): what is no secret */
} quotes[] = {
  { "message", "{\"code\":\"X\",\"message\":\"" VALUE " is too long for a, ebb is not\"}", "ebb is not" },
  { "details", "{\"code\":\"X\",\"details\":{\"a\":[\"" VALUE "\"]}}", NULL },
  { "escaped-twice", "{\"code\":\"X\",\"message\":\"high \\\\\\\"tide\\\\\\\"\\\\nat the western harbour is too long\"}", "is too long" },
  { "line", "{\"code\":\"X\",\"message\":\"line 2: at the western harbour\"}", "line 2" },
  { "short", "{\"code\":\"X\",\"message\":\"b is (q7), not aq7 or q78\"}", "not aq7 or q78" },
  { "mask", "{\"code\":\"X\",\"message\":\"******** is no value\"}", "******** is no value" },
  { "cut", "{\"code\":\"X\",\"message\":\"" LONG LONG LONG LONG LONG LONG LONG LONG LONG "01234567890123456789" VALUE "\"}", NULL },
  { "text", VALUE " is too long", NULL },
  { "long-text", LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG
    LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG
    LONG LONG LONG LONG "01234567890123456789" VALUE, NULL },
};

/* What was sent as sensitive is not shown when the console quotes it: by this call, or by one after it. */
static void
test_value_is_not_shown (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const ConsoleRoute routes[] = {
    { "POST /v1/good", 200, "{}" },
    { "POST *", 400, quotes[i].body },
    { "GET *", 400, quotes[i].body },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(StrataConsole) other = strata_console_with_project (fixture->console, NULL);
  g_autoptr(JsonNode) body = json_from_string (SENDING, NULL);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall good = { .method = "POST", .path = "/v1/good", .body = body };
  StrataConsoleCall call = { .method = "POST", .path = "/v1/bad", .body = body };
  g_autoptr(JsonNode) node = strata_console_call (other, &good, NULL, NULL);
  g_autoptr(GError) later = fail (fixture->console);

  g_assert_nonnull (node);
  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));

  const GError *errors[] = { error, later };

  for (guint j = 0; j < G_N_ELEMENTS (errors); j++)
    {
      g_autofree char *all =
        g_strconcat (errors[j]->message, "\n", strata_error_get_details (errors[j]), NULL);

      g_assert_error (errors[j], STRATA_ERROR, STRATA_ERROR_INVALID);
      g_assert_null (strstr (all, "tide"));
      g_assert_null (strstr (all, "harbour"));
      g_assert_null (strstr (all, "(q7)"));
      if (quotes[i].kept != NULL)
        g_assert_nonnull (strstr (all, quotes[i].kept));
    }
}

/* What is redacted of a value is no reason to take a profile that is not there for a wrong key. */
static void
test_value_is_no_key (void)
{
  static const ConsoleRoute routes[] = {
    { "POST *", 404, "{\"code\":\"ResourceNotFound\",\"message\":\"q7 not found\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(JsonNode) body = json_from_string (SENDING, NULL);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .method = "POST", .path = "/v1/bad", .body = body };

  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

/* A console that does not know a key says that nothing of that name is there. */
static void
test_unknown_key (void)
{
  static const ConsoleRoute routes[] = {
    { "GET *", 404, "{\"code\":\"ResourceNotFound\",\"message\":\"ApiKey " CONSOLE_KEY " not found\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

/* What is no error of a console goes to the details as it is, a web page does not. */
static void
test_other_bodies (void)
{
  static const ConsoleRoute text[] = { { "GET *", 500, "out of\r\nmemory" }, { NULL } };
  static const ConsoleRoute nothing[] = { { "GET *", 500 }, { NULL } };
  static const ConsoleRoute nulls[] = { { "GET *", 500, "{\"code\":null,\"message\":null,\"details\":null,\"ref\":null}" }, { NULL } };
  g_autoptr(ConsoleFixture) one = console_fixture_new (text);
  g_autoptr(ConsoleFixture) two = console_fixture_new (nothing);
  g_autoptr(ConsoleFixture) three = console_fixture_new (nulls);
  g_autoptr(GError) first = fail (one->console);
  g_autoptr(GError) second = fail (two->console);
  g_autoptr(GError) third = fail (three->console);

  g_assert_cmpstr (strata_error_get_details (first), ==, "out of  memory");
  g_assert_null (strata_error_get_details (second));
  g_assert_null (strata_error_get_details (third));
}

/* Neither the sentence nor the details grow with what a console says, and both are for eyes. */
static void
test_long_words (void)
{
  g_autofree char *fill = g_strnfill (10000, 'x');
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"X\",\"message\":\"a\\nb\\u202e%s\",\"details\":[\"%s\",\"%s\"]}", fill, fill, fill);
  const ConsoleRoute routes[] = { { "GET *", 422, body }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);

  g_assert_cmpuint (strlen (error->message), <, 800);
  g_assert_cmpuint (strlen (strata_error_get_details (error)), <, 3000);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, "\xe2\x80\xae"));
  g_assert_nonnull (strstr (error->message, "a b"));
}

static const struct
{
  const char *name;
  const char *body;
} nonsense[] = {
  { "words", "welcome" },
  { "half", "{\"items\":[" },
  { "twice", "{}{}" },
  { "bytes", "{\"a\":\"\xff\xfe\"}" },
  { "deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" },
};

static void
test_nonsense (gconstpointer data)
{
  const char *body = data;
  const ConsoleRoute routes[] = { { "GET *", 200, body }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = fail (fixture->console);

  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

/* A hotel asks to sign in. */
static void
test_web_page (void)
{
  static const ConsoleRoute routes[] = {
    { "GET *", 200, "<html>Welcome</html>", "Content-Type: text/html\r\n" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
}

static void
test_bound (void)
{
  static const ConsoleRoute routes[] = { { "GET *", 200, "{\"a\":\"" LONG "\"}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info", .max_size = 20 };

  g_assert_null (strata_console_call (fixture->console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

static void
test_without_words (void)
{
  static const ConsoleRoute routes[] = { { "GET *", 204 }, { "PUT *", 202 }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  StrataConsoleCall get = { .path = "/v1/x" };
  StrataConsoleCall put = { .method = "PUT", .path = "/v1/x" };
  g_autoptr(JsonNode) one = strata_console_call (fixture->console, &get, NULL, NULL);
  g_autoptr(JsonNode) two = strata_console_call (fixture->console, &put, NULL, NULL);

  g_assert_true (JSON_NODE_HOLDS_NULL (one));
  g_assert_true (JSON_NODE_HOLDS_NULL (two));
}

static void
test_audit (void)
{
  static const ConsoleRoute routes[] = {
    { "PUT *", 204, NULL, "AuditUid: 64eaff453040297344bc0099\r\n", 1 },
    { "PUT *", 204 },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autofree char *audit = g_strdup ("old");
  StrataConsoleCall call = { .method = "PUT", .path = "/v1/x", .audit = &audit };

  json_node_unref (strata_console_call (fixture->console, &call, NULL, NULL));
  g_assert_cmpstr (audit, ==, "64eaff453040297344bc0099");
  json_node_unref (strata_console_call (fixture->console, &call, NULL, NULL));
  g_assert_null (audit);
}

/* After all others: nothing that was logged on the way is secret. */
static void
test_log (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&log_mutex);

  g_assert_nonnull (strstr (logged->str, "/v1/clusterprofiles/x"));
  g_assert_null (strstr (logged->str, "sekret"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_writer_func (keep_log, NULL, NULL);
  g_log_set_default_handler (keep_plain_log, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strconcat ("/console-errors/status/", statuses[i].name, NULL);

      g_test_add_data_func (path, &statuses[i], test_status);
    }
  for (guint i = 0; i < G_N_ELEMENTS (echoes); i++)
    {
      g_autofree char *path = g_strconcat ("/console-errors/key-is-not-shown/", echoes[i].name, NULL);

      g_test_add_data_func (path, echoes[i].body, test_key_is_not_shown);
    }
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      g_autofree char *path = g_strconcat ("/console-errors/value-is-not-shown/", quotes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_value_is_not_shown);
    }
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autofree char *path = g_strconcat ("/console-errors/nonsense/", nonsense[i].name, NULL);

      g_test_add_data_func (path, nonsense[i].body, test_nonsense);
    }
  g_test_add_func ("/console-errors/names-uid", test_names_uid);
  g_test_add_func ("/console-errors/names-project-without-answer", test_names_project_without_answer);
  g_test_add_func ("/console-errors/token-is-not-shown", test_token_is_not_shown);
  g_test_add_func ("/console-errors/value-is-no-key", test_value_is_no_key);
  g_test_add_func ("/console-errors/unknown-key", test_unknown_key);
  g_test_add_func ("/console-errors/other-bodies", test_other_bodies);
  g_test_add_func ("/console-errors/long-words", test_long_words);
  g_test_add_func ("/console-errors/web-page", test_web_page);
  g_test_add_func ("/console-errors/bound", test_bound);
  g_test_add_func ("/console-errors/without-words", test_without_words);
  g_test_add_func ("/console-errors/audit", test_audit);
  g_test_add_func ("/console-errors/log", test_log);

  int result = g_test_run ();

  g_string_free (logged, TRUE);

  return result;
}
