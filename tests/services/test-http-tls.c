/* test-http-tls.c - certificates that are wrong in one way each, and proxies that want a password
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "../temp-folder.h"
#include "http-fixture.h"

#define PROXY_BASIC "Basic cHJveHk6c2VjcmV0"

int __lsan_is_turned_off (void);

/* Asked at the end by the leak sanitizer: its tracer does not survive the threads that GIO keeps for a while when gnutls
 * was loaded into them.
 */
int
__lsan_is_turned_off (void)
{
  return TRUE;
}

static TempFolder certificates;  /* made once: each is a key that takes time */

static gboolean
make_certificates (void)
{
  g_autofree char *script =
    g_test_build_filename (G_TEST_DIST, "services", "make-certificates.sh", NULL);
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autoptr(GError) error = NULL;
  int status;

  if (openssl == NULL)
    return FALSE;

  temp_folder_set_up (&certificates, NULL);
  g_spawn_sync (NULL, (char *[]){ script, certificates.path, NULL }, NULL, G_SPAWN_DEFAULT, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return TRUE;
}

static void
say_hello (Web        *web,
           WebRequest *request,
           GIOStream  *stream,
           gpointer    data)
{
  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
}

static Web *
start_tls (const char *certificate,
           WebHandler  handler,
           gpointer    data)
{
  g_autofree char *path = temp_folder_get (&certificates, certificate);

  return web_start_tls (path, handler, data);
}

static void
trust (StrataHttp *http,
       const char *authority)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (&certificates, authority);

  g_assert_true (strata_http_set_ca_file (http, path, &error));
  g_assert_no_error (error);
}

