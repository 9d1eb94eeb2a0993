/* test-kube.c - the fields of Kubernetes objects: each thing that can be wrong with one, and what may look so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kube-fixture.h"

#define DEPLOYMENT "apiVersion: apps/v1\nkind: Deployment\n" META
#define WEB "{name: w, image: i}"

static const KubeCase cases[] = {
  { "good", 30,
    DEPLOYMENT "spec:\n  replicas: 2\n  selector: {matchLabels: {app: w}}\n  template:\n"
               "    metadata: {labels: {app: w}}\n    spec:\n      containers:\n"
               "      - name: w\n        image: i\n        imagePullPolicy: Always\n"
               "        ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}]\n"
               "        resources: {limits: {cpu: 500m, memory: 1Gi}, requests: {cpu: 1, memory: 1.5e3}}\n"
               "        livenessProbe: {httpGet: {port: 80}}\n",
    "",
    NULL },
  { "unknown-field", 30, DEPLOYMENT "spec:\n  replicaz: 2\n  selector: {}\n  template: {}\n",
    "error 5:3+8 “spec” has no field “replicaz”; “replicas” is meant, probably",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  replicas: 2\n"
    "  selector: {}\n"
    "  template: {}\n" },
  { "unknown-field-like-none", 30, DEPLOYMENT "spec:\n  whatever: 2\n  selector: {}\n  template: {}\n",
    "error 5:3+8 “spec” has no field “whatever”",
    NULL },
  { "field-of-wrong-case", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  restartpolicy: Always\n",
    "error 6:3+13 “spec” has no field “restartpolicy”; “restartPolicy” is meant, probably",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers: [{name: w, image: i}]\n"
    "  restartPolicy: Always\n" },
  { "unknown-field-deep", 30, POD_HEAD "spec:\n  containers:\n  - name: w\n    resources:\n      limit: {cpu: 1}\n",
    "error 8:7+5 “spec.containers.resources” has no field “limit”; “limits” is meant, probably",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers:\n"
    "  - name: w\n"
    "    resources:\n"
    "      limits: {cpu: 1}\n" },
  { "missing", 30, DEPLOYMENT "spec:\n  selector: {}\n",
    "error 4:1+4 “spec” has to have “template”",
    NULL },
  { "missing-in-list", 30, POD_HEAD "spec:\n  containers:\n  - image: i\n",
    "error 6:5+0 “spec.containers” has to have “name”",
    NULL },
  { "missing-for-null", 30, POD_HEAD "spec:\n  containers:\n",
    "error 4:1+4 “spec” has to have “containers”",
    NULL },
  { "null-is-absent", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  nodeName:\n  priority: ~\n  volumes: null\n",
    "",
    NULL },
  { "norway", 30, POD_HEAD "spec:\n  containers:\n  - name: w\n    env:\n    - {name: COUNTRY, value: no}\n",
    "error 8:30+2 “spec.containers.env.value” has to be text, but “no” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers:\n"
    "  - name: w\n"
    "    env:\n"
    "    - {name: COUNTRY, value: \"no\"}\n" },
  { "number-for-text", 30, POD_HEAD "spec:\n  containers:\n  - name: w\n    env: [{name: A, value: 8080}]\n",
    "error 7:28+4 “spec.containers.env.value” has to be text, but “8080” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers:\n"
    "  - name: w\n"
    "    env: [{name: A, value: \"8080\"}]\n" },
  { "version-for-text", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  nodeSelector:\n    release: 1.20\n",
    "error 7:14+4 “spec.nodeSelector.release” has to be text, but “1.20” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers: [{name: w, image: i}]\n"
    "  nodeSelector:\n"
    "    release: \"1.20\"\n" },
  { "old-number-for-text", 30, "apiVersion: v1\nkind: ConfigMap\n" META "data:\n  a: 1_000\n  b: 0b1\n  c: 1_x\n",
    "error 5:6+5 “data.a” has to be text, but “1_000” is none; put it in quotes\n"
    "error 6:6+3 “data.b” has to be text, but “0b1” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata: {name: p, namespace: ns}\n"
    "data:\n"
    "  a: \"1_000\"\n"
    "  b: 0b1\n"
    "  c: 1_x\n" },
  { "text-for-number", 30, DEPLOYMENT "spec:\n  replicas: \"2\"\n  selector: {}\n  template: {}\n",
    "error 5:13+3 “spec.replicas” has to be a whole number",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  replicas: 2\n"
    "  selector: {}\n"
    "  template: {}\n" },
  { "word-for-number", 30, DEPLOYMENT "spec:\n  replicas: two\n  selector: {}\n  template: {}\n",
    "error 5:13+3 “spec.replicas” has to be a whole number",
    NULL },
  { "infinity-for-number", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  priority: .inf\n",
    "error 6:13+4 “spec.priority” has to be a whole number",
    NULL },
  { "float-for-number", 30, DEPLOYMENT "spec:\n  replicas: 1.5\n  selector: {}\n  template: {}\n",
    "error 5:13+3 “spec.replicas” has to be a whole number",
    NULL },
  { "whole-float-for-number", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  activeDeadlineSeconds: 1e3\n  priority: 2.0\n",
    "",
    NULL },
  { "too-large", 30, DEPLOYMENT "spec:\n  revisionHistoryLimit: 4294967296\n  selector: {}\n  template: {}\n",
    "error 5:25+10 “spec.revisionHistoryLimit” has to be from -2147483648 to 2147483647",
    NULL },
  { "far-too-large", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  activeDeadlineSeconds: 99999999999999999999\n",
    "error 6:26+20 “spec.activeDeadlineSeconds” has to be from -9223372036854775807 to 9223372036854775806",
    NULL },
  { "below-nothing", 30, DEPLOYMENT "spec:\n  replicas: -1\n  selector: {}\n  template: {}\n",
    "error 5:13+2 “spec.replicas” cannot be less than 0",
    NULL },
  { "text-for-truth", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  hostNetwork: \"true\"\n",
    "error 6:16+6 “spec.hostNetwork” has to be true or false",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers: [{name: w, image: i}]\n"
    "  hostNetwork: true\n" },
  { "old-truth", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  hostNetwork: yes\n",
    "",
    NULL },
  { "list-for-mapping", 30, POD_HEAD "spec:\n- containers: []\n",
    "error 5:1+0 “spec” has to be keys with values",
    NULL },
  { "mapping-for-list", 30, POD_HEAD "spec:\n  containers:\n    name: w\n",
    "error 6:5+0 “spec.containers” has to be a list: start its items with “- ”",
    NULL },
  { "mapping-for-text", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  nodeName: {a: b}\n",
    "error 6:3+8 “spec.nodeName” takes one value, neither a list nor keys",
    NULL },
  { "word", 30, POD_HEAD "spec:\n  restartPolicy: OnFailur\n  containers: [" WEB "]\n",
    "error 5:18+8 “spec.restartPolicy” cannot be “OnFailur”; it takes: Always, Never, OnFailure",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  restartPolicy: OnFailure\n"
    "  containers: [{name: w, image: i}]\n" },
  { "word-like-none", 30, POD_HEAD "spec:\n  restartPolicy: Perhaps\n  containers: [" WEB "]\n",
    "error 5:18+7 “spec.restartPolicy” cannot be “Perhaps”; it takes: Always, Never, OnFailure",
    NULL },
  { "word-in-list", 30,
    "apiVersion: v1\nkind: PersistentVolumeClaim\n" META "spec:\n  accessModes: [ReadWriteOnce, RWX]\n",
    "error 5:32+3 “spec.accessModes” cannot be “RWX”; it takes: ReadOnlyMany, ReadWriteMany, ReadWriteOnce, ReadWriteOncePod",
    NULL },
  { "quantity", 30,
    POD_HEAD "spec:\n  containers:\n  - name: w\n    resources: {limits: {memory: 1GB, cpu: 0.5, x: -1Ki, y: true}}\n",
    "error 7:34+3 “1GB” is no quantity; write “spec.containers.resources.limits.memory” as 500m, 2, 1Gi or 10G\n"
    "error 7:61+4 “true” is no quantity; write “spec.containers.resources.limits.y” as 500m, 2, 1Gi or 10G",
    NULL },
  { "time", 30,
    "apiVersion: v1\nkind: Event\n" META "involvedObject: {}\nfirstTimestamp: 2024-01-31\nlastTimestamp: "
    "2024-01-31T10:00:00Z\n",
    "error 5:17+10 “firstTimestamp” has to be a time, as 2024-01-31T12:00:00Z",
    NULL },
  { "base64", 30, "apiVersion: v1\nkind: Secret\n" META "data:\n  a: aGFsbG8=\n  b: hallo!\nstringData: {c: hallo!}\n",
    "error 6:6+6 “data.b” has to be in Base64; plain text goes under “stringData”",
    NULL },
  { "int-or-string", 30,
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\n" META "spec:\n  minAvailable: 50%\n  maxUnavailable: 1.5\n",
    "error 6:19+3 “spec.maxUnavailable” has to be a whole number or text",
    "apiVersion: policy/v1\n"
    "kind: PodDisruptionBudget\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  minAvailable: 50%\n"
    "  maxUnavailable: \"1.5\"\n" },
  { "cron", 30,
    "apiVersion: batch/v1\nkind: CronJob\n" META "spec:\n  schedule: \"0 3 * *\"\n  jobTemplate: {}\n",
    "error 5:13+9 “0 3 * *” is no schedule: minute, hour, day, month and weekday, as “0 3 * * 1”",
    NULL },
  { "cron-forms", 30,
    "apiVersion: batch/v1\nkind: CronJob\n" META "spec: {schedule: \"*/5 1-3,4 * JAN MON\", jobTemplate: {}}\n---\n"
    "apiVersion: batch/v1\nkind: CronJob\n" META "spec: {schedule: \"@daily\", jobTemplate: {}}\n",
    "",
    NULL },
  { "twice", 30, POD_HEAD "spec:\n  containers:\n  - name: w\n  - name: v\n  - name: w\n",
    "error 8:11+1 “containers” has “w” twice; the first is in line 6",
    NULL },
  { "twice-but-harmless", 30,
    POD_HEAD "spec:\n  containers:\n  - name: w\n    env: [{name: A, value: a}, {name: A, value: b}]\n",
    "warning 7:39+1 “env” has “A” twice; the first is in line 7",
    NULL },
  { "ports-twice", 30,
    "apiVersion: v1\nkind: Service\n" META "spec:\n  ports:\n  - {name: a, port: 80}\n  - {name: b, port: 80, protocol: TCP}\n"
    "  - {name: c, port: 80, protocol: UDP}\n",
    "error 7:21+2 “ports” has “80” twice; the first is in line 6",
    NULL },
  { "port", 30, "apiVersion: v1\nkind: Service\n" META "spec:\n  ports: [{port: 0}, {port: 65536, nodePort: 0}]\n",
    "error 5:18+1 “0” is no port: a port is from 1 to 65535\n"
    "error 5:29+5 “65536” is no port: a port is from 1 to 65535",
    NULL },
  { "port-name", 30,
    "apiVersion: v1\nkind: Service\n" META "spec:\n  ports: [{port: 1, name: a.b, targetPort: much-too-long-name}]\n",
    "error 5:27+3 “a.b” cannot be a name here: small letters and digits with “-” in between, 63 at most\n"
    "error 5:44+18 “much-too-long-name” cannot name a port: small letters, digits and single “-” in between, 15 at most, one letter at least",
    NULL },
  { "target-port", 30, "apiVersion: v1\nkind: Service\n" META "spec:\n  ports: [{port: 1, targetPort: 99999}]\n",
    "error 5:33+5 “99999” is no port: a port is from 1 to 65535",
    NULL },
  { "labels", 30,
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: ns\n  labels:\n    -a: x\n    b/c/d: x\n    e: \"-\"\n"
    "    Example.org/f: x\n    example.org/g: \"\"\n  annotations:\n    Example.org/h: any text!\n    \"i j\": x\nspec: "
    "{containers: [" WEB "]}\n",
    "error 7:5+2 “-a” cannot be a key here: letters, digits, “-”, “_” and “.”, 63 at most; a domain and “/” may stand before\n"
    "error 8:5+5 “b/c/d” cannot be a key here: letters, digits, “-”, “_” and “.”, 63 at most; a domain and “/” may stand before\n"
    "error 9:8+3 “-” cannot be a label: letters, digits, “-”, “_” and “.”, 63 at most, a letter or digit at both ends\n"
    "error 10:5+13 “Example.org/f” cannot be a key here: letters, digits, “-”, “_” and “.”, 63 at most; a domain and “/” may stand before\n"
    "error 14:5+5 “i j” cannot be a key here: letters, digits, “-”, “_” and “.”, 63 at most; a domain and “/” may stand before",
    NULL },
  { "label-is-number", 30,
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: ns\n  labels:\n    tier: 1\nspec: {containers: [" WEB "]}\n",
    "error 7:11+1 “metadata.labels.tier” has to be text, but “1” is none; put it in quotes",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata:\n"
    "  name: p\n"
    "  namespace: ns\n"
    "  labels:\n"
    "    tier: \"1\"\n"
    "spec: {containers: [{name: w, image: i}]}\n" },
  { "file-key", 30, "apiVersion: v1\nkind: ConfigMap\n" META "data: {a/b: x, .ok: y, ..no: z}\n",
    "error 4:8+3 “a/b” cannot be a key here: letters, digits, “-”, “_” and “.” only\n"
    "error 4:21+1 “data..ok” has to be text, but “y” is none; put it in quotes\n"
    "error 4:24+4 “..no” cannot be a key here: letters, digits, “-”, “_” and “.” only",
    NULL },
  { "container-name", 30, POD_HEAD "spec: {containers: [{name: Web_1}]}\n",
    "error 4:28+5 “Web_1” cannot be a name here: small letters and digits with “-” in between, 63 at most",
    NULL },
  { "macro-fits-anything", 30,
    DEPLOYMENT "spec:\n  replicas: \"{{.spectro.var.n}}\"\n  selector: \"{{ .spectro.var.s }}\"\n  template:\n"
               "    metadata: {labels: {\"{{.k}}\": \"{{.v}} !\"}}\n    spec:\n      restartPolicy: \"{{.p}}\"\n"
               "      containers:\n      - name: \"w-{{.x}}\"\n        resources: {limits: {cpu: \"{{.c}}\"}}\n"
               "        ports: [{containerPort: \"{{.p}}\"}]\n        \"{{.f}}\": 1\n",
    "",
    NULL },
  { "template-without-quotes", 30, DEPLOYMENT "spec:\n  replicas: {{.spectro.var.n}}\n  selector: {}\n  template: {}\n",
    "error 5:13+18 A value that starts with “{{” has to stand in quotes",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  replicas: \"{{.spectro.var.n}}\"\n"
    "  selector: {}\n"
    "  template: {}\n" },
  { "helm", 30, "{{ if .Values.x }}\napiVersion: v1\nkind: Pod\n{{ end }}\n",
    "",
    NULL },
  { "helm-that-is-yaml", 30, DEPLOYMENT "spec:\n  replicas: {{ .Values.n }}\n  replicaz: 1\n",
    "",
    NULL },
  { "helm-in-quotes", 30, DEPLOYMENT "spec: {replicaz: \"{{ .Values.n }}\", selector: {}, template: {}}\n",
    "error 4:8+8 “spec” has no field “replicaz”; “replicas” is meant, probably",
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec: {replicas: \"{{ .Values.n }}\", selector: {}, template: {}}\n" },
  { "alias", 30,
    "apiVersion: v1\nkind: Pod\n" META "spec:\n  containers:\n  - &w {name: w, imag: i}\n  initContainers: [*w]\n",
    "error 6:18+4 “spec.containers” has no field “imag”; “image” is meant, probably\n"
    "error 6:18+4 “spec.initContainers” has no field “imag”; “image” is meant, probably",
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: p, namespace: ns}\n"
    "spec:\n"
    "  containers:\n"
    "  - &w {name: w, image: i}\n"
    "  initContainers: [*w]\n" },
  { "alias-twice", 30, POD_HEAD "spec:\n  containers:\n  - name: w\n    env: [&e {name: A, valu: x}, *e]\n",
    "warning 7:21+1 “env” has “A” twice; the first is in line 7\n"
    "error 7:24+4 “spec.containers.env” has no field “valu”; “value” is meant, probably",
    NULL },
  { "template-for-keys", 30, POD_HEAD "spec:\n  containers:\n  - \"{{.spectro.var.all}}\": \"\"\n",
    "", NULL },
  { "merge-key", 30,
    "apiVersion: v1\nkind: Pod\n" META "spec:\n  containers:\n  - &w {name: w, image: i}\n  - <<: *w\n    name: v\n",
    "",
    NULL },
  { "field-not-yet", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  hostnameOverride: x\n",
    "warning 6:3+16 “hostnameOverride” is passed over: Kubernetes 1.30 does not have it yet",
    NULL },
  { "field-by-now", 34, POD_HEAD "spec:\n  containers: [" WEB "]\n  hostnameOverride: x\n",
    "",
    NULL },
  { "field-somewhen", 0, POD_HEAD "spec:\n  containers: [" WEB "]\n  hostnameOverride: x\n",
    "",
    NULL },
  { "field-gone", 31, POD_HEAD "spec:\n  containers: [" WEB "]\n  resourceClaims: [{name: a, source: {}}]\n",
    "warning 6:30+6 “source” is passed over: Kubernetes has it no more since 1.31",
    NULL },
  { "field-perhaps", 30, "apiVersion: v1\nkind: Node\nmetadata: {name: m}\nstatus:\n  features: {}\n",
    "note 5:3+8 “features” is not in every Kubernetes; try whether 1.30 has it",
    NULL },
  { "field-deprecated", 30, POD_HEAD "spec:\n  containers: [" WEB "]\n  serviceAccount: x\n",
    "note 6:3+14 “serviceAccount” is out of favour in Kubernetes and may go",
    NULL },
  { "crlf", 30, "apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: c\r\ndata: {a: no}\r\n",
    "note 4:9+1 This ConfigMap names no namespace and goes where it is installed to\n"
    "error 5:11+2 “data.a” has to be text, but “no” is none; put it in quotes",
    "apiVersion: v1\r\n"
    "kind: ConfigMap\r\n"
    "metadata:\r\n"
    "  name: c\r\n"
    "  namespace: infra\r\n"
    "data: {a: no}\r\n" },
};

