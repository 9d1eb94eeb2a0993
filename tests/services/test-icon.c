/* test-icon.c - pictures that a registry names: kept when they are some, asked for rarely when they are none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <utime.h>

#include "helm-fixture.h"
#include "strata-error.h"
#include "strata-icon.h"

#define PNG "\x89PNG\r\n\x1a\nand so on"
#define JPEG "\xff\xd8\xff and so on"
#define WEBP "RIFF1234WEBPVP8 "

/* What is said to every request. */
typedef struct
{
  const char *head;  /* the lines between the status and the length */
  const char *body;
  gsize       size;
} Answer;

static void
serve (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  const Answer *answer = data;

  web_say (stream, "HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", answer->head, answer->size);
  web_write (stream, answer->body, answer->size);
}

static GBytes *
load (HelmFixture *self,
      const char  *url,
      GError     **error)
{
  return strata_icon_load (self->shelf, self->registry, url, NULL, error);
}

static void
assert_fails (HelmFixture *self,
              const char  *url,
              StrataError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) picture = load (self, url, &error);

  g_assert_null (picture);
  g_test_message ("%s", error->message);
  g_assert_error (error, STRATA_ERROR, (int) code);
}

static Web *
open_web (HelmFixture      *self,
          const Answer     *answer,
          StrataRemoteAuth  auth)
{
  Web *web = web_start (serve, (gpointer) answer);
  g_autofree char *url = web_dup_url (web, "/charts");

  helm_fixture_open (self, url, auth);

  return web;
}

static char *
dup_cached (HelmFixture *self,
            Web         *web,
            const char  *path)
{
  g_autofree char *address = web_dup_url (web, path);

  return strata_shelf_dup_icon (self->shelf, address);
}

static void
test_is_cached (HelmFixture   *self,
                gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", PNG, strlen (PNG) };
  Web *web = open_web (self, &answer, STRATA_REMOTE_AUTH_NONE);
  g_autofree char *address = web_dup_url (web, "/charts/web.png");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) first = load (self, "web.png", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), PNG, strlen (PNG));
  g_assert_cmpstr (web_get_request (web, 0)->target, ==, "/charts/web.png");
  web_stop (web);
  helm_fixture_start_again (self);

  g_autoptr(GBytes) relative = load (self, "web.png", &error);
  g_autoptr(GBytes) absolute = load (self, address, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, relative));
  g_assert_true (g_bytes_equal (first, absolute));
  assert_fails (self, "other.png", STRATA_ERROR_OFFLINE);
}

/* As one that a crash or a full disk left behind. */
static void
test_damaged_cache (HelmFixture   *self,
                    gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", PNG, strlen (PNG) };
  g_autoptr(Web) web = open_web (self, &answer, STRATA_REMOTE_AUTH_NONE);
  g_autofree char *path = dup_cached (self, web, "/charts/web.png");
  g_autoptr(GBytes) first = load (self, "web.png", NULL);

  g_assert_nonnull (first);
  g_assert_true (g_file_set_contents (path, "<svg/>", -1, NULL));

  g_autoptr(GBytes) again = load (self, "web.png", NULL);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_cmpuint (web_count (web), ==, 2);
}

