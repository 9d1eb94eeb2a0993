/* test-constraints.c - what packs and charts ask of each other and of the appliance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-constraints.h"
#include "strata-validate.h"

#include "pack-fixture.h"
#include "tar-fixture.h"

static StrataFile *
make_file (const char *path,
           const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  return strata_file_new (path, blob);
}

/* A layer as a pack would make it, with what its pack.json says of others. */
static StrataLayer *
make_pack (const char *name,
           const char *place,
           const char *version,
           const char *constraints)
{
  g_autofree char *meta =
    g_strdup_printf ("{\"name\": \"%s\", \"constraints\": %s}", name, constraints != NULL ? constraints : "{}");
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataLayer) placed = strata_layer_with (bare, STRATA_LAYER_PACK_LAYER, place);
  g_autoptr(StrataLayer) dated = strata_layer_with (placed, STRATA_LAYER_VERSION, version);

  g_ptr_array_add (files, make_file ("pack.json", meta));

  return strata_layer_with_files (dated, files);
}

static StrataLayer *
make_asking (const char *type,
             const char *least,
             const char *most)
{
  g_autofree char *constraints =
    g_strdup_printf ("{\"dependencies\": [{\"packName\": \"db\", \"layer\": \"addon\", \"type\": \"%s\", "
                     "\"minVersion\": \"%s\", \"maxVersion\": \"%s\"}]}", type, least, most);

  return make_pack ("web", "addon", "1.0.0", constraints);
}

static StrataLayer *
make_chart (const char *meta,
            const char *extra_path,
            const char *extra)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_HELM, "shop");

  tar_add (tar, "shop/Chart.yaml", meta);
  if (extra_path != NULL)
    tar_add (tar, extra_path, extra);

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(StrataBlob) blob = strata_blob_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_ptr_array_add (files, strata_file_new ("shop-1.0.0.tgz", blob));

  return strata_layer_with_files (bare, files);
}

static StrataProfile *
make_profile (StrataLayer *one,
              StrataLayer *other)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (layers, g_object_ref (one));
  if (other != NULL)
    g_ptr_array_add (layers, g_object_ref (other));

  return strata_profile_with_layers (empty, layers);
}

static const char *
name_severity (StrataSeverity severity)
{
  return severity == STRATA_SEVERITY_ERROR ? "error" : severity == STRATA_SEVERITY_WARNING ? "warning" : "note";
}

static char *
describe (GPtrArray *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = problems->pdata[i];

      g_string_append_printf (text, "%s%s %s: %s", i > 0 ? "\n" : "", name_severity (problem->severity),
                              problem->layer != NULL ? problem->layer : "-", problem->message);
    }

  return g_string_free (text, FALSE);
}

/* What is said of @one beside @other, taking both. */
static void
assert_says (StrataLayer *one,
             StrataLayer *other,
             const char  *expected)
{
  g_autoptr(StrataLayer) own_one = one;
  g_autoptr(StrataLayer) own_other = other;
  g_autoptr(StrataProfile) profile = make_profile (one, other);
  g_autoptr(GPtrArray) problems = strata_constraints_check_profile (profile);
  g_autofree char *said = describe (problems);

  g_assert_cmpstr (said, ==, expected);
}

static void
test_reads_real_pack (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) folder = g_file_new_for_path (data);
  g_autoptr(StrataPack) pack = strata_pack_read_folder (folder, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  g_autoptr(StrataConstraints) constraints = strata_constraints_read (layer);
  g_autofree char *wrong = describe (strata_constraints_get_problems (constraints));
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (data, "pack.json", NULL);

  g_assert_cmpstr (wrong, ==, "");
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  if (strstr (text, "packName") != NULL)
    g_assert_cmpuint (strata_constraints_get_n_needs (constraints), >, 0);
  if (strstr (text, "minLimit") != NULL)
    g_assert_cmpuint (strata_constraints_get_n_resources (constraints), ==, 2);
}

static void
test_reads_real_chart (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (data);
  g_autoptr(StrataPack) pack = strata_pack_read_chart (file, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataLayer) layer = strata_pack_make_layer (pack, NULL, NULL);
  g_autoptr(StrataConstraints) constraints = strata_constraints_read (layer);
  g_autofree char *wrong = describe (strata_constraints_get_problems (constraints));

  g_assert_cmpstr (wrong, ==, "");
}

