/* test-http-ways.c - redirects that want what is not theirs, and servers that want us to come again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "http-fixture.h"
#include "strata-http-uri.h"

#define AT_ONCE (10 * G_TIME_SPAN_SECOND)  /* and not after the minute that a stall takes */

static gboolean
is_target (WebRequest *request,
           const char *target)
{
  return g_str_equal (request->target, target);
}

/* Sends "/base/go" to where @data says, with the status in front, and answers all else with what it was told. */
static void
point (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  const char *location = data;

  if (is_target (request, "/base/go"))
    web_say (stream, "HTTP/1.1 %.3s Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", location,
             location + 4);
  else
    web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere");
}

/* Two servers, the first of which points to the second. */
typedef struct
{
  Web        *first;   /* (owned) */
  Web        *second;  /* (owned) */
  char       *target;  /* (owned) */
  StrataHttp *http;    /* (owned) */
} Pair;

static void
pair_set_up (Pair          *pair,
             gconstpointer  data)
{
  pair->second = web_start (point, (gpointer) "302 /");
  pair->target = g_strdup_printf ("%s http://127.0.0.1:%u/there", (const char *) data,
                                  web_get_port (pair->second));
  pair->first = web_start (point, pair->target);
  pair->http = http_fixture_open (pair->first);
  http_fixture_sign_in (pair->http);
}

static void
pair_tear_down (Pair          *pair,
                gconstpointer  data)
{
  g_clear_object (&pair->http);
  web_stop (pair->first);
  web_stop (pair->second);
  g_free (pair->target);
}

static void
assert_bare (WebRequest *request)
{
  const char *const secrets[] = { "Authorization", "Proxy-Authorization", "Cookie", "X-Own" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *value = web_dup_header (request, secrets[i]);

      g_assert_null (value);
    }
}

static const char *const own_headers[] = {
  "Cookie", "session=1", "X-Own", "mine", "Proxy-Authorization", "Basic eDp5", NULL,
};

static void
test_credentials_stay (Pair          *pair,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (
    pair->http,
    &(StrataHttpRequest){ .uri = "go", .headers = own_headers, .if_none_match = "\"1\"" }, NULL,
    &error);

  g_assert_no_error (error);

  WebRequest *there = web_get_request (pair->second, 0);
  g_autofree char *sent = web_dup_header (web_get_request (pair->first, 0), "Authorization");
  g_autofree char *tag = web_dup_header (there, "If-None-Match");
  g_autofree char *uri = g_uri_to_string (strata_http_reply_get_uri (reply));

  g_assert_nonnull (sent);
  g_assert_cmpstr (there->target, ==, "/there");
  g_assert_cmpstr (tag, ==, "\"1\"");
  g_assert_true (g_str_has_suffix (uri, "/there"));
  assert_bare (there);
}

/* The other host points back: it must not be able to have the credentials used as it likes. */
static void
test_credentials_do_not_come_back (void)
{
  g_autofree char *back = NULL;
  g_autofree char *away = NULL;
  g_autoptr(Web) second = web_start (point, NULL);
  g_autoptr(Web) first = web_start (point, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (first);

  away = g_strdup_printf ("302 http://127.0.0.1:%u/base/go", web_get_port (second));
  back = g_strdup_printf ("302 http://127.0.0.1:%u/secret", web_get_port (first));
  web_set_data (first, away);
  web_set_data (second, back);
  http_fixture_sign_in (http);
  g_object_unref (strata_http_send (
    http, &(StrataHttpRequest){ .uri = "go", .headers = own_headers }, NULL, NULL));

  g_assert_cmpuint (web_count (first), ==, 2);
  assert_bare (web_get_request (second, 0));
  assert_bare (web_get_request (first, 1));
}

/* Nor when that host points to itself, which is no change of place. */
static void
test_credentials_do_not_follow_later (void)
{
  g_autoptr(Web) second = web_start (point, (gpointer) "302 there");
  g_autofree char *away =
    g_strdup_printf ("302 http://127.0.0.1:%u/base/go", web_get_port (second));
  g_autoptr(Web) first = web_start (point, away);
  g_autoptr(StrataHttp) http = http_fixture_open (first);

  http_fixture_sign_in (http);
  g_object_unref (strata_http_send (
    http, &(StrataHttpRequest){ .uri = "go", .headers = own_headers }, NULL, NULL));

  g_assert_cmpuint (web_count (second), ==, 2);
  assert_bare (web_get_request (second, 1));
}

static void
test_credentials_go_along_at_home (void)
{
  g_autoptr(Web) web = web_start (point, (gpointer) "307 ../elsewhere");
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;

  http_fixture_sign_in (http);

  g_autoptr(StrataHttpReply) reply = strata_http_send (
    http, &(StrataHttpRequest){ .uri = "go", .headers = own_headers }, NULL, &error);

  g_assert_no_error (error);

  WebRequest *request = web_get_request (web, 1);
  g_autofree char *who = web_dup_header (request, "Authorization");
  g_autofree char *own = web_dup_header (request, "X-Own");

  g_assert_cmpstr (request->target, ==, "/elsewhere");
  g_assert_nonnull (who);
  g_assert_cmpstr (own, ==, "mine");
}

static void
test_redirects_to_nowhere (gconstpointer data)
{
  g_autoptr(Web) web = web_start (point, (gpointer) data);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  gboolean is_near = strstr (data, "169.254") != NULL || strstr (data, "fe80") != NULL;
  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "go" },
                       is_near ? STRATA_ERROR_FORBIDDEN : STRATA_ERROR_BAD_REPLY);

  g_assert_cmpuint (web_count (web), ==, 1);
}

