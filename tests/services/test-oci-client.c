/* test-oci-client.c - a real docker-registry asked, and servers that lie
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"
#include "oci-fixture.h"
#include "strata-error.h"
#include "strata-oci-client.h"

#include <string.h>

#define MANIFEST_TYPE "application/vnd.oci.image.manifest.v1+json"
#define INDEX_TYPE "application/vnd.oci.image.index.v1+json"
#define JSON "application/json"

static StrataOciClient *
make_client (const char *url,
             const char *user,
             const char *password,
             const char *ca_file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttp) http = strata_http_new (url, &error);
  g_autoptr(StrataCredentials) credentials = user != NULL ? strata_credentials_new_basic (user, password, &error) : NULL;

  g_assert_no_error (error);
  strata_http_set_patience (http, 10, 1);
  if (ca_file != NULL)
    strata_http_set_ca_file (http, ca_file, &error);
  g_assert_no_error (error);

  return strata_oci_client_new (http, credentials);
}

static void
push_two_charts (OciServer *server)
{
  g_autoptr(GBytes) archive = g_bytes_new_static ("archive", 7);

  g_free (oci_server_push_chart (server, "charts/web", "1.2.0", archive, "{\"name\": \"web\"}"));
  g_free (oci_server_push_chart (server, "charts/web", "1.3.0_b.1", archive, "{\"name\": \"web\"}"));
  g_free (oci_server_push_chart (server, "charts/db", "2.0.0", archive, "{\"name\": \"db\"}"));
}

static char *
join (GPtrArray *names)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) names->pdata[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All that a registry is asked, in the order of a sync. */
static void
assert_reads_all (StrataOciClient *client)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_oci_client_ping (client, NULL, &error));
  g_assert_no_error (error);

  g_autoptr(GPtrArray) repositories = strata_oci_client_list_repositories (client, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *all = join (repositories);
  g_assert_cmpstr (all, ==, "charts/db charts/web");

  g_autoptr(GPtrArray) tags = strata_oci_client_list_tags (client, "charts/web", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *all_tags = join (tags);
  g_assert_cmpstr (all_tags, ==, "1.2.0 1.3.0_b.1");

  g_autofree char *digest = strata_oci_client_get_digest (client, "charts/web", "1.2.0", NULL, &error);
  g_assert_no_error (error);

  g_autoptr(StrataOciManifest) manifest =
    strata_oci_client_find_content (client, "charts/web", "1.2.0", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_oci_manifest_get_digest (manifest), ==, digest);
  g_assert_cmpint (strata_oci_manifest_get_content (manifest), ==, STRATA_OCI_CHART);
  g_assert_cmpstr (strata_oci_manifest_get_created (manifest), ==, "2026-01-02T03:04:05Z");

  g_autoptr(GBytes) config = strata_oci_client_read_blob (client, "charts/web",
                                                          strata_oci_manifest_get_config (manifest), 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (config, NULL), g_bytes_get_size (config), "{\"name\": \"web\"}", 15);
}

static void
test_plain (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PLAIN);

  if (server == NULL)
    return;

  g_autoptr(StrataOciClient) client = make_client (server->url, NULL, NULL, NULL);

  push_two_charts (server);
  assert_reads_all (client);
}

