/* oci-fixture.c - Debian's docker-registry, started for a test, and what is pushed to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "oci-fixture.h"

#include "strata-oci-manifest.h"
#include "strata-oci-names.h"
#include "strata-pack-reader.h"
#include "strata-tarball.h"
#include "strata-json.h"

#include "../temp-folder.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define MANIFEST_TYPE "application/vnd.oci.image.manifest.v1+json"

/* Of OCI_PASSWORD, with the fewest rounds, so that a test does not wait for it. */
#define HTPASSWD OCI_USER ":$2y$04$rQfkWS.HrOOEOvjsBynm8OFIeO.m3XPAP/WQloN9vjakbDR.9TmFK\n"

static guint16
find_free_port (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);

  return port;
}

static void
put (const char *folder,
     const char *name,
     const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
run_openssl (const char *folder,
             const char *line)
{
  g_autofree char *command = g_strconcat ("openssl ", line, NULL);
  g_auto(GStrv) words = NULL;
  int status = -1;

  g_shell_parse_argv (command, NULL, &words, NULL);

  return g_spawn_sync (folder, words, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL) && status == 0;
}

/* An authority, ca.pem, and what it says 127.0.0.1 is, server.pem and server.key. */
gboolean
oci_fixture_make_certificates (const char *folder)
{
  put (folder, "extra", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");

  return run_openssl (folder, "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                              "-subj /CN=test-authority -keyout ca.key -out ca.pem")
         && run_openssl (folder, "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes "
                                 "-subj /CN=127.0.0.1 -keyout server.key -out server.csr")
         && run_openssl (folder, "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
                                 "-extfile extra -out server.pem");
}

static void
write_config (OciServer     *self,
              OciServerKind  kind,
              guint16        port)
{
  g_autoptr(GString) text = g_string_new ("version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\n");

  g_string_append_printf (text, "storage:\n  filesystem:\n    rootdirectory: %s/storage\n", self->folder);
  g_string_append_printf (text, "http:\n  addr: 127.0.0.1:%u\n", port);

  if (kind == OCI_SERVER_TLS)
    g_string_append_printf (text, "  tls:\n    certificate: %s/server.pem\n    key: %s/server.key\n", self->folder,
                            self->folder);
  if (kind == OCI_SERVER_PASSWORD)
    {
      put (self->folder, "htpasswd", HTPASSWD);
      g_string_append_printf (text, "auth:\n  htpasswd:\n    realm: test\n    path: %s/htpasswd\n", self->folder);
    }

  put (self->folder, "config.yml", text->str);
}

static void
wait_for_port (OciServer *self,
               guint16    port)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  g_autoptr(GSocketClient) client = g_socket_client_new ();

  while (g_get_monotonic_time () < end)
    {
      g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (10 * G_TIME_SPAN_MILLISECOND);
    }

  g_error ("docker-registry did not start");
}

static void
make_pusher (OciServer     *self,
             OciServerKind  kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataCredentials) credentials = strata_credentials_new_basic (OCI_USER, OCI_PASSWORD, &error);

  self->http = strata_http_new (self->url, &error);
  g_assert_no_error (error);

  if (kind == OCI_SERVER_PASSWORD)
    strata_http_set_credentials (self->http, credentials);
  if (kind == OCI_SERVER_TLS)
    strata_http_set_ca_file (self->http, self->ca_file, &error);
  g_assert_no_error (error);
}

/* NULL, and the test skipped, where there is no docker-registry. */
OciServer *
oci_server_start (OciServerKind kind)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_find_program_in_path ("docker-registry");
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  guint16 port = find_free_port ();

  if (program == NULL || (kind == OCI_SERVER_TLS && openssl == NULL))
    {
      g_test_skip (program == NULL ? "docker-registry is not installed" : "openssl is not installed");
      return NULL;
    }

  OciServer *self = g_new0 (OciServer, 1);

  self->folder = g_dir_make_tmp ("strata-registry-XXXXXX", &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", kind == OCI_SERVER_TLS ? "https" : "http", port);
  if (kind == OCI_SERVER_TLS)
    {
      self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
      g_assert_true (oci_fixture_make_certificates (self->folder));
    }

  write_config (self, kind, port);

  g_autofree char *config = g_build_filename (self->folder, "config.yml", NULL);

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                    program, "serve", config, NULL);
  g_assert_no_error (error);
  wait_for_port (self, port);
  make_pusher (self, kind);

  return self;
}

void
oci_server_stop (OciServer *self)
{
  if (self == NULL)
    return;

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_object (&self->http);
  temp_folder_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->ca_file);
  g_free (self->url);
  g_free (self);
}

