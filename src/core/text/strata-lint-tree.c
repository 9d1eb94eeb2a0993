/* strata-lint-tree.c - what is wrong with a text that is YAML, as its tree shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-lint"

#include "strata-lint-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const StrataYamlNode *one = *(const StrataYamlNode *const *) a;
  const StrataYamlNode *other = *(const StrataYamlNode *const *) b;
  int order = strcmp (one->value, other->value);

  if (order == 0 && one->start != other->start)
    order = one->start < other->start ? -1 : 1;

  return order;
}

/* Sorted, equal keys are neighbours: a hash table could be flooded by a stranger. */
static void
report_duplicates (StrataLint           *self,
                   const StrataYamlNode *mapping)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_sized_new (mapping->size);
  const StrataYamlNode *first = NULL;

  for (guint i = 0; i < mapping->size; i++)
    if (mapping->items[2 * i]->kind == STRATA_YAML_SCALAR)
      g_ptr_array_add (keys, strata_yaml_node_get_key (mapping, i));

  g_ptr_array_sort (keys, compare_keys);

  for (guint i = 0; i < keys->len; i++)
    {
      const StrataYamlNode *key = g_ptr_array_index (keys, i);

      if (first == NULL || !g_str_equal (first->value, key->value))
        {
          first = key;
          continue;
        }

      g_autofree char *sentence =
        g_strdup_printf (_("The key “%s” stands here a second time; the first is in line %u"),
                            key->value, first->line + 1);

      strata_lint_add_at (self, STRATA_SEVERITY_ERROR, key, _("YAML"), sentence);
    }
}

/* A template without quotes, as in `port: {{.spectro.var.port}}`, is YAML: a mapping with a mapping
 * as its key.
 */
static gboolean
is_template (const StrataLint     *self,
             const StrataYamlNode *node)
{
  return node->kind == STRATA_YAML_MAPPING && (node->flags & STRATA_YAML_FLOW) != 0 &&
         node->size == 1 && node->items[0]->kind == STRATA_YAML_MAPPING &&
         node->items[0]->start == node->start + 1 &&
         strncmp (self->text + node->start, "{{", 2) == 0;
}

static void
report_template (StrataLint           *self,
                 const StrataYamlNode *node)
{
  g_autofree char *quoted = strata_lint_quote (self->text + node->start, node->end - node->start);
  StrataProblem *problem =
    strata_lint_add_at (self, STRATA_SEVERITY_ERROR, node,
                        _("YAML"), _("A value that starts with “{{” has to stand in quotes"));

  if (problem != NULL && problem->length > 0)
    strata_lint_set_fix (self, problem, quoted, _("Put in Quotes"));
}

static void
look_at (StrataLint           *self,
         const StrataYamlNode *node)
{
  if (node->kind == STRATA_YAML_SCALAR || (node->flags & STRATA_YAML_ALIAS) != 0)
    return;

  if (is_template (self, node))
    {
      report_template (self, node);
      return;
    }

  if (node->kind == STRATA_YAML_MAPPING)
    report_duplicates (self, node);

  guint n_children = node->kind == STRATA_YAML_MAPPING ? 2 * node->size : node->size;

  for (guint i = 0; i < n_children; i++)
    look_at (self, node->items[i]);
}

/* Duplicate keys, and templates that miss their quotes. */
void
strata_lint_tree (StrataLint *self,
                  StrataYaml *yaml)
{
  for (guint i = 0; i < strata_yaml_get_n_documents (yaml); i++)
    look_at (self, strata_yaml_get_root (yaml, i));
}

static gboolean
is_null (const StrataYamlNode *node)
{
  return node->kind == STRATA_YAML_SCALAR &&
         strata_yaml_node_means (node) == STRATA_YAML_MEANS_NULL;
}

/* Values are one mapping. */
void
strata_lint_values (StrataLint *self,
                    StrataYaml *yaml)
{
  const StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  const StrataYamlNode *second = strata_yaml_get_root (yaml, 1);

  if (root != NULL && root->kind != STRATA_YAML_MAPPING && !is_null (root))
    strata_lint_add_at (self, STRATA_SEVERITY_ERROR, root,
                        _("YAML"), _("Values have to be keys with values"));

  if (second != NULL)
    strata_lint_add_at (
      self, STRATA_SEVERITY_ERROR, second,
      _("YAML"), _("A second document starts here, but values are only one; remove the “---”"));
}

static void
report_missing (StrataLint           *self,
                const StrataYamlNode *node,
                const char           *path)
{
  g_autofree char *sentence =
    g_strdup_printf (_("“%s” is missing from this Kubernetes object"), path);

  strata_lint_add_at (self, STRATA_SEVERITY_WARNING, node, _("Kubernetes"), sentence);
}

/* A list has no name, and the cluster may be asked to make one up. */
static gboolean
needs_name (const StrataYamlNode *object)
{
  return !g_str_has_suffix (strata_yaml_node_get_string (object, "kind"), "List") &&
         strata_yaml_node_lookup (object, "metadata.name") == NULL &&
         strata_yaml_node_lookup (object, "metadata.generateName") == NULL;
}

static void
look_at_object (StrataLint           *self,
                const StrataYamlNode *object)
{
  if (object->kind != STRATA_YAML_MAPPING)
    {
      strata_lint_add_at (self, STRATA_SEVERITY_ERROR, object,
                          _("Kubernetes"), _("A Kubernetes object has to be keys with values"));
      return;
    }

  if (is_template (self, object))
    return;
  if (strata_yaml_node_get_member (object, "apiVersion") == NULL)
    report_missing (self, object, "apiVersion");
  if (strata_yaml_node_get_member (object, "kind") == NULL)
    report_missing (self, object, "kind");
  if (needs_name (object))
    report_missing (self, object, "metadata.name");
}

/* A manifest is objects of Kubernetes; empty documents between them do no harm. */
void
strata_lint_manifest (StrataLint *self,
                      StrataYaml *yaml)
{
  guint n_objects = 0;

  for (guint i = 0; i < strata_yaml_get_n_documents (yaml); i++)
    {
      const StrataYamlNode *root = strata_yaml_get_root (yaml, i);

      if (is_null (root))
        continue;

      look_at_object (self, root);
      n_objects++;
    }

  if (n_objects == 0)
    strata_lint_add (self,
                     strata_problem_new (STRATA_SEVERITY_WARNING, 0, 0, 0,
                                         _("Kubernetes"), "%s", _("The manifest is empty")));
}
