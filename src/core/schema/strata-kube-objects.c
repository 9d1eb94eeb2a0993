/* strata-kube-objects.c - an object as a whole: its name, its namespace, its selector, and what others may count on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-kube-names.h"

static gboolean
is_of_group (const StrataKind *kind,
             const char       *group)
{
  return g_str_has_prefix (kind->api_version, group) && kind->api_version[strlen (group)] == '/';
}

static char *
explain_name (const StrataKind *kind,
              const char       *name)
{
  if (is_of_group (kind, "rbac.authorization.k8s.io"))
    return strata_kube_is_segment (name)
             ? NULL
             : g_strdup_printf (_("“%s” cannot be a name: it may have neither “/” nor “%%”"),
                                   name);

  if (g_str_equal (kind->api_version, "v1") && g_str_equal (kind->name, "Service"))
    return strata_kube_is_service (name)
             ? NULL
             : g_strdup_printf (
                 _("“%s” cannot be the name of a Service: a small letter, then small "
                                  "letters, digits and “-”, 63 at most"),
                    name);

  if (g_str_equal (kind->api_version, "v1") && g_str_equal (kind->name, "Namespace"))
    return strata_kube_is_label (name)
             ? NULL
             : g_strdup_printf (
                 _("“%s” cannot be the name of a Namespace: small letters and digits "
                                  "with “-” in between, 63 at most"),
                    name);

  return strata_kube_is_subdomain (name)
           ? NULL
           : g_strdup_printf (
               _("“%s” cannot be a name: small letters and digits with “-” and “.” in "
                                "between, 253 at most"),
                  name);
}

static void
check_name (StrataKubeCheck      *self,
            const StrataYamlNode *node)
{
  char *sentence = explain_name (self->kind, node->value);

  if (sentence != NULL)
    strata_kube_report (self, STRATA_SEVERITY_ERROR, node, sentence);
}

/* What follows a scalar in its line, or %NULL when it is more than blanks. */
static const char *
get_line_end (StrataKubeCheck      *self,
              const StrataYamlNode *node)
{
  const char *rest = self->lint.text + node->end;

  rest += strspn (rest, " \t");

  return *rest == '\n' || *rest == '\0' ? "\n" : g_str_has_prefix (rest, "\r\n") ? "\r\n" : NULL;
}

static void
offer_namespace (StrataKubeCheck      *self,
                 StrataProblem        *problem,
                 const StrataYamlNode *metadata,
                 const StrataYamlNode *name)
{
  const char *name_space = self->name_space != NULL ? self->name_space : "default";
  const char *line_end = get_line_end (self, name);
  gboolean is_flow = (metadata->flags & STRATA_YAML_FLOW) != 0;
  g_autofree char *label = g_strdup_printf (_("Add Namespace “%s”"), name_space);
  g_autofree char *text = g_strndup (self->lint.text + name->start, name->end - name->start);
  g_autofree char *fix = NULL;

  if (problem == NULL || problem->length == 0 || (!is_flow && line_end == NULL) ||
      (name->flags & (STRATA_YAML_ALIAS | STRATA_YAML_BLOCK)) != 0)
    return;

  if (is_flow)
    fix = g_strdup_printf ("%s, namespace: %s", text, name_space);
  else
    fix = g_strdup_printf ("%s%s%*snamespace: %s", text, line_end, (int) metadata->column, "",
                           name_space);

  strata_lint_set_fix (&self->lint, problem, fix, label);
}

static void
check_namespace (StrataKubeCheck      *self,
                 const StrataYamlNode *metadata,
                 const StrataYamlNode *name)
{
  const StrataYamlNode *name_space = strata_yaml_node_get_member (metadata, "namespace");

  if (!self->kind->is_namespaced && !strata_kube_is_absent (name_space))
    strata_kube_report (
      self, STRATA_SEVERITY_WARNING, name_space,
      g_strdup_printf (_("A %s is in no namespace; remove this line"), self->kind->name));

  if (!self->kind->is_namespaced || !strata_kube_is_absent (name_space))
    return;

  offer_namespace (
    self, strata_kube_report (self, STRATA_SEVERITY_NOTE, name,
                              g_strdup_printf (_("This %s names no namespace and goes where it is "
                                               "installed to"),
                                                  self->kind->name)),
                              metadata, name);
}

