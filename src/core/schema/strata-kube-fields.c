/* strata-kube-fields.c - the fields of an object against its kind: known, needed, of the right form, told apart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-nearest.h"

/* Of a list that is no longer each item is compared with each, without taking memory. */
#define SHORT_LIST 32

static const char *
find_meant (const StrataKindType *type,
            const char           *typed)
{
  StrataNearest nearest;

  strata_nearest_init (&nearest, typed);

  for (guint i = 0; i < type->n_fields; i++)
    strata_nearest_try (&nearest, type->fields[i].name);

  return nearest.nearest;
}

static void
report_unknown (StrataKubeCheck      *self,
                const StrataKindType *type,
                const StrataYamlNode *key)
{
  const char *meant = find_meant (type, key->value);
  g_autofree char *path = strata_kube_get_path (self);
  StrataProblem *problem = strata_kube_report (
    self, STRATA_SEVERITY_ERROR, key,
    meant != NULL ? g_strdup_printf (_("“%s” has no field “%s”; “%s” is meant, probably"), path,
                                        key->value, meant)
                  : g_strdup_printf (_("“%s” has no field “%s”"), path, key->value));

  if (meant != NULL)
    strata_kube_offer (self, problem, key, meant);
}

/* Which versions have the field. */
static void
check_version (StrataKubeCheck       *self,
               const StrataKindField *field,
               const StrataYamlNode  *key)
{
  switch (strata_kind_span_get_state (&field->span, self->kubernetes))
    {
    case STRATA_KIND_DEPRECATED:
      strata_kube_report (
        self, STRATA_SEVERITY_NOTE, key,
        g_strdup_printf (_("“%s” is out of favour in Kubernetes and may go"), field->name));
      break;

    case STRATA_KIND_MAYBE:
      strata_kube_report (
        self, STRATA_SEVERITY_NOTE, key,
        g_strdup_printf (_("“%s” is not in every Kubernetes; try whether 1.%u has it"),
                            field->name, self->kubernetes));
      break;

    case STRATA_KIND_NOT_YET:
      strata_kube_report (self, STRATA_SEVERITY_WARNING, key,
                          g_strdup_printf (_("“%s” is passed over: Kubernetes 1.%u does not "
                                                 "have it yet"),
                                              field->name, self->kubernetes));
      break;

    case STRATA_KIND_REMOVED:
      strata_kube_report (
        self, STRATA_SEVERITY_WARNING, key,
        g_strdup_printf (_("“%s” is passed over: Kubernetes has it no more since 1.%u"),
                            field->name, field->span.went_last));
      break;

    case STRATA_KIND_SERVED:
    default:
      break;
    }
}

static void
check_form (StrataKubeCheck       *self,
            const StrataKindField *field,
            const StrataYamlNode  *value,
            const StrataYamlNode  *key,
            const StrataYamlNode  *owner)
{
  strata_kube_check_type (self, field->type, value, key);

  if (field->words != NULL)
    strata_kube_check_words (self, field, value);
  if (field->keys != NULL)
    strata_kube_check_keys (self, field, value);
  if (field->format != STRATA_KIND_FORMAT_NONE)
    strata_kube_check_format (self, field, value, owner);
}

static void
check_pair (StrataKubeCheck      *self,
            const StrataKindType *type,
            const StrataYamlNode *owner,
            guint                 index)
{
  const StrataYamlNode *key = strata_yaml_node_get_key (owner, index);
  const StrataYamlNode *value = strata_yaml_node_get_item (owner, index);

  if (key->kind != STRATA_YAML_SCALAR || strata_kube_is_template (key))
    return;

  const StrataKindField *field = strata_kind_type_find (type, key->value);

  if (field == NULL)
    {
      if (!type->is_open)
        report_unknown (self, type, key);
      return;
    }

  if (field->span.came_last != 0 || field->span.went_last != 0 || field->span.deprecated != 0)
    check_version (self, field, key);

  if (strata_kube_is_absent (value) || strata_kube_is_template (value))
    return;

  self->path[self->depth++] = field->name;
  check_form (self, field, value, key, owner);
  self->depth--;
}