static void
test_required (void)
{
  assert_says (make_asking ("required", "", ""), NULL,
               "error web: “web” needs the pack “db”, which is not in this profile; add it as a layer");
  assert_says (make_asking ("required", "2.0", ""), NULL,
               "error web: “web” needs the pack “db”, which is not in this profile; "
               "add it as a layer, version 2.0 or later");
  assert_says (make_asking ("required", "2.0", ""), make_pack ("db", "addon", "2.4.0", NULL), "");
  assert_says (make_asking ("required", "2.0", ""), make_pack ("db", "addon", "1.9.9", NULL),
               "error web: “web” needs “db” 2.0 or later, but the layer is 1.9.9; "
               "choose another version of one of the two");
  assert_says (make_asking ("required", "", "2.0"), make_pack ("db", "addon", "2.1.0", NULL),
               "error web: “web” needs “db” 2.0 or earlier, but the layer is 2.1.0; "
               "choose another version of one of the two");
  assert_says (make_asking ("required", "2.0", "2.0"), make_pack ("db", "addon", "2.0.7", NULL), "");
}

/* A pack of that name elsewhere in the stack is another one. */
static void
test_required_in_its_place (void)
{
  assert_says (make_asking ("required", "", ""), make_pack ("db", "csi", "1.0.0", NULL),
               "error web: “web” needs the pack “db”, which is not in this profile; add it as a layer");
}

static void
test_optional (void)
{
  assert_says (make_asking ("optional", "2.0", ""), NULL, "");
  assert_says (make_asking ("optional", "2.0", ""), make_pack ("db", "addon", "2.0.0", NULL), "");
  assert_says (make_asking ("optional", "1.0", "2.0"), make_pack ("db", "addon", "3.0.0", NULL),
               "warning web: “web” needs “db” 1.0 to 2.0, but the layer is 3.0.0; "
               "choose another version of one of the two");
}

static void
test_not_supported (void)
{
  assert_says (make_asking ("notSupported", "", ""), NULL, "");
  assert_says (make_asking ("notSupported", "", ""), make_pack ("db", "addon", "2.0.0", NULL),
               "error web: “web” does not work together with “db”; remove one of the two layers");
  assert_says (make_asking ("notSupported", "2.0", ""), make_pack ("db", "addon", "1.0.0", NULL), "");
  assert_says (make_asking ("notSupported", "2.0", ""), make_pack ("db", "addon", "2.0.0", NULL),
               "error web: “web” does not work together with “db” 2.0 or later; "
               "choose another version, or remove one of the two layers");
}

static void
test_upgrade_is_no_need (void)
{
  assert_says (make_asking ("upgrade", "2.0", ""), NULL, "");
}

static void
test_pre_release_counts (void)
{
  assert_says (make_asking ("required", "1.29", ""), make_pack ("db", "addon", "1.30.1-rke2", NULL), "");
}

static void
test_kubernetes_of_a_pack (void)
{
  const char *asks = "{\"dependencies\": [{\"packName\": \"kubernetes\", \"layer\": \"k8s\", \"type\": \"optional\", "
                     "\"minVersion\": \"1.29\", \"maxVersion\": \"\"}]}";

  assert_says (make_pack ("kafka", "addon", "1.0.0", asks), make_pack ("edge-k3s", "k8s", "1.30.2", NULL), "");
  assert_says (make_pack ("kafka", "addon", "1.0.0", asks), make_pack ("edge-k3s", "k8s", "1.28.2", NULL),
               "warning kafka: “kafka” needs “edge-k3s” 1.29 or later, but the layer is 1.28.2; "
               "choose another version of one of the two");
}

static void
test_kubernetes_of_a_chart (void)
{
  const char *meta = "apiVersion: v2\nname: shop\nversion: 1.0.0\nkubeVersion: '>=1.25.0-0'\n";

  assert_says (make_chart (meta, NULL, NULL), NULL, "");
  assert_says (make_chart (meta, NULL, NULL), make_pack ("k8s", "k8s", "1.26.0-eks.1", NULL), "");
  assert_says (make_chart (meta, NULL, NULL), make_pack ("k8s", "k8s", "1.24.9", NULL),
               "error shop: The chart “shop” needs Kubernetes >=1.25.0-0, but the layer “k8s” is 1.24.9; "
               "choose another version of one of the two");
  assert_says (make_chart ("name: shop\nkubeVersion: new\n", NULL, NULL), NULL,
               "warning shop: The chart “shop” says which Kubernetes it needs, but not so that it can be checked: "
               "“new” is not a range of versions; write it as in >=1.25.0 <2.0.0");
}