static void
test_own_authority (void)
{
  g_autoptr(Web) web = start_tls ("right.pem", say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  trust (http, "authority.pem");

  g_autofree char *body = http_fixture_get (http, "x");

  g_assert_cmpstr (body, ==, "hello");
}

/* A certificate that a person knows may be its own authority. */
static void
test_known_by_itself (void)
{
  g_autoptr(Web) web = start_tls ("itself.pem", say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  trust (http, "itself.crt");

  g_autofree char *body = http_fixture_get (http, "x");

  g_assert_cmpstr (body, ==, "hello");
}

static void
assert_not_trusted (const char *certificate,
                    const char *authority,
                    const char *word)
{
  g_autoptr(Web) web = start_tls (certificate, say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  if (authority != NULL)
    trust (http, authority);
  http_fixture_sign_in (http);

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_FORBIDDEN);

  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpuint (web_count (web), ==, 0);
}

static void
test_not_trusted (void)
{
  assert_not_trusted ("expired.pem", "authority.pem", "has expired");
  assert_not_trusted ("future.pem", "authority.pem", "not valid yet");
  assert_not_trusted ("elsewhere.pem", "authority.pem", "another host");
  assert_not_trusted ("itself.pem", NULL, "nobody but itself");
  assert_not_trusted ("itself.pem", "authority.pem", "nobody but itself");
  assert_not_trusted ("right.pem", NULL, "does not know");
  assert_not_trusted ("right.pem", "stranger.pem", "does not know");
}

static void
test_no_authority (void)
{
  g_autoptr(StrataHttp) http = strata_http_new ("https://charts.example", NULL);
  const char *const files[] = { "right.key", "openssl.cnf", "nothing.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *path = temp_folder_get (&certificates, files[i]);

      g_assert_false (strata_http_set_ca_file (http, path, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
    }
}

static void
test_other_protocol (void)
{
  g_autoptr(Web) plain = web_start (say_hello, NULL);
  g_autoptr(Web) secure = start_tls ("right.pem", say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (plain);
  g_autofree char *https_to_http = g_strdup_printf ("https://127.0.0.1:%u/", web_get_port (plain));
  g_autofree char *http_to_https = g_strdup_printf ("http://127.0.0.1:%u/", web_get_port (secure));
  g_autoptr(GError) first =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = https_to_http }, STRATA_ERROR_BAD_REPLY);
  g_autoptr(GError) second = NULL;
  g_autoptr(StrataHttpReply) reply =
    strata_http_send (http, &(StrataHttpRequest){ .uri = http_to_https }, NULL, &second);

  g_assert_null (reply);
  g_assert_nonnull (second);
}

static void
point (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  web_say (stream, "HTTP/1.1 302 Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
           (const char *) data);
}

static void
test_up_and_not_down (void)
{
  g_autoptr(Web) secure = start_tls ("right.pem", say_hello, NULL);
  g_autoptr(Web) plain = web_start (say_hello, NULL);
  g_autofree char *secure_url = web_dup_url (secure, "/x");
  g_autofree char *plain_url = web_dup_url (plain, "/x");
  g_autoptr(Web) up = web_start (point, secure_url);
  g_autoptr(Web) down = start_tls ("right.pem", point, plain_url);
  g_autoptr(StrataHttp) up_http = http_fixture_open (up);
  g_autoptr(StrataHttp) down_http = http_fixture_open (down);

  trust (up_http, "authority.pem");
  trust (down_http, "authority.pem");
  http_fixture_sign_in (up_http);

  g_autofree char *body = http_fixture_get (up_http, "x");
  g_autofree char *who = web_dup_header (web_get_request (secure, 0), "Authorization");

  g_assert_cmpstr (body, ==, "hello");
  g_assert_null (who);

  g_autoptr(GError) error =
    http_fixture_fail (down_http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_BAD_REPLY);

  g_assert_nonnull (strstr (error->message, "https to http"));
  g_assert_cmpuint (web_count (plain), ==, 0);
}

/* A proxy that wants a name and a password. */
static void
carry (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  g_autofree char *who = web_dup_header (request, "Proxy-Authorization");

  if (g_strcmp0 (who, PROXY_BASIC) != 0)
    web_say (
      stream,
      "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nConnection: close\r\n"
      "Content-Length: 0\r\n\r\n");
  else if (g_str_equal (request->method, "CONNECT"))
    web_tunnel (stream, request->target);
  else
    web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nproxy");
}

static void
use_proxy (StrataHttp *http,
           Web        *proxy,
           const char *who)
{
  g_autofree char *uri = g_strdup_printf ("http://%s127.0.0.1:%u", who, web_get_port (proxy));
  const char *const direct[] = { "localhost", NULL };
  g_autoptr(GProxyResolver) resolver = g_simple_proxy_resolver_new (uri, (char **) direct);

  strata_http_set_proxy (http, resolver);
}

/* The proxy gets its password, and nobody behind or beside it does. */
static void
test_proxy_with_password (void)
{
  g_autoptr(Web) proxy = web_start (carry, NULL);
  g_autoptr(Web) secure = start_tls ("right.pem", say_hello, NULL);
  g_autoptr(Web) plain = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (secure);
  g_autofree char *beside = g_strdup_printf ("http://localhost:%u/x", web_get_port (plain));

  trust (http, "authority.pem");
  use_proxy (http, proxy, "proxy:secret@");

  g_autofree char *through = http_fixture_get (http, "http://charts.example/x");
  g_autofree char *tunnelled = http_fixture_get (http, "x");
  g_autofree char *direct = http_fixture_get (http, beside);

  g_assert_cmpstr (through, ==, "proxy");
  g_assert_cmpstr (web_get_request (proxy, 0)->target, ==, "http://charts.example/x");
  g_assert_cmpstr (tunnelled, ==, "hello");
  g_assert_cmpstr (direct, ==, "hello");
  g_assert_null (strcasestr (web_get_request (secure, 0)->head, "proxy-authorization"));
  g_assert_null (strcasestr (web_get_request (plain, 0)->head, "proxy-authorization"));
}

static void
test_proxy_without_password (void)
{
  g_autoptr(Web) proxy = web_start (carry, NULL);
  g_autoptr(Web) secure = start_tls ("right.pem", say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (secure);

  trust (http, "authority.pem");
  use_proxy (http, proxy, "");

  g_autoptr(GError) plain = http_fixture_fail (
    http, &(StrataHttpRequest){ .uri = "http://charts.example/x" }, STRATA_ERROR_SIGN_IN);
  g_autoptr(GError) tunnelled =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_SIGN_IN);

  g_assert_cmpuint (web_count (secure), ==, 0);
}

static void
test_proxy_is_not_there (void)
{
  Web *proxy = web_start (carry, NULL);
  g_autoptr(Web) web = web_start (say_hello, NULL);
  g_autoptr(StrataHttp) http = http_fixture_open (web);

  use_proxy (http, proxy, "");
  web_stop (proxy);

  g_autoptr(GError) error =
    http_fixture_fail (http, &(StrataHttpRequest){ .uri = "x" }, STRATA_ERROR_OFFLINE);

  g_assert_cmpuint (web_count (web), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!make_certificates ())
    {
      g_print ("1..0 # SKIP there is no openssl\n");
      return 0;
    }

  g_test_add_func ("/services/http-tls/own-authority", test_own_authority);
  g_test_add_func ("/services/http-tls/known-by-itself", test_known_by_itself);
  g_test_add_func ("/services/http-tls/not-trusted", test_not_trusted);
  g_test_add_func ("/services/http-tls/no-authority", test_no_authority);
  g_test_add_func ("/services/http-tls/other-protocol", test_other_protocol);
  g_test_add_func ("/services/http-tls/up-and-not-down", test_up_and_not_down);
  g_test_add_func ("/services/http-tls/proxy-with-password", test_proxy_with_password);
  g_test_add_func ("/services/http-tls/proxy-without-password", test_proxy_without_password);
  g_test_add_func ("/services/http-tls/proxy-is-not-there", test_proxy_is_not_there);

  int status = g_test_run ();

  temp_folder_tear_down (&certificates, NULL);

  return status;
}
