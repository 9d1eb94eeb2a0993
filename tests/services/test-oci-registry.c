/* test-oci-registry.c - real charts and packs of a real docker-registry: listed, remembered, fetched
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "oci-fixture.h"
#include "strata-error.h"
#include "strata-oci-reference.h"
#include "strata-oci-registry.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"

#include "../core/pack-fixture.h"
#include "../temp-folder.h"

typedef struct _Fixture Fixture;

/* What to start, and what to try with it. */
typedef struct
{
  const char     *name;
  OciServerKind   kind;
  void          (*test) (Fixture       *self,
                         gconstpointer  data);
} Trial;

struct _Fixture
{
  TempFolder      temp;
  OciServer      *server;    /* (owned) (nullable) */
  StrataShelf    *shelf;     /* (owned) */
  StrataIndex    *index;     /* (unowned): of the shelf */
  StrataRegistry *registry;  /* (owned) (nullable) */
};

static void
open_registry (Fixture           *self,
               const char        *below,
               const char *const *repositories)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *url = g_strconcat (self->server->url, below, NULL);
  g_autoptr(StrataRemote) bare = strata_remote_new (STRATA_REGISTRY_OCI, url, &error);
  g_autoptr(StrataRemote) known = strata_remote_with_id (bare, "oci");
  g_autoptr(StrataRemote) named = strata_remote_with_repositories (known, repositories);
  g_autoptr(StrataRemote) trusted = strata_remote_with_ca_file (named, self->server->ca_file);

  g_assert_no_error (error);
  g_clear_object (&self->registry);
  self->registry = strata_oci_registry_new (trusted, self->shelf);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const char *const none[] = { NULL };

  temp_folder_set_up (&self->temp, NULL);

  g_autofree char *kept = temp_folder_get (&self->temp, "data");
  g_autofree char *cache = temp_folder_get (&self->temp, "cache");

  self->shelf = strata_shelf_new (kept, cache);
  self->index = strata_shelf_get_index (self->shelf);
  self->server = oci_server_start (((const Trial *) data)->kind);
  if (self->server != NULL)
    open_registry (self, "", none);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->registry);
  g_clear_object (&self->shelf);
  g_clear_pointer (&self->server, oci_server_stop);
  temp_folder_tear_down (&self->temp, NULL);
}

/* How many real charts were pushed; the test is skipped when there are none. */
static guint
push_real_charts (Fixture *self)
{
  g_autofree char *folder = pack_fixture_find ("charts/repo");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *digest = oci_server_push_chart_file (self->server, "charts", path);

      n += digest != NULL ? 1 : 0;
    }

  if (n == 0)
    g_test_skip ("no shared data beside the source");

  return n;
}

static StrataIndexCounts
sync_now (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  StrataIndexCounts counts = { 0 };

  strata_registry_sync (self->registry, self->index, FALSE, &counts, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return counts;
}

static StrataPackSummary *
find (Fixture         *self,
      StrataLayerKind  kind,
      const char      *name,
      const char      *version)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) versions = strata_index_list_versions (self->index, "oci", kind, name, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < versions->len; i++)
    if (g_str_equal (strata_pack_summary_get_version (versions->pdata[i]), version))
      return g_object_ref (versions->pdata[i]);

  return NULL;
}

static StrataIndexEntry *
load (Fixture         *self,
      StrataLayerKind  kind,
      const char      *name,
      const char      *version)
{
  g_autoptr(GError) error = NULL;
  StrataIndexEntry *entry = strata_index_load_entry (self->index, "oci", kind, name, version, NULL, &error);

  g_assert_no_error (error);

  return entry;
}

