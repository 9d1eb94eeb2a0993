/* test-knowledge.c - what is suggested where something is typed, and what is said of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-knowledge.h"

#define VALUES "pack:\n  namespace: web\nmanifests:\n  web:\n    # How many copies run\n    replicas: 2\n    mode: fast\n"
#define SCHEMA "manifests.web.mode:\n  schema: '{{ required | format \"${list:[fast,safe]}\" | hints \"How it runs\" }}'\n"

static void
add_file (GPtrArray  *files,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  g_ptr_array_add (files, strata_file_new (path, blob));
}

static StrataLayer *
make_layer (const char *manifest)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, "web");
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest);
  g_autoptr(StrataManifest) attached = strata_manifest_new ("extra", content);
  g_autoptr(StrataLayer) layer = NULL;

  add_file (files, "pack.json", "{\"name\": \"web\", \"version\": \"1.0.0\", \"layer\": \"addon\"}");
  add_file (files, "values.yaml", VALUES);
  add_file (files, "schema.yaml", SCHEMA);
  layer = strata_layer_with_files (bare, files);

  return strata_layer_with_manifest (layer, attached);
}

static StrataProfile *
make_profile (StrataLayer *layer)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataVariable) plain = strata_variable_new ("port");
  g_autoptr(GPtrArray) layers = g_ptr_array_new ();
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataProfile) profile = NULL;

  g_ptr_array_add (layers, layer);
  g_ptr_array_add (variables, strata_variable_with (plain, STRATA_VARIABLE_DESCRIPTION, "Where it listens"));
  profile = strata_profile_with_layers (bare, layers);

  return strata_profile_with_variables (profile, variables);
}

static StrataKnowledge *
make_knowledge (void)
{
  g_autoptr(StrataLayer) layer =
    make_layer ("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: example.org/web:1\n");
  g_autoptr(StrataProfile) profile = make_profile (layer);

  return strata_knowledge_gather (profile, layer, NULL, NULL);
}

/* @marked has a `^` where something is typed. */
static GPtrArray *
suggest (StrataKnowledge *knowledge,
         gboolean         is_values,
         const char      *marked)
{
  const char *mark = strchr (marked, '^');
  g_autoptr(GString) text = g_string_new_len (marked, mark - marked);
  g_autoptr(StrataCursor) cursor = NULL;

  g_string_append (text, mark + 1);
  cursor = strata_cursor_find (text->str, (gsize) (mark - marked));

  return strata_knowledge_suggest (knowledge, is_values, cursor);
}

static StrataSuggestion *
find (GPtrArray  *found,
      const char *label)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (strata_suggestion_get_label (g_ptr_array_index (found, i)), label))
      return g_ptr_array_index (found, i);

  return NULL;
}

typedef struct
{
  gboolean    is_values;
  const char *text;
  const char *label;
  const char *put;     /* (nullable): what is put there; NULL when @label must not be suggested */
  const char *detail;  /* (nullable): part of it */
} Case;

#define POD "apiVersion: v1\nkind: Pod\nspec:\n"