/* Every field of a list that is compared by sorting, and in the same words as a short one. */
static void
test_long_list (void)
{
  g_autoptr(GString) text = g_string_new (POD_HEAD "spec:\n  containers:\n");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "  - name: c-%u\n", i == 19999 ? 7 : i);

  g_autoptr(GPtrArray) problems = check_text (text->str, 30);
  g_autofree char *found = describe_problems (problems);

  g_assert_cmpstr (found, ==,
                   "error 20005:11+3 “containers” has “c-7” twice; the first is in line 13");
}

static void
test_stops_somewhere (void)
{
  g_autoptr(GString) text = g_string_new ("apiVersion: v1\nkind: ConfigMap\n" META "data:\n");

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "  k%u: %u\n", i, i);

  g_autoptr(GPtrArray) problems = check_text (text->str, 30);

  g_assert_cmpuint (problems->len, ==, 1000);
}

/* As deep as YAML may be: the path that is remembered has room. */
static void
test_deep (void)
{
  g_autoptr(GString) text =
    g_string_new ("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: "
                  "{name: b.a}\nspec:\n"
                  "  group: a\n  names: {kind: A, plural: b}\n  scope: Cluster\n  versions:\n"
                  "  - name: v1\n    served: true\n    storage: true\n    schema:\n      "
                  "openAPIV3Schema:\n        ");

  for (guint i = 0; i < 50; i++)
    g_string_append (text, "{type: object, not: ");

  g_string_append (text, "{typo: 1}");

  for (guint i = 0; i < 50; i++)
    g_string_append (text, "}");

  g_autoptr(GPtrArray) problems = check_text (text->str, 30);

  g_assert_cmpuint (problems->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/kube/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_kube_case);
    }

  g_test_add_func ("/core/kube/long-list", test_long_list);
  g_test_add_func ("/core/kube/stops-somewhere", test_stops_somewhere);
  g_test_add_func ("/core/kube/deep", test_deep);

  return g_test_run ();
}
