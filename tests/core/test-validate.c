/* test-validate.c - everything that can be said against a profile, and what of it is remembered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-tarball.h"
#include "strata-validate.h"

#include <string.h>

static StrataLayer *
make_layer (const char *name,
            const char *values_text,
            const char *manifest_text)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) values = strata_blob_new_text (values_text);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (empty, values);

  if (manifest_text == NULL)
    return g_steal_pointer (&layer);

  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest_text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("web.yaml", content);

  return strata_layer_with_manifest (layer, manifest);
}

static StrataProfile *
make_profile (StrataLayer *one,
              StrataLayer *other)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (layers, g_object_ref (one));
  g_ptr_array_add (layers, g_object_ref (other));

  return strata_profile_with_layers (empty, layers);
}

static char *
describe (GPtrArray *problems)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (found, "%s %s:%u:%u %s\n", problem->layer, problem->document,
                              problem->line, problem->column, problem->message);
    }

  return g_string_free (found, FALSE);
}

static char *
check (StrataProfile    *profile,
       StrataValidation *before)
{
  g_autoptr(StrataValidation) validation = strata_validate_profile (profile, NULL, before);

  return describe (strata_validation_get_problems (validation));
}

static void
test_profile (void)
{
  g_autoptr(StrataLayer) web = make_layer ("web", "a: 1\na: 2\n", "- a\n");
  g_autoptr(StrataLayer) db = make_layer ("db", "a: {{.spectro.var.x}}\n", NULL);
  g_autoptr(StrataProfile) profile = make_profile (web, db);
  g_autofree char *found = check (profile, NULL);

  g_assert_cmpstr (
    found, ==,
    "web values.yaml:2:1 The key “a” stands here a second time; the first is in line 1\n"
    "web web.yaml:1:1 A Kubernetes object has to be keys with values\n"
    "db values.yaml:1:4 A value that starts with “{{” has to stand in quotes\n"
    "db values.yaml:1:6 The profile has no variable “x”; add it, or correct the name\n");
}

/* What is remembered is what would be found again. */
static void
test_remembers (void)
{
  g_autoptr(StrataLayer) web = make_layer ("web", "a: 1\na: 2\n", "- a\n");
  g_autoptr(StrataLayer) old = make_layer ("db", "a: {{.spectro.var.x}}\n", NULL);
  g_autoptr(StrataLayer) new = make_layer ("db", "a: 1\n", "- a\n");
  g_autoptr(StrataProfile) before = make_profile (web, old);
  g_autoptr(StrataProfile) after = make_profile (web, new);
  g_autoptr(StrataValidation) validation = strata_validate_profile (before, NULL, NULL);
  g_autofree char *found = check (after, validation);
  g_autofree char *fresh = check (after, NULL);

  g_assert_cmpstr (found, ==, fresh);
  g_assert_nonnull (g_strstr_len (found, -1, "db web.yaml:1:1"));
}

#define POD(name, rest) "apiVersion: v1\nkind: Pod\nmetadata: {name: " name ", namespace: ns}\n" rest
#define SPEC(rest) "spec: {containers: [{name: w" rest "}]}\n"
#define CRD \
  "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.a.b}\nspec:\n" \
  "  group: a.b\n  names: {kind: Thing, plural: things}\n  scope: Cluster\n  versions:\n" \
  "  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n" \
  "        {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}\n"
#define THING "apiVersion: a.b/v1\nkind: Thing\nmetadata: {name: t}\nspec: {sise: 1}\n"