static void
check_crd_name (StrataKubeCheck      *self,
                const StrataYamlNode *name)
{
  if (!g_str_equal (self->kind->name, "CustomResourceDefinition"))
    return;

  const char *plural = strata_kube_get_text (self->object, "spec.names.plural");
  const char *group = strata_kube_get_text (self->object, "spec.group");

  if (plural == NULL || group == NULL)
    return;

  g_autofree char *wanted = g_strdup_printf ("%s.%s", plural, group);

  if (g_str_equal (wanted, name->value))
    return;

  StrataProblem *problem = strata_kube_report (
    self, STRATA_SEVERITY_ERROR, name,
    g_strdup_printf (_("The name has to be “%s”: the plural and the group of what is defined"),
                        wanted));

  strata_kube_offer (self, problem, name, wanted);
}

/* Where an object keeps the pods it makes; %NULL when it makes none. */
static const char *
get_pod_path (const StrataKind *kind)
{
  if (is_of_group (kind, "apps") || g_str_equal (kind->name, "ReplicationController") ||
      (is_of_group (kind, "batch") && g_str_equal (kind->name, "Job")))
    return "spec.template";
  if (is_of_group (kind, "batch") && g_str_equal (kind->name, "CronJob"))
    return "spec.jobTemplate.spec.template";

  return NULL;
}

static const StrataYamlNode *
get_pods (StrataKubeCheck *self)
{
  const char *path = get_pod_path (self->kind);
  gboolean is_pod =
    g_str_equal (self->kind->api_version, "v1") && g_str_equal (self->kind->name, "Pod");

  return is_pod ? self->object : path != NULL ? strata_kube_descend (self->object, path) : NULL;
}

static gboolean
is_said (const StrataYamlNode *node)
{
  return node != NULL && node->kind == STRATA_YAML_SCALAR && !strata_kube_is_template (node);
}

static gboolean
has_template_in (const StrataYamlNode *labels)
{
  for (guint i = 0; i < strata_yaml_node_get_size (labels); i++)
    if (strata_kube_is_template (strata_yaml_node_get_key (labels, i)))
      return TRUE;

  return strata_kube_is_template (labels);
}

/* The pods that an object makes have to be those it looks after: Kubernetes refuses it otherwise. */
static void
check_selector (StrataKubeCheck      *self,
                const StrataYamlNode *pods)
{
  const StrataYamlNode *selector = strata_kube_descend (self->object, "spec.selector.matchLabels");
  const StrataYamlNode *labels = strata_kube_descend (pods, "metadata.labels");

  if (!is_of_group (self->kind, "apps") || selector == NULL || labels == NULL ||
      selector->kind != STRATA_YAML_MAPPING || has_template_in (labels))
    return;

  for (guint i = 0; i < selector->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (selector, i);
      const StrataYamlNode *value = strata_yaml_node_get_item (selector, i);
      const StrataYamlNode *label =
        key->kind == STRATA_YAML_SCALAR ? strata_yaml_node_get_member (labels, key->value) : NULL;

      if (!is_said (key) || !is_said (value) ||
          (label != NULL && (!is_said (label) || g_str_equal (label->value, value->value))))
        continue;

      strata_kube_report (self, STRATA_SEVERITY_ERROR, value,
                          g_strdup_printf (_("The pods of this %s have no label “%s: %s”; give "
                                                 "them the label, or select another"),
                                              self->kind->name, key->value, value->value));
    }
}

static StrataKubeRange
add_labels (StrataKubeFacts      *facts,
            const StrataYamlNode *labels)
{
  StrataKubeRange range = { facts->pairs->len, 0 };

  for (guint i = 0; labels != NULL && labels->kind == STRATA_YAML_MAPPING && i < labels->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (labels, i);
      const StrataYamlNode *value = strata_yaml_node_get_item (labels, i);

      if (key->kind != STRATA_YAML_SCALAR)
        continue;

      StrataKubePair pair = {
        strata_kube_facts_keep (facts, key->value),
        strata_kube_facts_keep (facts, is_said (value) ? value->value : "{{"),
      };

      g_array_append_val (facts->pairs, pair);
      range.n++;
    }

  return range;
}

static void
add_ports (StrataKubeFacts      *facts,
           StrataKubeRange      *range,
           const StrataYamlNode *ports,
           const char           *number)
{
  for (guint i = 0; ports != NULL && i < strata_yaml_node_get_size (ports); i++)
    {
      const StrataYamlNode *port = strata_yaml_node_get_item (ports, i);
      StrataKubePair pair = {
        strata_kube_facts_keep (facts, strata_yaml_node_get_string (port, "name")),
        strata_kube_facts_keep (facts, strata_yaml_node_get_string (port, number)),
      };

      g_array_append_val (facts->pairs, pair);
      range->n++;
    }
}

