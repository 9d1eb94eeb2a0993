/* test-helm-registry.c - a Helm repository: looked at cheaply, every byte checked, and there without a network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "helm-fixture.h"
#include "strata-error.h"
#include "strata-helm-chart.h"

#define SECRET "hunter2-and-more"

/* What the server has now; changed only between requests. */
typedef struct
{
  char   *index;   /* (owned) (nullable) */
  GBytes *chart;   /* (owned) (nullable) */
  char   *etag;    /* (nullable) */
  guint   status;  /* of every answer, unless it is 0 */
  gsize   cut_at;  /* the chart breaks off after so many bytes, unless it is 0 */
  gboolean wants_password;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->index, g_free);
  g_clear_pointer (&place->chart, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
say_index (Place      *place,
           WebRequest *request,
           GIOStream  *stream)
{
  g_autofree char *known = web_dup_header (request, "If-None-Match");
  g_autofree char *tag =
    place->etag != NULL ? g_strdup_printf ("ETag: \"%s\"\r\n", place->etag) : g_strdup ("");
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", place->etag);

  if (place->etag != NULL && g_strcmp0 (known, quoted) == 0)
    web_say (stream, "HTTP/1.1 304 Same\r\n%s\r\n", tag);
  else
    web_say (stream,
             "HTTP/1.1 200 OK\r\n%sContent-Type: text/yaml\r\nContent-Length: %" G_GSIZE_FORMAT
             "\r\n\r\n%s",
             tag, strlen (place->index), place->index);
}

static void
say_chart (Place      *place,
           WebRequest *request,
           GIOStream  *stream)
{
  gsize size;
  const char *bytes = g_bytes_get_data (place->chart, &size);
  g_autofree char *range = web_dup_header (request, "Range");
  gsize from = range != NULL ? (gsize) g_ascii_strtoull (range + strlen ("bytes="), NULL, 10) : 0;
  gsize until = place->cut_at > from ? place->cut_at : size;

  if (from > 0)
    web_say (stream,
             "HTTP/1.1 206 Part\r\nContent-Range: bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT
             "/%" G_GSIZE_FORMAT "\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
             from, size - 1, size, size - from);
  else
    web_say (stream,
             "HTTP/1.1 200 OK\r\nETag: \"c\"\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);

  web_write (stream, bytes + from, until - from);
}

static void
serve (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  Place *place = data;
  g_autofree char *who = web_dup_header (request, "Authorization");

  if (place->status != 0)
    web_say (stream, "HTTP/1.1 %u No\r\nContent-Length: 0\r\n\r\n", place->status);
  else if (place->wants_password && g_strcmp0 (who, "Basic YWRhOmh1bnRlcjItYW5kLW1vcmU=") != 0)
    web_say (
      stream,
      "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
  else if (g_str_has_suffix (request->target, "/index.yaml"))
    say_index (place, request, stream);
  else if (g_str_has_suffix (request->target, ".tgz") && place->chart != NULL)
    say_chart (place, request, stream);
  else
    web_say (stream, "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n");
}

/* An index with @n versions of "web"; the first is at @url with @digest. */
static char *
make_index (guint       n,
            const char *url,
            const char *digest)
{
  GString *text = g_string_new ("apiVersion: v1\nentries:\n  web:\n");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "  - name: web\n    version: 1.%u.0\n    urls:\n    - %s\n", i,
                              url);
      if (digest != NULL)
        g_string_append_printf (text, "    digest: %s\n", digest);
    }

  return g_string_free (text, FALSE);
}

static char *
digest_of (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static void
open_at (HelmFixture *self,
         Web         *web)
{
  g_autofree char *url = web_dup_url (web, "/charts");

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
}

/* Fills @place with one chart that is right, and looks at it. */
static Web *
begin (HelmFixture *self,
       Place       *place,
       const char  *url)
{
  g_autoptr(GError) error = NULL;
  Web *web = web_start (serve, place);

  place->chart = helm_fixture_make_chart ("web", "1.0.0", "first");

  g_autofree char *digest = digest_of (place->chart);

  place->index = make_index (4, url, digest);
  open_at (self, web);
  g_assert_true (helm_fixture_sync (self, NULL, &error));
  g_assert_no_error (error);

  return web;
}

static void
assert_refused (gboolean     done,
                GError     **error,
                StrataError  code)
{
  g_assert_false (done);
  g_test_message ("%s", (*error)->message);
  g_assert_error (*error, STRATA_ERROR, (int) code);
  g_clear_error (error);
}

static void
assert_fetched (HelmFixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPack) pack = helm_fixture_fetch (self, "web", "1.0.0", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VERSION), ==, "1.0.0");
}