/* Each "/base/N" points to the next. */
static void
count_down (Web        *web,
            WebRequest *request,
            GIOStream  *stream,
            gpointer    data)
{
  guint64 left = g_ascii_strtoull (request->target + strlen ("/base/"), NULL, 10);

  if (left > 0)
    web_say (stream,
             "HTTP/1.1 302 Go\r\nLocation: %" G_GUINT64_FORMAT "\r\nContent-Length: 0\r\n\r\n",
             left - 1);
  else
    web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere");
}

static void
test_ten_redirects_and_no_more (void)
{
  g_autoptr(Web) web = web_start (count_down, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autofree char *body = http_fixture_get (http, "10");

  g_assert_cmpstr (body, ==, "here");

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "11" }, STRATA_ERROR_BAD_REPLY);

  g_assert_cmpuint (web_count (web), ==, 22);
}

static void
test_circle (void)
{
  g_autoptr(Web) web = web_start (point, (gpointer) "302 go");
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "go" }, STRATA_ERROR_BAD_REPLY);

  g_assert_cmpuint (web_count (web), ==, 1);
}

static StrataHttpReply *
post (StrataHttp  *http,
      GError     **error)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("change", 6);

  return strata_http_send (
    http, &(StrataHttpRequest){ .method = "POST", .uri = "go", .body = body }, NULL, error);
}

static void
test_writes_stay (Pair          *pair,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply = post (pair->http, &error);

  g_assert_null (reply);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY);
  g_assert_cmpuint (web_count (pair->second), ==, 0);
}

static void
test_writes_at_home (void)
{
  g_autoptr(Web) same = web_start (point, (gpointer) "308 there");
  g_autoptr(Web) other = web_start (point, (gpointer) "303 there");
  g_autoptr(StrataHttp) same_http = http_fixture_open (same);
  g_autoptr(StrataHttp) other_http = http_fixture_open (other);

  g_object_unref (post (same_http, NULL));
  g_object_unref (post (other_http, NULL));
  g_assert_cmpstr (web_get_request (same, 1)->method, ==, "POST");
  g_assert_cmpstr (web_get_request (same, 1)->body, ==, "change");
  g_assert_cmpstr (web_get_request (other, 1)->method, ==, "GET");
  g_assert_cmpstr (web_get_request (other, 1)->body, ==, "");
}

/* The first two requests get @data; %NULL breaks the connection off. Then all is well. */
static void
recover (Web        *web,
         WebRequest *request,
         GIOStream  *stream,
         gpointer    data)
{
  if (request->number >= 2)
    web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere");
  else if (data != NULL)
    web_say (stream, "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n", (const char *) data);
}

static void
test_asks_again (gconstpointer data)
{
  g_autoptr(Web) web = web_start (recover, (gpointer) data);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autofree char *body = http_fixture_get (http, "x");

  g_assert_cmpstr (body, ==, "here");
  g_assert_cmpuint (web_count (web), ==, 3);
}

static void
test_does_not_ask_again (gconstpointer data)
{
  g_autoptr(Web) web = web_start (recover, (gpointer) data);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .uri = "x" }, NULL, &error);

  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (web_count (web), ==, 1);
}

static void
test_writes_once (void)
{
  const char *const cases[] = { "503 Busy", "429 Busy", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Web) web = web_start (recover, (gpointer) cases[i]);
      g_autoptr(StrataHttp) http = http_fixture_open (web);
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataHttpReply) reply = post (http, &error);

      g_assert_null (reply);
      g_assert_cmpuint (web_count (web), ==, 1);
    }
}