static GBytes *
make_chart (const char *name,
            const char *version)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *meta = g_strdup_printf ("apiVersion: v2\nname: %s\nversion: %s\n", name, version);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (meta);
  GBytes *bytes;

  g_ptr_array_add (files, strata_file_new ("Chart.yaml", blob));
  bytes = strata_tarball_write (name, files, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
push_chart (Fixture    *self,
            const char *repository,
            const char *tag,
            const char *name,
            const char *version)
{
  g_autoptr(GBytes) archive = make_chart (name, version);
  g_autofree char *config = g_strdup_printf ("{\"name\": \"%s\", \"version\": \"%s\", \"description\": \"Does %s\"}",
                                             name, version, name);

  g_free (oci_server_push_chart (self->server, repository, tag, archive, config));
}

/* Each of the real charts: found, and fetched with the very bytes that were pushed. */
static void
test_real_charts (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  guint n_charts = push_real_charts (self);

  if (n_charts == 0)
    return;

  StrataIndexCounts counts = sync_now (self);

  g_assert_cmpuint (counts.n_versions, ==, n_charts);
  g_assert_true (counts.n_new == n_charts && counts.n_skipped == 0);

  g_autoptr(StrataIndexEntry) entry = load (self, STRATA_LAYER_KIND_OCI, "nginx-ingress", "1.36.2");

  g_assert_cmpstr (entry->kube_version, ==, ">=1.10.0-0");
  g_assert_cmpstr (entry->keywords[0], ==, "ingress");
  g_assert_nonnull (entry->maintainers[0]);
  g_assert_nonnull (entry->icon);
  g_assert_cmpint (entry->is_signed, ==, STRATA_INDEX_NO);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "nginx-ingress", "1.36.2");
  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_pack_get_kind (pack), ==, STRATA_LAYER_KIND_OCI);

  StrataFile *file = strata_pack_get_files (pack)->pdata[0];

  g_assert_cmpstr (strata_blob_get_digest (strata_file_get_content (file)), ==, entry->digest);
}

static void
test_asks_for_nothing_twice (Fixture       *self,
                             gconstpointer  data)
{
  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/web", "1.1.0", "web", "1.1.0");
  sync_now (self);

  /* What was known holds although it could not be read any more: its tag names the same. */
  g_autofree char *blobs =
    g_build_filename (self->server->folder, "storage/docker/registry/v2/repositories/charts/web/_layers", NULL);

  temp_folder_remove_tree (blobs);
  g_assert_no_errno (g_mkdir (blobs, 0755));

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "oci", NULL, NULL);

  g_assert_cmpuint (counts.n_new + counts.n_changed + counts.n_gone, ==, 0);
  g_assert_cmpuint (counts.n_versions, ==, 2);
  g_assert_cmpuint (g_strv_length (source->warnings), ==, 0);
}

static void
test_changes (Fixture       *self,
              gconstpointer  data)
{
  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/web", "1.1.0", "web", "1.1.0");
  push_chart (self, "charts/db", "2.0.0", "db", "2.0.0");
  sync_now (self);

  g_autoptr(StrataIndexEntry) before = load (self, STRATA_LAYER_KIND_OCI, "web", "1.1.0");
  g_autoptr(GBytes) other = make_chart ("web", "1.1.0+changed");

  g_free (oci_server_push_chart (self->server, "charts/web", "1.1.0", other,
                                 "{\"name\": \"web\", \"version\": \"1.1.0\", \"description\": \"New\"}"));
  push_chart (self, "charts/web", "1.2.0_b.5", "web", "1.2.0+b.5");

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataIndexEntry) after = load (self, STRATA_LAYER_KIND_OCI, "web", "1.1.0");
  g_autoptr(StrataPackSummary) plus = find (self, STRATA_LAYER_KIND_OCI, "web", "1.2.0+b.5");

  g_assert_true (counts.n_new == 1 && counts.n_changed == 1);
  g_assert_cmpstr (after->description, ==, "New");
  g_assert_cmpstr (after->digest, !=, before->digest);
  g_assert_cmpstr (after->earlier_digest, ==, before->digest);
  g_assert_nonnull (plus);
}

/* The bytes that a person looked at, also when the tag names others by now. */
static void
test_fetches_what_was_seen (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  sync_now (self);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");

  push_chart (self, "charts/web", "1.0.0", "web", "6.6.6");

  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VERSION), ==, "1.0.0");
}

static void
test_floating_tags (Fixture       *self,
                    gconstpointer  data)
{
  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/web", "latest", "web", "1.0.0");
  push_chart (self, "charts/web", "1", "web", "1.0.0");
  push_chart (self, "charts/only", "stable", "only", "3.1.4");

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataPackSummary) only = find (self, STRATA_LAYER_KIND_OCI, "only", "3.1.4");

  g_assert_true (counts.n_versions == 2 && only != NULL);
}

