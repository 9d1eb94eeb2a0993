/* test-http.c - what is asked, who is asked, and what a refusal means
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "http-fixture.h"

#define BASIC "Basic YWRhOmh1bnRlcjI="

static void
say_hello (Web        *web,
           WebRequest *request,
           GIOStream  *stream,
           gpointer    data)
{
  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Twice: a\r\nx-twice: b\r\n\r\nhello");
}

static void
test_asks_and_answers (void)
{
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http,
                      &(StrataHttpRequest){
                        .method = "POST",
                        .uri = "a%2Fb?x=1",
                        .headers = (const char *[]){ "X-Own", "mine", NULL },
                        .accept = (const char *[]){ "application/json", "*/*", NULL },
                        .body = body,
                        .content_type = "application/json",
                      },
                      NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_http_reply_get_status (reply), ==, 200);
  g_assert_cmpuint (strata_http_reply_get_size (reply), ==, 5);
  g_assert_cmpstr (strata_http_reply_get_header (reply, "X-TWICE"), ==, "a, b");
  g_assert_null (strata_http_reply_get_header (reply, "X-Other"));

  WebRequest *request = web_get_request (web, 0);
  g_autofree char *own = web_dup_header (request, "X-Own");
  g_autofree char *accept = web_dup_header (request, "Accept");
  g_autofree char *type = web_dup_header (request, "Content-Type");
  g_autofree char *agent = web_dup_header (request, "User-Agent");
  g_autofree char *who = web_dup_header (request, "Authorization");

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->target, ==, "/base/a%2Fb?x=1");
  g_assert_cmpstr (request->body, ==, "{}");
  g_assert_cmpstr (own, ==, "mine");
  g_assert_cmpstr (accept, ==, "application/json, */*");
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_true (g_str_has_prefix (agent, "strata/"));
  g_assert_null (who);
}

static void
test_addresses (void)
{
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autofree char *absolute = web_dup_url (web, "/x/y");
  const char *const cases[][2] = {
    { "index.yaml", "/base/index.yaml" },
    { "/v2/", "/v2/" },
    { "../up", "/up" },
    { absolute, "/x/y" },
  };
  const char *const refused[] = {
    "file:///etc/passwd",
    "ftp://charts.example/x",
    "http://ada:hunter2@charts.example/x",
    "http:///x",
    "a\nb",
    "javascript:alert(1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = http_fixture_get (http, cases[i][0]);

      g_assert_cmpstr (body, ==, "hello");
      g_assert_cmpstr (web_get_request (web, i)->target, ==, cases[i][1]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error =
        http_fixture_fail (http, &(StrataHttpRequest){ .uri = refused[i] }, STRATA_ERROR_INVALID);

      g_assert_cmpuint (web_count (web), ==, G_N_ELEMENTS (cases));
    }
}

static void
test_credentials_are_for_the_origin (void)
{
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(Web) other = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(StrataCredentials) token = strata_credentials_new_bearer (" token\n", NULL);
  g_autofree char *elsewhere = web_dup_url (other, "/x");
  g_autofree char *by_name = g_strdup_printf ("http://localhost:%u/x", web_get_port (web));

  http_fixture_sign_in (http);
  g_free (http_fixture_get (http, "x"));
  g_free (http_fixture_get (http, elsewhere));
  g_free (http_fixture_get (http, by_name));
  g_object_unref (strata_http_send (
    http, &(StrataHttpRequest){ .uri = elsewhere, .credentials = token }, NULL, NULL));

  g_autofree char *here = web_dup_header (web_get_request (web, 0), "Authorization");
  g_autofree char *there = web_dup_header (web_get_request (other, 0), "Authorization");
  g_autofree char *named = web_dup_header (web_get_request (web, 1), "Authorization");
  g_autofree char *given = web_dup_header (web_get_request (other, 1), "Authorization");

  g_assert_cmpstr (here, ==, BASIC);
  g_assert_null (there);
  g_assert_null (named);
  g_assert_cmpstr (given, ==, "Bearer token");
}

static void
test_credentials_that_are_none (void)
{
  g_assert_null (strata_credentials_new_basic ("a:b", "x", NULL));
  g_assert_null (strata_credentials_new_bearer ("", NULL));
  g_assert_null (strata_credentials_new_bearer ("a\r\nX-Evil: 1", NULL));
  g_assert_null (strata_credentials_new_header ("Api Key", "x", NULL));
  g_assert_null (strata_credentials_new_header ("ApiKey\r\nX", "x", NULL));
  g_assert_null (strata_credentials_new_header ("ApiKey", "a\nb", NULL));
}

static void
test_offline (void)
{
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  strata_http_set_offline (TRUE);

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_OFFLINE);

  strata_http_set_offline (FALSE);
  g_assert_cmpuint (web_count (web), ==, 0);
  g_free (http_fixture_get (http, "x"));
  g_assert_cmpuint (web_count (web), ==, 1);
}

