/* test-helm-nginx.c - charts that others made, served by nginx: compressed, unchanged, behind a password, moved, resumed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <utime.h>

#include <glib/gstdio.h>

#include "helm-fixture.h"
#include "strata-error.h"
#include "strata-pack-reader.h"

#define WAIT_SECONDS 30
#define N_TRIES 5
#define LARGE "prometheus-operator-8.13.4.tgz"  /* the largest of them: it takes more than one write */

/* Debian has it where a person's path does not lead. */
static const char *const programs[] = { "nginx", "/usr/sbin/nginx" };

typedef struct
{
  HelmFixture  helm;
  char        *charts;     /* (owned) the folder of the charts */
  GPid         pid;
  guint        ports[3];   /* the third speaks https and HTTP/2 */
} Fixture;

/* One that was free a moment ago; should somebody take it meanwhile, the next is tried. */
static guint
find_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static char *
find_program (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      char *path = g_find_program_in_path (programs[i]);

      if (path != NULL)
        return path;
    }

  return NULL;
}

/* The first server has the index and a third of the charts, and points to the second for the others. */
static void
write_configuration (Fixture *self)
{
  g_autofree char *text = g_strdup_printf (
    "daemon off;\nmaster_process off;\nerror_log error.log;\npid nginx.pid;\nevents {}\nhttp {\n"
    "  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; "
    "scgi_temp_path t5;\n"
    "  types { text/yaml yaml; application/gzip tgz; }\n"
    "  log_format plain '$server_port $server_protocol $request_uri $status "
    "\"$http_authorization\" \"$sent_http_content_encoding\"';\n"
    "  access_log access.log plain;\n"
    "  gzip on; gzip_types text/yaml; gzip_min_length 1;\n"
    "  server { listen 127.0.0.1:%u;\n"
    "    location /index/ { alias \"%s/index/\"; }\n"
    "    location /secret/ { auth_basic x; auth_basic_user_file users; alias \"%s/index/\"; }\n"
    "    location /charts/ { alias \"%s/\"; }\n"
    "    location /slow/ { limit_rate 200k; alias \"%s/\"; }\n"
    "    location /moved/ { rewrite ^/moved/(.*)$ http://127.0.0.1:%u/charts/$1 redirect; }\n"
    "  }\n"
    "  server { listen 127.0.0.1:%u; location /charts/ { alias \"%s/\"; } }\n"
    "  server { listen 127.0.0.1:%u ssl http2; ssl_certificate right.crt; ssl_certificate_key "
    "right.key;\n"
    "    location /index/ { alias \"%s/index/\"; }\n"
    "    location /charts/ { alias \"%s/\"; }\n"
    "  }\n"
    "}\n",
    self->ports[0], self->helm.temp.path, self->helm.temp.path, self->charts, self->charts,
    self->ports[1], self->ports[1], self->charts, self->ports[2], self->helm.temp.path,
    self->charts);

  temp_folder_put (&self->helm.temp, "nginx.conf", text);
  temp_folder_put (&self->helm.temp, "users", "ada:{PLAIN}hunter2\n");
}

static gboolean
make_certificates (Fixture *self)
{
  g_autofree char *script =
    g_test_build_filename (G_TEST_DIST, "services", "make-certificates.sh", NULL);
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  int status = -1;

  return openssl != NULL &&
         g_spawn_sync (NULL, (char *[]){ script, self->helm.temp.path, NULL }, NULL,
                       G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL) &&
         g_spawn_check_wait_status (status, NULL);
}

static gboolean
is_up (Fixture *self)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr(GSocketConnection) connection =
        g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) self->ports[1], NULL, NULL);

      if (connection != NULL)
        return waitpid (self->pid, NULL, WNOHANG) == 0;
      if (waitpid (self->pid, NULL, WNOHANG) != 0)
        return FALSE;
      g_usleep (10000);
    }

  return FALSE;
}

/* A test that fails ends without more ado, and what it started ends with it. */
static void
child_setup (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
start (Fixture    *self,
       const char *program)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *conf = temp_folder_get (&self->helm.temp, "nginx.conf");
  g_autofree char *log = temp_folder_get (&self->helm.temp, "error.log");

  self->ports[0] = find_port ();
  self->ports[1] = find_port ();
  self->ports[2] = find_port ();
  write_configuration (self);
  g_spawn_async (NULL,
                 (char *[]){ (char *) program, (char *) "-p", self->helm.temp.path, (char *) "-e",
                             log, (char *) "-c", conf, NULL },
                 NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, child_setup, NULL,
                 &self->pid, &error);
  g_assert_no_error (error);

  return is_up (self);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *program = find_program ();

  helm_fixture_set_up (&self->helm, NULL);
  self->charts =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "charts", "repo", NULL);

  if (program == NULL || !make_certificates (self) ||
      !g_file_test (self->charts, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no nginx, no openssl, or no shared data beside the source");
      return;
    }

  for (guint i = 0; i < N_TRIES; i++)
    if (start (self, program))
      return;

  g_assert_not_reached ();
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  if (self->pid != 0)
    {
      kill (self->pid, SIGTERM);
      waitpid (self->pid, NULL, 0);
    }

  g_free (self->charts);
  helm_fixture_tear_down (&self->helm, NULL);
}