static void
test_formats (void)
{
  static const struct
  {
    const char *data;
    const char *format;
  } pictures[] = {
    { PNG, "png" },       { JPEG, "jpeg" },       { WEBP, "webp" }, { "", NULL },
    { "\x89PNG", NULL },  { "RIFF1234WAVE", NULL }, { "<svg/>", NULL },  { "GIF89a0123456", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (pictures[i].data, strlen (pictures[i].data));

      g_assert_cmpstr (strata_icon_get_format (bytes), ==, pictures[i].format);
    }
}

static void
set_age (const char *path,
         gint64      days)
{
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - days * 24 * 60 * 60;

  g_assert_cmpint (utime (path, &(struct utimbuf) { then, then }), ==, 0);
}

/* Expects @answer to be no picture, and to be asked for again only when a week is over, or the clock was wrong. */
static void
assert_none (HelmFixture  *self,
             const Answer *answer,
             StrataError   code)
{
  g_autoptr(Web) web = open_web (self, answer, STRATA_REMOTE_AUTH_NONE);
  g_autofree char *path = dup_cached (self, web, "/charts/web.png");

  assert_fails (self, "web.png", code);
  assert_fails (self, "web.png", STRATA_ERROR_NOT_FOUND);
  g_assert_cmpuint (web_count (web), ==, 1);

  set_age (path, 6);
  assert_fails (self, "web.png", STRATA_ERROR_NOT_FOUND);
  g_assert_cmpuint (web_count (web), ==, 1);

  set_age (path, 8);
  assert_fails (self, "web.png", code);
  g_assert_cmpuint (web_count (web), ==, 2);

  set_age (path, -1);
  assert_fails (self, "web.png", code);
  g_assert_cmpuint (web_count (web), ==, 3);
}

static void
test_too_large (HelmFixture   *self,
                gconstpointer  data)
{
  g_autofree char *body = g_malloc0 (STRATA_ICON_MAX_SIZE + 1);
  Answer answer = { "200 OK\r\nContent-Type: image/png", body, STRATA_ICON_MAX_SIZE + 1 };

  memcpy (body, PNG, strlen (PNG));
  assert_none (self, &answer, STRATA_ERROR_TOO_LARGE);

  Answer just = { "200 OK\r\nContent-Type: image/png", body, STRATA_ICON_MAX_SIZE };
  g_autoptr(Web) web = open_web (self, &just, STRATA_REMOTE_AUTH_NONE);
  g_autoptr(GBytes) picture = load (self, "web.png", NULL);

  g_assert_cmpuint (g_bytes_get_size (picture), ==, STRATA_ICON_MAX_SIZE);
}

static void
test_not_there (HelmFixture   *self,
                gconstpointer  data)
{
  Answer answer = { "404 Not Found\r\nContent-Type: text/html", "<p>", 3 };

  assert_none (self, &answer, STRATA_ERROR_NOT_FOUND);
}

static void
test_web_page (HelmFixture   *self,
               gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: text/html", PNG, strlen (PNG) };

  assert_none (self, &answer, STRATA_ERROR_BAD_REPLY);
}

static void
test_svg (HelmFixture   *self,
          gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/svg+xml", PNG, strlen (PNG) };

  assert_none (self, &answer, STRATA_ERROR_BAD_REPLY);
}

/* The reader of another format is not to be reached under a wrong name. */
static void
test_svg_in_disguise (HelmFixture   *self,
                      gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", "<svg/>", 6 };

  assert_none (self, &answer, STRATA_ERROR_BAD_REPLY);
}

/* A server that is down for a while says nothing of the picture. */
static void
test_asks_again (HelmFixture   *self,
                 gconstpointer  data)
{
  Answer answer = { "401 Unauthorized", "", 0 };
  g_autoptr(Web) web = open_web (self, &answer, STRATA_REMOTE_AUTH_NONE);

  assert_fails (self, "web.png", STRATA_ERROR_SIGN_IN);
  assert_fails (self, "web.png", STRATA_ERROR_SIGN_IN);
  g_assert_cmpuint (web_count (web), ==, 2);
}

static void
test_offline (HelmFixture   *self,
              gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", PNG, strlen (PNG) };
  g_autoptr(Web) web = open_web (self, &answer, STRATA_REMOTE_AUTH_NONE);

  strata_http_set_offline (TRUE);
  assert_fails (self, "web.png", STRATA_ERROR_OFFLINE);
  strata_http_set_offline (FALSE);

  g_autoptr(GBytes) picture = load (self, "web.png", NULL);

  g_assert_nonnull (picture);
}

static void
test_credentials (HelmFixture   *self,
                  gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", PNG, strlen (PNG) };
  g_autoptr(Web) other = web_start (serve, &answer);
  g_autoptr(Web) own = open_web (self, &answer, STRATA_REMOTE_AUTH_BASIC);
  g_autofree char *elsewhere = web_dup_url (other, "/web.png");

  strata_remote_remember (self->remote, "hunter2");

  g_autoptr(GBytes) first = load (self, "web.png", NULL);
  g_autoptr(GBytes) second = load (self, elsewhere, NULL);
  g_autofree char *said_here = web_dup_header (web_get_request (own, 0), "Authorization");
  g_autofree char *said_there = web_dup_header (web_get_request (other, 0), "Authorization");

  g_assert_nonnull (said_here);
  g_assert_null (said_there);
}

static void
test_into_this_network (HelmFixture   *self,
                        gconstpointer  data)
{
  Answer answer = { "200 OK\r\nContent-Type: image/png", PNG, strlen (PNG) };
  g_autoptr(Web) web = web_start (serve, &answer);
  g_autofree char *url = web_dup_url (web, "/web.png");

  helm_fixture_open (self, "http://charts.example", STRATA_REMOTE_AUTH_NONE);
  assert_fails (self, url, STRATA_ERROR_FORBIDDEN);
  assert_fails (self, "http://169.254.169.254/web.png", STRATA_ERROR_FORBIDDEN);
  g_assert_cmpuint (web_count (web), ==, 0);
}

static void
test_addresses (HelmFixture   *self,
                gconstpointer  data)
{
  helm_fixture_open (self, "https://charts.example", STRATA_REMOTE_AUTH_NONE);
  assert_fails (self, "http://pictures.example/web.png", STRATA_ERROR_FORBIDDEN);
  assert_fails (self, "file:///etc/hostname", STRATA_ERROR_INVALID);
  assert_fails (self, "data:image/png;base64,AAAA", STRATA_ERROR_INVALID);
}

#define ADD(name, function) \
  g_test_add ("/services/icon/" name, HelmFixture, NULL, helm_fixture_set_up, function, helm_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("is-cached", test_is_cached);
  ADD ("damaged-cache", test_damaged_cache);
  g_test_add_func ("/services/icon/formats", test_formats);
  ADD ("too-large", test_too_large);
  ADD ("not-there", test_not_there);
  ADD ("web-page", test_web_page);
  ADD ("svg", test_svg);
  ADD ("svg-in-disguise", test_svg_in_disguise);
  ADD ("asks-again", test_asks_again);
  ADD ("offline", test_offline);
  ADD ("credentials", test_credentials);
  ADD ("into-this-network", test_into_this_network);
  ADD ("addresses", test_addresses);

  return g_test_run ();
}
