/* strata-kube-formats.c - what a text, a number or a key has to be beyond its type: names, labels, ports, references
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-kube-names.h"

#define MAX_PORT 65535

static void
report_name (StrataKubeCheck      *self,
             const StrataYamlNode *node)
{
  strata_kube_report (
    self, STRATA_SEVERITY_ERROR, node,
    g_strdup_printf (_("“%s” cannot be a name here: small letters and digits with “-” in between, "
                       "63 at most"),
                        node->value));
}

static void
check_label_key (StrataKubeCheck      *self,
                 const StrataYamlNode *node)
{
  if (!strata_kube_is_label_key (node->value))
    strata_kube_report (
      self, STRATA_SEVERITY_ERROR, node,
      g_strdup_printf (_("“%s” cannot be a key here: letters, digits, “-”, “_” and “.”, 63 at "
                         "most; a domain and “/” may stand before"),
                          node->value));
}

/* Kubernetes takes capitals in the domain of an annotation. */
static void
check_annotation_key (StrataKubeCheck      *self,
                      const StrataYamlNode *node)
{
  if (strata_kube_is_label_key (node->value))
    return;

  g_autofree char *small = g_ascii_strdown (node->value, -1);

  if (!strata_kube_is_label_key (small))
    check_label_key (self, node);
}

static void
check_label_value (StrataKubeCheck      *self,
                   const StrataYamlNode *node)
{
  if (node->kind == STRATA_YAML_SCALAR && !strata_kube_is_template (node) &&
      !strata_kube_is_label_value (node->value))
    strata_kube_report (
      self, STRATA_SEVERITY_ERROR, node,
      g_strdup_printf (_("“%s” cannot be a label: letters, digits, “-”, “_” and “.”, 63 at most, "
                         "a letter or digit at both ends"),
                          node->value));
}

static void
check_file_key (StrataKubeCheck      *self,
                const StrataYamlNode *node)
{
  if (!strata_kube_is_file_key (node->value))
    strata_kube_report (
      self, STRATA_SEVERITY_ERROR, node,
      g_strdup_printf (_("“%s” cannot be a key here: letters, digits, “-”, “_” and “.” only"),
                          node->value));
}

static void
check_map_keys (StrataKubeCheck      *self,
                StrataKindFormat      format,
                const StrataYamlNode *map)
{
  for (guint i = 0; map->kind == STRATA_YAML_MAPPING && i < map->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (map, i);

      if (key->kind != STRATA_YAML_SCALAR || strata_kube_is_template (key) ||
          g_str_equal (key->value, "<<"))
        continue;

      if (format == STRATA_KIND_FORMAT_LABELS)
        {
          check_label_key (self, key);
          check_label_value (self, strata_yaml_node_get_item (map, i));
        }
      else if (format == STRATA_KIND_FORMAT_ANNOTATIONS)
        check_annotation_key (self, key);
      else
        check_file_key (self, key);
    }
}

static void
check_number (StrataKubeCheck      *self,
              const StrataYamlNode *node,
              gint64                least,
              gint64                most)
{
  gint64 number = g_ascii_strtoll (node->value, NULL, 0);

  if (strata_kube_node_means (node) != STRATA_YAML_MEANS_INT ||
      strpbrk (node->value, "_bo") != NULL || (number >= least && number <= most))
    return;

  g_autofree char *path = strata_kube_get_path (self);

  strata_kube_report (
    self, STRATA_SEVERITY_ERROR, node,
    most == MAX_PORT
    ? g_strdup_printf (_("“%s” is no port: a port is from 1 to 65535"), node->value)
    : g_strdup_printf (_("“%s” cannot be less than 0"), path));
}

static void
check_port_name (StrataKubeCheck      *self,
                 const StrataYamlNode *node)
{
  if (!strata_kube_is_port_name (node->value))
    strata_kube_report (
      self, STRATA_SEVERITY_ERROR, node,
      g_strdup_printf (_("“%s” cannot name a port: small letters, digits and single “-” in "
                         "between, 15 at most, one letter at least"),
                          node->value));
}

static void
check_target (StrataKubeCheck      *self,
              const StrataYamlNode *node)
{
  if (strata_kube_node_means (node) == STRATA_YAML_MEANS_INT)
    check_number (self, node, 1, MAX_PORT);
  else if (strata_kube_node_means (node) == STRATA_YAML_MEANS_STRING)
    check_port_name (self, node);
}

static void
check_cron (StrataKubeCheck      *self,
            const StrataYamlNode *node)
{
  if (!strata_kube_is_cron (node->value))
    strata_kube_report (
      self, STRATA_SEVERITY_ERROR, node,
      g_strdup_printf (_("“%s” is no schedule: minute, hour, day, month and weekday, as "
                         "“0 3 * * 1”"),
                          node->value));
}

