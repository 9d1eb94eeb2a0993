/* test-sandbox-profiles.c - profiles of a sandbox console, from the first draft to the archive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sandbox-fixture.h"
#include "strata-archive.h"
#include "strata-palette.h"

#define SECRET "hunter2"
#define VARIABLES \
  ",\"variables\":[{\"name\":\"port\",\"displayName\":\"Port\",\"format\":\"number\",\"defaultValue\":\"8080\"}," \
  "{\"name\":\"pass\",\"displayName\":\"Password\",\"isSensitive\":true,\"defaultValue\":\"" SECRET "\"}]"
#define SPACE "apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: "

static char *
make_path (const char *uid,
           const char *rest)
{
  return g_strconcat ("/v1/clusterprofiles/", uid, rest, NULL);
}

static JsonNode *
get (Sandbox    *self,
     const char *uid,
     const char *rest)
{
  g_autofree char *path = make_path (uid, rest);

  return sandbox_ask (self, 200, "GET", path, NULL);
}

static void
tell (Sandbox    *self,
      const char *method,
      const char *uid,
      const char *rest,
      const char *body)
{
  g_autofree char *path = make_path (uid, rest);

  sandbox_tell (self, 204, method, path, body);
}

static void
refuse (Sandbox    *self,
        guint       status,
        const char *code,
        const char *method,
        const char *uid,
        const char *rest,
        const char *body)
{
  g_autofree char *path = make_path (uid, rest);

  sandbox_refuse (self, status, code, method, path, body);
}

static void
test_create (Sandbox       *self,
             gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *published =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.1.0", ""));
  g_autoptr(JsonNode) draft = get (self, uid, "?includePackMeta=schema,presets");
  g_autoptr(JsonNode) other = get (self, published, "");

  g_assert_cmpstr (sandbox_get (draft, "metadata.annotations.scope"), ==, "project");
  g_assert_cmpstr (sandbox_get (draft, "metadata.annotations.description"), ==, "For a test");
  g_assert_cmpstr (sandbox_get (draft, "metadata.labels.edge"), ==, "spectro__tag");
  g_assert_cmpstr (sandbox_get (draft, "spec.draft.packs.0.name"), ==, "site");
  g_assert_cmpstr (sandbox_get (draft, "spec.draft.packs.0.manifests.0.content"), ==, "");
  g_assert_null (sandbox_find (draft, "spec.published"));
  g_assert_false (json_node_get_boolean (sandbox_find (draft, "status.isPublished")));
  g_assert_cmpuint (sandbox_count (draft, "spec.versions"), ==, 2);
  g_assert_null (sandbox_find (other, "spec.draft"));
  g_assert_cmpint (sandbox_get_int (other, "spec.published.version"), ==, 1);
}

static void
test_refused (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));

  sandbox_refuse (self, 409, "ClusterProfileAlreadyExists", "POST", "/v1/clusterprofiles",
                  PROFILE ("edge", "1.0.0", ""));
  sandbox_refuse (self, 422, "InvalidClusterProfileVersion", "POST", "/v1/clusterprofiles",
                  PROFILE ("edge", "v1", ""));
  sandbox_refuse (self, 422, "InvalidClusterProfileName", "POST", "/v1/clusterprofiles", "{}");
  sandbox_refuse (self, 422, "InvalidPack", "POST", "/v1/clusterprofiles",
                  "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"template\":{\"packs\":[{\"name\":"
                  "\"a\"},{\"name\":\"a\"}]}}}");
  sandbox_refuse (self, 422, "InvalidPackValues", "POST", "/v1/clusterprofiles",
                  "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"template\":{\"packs\":[{\"name\":"
                  "\"a\",\"values\":\"a: [\"}]}}}");
  sandbox_refuse (
    self, 422, "PackVariablesUndefined", "POST", "/v1/clusterprofiles",
    "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"template\":{\"packs\":[{\"name\":\"a\","
    "\"values\":\"a: '{{.spectro.var.port}}'\"}]}}}");
  sandbox_refuse (self, 422, "DuplicateVariable", "POST", "/v1/clusterprofiles",
                  PROFILE ("b", "1.0.0", ",\"variables\":[{\"name\":\"a\"},{\"name\":\"a\"}]"));
  sandbox_refuse (self, 409, "ClusterProfileAlreadyExists", "GET",
                  "/v1/clusterprofiles/validate/name?name=edge&version=1.0.0", NULL);
  sandbox_tell (self, 204, "GET", "/v1/clusterprofiles/validate/name?name=edge&version=1.0.1",
                NULL);
}

#define UPDATE(text) \
  "{\"metadata\":{\"name\":\"edge\"},\"spec\":{\"version\":\"1.0.0\",\"template\":{\"type\":\"system\",\"packs\":[{" \
  "\"name\":\"site\",\"type\":\"manifest\",\"layer\":\"addon\",\"uid\":\"spectro-manifest-pack\",\"values\":\"" text "\"," \
  "\"manifests\":[{\"name\":\"space\"},{\"name\":\"new\",\"content\":\"" SPACE "new\"}]}]}}}"

/* What is published stays as it is until the draft is. */
static void
test_publish (Sandbox       *self,
              gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));

  tell (self, "PUT", uid, "", UPDATE ("pack: {}"));
  g_autoptr(JsonNode) changed = get (self, uid, "");
  g_autoptr(JsonNode) manifests = get (self, uid, "/packs/site/manifests");
  g_autoptr(JsonNode) all = get (self, uid, "/packs/manifests");

  g_assert_cmpstr (sandbox_get (changed, "spec.draft.packs.0.values"), ==, "pack: {}");
  g_assert_nonnull (
    strstr (sandbox_get (changed, "spec.published.packs.0.values"), "install-priority"));
  g_assert_cmpuint (sandbox_count (manifests, "items"), ==, 2);
  g_assert_nonnull (strstr (sandbox_get (manifests, "items.0.spec.draft.content"), "name: shop"));
  g_assert_nonnull (
    strstr (sandbox_get (manifests, "items.0.spec.published.content"), "name: shop"));
  g_assert_null (sandbox_find (manifests, "items.1.spec.published"));
  g_assert_cmpuint (sandbox_count (all, "spec.packs.0.spec.manifests"), ==, 2);

  tell (self, "PATCH", uid, "/publish", NULL);
  tell (self, "PATCH", uid, "/publish", NULL);
  g_autoptr(JsonNode) published = get (self, uid, "");

  g_assert_null (sandbox_find (published, "spec.draft"));
  g_assert_cmpint (sandbox_get_int (published, "spec.published.version"), ==, 2);
  g_assert_cmpstr (sandbox_get (published, "spec.published.packs.0.values"), ==, "pack: {}");
}