static const Case cases[] = {
  { TRUE, "^", "manifests", "manifests:\n  ", NULL },
  { TRUE, "^", "pack", "pack:\n  ", NULL },
  { TRUE, "pack:\n  ^", "namespaceLabels", "namespaceLabels:\n    ", NULL },
  { TRUE, "pack:\n  namespace: x\n  ^", "namespace", NULL, NULL },
  { TRUE, "pack:\n  ^\n  namespace: x\n", "namespace", NULL, NULL },
  { TRUE, "pack:\n  content:\n    images:\n      - ^", "image", "image: ", NULL },
  { TRUE, "manifests:\n  web:\n    ^", "replicas", "replicas: ", "2" },
  { TRUE, "manifests:\n  web:\n    ^", "mode", "mode: ", "required" },
  { TRUE, "manifests:\n  web:\n    mode: ^", "safe", "safe", NULL },
  { TRUE, "manifests:\n  web: {mode: ^, replicas: 2}", "safe", "safe", NULL },
  { TRUE, "manifests: {web: {^}}", "replicas", "replicas: ", "2" },
  { TRUE, "manifests:\n  web:\n    mode: ^", "{{.spectro.var.port}}", "'{{.spectro.var.port}}'", NULL },
  { TRUE, "manifests:\n  web:\n    mode: \"^\"", "{{.spectro.var.port}}", "{{.spectro.var.port}}", NULL },
  { TRUE, "a: |\n  ^", "manifests", NULL, NULL },
  { TRUE, "a: '{{^}}'", ".spectro.var.port", ".spectro.var.port", "string" },
  { TRUE, "a: '{{ .spec^'", ".spectro.system.cluster.name", ".spectro.system.cluster.name", NULL },
  { TRUE, "x:\n  image: ^", "example.org/web:1", "example.org/web:1", NULL },
  { FALSE, "^", "Deployment", "apiVersion: apps/v1\nkind: Deployment\n", NULL },
  { FALSE, "x: 1\n^", "Deployment", NULL, NULL },
  { FALSE, "  ^", "Namespace", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${1:main}", NULL },
  { TRUE, "^ ", "Namespace", NULL, NULL },
  { FALSE, "apiVersion: apps/v1\nkind: ^", "Deployment", "Deployment", NULL },
  { FALSE, "apiVersion: apps/v1\nkind: ^", "Pod", NULL, NULL },
  { FALSE, "apiVersion: ^\nkind: Deployment", "apps/v1", "apps/v1", NULL },
  { FALSE, POD "  ^", "containers", "containers:\n    - ", "required" },
  { FALSE, POD "  containers:\n    ^", "name", "- name: ", "required" },
  { FALSE, POD "  containers:\n    - name: x\n      ^", "imagePullPolicy", "imagePullPolicy: ", "text" },
  { FALSE, POD "  containers:\n    - name: x\n      ^", "name", NULL, NULL },
  { FALSE, POD "  containers:\n    - name: x\n      imagePullPolicy: ^", "IfNotPresent", "IfNotPresent", NULL },
  { FALSE, POD "  containers:\n    ^", "Container", "- name: ${1:main}\n  image: $0", NULL },
  { FALSE, POD "  containers:\n    - ^", "Container", "name: ${1:main}\nimage: $0", NULL },
  { FALSE, POD "  containers:\n    - name: x\n      ^", "Container", NULL, NULL },
  { FALSE, POD "  containers:\n    - name: x\n    ^", "Container", "- name: ${1:main}\n  image: $0", NULL },
  { FALSE, POD "  containers:\n    - livenessProbe:\n        ^", "Probe by HTTP", "httpGet:\n  path: ${1:/healthz}\n", NULL },
  { FALSE, POD "  containers:\n    - resources: ^", "Requests and Limits", NULL, NULL },
  { FALSE, POD "  containers: [^]", "Container", NULL, NULL },
  { FALSE, POD "  containers: [{^}]", "Container", NULL, NULL },
  { FALSE, POD "  labels:\n    containers:\n      ^", "Container", NULL, NULL },
  { FALSE, POD "  hostNetwork: ^", "true", "true", NULL },
  { FALSE, POD "  containers: [{name: x, ^}]", "imagePullPolicy", "imagePullPolicy: ", "text" },
  { FALSE, POD "  containers: [{name: x, ^}]", "ports", "ports: ", NULL },
  { FALSE, POD "  containers: [{name: x, ^}]", "name", NULL, NULL },
  { FALSE, POD "  containers: [{name: x, imagePullPolicy: ^}]", "Never", "Never", NULL },
  { FALSE, POD "  containers: [^", "name", NULL, NULL },
  { FALSE, "{^", "Deployment", NULL, NULL },
  { FALSE, POD "  containers:\n    - image: ex^", "example.org/web:1", "example.org/web:1", NULL },
  { FALSE, POD "  nonsense:\n    ^", "name", NULL, NULL },
  { FALSE, "kind: Unknown\napiVersion: a/b\nspec:\n  ^", "containers", NULL, NULL },
};

static void
test_suggest (void)
{
  g_autoptr(StrataKnowledge) knowledge = make_knowledge ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = suggest (knowledge, cases[i].is_values, cases[i].text);
      StrataSuggestion *suggestion = find (found, cases[i].label);

      g_test_message ("%s: %s", cases[i].text, cases[i].label);
      g_assert_true ((suggestion != NULL) == (cases[i].put != NULL));

      if (suggestion == NULL)
        continue;

      if (strchr (cases[i].put, '\n') != NULL)
        g_assert_true (g_str_has_prefix (strata_suggestion_get_text (suggestion), cases[i].put));
      else
        g_assert_cmpstr (strata_suggestion_get_text (suggestion), ==, cases[i].put);

      if (cases[i].detail != NULL)
        g_assert_nonnull (strstr (strata_suggestion_get_detail (suggestion), cases[i].detail));
    }
}