/* Where the chart number @i is: here, on the other server, or where the first points to it. */
static char *
make_chart_url (Fixture    *self,
                guint       i,
                const char *file)
{
  if (i % 3 == 0)
    return g_strdup_printf ("../charts/%s", file);
  if (i % 3 == 1)
    return g_strdup_printf ("http://127.0.0.1:%u/charts/%s", self->ports[1], file);

  return g_strdup_printf ("http://127.0.0.1:%u/moved/%s", self->ports[0], file);
}

/* Writes an index of all charts. Returns them as a list would show them. */
static GPtrArray *
write_index (Fixture *self)
{
  g_autoptr(GString) text = g_string_new ("apiVersion: v1\nentries:\n");
  GPtrArray *summaries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GDir) folder = g_dir_open (self->charts, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->charts, name, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(StrataPack) pack = strata_pack_read_chart (file, NULL, NULL);

      if (pack == NULL)
        continue;

      const char *chart = strata_pack_get (pack, STRATA_PACK_NAME);
      const char *version = strata_pack_get (pack, STRATA_PACK_VERSION);
      StrataFile *archive = g_ptr_array_index (strata_pack_get_files (pack), 0);
      g_autofree char *url = make_chart_url (self, summaries->len, name);

      g_string_append_printf (
        text, "  %s:\n  - name: %s\n    version: \"%s\"\n    digest: %s\n    urls: [\"%s\"]\n",
        chart, chart, version, strata_blob_get_digest (strata_file_get_content (archive)), url);
      g_ptr_array_add (summaries, helm_fixture_summary (chart, version));
    }

  temp_folder_put (&self->helm.temp, "index/index.yaml", text->str);

  return summaries;
}

static void
open_at (Fixture          *self,
         const char       *path,
         StrataRemoteAuth  auth)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/%s", self->ports[0], path);

  helm_fixture_open (&self->helm, url, auth);
}

/* How often nginx wrote a line like that. */
static guint
count_log (Fixture    *self,
           const char *pattern)
{
  g_autofree char *path = temp_folder_get (&self->helm.temp, "access.log");
  g_autofree char *text = NULL;
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    n++;

  return n;
}

