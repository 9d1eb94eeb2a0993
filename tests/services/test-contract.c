/* test-contract.c - the checker of requests and answers finds what is wrong with them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "contract.h"
#include "strata-error.h"
#include "strata-json.h"

#define PROFILE "/v1/clusterprofiles/64eaff453040297344bc0001"

static char *
read_example (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "examples", file, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* Each body that comes with the description is what it says, by our own validator. */
static void
test_examples (void)
{
  g_autoptr(Contract) contract = contract_open ();
  guint n_examples = 0;

  if (contract == NULL)
    return;

  g_autofree char *text = read_example ("index");
  g_autoptr(JsonNode) node = strata_json_parse (text, -1, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *definition;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &definition))
    {
      g_autofree char *body = read_example (name);
      g_autoptr(GError) error = NULL;

      contract_check_example (contract, json_node_get_string (definition), body, &error);
      g_assert_no_error (error);
      n_examples++;
    }

  g_assert_cmpuint (n_examples, ==, 44);
}

typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  const char *body;
  const char *reason;  /* (nullable) part of what is said; %NULL when it is right */
} RequestCase;

static const RequestCase requests[] = {
  { "GET", PROFILE, "includePackMeta=schema%2Cpresets", NULL, NULL },
  { "GET", PROFILE, "", "{}", "none is described" },
  { "GET", PROFILE, "fast=true", NULL, "“fast”" },
  { "GET", PROFILE, "includePackAnnotations=1", NULL, "neither true nor false" },
  { "GET", PROFILE, "resourceType=other", NULL, "none of the choices" },
  { "GET", "/v1/projects", NULL, NULL, "not described" },
  { "POST", "/v1/dashboard/clusterprofiles", "limit=51", "{}", "too much" },
  { "POST", "/v1/dashboard/clusterprofiles", "limit=many", "{}", "no number" },
  { "POST", "/v1/dashboard/clusterprofiles", "limit=50", "{\"filter\":{\"profileType\":[\"system\"]}}", NULL },
  { "POST", "/v1/dashboard/clusterprofiles", NULL, "{\"filter\":{\"profileType\":[\"sytem\"]}}", "sytem" },
  { "PUT", PROFILE, NULL, "{\"spec\":{\"template\":{\"packs\":[{\"name\":\"web\"}]}}}", NULL },
  { "PUT", PROFILE, NULL, "{\"spec\":{\"packs\":[{\"name\":\"web\"}]}}", "packs" },
  { "PUT", PROFILE, NULL, "{\"spec\":{\"template\":{\"packs\":[{}]}}}", "name" },
  { "PUT", PROFILE, NULL, "{\"spec\":null}", "spec" },
  { "PUT", PROFILE, NULL, "{", "" },
  { "GET", "/v1/clusterprofiles/validate/name", "name=web&version=1.0.0", NULL, NULL },
};

static void
test_requests (void)
{
  g_autoptr(Contract) contract = contract_open ();

  for (guint i = 0; contract != NULL && i < G_N_ELEMENTS (requests); i++)
    {
      const RequestCase *want = &requests[i];
      g_autoptr(GError) error = NULL;
      gboolean done = contract_check_request (contract, want->method, want->path, want->query,
                                              want->body, &error);

      g_test_message ("%s %s: %s", want->method, want->path,
                      error != NULL ? error->message : "right");
      g_assert_cmpint (done, ==, want->reason == NULL);
      if (want->reason != NULL)
        g_assert_nonnull (strstr (error->message, want->reason));
      else
        g_assert_no_error (error);
    }
}

typedef struct
{
  const char *method;
  const char *path;
  guint       status;
  const char *body;
  const char *reason;  /* (nullable) */
} ReplyCase;

static const ReplyCase replies[] = {
  { "POST", "/v1/clusterprofiles", 201, "{\"uid\":\"64eaff453040297344bc0001\"}", NULL },
  { "POST", "/v1/clusterprofiles", 201, "{\"UID\":\"64eaff453040297344bc0001\"}", "UID" },
  { "POST", "/v1/clusterprofiles", 201, "", "no body" },
  { "POST", "/v1/clusterprofiles", 200, "{}", "not described" },
  { "POST", "/v1/clusterprofiles", 409, "{\"code\":\"ClusterProfileAlreadyExists\",\"message\":\"x\"}", NULL },
  { "POST", "/v1/clusterprofiles", 409, "{\"errors\":[]}", "errors" },
  { "PUT", PROFILE, 204, NULL, NULL },
  { "PUT", PROFILE, 204, "{}", "none is described" },
  { "GET", PROFILE, 200, "{\"metadata\":{\"name\":\"web\",\"labels\":null},\"spec\":{\"draft\":null}}", NULL },
  { "GET", PROFILE, 200, "{\"metadata\":{\"name\":1}}", "name" },
  { "GET", PROFILE "/spc/download", 200, "\037\213", NULL },
  { "GET", "/v1/projects", 405, "{}", NULL },
  { "GET", "/v1/projects", 200, "{}", "not described" },
};

static void
test_replies (void)
{
  g_autoptr(Contract) contract = contract_open ();

  for (guint i = 0; contract != NULL && i < G_N_ELEMENTS (replies); i++)
    {
      const ReplyCase *want = &replies[i];
      g_autoptr(GError) error = NULL;
      gboolean done = contract_check_reply (contract, want->method, want->path, want->status,
                                            want->body, &error);

      g_test_message ("%s %s %u: %s", want->method, want->path, want->status,
                      error != NULL ? error->message : "right");
      g_assert_cmpint (done, ==, want->reason == NULL);
      if (want->reason != NULL)
        g_assert_nonnull (strstr (error->message, want->reason));
      else
        g_assert_no_error (error);
    }
}

/* A step that is said goes before one that is open. */
static void
test_operation (void)
{
  g_autoptr(Contract) contract = contract_open ();

  if (contract == NULL)
    return;

  g_autofree char *open = contract_dup_operation (contract, "PUT", PROFILE);
  g_autofree char *said = contract_dup_operation (contract, "DELETE", "/v1/clusterprofiles/bulk");
  g_autofree char *none = contract_dup_operation (contract, "PUT", "/v1/clusterprofiles");

  g_assert_cmpstr (open, ==, "PUT /v1/clusterprofiles/{uid}");
  g_assert_cmpstr (said, ==, "DELETE /v1/clusterprofiles/bulk");
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contract/examples", test_examples);
  g_test_add_func ("/contract/requests", test_requests);
  g_test_add_func ("/contract/replies", test_replies);
  g_test_add_func ("/contract/operation", test_operation);

  return g_test_run ();
}