/* Packs in the wrong place are ignored, and do not empty the profile. */
static void
test_wrong_place (Sandbox       *self,
                  gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", ""));

  tell (self, "PUT", uid, "",
        "{\"metadata\":{\"name\":\"edge\"},\"spec\":{\"version\":\"1.0.0\"}}");
  g_autoptr(JsonNode) profile = get (self, uid, "");

  g_assert_cmpuint (sandbox_count (profile, "spec.published.packs"), ==, 1);
  g_assert_null (sandbox_find (profile, "spec.draft"));
}

static void
test_metadata (Sandbox       *self,
               gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *other = sandbox_create (self, "", PROFILE ("edge", "2.0.0", ""));

  tell (self, "PATCH", uid, "/metadata",
        "{\"metadata\":{\"name\":\"rim\",\"annotations\":{\"description\":\"New\"},"
        "\"labels\":{\"a\":\"b\"}},\"spec\":{\"version\":\"1.5.0\"}}");
  g_autoptr(JsonNode) profile = get (self, uid, "");

  g_assert_cmpstr (sandbox_get (profile, "metadata.name"), ==, "rim");
  g_assert_cmpstr (sandbox_get (profile, "spec.version"), ==, "1.5.0");
  g_assert_cmpstr (sandbox_get (profile, "metadata.labels.a"), ==, "b");
  g_assert_cmpstr (sandbox_get (profile, "metadata.labels.region"), ==, "");
  refuse (self, 409, "ClusterProfileAlreadyExists", "PATCH", uid, "/metadata",
          "{\"metadata\":{\"name\":\"edge\"},\"spec\":{\"version\":\"2.0.0\"}}");
  refuse (self, 422, "InvalidRequestBody", "PATCH", uid, "/metadata", "{}");
}

