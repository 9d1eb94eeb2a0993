/* test-kube-objects.c - what an object says it is, its name, namespace and selector; versions of Kubernetes; definitions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kube-fixture.h"

#include <gio/gio.h>

#define SERVICE(name) "apiVersion: v1\nkind: Service\nmetadata: {name: " name ", namespace: ns}\n"

static const KubeCase cases[] = {
  { "kind", 30, "apiVersion: apps/v1\nkind: Deploymnt\n" META,
    "error 2:7+9 “apps/v1” has no kind “Deploymnt”; “Deployment” is meant, probably",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n" },
  { "kind-like-none", 30, "apiVersion: apps/v1\nkind: Whatever\n" META,
    "error 2:7+8 “apps/v1” has no kind “Whatever”",
    NULL },
  { "version-of-kind", 30, "apiVersion: v1\nkind: Deployment\n" META,
    "error 1:13+2 “Deployment” is not in “v1”; its apiVersion is “apps/v1”",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n" },
  { "version-near", 30, "apiVersion: app/v1\nkind: Deployment\n" META "spec: {selector: {}, template: {}}\n",
    "error 1:13+6 “Deployment” is not in “app/v1”; its apiVersion is “apps/v1”",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec: {selector: {}, template: {}}\n" },
  { "version-that-never-was", 30, "apiVersion: apps/v3\nkind: Deployment\n" META,
    "error 1:13+7 “Deployment” is not in “apps/v3”; its apiVersion is “apps/v1”",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n" },
  { "foreign", 30, "apiVersion: serving.knative.dev/v1\nkind: Service\n" META "spec: {whatever: 1}\n",
    "note 2:7+7 Nothing here defines “Service” of “serving.knative.dev/v1”; what is in it is not checked",
    NULL },
  { "removed", 30, "apiVersion: extensions/v1beta1\nkind: Ingress\n" META "spec: {whatever: 1}\n",
    "error 1:13+18 Kubernetes has no “Ingress” of “extensions/v1beta1” any more since 1.22; use “Ingress” of “networking.k8s.io/v1”",
    "apiVersion: networking.k8s.io/v1\n"
    "kind: Ingress\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec: {whatever: 1}\n" },
  { "removed-for-good", 30, "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: p}\n",
    "error 1:13+14 Kubernetes has no “PodSecurityPolicy” of “policy/v1beta1” any more since 1.25",
    NULL },
  { "removed-even-if-version-is-not-known", 0, "apiVersion: batch/v1beta1\nkind: CronJob\n" META,
    "error 1:13+13 Kubernetes has no “CronJob” of “batch/v1beta1” any more since 1.25; use “CronJob” of “batch/v1”",
    "apiVersion: batch/v1\n"
    "kind: CronJob\n"
    "metadata: {name: p, namespace: ns}\n" },
  { "still-there", 28, "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: p}\n",
    "",
    NULL },
  { "deprecated", 31, "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: p}\n",
    "warning 1:13+36 “FlowSchema” of “flowcontrol.apiserver.k8s.io/v1beta3” is out of favour since Kubernetes 1.29; use “FlowSchema” of “flowcontrol.apiserver.k8s.io/v1”",
    "apiVersion: flowcontrol.apiserver.k8s.io/v1\n"
    "kind: FlowSchema\n"
    "metadata: {name: p}\n" },
  { "gone", 32, "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: {name: p}\n",
    "error 1:13+36 Kubernetes has no “FlowSchema” of “flowcontrol.apiserver.k8s.io/v1beta3” any more since 1.32; use “FlowSchema” of “flowcontrol.apiserver.k8s.io/v1”",
    "apiVersion: flowcontrol.apiserver.k8s.io/v1\n"
    "kind: FlowSchema\n"
    "metadata: {name: p}\n" },
  { "deprecated-for-another-kind", 33, "apiVersion: v1\nkind: Endpoints\n" META,
    "warning 1:13+2 “Endpoints” of “v1” is out of favour since Kubernetes 1.33; use “EndpointSlice” of “discovery.k8s.io/v1”",
    NULL },
  { "not-yet", 30, "apiVersion: resource.k8s.io/v1\nkind: ResourceClaim\n" META "spec: {}\n",
    "error 1:13+18 Kubernetes 1.30 has no “ResourceClaim” of “resource.k8s.io/v1” yet; it came with 1.34",
    NULL },
  { "perhaps", 30, "apiVersion: networking.k8s.io/v1alpha1\nkind: IPAddress\nmetadata: {name: p}\nspec: {}\n",
    "note 1:13+26 “IPAddress” of “networking.k8s.io/v1alpha1” is not in every Kubernetes; try whether 1.30 has it",
    NULL },
  { "list", 30,
    "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: P, namespace: ns}\n"
    "  spec: {containers: []}\n- {apiVersion: v1, kind: Pood, metadata: {name: p}}\n",
    "error 6:20+1 “P” cannot be a name: small letters and digits with “-” and “.” in between, 253 at most\n"
    "error 8:26+4 “v1” has no kind “Pood”; “Pod” is meant, probably",
    NULL },
  { "several-documents", 30,
    "# a\n---\napiVersion: v1\nkind: Secret\n" META "dat: {}\n---\n---\napiVersion: v1\nkind: ConfigMap\n" META "dat: {}\n",
    "error 6:1+3 “Secret” has no field “dat”; “data” is meant, probably\n"
    "error 12:1+3 “ConfigMap” has no field “dat”; “data” is meant, probably",
    "# a\n"
    "---\n"
    "apiVersion: v1\n"
    "kind: Secret\n"
    "metadata: {name: p, namespace: ns}\n"
    "data: {}\n"
    "---\n"
    "---\n"
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata: {name: p, namespace: ns}\n"
    "dat: {}\n" },
  { "name", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Web_Config, namespace: ns}\n",
    "error 3:18+10 “Web_Config” cannot be a name: small letters and digits with “-” and “.” in between, 253 at most",
    NULL },
  { "name-with-dots", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a.b-c.d, namespace: ns}\n",
    "",
    NULL },
  { "name-with-empty-part", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a..b, namespace: ns}\n",
    "error 3:18+4 “a..b” cannot be a name: small letters and digits with “-” and “.” in between, 253 at most",
    NULL },
  { "name-of-service", 30, SERVICE ("1web") "---\n" SERVICE ("a.b") "---\n" SERVICE ("web-1"),
    "error 3:18+4 “1web” cannot be the name of a Service: a small letter, then small letters, digits and “-”, 63 at most\n"
    "error 7:18+3 “a.b” cannot be the name of a Service: a small letter, then small letters, digits and “-”, 63 at most",
    NULL },
  { "name-of-namespace", 30, "apiVersion: v1\nkind: Namespace\nmetadata: {name: a.b}\n",
    "error 3:18+3 “a.b” cannot be the name of a Namespace: small letters and digits with “-” in between, 63 at most",
    NULL },
  { "name-of-role", 30,
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: \"system:Node Reader\"}\n---\n"
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a/b}\n",
    "error 7:18+3 “a/b” cannot be a name: it may have neither “/” nor “%”",
    NULL },
  { "name-is-number", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 1234, namespace: ns}\n",
    "error 3:18+4 “metadata.name” has to be text, but “1234” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata: {name: \"1234\", namespace: ns}\n" },
  { "name-is-template", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{.spectro.var.Name}}\"}\n",
    "",
    NULL },
  { "namespace-missing", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  labels: {a: b}\n",
    "note 4:9+3 This ConfigMap names no namespace and goes where it is installed to",
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata:\n"
    "  name: web\n"
    "  namespace: infra\n"
    "  labels: {a: b}\n" },
  { "namespace-missing-in-braces", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n",
    "note 3:18+3 This ConfigMap names no namespace and goes where it is installed to",
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata: {name: web, namespace: infra}\n" },
  { "namespace-missing-before-comment", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web # why\n",
    "note 4:9+3 This ConfigMap names no namespace and goes where it is installed to",
    NULL },
  { "namespace-too-many", 30, "apiVersion: v1\nkind: Namespace\nmetadata: {name: p, namespace: ns}\n",
    "warning 3:32+2 A Namespace is in no namespace; remove this line",
    NULL },
  { "namespace-is-no-name", 30, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p, namespace: A.b}\n",
    "error 3:32+3 “A.b” cannot be a name here: small letters and digits with “-” in between, 63 at most",
    NULL },
  { "selector", 30,
    "apiVersion: apps/v1\nkind: DaemonSet\n" META "spec:\n  selector:\n    matchLabels: {app: web, tier: back}\n"
    "  template: {metadata: {labels: {app: wed, tier: back}}}\n",
    "error 6:24+3 The pods of this DaemonSet have no label “app: web”; give them the label, or select another",
    NULL },
  { "selector-with-templates", 30,
    "apiVersion: apps/v1\nkind: DaemonSet\n" META "spec:\n  selector:\n    matchLabels: {app: web, tier: \"{{.x}}\"}\n"
    "  template: {metadata: {labels: {app: \"{{.y}}\", tier: back}}}\n",
    "",
    NULL },
  { "definition-name", 30,
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: thing.a.b}\n"
    "spec: {group: a.b, names: {kind: Thing, plural: things}, scope: Cluster, versions: []}\n",
    "error 3:18+9 The name has to be “things.a.b”: the plural and the group of what is defined",
    "apiVersion: apiextensions.k8s.io/v1\n"
    "kind: CustomResourceDefinition\n"
    "metadata: {name: things.a.b}\n"
    "spec: {group: a.b, names: {kind: Thing, plural: things}, scope: Cluster, versions: []}\n" },
  { "defined-here", 30,
    "apiVersion: a.b/v1\nkind: Thing\nmetadata: {name: p}\nspec: {sise: big}\n---\n"
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.a.b}\nspec:\n"
    "  group: a.b\n  names: {kind: Thing, plural: things}\n  scope: Cluster\n  versions:\n"
    "  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n"
    "        properties: {spec: {type: object, properties: {size: {type: integer}}}}\n",
    "error 4:8+4 “spec” has no field “sise”; “size” is meant, probably",
    "apiVersion: a.b/v1\n"
    "kind: Thing\n"
    "metadata: {name: p}\n"
    "spec: {size: big}\n"
    "---\n"
    "apiVersion: apiextensions.k8s.io/v1\n"
    "kind: CustomResourceDefinition\n"
    "metadata: {name: things.a.b}\n"
    "spec:\n"
    "  group: a.b\n"
    "  names: {kind: Thing, plural: things}\n"
    "  scope: Cluster\n"
    "  versions:\n"
    "  - name: v1\n"
    "    served: true\n"
    "    storage: true\n"
    "    schema:\n"
    "      openAPIV3Schema:\n"
    "        type: object\n"
    "        properties: {spec: {type: object, properties: {size: {type: integer}}}}\n" },
  { "defined-in-another-version", 30,
    "apiVersion: a.b/v2\nkind: Thing\nmetadata: {name: p}\n---\n"
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.a.b}\n"
    "spec: {group: a.b, names: {kind: Thing, plural: things}, scope: Cluster,"
    " versions: [{name: v1, served: true, storage: true}]}\n",
    "error 1:13+6 “Thing” is not in “a.b/v2”; its apiVersion is “a.b/v1”",
    "apiVersion: a.b/v1\n"
    "kind: Thing\n"
    "metadata: {name: p}\n"
    "---\n"
    "apiVersion: apiextensions.k8s.io/v1\n"
    "kind: CustomResourceDefinition\n"
    "metadata: {name: things.a.b}\n"
    "spec: {group: a.b, names: {kind: Thing, plural: things}, scope: Cluster, versions: [{name: v1, served: true, storage: true}]}\n" },
  { "odd-shapes", 30,
    "apiVersion: [v1]\nkind: {a: b}\nmetadata: p\n---\napiVersion: v1\nkind: Pod\nmetadata: [name]\nspec: x\n---\n"
    "apiVersion: v1\nkind: PodList\nitems: x\n---\n{{.x}}: 1\n",
    "warning 1:1+0 “metadata.name” is missing from this Kubernetes object\n"
    "warning 5:1+0 “metadata.name” is missing from this Kubernetes object\n"
    "error 7:11+6 “metadata” has to be keys with values\n"
    "error 8:7+1 “spec” has to be keys with values\n"
    "error 14:1+6 A value that starts with “{{” has to stand in quotes\n"
    "warning 14:1+0 “apiVersion” is missing from this Kubernetes object\n"
    "warning 14:1+0 “kind” is missing from this Kubernetes object\n"
    "warning 14:1+0 “metadata.name” is missing from this Kubernetes object",
    NULL },
};

/* Templates filled in as far as it takes to make YAML of a text. */
static char *
fill_in (const char *text)
{
  static const char *const steps[][2] = {
    { "^\\{\\{.*\\}\\}\\s*\\n", "---\\n" },
    { "^\\s*\\{\\{.*\\}\\}\\s*\\n", "" },
    { "(: +)\\{\\{[^}\n]*\\}\\}$", "\\1\"{{xx\"" },
    { "\\{\\{[^}\n]*\\}\\}", "x" },
  };
  char *filled = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (steps[i][0], G_REGEX_MULTILINE, 0, NULL);
      g_autofree char *before = filled;

      filled = g_regex_replace (regex, before, -1, 0, steps[i][1], 0, NULL);
    }

  return filled;
}

