/* test-sandbox-faults.c - a sandbox console under too much, under nonsense, and when it was asked to fail
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-sandbox-rate.h"

#define SECOND G_TIME_SPAN_SECOND

static guint
take_all (StrataSandboxRate *rate,
          const char        *path,
          gint64             now)
{
  guint n = 0;

  while (strata_sandbox_rate_take (rate, path, now) && n < 10000)
    n++;

  return n;
}

/* Time is given, so that no machine is too slow for it. */
static void
test_rate (void)
{
  g_autoptr(StrataSandboxRate) rate = strata_sandbox_rate_new ();
  gint64 start = 1000 * SECOND;

  g_assert_cmpuint (take_all (rate, "/v1/clusterprofiles/x/packs", start), ==, 250);
  g_assert_cmpuint (take_all (rate, "/v1/clusterprofiles", start + SECOND), ==, 50);
  g_assert_cmpuint (take_all (rate, "/v1/dashboard/clusterprofiles", start + SECOND), ==, 50);
  g_assert_cmpuint (take_all (rate, "/v1/dashboard/edgehosts/search", start + 2 * SECOND), ==, 10);
  g_assert_cmpuint (take_all (rate, "/v1/edgehosts/x", start + 2 * SECOND), ==, 50);
  g_assert_cmpuint (take_all (rate, "/v1/edgehosts/x", start + 3600 * SECOND), ==, 50);
  g_assert_cmpuint (take_all (rate, "/v1/permissions", start), ==, 50);
  g_assert_cmpuint (take_all (rate, "/registry/charts/index.yaml", start), ==, 10000);
}

static void
limited (StrataSandboxOptions *options)
{
  options->no_rate_limit = FALSE;
}

#define MANY 300
#define PER_SECOND 10

/* A machine on which so many take so long that they are allowed has nothing to be refused. */
static void
test_too_many (Sandbox       *self,
               gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();
  guint status = 200;

  for (guint i = 0; i < MANY && status == 200; i++)
    {
      g_autoptr(GBytes) reply = sandbox_send (self, "GET", "/v1/users/info", NULL, &status);
    }

  if (status == 200 && g_get_monotonic_time () - start > (MANY / PER_SECOND - 6) * SECOND)
    g_test_skip ("this machine is too slow for too many requests");
  else
    g_assert_cmpuint (status, ==, 429);
}

static void
failing (StrataSandboxOptions *options)
{
  options->fail_rate = 0.5;
  options->fail_seed = 7;
}

/* What became of some requests: an answer, an error of the server, a cut connection. */
static char *
dup_outcomes (Sandbox *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 40; i++)
    {
      guint status;
      /* Not to be repeated by the client when the connection is cut. */
      g_autoptr(GBytes) reply =
        sandbox_send (self, "POST", "/v1/dashboard/clusterprofiles", "{}", &status);

      g_string_append_c (text, status == 200 ? '.' : status == 0 ? 'x' : '5');
    }

  return g_string_free (text, FALSE);
}

static void
test_fails (Sandbox       *self,
            gconstpointer  data)
{
  g_autofree char *first = dup_outcomes (self);

  sandbox_restart (self);
  g_autofree char *second = dup_outcomes (self);

  g_test_message ("%s", first);
  g_assert_cmpstr (first, ==, second);
  g_assert_nonnull (strchr (first, '.'));
  g_assert_nonnull (strchr (first, 'x'));
  g_assert_nonnull (strchr (first, '5'));
}

/* Of what seems to have failed some was done: a client must look before it tries again. */
static void
test_done_and_cut (Sandbox       *self,
                   gconstpointer  data)
{
  guint n_cut = 0, n_done = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *body = g_strdup_printf (
        "{\"metadata\":{\"name\":\"p-%u\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{}}}", i);
      guint status;
      g_autoptr(GBytes) reply = sandbox_send (self, "POST", "/v1/clusterprofiles", body, &status);

      n_cut += status == 0 ? 1 : 0;
      n_done += status == 201 ? 1 : 0;
    }

  self->options.fail_rate = 0;
  sandbox_restart (self);
  g_autoptr(JsonNode) list =
    sandbox_ask (self, 200, "GET", "/v1/dashboard/clusterprofiles/metadata", NULL);

  g_assert_cmpuint (n_cut, >, 0);
  g_assert_cmpuint (sandbox_count (list, "items"), >, n_done);
  g_assert_cmpuint (sandbox_count (list, "items"), <, n_done + n_cut);
}