static void
test_charts_of_a_chart (void)
{
  const char *meta = "name: shop\ndependencies:\n- name: db\n  version: ^2.1.0\n  condition: db.enabled\n";

  assert_says (make_chart (meta, NULL, NULL), NULL,
               "error shop: The chart “shop” needs the chart “db” ^2.1.0, which its archive came without; "
               "get the chart again with its dependencies");
  assert_says (make_chart (meta, "shop/charts/db/Chart.yaml", "name: db\nversion: 2.4.0\n"), NULL, "");
  assert_says (make_chart (meta, "shop/charts/other/Chart.yaml", "name: db\nversion: 2.4.0\n"), NULL, "");
  assert_says (make_chart (meta, "shop/charts/db-2.1.0.tgz", ""), NULL, "");
  assert_says (make_chart (meta, "shop/charts/db/Chart.yaml", "name: db\nversion: 3.0.0\n"), NULL,
               "warning shop: The chart “shop” needs the chart “db” ^2.1.0, but its archive has 3.0.0; "
               "get the chart again with its dependencies");
  assert_says (make_chart (meta, "shop/charts/db-admin-2.1.0.tgz", ""), NULL,
               "error shop: The chart “shop” needs the chart “db” ^2.1.0, which its archive came without; "
               "get the chart again with its dependencies");
  assert_says (make_chart ("name: shop\n", "shop/requirements.yaml", "dependencies:\n- name: db\n  version: 1.x\n"), NULL,
               "error shop: The chart “shop” needs the chart “db” 1.x, which its archive came without; "
               "get the chart again with its dependencies");
}

static void
test_resources (void)
{
  const char *asks = "{\"resources\": [{\"type\": \"cpu\", \"minLimit\": 500, \"components\": "
                     "[{\"scheduleType\": \"worker\", \"resourceRequestParamRef\": \"a.cpu\", "
                     "\"replicaCountParamRef\": \"a.replicas\"}]}, {\"type\": \"memory\", \"minLimit\": 1536}]}";
  const struct { const char *values; const char *says; } cases[] = {
    { "", "note -: The packs need at least 0.5 CPU cores, 1.5 GiB of memory; choose appliances that have it to spare" },
    { "a:\n  cpu: 400m\n  replicas: 3\n",
      "note -: The packs need at least 1.2 CPU cores, 1.5 GiB of memory; choose appliances that have it to spare" },
    { "a:\n  cpu: '{{.spectro.var.cpu}}'\n",
      "note -: The packs need at least 0.5 CPU cores, 1.5 GiB of memory; choose appliances that have it to spare" },
    { "a:\n  cpu: much\n",
      "warning web: “much” is not an amount; write it as 250m, 2, 512Mi or 1.5Gi\n"
      "note -: The packs need at least 0.5 CPU cores, 1.5 GiB of memory; choose appliances that have it to spare" },
    { "a: [\n",
      "note -: The packs need at least 0.5 CPU cores, 1.5 GiB of memory; choose appliances that have it to spare" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataLayer) bare = make_pack ("web", "addon", "1.0.0", asks);
      g_autoptr(StrataBlob) values = strata_blob_new_text (cases[i].values);

      assert_says (strata_layer_with_values (bare, values), NULL, cases[i].says);
    }
}

static void
test_resources_add_up (void)
{
  const char *asks = "{\"resources\": [{\"type\": \"diskSize\", \"minLimit\": 20}]}";

  assert_says (make_pack ("web", "addon", "1.0.0", asks), make_pack ("db", "addon", "1.0.0", asks),
               "note -: The packs need at least 40 GiB of disk; choose appliances that have it to spare");
}