/* A secret never comes back, and what comes back does not become the secret. */
static void
test_variables (Sandbox       *self,
                gconstpointer  data)
{
  g_autofree char *uid =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", VARIABLES));
  g_autoptr(JsonNode) list = get (self, uid, "/variables");
  guint status;

  g_assert_cmpstr (sandbox_get (list, "variables.0.defaultValue"), ==, "8080");
  g_assert_cmpstr (sandbox_get (list, "variables.1.defaultValue"), ==, STRATA_PALETTE_MASK);
  tell (self, "PUT", uid, "/variables",
        "{\"variables\":[{\"name\":\"pass\",\"isSensitive\":true,\"defaultValue\":"
        "\"" STRATA_PALETTE_MASK "\"},{\"name\":\"port\",\"defaultValue\":\"9090\"}]}");
  tell (self, "PATCH", uid, "/variables",
        "{\"variables\":[{\"name\":\"more\"},{\"name\":\"pass\",\"isSensitive\":true}]}");
  tell (self, "DELETE", uid, "/variables", "{\"variables\":[\"port\"]}");
  refuse (self, 422, "InvalidVariable", "PATCH", uid, "/variables",
          "{\"variables\":[{\"name\":\"other\",\"isSensitive\":true,\"defaultValue\":"
          "\"" STRATA_PALETTE_MASK "\"}]}");

  g_autoptr(JsonNode) changed = get (self, uid, "/variables");
  g_autofree char *path = make_path (uid, "/export");
  g_autoptr(GBytes) exported = sandbox_send (self, "GET", path, NULL, &status);

  g_assert_cmpuint (sandbox_count (changed, "variables"), ==, 2);
  g_assert_cmpstr (sandbox_get (changed, "variables.0.name"), ==, "pass");
  g_assert_cmpstr (sandbox_get (changed, "variables.0.defaultValue"), ==, STRATA_PALETTE_MASK);
  g_assert_cmpuint (status, ==, 200);
  g_assert_null (
    g_strstr_len (g_bytes_get_data (exported, NULL), (gssize) g_bytes_get_size (exported), SECRET));
}

static void
test_variable_in_use (Sandbox       *self,
                      gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", VARIABLES));

  tell (self, "PUT", uid, "", UPDATE ("port: '{{.spectro.var.port}}'"));
  refuse (self, 422, "PackVariablesUndefined", "DELETE", uid, "/variables",
          "{\"variables\":[\"port\"]}");
  refuse (self, 422, "PackVariablesUndefined", "PUT", uid, "/variables", "{\"variables\":[]}");
}

/* A change of variables alone is a draft, and is published like one. */
static void
test_variable_draft (Sandbox       *self,
                     gconstpointer  data)
{
  g_autofree char *uid =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", VARIABLES));

  tell (self, "PATCH", uid, "/variables",
        "{\"variables\":[{\"name\":\"port\",\"defaultValue\":\"1\"}]}");
  g_autoptr(JsonNode) draft = get (self, uid, "");

  g_assert_nonnull (sandbox_find (draft, "spec.draft"));
  tell (self, "PATCH", uid, "/publish", NULL);
  g_autoptr(JsonNode) published = get (self, uid, "");

  g_assert_cmpint (sandbox_get_int (published, "spec.published.version"), ==, 2);
}

static void
test_scope (Sandbox       *self,
            gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));

  self->project = NULL;
  g_autofree char *shared = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autoptr(JsonNode) seen = get (self, uid, "");
  g_autoptr(JsonNode) list =
    sandbox_ask (self, 200, "POST", "/v1/dashboard/clusterprofiles", "{}");

  g_assert_cmpuint (sandbox_count (list, "items"), ==, 1);
  g_assert_cmpstr (sandbox_get (list, "items.0.metadata.annotations.scope"), ==, "tenant");
  refuse (self, 404, "ResourceNotFound", "PUT", uid, "", UPDATE ("a: b"));
  refuse (self, 404, "ResourceNotFound", "DELETE", uid, "", NULL);

  self->project = STRATA_SANDBOX_LAB_UID;
  refuse (self, 404, "ResourceNotFound", "GET", uid, "", NULL);
  refuse (self, 404, "ResourceNotFound", "PATCH", shared, "/publish", NULL);
  g_autoptr(JsonNode) both = get (self, shared, "");
}