static void
test_password (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PASSWORD);

  if (server == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(StrataOciClient) client = make_client (server->url, OCI_USER, OCI_PASSWORD, NULL);
  g_autoptr(StrataOciClient) wrong = make_client (server->url, OCI_USER, "guess", NULL);
  g_autoptr(StrataOciClient) nobody = make_client (server->url, NULL, NULL, NULL);

  push_two_charts (server);
  assert_reads_all (client);

  g_assert_false (strata_oci_client_ping (wrong, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "guess"));
  g_clear_error (&error);

  g_assert_false (strata_oci_client_ping (nobody, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

static void
test_tls (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_TLS);

  if (server == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(StrataOciClient) client = make_client (server->url, NULL, NULL, server->ca_file);
  g_autoptr(StrataOciClient) stranger = make_client (server->url, NULL, NULL, NULL);

  push_two_charts (server);
  assert_reads_all (client);

  g_assert_false (strata_oci_client_ping (stranger, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "certificate"));
}

/* The catalog of docker-registry comes in pages when it is asked to. */
static void
test_pages (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PLAIN);

  if (server == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) archive = g_bytes_new_static ("archive", 7);
  g_autoptr(StrataOciClient) client = make_client (server->url, NULL, NULL, NULL);

  for (guint i = 0; i < 1005; i++)
    {
      g_autofree char *repository = g_strdup_printf ("charts/c%04u", i);
      g_autofree char *link = g_strdup_printf ("%s/storage/docker/registry/v2/repositories/%s/_layers",
                                               server->folder, repository);

      g_assert_no_errno (g_mkdir_with_parents (link, 0755));
    }

  g_autoptr(GPtrArray) repositories = strata_oci_client_list_repositories (client, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (repositories->len, ==, 1005);
  g_assert_cmpstr (repositories->pdata[1004], ==, "charts/c1004");
}

static void
test_index (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PLAIN);

  if (server == NULL)
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) archive = g_bytes_new_static ("archive", 7);
  g_autoptr(StrataOciClient) client = make_client (server->url, NULL, NULL, NULL);
  g_autofree char *chart = oci_server_push_chart (server, "web", "inner", archive, "{\"name\": \"web\"}");
  g_autofree char *text = g_strdup_printf (
    "{\"schemaVersion\": 2, \"mediaType\": \"" INDEX_TYPE "\", \"manifests\": [{\"mediaType\": \"" MANIFEST_TYPE
    "\", \"digest\": \"%s\", \"size\": 1}]}", chart);
  g_autofree char *index = oci_server_push_manifest (server, "web", "1.0.0", INDEX_TYPE, text);
  g_autoptr(StrataOciManifest) manifest = strata_oci_client_find_content (client, "web", "1.0.0", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_oci_manifest_get_digest (manifest), ==, chart);
  g_assert_cmpstr (index, !=, chart);
}

/* Where a registry has no list of referrers, as docker-registry 2 has none, cosign puts a tag beside. */
static void
test_signed_by_tag (void)
{
  g_autoptr(OciServer) server = oci_server_start (OCI_SERVER_PLAIN);

  if (server == NULL)
    return;

  g_autoptr(GBytes) archive = g_bytes_new_static ("archive", 7);
  g_autoptr(StrataOciClient) client = make_client (server->url, NULL, NULL, NULL);
  g_autofree char *digest = oci_server_push_chart (server, "web", "1.0.0", archive, "{\"name\": \"web\"}");
  g_autofree char *tag = g_strdup_printf ("sha256-%s.sig", digest + strlen ("sha256:"));

  g_assert_cmpint (strata_oci_client_is_signed (client, "web", digest, NULL), ==, STRATA_INDEX_NO);
  g_free (oci_server_push_chart (server, "web", tag, archive, "{}"));
  g_assert_cmpint (strata_oci_client_is_signed (client, "web", digest, NULL), ==, STRATA_INDEX_YES);
}

static void
referrers_cb (FakeServer        *server,
              SoupServerMessage *message,
              const char        *path,
              gpointer           data)
{
  if (g_str_has_prefix (path, "/v2/web/referrers/"))
    fake_server_reply (message, 200, INDEX_TYPE, data);
  else
    fake_server_reply (message, 404, JSON, "{}");
}

static void
test_signed_by_referrers (void)
{
  const char *digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  const struct { const char *reply; StrataIndexAnswer answer; } cases[] = {
    { "{\"manifests\": []}", STRATA_INDEX_NO },
    { "{\"manifests\": [{\"artifactType\": \"application/vnd.dev.cosign.artifact.sig.v1+json\"}]}", STRATA_INDEX_YES },
    { "{\"manifests\": [{\"artifactType\": \"application/vnd.cncf.notary.signature\"}]}", STRATA_INDEX_YES },
    { "{\"manifests\": [{\"artifactType\": \"application/spdx+json\"}, null]}", STRATA_INDEX_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(FakeServer) server = fake_server_new (NULL, referrers_cb, (gpointer) cases[i].reply);
      g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);

      g_assert_cmpint (strata_oci_client_is_signed (client, "web", digest, NULL), ==, cases[i].answer);
    }
}

static void
test_signed_is_unknown (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataOciClient) client = make_client ("http://127.0.0.1:1", NULL, NULL, NULL);

  g_assert_cmpint (strata_oci_client_is_signed (client, "web",
                                                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                                NULL), ==, STRATA_INDEX_UNKNOWN);
}

/* What a hostile registry answers to one request. */
typedef struct
{
  const char *name;
  guint       status;
  const char *type;
  const char *body;
  const char *link;    /* (nullable) */
  int         code;    /* of the error; -1 for none */
} Lie;

static void
lie_cb (FakeServer        *server,
        SoupServerMessage *message,
        const char        *path,
        gpointer           data)
{
  const Lie *lie = data;

  if (lie->link != NULL)
    fake_server_header (message, "Link", lie->link);
  fake_server_reply (message, lie->status, lie->type, lie->body);
}