static StrataKubeRange
add_pod_ports (StrataKubeFacts      *facts,
               const StrataYamlNode *pods)
{
  StrataKubeRange range = { facts->pairs->len, 0 };
  const char *const lists[] = { "spec.containers", "spec.initContainers" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const StrataYamlNode *containers = strata_kube_descend (pods, lists[i]);

      for (guint j = 0; containers != NULL && j < strata_yaml_node_get_size (containers); j++)
        add_ports (facts, &range,
                   strata_kube_descend (strata_yaml_node_get_item (containers, j), "ports"),
                   "containerPort");
    }

  return range;
}

static StrataKubePlace
get_place (StrataKubeCheck      *self,
           const StrataYamlNode *node)
{
  gboolean is_scalar = node->kind == STRATA_YAML_SCALAR;
  const char *start = self->lint.text + node->start;

  return (StrataKubePlace){
    .document = self->facts->document,
    .line = node->line + 1,
    .column = node->column + 1,
    .length = is_scalar ? (guint) g_utf8_strlen (start, (gssize) (node->end - node->start)) : 0,
  };
}

static StrataKubeRange
add_targets (StrataKubeCheck      *self,
             const StrataYamlNode *ports)
{
  StrataKubeFacts *facts = self->facts;
  StrataKubeRange range = { facts->targets->len, 0 };

  for (guint i = 0; ports != NULL && i < strata_yaml_node_get_size (ports); i++)
    {
      const StrataYamlNode *target =
        strata_kube_descend (strata_yaml_node_get_item (ports, i), "targetPort");

      if (target == NULL || !is_said (target) ||
          strata_kube_node_means (target) != STRATA_YAML_MEANS_STRING)
        continue;

      StrataKubeLink link = { .kind = STRATA_KIND_FORMAT_TARGET,
                              .name = strata_kube_facts_keep (facts, target->value),
                              .place = get_place (self, target) };

      g_array_append_val (facts->targets, link);
      range.n++;
    }

  return range;
}

static void
add_service (StrataKubeCheck  *self,
             StrataKubeObject *object)
{
  const StrataYamlNode *selector = strata_kube_descend (self->object, "spec.selector");
  const StrataYamlNode *ports = strata_kube_descend (self->object, "spec.ports");

  object->ports.first = self->facts->pairs->len;
  add_ports (self->facts, &object->ports, ports, "port");

  if (selector == NULL || selector->kind != STRATA_YAML_MAPPING || selector->size == 0 ||
      has_template_in (selector))
    return;

  StrataKubeSelector entry = { .name_space = object->name_space,
                               .labels = add_labels (self->facts, selector),
                               .targets = add_targets (self, ports),
                               .place = get_place (self, selector) };

  g_array_append_val (self->facts->selectors, entry);
}

static void
add_object (StrataKubeCheck      *self,
            const StrataYamlNode *name,
            const StrataYamlNode *pods)
{
  const StrataKind *kind = self->kind;
  const char *slash = strchr (kind->api_version, '/');
  g_autofree char *group =
    g_strndup (kind->api_version, slash != NULL ? (gsize) (slash - kind->api_version) : 0);
  StrataKubeObject object = {
    .group = strata_kube_facts_keep (self->facts, group),
    .kind = strata_kube_facts_keep (self->facts, kind->name),
    .name_space = strata_kube_facts_keep (
      self->facts,
      kind->is_namespaced ? strata_kube_get_text (self->object, "metadata.namespace") : NULL),
    .name = strata_kube_facts_keep (self->facts, name->value),
    .place = get_place (self, name),
    .has_pods = pods != NULL,
  };

  if (pods != NULL)
    {
      object.labels = add_labels (self->facts, strata_kube_descend (pods, "metadata.labels"));
      object.ports = add_pod_ports (self->facts, pods);
    }
  else if (*group == '\0' && g_str_equal (kind->name, "Service"))
    {
      add_service (self, &object);
    }

  g_array_append_val (self->facts->objects, object);
}

/* An object whose kind is known. What has no name has been reported by the lint. */
void
strata_kube_check_object (StrataKubeCheck *self)
{
  const StrataYamlNode *metadata = strata_kube_descend (self->object, "metadata");
  const StrataYamlNode *name =
    metadata != NULL ? strata_yaml_node_get_member (metadata, "name") : NULL;

  if (self->kind == NULL || name == NULL || !is_said (name) ||
      metadata->kind != STRATA_YAML_MAPPING || strata_kube_is_absent (name))
    return;

  const StrataYamlNode *pods = get_pods (self);

  check_name (self, name);
  check_namespace (self, metadata, name);
  check_crd_name (self, name);

  if (pods != NULL)
    check_selector (self, pods);

  add_object (self, name, pods);
}