static void
slow (StrataSandboxOptions *options)
{
  options->latency_ms = 5;
}

static void
test_latency (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autoptr(JsonNode) who = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);

  g_assert_cmpstr (sandbox_get (who, "orgName"), ==, "Sandbox");
}

static void
set_true (gboolean *value)
{
  *value = TRUE;
}

static void
very_slow (StrataSandboxOptions *options)
{
  options->latency_ms = 60000;
}

static void
cancel_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) reply =
    soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  g_assert_null (reply);
  *(gboolean *) data = TRUE;
}

/* It ends while somebody waits for an answer, and is started again. */
static void
test_end_while_slow (Sandbox       *self,
                     gconstpointer  data)
{
  g_autofree char *url =
    g_strconcat (strata_sandbox_get_address (self->sandbox), "/v1/users/info", NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GError) error = NULL;
  gboolean is_over = FALSE, is_sent = FALSE;

  g_signal_connect_swapped (message, "wrote-body", G_CALLBACK (set_true), &is_sent);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, cancel_cb,
                                    &is_over);
  while (!is_sent)
    g_main_context_iteration (NULL, TRUE);
  strata_sandbox_stop (self->sandbox);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  strata_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
}

static void
both (StrataSandboxOptions *options)
{
  failing (options);
  slow (options);
}

/* What is cut has been held back before. */
static void
test_slow_and_failing (Sandbox       *self,
                       gconstpointer  data)
{
  g_autofree char *outcomes = dup_outcomes (self);

  g_assert_nonnull (strchr (outcomes, '.'));
  g_assert_nonnull (strchr (outcomes, 'x'));
}

static void
test_nonsense (Sandbox       *self,
               gconstpointer  data)
{
  static const char *const bodies[] = {
    "",
    "{",
    "null",
    "[]",
    "\"text\"",
    "{\"a\":1}{}",
    "{\"a\":1,\"a\":2}",
    "\xff\xfe",
    "{\"metadata\":",
    "{'a':1}",
  };
  g_autofree char *deep = g_strnfill (100000, '[');

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    sandbox_refuse (self, 400, "InvalidRequestBody", "POST", "/v1/dashboard/clusterprofiles",
                    bodies[i]);
  sandbox_refuse (self, 400, "InvalidRequestBody", "POST", "/v1/clusterprofiles", deep);
}

/* Every member of the wrong type is as if it were not there, and nothing breaks. */
static void
test_wrong_types (Sandbox       *self,
                  gconstpointer  data)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } cases[] = {
    { "POST", "/v1/clusterprofiles", "{\"metadata\":7,\"spec\":[]}" },
    { "POST", "/v1/clusterprofiles",
      "{\"metadata\":{\"name\":[],\"labels\":3},\"spec\":{\"template\":{\"packs\":[7]}}}" },
    { "POST", "/v1/clusterprofiles",
      "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"variables\":[null]}}" },
    { "POST", "/v1/clusterprofiles",
      "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"template\":{\"packs\":[null]}}}" },
    { "POST", "/v1/clusterprofiles/import", "{\"metadata\":[],\"spec\":\"x\"}" },
    { "POST", "/v1/clusterprofiles/import",
      "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"packs\":[7]}}"
      "}" },
    { "POST", "/v1/edgehosts", "{\"metadata\":7}" },
    { "POST", "/v1/edgehosts/register", "{\"spec\":{\"host\":[]}}" },
    { "POST", "/v1/edgehosts/tokens", "{\"metadata\":null}" },
    { "POST", "/v1/dashboard/edgehosts/search",
      "{\"filter\":{\"filterGroups\":[{\"filters\":[null]}]}}" },
    { "POST", "/v1/auth/authenticate", "{\"emailId\":{},\"password\":null}" },
    { "DELETE", "/v1/edgehosts/%00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autoptr(GBytes) reply =
        sandbox_send (self, cases[i].method, cases[i].path, cases[i].body, &status);

      g_test_message ("%s %s: %u", cases[i].path, cases[i].body, status);
      g_assert_cmpuint (status, >=, 400);
      g_assert_cmpuint (status, <, 500);
    }
}