static const Lie tag_lies[] = {
  { "null", 200, JSON, "{\"name\": \"web\", \"tags\": null}", NULL, -1 },
  { "none", 200, JSON, "{\"name\": \"web\", \"tags\": []}", NULL, -1 },
  { "no-member", 200, JSON, "{\"name\": \"web\"}", NULL, STRATA_ERROR_BAD_REPLY },
  { "text", 200, JSON, "{\"tags\": \"1.0.0\"}", NULL, STRATA_ERROR_BAD_REPLY },
  { "not-names", 200, JSON, "{\"tags\": [1, null, {}, [], \"../x\", \"\", \"a b\"]}", NULL, -1 },
  { "not-json", 200, JSON, "hello", NULL, STRATA_ERROR_BAD_REPLY },
  { "empty", 200, JSON, "", NULL, STRATA_ERROR_BAD_REPLY },
  { "page", 200, "text/html", "<html>Sign in to this network</html>", NULL, STRATA_ERROR_BAD_REPLY },
  { "denied", 403, JSON, "{\"errors\": []}", NULL, STRATA_ERROR_FORBIDDEN },
  { "unknown", 404, JSON, "{\"errors\": []}", NULL, STRATA_ERROR_NOT_FOUND },
  { "failing", 500, JSON, "{}", NULL, STRATA_ERROR_SERVER },
  { "sign-in-how", 401, JSON, "{}", NULL, STRATA_ERROR_SIGN_IN },
  { "loop", 200, JSON, "{\"tags\": [\"1.0.0\"]}", "</v2/web/tags/list?last=x>; rel=\"next\"", -1 },
  { "elsewhere", 200, JSON, "{\"tags\": [\"1.0.0\"]}", "<http://127.0.0.1:1/v2/web/tags/list>; rel=\"next\"",
    STRATA_ERROR_BAD_REPLY },
  { "user-in-link", 200, JSON, "{\"tags\": [\"1.0.0\"]}", "<http://a:b@127.0.0.1/>; rel=\"next\"", STRATA_ERROR_INVALID },
  { "no-http-link", 200, JSON, "{\"tags\": [\"1.0.0\"]}", "<file:///etc/passwd>; rel=\"next\"", STRATA_ERROR_INVALID },
};

static void
test_tag_lie (gconstpointer data)
{
  const Lie *lie = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) lie);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);
  g_autoptr(GPtrArray) tags = strata_oci_client_list_tags (client, "web", NULL, &error);

  if (lie->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, STRATA_ERROR, lie->code);

  g_assert_cmpuint (tags != NULL ? tags->len : 0, ==, lie->link != NULL && lie->code < 0 ? 1 : 0);
  g_assert_cmpuint (fake_server_count (server, "GET "), <=, 4);
}

/* Each page brings one more, for ever. */
static void
endless_cb (FakeServer        *server,
            SoupServerMessage *message,
            const char        *path,
            gpointer           data)
{
  static gint n_pages;
  int n = g_atomic_int_add (&n_pages, 1);
  g_autofree char *body = g_strdup_printf ("{\"tags\": [\"1.0.%d\"]}", n);
  g_autofree char *link = g_strdup_printf ("</v2/web/tags/list?last=%d>; rel=\"next\"", n);

  fake_server_header (message, "Link", link);
  fake_server_reply (message, 200, JSON, body);
}

static void
test_endless_pages (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FakeServer) server = fake_server_new (NULL, endless_cb, NULL);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);
  g_autoptr(GPtrArray) tags = strata_oci_client_list_tags (client, "web", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tags->len, ==, 1000);
}

static void
test_denied_catalog (void)
{
  const Lie denied = { "denied", 404, JSON, "{}", NULL, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) &denied);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);

  g_assert_null (strata_oci_client_list_repositories (client, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

/* An index of itself by its tag, and nothing else: a digest cannot be part of what it is of. */
static void
nested_cb (FakeServer        *server,
           SoupServerMessage *message,
           const char        *path,
           gpointer           data)
{
  GPtrArray *levels = data;

  for (guint i = 0; i < levels->len; i++)
    {
      g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, levels->pdata[i], -1);

      if (g_str_has_suffix (path, hex) || (i + 1 == levels->len && g_str_has_suffix (path, "/1.0.0")))
        {
          fake_server_reply (message, 200, INDEX_TYPE, levels->pdata[i]);
          return;
        }
    }

  fake_server_reply (message, 404, JSON, "{}");
}

static void
test_nested_indexes (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (levels, g_strdup ("{\"manifests\": []}"));
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, levels->pdata[i], -1);

      g_ptr_array_add (levels, g_strdup_printf ("{\"manifests\": [{\"mediaType\": \"" INDEX_TYPE "\", "
                                                "\"digest\": \"sha256:%s\", \"size\": 1}]}", hex));
    }

  g_autoptr(FakeServer) server = fake_server_new (NULL, nested_cb, levels);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);
  g_autoptr(StrataOciManifest) manifest = strata_oci_client_find_content (client, "web", "1.0.0", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_oci_manifest_get_content (manifest), ==, STRATA_OCI_INDEX);
  g_assert_cmpuint (fake_server_count (server, "GET "), <=, 5);
}

