/* test-console-retry.c - when a console is asked again, when it is only looked at, and how fast it is asked at most
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "console-fixture.h"
#include "strata-console-profiles.h"
#include "strata-console-rate.h"
#include "strata-palette.h"

#define GET "GET /v1/x"
#define POST "POST /v1/clusterprofiles"
#define LOOK "GET /v1/dashboard/clusterprofiles/metadata"
#define READ "GET /v1/clusterprofiles/" CONSOLE_PROFILE
#define VARIABLES READ "/variables"
#define REGISTRIES "GET /v1/registries/metadata"
#define PUBLISH "PATCH /v1/clusterprofiles/" CONSOLE_PROFILE "/publish"

#define UID "{\"uid\":\"" CONSOLE_PROFILE "\"}"
#define LISTED \
  "{\"items\":[{\"metadata\":{\"name\":\"web\",\"uid\":\"" CONSOLE_PROFILE "\"},\"spec\":{\"version\":\"1.0.0\"}}]}"
#define NOTHING "{\"items\":null}"
#define HEAD "{\"metadata\":{\"name\":\"web\",\"uid\":\"" CONSOLE_PROFILE "\"},\"spec\":{\"version\":\"1.0.0\","
#define DRAFT HEAD "\"draft\":{\"type\":\"system\",\"cloudType\":\"all\",\"packs\":[]}}}"
#define OTHER HEAD "\"draft\":{\"type\":\"system\",\"cloudType\":\"all\",\"packs\":[{\"name\":\"x\",\"layer\":\"addon\"}]}}}"
#define NONE "{\"variables\":null}"

static JsonNode *
ask (ConsoleFixture *fixture,
     const char     *method,
     gboolean        is_idempotent,
     GError        **error)
{
  StrataConsoleCall call = { .method = method, .path = "/v1/x", .is_idempotent = is_idempotent };

  return strata_console_call (fixture->console, &call, NULL, error);
}

typedef struct
{
  const char *name;
  const char *method;
  gboolean    is_idempotent;
  guint       status;
  guint       n_asked;  /* 3 when it recovers after two failures, 1 when it is not asked again */
} RepeatCase;

static const RepeatCase repeats[] = {
  { "get-502", "GET", FALSE, 502, 3 },
  { "get-503", "GET", FALSE, 503, 3 },
  { "get-504", "GET", FALSE, 504, 3 },
  { "get-429", "GET", FALSE, 429, 3 },
  { "get-cut", "GET", FALSE, CONSOLE_CUT, 3 },
  { "get-500", "GET", FALSE, 500, 1 },
  { "get-501", "GET", FALSE, 501, 1 },
  { "get-404", "GET", FALSE, 404, 1 },
  { "put-503", "PUT", FALSE, 503, 3 },
  { "put-cut", "PUT", FALSE, CONSOLE_CUT, 3 },
  { "delete-503", "DELETE", FALSE, 503, 3 },
  { "patch-503", "PATCH", FALSE, 503, 1 },
  { "patch-same-503", "PATCH", TRUE, 503, 3 },
  { "post-503", "POST", FALSE, 503, 1 },
  { "post-429", "POST", FALSE, 429, 1 },
  { "post-cut", "POST", FALSE, CONSOLE_CUT, 1 },
  { "post-same-503", "POST", TRUE, 503, 3 },
};

