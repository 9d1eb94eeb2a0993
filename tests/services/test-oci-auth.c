/* test-oci-auth.c - where the password of a registry goes, and where it does not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-server.h"
#include "oci-fixture.h"
#include "strata-error.h"
#include "strata-oci-client.h"

#include <string.h>

#include "../temp-folder.h"

#define JSON "application/json"
#define BASIC "Basic cmVhZGVyOnMzY3JldC13b3Jk"

/* A registry that wants a token, and what it says about where to get one. */
typedef struct
{
  char       *realm;    /* (owned) */
  const char *reply;    /* of the place that gives tokens */
  const char *target;   /* (nullable): where blobs are redirected to */
  gint        n_served; /* (atomic) */
  gint        refuses;  /* (atomic): how many good tokens are called old */
} Script;

static const char *
get_who (SoupServerMessage *message)
{
  const char *who =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  return who != NULL ? who : "";
}

static void
registry_cb (FakeServer        *server,
             SoupServerMessage *message,
             const char        *path,
             gpointer           data)
{
  Script *script = data;
  g_autofree char *challenge = g_strdup_printf (
    "Bearer realm=\"%s\",service=\"the registry\",scope=\"repository:web:pull\"", script->realm);

  if (g_str_equal (path, "/token"))
    {
      fake_server_reply (message, 200, JSON, script->reply);
      return;
    }

  if (!g_str_equal (get_who (message), "Bearer good") || g_atomic_int_get (&script->refuses) > 0)
    {
      if (g_str_equal (get_who (message), "Bearer good"))
        g_atomic_int_add (&script->refuses, -1);
      fake_server_header (message, "WWW-Authenticate", challenge);
      fake_server_reply (message, 401, JSON, "{}");
      return;
    }

  g_atomic_int_inc (&script->n_served);
  if (script->target != NULL)
    {
      fake_server_header (message, "Location", script->target);
      fake_server_reply (message, 307, JSON, "{}");
    }
  else
    fake_server_reply (message, 200, JSON, "{\"tags\": [\"1.0.0\"]}");
}

static StrataOciClient *
make_client (FakeServer *server,
             gboolean    has_password,
             const char *ca_file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataHttp) http = strata_http_new (fake_server_get_url (server), &error);
  g_autoptr(StrataCredentials) credentials =
    has_password ? strata_credentials_new_basic (OCI_USER, OCI_PASSWORD, &error) : NULL;

  if (ca_file != NULL)
    strata_http_set_ca_file (http, ca_file, &error);
  g_assert_no_error (error);
  strata_http_set_patience (http, 10, 1);

  return strata_oci_client_new (http, credentials);
}

static guint
count_tags (StrataOciClient  *client,
            GError          **error)
{
  g_autoptr(GPtrArray) tags = strata_oci_client_list_tags (client, "web", NULL, error);

  return tags != NULL ? tags->len : 0;
}

static void
assert_token (gboolean    has_password,
              const char *reply,
              int         code)
{
  g_autoptr(GError) error = NULL;
  Script script = { .reply = reply };
  g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
  g_autoptr(StrataOciClient) client = make_client (server, has_password, NULL);

  script.realm = g_strconcat (fake_server_get_url (server), "/token", NULL);

  guint n_tags = count_tags (client, &error);
  g_autofree char *log = fake_server_get_log (server);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, STRATA_ERROR, code);
  g_assert_cmpuint (n_tags, ==, code < 0 ? 1 : 0);

  /* The password goes to who gives tokens, and to nobody else. */
  g_assert_nonnull (strstr (log, has_password
                                   ? "GET /token?service=the%20registry&scope=repository%3Aweb%3Apull " BASIC
                                   : "GET /token?service=the%20registry&scope=repository%3Aweb%3Apull -"));
  g_assert_null (strstr (log, "1000 " BASIC));
  g_free (script.realm);
}

static void
test_token (void)
{
  assert_token (TRUE, "{\"token\": \"good\"}", -1);
}

static void
test_token_of_nobody (void)
{
  assert_token (FALSE, "{\"token\": \"good\"}", -1);
}

static void
test_access_token (void)
{
  assert_token (TRUE, "{\"access_token\": \"good\", \"expires_in\": 300}", -1);
}