static void
test_clone (Sandbox       *self,
            gconstpointer  data)
{
  g_autofree char *uid =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", VARIABLES));
  g_autofree char *path = make_path (uid, "/clone");

  tell (self, "POST", uid, "/clone/validate", "{\"name\":\"edge\",\"version\":\"1.1.0\"}");
  refuse (self, 409, "ClusterProfileAlreadyExists", "POST", uid, "/clone/validate",
          "{\"name\":\"edge\",\"version\":\"1.0.0\"}");
  g_autoptr(JsonNode) made = sandbox_ask (
    self, 201, "POST", path, "{\"metadata\":{\"name\":\"edge\",\"version\":\"1.1.0\"}}");
  g_autoptr(JsonNode) clone = get (self, sandbox_get (made, "uid"), "");
  g_autoptr(JsonNode) variables = get (self, sandbox_get (made, "uid"), "/variables");
  g_autoptr(JsonNode) original = get (self, uid, "");

  g_assert_cmpstr (sandbox_get (clone, "spec.version"), ==, "1.1.0");
  g_assert_cmpuint (sandbox_count (clone, "spec.versions"), ==, 2);
  g_assert_cmpuint (sandbox_count (variables, "variables"), ==, 2);
  g_assert_cmpstr (sandbox_get (clone, "spec.draft.packs.0.manifests.0.uid"), !=,
                   sandbox_get (original, "spec.published.packs.0.manifests.0.uid"));
  refuse (self, 422, "InvalidRequestBody", "POST", uid, "/clone", "{}");
}

static void
test_delete (Sandbox       *self,
             gconstpointer  data)
{
  g_autofree char *uid = sandbox_create (self, "", PROFILE ("edge", "1.0.0", ""));
  g_autofree char *other = sandbox_create (self, "", PROFILE ("edge", "1.1.0", ""));
  g_autofree char *body = g_strdup_printf ("{\"uids\":[\"%s\",\"none\"]}", other);

  tell (self, "DELETE", uid, "", NULL);
  refuse (self, 404, "ResourceNotFound", "DELETE", uid, "", NULL);
  refuse (self, 404, "ResourceNotFound", "GET", uid, "", NULL);
  g_autoptr(JsonNode) reply = sandbox_ask (self, 200, "DELETE", "/v1/clusterprofiles/bulk", body);

  g_assert_cmpint (sandbox_get_int (reply, "deletedCount"), ==, 1);
  g_assert_cmpstr (sandbox_get (reply, "failures.0.uid"), ==, "none");
  refuse (self, 404, "ResourceNotFound", "GET", other, "", NULL);
}

static void
test_download (Sandbox       *self,
               gconstpointer  data)
{
  g_autofree char *uid =
    sandbox_create (self, "?publish=true", PROFILE ("edge", "1.0.0", VARIABLES));
  g_autofree char *draft = sandbox_create (self, "", PROFILE ("edge", "1.1.0", ""));
  g_autofree char *path = make_path (uid, "/spc/download");
  guint status;
  g_autoptr(GBytes) bytes = sandbox_send (self, "GET", path, NULL, &status);
  g_autofree char *disposition = NULL;
  g_autoptr(GHashTable) params = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (
    soup_message_headers_get_content_disposition (self->headers, &disposition, &params));
  g_assert_cmpstr (g_hash_table_lookup (params, "filename"), ==, "edge-1.0.0.tgz");

  g_autoptr(StrataArchive) archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_profile_get (strata_archive_get_profile (archive), STRATA_PROFILE_UID),
                   ==, uid);
  refuse (self, 422, "ClusterProfileNotPublished", "GET", draft, "/spc/download", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sandbox/profiles/create", Sandbox, NULL, sandbox_set_up, test_create,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/refused", Sandbox, NULL, sandbox_set_up, test_refused,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/publish", Sandbox, NULL, sandbox_set_up, test_publish,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/wrong-place", Sandbox, NULL, sandbox_set_up, test_wrong_place,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/metadata", Sandbox, NULL, sandbox_set_up, test_metadata,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/variables", Sandbox, NULL, sandbox_set_up, test_variables,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/variable-in-use", Sandbox, NULL, sandbox_set_up,
              test_variable_in_use, sandbox_tear_down);
  g_test_add ("/sandbox/profiles/variable-draft", Sandbox, NULL, sandbox_set_up,
              test_variable_draft, sandbox_tear_down);
  g_test_add ("/sandbox/profiles/scope", Sandbox, NULL, sandbox_set_up, test_scope,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/clone", Sandbox, NULL, sandbox_set_up, test_clone,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/delete", Sandbox, NULL, sandbox_set_up, test_delete,
              sandbox_tear_down);
  g_test_add ("/sandbox/profiles/download", Sandbox, NULL, sandbox_set_up, test_download,
              sandbox_tear_down);

  return g_test_run ();
}