static void
test_nobody_there (void)
{
  Web *web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  web_stop (web);

  g_autoptr(GError) refused =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_OFFLINE);
  g_autoptr(GError) unknown = http_fixture_fail (
    http, &(StrataHttpRequest){ .uri = "http://nowhere.invalid/" }, STRATA_ERROR_OFFLINE);
}

typedef struct
{
  guint       status;
  StrataError code;
} Refusal;

static void
refuse (Web        *web,
        WebRequest *request,
        GIOStream  *stream,
        gpointer    data)
{
  const char *words = "{\"message\": \"no\033[1m, ada: hunter2 YWRhOmh1bnRlcjI=\"}";

  web_say (
    stream,
    "HTTP/1.1 %s No\r\nWWW-Authenticate: Bearer realm=\"x\"\r\nContent-Type: application/json\r\n"
    "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
    request->target + strlen ("/base/"), strlen (words), words);
}

static void
test_what_a_status_means (void)
{
  const Refusal cases[] = {
    { 400, STRATA_ERROR_BAD_REPLY }, { 401, STRATA_ERROR_SIGN_IN },
    { 403, STRATA_ERROR_FORBIDDEN }, { 404, STRATA_ERROR_NOT_FOUND },
    { 407, STRATA_ERROR_SIGN_IN },   { 409, STRATA_ERROR_CONFLICT },
    { 410, STRATA_ERROR_NOT_FOUND }, { 412, STRATA_ERROR_CONFLICT },
    { 413, STRATA_ERROR_TOO_LARGE }, { 416, STRATA_ERROR_BAD_REPLY },
    { 429, STRATA_ERROR_BUSY },      { 500, STRATA_ERROR_SERVER },
    { 502, STRATA_ERROR_SERVER },    { 503, STRATA_ERROR_SERVER },
    { 504, STRATA_ERROR_SERVER },    { 511, STRATA_ERROR_SERVER },
    { 999, STRATA_ERROR_SERVER },    { 300, STRATA_ERROR_BAD_REPLY },
  };
  g_autoptr(Web) web = web_start (refuse, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  http_fixture_sign_in (http);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%u", cases[i].status);
      g_autoptr(GError) error =
        http_fixture_fail (http, &(StrataHttpRequest){ .uri = uri }, cases[i].code);

      g_assert_cmpstr (strata_error_get_details (error), ==,
                       "{\"message\": \"no [1m, ada: [REDACTED] [REDACTED]\"}");
    }
}

static void
test_a_refusal_may_be_a_reply (void)
{
  g_autoptr(Web) web = web_start (refuse, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttpReply) reply = strata_http_send (
    http, &(StrataHttpRequest){ .uri = "401", .allow_status = TRUE }, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_http_reply_get_status (reply), ==, 401);
  g_assert_cmpstr (strata_http_reply_get_header (reply, "WWW-Authenticate"), ==,
                   "Bearer realm=\"x\"");
  g_assert_cmpuint (g_bytes_get_size (strata_http_reply_get_body (reply)), >, 0);
}

/* Answers with what stands in the path, encoded: "/base/" and the whole reply. */
static void
say_path (Web        *web,
          WebRequest *request,
          GIOStream  *stream,
          gpointer    data)
{
  g_autofree char *reply = g_uri_unescape_string (request->target + strlen ("/base/"), NULL);

  web_write (stream, reply, strlen (reply));
}

