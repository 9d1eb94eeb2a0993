/* test-install.c - each kind of layer becomes what a k3s node takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-install.h"
#include "strata-tarball.h"
#include "strata-yaml.h"

#include <string.h>

static void
add_file (GPtrArray  *files,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  g_ptr_array_add (files, strata_file_new (path, blob));
}

/* A chart; @filler random letters make it large. */
static GBytes *
make_chart (const char *name,
            gsize       filler)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *about = g_strdup_printf ("apiVersion: v2\nname: %s\nversion: 1.0.0\n", name);
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  g_autoptr(GString) letters = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  while (letters->len < filler)
    g_string_append_c (letters, (char) g_rand_int_range (random, 33, 127));

  add_file (files, "Chart.yaml", about);
  add_file (files, "values.yaml", "replicas: 1\n");
  add_file (files, "filler.txt", letters->str);

  GBytes *bytes = strata_tarball_write (name, files, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
add_bytes (GPtrArray  *files,
           const char *path,
           GBytes     *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autoptr(StrataBlob) blob = strata_blob_new (data, size);

  g_ptr_array_add (files, strata_file_new (path, blob));
}

static StrataLayer *
make_layer (StrataLayerKind kind,
            const char     *name,
            const char     *values,
            GPtrArray      *files)
{
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataLayer) bare = strata_layer_new (kind, name);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (bare, text);

  return files != NULL ? strata_layer_with_files (layer, files) : g_object_ref (layer);
}

static StrataLayer *
with_manifest (StrataLayer *layer,
               const char  *name,
               const char  *text)
{
  g_autoptr(StrataLayer) owned = layer;
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, content);

  return strata_layer_with_manifest (owned, manifest);
}

static StrataInstall *
make (StrataLayer *layer,
      GError     **error)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_add (layers, g_object_ref (layer));

  g_autoptr(StrataProfile) profile = strata_profile_with_layers (bare, layers);
  g_autoptr(StrataMacros) macros = strata_macros_new (profile, settings, "edge-1");

  return strata_install_new (profile, layer, macros, error);
}