static void
check_required (StrataKubeCheck      *self,
                const StrataKindType *type,
                const StrataYamlNode *node,
                const StrataYamlNode *at)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const StrataKindField *field = &type->fields[i];

      if (!field->is_required || g_str_equal (field->name, "status") ||
          !strata_kube_is_absent (strata_yaml_node_get_member (node, field->name)))
        continue;

      /* The lint misses these two in every object. */
      if (node == self->object &&
          (g_str_equal (field->name, "apiVersion") || g_str_equal (field->name, "kind")))
        continue;

      g_autofree char *path = strata_kube_get_path (self);

      strata_kube_report (self, STRATA_SEVERITY_ERROR, at,
                          g_strdup_printf (_("“%s” has to have “%s”"), path, field->name));
    }
}

static gboolean
is_merge_key (const StrataYamlNode *key)
{
  return key->kind == STRATA_YAML_SCALAR && (key->flags & STRATA_YAML_PLAIN) != 0 &&
         g_str_equal (key->value, "<<");
}

static gboolean
has_template_key (const StrataYamlNode *node)
{
  for (guint i = 0; i < node->size; i++)
    if (strata_kube_is_template (strata_yaml_node_get_key (node, i)))
      return TRUE;

  return FALSE;
}

static void
check_struct (StrataKubeCheck      *self,
              const StrataKindType *type,
              const StrataYamlNode *node,
              const StrataYamlNode *at)
{
  for (guint i = 0; i < node->size; i++)
    if (!is_merge_key (node->items[2 * i]))
      check_pair (self, type, node, i);

  if (!has_template_key (node))
    check_required (self, type, node, at);
}

static void
check_map (StrataKubeCheck      *self,
           const StrataKindType *type,
           const StrataYamlNode *node)
{
  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (node, i);

      if (is_merge_key (node->items[2 * i]) || key->kind != STRATA_YAML_SCALAR)
        continue;

      self->path[self->depth++] = key->value;
      strata_kube_check_type (self, type->item, strata_yaml_node_get_item (node, i), key);
      self->depth--;
    }
}

static void
check_list (StrataKubeCheck      *self,
            const StrataKindType *type,
            const StrataYamlNode *node)
{
  self->path[self->depth++] = NULL;

  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (node, i);

      strata_kube_check_type (self, type->item, item, item);
    }

  self->depth--;
}

static void
report_form (StrataKubeCheck      *self,
             const StrataYamlNode *node,
             StrataKindForm        form)
{
  g_autofree char *path = strata_kube_get_path (self);
  char *sentence = form == STRATA_KIND_LIST
    ? g_strdup_printf (_("“%s” has to be a list: start its items with “- ”"), path)
    : form == STRATA_KIND_OBJECT
    ? g_strdup_printf (_("“%s” has to be keys with values"), path)
    : g_strdup_printf (_("“%s” takes one value, neither a list nor keys"), path);

  strata_kube_report (self, STRATA_SEVERITY_ERROR, node, sentence);
}

/* Holds a value against its type. @at is where to say what is missing in it: its key, or the value itself. */
void
strata_kube_check_type (StrataKubeCheck      *self,
                        const StrataKindType *type,
                        const StrataYamlNode *node,
                        const StrataYamlNode *at)
{
  gboolean wants_mapping = type->form == STRATA_KIND_STRUCT || type->form == STRATA_KIND_MAP ||
                           type->form == STRATA_KIND_OBJECT;

  if (type->form == STRATA_KIND_ANY || self->depth + 1 >= STRATA_KUBE_MAX_DEPTH ||
      strata_kube_is_template (node) || strata_kube_is_absent (node))
    return;

  if (wants_mapping && node->kind != STRATA_YAML_MAPPING)
    report_form (self, node, STRATA_KIND_OBJECT);
  else if (type->form == STRATA_KIND_LIST && node->kind != STRATA_YAML_SEQUENCE)
    report_form (self, node, STRATA_KIND_LIST);
  else if (!wants_mapping && type->form != STRATA_KIND_LIST && node->kind != STRATA_YAML_SCALAR)
    report_form (self, at, STRATA_KIND_STRING);
  else if (type->form == STRATA_KIND_STRUCT)
    check_struct (self, type, node, at);
  else if (type->form == STRATA_KIND_MAP)
    check_map (self, type, node);
  else if (type->form == STRATA_KIND_LIST)
    check_list (self, type, node);
  else if (type->form != STRATA_KIND_OBJECT)
    strata_kube_check_scalar (self, type, node);
}

