/* strata-suggest-snippets.c - what people begin with: whole objects, and the parts that they are made of again and again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-knowledge"

#include <glib/gi18n-lib.h>

#include "strata-knowledge-private.h"

#define POD(indent) \
  indent "containers:\n" indent "  - name: $1\n" indent "    image: $0"
#define META(version, kind) "apiVersion: " version "\nkind: " kind "\nmetadata:\n  name: ${1:main}"

static const struct
{
  const char *label;
  const char *text;
} objects[] = {
  { "ConfigMap", META ("v1", "ConfigMap") "\ndata:\n  ${2:key}: ${3:value}" },
  { "Secret", META ("v1", "Secret") "\ntype: Opaque\nstringData:\n  ${2:key}: ${3:value}" },
  { "Namespace", META ("v1", "Namespace") },
  { "ServiceAccount", META ("v1", "ServiceAccount") },
  { "Service", META ("v1", "Service")
    "\nspec:\n  selector:\n    app: ${2:$1}\n  ports:\n    - port: ${3:80}\n      targetPort: ${4:8080}" },
  { "Pod", META ("v1", "Pod") "\nspec:\n" POD ("  ") },
  { "PersistentVolumeClaim", META ("v1", "PersistentVolumeClaim")
    "\nspec:\n  accessModes:\n    - ${2:ReadWriteOnce}\n  resources:\n    requests:\n      storage: ${3:1Gi}" },
  { "Deployment", META ("apps/v1", "Deployment")
    "\nspec:\n  replicas: ${2:1}\n  selector:\n    matchLabels:\n      app: $1\n  template:\n    metadata:\n"
    "      labels:\n        app: $1\n    spec:\n" POD ("      ") },
  { "DaemonSet", META ("apps/v1", "DaemonSet")
    "\nspec:\n  selector:\n    matchLabels:\n      app: $1\n  template:\n    metadata:\n"
    "      labels:\n        app: $1\n    spec:\n" POD ("      ") },
  { "StatefulSet", META ("apps/v1", "StatefulSet")
    "\nspec:\n  serviceName: $1\n  replicas: ${2:1}\n  selector:\n    matchLabels:\n      app: $1\n  template:\n"
    "    metadata:\n      labels:\n        app: $1\n    spec:\n" POD ("      ") },
  { "Job", META ("batch/v1", "Job") "\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n" POD ("      ") },
  { "CronJob", META ("batch/v1", "CronJob")
    "\nspec:\n  schedule: \"${2:0 3 * * *}\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n"
    "          restartPolicy: Never\n" POD ("          ") },
  { "Ingress", META ("networking.k8s.io/v1", "Ingress")
    "\nspec:\n  rules:\n    - http:\n        paths:\n          - path: ${2:/}\n            pathType: Prefix\n"
    "            backend:\n              service:\n                name: ${3:$1}\n                port:\n"
    "                  number: ${4:80}" },
  { "NetworkPolicy", META ("networking.k8s.io/v1", "NetworkPolicy")
    "\nspec:\n  podSelector: {}\n  policyTypes:\n    - ${2:Ingress}" },
  { "Role", META ("rbac.authorization.k8s.io/v1", "Role")
    "\nrules:\n  - apiGroups: [\"${2:}\"]\n    resources: [\"${3:pods}\"]\n    verbs: [\"get\", \"list\", \"watch\"]" },
  { "RoleBinding", META ("rbac.authorization.k8s.io/v1", "RoleBinding")
    "\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${2:$1}\nsubjects:\n"
    "  - kind: ServiceAccount\n    name: ${3:default}" },
};

/* What is below a key of that name, and whether it is one of a list there. */
static const struct
{
  const char *key;
  const char *label;
  const char *text;
  gboolean    is_item;
} parts[] = {
  { "containers", N_("Container"), "name: ${1:main}\nimage: $0", TRUE },
  { "initContainers", N_("Container"), "name: ${1:main}\nimage: $0", TRUE },
  { "env", N_("Variable From a Secret"),
    "name: ${1:NAME}\nvalueFrom:\n  secretKeyRef:\n    name: ${2:secret}\n    key: ${3:key}", TRUE },
  { "volumes", N_("Volume of a ConfigMap"), "name: ${1:config}\nconfigMap:\n  name: ${2:$1}", TRUE },
  { "volumeMounts", N_("Mount of a Volume"), "name: ${1:config}\nmountPath: ${2:/etc/config}", TRUE },
  { "livenessProbe", N_("Probe by HTTP"), "httpGet:\n  path: ${1:/healthz}\n  port: ${2:8080}", FALSE },
  { "readinessProbe", N_("Probe by HTTP"), "httpGet:\n  path: ${1:/healthz}\n  port: ${2:8080}", FALSE },
  { "startupProbe", N_("Probe by HTTP"), "httpGet:\n  path: ${1:/healthz}\n  port: ${2:8080}", FALSE },
  { "resources", N_("Requests and Limits"),
    "requests:\n  cpu: ${1:100m}\n  memory: ${2:128Mi}\nlimits:\n  memory: ${3:256Mi}", FALSE },
};

void
strata_suggest_objects (StrataSuggest *self)
{
  if (self->cursor->siblings[0] != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    strata_suggest_block (self, objects[i].label, objects[i].text, _("A new object"));
}

/* (transfer full): with the dash before the first line, and the others below what follows it */
static char *
make_item (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\n  ", lines);

  return g_strconcat ("- ", joined, NULL);
}

/* @has_dash: whether the place is behind the dash of an item that has nothing yet */
static void
suggest_part (StrataSuggest *self,
              guint          part,
              gboolean       has_dash)
{
  g_autofree char *item = parts[part].is_item && !has_dash ? make_item (parts[part].text) : NULL;

  strata_suggest_block (self, _(parts[part].label), item != NULL ? item : parts[part].text,
                        _("A part that is often needed"));
}

/* Where a key could stand below one of the keys that have parts; in what has keys already they would be there twice. */
void
strata_suggest_parts (StrataSuggest *self)
{
  char **path = self->cursor->path;
  guint n = g_strv_length (path);
  gboolean has_dash = n > 0 && g_str_equal (path[n - 1], "[]");
  const char *key = n > (has_dash ? 1u : 0u) ? path[n - (has_dash ? 2 : 1)] : "";

  if (self->cursor->siblings[0] != NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (key, parts[i].key) && (parts[i].is_item || !has_dash))
      suggest_part (self, i, has_dash);
}