static void
test_bad_tokens (void)
{
  assert_token (TRUE, "{}", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "[]", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "{\"token\": null}", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "{\"token\": \"\"}", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "{\"token\": \"a\\r\\nX: y\"}", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "nonsense", STRATA_ERROR_BAD_REPLY);
  assert_token (TRUE, "{\"token\": \"other\"}", STRATA_ERROR_SIGN_IN);
}

static void
test_token_is_kept (void)
{
  g_autoptr(GError) error = NULL;
  Script script = { .reply = "{\"token\": \"good\", \"expires_in\": 0}" };
  g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
  g_autoptr(StrataOciClient) client = make_client (server, TRUE, NULL);

  script.realm = g_strconcat (fake_server_get_url (server), "/token", NULL);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (count_tags (client, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_server_count (server, "GET /token"), ==, 1);

  /* A token that is called old in the middle is one more question, not an error. */
  g_atomic_int_set (&script.refuses, 1);
  g_assert_cmpuint (count_tags (client, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_server_count (server, "GET /token"), ==, 2);
  g_free (script.realm);
}

static void
token_cb (FakeServer        *server,
          SoupServerMessage *message,
          const char        *path,
          gpointer           data)
{
  fake_server_reply (message, 200, JSON, "{\"token\": \"good\"}");
}

/* Over http anybody on the way can have named the place. */
static void
test_password_goes_to_no_other_place_without_tls (void)
{
  g_autoptr(GError) error = NULL;
  Script script = { 0 };
  g_autoptr(FakeServer) other = fake_server_new (NULL, token_cb, NULL);
  g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
  g_autoptr(StrataOciClient) client = make_client (server, TRUE, NULL);
  g_autoptr(StrataOciClient) nobody = make_client (server, FALSE, NULL);

  script.realm = g_strconcat (fake_server_get_url (other), "/token", NULL);
  g_assert_cmpuint (count_tags (client, &error), ==, 0);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORBIDDEN);
  g_assert_null (strstr (error->message, OCI_PASSWORD));
  g_assert_cmpuint (fake_server_count (other, "GET"), ==, 0);
  g_clear_error (&error);

  /* Who has no password has none to lose. */
  g_assert_cmpuint (count_tags (nobody, &error), ==, 1);
  g_assert_no_error (error);
  g_free (script.realm);
}

/* Over https with a certificate that holds, the registry says itself where to go. */
static void
test_password_goes_where_the_registry_says_with_tls (void)
{
  g_autoptr(GError) error = NULL;
  TempFolder temp = { 0 };

  temp_folder_set_up (&temp, NULL);
  if (!oci_fixture_make_certificates (temp.path))
    {
      temp_folder_tear_down (&temp, NULL);
      g_test_skip ("openssl is not installed");
      return;
    }

  g_autofree char *pem = temp_folder_get (&temp, "server.pem");
  g_autofree char *key = temp_folder_get (&temp, "server.key");
  g_autofree char *ca_file = temp_folder_get (&temp, "ca.pem");
  g_autoptr(GTlsCertificate) certificate = g_tls_certificate_new_from_files (pem, key, &error);
  g_assert_no_error (error);

  Script script = { 0 };
  g_autoptr(FakeServer) other = fake_server_new (certificate, token_cb, NULL);
  g_autoptr(FakeServer) server = fake_server_new (certificate, registry_cb, &script);
  g_autoptr(StrataOciClient) client = make_client (server, TRUE, ca_file);

  script.realm = g_strconcat (fake_server_get_url (other), "/token", NULL);
  g_assert_cmpuint (count_tags (client, &error), ==, 1);
  g_assert_no_error (error);

  g_autofree char *log = fake_server_get_log (other);
  g_autofree char *own = fake_server_get_log (server);

  g_assert_nonnull (strstr (log, BASIC));
  g_assert_null (strstr (own, BASIC));
  g_free (script.realm);
  temp_folder_tear_down (&temp, NULL);
}

static void
blob_cb (FakeServer        *server,
         SoupServerMessage *message,
         const char        *path,
         gpointer           data)
{
  fake_server_reply (message, 200, "application/octet-stream", "archive");
}

/* Registries keep blobs elsewhere; neither password nor token goes there. */
static void
test_nothing_goes_to_where_blobs_are (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "archive", -1);
  g_autofree char *digest = g_strconcat ("sha256:", hex, NULL);
  const StrataOciDescriptor blob = { (char *) "x", digest, 7 };
  Script script = { .reply = "{\"token\": \"good\"}" };
  g_autoptr(FakeServer) store = fake_server_new (NULL, blob_cb, NULL);
  g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
  g_autoptr(StrataOciClient) client = make_client (server, TRUE, NULL);
  g_autofree char *target = g_strconcat (fake_server_get_url (store), "/kept/there?signature=x", NULL);

  script.realm = g_strconcat (fake_server_get_url (server), "/token", NULL);
  script.target = target;

  g_autoptr(GBytes) bytes = strata_oci_client_read_blob (client, "web", &blob, 100, NULL, &error);
  g_autofree char *log = fake_server_get_log (store);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "archive", 7);
  g_assert_cmpstr (log, ==, "GET /kept/there?signature=x -\n");
  g_free (script.realm);
}