static void
test_many_versions (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *version = g_strdup_printf ("1.%u.0", i);

      push_chart (self, "charts/web", version, "web", version);
    }

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataIndexEntry) newest = load (self, STRATA_LAYER_KIND_OCI, "web", "1.24.0");
  g_autoptr(StrataIndexEntry) oldest = load (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");
  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");
  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_versions, ==, 25);
  g_assert_true (newest->digest != NULL && oldest->digest == NULL);
  g_assert_cmpstr (oldest->description, ==, "Does web");
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VERSION), ==, "1.0.0");
}

static void
test_packs (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const char *const none[] = { NULL };
  g_autofree char *packs = pack_fixture_find ("packs");
  g_autofree char *path = g_build_filename (packs, "hello-universe-1.3.1", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autoptr(StrataPack) pushed = strata_pack_read_folder (folder, NULL, NULL);

  if (pushed == NULL)
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(GBytes) archive =
    strata_tarball_write ("hello-universe-1.3.1", strata_pack_get_files (pushed), NULL, &error);

  g_assert_no_error (error);
  g_free (oci_server_push_pack (self->server, "base/spectro-packs/archive/hello-universe", "1.3.1", archive));
  g_free (oci_server_push_pack (self->server, "base/not-a-pack", "1.3.1", archive));
  g_free (oci_server_push_pack (self->server, "elsewhere/spectro-packs/archive/other", "1.3.1", archive));

  open_registry (self, "/base", none);

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_PACK, "hello-universe", "1.3.1");
  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_versions, ==, 1);
  pack_fixture_assert_same (pack, pushed);
}

static void
test_named_repositories (Fixture       *self,
                         gconstpointer  data)
{
  const char *const names[] = { "web", "charts/db", "missing", NULL };

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/db", "1.0.0", "db", "1.0.0");
  push_chart (self, "other/secret", "1.0.0", "secret", "1.0.0");
  open_registry (self, "/charts", names);

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "oci", NULL, NULL);

  g_assert_cmpuint (counts.n_versions, ==, 2);
  g_assert_cmpuint (g_strv_length (source->warnings), ==, 1);
  g_assert_nonnull (strstr (source->warnings[0], "charts/missing"));
}

/* A repository that cannot be read for once keeps what was known of it. */
static void
test_keeps_what_fails (Fixture       *self,
                       gconstpointer  data)
{
  const char *const names[] = { "charts/web", NULL };

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/web", "1.1.0", "web", "1.1.0");
  push_chart (self, "charts/db", "1.0.0", "db", "1.0.0");
  open_registry (self, "", names);
  sync_now (self);

  g_autofree char *storage =
    g_build_filename (self->server->folder, "storage/docker/registry/v2/repositories/charts/web", NULL);

  temp_folder_remove_tree (storage);

  StrataIndexCounts counts = sync_now (self);

  g_assert_true (counts.n_versions == 3 && counts.n_gone == 0);
}