static StrataKubePlace
get_place (StrataKubeCheck      *self,
           const StrataYamlNode *node)
{
  const char *start = self->lint.text + node->start;
  gboolean is_one_line = memchr (start, '\n', node->end - node->start) == NULL;

  return (StrataKubePlace){
    .document = self->facts->document,
    .line = node->line + 1,
    .column = node->column + 1,
    .length = is_one_line ? (guint) g_utf8_strlen (start, (gssize) (node->end - node->start)) : 0,
  };
}

static const char *
get_backend_port (const StrataYamlNode *owner)
{
  const char *name = strata_kube_get_text (owner, "port.name");

  return name != NULL ? name : strata_kube_get_text (owner, "port.number");
}

/* Another object is named. It may be said that it need not be there. */
static void
add_link (StrataKubeCheck      *self,
          StrataKindFormat      format,
          const StrataYamlNode *node,
          const StrataYamlNode *owner)
{
  const char *port = format == STRATA_KIND_FORMAT_SERVICE ? get_backend_port (owner) : NULL;

  if (node->kind != STRATA_YAML_SCALAR || *node->value == '\0' ||
      g_str_equal (strata_yaml_node_get_string (owner, "optional"), "true"))
    return;

  StrataKubeLink link = {
    .kind = format,
    .name_space = strata_kube_facts_keep (
      self->facts, strata_kube_get_text (self->object, "metadata.namespace")),
    .name = strata_kube_facts_keep (self->facts, node->value),
    .port = strata_kube_facts_keep (self->facts, port),
    .place = get_place (self, node),
  };

  g_array_append_val (self->facts->links, link);
}

static void
add_pull_secrets (StrataKubeCheck      *self,
                  const StrataYamlNode *list)
{
  for (guint i = 0; i < strata_yaml_node_get_size (list); i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);
      const StrataYamlNode *name = strata_yaml_node_get_member (item, "name");

      if (name != NULL && !strata_kube_is_template (name))
        add_link (self, STRATA_KIND_FORMAT_SECRET, name, item);
    }
}

static void
check_text (StrataKubeCheck      *self,
            StrataKindFormat      format,
            const StrataYamlNode *node,
            const StrataYamlNode *owner)
{
  switch (format)
    {
    case STRATA_KIND_FORMAT_LABEL:
      if (!strata_kube_is_label (node->value))
        report_name (self, node);
      break;

    case STRATA_KIND_FORMAT_LABEL_KEY:
      check_label_key (self, node);
      break;

    case STRATA_KIND_FORMAT_PORT:
    case STRATA_KIND_FORMAT_PORT_OR_NONE:
      check_number (self, node, format == STRATA_KIND_FORMAT_PORT ? 1 : 0, MAX_PORT);
      break;

    case STRATA_KIND_FORMAT_PORT_NAME:
      check_port_name (self, node);
      break;

    case STRATA_KIND_FORMAT_TARGET:
      check_target (self, node);
      break;

    case STRATA_KIND_FORMAT_COUNT:
      check_number (self, node, 0, G_MAXINT32);
      break;

    case STRATA_KIND_FORMAT_CRON:
      check_cron (self, node);
      break;

    case STRATA_KIND_FORMAT_CONFIG_MAP:
    case STRATA_KIND_FORMAT_SECRET:
    case STRATA_KIND_FORMAT_SERVICE:
    case STRATA_KIND_FORMAT_SERVICE_ACCOUNT:
    case STRATA_KIND_FORMAT_CLAIM:
      add_link (self, format, node, owner);
      break;

    case STRATA_KIND_FORMAT_NONE:
    case STRATA_KIND_FORMAT_LABELS:
    case STRATA_KIND_FORMAT_ANNOTATIONS:
    case STRATA_KIND_FORMAT_FILE_KEY:
    case STRATA_KIND_FORMAT_PULL_SECRET:
    default:
      break;
    }
}

/* @node is there and no template; @owner is the mapping it is a field of. */
void
strata_kube_check_format (StrataKubeCheck       *self,
                          const StrataKindField *field,
                          const StrataYamlNode  *node,
                          const StrataYamlNode  *owner)
{
  if (field->format == STRATA_KIND_FORMAT_LABELS ||
      field->format == STRATA_KIND_FORMAT_ANNOTATIONS ||
      field->format == STRATA_KIND_FORMAT_FILE_KEY)
    check_map_keys (self, field->format, node);
  else if (field->format == STRATA_KIND_FORMAT_PULL_SECRET)
    add_pull_secrets (self, node);
  else if (node->kind == STRATA_YAML_SCALAR)
    check_text (self, field->format, node, owner);
}