/* What Kubernetes puts where nothing is said, so that both are the same. */
static const char *
get_part (const StrataYamlNode *item,
          const char           *key)
{
  const StrataYamlNode *part = strata_yaml_node_get_member (item, key);

  if (part == NULL)
    return g_str_equal (key, "protocol") ? "TCP" : "";

  return part->kind == STRATA_YAML_SCALAR ? part->value : "{{";
}

static gboolean
has_key (const StrataYamlNode *item,
         const char           *key)
{
  const char *value = item->kind == STRATA_YAML_MAPPING ? get_part (item, key) : "";

  return *value != '\0' && strstr (value, "{{") == NULL;
}

static int
compare_items (const StrataYamlNode *one,
               const StrataYamlNode *other,
               const char *const    *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      int order = strcmp (get_part (one, keys[i]), get_part (other, keys[i]));

      if (order != 0)
        return order;
    }

  return 0;
}

/* Of most lists Kubernetes takes the last of two; some it refuses. */
static StrataSeverity
get_severity (const StrataKindField *field)
{
  static const char *const strict[] = { "core.v1.Container",   "core.v1.EphemeralContainer",
                                        "core.v1.ServicePort", "core.v1.Volume",
                                        "core.v1.VolumeMount", NULL };
  const char *name = field->type->item->name;

  return name != NULL && g_strv_contains (strict, name) ? STRATA_SEVERITY_ERROR
                                                        : STRATA_SEVERITY_WARNING;
}

static void
report_twice (StrataKubeCheck       *self,
              const StrataKindField *field,
              const StrataYamlNode  *first,
              const StrataYamlNode  *second)
{
  const StrataYamlNode *at = strata_yaml_node_get_member (second, field->keys[0]);

  strata_kube_report (self, get_severity (field), at != NULL ? at : second,
                      g_strdup_printf (_("“%s” has “%s” twice; the first is in line %u"),
                                          field->name, get_part (second, field->keys[0]),
                                          first->line + 1));
}

static int
compare_places_cb (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const StrataYamlNode *one = *(const StrataYamlNode *const *) a;
  const StrataYamlNode *other = *(const StrataYamlNode *const *) b;
  int order = compare_items (one, other, user_data);

  return order != 0 ? order : (one->start < other->start ? -1 : 1);
}

static void
check_long_list (StrataKubeCheck       *self,
                 const StrataKindField *field,
                 const StrataYamlNode  *list)
{
  g_autoptr(GPtrArray) items = g_ptr_array_sized_new (list->size);

  for (guint i = 0; i < list->size; i++)
    if (has_key (strata_yaml_node_get_item (list, i), field->keys[0]))
      g_ptr_array_add (items, strata_yaml_node_get_item (list, i));

  g_ptr_array_sort_with_data (items, compare_places_cb, (gpointer) field->keys);

  for (guint i = 1; i < items->len; i++)
    if (compare_items (items->pdata[i - 1], items->pdata[i], field->keys) == 0)
      report_twice (self, field, items->pdata[i - 1], items->pdata[i]);
}

static void
check_item (StrataKubeCheck       *self,
            const StrataKindField *field,
            const StrataYamlNode  *list,
            guint                  index)
{
  const StrataYamlNode *item = strata_yaml_node_get_item (list, index);

  for (guint i = 0; i < index; i++)
    {
      const StrataYamlNode *before = strata_yaml_node_get_item (list, i);

      if (has_key (before, field->keys[0]) && compare_items (before, item, field->keys) == 0)
        {
          report_twice (self, field, before, item);
          return;
        }
    }
}

/* Items of a list that Kubernetes tells apart by some of their fields. */
void
strata_kube_check_keys (StrataKubeCheck       *self,
                        const StrataKindField *field,
                        const StrataYamlNode  *list)
{
  if (list->kind != STRATA_YAML_SEQUENCE || field->type->form != STRATA_KIND_LIST)
    return;

  if (list->size > SHORT_LIST)
    {
      check_long_list (self, field, list);
      return;
    }

  for (guint i = 1; i < list->size; i++)
    if (has_key (strata_yaml_node_get_item (list, i), field->keys[0]))
      check_item (self, field, list, i);
}