/* What is taken is of the right types when it is shown. */
static void
test_mixed_types (Sandbox       *self,
                  gconstpointer  data)
{
  g_autoptr(JsonNode) made = sandbox_ask (
    self, 201, "POST", "/v1/clusterprofiles",
    "{\"metadata\":{\"name\":\"a\",\"labels\":{\"one\":1,\"two\":\"2\",\"three\":[]},\"annotations\":{\"x\":{}}},"
    "\"spec\":{\"version\":\"1.0.0\",\"template\":{},\"variables\":[{\"name\":\"v\",\"required\":\"yes\","
    "\"displayName\":7,\"options\":[3,{\"value\":\"a\",\"default\":\"no\"}]}]}}");
  g_autofree char *path = g_strconcat ("/v1/clusterprofiles/", sandbox_get (made, "uid"), NULL);
  g_autofree char *variables_path = g_strconcat (path, "/variables", NULL);
  g_autoptr(JsonNode) profile = sandbox_ask (self, 200, "GET", path, NULL);
  g_autoptr(JsonNode) variables = sandbox_ask (self, 200, "GET", variables_path, NULL);

  g_assert_null (sandbox_find (profile, "metadata.labels.one"));
  g_assert_cmpstr (sandbox_get (profile, "metadata.labels.two"), ==, "2");
  g_assert_null (sandbox_find (variables, "variables.0.required"));
  g_assert_cmpuint (sandbox_count (variables, "variables.0.options"), ==, 1);
  g_assert_null (strstr (self->faults->str, "answer of"));
  g_string_truncate (self->faults, 0);  /* the request was wrong on purpose */
}

static void
test_too_large (Sandbox       *self,
                gconstpointer  data)
{
  g_autofree char *body = g_strnfill (17 * 1024 * 1024, ' ');
  guint status;
  g_autoptr(GBytes) reply = sandbox_send (self, "POST", "/v1/clusterprofiles", body, &status);

  /* The answer may be lost when the connection ends before all was sent. */
  g_assert_true (status == 413 || status == 0);
  g_autoptr(JsonNode) who = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);
}

/* The end of it is never sent. */
static void
test_endless (Sandbox       *self,
              gconstpointer  data)
{
  g_autoptr(GUri) uri =
    g_uri_parse (strata_sandbox_get_address (self->sandbox), SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (
    client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, &error);
  static const char head[] =
    "POST /v1/clusterprofiles HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  g_autofree char *chunk = g_strnfill (0x10000 + 9, ' ');

  g_assert_no_error (error);
  memcpy (chunk, "10000\r\n", 7);
  memcpy (chunk + 0x10000 + 7, "\r\n", 2);

  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  gboolean is_open = g_output_stream_write_all (stream, head, sizeof head - 1, NULL, NULL, NULL);

  for (guint i = 0; i < 2000 && is_open; i++)
    is_open = g_output_stream_write_all (stream, chunk, 0x10000 + 9, NULL, NULL, NULL);

  g_assert_false (is_open);
  g_autoptr(JsonNode) who = sandbox_ask (self, 200, "GET", "/v1/users/info", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/faults/rate", test_rate);
  g_test_add ("/sandbox/faults/too-many", Sandbox, limited, sandbox_set_up, test_too_many,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/fails", Sandbox, failing, sandbox_set_up, test_fails,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/done-and-cut", Sandbox, failing, sandbox_set_up, test_done_and_cut,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/latency", Sandbox, slow, sandbox_set_up, test_latency,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/end-while-slow", Sandbox, very_slow, sandbox_set_up,
              test_end_while_slow, sandbox_tear_down);
  g_test_add ("/sandbox/faults/slow-and-failing", Sandbox, both, sandbox_set_up,
              test_slow_and_failing, sandbox_tear_down);
  g_test_add ("/sandbox/faults/nonsense", Sandbox, NULL, sandbox_set_up, test_nonsense,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/wrong-types", Sandbox, NULL, sandbox_set_up, test_wrong_types,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/mixed-types", Sandbox, NULL, sandbox_set_up, test_mixed_types,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/too-large", Sandbox, NULL, sandbox_set_up, test_too_large,
              sandbox_tear_down);
  g_test_add ("/sandbox/faults/endless", Sandbox, NULL, sandbox_set_up, test_endless,
              sandbox_tear_down);

  return g_test_run ();
}