static guint
count_findings (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  g_autofree char *filled = fill_in (text);
  g_autoptr(GPtrArray) problems = check_text (filled, 30);
  g_autofree char *found = describe_problems (problems);

  if (problems->len > 0)
    g_test_message ("%s: %s", path, found);

  return problems->len;
}

/* What people publish is not called wrong: each finding was looked at by hand, and is true. */
static void
test_real_packs (void)
{
  static const struct
  {
    const char *path;
    guint n_findings;
  } manifests[] = {
    /* ClusterRole and ClusterRoleBinding of v1beta1, each in a namespace. */
    { "citrix-adc-1.7.6/manifests/citrix-k8s-ingress-controller.yaml", 4 },
    /* A definition of v1beta1 that has a key twice, a ClusterRole in a namespace. */
    { "citrix-adc-1.7.6/manifests/vip.yaml", 3 },
    { "external-snapshotter-4.0.1/manifests/volume-snapshot-crds.yaml", 0 },
    /* A template that is closed by "{- end}". */
    { "external-snapshotter-4.0.1/manifests/vsclass.yaml", 1 },
    { "hello-universe-1.3.1/manifests/hello-universe.yaml", 0 },
    { "multus-3.9.0/manifests/multus-daemonset-thick-plugin.yaml", 0 },
  };
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "packs", NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no packs beside the sources");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (manifests); i++)
    {
      g_autofree char *path = g_build_filename (folder, manifests[i].path, NULL);

      g_assert_cmpuint (count_findings (path), ==, manifests[i].n_findings);
    }
}

/* A fault put into one of them is found: it is not that nothing is looked at. */
static void
test_real_pack_with_fault (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "packs", "multus-3.9.0",
                           "manifests", "multus-daemonset-thick-plugin.yaml", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no packs beside the sources");
      return;
    }

  g_auto(GStrv) parts = g_strsplit (text, "hostNetwork:", 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  g_autofree char *broken = g_strjoinv ("hostNetwrok:", parts);
  g_autoptr(GPtrArray) problems = check_text (broken, 30);
  const StrataProblem *problem = g_ptr_array_index (problems, 0);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (problem->fix, ==, "hostNetwork");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/kube-objects/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_kube_case);
    }

  g_test_add_func ("/core/kube-objects/real-packs", test_real_packs);
  g_test_add_func ("/core/kube-objects/real-pack-with-fault", test_real_pack_with_fault);

  return g_test_run ();
}