/* A pack from a stranger. */
static void
test_bad_constraints (void)
{
  const struct { const char *constraints; const char *says; } cases[] = {
    { "null", "" },
    { "[]", "" },
    { "{\"dependencies\": null, \"resources\": {}}", "" },
    { "{\"dependencies\": [null]}",
      "warning web: pack.json: item 1 of “dependencies” is not an object and was not checked" },
    { "{\"dependencies\": [{\"packName\": \"db\", \"type\": \"wished\"}]}",
      "warning web: pack.json: the constraint on “db” is of no known kind, “wished”, and was not checked" },
    { "{\"dependencies\": [{\"packName\": 7, \"type\": \"required\"}]}",
      "warning web: pack.json: the constraint on “” is of no known kind, “required”, and was not checked" },
    { "{\"dependencies\": [{\"packName\": \"db\", \"type\": \"required\", \"minVersion\": \"new\"}]}",
      "warning web: pack.json: the versions of “db”, new or later, cannot be read and were not checked" },
    { "{\"resources\": [{\"type\": \"gpu\", \"minLimit\": 1}]}",
      "warning web: pack.json asks for “gpu”, which is no resource that is known here" },
    { "{\"resources\": [{\"type\": \"cpu\", \"minLimit\": \"much\", \"components\": [null, {}, 1]}]}", "" },
    { "{\"resources\": [{\"type\": \"cpu\", \"minLimit\": -5}]}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (make_pack ("web", "addon", "1.0.0", cases[i].constraints), NULL, cases[i].says);
}

static void
test_unreadable_files (void)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_PACK, "web");
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, make_file ("pack.json", "{"));
  g_ptr_array_add (files, make_file ("charts/web.tgz", "no archive"));
  g_ptr_array_add (files, make_file ("charts/deep/web.tgz", "not looked at"));

  assert_says (strata_layer_with_files (bare, files), NULL,
               "warning web: pack.json cannot be read, so what the pack needs is not known\n"
               "warning web: charts/web.tgz cannot be read, so what the chart needs is not known: "
               "This is not a gzip archive (.tgz)");
}

/* An edit of values reads no archive again. */
static void
test_remembers (void)
{
  g_autoptr(StrataLayer) layer = make_asking ("required", "", "");
  g_autoptr(StrataBlob) values = strata_blob_new_text ("a: 1\n");
  g_autoptr(StrataLayer) edited = strata_layer_with_values (layer, values);
  g_autoptr(StrataProfile) before = make_profile (layer, NULL);
  g_autoptr(StrataProfile) after = make_profile (edited, NULL);
  g_autoptr(GPtrArray) known = strata_constraints_read_profile (before, NULL);
  g_autoptr(GPtrArray) again = strata_constraints_read_profile (after, known);

  g_assert_true (again->pdata[0] == known->pdata[0]);
}

static void
test_is_part_of_validation (void)
{
  g_autoptr(StrataLayer) layer = make_asking ("required", "", "");
  g_autoptr(StrataProfile) profile = make_profile (layer, NULL);
  g_autoptr(StrataValidation) first = strata_validate_profile (profile, NULL, NULL);
  g_autoptr(StrataValidation) second = strata_validate_profile (profile, NULL, first);
  g_autofree char *said = describe (strata_validation_get_problems (second));

  g_assert_nonnull (strstr (said, "needs the pack “db”"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  pack_fixture_add_real ("packs", "/constraints/real-pack/", test_reads_real_pack);
  pack_fixture_add_real ("charts/repo", "/constraints/real-chart/", test_reads_real_chart);
  g_test_add_func ("/constraints/required", test_required);
  g_test_add_func ("/constraints/required-in-its-place", test_required_in_its_place);
  g_test_add_func ("/constraints/optional", test_optional);
  g_test_add_func ("/constraints/not-supported", test_not_supported);
  g_test_add_func ("/constraints/upgrade-is-no-need", test_upgrade_is_no_need);
  g_test_add_func ("/constraints/pre-release-counts", test_pre_release_counts);
  g_test_add_func ("/constraints/kubernetes-of-a-pack", test_kubernetes_of_a_pack);
  g_test_add_func ("/constraints/kubernetes-of-a-chart", test_kubernetes_of_a_chart);
  g_test_add_func ("/constraints/charts-of-a-chart", test_charts_of_a_chart);
  g_test_add_func ("/constraints/resources", test_resources);
  g_test_add_func ("/constraints/resources-add-up", test_resources_add_up);
  g_test_add_func ("/constraints/bad-constraints", test_bad_constraints);
  g_test_add_func ("/constraints/unreadable-files", test_unreadable_files);
  g_test_add_func ("/constraints/remembers", test_remembers);
  g_test_add_func ("/constraints/is-part-of-validation", test_is_part_of_validation);

  return g_test_run ();
}
