/* test-console-redirect.c - a console that points elsewhere does not get a key carried there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"

/* Two consoles, the first of which points to the second. */
typedef struct
{
  ConsoleFixture *first;   /* (owned) */
  ConsoleFixture *second;  /* (owned) */
  char           *line;    /* (owned) */
  ConsoleRoute    routes[4];
} Pair;

static const ConsoleRoute there[] = {
  { "GET /there", 200, "{\"orgName\":\"there\"}" },
  { "POST /there", 200, "{\"Authorization\":\"stolen\"}" },
  { NULL },
};

static void
pair_set_up (Pair          *pair,
             gconstpointer  data)
{
  guint status = GPOINTER_TO_UINT (data);

  pair->second = console_fixture_new (there);
  pair->line = g_strdup_printf ("Location: http://127.0.0.1:%u/there\r\nSet-Cookie: session=sekret-cookie\r\n",
                                web_get_port (pair->second->web));
  pair->routes[0] = (ConsoleRoute){ "POST /v1/auth/authenticate", 200, "{\"Authorization\":\"jwt.sekret.1\"}", NULL, 1 };
  pair->routes[1] = (ConsoleRoute){ "GET *", status, NULL, pair->line };
  pair->routes[2] = (ConsoleRoute){ "POST *", status, NULL, pair->line };
  pair->first = console_fixture_new (pair->routes);
}

static void
pair_tear_down (Pair          *pair,
                gconstpointer  data)
{
  console_fixture_free (pair->first);
  console_fixture_free (pair->second);
  g_free (pair->line);
}

/* No header that says who we are, and no word of what is secret, in any request there. */
static void
assert_nothing_there (Pair *pair)
{
  static const char *const headers[] = { "ApiKey", "Authorization", "Cookie", "Proxy-Authorization", "ProjectUid" };

  for (guint i = 0; i < web_count (pair->second->web); i++)
    for (guint j = 0; j < G_N_ELEMENTS (headers); j++)
      {
        g_autofree char *value = web_dup_header (web_get_request (pair->second->web, i), headers[j]);

        g_assert_null (value);
      }

  g_assert_false (console_fixture_has (pair->second, "sekret"));
  g_assert_false (console_fixture_has (pair->second, "hunter2"));
}

static void
ask (Pair       *pair,
     const char *method,
     GError    **error)
{
  StrataConsoleCall call = { .method = method, .path = "/v1/users/info", .is_idempotent = TRUE };
  g_autoptr(JsonNode) reply = strata_console_call (pair->first->console, &call, NULL, error);
}

static void
test_key_stays (Pair          *pair,
                gconstpointer  data)
{
  g_autofree char *key = NULL;

  ask (pair, "GET", NULL);
  ask (pair, "GET", NULL);

  key = web_dup_header (web_get_request (pair->first->web, 0), "ApiKey");
  g_assert_cmpstr (key, ==, CONSOLE_KEY);
  g_assert_cmpuint (web_count (pair->second->web), ==, 2);
  assert_nothing_there (pair);
}

static void
test_token_stays (Pair          *pair,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  strata_console_sign_in (pair->first->console, "ada@example.com", "hunter2", NULL, NULL, &error);
  g_assert_no_error (error);
  ask (pair, "GET", NULL);

  g_assert_cmpuint (web_count (pair->second->web), ==, 1);
  assert_nothing_there (pair);
}

/* What changes something is not carried elsewhere at all. */
static void
test_change_stays (Pair          *pair,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  ask (pair, "POST", &error);
  if (GPOINTER_TO_UINT (data) != 303)
    g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
  assert_nothing_there (pair);
}

/* Nor the password of who signs in. */
static void
test_password_stays (Pair          *pair,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  pair->first->counts[0] = 1;
  g_assert_false (strata_console_sign_in (pair->first->console, "ada@example.com", "hunter2", NULL, NULL, &error));
  g_assert_nonnull (error);
  assert_nothing_there (pair);
}

/* A cookie that the console sets is not kept, not for itself either. */
static void
test_no_cookies (Pair          *pair,
                 gconstpointer  data)
{
  ask (pair, "GET", NULL);
  ask (pair, "GET", NULL);

  g_assert_false (console_fixture_has (pair->first, "sekret-cookie"));
}

/* Within the console the key goes along. */
static void
test_key_goes_along_at_home (void)
{
  static const ConsoleRoute routes[] = {
    { "GET /v1/users/info", 307, NULL, "Location: /v1/users/here\r\n" },
    { "GET /v1/users/here", 200, "{\"orgName\":\"here\"}" },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };
  g_autoptr(JsonNode) reply = strata_console_call (fixture->console, &call, NULL, &error);
  g_autofree char *key = web_dup_header (console_fixture_find (fixture, "GET /v1/users/here", 0), "ApiKey");

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, CONSOLE_KEY);
}

#define ADD(name, status, test) \
  g_test_add ("/console-redirect/" name "/" #status, Pair, GUINT_TO_POINTER (status), pair_set_up, test, pair_tear_down)
#define ADD_EACH(name, test) \
  ADD (name, 301, test); ADD (name, 302, test); ADD (name, 303, test); ADD (name, 307, test); ADD (name, 308, test)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_EACH ("key-stays", test_key_stays);
  ADD_EACH ("token-stays", test_token_stays);
  ADD_EACH ("change-stays", test_change_stays);
  ADD_EACH ("password-stays", test_password_stays);
  ADD ("no-cookies", 302, test_no_cookies);
  g_test_add_func ("/console-redirect/key-goes-along-at-home", test_key_goes_along_at_home);

  return g_test_run ();
}