/* Keeps the connection open until something more comes on it, and closes it then. */
static void
close_late (Web        *web,
            WebRequest *request,
            GIOStream  *stream,
            gpointer    data)
{
  char more[4096];

  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere");
  if (request->number == 0)
    g_input_stream_read (g_io_stream_get_input_stream (stream), more, sizeof more, NULL, NULL);
}

/* The body is there again when the connection was gone under the first one. */
static void
test_body_is_sent_again (gconstpointer data)
{
  g_autoptr(Web) web = web_start (close_late, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GBytes) body = g_bytes_new_static ("change", 6);
  StrataHttpRequest request = { .method = data, .uri = "x", .body = body, .content_type = "text/plain" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataHttpReply) reply = strata_http_send (http, &request, NULL, &error);

      g_assert_no_error (error);
    }

  g_assert_cmpuint (web_count (web), ==, 2);
  g_assert_cmpstr (web_get_request (web, 1)->body, ==, "change");
}

static void
never_mind (Web        *web,
            WebRequest *request,
            GIOStream  *stream,
            gpointer    data)
{
  web_say (stream, "%s", (const char *) data);
}

static void
test_gives_up (void)
{
  g_autoptr(Web) web =
    web_start (never_mind, (gpointer) "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nwait");
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_SERVER);

  g_assert_cmpstr (strata_error_get_details (error), ==, "wait");
  g_assert_cmpuint (web_count (web), ==, 4);
}

/* Says what @data is, all but its last line, and then nothing. */
static void
say_and_wait (Web        *web,
              WebRequest *request,
              GIOStream  *stream,
              gpointer    data)
{
  web_say (stream, "%s", (const char *) data);
  web_wait (web);
}

static gpointer
cancel_when_asked (gpointer data)
{
  gpointer *web_and_cancellable = data;

  while (web_count (web_and_cancellable[0]) == 0)
    g_usleep (1000);
  g_cancellable_cancel (web_and_cancellable[1]);

  return NULL;
}

static void
test_is_cancelled_at_once (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Web) web = web_start (say_and_wait, (gpointer) data);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_when_asked, (gpointer[]){ web, cancellable });
  gint64 begin = g_get_monotonic_time ();

  strata_http_set_patience (http, STALL_S, 20000);

  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .uri = "x" }, cancellable, &error);

  g_thread_join (thread);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, AT_ONCE);
}

static void
test_stalls (gconstpointer data)
{
  g_autoptr(Web) web = web_start (say_and_wait, (gpointer) data);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  strata_http_set_patience (http, 1, FIRST_PAUSE_MS);

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_OFFLINE);

  g_assert_cmpuint (web_count (web), ==, 1);
}

/* A byte now and then, so that nobody could call it silent. */
static void
drip (Web        *web,
      WebRequest *request,
      GIOStream  *stream,
      gpointer    data)
{
  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
  while (!web_is_stopped (web) && g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                                             "x", 1, NULL, NULL, NULL))
    g_usleep (50000);
}

static void
test_drips (void)
{
  g_autoptr(Web) web = web_start (drip, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  strata_http_set_patience (http, 1, FIRST_PAUSE_MS);

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_OFFLINE);

  g_assert_cmpuint (web_count (web), ==, 1);
}