static void
assert_type (StrataHttp        *http,
             const char        *header,
             const char *const *accept,
             gboolean           is_accepted)
{
  g_autofree char *answer =
    g_strdup_printf ("HTTP/1.1 200 OK\r\n%sContent-Length: 2\r\n\r\n{}", header);
  g_autofree char *uri = g_uri_escape_string (answer, NULL, FALSE);
  StrataHttpRequest request = { .uri = uri, .accept = accept };

  if (is_accepted)
    {
      g_autoptr(StrataHttpReply) reply = strata_http_send (http, &request, NULL, NULL);

      g_assert_nonnull (reply);
    }
  else
    g_clear_error (&(GError *){ http_fixture_fail (http, &request, STRATA_ERROR_BAD_REPLY) });
}

/* The sign-in page of a hotel is a success, as far as its status goes. */
static void
test_content_types (void)
{
  const char *const json[] = { "application/json", NULL };
  const char *const any[] = { "application/yaml", "*/*", NULL };
  g_autoptr(Web) web = web_start (say_path, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  assert_type (http, "Content-Type: application/json; charset=utf-8\r\n", json, TRUE);
  assert_type (http, "Content-Type: Application/JSON\r\n", json, TRUE);
  assert_type (http, "Content-Type: text/html\r\n", json, FALSE);
  assert_type (http, "Content-Type: text/plain\r\n", json, FALSE);
  assert_type (http, "Content-Type: \377\r\n", json, FALSE);
  assert_type (http, "", json, FALSE);
  assert_type (http, "Content-Type: text/html; charset=utf-8\r\n", any, FALSE);
  assert_type (http, "Content-Type: application/xhtml+xml\r\n", any, FALSE);
  assert_type (http, "Content-Type: application/octet-stream\r\n", any, TRUE);
  assert_type (http, "", any, TRUE);
  assert_type (http, "Content-Type: text/html\r\n", NULL, TRUE);
}

static void
say_data (Web        *web,
          WebRequest *request,
          GIOStream  *stream,
          gpointer    data)
{
  web_write (stream, data, strlen (data));
}

static void
test_what_is_not_http (void)
{
  g_autofree char *long_line = g_strnfill (1024 * 1024, 'x');
  g_autofree char *bomb = g_strconcat ("HTTP/1.1 200 OK\r\nX-Long: ", long_line, NULL);
  const char *const cases[] = { "220 mail.example ESMTP\r\n", "\r\n\r\n\r\n",
                                "HTTP/1.1 abc\r\n\r\n", "{}", bomb };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(Web) web = web_start (say_data, (gpointer) cases[i]);
      g_autoptr(StrataHttp) http = http_fixture_open (web);
      g_autoptr(StrataHttpReply) reply =
        strata_http_send (http, &(StrataHttpRequest){ .uri = "x" }, NULL, &error);

      g_test_message ("%s", error != NULL ? error->message : "");
      g_assert_null (reply);
      g_assert_true (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_BAD_REPLY) ||
                     g_error_matches (error, STRATA_ERROR, STRATA_ERROR_OFFLINE));
    }
}

static gpointer
ask_often (gpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *body = http_fixture_get (data, "x");

      g_assert_cmpstr (body, ==, "hello");
    }

  return NULL;
}

static void
test_many_threads (void)
{
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);
  GThread *threads[16];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_often, http);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (web_count (web), ==, G_N_ELEMENTS (threads) * 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/http/asks-and-answers", test_asks_and_answers);
  g_test_add_func ("/services/http/addresses", test_addresses);
  g_test_add_func ("/services/http/credentials-are-for-the-origin",
                   test_credentials_are_for_the_origin);
  g_test_add_func ("/services/http/credentials-that-are-none", test_credentials_that_are_none);
  g_test_add_func ("/services/http/offline", test_offline);
  g_test_add_func ("/services/http/nobody-there", test_nobody_there);
  g_test_add_func ("/services/http/what-a-status-means", test_what_a_status_means);
  g_test_add_func ("/services/http/a-refusal-may-be-a-reply", test_a_refusal_may_be_a_reply);
  g_test_add_func ("/services/http/content-types", test_content_types);
  g_test_add_func ("/services/http/what-is-not-http", test_what_is_not_http);
  g_test_add_func ("/services/http/many-threads", test_many_threads);

  return g_test_run ();
}