static void
stranger_cb (FakeServer        *server,
             SoupServerMessage *message,
             const char        *path,
             gpointer           data)
{
  fake_server_header (message, "WWW-Authenticate", data);
  fake_server_reply (message, 401, JSON, "{}");
}

/* Who refuses after a redirect is not the registry, and asks in vain. */
static void
test_stranger_gets_no_answer (void)
{
  const char *challenges[] = { "Basic realm=\"x\"", "Bearer realm=\"/token\"" };

  for (guint i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      g_autoptr(GError) error = NULL;
      Script script = { .reply = "{\"token\": \"good\"}" };
      g_autoptr(FakeServer) stranger = fake_server_new (NULL, stranger_cb, (gpointer) challenges[i]);
      g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
      g_autoptr(StrataOciClient) client = make_client (server, TRUE, NULL);

      script.realm = g_strconcat (fake_server_get_url (server), "/token", NULL);
      script.target = fake_server_get_url (stranger);
      g_assert_cmpuint (count_tags (client, &error), ==, 0);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);

      g_autofree char *log = fake_server_get_log (stranger);

      g_assert_cmpstr (log, ==, "GET / -\n");
      g_free (script.realm);
    }
}

/* A token that a person has in place of a password is used as it is. */
static void
test_own_token (void)
{
  g_autoptr(GError) error = NULL;
  Script script = { .reply = "{\"token\": \"never\"}" };
  g_autoptr(FakeServer) server = fake_server_new (NULL, registry_cb, &script);
  g_autoptr(StrataHttp) http = strata_http_new (fake_server_get_url (server), &error);
  g_autoptr(StrataCredentials) token = strata_credentials_new_bearer ("good", &error);
  g_autoptr(StrataOciClient) client = strata_oci_client_new (http, token);

  script.realm = g_strconcat (fake_server_get_url (server), "/token", NULL);
  g_assert_cmpuint (count_tags (client, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_server_count (server, "GET /token"), ==, 0);
  g_free (script.realm);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oci-auth/token", test_token);
  g_test_add_func ("/oci-auth/token-of-nobody", test_token_of_nobody);
  g_test_add_func ("/oci-auth/access-token", test_access_token);
  g_test_add_func ("/oci-auth/bad-tokens", test_bad_tokens);
  g_test_add_func ("/oci-auth/token-is-kept", test_token_is_kept);
  g_test_add_func ("/oci-auth/password-goes-to-no-other-place-without-tls",
                   test_password_goes_to_no_other_place_without_tls);
  g_test_add_func ("/oci-auth/password-goes-where-the-registry-says-with-tls",
                   test_password_goes_where_the_registry_says_with_tls);
  g_test_add_func ("/oci-auth/nothing-goes-to-where-blobs-are", test_nothing_goes_to_where_blobs_are);
  g_test_add_func ("/oci-auth/stranger-gets-no-answer", test_stranger_gets_no_answer);
  g_test_add_func ("/oci-auth/own-token", test_own_token);

  return g_test_run ();
}