/* The text at @path of document @number. */
static char *
get (StrataInstall *install,
     guint          number,
     const char    *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (install->text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (number, <, strata_yaml_get_n_documents (yaml));

  StrataYamlNode *node = strata_yaml_node_lookup (strata_yaml_get_root (yaml, number), path);

  return node != NULL ? g_strdup (strata_yaml_node_get_value (node)) : NULL;
}

static void
assert_at (StrataInstall *install,
           guint          number,
           const char    *path,
           const char    *expected)
{
  g_autofree char *found = get (install, number, path);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_manifests (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataLayer) layer =
    with_manifest (with_manifest (make_layer (STRATA_LAYER_KIND_MANIFEST, "Site Config", "", NULL), "a",
                                  "\xef\xbb\xbf" "kind: A\nname: {{.spectro.system.cluster.uid}}"),
                   "b", "---\nkind: B\n---\nkind: C\n");
  g_autoptr(StrataInstall) install = make (layer, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (install->name, ==, "Site-Config.yaml");
  assert_at (install, 0, "kind", "A");
  assert_at (install, 0, "name", "edge-1");
  assert_at (install, install->text[0] == '\0' ? 0 : 1, "kind", NULL);
  g_assert_nonnull (strstr (install->text, "kind: B\n---\nkind: C\n"));
}

static void
test_chart (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GBytes) chart = make_chart ("nginx", 0);

  add_bytes (files, "nginx-1.0.0.tgz", chart);

  g_autoptr(StrataLayer) layer =
    make_layer (STRATA_LAYER_KIND_HELM, "web",
                "pack:\n  namespace: shop\n  namespaceLabels:\n    shop: \"a=b, c=d\"\n"
                "charts:\n  nginx:\n    # how many\n    replicas: 3\n    host: '{{.spectro.system.cluster.uid}}'\n",
                files);
  g_autoptr(StrataInstall) install = make (layer, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (install->charts->len, ==, 0);
  assert_at (install, 0, "kind", "Namespace");
  assert_at (install, 0, "metadata.name", "shop");
  assert_at (install, 0, "metadata.labels.c", "d");
  assert_at (install, 1, "apiVersion", "helm.cattle.io/v1");
  assert_at (install, 1, "kind", "HelmChart");
  assert_at (install, 1, "metadata.name", "web-nginx");
  assert_at (install, 1, "metadata.namespace", "kube-system");
  assert_at (install, 1, "spec.targetNamespace", "shop");
  assert_at (install, 1, "spec.createNamespace", "true");
  assert_at (install, 1, "spec.valuesContent", "replicas: 3\nhost: edge-1\n");

  g_autofree char *content = get (install, 1, "spec.chartContent");
  gsize size;
  g_autofree guchar *bytes = g_base64_decode (content, &size);

  g_assert_cmpmem (bytes, size, g_bytes_get_data (chart, NULL), g_bytes_get_size (chart));
}

/* What does not go into an object of Kubernetes is served by the node itself, under a name that is never used twice. */
static void
test_large_chart (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GBytes) chart = make_chart ("big", 2 * 1024 * 1024);

  add_bytes (files, "big-1.0.0.tgz", chart);

  g_autoptr(StrataLayer) layer =
    make_layer (STRATA_LAYER_KIND_OCI, "big", "pack:\n  releaseNameOverride:\n    big: Very.Big\n", files);
  g_autoptr(StrataInstall) install = make (layer, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (install->charts->len, ==, 1);

  StrataFile *file = install->charts->pdata[0];
  g_autofree char *name = g_strconcat (strata_blob_get_digest (strata_file_get_content (file)), ".tgz", NULL);
  g_autofree char *url = g_strconcat ("https://%{KUBERNETES_API}%/static/charts/", name, NULL);

  g_assert_cmpstr (strata_file_get_path (file), ==, name);
  assert_at (install, 0, "metadata.name", "very-big");
  assert_at (install, 0, "spec.chart", url);
  assert_at (install, 0, "spec.chartContent", NULL);
  assert_at (install, 0, "spec.targetNamespace", NULL);
}

static void
test_chart_elsewhere (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataLayer) layer = make_layer (STRATA_LAYER_KIND_HELM, "nginx", "", NULL);
  g_autoptr(StrataLayer) known =
    strata_layer_with (layer, STRATA_LAYER_CHART_URL, "https://charts.example/nginx-1.0.0.tgz");
  g_autoptr(StrataInstall) install = make (known, &error);

  g_assert_no_error (error);
  assert_at (install, 0, "spec.chart", "https://charts.example/nginx-1.0.0.tgz");

  g_assert_null (make (layer, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

/* Manifests of a pack are templates: the node gets them as charts with the values that are meant for them. */
static void
test_pack (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GBytes) chart = make_chart ("inner", 0);

  add_file (files, "pack.json",
            "{\"kubeManifests\": [\"manifests/a/hello.yaml\", \"manifests/plain.yaml\"], \"charts\": [\"charts/x.tgz\"]}");
  add_file (files, "manifests/a/hello.yaml", "port: {{ .Values.port }}\nhost: {{.spectro.system.cluster.uid}}\n");
  add_file (files, "manifests/plain.yaml", "kind: Plain\n");
  add_bytes (files, "charts/x.tgz", chart);

  g_autoptr(StrataLayer) layer =
    make_layer (STRATA_LAYER_KIND_PACK, "universe",
                "charts:\n  inner:\n    a: 1\nmanifests:\n  hello:\n    port: 8080\n", files);
  g_autoptr(StrataInstall) install = make (layer, &error);

  g_assert_no_error (error);
  assert_at (install, 0, "metadata.name", "universe-hello");
  assert_at (install, 0, "spec.valuesContent", "port: 8080\n");
  assert_at (install, 1, "kind", "Plain");
  assert_at (install, 2, "metadata.name", "universe-inner");
  assert_at (install, 2, "spec.valuesContent", "a: 1\n");

  g_autofree char *content = get (install, 0, "spec.chartContent");
  gsize size;
  g_autofree guchar *data = g_base64_decode (content, &size);
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) inside = strata_tarball_read (bytes, &top, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (top, ==, "hello");
  g_assert_cmpuint (inside->len, ==, 2);
  g_assert_cmpstr (strata_file_get_path (inside->pdata[1]), ==, "templates/hello.yaml");
  g_assert_cmpstr (strata_file_get_text (inside->pdata[1]), ==, "port: {{ .Values.port }}\nhost: edge-1\n");
}

static void
assert_refused (StrataLayer *layer,
                const char  *says)
{
  g_autoptr(StrataLayer) owned = layer;
  g_autoptr(GError) error = NULL;
  StrataInstall *install = make (owned, &error);

  g_assert_null (install);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) broken = g_ptr_array_new_with_free_func (g_object_unref);

  add_file (files, "pack.json", "{\"charts\": [\"charts/none.tgz\"]}");
  add_file (broken, "nginx-1.0.0.tgz", "no chart");

  assert_refused (make_layer (STRATA_LAYER_KIND_PACK, "p", "", NULL), "with its content");
  assert_refused (make_layer (STRATA_LAYER_KIND_PACK, "p", "", files), "charts/none.tgz");
  assert_refused (make_layer (STRATA_LAYER_KIND_HELM, "h", "", broken), "nginx-1.0.0.tgz: ");
  assert_refused (make_layer (STRATA_LAYER_KIND_HELM, "h", "a: [\n", NULL), "values.yaml: ");
  assert_refused (make_layer (STRATA_LAYER_KIND_HELM, "h", "a: 1\nb: {{.spectro.var.x}}\n", NULL), "values.yaml: Line 2");
  assert_refused (with_manifest (make_layer (STRATA_LAYER_KIND_MANIFEST, "m", "", NULL), "site", "a: [\n"), "site: ");
}

static void
add_ordered (GPtrArray  *layers,
             const char *name,
             const char *place,
             const char *priority)
{
  g_autofree char *values =
    priority != NULL ? g_strdup_printf ("pack:\n  spectrocloud.com/install-priority: \"%s\"\n", priority) : g_strdup ("");
  g_autoptr(StrataLayer) layer = make_layer (STRATA_LAYER_KIND_MANIFEST, name, values, NULL);

  g_ptr_array_add (layers, strata_layer_with (layer, STRATA_LAYER_PACK_LAYER, place));
}

static void
test_order (void)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  guint failed;

  add_ordered (layers, "twenty", "addon", "20");
  add_ordered (layers, "ten", "addon", "10");
  add_ordered (layers, "TEN", "addon", "10");
  add_ordered (layers, "none", "addon", NULL);
  add_ordered (layers, "storage", "csi", "99");
  add_ordered (layers, "system", "os", NULL);

  g_autoptr(StrataProfile) profile = strata_profile_with_layers (bare, layers);
  g_autoptr(GPtrArray) installs = strata_install_all (profile, settings, "edge-1", &failed, &error);
  const char *expected[] = { "system.yaml", "storage.yaml", "none.yaml", "ten.yaml", "TEN-2.yaml", "twenty.yaml" };

  g_assert_no_error (error);
  g_assert_cmpuint (installs->len, ==, G_N_ELEMENTS (expected));

  for (guint i = 0; i < installs->len; i++)
    g_assert_cmpstr (((StrataInstall *) installs->pdata[i])->name, ==, expected[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/install/manifests", test_manifests);
  g_test_add_func ("/install/chart", test_chart);
  g_test_add_func ("/install/large-chart", test_large_chart);
  g_test_add_func ("/install/chart-elsewhere", test_chart_elsewhere);
  g_test_add_func ("/install/pack", test_pack);
  g_test_add_func ("/install/refused", test_refused);
  g_test_add_func ("/install/order", test_order);

  return g_test_run ();
}