static void
test_all_charts (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  StrataIndexCounts counts;

  if (self->pid == 0)
    return;

  g_autoptr(GPtrArray) summaries = write_index (self);

  open_at (self, "index", STRATA_REMOTE_AUTH_NONE);
  g_assert_true (strata_registry_check (self->helm.registry, NULL, &error));
  g_assert_true (helm_fixture_sync (&self->helm, &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_new, ==, summaries->len);
  g_assert_true (helm_fixture_sync (&self->helm, &counts, &error));
  g_assert_cmpuint (counts.n_new + counts.n_changed + counts.n_gone, ==, 0);
  g_assert_cmpuint (counts.n_versions, ==, summaries->len);

  for (guint i = 0; i < summaries->len; i++)
    {
      g_autoptr(StrataPack) pack =
        strata_registry_fetch (self->helm.registry, summaries->pdata[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==,
                       strata_pack_summary_get_name (summaries->pdata[i]));
    }

  g_assert_cmpuint (count_log (self, "/index/index.yaml 200 .* \"gzip\"$"), ==, 1);
  g_assert_cmpuint (count_log (self, "/index/index.yaml 304 "), ==, 1);
  g_assert_cmpuint (count_log (self, "/moved/.* 302 "), >, 0);
  g_assert_cmpuint (count_log (self, "\\.tgz 200 "), ==, summaries->len);
}

static void
test_password (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  if (self->pid == 0)
    return;

  g_autoptr(GPtrArray) summaries = write_index (self);

  open_at (self, "secret", STRATA_REMOTE_AUTH_BASIC);
  strata_remote_remember (self->helm.remote, "wrong");
  g_assert_false (helm_fixture_sync (&self->helm, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_clear_error (&error);

  strata_remote_remember (self->helm.remote, "hunter2");
  g_assert_true (helm_fixture_sync (&self->helm, NULL, &error));
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr(StrataPack) pack =
        strata_registry_fetch (self->helm.registry, summaries->pdata[i], NULL, &error);

      g_assert_no_error (error);
    }

  g_autofree char *other = g_strdup_printf ("^%u [^\"]*\"Basic", self->ports[1]);
  g_autofree char *bare = g_strdup_printf ("^%u [^\"]* 200 \"-\"", self->ports[1]);

  g_assert_cmpuint (count_log (self, other), ==, 0);
  g_assert_cmpuint (count_log (self, bare), ==, 4);
  strata_remote_remember (self->helm.remote, NULL);
}

static void
cancel_cb (guint64  received,
           guint64  total,
           gpointer data)
{
  if (received < total)
    g_cancellable_cancel (data);
}

/* Stopped with a part of it here, it goes on from there, after the program was started again too. */
static void
test_resumes (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("prometheus-operator", "8.13.4");

  if (self->pid == 0)
    return;

  g_autofree char *path = g_build_filename (self->charts, LARGE, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));

  g_autofree char *digest =
    g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
  g_autofree char *index =
    g_strdup_printf ("apiVersion: v1\nentries:\n  prometheus-operator:\n"
                     "  - name: prometheus-operator\n    version: 8.13.4\n    digest: %s\n"
                     "    urls: [/slow/" LARGE "]\n",
                     digest);

  temp_folder_put (&self->helm.temp, "index/index.yaml", index);
  open_at (self, "index", STRATA_REMOTE_AUTH_NONE);
  g_assert_true (helm_fixture_sync (&self->helm, NULL, &error));
  g_assert_false (strata_registry_keep (self->helm.registry, self->helm.shelf, summary, cancel_cb,
                                        cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  helm_fixture_start_again (&self->helm);
  g_assert_true (strata_registry_keep (self->helm.registry, self->helm.shelf, summary, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_log (self, "/slow/.* 206 "), ==, 1);
}

typedef struct
{
  StrataRegistry *registry;
  GPtrArray      *summaries;
} Customer;

static gpointer
fetch_all (gpointer data)
{
  Customer *self = data;

  for (guint i = 0; i < self->summaries->len; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataPack) pack =
        strata_registry_fetch (self->registry, self->summaries->pdata[i], NULL, &error);

      g_assert_no_error (error);
    }

  return NULL;
}

/* Eight threads want all of it at once, over connections that carry many answers; each chart comes once. */
static void
test_many_at_once (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  GThread *threads[8];

  if (self->pid == 0)
    return;

  g_autoptr(GPtrArray) summaries = write_index (self);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/index", self->ports[2]);
  g_autofree char *authority = temp_folder_get (&self->helm.temp, "authority.pem");

  helm_fixture_open (&self->helm, url, STRATA_REMOTE_AUTH_NONE);

  g_autoptr(StrataRemote) remote = strata_remote_with_ca_file (self->helm.remote, authority);
  g_autoptr(StrataRegistry) registry = strata_helm_registry_new (remote, self->helm.shelf);
  Customer customer = { .registry = registry, .summaries = summaries };

  g_set_object (&self->helm.registry, registry);
  g_assert_true (helm_fixture_sync (&self->helm, NULL, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("customer", fetch_all, &customer);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (count_log (self, "HTTP/2.0 /index/index.yaml 200 "), ==, 1);
  g_assert_cmpuint (count_log (self, "\\.tgz 200 "), ==, summaries->len);
}

/* Writes an index of one chart, which nginx cannot tell from that of another: as long and as old. */
static char *
put_place (Fixture    *self,
           const char *place,
           const char *chart)
{
  g_autofree char *name = g_strdup_printf ("index/%s/index.yaml", place);
  g_autofree char *path = temp_folder_get (&self->helm.temp, name);
  g_autofree char *text = g_strdup_printf (
    "apiVersion: v1\nentries:\n  %s:\n  - name: %s\n    version: 1.0.0\n    urls: [x.tgz]\n", chart, chart);
  struct utimbuf times = { .actime = 1000000000, .modtime = 1000000000 };

  temp_folder_put (&self->helm.temp, name, text);
  g_assert_no_errno (g_utime (path, &times));

  return g_strdup_printf ("http://127.0.0.1:%u/index/%s", self->ports[0], place);
}

/* What one server called its index by is not said to another, which might call its own by the same. */
static void
test_elsewhere (Fixture       *self,
                gconstpointer  data)
{
  if (self->pid == 0)
    return;

  g_autoptr(GError) error = NULL;
  g_autofree char *here = put_place (self, "here", "web");
  g_autofree char *there = put_place (self, "away", "box");

  helm_fixture_open (&self->helm, here, STRATA_REMOTE_AUTH_NONE);
  helm_fixture_sync (&self->helm, NULL, &error);
  g_assert_no_error (error);
  helm_fixture_open (&self->helm, there, STRATA_REMOTE_AUTH_NONE);
  helm_fixture_sync (&self->helm, NULL, &error);
  g_assert_no_error (error);

  g_autoptr(StrataIndexEntry) entry =
    strata_index_load_entry (strata_shelf_get_index (self->helm.shelf), "far", STRATA_LAYER_KIND_HELM, "box",
                             "1.0.0", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (entry->gone_since, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/services/helm-nginx/all-charts", Fixture, NULL, set_up, test_all_charts, tear_down);
  g_test_add ("/services/helm-nginx/password", Fixture, NULL, set_up, test_password, tear_down);
  g_test_add ("/services/helm-nginx/many-at-once", Fixture, NULL, set_up, test_many_at_once,
              tear_down);
  g_test_add ("/services/helm-nginx/resumes", Fixture, NULL, set_up, test_resumes, tear_down);
  g_test_add ("/services/helm-nginx/elsewhere", Fixture, NULL, set_up, test_elsewhere, tear_down);

  return g_test_run ();
}