static void
assert_links (const char *one,
              const char *other,
              const char *expected)
{
  g_autoptr(StrataLayer) web = make_layer ("web", "", one);
  g_autoptr(StrataLayer) db = make_layer ("db", "", other);
  g_autoptr(StrataProfile) profile = make_profile (web, db);
  g_autofree char *found = check (profile, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_made_twice (void)
{
  assert_links (
    POD ("a", SPEC ("")) "---\n" POD ("b", SPEC ("")), POD ("a", SPEC ("")),
    "db web.yaml:3:18 The Pod “a” is made twice: web, web.yaml, line 3 has it too; the later one "
    "replaces it\n");
  assert_links ("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", "");
  assert_links ("apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: one}\n",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: two}\n", "");
  assert_links (
    "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a, namespace: ns}\n",
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, namespace: ns}\n",
    "web web.yaml:1:13 Kubernetes has no “Ingress” of “networking.k8s.io/v1beta1” any more since "
    "1.22; "
    "use “Ingress” of “networking.k8s.io/v1”\n"
    "db web.yaml:3:18 The Ingress “a” is made twice: web, web.yaml, line 3 has it too; the later "
    "one "
    "replaces it\n");
}

#define ENV(kind, more) SPEC (", envFrom: [{" kind ": {name: x" more "}}]")
#define OBJECT(kind, ns) "apiVersion: v1\nkind: " kind "\nmetadata: {name: x, namespace: " ns "}\n"

static void
test_links (void)
{
  const char *config_map =
    "web web.yaml:4:63 No manifest here makes the ConfigMap “x”; it has to come from elsewhere\n";
  const char *secret =
    "web web.yaml:4:60 No manifest here makes the Secret “x”; it has to come from elsewhere\n";

  assert_links (POD ("a", ENV ("configMapRef", "")), NULL, config_map);
  assert_links (POD ("a", ENV ("secretRef", "")), NULL, secret);
  assert_links (POD ("a", ENV ("secretRef", ", optional: true")), NULL, "");
  assert_links (POD ("a", ENV ("configMapRef", "")), OBJECT ("ConfigMap", "ns"), "");
  assert_links (POD ("a", ENV ("configMapRef", "")), OBJECT ("ConfigMap", "other"), config_map);
  assert_links (POD ("a", ENV ("configMapRef", "")), OBJECT ("Secret", "ns"), config_map);
  assert_links (POD ("a", "spec: {containers: [{name: w}], serviceAccountName: default}\n"), NULL,
                "");
  assert_links (POD ("a", "spec: {containers: [{name: w}], serviceAccountName: s}\n"), NULL,
                "web web.yaml:4:53 No manifest here makes the ServiceAccount “s”; it has to come "
                "from elsewhere\n");
  assert_links (
    POD ("a", "spec: {containers: [{name: w}], imagePullSecrets: [{name: s}]}\n"), NULL,
    "web web.yaml:4:59 No manifest here makes the Secret “s”; it has to come from elsewhere\n");
  assert_links (POD ("a", "spec: {containers: [{name: w}], volumes: [{name: v, "
                          "persistentVolumeClaim: {claimName: c}}]}\n"),
                NULL,
                "web web.yaml:4:88 No manifest here makes the PersistentVolumeClaim “c”; it has to "
                "come from elsewhere\n");
}

#define SERVICE(spec) "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: ns}\nspec: {" spec "}\n"
#define LABELLED(label, port) \
  "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: ns}\nspec:\n" \
  "  selector: {matchLabels: {app: " label "}}\n  template:\n    metadata: {labels: {app: " label "}}\n" \
  "    spec: {containers: [{name: w, ports: [{name: " port ", containerPort: 80}]}]}\n"

static void
test_services (void)
{
  assert_links (SERVICE ("selector: {app: w}, ports: [{port: 80, targetPort: http}]"),
                LABELLED ("w", "http"), "");
  assert_links (
    SERVICE ("selector: {app: w}, ports: [{port: 80}]"), LABELLED ("v", "http"),
    "web web.yaml:4:18 No pods here have all these labels; they have to come from elsewhere\n");
  assert_links (SERVICE ("selector: {app: w}, ports: [{port: 80, targetPort: htpt}]"),
                LABELLED ("w", "http"),
                "web web.yaml:4:59 No container of the pods that are selected has a port “htpt”\n");
  assert_links (
    SERVICE ("selector: {app: \"{{.spectro.system.cluster.name}}\"}, ports: [{port: 80}]"),
    LABELLED ("v", "http"), "");
}

#define INGRESS(service, port) \
  "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: ns}\n" \
  "spec: {defaultBackend: {service: {name: " service ", port: " port "}}}\n"

static void
test_ingress (void)
{
  const char *service = SERVICE ("ports: [{name: web, port: 80}]");

  assert_links (INGRESS ("s", "{number: 80}"), service, "");
  assert_links (INGRESS ("s", "{name: web}"), service, "");
  assert_links (INGRESS ("s", "{number: 81}"), service,
                "web web.yaml:4:41 The Service “s” has no port “81”\n");
  assert_links (
    INGRESS ("t", "{number: 80}"), service,
    "web web.yaml:4:41 No manifest here makes the Service “t”; it has to come from elsewhere\n");
}

/* One layer defines what another uses. When the definition changes, so does what is said of the other layer. */
static void
test_definitions (void)
{
  g_autoptr(StrataLayer) user = make_layer ("user", "", THING);
  g_autoptr(StrataLayer) maker = make_layer ("maker", "", CRD);
  g_autoptr(StrataLayer) other = make_layer ("maker", "", NULL);
  g_autoptr(StrataProfile) with = make_profile (user, maker);
  g_autoptr(StrataProfile) without = make_profile (user, other);
  g_autoptr(StrataValidation) before = strata_validate_profile (with, NULL, NULL);
  g_autofree char *found = check (with, before);
  g_autofree char *after = check (without, before);

  g_assert_cmpstr (found, ==,
                   "user web.yaml:4:8 “spec” has no field “sise”; “size” is meant, probably\n");
  g_assert_cmpstr (
    after, ==,
    "user web.yaml:2:7 Nothing here defines “Thing” of “a.b/v1”; what is in it is not checked\n");
}

static StrataLayer *
with_file (const char *path,
           StrataBlob *content)
{
  g_autoptr(StrataLayer) bare = make_layer ("maker", "", NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new (path, content));

  return strata_layer_with_files (bare, files);
}

/* A chart as it is packed, with one file. */
static StrataBlob *
make_chart (const char *path,
            const char *text)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (files, strata_file_new (path, content));

  g_autoptr(GBytes) bytes = strata_tarball_write ("chart", files, NULL, &error);

  g_assert_no_error (error);

  return strata_blob_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* What a pack or a chart brings in its own files is known, also after the layer was edited; a broken chart brings nothing. */
static void
test_definitions_in_files (void)
{
  g_autoptr(StrataBlob) text = strata_blob_new_text (CRD);
  g_autoptr(StrataBlob) chart = make_chart ("crds/things.yaml", CRD);
  g_autoptr(StrataBlob) broken = strata_blob_new_text ("CustomResourceDefinition");
  const struct
  {
    const char *path;
    StrataBlob *content;
    gboolean defines;
  } files[] = {
    { "manifests/crd.yaml", text, TRUE },
    { "charts/things-1.0.0.tgz", chart, TRUE },
    { "charts/things-1.0.0.tgz", broken, FALSE },
    { "README.md", text, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(StrataLayer) user = make_layer ("user", "", THING);
      g_autoptr(StrataLayer) maker = with_file (files[i].path, files[i].content);
      g_autoptr(StrataProfile) profile = make_profile (user, maker);
      g_autoptr(StrataValidation) before = strata_validate_profile (profile, NULL, NULL);
      g_autoptr(StrataLayer) edited = strata_layer_with (maker, STRATA_LAYER_VERSION, "2.0.0");
      g_autoptr(StrataProfile) after = make_profile (user, edited);
      g_autofree char *found = check (profile, NULL);
      g_autofree char *again = check (after, before);

      g_assert_true ((strstr (found, "“spec” has no field “sise”") != NULL) == files[i].defines);
      g_assert_cmpstr (again, ==, found);
    }
}

static void
test_added_definitions (void)
{
  g_autoptr(StrataLayer) layer = make_layer ("user", "", THING);
  g_autoptr(GPtrArray) crds = g_ptr_array_new_with_free_func (g_object_unref);
  StrataValidateOptions options = { .crds = crds };

  g_ptr_array_add (crds, strata_blob_new_text (CRD));

  g_autoptr(GPtrArray) problems = strata_validate_layer (layer, &options);
  g_autofree char *found = describe (problems);

  g_assert_cmpstr (found, ==,
                   "user web.yaml:4:8 “spec” has no field “sise”; “size” is meant, probably\n");
}

static void
assert_version (const char *version,
                const char *pack_layer,
                guint       asked,
                guint       n_found)
{
  const char *manifest =
    "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: a}\n";
  g_autoptr(StrataLayer) web = make_layer ("web", "", manifest);
  g_autoptr(StrataLayer) bare = make_layer ("kubernetes", "", NULL);
  g_autoptr(StrataLayer) placed = strata_layer_with (bare, STRATA_LAYER_PACK_LAYER, pack_layer);
  g_autoptr(StrataLayer) kubernetes = strata_layer_with (placed, STRATA_LAYER_VERSION, version);
  g_autoptr(StrataProfile) profile = make_profile (web, kubernetes);
  StrataValidateOptions options = { .kubernetes = asked };
  g_autoptr(StrataValidation) validation = strata_validate_profile (profile, &options, NULL);

  g_assert_cmpuint (strata_validation_get_problems (validation)->len, ==, n_found);
}

/* The profile's Kubernetes is that of its pack, unless somebody says otherwise. */
static void
test_kubernetes (void)
{
  assert_version ("1.28.4", "k8s", 0, 0);
  assert_version ("1.32.0", "k8s", 0, 1);
  assert_version ("v1.32.0+k3s1", "k8s", 0, 1);
  assert_version ("1.32.0", "addon", 0, 0);
  assert_version ("1.28.4", "k8s", 32, 1);
  assert_version ("1.32.0", "k8s", 28, 0);
  assert_version ("2.32.0", "k8s", 0, 0);
  assert_version ("1.999", "k8s", 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/validate/profile", test_profile);
  g_test_add_func ("/core/validate/remembers", test_remembers);

  g_test_add_func ("/core/validate/made-twice", test_made_twice);
  g_test_add_func ("/core/validate/links", test_links);
  g_test_add_func ("/core/validate/services", test_services);
  g_test_add_func ("/core/validate/ingress", test_ingress);
  g_test_add_func ("/core/validate/definitions", test_definitions);
  g_test_add_func ("/core/validate/definitions-in-files", test_definitions_in_files);
  g_test_add_func ("/core/validate/added-definitions", test_added_definitions);
  g_test_add_func ("/core/validate/kubernetes", test_kubernetes);

  return g_test_run ();
}