static void
test_manifest_of_another_digest (void)
{
  const Lie lie = { "other", 200, MANIFEST_TYPE, "{\"manifests\": []}", NULL, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) &lie);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);
  const char *digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  g_assert_null (strata_oci_client_get_manifest (client, "web", digest, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, digest));
}

static void
said_digest_cb (FakeServer        *server,
                SoupServerMessage *message,
                const char        *path,
                gpointer           data)
{
  fake_server_header (message, "Docker-Content-Digest",
                      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  fake_server_reply (message, 200, MANIFEST_TYPE, "{\"manifests\": []}");
}

static void
test_manifest_of_another_header (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FakeServer) server = fake_server_new (NULL, said_digest_cb, NULL);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);

  g_assert_null (strata_oci_client_get_manifest (client, "web", "1.0.0", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
}

static void
test_huge_manifest (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *huge = g_strnfill (STRATA_OCI_MAX_MANIFEST + 1, ' ');
  const Lie lie = { "huge", 200, MANIFEST_TYPE, huge, NULL, 0 };
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) &lie);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);

  g_assert_null (strata_oci_client_get_manifest (client, "web", "1.0.0", NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

static void
assert_blob (const Lie *lie,
             guint64    size)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "archive", -1);
  g_autofree char *digest = g_strconcat ("sha256:", hex, NULL);
  const StrataOciDescriptor blob = { (char *) "x", digest, size };
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) lie);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);
  g_autoptr(GBytes) bytes = strata_oci_client_read_blob (client, "web", &blob, 100, NULL, &error);

  if (lie->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, STRATA_ERROR, lie->code);
  g_assert_cmpint (bytes != NULL, ==, lie->code < 0);
}

static void
test_blobs (void)
{
  g_autofree char *huge = g_strnfill (101, 'a');
  const Lie lies[] = {
    { "good", 200, "application/octet-stream", "archive", NULL, -1 },
    { "other", 200, "application/octet-stream", "archivf", NULL, STRATA_ERROR_CORRUPT },
    { "cut", 200, "application/octet-stream", "archiv", NULL, STRATA_ERROR_CORRUPT },
    { "longer", 200, "application/octet-stream", "archive!", NULL, STRATA_ERROR_CORRUPT },
    { "huge", 200, "application/octet-stream", huge, NULL, STRATA_ERROR_TOO_LARGE },
    { "page", 200, "text/html", "archive", NULL, STRATA_ERROR_BAD_REPLY },
    { "gone", 404, JSON, "{}", NULL, STRATA_ERROR_NOT_FOUND },
  };
  const Lie said_huge = { "said-huge", 200, "application/octet-stream", "archive", NULL, STRATA_ERROR_TOO_LARGE };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    assert_blob (&lies[i], 7);

  assert_blob (&said_huge, 101);
}

static void
test_cancel (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const Lie lie = { "good", 200, JSON, "{\"tags\": []}", NULL, -1 };
  g_autoptr(FakeServer) server = fake_server_new (NULL, lie_cb, (gpointer) &lie);
  g_autoptr(StrataOciClient) client = make_client (fake_server_get_url (server), NULL, NULL, NULL);

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_oci_client_list_tags (client, "web", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oci-client/plain", test_plain);
  g_test_add_func ("/oci-client/password", test_password);
  g_test_add_func ("/oci-client/tls", test_tls);
  g_test_add_func ("/oci-client/pages", test_pages);
  g_test_add_func ("/oci-client/index", test_index);
  g_test_add_func ("/oci-client/signed-by-tag", test_signed_by_tag);
  g_test_add_func ("/oci-client/signed-by-referrers", test_signed_by_referrers);
  g_test_add_func ("/oci-client/signed-is-unknown", test_signed_is_unknown);
  for (guint i = 0; i < G_N_ELEMENTS (tag_lies); i++)
    {
      g_autofree char *path = g_strconcat ("/oci-client/tags/", tag_lies[i].name, NULL);

      g_test_add_data_func (path, &tag_lies[i], test_tag_lie);
    }
  g_test_add_func ("/oci-client/endless-pages", test_endless_pages);
  g_test_add_func ("/oci-client/denied-catalog", test_denied_catalog);
  g_test_add_func ("/oci-client/nested-indexes", test_nested_indexes);
  g_test_add_func ("/oci-client/manifest-of-another-digest", test_manifest_of_another_digest);
  g_test_add_func ("/oci-client/manifest-of-another-header", test_manifest_of_another_header);
  g_test_add_func ("/oci-client/huge-manifest", test_huge_manifest);
  g_test_add_func ("/oci-client/blobs", test_blobs);
  g_test_add_func ("/oci-client/cancel", test_cancel);

  return g_test_run ();
}
