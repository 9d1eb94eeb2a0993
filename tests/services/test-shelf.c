/* test-shelf.c - what is kept lasts, what is cached may go, and no more than four downloads run at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <utime.h>

#include "helm-fixture.h"
#include "strata-error.h"
#include "strata-helm-chart.h"
#include "strata-keep-offline.h"
#include "strata-store.h"

static gboolean
is_here (HelmFixture *self,
         StrataBlob  *blob)
{
  g_autoptr(StrataBlob) found =
    strata_shelf_read (self->shelf, strata_blob_get_digest (blob), NULL);

  return found != NULL && strata_blob_equal (found, blob);
}

static void
clear_cache (HelmFixture *self)
{
  g_autofree char *path = temp_folder_get (&self->temp, "cache");

  temp_folder_remove_tree (path);
}

static gboolean
keep (HelmFixture  *self,
      const char   *version,
      StrataBlob   *blob,
      GError      **error)
{
  StrataKept what = { .registry_id = (char *) "far",
                      .kind = STRATA_LAYER_KIND_HELM,
                      .name = (char *) "w]e=b\n",
                      .version = (char *) version,
                      .url = (char *) "https://charts.example/web.tgz" };

  return strata_shelf_keep (self->shelf, &what, blob, error);
}

static gboolean
collect (HelmFixture  *self,
         GError      **error)
{
  g_autofree char *path = temp_folder_get (&self->temp, "data");
  g_autoptr(StrataStore) store = strata_store_open (path, NULL);

  return strata_store_collect (store, 0, NULL, NULL, error);
}

static void
test_cache (HelmFixture   *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("hello");

  g_assert_null (strata_shelf_read (self->shelf, strata_blob_get_digest (blob), &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (strata_shelf_put (self->shelf, blob, &error));
  g_assert_true (is_here (self, blob));
  clear_cache (self);
  g_assert_false (is_here (self, blob));
}

static void
test_kept (HelmFixture   *self,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("hello");
  g_autoptr(StrataBlob) other = strata_blob_new_text ("other");

  g_assert_true (keep (self, "1.0.0", blob, &error));
  g_assert_true (keep (self, "2.0.0", other, &error));
  clear_cache (self);
  g_assert_true (collect (self, &error));
  g_assert_no_error (error);
  g_assert_true (is_here (self, blob));

  g_autoptr(GPtrArray) list = strata_shelf_list_kept (self->shelf, &error);
  StrataKept *first = list->pdata[0];

  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (first->name, ==, "w]e=b\n");
  g_assert_cmpstr (first->url, ==, "https://charts.example/web.tgz");
  g_assert_cmpuint (first->size, ==, 5);

  g_assert_true (
    strata_shelf_unkeep (self->shelf, "far", STRATA_LAYER_KIND_HELM, "w]e=b\n", "1.0.0", &error));
  g_assert_true (collect (self, &error));
  g_assert_false (is_here (self, blob));
  g_assert_true (is_here (self, other));
  g_assert_true (strata_shelf_unkeep_all (self->shelf, "far", &error));
  g_assert_true (collect (self, &error));
  g_assert_false (is_here (self, other));
}

/* The same version with other bytes takes the place of what was kept. */
static void
test_kept_anew (HelmFixture   *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("hello");
  g_autoptr(StrataBlob) other = strata_blob_new_text ("other");

  g_assert_true (keep (self, "1.0.0", blob, &error));
  g_assert_true (keep (self, "1.0.0", other, &error));

  g_autoptr(GPtrArray) list = strata_shelf_list_kept (self->shelf, &error);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((StrataKept *) list->pdata[0])->digest, ==, strata_blob_get_digest (other));
}