static char *
explain (StrataKnowledge *knowledge,
         gboolean         is_values,
         const char      *text,
         const char      *key)
{
  g_autoptr(StrataCursor) cursor = strata_cursor_find_key (text, (gsize) (strstr (text, key) - text));

  return strata_knowledge_explain (knowledge, is_values, cursor);
}

static void
test_explain (void)
{
  g_autoptr(StrataKnowledge) knowledge = make_knowledge ();
  g_autofree char *by_comment = explain (knowledge, TRUE, "manifests:\n  web:\n    replicas: 3\n", "replicas");
  g_autofree char *by_pack = explain (knowledge, TRUE, "manifests:\n  web:\n    mode: 3\n", "mode");
  g_autofree char *namespace = explain (knowledge, TRUE, "pack:\n  namespace: x\n", "namespace");
  g_autofree char *nothing = explain (knowledge, TRUE, "x:\n  y: 1\n", "y");
  g_autofree char *kind = explain (knowledge, FALSE, POD, "kind");
  g_autofree char *field = explain (knowledge, FALSE, POD "  dnsPolicy: x\n", "dnsPolicy");
  g_autofree char *macro = strata_knowledge_explain_macro (knowledge, ".spectro.system.cluster.name");
  g_autofree char *variable = strata_knowledge_explain_macro (knowledge, ".spectro.var.port");

  g_assert_nonnull (strstr (by_comment, "How many copies run"));
  g_assert_nonnull (strstr (by_pack, "How it runs"));
  g_assert_nonnull (strstr (by_pack, "safe"));
  g_assert_nonnull (strstr (namespace, "installed in"));
  g_assert_null (nothing);
  g_assert_cmpstr (kind, ==, "v1 Pod");
  g_assert_nonnull (strstr (field, "ClusterFirst"));
  g_assert_nonnull (strstr (macro, "name of the cluster"));
  g_assert_nonnull (strstr (variable, "Where it listens"));
  g_assert_null (strata_knowledge_explain_macro (knowledge, ".spectro.var.none"));
}

static void
test_explain_image (void)
{
  static const struct
  {
    const char *image;
    const char *said;
  } images[] = {
    { "example.org/web:1", "Image “web” of example.org\nTag “1”: the registry decides which one that is\nNamed by 1 layer: web" },
    { "nginx", "Image “nginx” of docker.io\nNo tag: “latest” is taken, whatever that is then" },
    { "library/nginx:1.2", "Image “library/nginx” of docker.io\nTag “1.2”: the registry decides which one that is" },
    { "localhost/a", "Image “a” of localhost\nNo tag: “latest” is taken, whatever that is then" },
    { "host:5000/a/b", "Image “a/b” of host:5000\nNo tag: “latest” is taken, whatever that is then" },
    { "host:5000/a:2@sha256:00ff", "Image “a” of host:5000\nIts digest says which one: it is the same everywhere and always" },
    { ":", "Image “” of docker.io\nTag “”: the registry decides which one that is" },
    { "", NULL },
    { "a b", NULL },
    { "host/{{.spectro.var.a}}:1", NULL },
  };
  g_autoptr(StrataKnowledge) knowledge = make_knowledge ();

  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    {
      g_autofree char *said = strata_knowledge_explain_image (knowledge, images[i].image);

      g_assert_cmpstr (said, ==, images[i].said);
    }
}

/* What was gathered before is used again, as far as nothing changed. */
static void
test_again (void)
{
  g_autoptr(StrataLayer) layer = make_layer ("image: example.org/a:1\n");
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("x: 1\n");
  g_autoptr(StrataLayer) edited = strata_layer_with_values (layer, blob);
  g_autoptr(StrataProfile) before = make_profile (layer);
  g_autoptr(StrataProfile) after = make_profile (edited);
  g_autoptr(StrataKnowledge) first = strata_knowledge_gather (before, layer, NULL, NULL);
  g_autoptr(StrataKnowledge) second = strata_knowledge_gather (after, edited, NULL, first);
  g_autoptr(GPtrArray) found = suggest (second, TRUE, "manifests:\n  web:\n    ^");

  g_assert_nonnull (find (found, "replicas"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/knowledge/suggest", test_suggest);
  g_test_add_func ("/knowledge/explain-image", test_explain_image);
  g_test_add_func ("/knowledge/explain", test_explain);
  g_test_add_func ("/knowledge/again", test_again);

  return g_test_run ();
}