static void
test_same_name_twice (Fixture       *self,
                      gconstpointer  data)
{
  push_chart (self, "a/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "b/web", "1.0.0", "web", "1.0.0");

  StrataIndexCounts counts = sync_now (self);
  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");

  g_assert_cmpuint (counts.n_versions, ==, 1);
  g_assert_cmpuint (counts.n_skipped, ==, 1);
  g_assert_true (g_str_has_prefix (strata_pack_summary_get_location (summary), "a/web:"));
}

/* What is kept needs no registry. */
static void
test_kept (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  sync_now (self);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");

  g_assert_cmpint (strata_registry_is_signed (self->registry, summary, NULL), ==, STRATA_INDEX_NO);
  g_assert_true (strata_registry_keep (self->registry, self->shelf, summary, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_subprocess_force_exit (self->server->process);
  g_subprocess_wait (self->server->process, NULL, NULL);

  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);
  g_autoptr(GPtrArray) list = strata_registry_list (self->registry, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==, "web");
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (strata_registry_is_signed (self->registry, summary, NULL), ==, STRATA_INDEX_UNKNOWN);
}

static void
test_server_gone (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  sync_now (self);
  g_subprocess_force_exit (self->server->process);
  g_subprocess_wait (self->server->process, NULL, NULL);

  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");
  g_autoptr(StrataIndexSource) source = strata_index_get_source (self->index, "oci", NULL, NULL);

  g_assert_nonnull (summary);
  g_assert_cmpint (source->error_code, ==, STRATA_ERROR_OFFLINE);
}

static void
test_signs_in (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  const char *const names[] = { "charts/web", NULL };

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  g_assert_false (strata_registry_check (self->registry, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);
  open_registry (self, "", names);
  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);

  StrataRemote *remote = strata_registry_get_remote (self->registry);
  g_autoptr(StrataRemote) signed_in = strata_remote_with_auth (remote, STRATA_REMOTE_AUTH_BASIC, OCI_USER);

  strata_remote_remember (signed_in, OCI_PASSWORD);
  g_clear_object (&self->registry);
  self->registry = strata_oci_registry_new (signed_in, self->shelf);
  g_assert_true (strata_registry_check (self->registry, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sync_now (self).n_versions, ==, 1);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");
  g_autoptr(StrataPack) pack = strata_registry_fetch (self->registry, summary, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pack);
}

/* What docker-registry keeps is damaged on its disk. */
static void
test_damaged_blob (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  sync_now (self);

  g_autoptr(StrataIndexEntry) entry = load (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");
  g_autofree char *path = g_strdup_printf ("%s/storage/docker/registry/v2/blobs/sha256/%.2s/%s/data", self->server->folder,
                                           entry->digest, entry->digest);
  g_autofree char *bytes = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  bytes[size / 2] ^= 1;
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);

  g_autoptr(StrataPackSummary) summary = find (self, STRATA_LAYER_KIND_OCI, "web", "1.0.0");

  g_assert_null (strata_registry_fetch (self->registry, summary, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, entry->digest));
}

static void
count_cb (guint64  done,
          guint64  total,
          gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (done, >, last[0]);
  g_assert_cmpuint (done, <=, total);
  last[0] = done;
  last[1] = total;
}

static void
test_progress_and_cancel (Fixture       *self,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  guint64 last[2] = { 0, 0 };

  push_chart (self, "charts/web", "1.0.0", "web", "1.0.0");
  push_chart (self, "charts/db", "1.0.0", "db", "1.0.0");
  g_assert_true (strata_registry_sync (self->registry, self->index, FALSE, NULL, count_cb, last, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (last[0] == 2 && last[1] == 2);

  g_cancellable_cancel (cancellable);
  g_assert_false (strata_registry_sync (self->registry, self->index, FALSE, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Nothing is tried where there is no docker-registry: the test is skipped. */
static void
run_trial (Fixture       *self,
           gconstpointer  data)
{
  if (self->server != NULL)
    ((const Trial *) data)->test (self, NULL);
}

static const Trial trials[] = {
  { "real-charts", OCI_SERVER_PLAIN, test_real_charts },
  { "tls", OCI_SERVER_TLS, test_fetches_what_was_seen },
  { "asks-for-nothing-twice", OCI_SERVER_PLAIN, test_asks_for_nothing_twice },
  { "changes", OCI_SERVER_PLAIN, test_changes },
  { "fetches-what-was-seen", OCI_SERVER_PLAIN, test_fetches_what_was_seen },
  { "floating-tags", OCI_SERVER_PLAIN, test_floating_tags },
  { "many-versions", OCI_SERVER_PLAIN, test_many_versions },
  { "packs", OCI_SERVER_PLAIN, test_packs },
  { "named-repositories", OCI_SERVER_PLAIN, test_named_repositories },
  { "keeps-what-fails", OCI_SERVER_PLAIN, test_keeps_what_fails },
  { "same-name-twice", OCI_SERVER_PLAIN, test_same_name_twice },
  { "kept", OCI_SERVER_PLAIN, test_kept },
  { "server-gone", OCI_SERVER_PLAIN, test_server_gone },
  { "signs-in", OCI_SERVER_PASSWORD, test_signs_in },
  { "damaged-blob", OCI_SERVER_PLAIN, test_damaged_blob },
  { "progress-and-cancel", OCI_SERVER_PLAIN, test_progress_and_cancel },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autofree char *path = g_strconcat ("/oci-registry/", trials[i].name, NULL);

      g_test_add (path, Fixture, &trials[i], set_up, run_trial, tear_down);
    }

  return g_test_run ();
}