static void
test_damaged_list (HelmFixture   *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("hello");

  g_assert_true (keep (self, "1.0.0", blob, &error));
  temp_folder_put (&self->temp, "data/kept.ini", "[kept 0\ndigest=");
  g_assert_false (collect (self, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (is_here (self, blob));
  g_assert_false (keep (self, "2.0.0", blob, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
}

/* A bit that flipped on the disk is not believed. */
static void
test_damaged_download (HelmFixture   *self,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("hello");
  const char *digest = strata_blob_get_digest (blob);
  g_autofree char *name = g_strdup_printf ("cache/downloads/%.2s/%s", digest, digest + 2);

  g_assert_true (strata_shelf_put (self->shelf, blob, &error));
  temp_folder_put (&self->temp, name, "hellp");
  g_assert_false (is_here (self, blob));
  g_assert_true (strata_shelf_put (self->shelf, blob, &error));
  g_assert_true (is_here (self, blob));
}

static void
test_old_parts_go (HelmFixture   *self,
                   gconstpointer  data)
{
  g_autofree char *old = temp_folder_get (&self->temp, "cache/parts/old.part");
  g_autofree char *young = temp_folder_get (&self->temp, "cache/parts/young.part");
  struct utimbuf long_ago = { .actime = 1000, .modtime = 1000 };

  temp_folder_put (&self->temp, "cache/parts/old.part", "x");
  temp_folder_put (&self->temp, "cache/parts/young.part", "x");
  g_assert_no_errno (g_utime (old, &long_ago));

  g_autofree char *part = strata_shelf_dup_part (self->shelf, "x", NULL);

  g_assert_nonnull (part);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
}

typedef struct
{
  StrataShelf *shelf;
  gint         n_now;   /* (atomic) */
  gint         n_most;  /* (atomic) */
} Queue;

static gpointer
stand_in_line (gpointer data)
{
  Queue *queue = data;

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (strata_shelf_enter (queue->shelf, NULL, NULL));

      gint now = g_atomic_int_add (&queue->n_now, 1) + 1;
      gint most = g_atomic_int_get (&queue->n_most);

      while (now > most && !g_atomic_int_compare_and_exchange (&queue->n_most, most, now))
        most = g_atomic_int_get (&queue->n_most);
      g_usleep (500);
      g_atomic_int_add (&queue->n_now, -1);
      strata_shelf_leave (queue->shelf);
    }

  return NULL;
}

static void
test_four_at_a_time (HelmFixture   *self,
                     gconstpointer  data)
{
  Queue queue = { .shelf = self->shelf };
  GThread *threads[12];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("queue", stand_in_line, &queue);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (queue.n_most, <=, 4);
  g_assert_cmpint (queue.n_now, ==, 0);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (10000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_waiting_is_cancelled (HelmFixture   *self,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  for (guint i = 0; i < 4; i++)
    g_assert_true (strata_shelf_enter (self->shelf, NULL, NULL));

  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (strata_shelf_enter (self->shelf, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);

  strata_shelf_leave (self->shelf);
  g_assert_true (strata_shelf_enter (self->shelf, NULL, NULL));
}

/* A chart with dependencies: inside, in the same registry, in another of ours, in none, and on itself. */
static GBytes *
make_needy_chart (const char *name,
                  const char *dependencies)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autofree char *meta_path = g_strconcat (name, "/Chart.yaml", NULL);
  g_autofree char *inside_path = g_strconcat (name, "/charts/inside/Chart.yaml", NULL);
  g_autofree char *meta =
    g_strdup_printf ("apiVersion: v2\nname: %s\nversion: 1.0.0\n%s", name, dependencies);

  tar_add (tar, meta_path, meta);
  tar_add (tar, inside_path, "apiVersion: v2\nname: inside\nversion: 1.0.0\n");

  return tar_finish (tar);
}

/* Serves what @data has by target. */
static void
serve (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  GBytes *bytes = g_hash_table_lookup (data, request->target);

  if (bytes == NULL)
    {
      web_say (stream, "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n");
      return;
    }

  web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
           g_bytes_get_size (bytes));
  web_write (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
put (GHashTable *files,
     const char *target,
     GBytes     *bytes)
{
  g_hash_table_insert (files, g_strdup (target), bytes);
}

static void
put_index (GHashTable        *files,
           const char        *target,
           const char *const *names_and_versions)
{
  g_autoptr(GString) text = g_string_new ("apiVersion: v1\nentries:\n");

  for (; names_and_versions[0] != NULL; names_and_versions += 2)
    g_string_append_printf (text, "  %s:\n  - name: %s\n    version: %s\n    urls: [%s.tgz]\n",
                            names_and_versions[0], names_and_versions[0], names_and_versions[1],
                            names_and_versions[0]);

  put (files, target, g_string_free_to_bytes (g_steal_pointer (&text)));
}

static void
test_keeps_what_is_needed (HelmFixture   *self,
                           gconstpointer  data)
{
  g_autoptr(GHashTable) files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  Web *web = web_start (serve, files);
  g_autofree char *url = web_dup_url (web, "/a");
  g_autofree char *other_url = web_dup_url (web, "/b/");
  g_autofree char *needs =
    g_strdup_printf ("dependencies:\n- {name: inside, version: 1.0.0, repository: \"%s\"}\n"
                     "- {name: beside, version: ^1.0.0}\n"
                     "- {name: far, version: \">=1 <2\", repository: \"%s\"}\n"
                     "- {name: nowhere, version: 1.0.0, repository: https://charts.example}\n",
                     url, other_url);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) registries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataRemote) there = strata_remote_new (STRATA_REGISTRY_HELM, other_url, NULL);
  g_autoptr(StrataRemote) direct = strata_remote_with_proxy (there, FALSE);
  g_autoptr(StrataRegistry) other = strata_helm_registry_new (direct, self->shelf);
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.0.0");

  put_index (files, "/a/index.yaml", (const char *[]){ "web", "1.0.0", "beside", "1.0.0", NULL });
  put_index (files, "/b/index.yaml", (const char *[]){ "far", "1.0.0", NULL });
  put (files, "/a/web.tgz", make_needy_chart ("web", needs));
  put (files, "/a/beside.tgz",
       make_needy_chart ("beside", "dependencies:\n- {name: web, version: 1.0.0}\n"));
  put (files, "/b/far.tgz", make_needy_chart ("far", ""));

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
  g_ptr_array_add (registries, g_object_ref (self->registry));
  g_ptr_array_add (registries, g_object_ref (other));
  g_assert_true (helm_fixture_sync (self, NULL, &error));
  g_assert_true (strata_registry_sync (other, strata_shelf_get_index (self->shelf), FALSE, NULL,
                                       NULL, NULL, NULL, &error));
  g_assert_true (strata_keep_offline (registries, self->registry, self->shelf, summary, missing,
                                      NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (missing->len, ==, 1);
  g_test_message ("%s", (const char *) missing->pdata[0]);
  g_assert_nonnull (strstr (missing->pdata[0], "nowhere"));

  g_autoptr(GPtrArray) list = strata_shelf_list_kept (self->shelf, &error);

  g_assert_cmpuint (list->len, ==, 3);

  /* The cable is out, and the cache is gone with all that the index said. */
  web_stop (web);
  clear_cache (self);
  helm_fixture_start_again (self);

  g_autoptr(StrataPack) pack = helm_fixture_fetch (self, "web", "1.0.0", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==, "web");

  g_assert_true (strata_registry_forget (self->registry, self->shelf, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) rest = strata_shelf_list_kept (self->shelf, &error);

  g_assert_cmpuint (rest->len, ==, 1);
}

/* Keeps "web" 1.0.0, whose archive is @chart, and returns what is missing. */
static GPtrArray *
keep_web (HelmFixture *self,
          GBytes      *chart)
{
  g_autoptr(GHashTable) files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(Web) web = web_start (serve, files);
  g_autofree char *url = web_dup_url (web, "/a");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) registries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.0.0");
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);

  put_index (files, "/a/index.yaml", (const char *[]){ "web", "1.0.0", NULL });
  put (files, "/a/web.tgz", chart);
  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
  g_ptr_array_add (registries, g_object_ref (self->registry));
  helm_fixture_sync (self, NULL, &error);
  g_assert_no_error (error);
  strata_keep_offline (registries, self->registry, self->shelf, summary, missing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return missing;
}

/* It is kept all the same, as its registry has no other; what it needs nobody knows. */
static void
test_keeps_what_cannot_be_read (HelmFixture   *self,
                                gconstpointer  data)
{
  g_autoptr(GPtrArray) missing = keep_web (self, g_bytes_new_static ("no chart", 8));
  g_autoptr(GPtrArray) list = strata_shelf_list_kept (self->shelf, NULL);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (missing->len, ==, 1);
}

/* One chart's name may be how another's begins. */
static void
test_keeps_beside_a_namesake (HelmFixture   *self,
                              gconstpointer  data)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  tar_add (tar, "web/Chart.yaml",
           "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
           "- {name: redis, version: 1.0.0}\n- {name: db, version: 1.0.0}\n- {name: mq, version: 1.0.0}\n");
  tar_add (tar, "web/charts/redis-cluster-9.0.tgz", "x");
  tar_add (tar, "web/charts/db-1.0.0.tgz", "x");
  tar_add (tar, "web/charts/mq-v1.0.0.tgz", "x");

  g_autoptr(GPtrArray) missing = keep_web (self, tar_finish (tar));

  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_nonnull (strstr (missing->pdata[0], "redis"));
}

/* Bytes that are not what was promised are said to be that, also when another address was tried before. */
static void
test_corrupt_after_no_address (HelmFixture   *self,
                               gconstpointer  data)
{
  g_autoptr(GHashTable) files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr(Web) web = web_start (serve, files);
  g_autofree char *url = web_dup_url (web, "/web.tgz");
  g_autofree char *digest = g_strnfill (64, 'a');
  g_autoptr(StrataHttp) http = strata_http_new (url, NULL);
  g_autoptr(GError) error = NULL;
  const char *urls[] = { "file:///etc/passwd", url, NULL };
  StrataIndexEntry entry = { .name = "web", .version = "1.0.0", .urls = urls, .digest = digest };

  put (files, "/web.tgz", g_bytes_new_static ("other", 5));
  g_assert_null (strata_helm_chart_download (self->shelf, http, &entry, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
}

/* Says what its bytes are, then breaks off with others that it does not name, then has them all. */
static void
say_by_turns (Web        *web,
              WebRequest *request,
              GIOStream  *stream,
              gpointer    data)
{
  static const char *const heads[] = { "ETag: \"old\"\r\n", "", "" };
  static const gsize sizes[] = { 50, 60, 100 };
  guint turn = MIN (request->number, 2);
  g_autofree char *body = g_strnfill (sizes[turn], turn == 0 ? 'o' : 'n');

  web_say (stream, "HTTP/1.1 200 OK\r\n%sContent-Length: 100\r\n\r\n%s", heads[turn], body);
}

/* A part is never gone on with by the name of bytes that were there before it. */
static void
test_part_without_a_name (HelmFixture   *self,
                          gconstpointer  data)
{
  g_autoptr(Web) web = web_start (say_by_turns, NULL);
  g_autofree char *url = web_dup_url (web, "/web.tgz");
  g_autofree char *whole = g_strnfill (100, 'n');
  g_autoptr(StrataHttp) http = strata_http_new (url, NULL);
  g_autoptr(GError) error = NULL;
  const char *urls[] = { url, NULL };
  StrataIndexEntry entry = { .name = "web", .version = "1.0.0", .urls = urls };
  g_autoptr(StrataBlob) blob =
    strata_helm_chart_download (self->shelf, http, &entry, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (web_count (web), ==, 3);

  g_autofree char *second = web_dup_header (web_get_request (web, 1), "If-Range");
  g_autofree char *third = web_dup_header (web_get_request (web, 2), "Range");
  g_autoptr(GBytes) expected = g_bytes_new_static (whole, 100);

  g_assert_cmpstr (second, ==, "\"old\"");
  g_assert_null (third);
  g_assert_true (g_bytes_equal (strata_blob_get_bytes (blob), expected));
}

static void
add (const char  *name,
     void       (*func) (HelmFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/services/shelf/", name, NULL);

  g_test_add (path, HelmFixture, NULL, helm_fixture_set_up, func, helm_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("cache", test_cache);
  add ("kept", test_kept);
  add ("kept-anew", test_kept_anew);
  add ("damaged-list", test_damaged_list);
  add ("damaged-download", test_damaged_download);
  add ("old-parts-go", test_old_parts_go);
  add ("four-at-a-time", test_four_at_a_time);
  add ("waiting-is-cancelled", test_waiting_is_cancelled);
  add ("keeps-what-is-needed", test_keeps_what_is_needed);
  add ("keeps-what-cannot-be-read", test_keeps_what_cannot_be_read);
  add ("keeps-beside-a-namesake", test_keeps_beside_a_namesake);
  add ("corrupt-after-no-address", test_corrupt_after_no_address);
  add ("part-without-a-name", test_part_without_a_name);

  return g_test_run ();
}