/* However the address of this computer is written, a server elsewhere does not send us there. */
static void
test_near_in_all_spellings (void)
{
  const char *const near[] = {
    "localhost", "localhost.", "x.localhost", "X.LOCALHOST.", "127.0.0.1", "127.0.0.1.",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::ffff:0.0.0.0]",
  };
  const char *const far[] = { "charts.example", "localhost.example", "mylocalhost", "[::ffff:192.0.2.1]" };
  g_autoptr(GUri) base = strata_http_uri_parse_base ("https://charts.example/", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (near); i++)
    {
      g_autofree char *text = g_strdup_printf ("http://%s/", near[i]);
      g_autoptr(GUri) uri = strata_http_uri_parse_base (text, NULL);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", text);
      g_assert_false (strata_http_uri_check_stranger (uri, base, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
    }

  for (guint i = 0; i < G_N_ELEMENTS (far); i++)
    {
      g_autofree char *text = g_strdup_printf ("http://%s/", far[i]);
      g_autoptr(GUri) uri = strata_http_uri_parse_base (text, NULL);

      g_test_message ("%s", text);
      g_assert_true (strata_http_uri_check_stranger (uri, base, NULL));
    }
}

static void
add_redirects (void)
{
  const char *const nowhere[][2] = {
    { "file", "302 file:///etc/passwd" },
    { "user", "302 http://ada:hunter2@charts.example/" },
    { "link-local", "302 http://169.254.169.254/latest" },
    { "link-local-6", "302 http://[fe80::1]/" },
    { "no-host", "302 http:///x" },
    { "port", "302 http://127.0.0.1:99999/" },
  };

  g_test_add ("/services/http-ways/credentials-stay/302", Pair, "302", pair_set_up,
              test_credentials_stay, pair_tear_down);
  g_test_add ("/services/http-ways/credentials-stay/308", Pair, "308", pair_set_up,
              test_credentials_stay, pair_tear_down);
  g_test_add ("/services/http-ways/writes-stay/302", Pair, "302", pair_set_up, test_writes_stay,
              pair_tear_down);
  g_test_add ("/services/http-ways/writes-stay/307", Pair, "307", pair_set_up, test_writes_stay,
              pair_tear_down);
  g_test_add_func ("/services/http-ways/credentials-do-not-come-back",
                   test_credentials_do_not_come_back);
  g_test_add_func ("/services/http-ways/credentials-do-not-follow-later",
                   test_credentials_do_not_follow_later);
  g_test_add_func ("/services/http-ways/credentials-go-along-at-home",
                   test_credentials_go_along_at_home);
  g_test_add_func ("/services/http-ways/ten-redirects-and-no-more", test_ten_redirects_and_no_more);
  g_test_add_func ("/services/http-ways/circle", test_circle);
  g_test_add_func ("/services/http-ways/writes-at-home", test_writes_at_home);
  g_test_add_func ("/services/http-ways/near-in-all-spellings", test_near_in_all_spellings);

  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_autofree char *path =
        g_strconcat ("/services/http-ways/redirects-to-nowhere/", nowhere[i][0], NULL);

      g_test_add_data_func (path, nowhere[i][1], test_redirects_to_nowhere);
    }
}

static void
add_retries (void)
{
  g_test_add_data_func ("/services/http-ways/asks-again/502", "502 Bad", test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/503", "503 Busy", test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/504", "504 Late", test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/429", "429 Busy\r\nRetry-After: 0",
                        test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/date",
                        "429 Busy\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT", test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/nonsense", "429 Busy\r\nRetry-After: soon",
                        test_asks_again);
  g_test_add_data_func ("/services/http-ways/asks-again/lost", NULL, test_asks_again);
  g_test_add_data_func ("/services/http-ways/does-not-ask-again/500", "500 Fault",
                        test_does_not_ask_again);
  g_test_add_data_func ("/services/http-ways/does-not-ask-again/404", "404 None",
                        test_does_not_ask_again);
  g_test_add_data_func ("/services/http-ways/does-not-ask-again/in-an-hour",
                        "429 Busy\r\nRetry-After: 3600", test_does_not_ask_again);
  g_test_add_data_func ("/services/http-ways/does-not-ask-again/in-a-century",
                        "503 Busy\r\nRetry-After: Thu, 31 Dec 2099 23:59:59 GMT",
                        test_does_not_ask_again);
  g_test_add_func ("/services/http-ways/writes-once", test_writes_once);
  g_test_add_data_func ("/services/http-ways/body-is-sent-again/put", "PUT", test_body_is_sent_again);
  g_test_add_data_func ("/services/http-ways/body-is-sent-again/delete", "DELETE", test_body_is_sent_again);
  g_test_add_func ("/services/http-ways/gives-up", test_gives_up);
}

int
main (int   argc,
      char *argv[])
{
  const char *almost = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
                       "012345678901234567890123456789012345678901234567890123456789012345678901234"
                       "567890123456789012345678";

  g_test_init (&argc, &argv, NULL);

  add_redirects ();
  add_retries ();
  g_test_add_data_func ("/services/http-ways/is-cancelled-at-once/head", "",
                        test_is_cancelled_at_once);
  g_test_add_data_func ("/services/http-ways/is-cancelled-at-once/body", almost,
                        test_is_cancelled_at_once);
  g_test_add_data_func ("/services/http-ways/is-cancelled-at-once/refusal",
                        "HTTP/1.1 404 None\r\nContent-Length: 100\r\n\r\nNo",
                        test_is_cancelled_at_once);
  g_test_add_data_func ("/services/http-ways/is-cancelled-at-once/pause",
                        "HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n",
                        test_is_cancelled_at_once);
  g_test_add_data_func ("/services/http-ways/stalls/head", "", test_stalls);
  g_test_add_data_func ("/services/http-ways/stalls/middle-of-head", "HTTP/1.1 200 OK\r\nConte",
                        test_stalls);
  g_test_add_data_func ("/services/http-ways/stalls/last-byte", almost, test_stalls);

  g_test_add_func ("/services/http-ways/drips", test_drips);

  return g_test_run ();
}