static void
test_repeat (gconstpointer data)
{
  const RepeatCase *want = data;
  g_autofree char *call = g_strconcat (want->method, " /v1/x", NULL);
  const ConsoleRoute routes[] = { { call, want->status, NULL, NULL, 2 }, { call, 200, "{}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) reply = ask (fixture, want->method, want->is_idempotent, &error);

  g_assert_cmpuint (web_count (fixture->web), ==, want->n_asked);
  g_assert_cmpint (reply != NULL, ==, want->n_asked == 3);
}

static void
test_gives_up (void)
{
  static const ConsoleRoute routes[] = { { GET, 503, "{\"code\":\"Busy\"}" }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;

  g_assert_null (ask (fixture, "GET", FALSE, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SERVER);
  g_assert_cmpuint (web_count (fixture->web), ==, 6);
}

static gpointer
cancel_cb (gpointer data)
{
  g_usleep (50 * G_TIME_SPAN_MILLISECOND);
  g_cancellable_cancel (data);

  return NULL;
}

/* Nobody waits for the half minute between two attempts when the work is cancelled. */
static void
test_cancel (void)
{
  static const ConsoleRoute routes[] = { { GET, 503 }, { NULL } };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/x" };

  strata_console_set_patience (fixture->console, 60, 30000);

  GThread *thread = g_thread_new ("cancel", cancel_cb, cancellable);

  g_assert_null (strata_console_call (fixture->console, &call, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (web_count (fixture->web), ==, 1);
}

static StrataProfile *
make_profile (void)
{
  return strata_profile_new ("web", "1.0.0");
}

typedef struct
{
  const char  *name;
  ConsoleRoute routes[9];
  gboolean     publish;
  int          code;      /* of the error, or -1 */
  guint        n_posts;
  guint        n_looks;
  guint        n_publishes;
} MakeCase;

static const MakeCase makes[] = {
  { "at-once", { { REGISTRIES, 200, NOTHING }, { POST, 201, UID } }, FALSE, -1, 1, 0, 0 },
  { "upper-case", { { REGISTRIES, 200, NOTHING }, { POST, 201, "{\"UID\":\"" CONSOLE_PROFILE "\"}" } }, FALSE, -1, 1, 0, 0 },
  { "refused", { { REGISTRIES, 200, NOTHING }, { POST, 422 } }, FALSE, STRATA_ERROR_INVALID, 1, 0, 0 },
  { "taken", { { REGISTRIES, 200, NOTHING }, { POST, 409 } }, FALSE, STRATA_ERROR_CONFLICT, 1, 0, 0 },
  { "not-known", { { REGISTRIES, 200, NOTHING }, { POST, 405 } }, FALSE, STRATA_ERROR_BAD_REPLY, 1, 0, 0 },
  { "signed-out", { { REGISTRIES, 200, NOTHING }, { POST, 401 } }, FALSE, STRATA_ERROR_SIGN_IN, 1, 0, 0 },
  { "done-and-cut",
    { { REGISTRIES, 200, NOTHING }, { POST, CONSOLE_CUT }, { LOOK, 200, LISTED }, { READ, 200, DRAFT }, { VARIABLES, 200, NONE } },
    FALSE, -1, 1, 1, 0 },
  { "done-and-busy",
    { { REGISTRIES, 200, NOTHING }, { POST, 504 }, { LOOK, 200, LISTED }, { READ, 200, DRAFT }, { VARIABLES, 200, NONE } },
    FALSE, -1, 1, 1, 0 },
  { "done-and-not-published",
    { { REGISTRIES, 200, NOTHING }, { POST, 500 }, { LOOK, 200, LISTED }, { READ, 200, DRAFT }, { VARIABLES, 200, NONE }, { PUBLISH, 204 } },
    TRUE, -1, 1, 1, 1 },
  { "not-done",
    { { REGISTRIES, 200, NOTHING }, { POST, CONSOLE_CUT, NULL, NULL, 1 }, { POST, 201, UID }, { LOOK, 200, NOTHING } }, FALSE, -1, 2, 1, 0 },
  { "asked-too-often",
    { { REGISTRIES, 200, NOTHING }, { POST, 429, NULL, NULL, 1 }, { POST, 201, UID }, { LOOK, 200, NOTHING } }, FALSE, -1, 2, 1, 0 },
  { "done-late",
    { { REGISTRIES, 200, NOTHING }, { POST, CONSOLE_CUT, NULL, NULL, 1 }, { POST, 409 }, { LOOK, 200, NOTHING, NULL, 1 }, { LOOK, 200, LISTED },
      { READ, 200, DRAFT }, { VARIABLES, 200, NONE } },
    FALSE, -1, 2, 2, 0 },
  { "of-somebody-else",
    { { REGISTRIES, 200, NOTHING }, { POST, CONSOLE_CUT }, { LOOK, 200, LISTED }, { READ, 200, OTHER }, { VARIABLES, 200, NONE } }, FALSE,
    STRATA_ERROR_CONFLICT, 1, 1, 0 },
  { "cannot-look", { { REGISTRIES, 200, NOTHING }, { POST, 500 }, { LOOK, 403 } }, FALSE, STRATA_ERROR_SERVER, 1, 1, 0 },
  { "never", { { REGISTRIES, 200, NOTHING }, { POST, 500 }, { LOOK, 200, NOTHING } }, FALSE, STRATA_ERROR_SERVER, 3, 3, 0 },
  { "no-uid", { { REGISTRIES, 200, NOTHING }, { POST, 201, "{}" }, { LOOK, 200, LISTED }, { READ, 200, DRAFT }, { VARIABLES, 200, NONE } },
    FALSE, -1, 1, 1, 0 },
};

/* What makes something is never asked twice on a guess: it is looked up first. */
static void
test_make (gconstpointer data)
{
  const MakeCase *want = data;
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (want->routes);
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(GError) error = NULL;
  g_autofree char *uid =
    strata_console_create_profile (fixture->console, profile, want->publish, NULL, NULL, &error);

  g_test_message ("%s", error != NULL ? error->message : uid);
  if (want->code < 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (uid, ==, CONSOLE_PROFILE);
    }
  else
    g_assert_error (error, STRATA_ERROR, want->code);

  g_assert_cmpuint (console_fixture_count (fixture, POST), ==, want->n_posts);
  g_assert_cmpuint (console_fixture_count (fixture, LOOK), ==, want->n_looks);
  g_assert_cmpuint (console_fixture_count (fixture, PUBLISH), ==, want->n_publishes);
}

#define COPY "64eaff453040297344bc0009"
#define CLONE "POST /v1/clusterprofiles/" CONSOLE_PROFILE "/clone"

/* A copy is compared with what it is of. */
static void
test_clone (void)
{
  static const ConsoleRoute routes[] = {
    { CLONE, CONSOLE_CUT },
    { LOOK, 200, "{\"items\":[{\"metadata\":{\"name\":\"web\",\"uid\":\"" COPY "\"},\"spec\":{\"version\":\"2.0.0\"}}]}" },
    { READ, 200, DRAFT },
    { VARIABLES, 200, NONE },
    { "GET /v1/clusterprofiles/" COPY, 200,
      "{\"metadata\":{\"name\":\"web\",\"uid\":\"" COPY "\"},\"spec\":{\"version\":\"2.0.0\",\"draft\":{\"type\":\"system\",\"cloudType\":\"all\"}}}" },
    { "GET /v1/clusterprofiles/" COPY "/variables", 200, NONE },
    { NULL },
  };
  g_autoptr(ConsoleFixture) fixture = console_fixture_new (routes);
  g_autoptr(GError) error = NULL;
  g_autofree char *uid = strata_console_clone_profile (fixture->console, CONSOLE_PROFILE, "web", "2.0.0", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (uid, ==, COPY);
  g_assert_cmpuint (console_fixture_count (fixture, CLONE), ==, 1);
}

/* So many at once, and from then on so many in a second; no clock runs here. */
static void
test_rate (gconstpointer data)
{
  const char *path = data;
  gboolean is_fast = g_str_has_prefix (path, "/v1/clusterprofiles") || g_str_has_prefix (path, "/v1/spectro");
  gint64 each = G_TIME_SPAN_SECOND / (is_fast ? 50 : 10);
  g_autoptr(StrataConsoleRate) rate = strata_console_rate_get (path);
  gint64 now = G_TIME_SPAN_HOUR;

  for (gint64 i = 0; i < 4 * G_TIME_SPAN_SECOND / each; i++)
    g_assert_cmpint (strata_console_rate_take (rate, path, now), ==, 0);
  for (gint64 i = 1; i <= 10; i++)
    g_assert_cmpint (strata_console_rate_take (rate, path, now), ==, i * each);

  /* Time heals, but never more than the whole. */
  now += G_TIME_SPAN_DAY;
  for (gint64 i = 0; i < 4 * G_TIME_SPAN_SECOND / each; i++)
    g_assert_cmpint (strata_console_rate_take (rate, path, now), ==, 0);
  g_assert_cmpint (strata_console_rate_take (rate, path, now), ==, each);
}

/* What is below one prefix counts together, another does not; all accounts of a console count together. */
static void
test_rate_is_by_prefix (void)
{
  g_autoptr(StrataConsoleRate) one = strata_console_rate_get ("https://rate.example");
  g_autoptr(StrataConsoleRate) same = strata_console_rate_get ("https://rate.example");
  g_autoptr(StrataConsoleRate) other = strata_console_rate_get ("https://rate.example:8443");

  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpint (strata_console_rate_take (one, "/v1/packs/search", 1), ==, 0);
      g_assert_cmpint (strata_console_rate_take (same, "/v1/packs/a/registries/b", 1), ==, 0);
    }

  g_assert_true (one == same);
  g_assert_cmpint (strata_console_rate_take (one, "/v1/packs", 1), >, 0);
  g_assert_cmpint (strata_console_rate_take (one, "/v1/registries/metadata", 1), ==, 0);
  g_assert_cmpint (strata_console_rate_take (one, "/v1/clusterprofiles", 1), ==, 0);
  g_assert_cmpint (strata_console_rate_take (one, "/v1/clusterprofilesx/a", 1), ==, 0);
  g_assert_cmpint (strata_console_rate_take (other, "/v1/packs", 1), ==, 0);
}

static gpointer
take_cb (gpointer data)
{
  g_autoptr(StrataConsoleRate) rate = strata_console_rate_get ("https://threads.example");
  gint64 *longest = data;

  for (guint i = 0; i < 50; i++)
    {
      gint64 wait = strata_console_rate_take (rate, "/v1/packs", 1);

      *longest = MAX (*longest, wait);
    }

  return NULL;
}

static void
test_rate_of_threads (void)
{
  GThread *threads[4];
  gint64 longest[4] = { 0 };
  gint64 all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("take", take_cb, &longest[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_thread_join (threads[i]);
      all = MAX (all, longest[i]);
    }

  g_assert_cmpint (all, ==, (200 - 40) * G_TIME_SPAN_SECOND / 10);
}

static void
test_rate_is_cancelled (void)
{
  g_autoptr(StrataConsoleRate) rate = strata_console_rate_get ("https://cancel.example");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    strata_console_rate_take (rate, "/v1/packs", g_get_monotonic_time ());

  GThread *thread = g_thread_new ("cancel", cancel_cb, cancellable);

  g_assert_false (strata_console_rate_wait (rate, "/v1/packs", cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const paths[] = {
    "/v1/clusterprofiles", "/v1/clusterprofiles/a/packs/b/manifests", "/v1/spectroclusters/a/profiles",
    "/v1/dashboard/clusterprofiles", "/v1/packs/search", "/v1/unknown", "",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (repeats); i++)
    {
      g_autofree char *path = g_strconcat ("/console-retry/repeat/", repeats[i].name, NULL);

      g_test_add_data_func (path, &repeats[i], test_repeat);
    }
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      g_autofree char *path = g_strconcat ("/console-retry/make/", makes[i].name, NULL);

      g_test_add_data_func (path, &makes[i], test_make);
    }
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = g_strdup_printf ("/console-retry/rate/%u", i);

      g_test_add_data_func (path, paths[i], test_rate);
    }
  g_test_add_func ("/console-retry/gives-up", test_gives_up);
  g_test_add_func ("/console-retry/cancel", test_cancel);
  g_test_add_func ("/console-retry/clone", test_clone);
  g_test_add_func ("/console-retry/rate-is-by-prefix", test_rate_is_by_prefix);
  g_test_add_func ("/console-retry/rate-of-threads", test_rate_of_threads);
  g_test_add_func ("/console-retry/rate-is-cancelled", test_rate_is_cancelled);

  return g_test_run ();
}