/* Downloaded now or kept from before: a layer remembers the same. */
static void
assert_layer_knows_address (HelmFixture *self)
{
  g_autoptr(StrataPack) pack = helm_fixture_fetch (self, "web", "1.0.0", NULL);
  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  const char *url = strata_layer_get (layer, STRATA_LAYER_CHART_URL);

  g_assert_true (g_str_has_prefix (url, "http://") && g_str_has_suffix (url, "/charts/web-1.0.0.tgz"));
}

static void
test_looks_and_fetches (HelmFixture   *self,
                        gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = strata_registry_list (self->registry, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (strata_pack_summary_get_version (list->pdata[0]), ==, "1.3.0");
  assert_fetched (self);
  g_assert_cmpstr (web_get_request (web, 0)->target, ==, "/charts/index.yaml");
  g_assert_cmpstr (web_get_request (web, 1)->target, ==, "/charts/web-1.0.0.tgz");
  assert_layer_knows_address (self);
  assert_layer_knows_address (self);
}

/* However a look at the index ends, its file goes. */
static void
assert_no_parts (HelmFixture *self)
{
  g_autofree char *path = temp_folder_get (&self->temp, "cache/parts");
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

static void
test_the_same_again (HelmFixture   *self,
                     gconstpointer  data)
{
  g_auto(Place) place = { .etag = (char *) "1" };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;
  StrataIndexCounts counts = { .n_new = 99 };

  g_assert_true (helm_fixture_sync (self, &counts, &error));
  g_assert_cmpuint (counts.n_versions, ==, 4);
  g_assert_cmpuint (counts.n_new, ==, 0);

  /* Another tag, the same bytes. */
  place.etag = (char *) "2";
  counts = (StrataIndexCounts){ .n_new = 99 };
  g_assert_true (helm_fixture_sync (self, &counts, &error));
  g_assert_cmpuint (counts.n_versions, ==, 4);
  g_assert_cmpuint (counts.n_new + counts.n_changed + counts.n_gone, ==, 0);

  g_autofree char *known = web_dup_header (web_get_request (web, 1), "If-None-Match");

  g_assert_cmpstr (known, ==, "\"1\"");
  assert_no_parts (self);
}

static void
test_a_broken_upstream_costs_nothing (HelmFixture   *self,
                                      gconstpointer  data)
{
  const char *const broken[] = { "", "entries: {}\n", "entries: [", "<html>",
                                 "apiVersion: v1\nentries:\n  web: []\n" };
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GError) error = NULL;

      g_free (place.index);
      place.index = g_strdup (broken[i]);
      g_assert_false (helm_fixture_sync (self, NULL, &error));
      g_test_message ("%s", error->message);

      g_autoptr(GPtrArray) list = strata_registry_list (self->registry, NULL, NULL);

      g_assert_cmpuint (list->len, ==, 1);
      assert_fetched (self);
    }

  place.status = 500;

  g_autoptr(GError) error = NULL;

  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_SERVER);
  assert_fetched (self);
  assert_no_parts (self);
}

/* A list that shrinks much is taken when a person says so, and also then a chart that is gone can be read if it is here. */
static void
test_shrinks (HelmFixture   *self,
              gconstpointer  data)
{
  g_auto(Place) place = { .etag = (char *) "1" };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;

  g_free (place.index);
  place.index = make_index (1, "web-1.0.0.tgz", NULL);
  place.etag = (char *) "2";
  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_CONFLICT);
  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_CONFLICT);
  g_assert_true (strata_registry_sync (self->registry, strata_shelf_get_index (self->shelf), TRUE,
                                       NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
test_no_network (HelmFixture   *self,
                 gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  Web *web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;

  assert_fetched (self);
  web_stop (web);
  helm_fixture_start_again (self);
  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_OFFLINE);
  assert_fetched (self);

  g_autoptr(StrataPack) other = helm_fixture_fetch (self, "web", "1.9.0", &error);

  assert_refused (other != NULL, &error, STRATA_ERROR_NOT_FOUND);
}

static void
test_wrong_bytes (HelmFixture   *self,
                  gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GBytes) right = g_steal_pointer (&place.chart);
  g_autoptr(GError) error = NULL;
  g_autofree char *promised = digest_of (right);

  place.chart = helm_fixture_make_chart ("web", "1.0.0", "other");

  g_autofree char *came = digest_of (place.chart);
  g_autoptr(StrataPack) pack = helm_fixture_fetch (self, "web", "1.0.0", &error);

  g_assert_null (pack);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, promised));
  g_assert_nonnull (strstr (error->message, came));

  /* What was refused is not resumed either. */
  g_bytes_unref (place.chart);
  place.chart = g_bytes_ref (right);
  assert_fetched (self);
}