static StrataHttpReply *
send (OciServer  *self,
      const char *method,
      const char *uri,
      const char *type,
      GBytes     *body)
{
  g_autoptr(GError) error = NULL;
  StrataHttpReply *reply = strata_http_send (self->http,
                                             &(StrataHttpRequest) {
                                               .method = method, .uri = uri, .content_type = type, .body = body,
                                             },
                                             NULL, &error);

  g_assert_no_error (error);

  return reply;
}

/* Returns its digest. */
char *
oci_server_push_blob (OciServer  *self,
                      const char *repository,
                      GBytes     *bytes)
{
  g_autofree char *begin = g_strdup_printf ("/v2/%s/blobs/uploads/", repository);
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr(StrataHttpReply) begun = send (self, "POST", begin, "application/octet-stream", nothing);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  const char *place = strata_http_reply_get_header (begun, "Location");
  g_autofree char *end =
    g_strdup_printf ("%s%sdigest=sha256:%s", place, strchr (place, '?') != NULL ? "&" : "?", hex);
  g_autoptr(StrataHttpReply) ended = send (self, "PUT", end, "application/octet-stream", bytes);

  return g_strconcat ("sha256:", hex, NULL);
}

/* Returns its digest. */
char *
oci_server_push_manifest (OciServer  *self,
                          const char *repository,
                          const char *reference,
                          const char *type,
                          const char *text)
{
  g_autofree char *uri = g_strdup_printf ("/v2/%s/manifests/%s", repository, reference);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr(StrataHttpReply) reply = send (self, "PUT", uri, type, body);
  g_autofree char *hex = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);

  return g_strconcat ("sha256:", hex, NULL);
}

static char *
push (OciServer  *self,
      const char *repository,
      const char *tag,
      const char *config_type,
      const char *config,
      const char *archive_type,
      GBytes     *archive)
{
  g_autoptr(GBytes) config_bytes = g_bytes_new (config, strlen (config));
  g_autofree char *config_digest = oci_server_push_blob (self, repository, config_bytes);
  g_autofree char *archive_digest = oci_server_push_blob (self, repository, archive);
  g_autofree char *manifest = g_strdup_printf (
    "{\"schemaVersion\": 2, \"mediaType\": \"" MANIFEST_TYPE "\", "
    "\"config\": {\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %zu}, "
    "\"layers\": [{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %zu}], "
    "\"annotations\": {\"org.opencontainers.image.created\": \"2026-01-02T03:04:05Z\"}}",
    config_type, config_digest, strlen (config), archive_type, archive_digest, g_bytes_get_size (archive));

  return oci_server_push_manifest (self, repository, tag, MANIFEST_TYPE, manifest);
}

/* As "helm push" does it. Returns the digest of the manifest. */
char *
oci_server_push_chart (OciServer  *self,
                       const char *repository,
                       const char *tag,
                       GBytes     *archive,
                       const char *config)
{
  return push (self, repository, tag, STRATA_OCI_TYPE_CHART_CONFIG, config, STRATA_OCI_TYPE_CHART, archive);
}

/* The config is Chart.yaml as JSON. */
static char *
make_config (GBytes *archive)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) files = strata_tarball_read (archive, &top, NULL, &error);

  g_assert_no_error (error);

  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (strata_file_get_path (files->pdata[i]), "Chart.yaml"))
      {
        g_autoptr(JsonNode) node = strata_json_from_yaml (strata_file_get_text (files->pdata[i]), -1, &error);

        g_assert_no_error (error);

        return strata_json_to_text (node, FALSE);
      }

  g_assert_not_reached ();
}

/* Pushes a real chart to @folder/<its name>, under its version. Returns the digest of the manifest. */
char *
oci_server_push_chart_file (OciServer  *self,
                            const char *folder,
                            const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(StrataPack) pack = strata_pack_read_chart (file, NULL, &error);
  g_autoptr(GBytes) archive = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);

  g_autofree char *repository = g_strdup_printf ("%s/%s", folder, strata_pack_get (pack, STRATA_PACK_NAME));
  g_autofree char *tag = strata_oci_name_version_to_tag (strata_pack_get (pack, STRATA_PACK_VERSION));
  g_autofree char *config = make_config (archive);

  return oci_server_push_chart (self, repository, tag, archive, config);
}

/* As "oras push" does it with the archive of a pack's folder. */
char *
oci_server_push_pack (OciServer  *self,
                      const char *repository,
                      const char *tag,
                      GBytes     *archive)
{
  return push (self, repository, tag, "application/vnd.unknown.config.v1+json", "{}",
               "application/vnd.oci.image.layer.v1.tar+gzip", archive);
}