/* The same version with other bytes than last time: it can be had, and says since when. */
static void
test_changed_bytes (HelmFixture   *self,
                    gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;

  assert_fetched (self);
  place_clear (&place);
  place.chart = helm_fixture_make_chart ("web", "1.0.0", "other");

  g_autofree char *digest = digest_of (place.chart);

  place.index = make_index (4, "web-1.0.0.tgz", digest);
  g_assert_true (helm_fixture_sync (self, NULL, &error));

  g_autoptr(StrataPack) pack = helm_fixture_fetch (self, "web", "1.0.0", &error);
  GPtrArray *warnings = strata_pack_get_warnings (pack);

  g_assert_no_error (error);
  g_assert_cmpuint (warnings->len, ==, 1);
  g_test_message ("%s", (const char *) warnings->pdata[0]);
  g_assert_nonnull (strstr (warnings->pdata[0], "other content"));
}

/* It breaks off twice, and then begins where it was. */
static void
test_resumes (HelmFixture   *self,
              gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");

  place.cut_at = 100;
  assert_fetched (self);
  g_assert_cmpuint (web_count (web), ==, 3);

  g_autofree char *range = web_dup_header (web_get_request (web, 2), "Range");
  g_autofree char *validator = web_dup_header (web_get_request (web, 2), "If-Range");

  g_assert_cmpstr (range, ==, "bytes=100-");
  g_assert_cmpstr (validator, ==, "\"c\"");
}

/* What an index may say, whoever let it through. */
static void
test_addresses (HelmFixture   *self,
                gconstpointer  data)
{
  static const struct
  {
    const char *url;
    StrataError code;
  } cases[] = {
    { "file:///etc/passwd", STRATA_ERROR_INVALID },
    { "ftp://charts.example/web.tgz", STRATA_ERROR_INVALID },
    { "http://ada:x@charts.example/web.tgz", STRATA_ERROR_INVALID },
    { "http://a\nb/web.tgz", STRATA_ERROR_INVALID },
    { "http://169.254.169.254/latest/web.tgz", STRATA_ERROR_FORBIDDEN },
    { "http://[fe80::1]/web.tgz", STRATA_ERROR_FORBIDDEN },
  };
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(StrataHttp) http = strata_remote_open (self->remote, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      const char *urls[] = { cases[i].url, NULL };
      StrataIndexEntry entry = { .name = "web", .version = "1.0.0", .urls = urls };
      g_autoptr(StrataBlob) blob =
        strata_helm_chart_download (self->shelf, http, &entry, NULL, NULL, NULL, NULL, &error);

      assert_refused (blob != NULL, &error, cases[i].code);
      g_assert_cmpuint (web_count (web), ==, 1);
    }
}

static void
test_no_downgrade (HelmFixture   *self,
                   gconstpointer  data)
{
  g_autoptr(StrataHttp) http = strata_http_new ("https://127.0.0.1:1/", NULL);
  g_autoptr(GError) error = NULL;
  const char *urls[] = { "http://127.0.0.1:1/web.tgz", NULL };
  StrataIndexEntry entry = { .name = "web", .version = "1.0.0", .urls = urls };
  g_autoptr(StrataBlob) blob =
    strata_helm_chart_download (self->shelf, http, &entry, NULL, NULL, NULL, NULL, &error);

  assert_refused (blob != NULL, &error, STRATA_ERROR_FORBIDDEN);
}

/* The first address has nothing, the second is refused, the third is right. */
static void
test_next_address (HelmFixture   *self,
                   gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(StrataHttp) http = strata_remote_open (self->remote, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL;
  const char *urls[] = { "nothing", "file:///x", "web-1.0.0.tgz", NULL };
  StrataIndexEntry entry = { .name = "web", .version = "1.0.0", .urls = urls };
  g_autoptr(StrataBlob) blob =
    strata_helm_chart_download (self->shelf, http, &entry, &url, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (blob);
  g_assert_true (g_str_has_suffix (url, "/charts/web-1.0.0.tgz"));
}

/* A chart on another host comes without the password of the registry. */
static void
test_other_host (HelmFixture   *self,
                 gconstpointer  data)
{
  g_auto(Place) other_place = { .chart = helm_fixture_make_chart ("web", "1.0.0", "first") };
  g_autoptr(Web) other = web_start (serve, &other_place);
  g_auto(Place) place = { .wants_password = TRUE };
  g_autoptr(Web) web = web_start (serve, &place);
  g_autofree char *url = web_dup_url (web, "/charts");
  g_autofree char *chart_url = web_dup_url (other, "/web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;

  place.index = make_index (1, chart_url, NULL);
  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_BASIC);
  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_SIGN_IN);

  strata_remote_remember (self->remote, "wrong");
  assert_refused (helm_fixture_sync (self, NULL, &error), &error, STRATA_ERROR_SIGN_IN);

  strata_remote_remember (self->remote, SECRET);
  g_assert_true (strata_registry_check (self->registry, NULL, &error));
  g_assert_true (helm_fixture_sync (self, NULL, &error));
  assert_fetched (self);

  g_autofree char *who = web_dup_header (web_get_request (other, 0), "Authorization");

  g_assert_null (who);
  strata_remote_remember (self->remote, NULL);
}

/* What is here needs no password, also when the keyring has none. */
static void
test_no_password (HelmFixture   *self,
                  gconstpointer  data)
{
  g_auto(Place) place = { .wants_password = TRUE,
                           .chart = helm_fixture_make_chart ("web", "1.0.0", "first") };
  g_autoptr(Web) web = web_start (serve, &place);
  g_autofree char *url = web_dup_url (web, "/charts");
  g_autofree char *digest = digest_of (place.chart);
  g_autoptr(GError) error = NULL;

  place.index = make_index (1, "web-1.0.0.tgz", digest);
  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_BASIC);
  strata_remote_remember (self->remote, SECRET);
  g_assert_true (helm_fixture_sync (self, NULL, &error));
  assert_fetched (self);
  strata_remote_remember (self->remote, NULL);
  helm_fixture_start_again (self);
  assert_fetched (self);
}

static void
test_check (HelmFixture   *self,
            gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_registry_check (self->registry, NULL, &error));
  g_assert_no_error (error);

  g_free (place.index);
  place.index = g_strdup ("hello: world\n");
  assert_refused (strata_registry_check (self->registry, NULL, &error), &error,
                  STRATA_ERROR_BAD_REPLY);
  place.status = 404;
  assert_refused (strata_registry_check (self->registry, NULL, &error), &error,
                  STRATA_ERROR_NOT_FOUND);
}

/* The cache was deleted and made anew: the list still knows what is kept. */
static void
test_kept_is_marked_again (HelmFixture   *self,
                           gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.3.0");
  g_autofree char *cache = temp_folder_get (&self->temp, "cache");
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_registry_keep (self->registry, self->shelf, summary, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  temp_folder_remove_tree (cache);
  helm_fixture_start_again (self);
  g_assert_true (helm_fixture_sync (self, NULL, &error));

  g_autoptr(GPtrArray) list = strata_registry_list (self->registry, NULL, &error);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (strata_pack_summary_get_kept (list->pdata[0]));
}

static void
test_signed (HelmFixture   *self,
             gconstpointer  data)
{
  g_auto(Place) place = { 0 };
  g_autoptr(Web) web = begin (self, &place, "web-1.0.0.tgz");
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.0.0");

  g_assert_cmpint (strata_registry_is_signed (self->registry, summary, NULL), ==, STRATA_INDEX_NO);
  g_assert_cmpstr (web_get_request (web, 1)->target, ==, "/charts/web-1.0.0.tgz.prov");
  place.status = 403;
  g_assert_cmpint (strata_registry_is_signed (self->registry, summary, NULL), ==,
                   STRATA_INDEX_UNKNOWN);
}

static void
add (const char  *name,
     void       (*func) (HelmFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/services/helm-registry/", name, NULL);

  g_test_add (path, HelmFixture, NULL, helm_fixture_set_up, func, helm_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("looks-and-fetches", test_looks_and_fetches);
  add ("the-same-again", test_the_same_again);
  add ("a-broken-upstream-costs-nothing", test_a_broken_upstream_costs_nothing);
  add ("shrinks", test_shrinks);
  add ("no-network", test_no_network);
  add ("wrong-bytes", test_wrong_bytes);
  add ("changed-bytes", test_changed_bytes);
  add ("resumes", test_resumes);
  add ("other-host", test_other_host);
  add ("no-password", test_no_password);
  add ("check", test_check);
  add ("kept-is-marked-again", test_kept_is_marked_again);
  add ("signed", test_signed);
  add ("addresses", test_addresses);
  add ("no-downgrade", test_no_downgrade);
  add ("next-address", test_next_address);

  return g_test_run ();
}
