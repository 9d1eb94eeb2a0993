/* strata-kube-check.c - what Kubernetes says of the objects in a manifest, found with no cluster
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-kube"

#include "strata-kube-check.h"

#include "strata-kube-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KEY 31  /* of the keys that are asked for by name */

/* Whether what stands here is filled in later: "{{.x}}" in quotes, or without, where YAML sees a mapping in a mapping. */
gboolean
strata_kube_is_template (const StrataYamlNode *node)
{
  if (node->kind == STRATA_YAML_SCALAR)
    return node->size >= 4 && strstr (node->value, "{{") != NULL;

  return node->kind == STRATA_YAML_MAPPING && (node->flags & STRATA_YAML_FLOW) != 0 &&
         node->size == 1 && node->items[0]->kind == STRATA_YAML_MAPPING;
}

/* A value of nothing is as good as no value. */
gboolean
strata_kube_is_absent (const StrataYamlNode *node)
{
  return node == NULL ||
         (node->kind == STRATA_YAML_SCALAR && (node->flags & STRATA_YAML_PLAIN) != 0 &&
          strata_kube_node_means (node) == STRATA_YAML_MEANS_NULL);
}

/* What is below @node at keys that have no dots themselves. Asked for so often that it must not take memory. */
const StrataYamlNode *
strata_kube_descend (const StrataYamlNode *node,
                     const char           *path)
{
  char key[MAX_KEY + 1];

  while (node != NULL && *path != '\0')
    {
      gsize length = strcspn (path, ".");

      g_assert (length <= MAX_KEY);
      memcpy (key, path, length);
      key[length] = '\0';
      path += path[length] == '.' ? length + 1 : length;
      node = strata_yaml_node_get_member (node, key);
    }

  return node;
}

/* A text below @node that is said and not filled in later, or %NULL. */
const char *
strata_kube_get_text (const StrataYamlNode *node,
                      const char           *path)
{
  const StrataYamlNode *found = strata_kube_descend (node, path);

  if (found == NULL || found->kind != STRATA_YAML_SCALAR || *found->value == '\0' ||
      strata_kube_is_template (found))
    return NULL;

  return found->value;
}

/* Takes @sentence. Returns %NULL when there are too many problems already. */
StrataProblem *
strata_kube_report (StrataKubeCheck      *self,
                    StrataSeverity        severity,
                    const StrataYamlNode *node,
                    char                 *sentence)
{
  StrataProblem *problem =
    strata_lint_add_at (&self->lint, severity, node, _("Kubernetes"), sentence);

  g_free (sentence);

  return problem;
}

static gboolean
is_one_line (StrataKubeCheck      *self,
             const StrataYamlNode *node)
{
  return node->kind == STRATA_YAML_SCALAR &&
         (node->flags & (STRATA_YAML_BLOCK | STRATA_YAML_ALIAS)) == 0 && node->end > node->start &&
         node->tag == NULL && node->anchor == NULL &&
         memchr (self->lint.text + node->start, '\n', node->end - node->start) == NULL;
}

/* Offers another text for a scalar. */
void
strata_kube_offer (StrataKubeCheck      *self,
                   StrataProblem        *problem,
                   const StrataYamlNode *node,
                   const char           *text)
{
  if (problem == NULL || problem->length == 0 || !is_one_line (self, node))
    return;

  g_autofree char *label = g_strdup_printf (_("Change to “%s”"), text);

  strata_lint_set_fix (&self->lint, problem, text, label);
}

void
strata_kube_offer_quotes (StrataKubeCheck      *self,
                          StrataProblem        *problem,
                          const StrataYamlNode *node)
{
  if (problem == NULL || problem->length == 0 || !is_one_line (self, node))
    return;

  g_autofree char *quoted =
    strata_lint_quote (self->lint.text + node->start, node->end - node->start);

  strata_lint_set_fix (&self->lint, problem, quoted, _("Put in Quotes"));
}

/* Where the check is, as "spec.containers.image"; the kind at the top. */
char *
strata_kube_get_path (StrataKubeCheck *self)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < self->depth; i++)
    if (self->path[i] != NULL)
      g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", self->path[i]);

  if (path->len == 0)
    g_string_append (path, self->kind != NULL ? self->kind->name : "");

  return g_string_free (path, FALSE);
}

static void
check_one (StrataKubeCheck      *self,
           const StrataYamlNode *object)
{
  self->object = object;
  self->kind = NULL;
  self->depth = 0;

  strata_kube_check_kind (self);

  if (self->kind != NULL && self->kind->type != NULL)
    strata_kube_check_type (self, self->kind->type, object, object);

  strata_kube_check_object (self);
}

static void
check_object (StrataKubeCheck      *self,
              const StrataYamlNode *object,
              guint                 depth)
{
  if (object->kind != STRATA_YAML_MAPPING || strata_kube_is_template (object))
    return;

  const char *kind = strata_yaml_node_get_string (object, "kind");
  const StrataYamlNode *items = strata_yaml_node_get_member (object, "items");

  if (!g_str_has_suffix (kind, "List") || items == NULL || depth >= STRATA_KUBE_MAX_DEPTH)
    {
      check_one (self, object);
      return;
    }

  for (guint i = 0; i < strata_yaml_node_get_size (items); i++)
    check_object (self, strata_yaml_node_get_item (items, i), depth + 1);
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const StrataProblem *one = *(const StrataProblem *const *) a;
  const StrataProblem *other = *(const StrataProblem *const *) b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;

  return strcmp (one->message, other->message);
}

/* What an alias stands for is looked at in each place, and says the same thing each time. */
static void
sort_and_say_once (GPtrArray *problems)
{
  g_ptr_array_sort (problems, compare_problems);

  for (guint i = problems->len; i > 1; i--)
    if (compare_problems (&problems->pdata[i - 2], &problems->pdata[i - 1]) == 0)
      g_ptr_array_remove_index (problems, i - 1);
}

/* What Helm fills in, beyond the macros of the console: it is YAML only after that. */
static gboolean
is_helm_template (const char *text)
{
  static const char *const words[] = { "if ",     "else",     "end",      "range ",
                                       "with ",   "define ",  "include ", "template ",
                                       ".Values", ".Release", ".Chart",   ".Capabilities",
                                       "toYaml ", "$",        "/*" };

  for (const char *start = strstr (text, "{{"); start != NULL; start = strstr (start + 2, "{{"))
    {
      const char *word = start + strspn (start, "{- (");

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_str_has_prefix (word, words[i]))
          return TRUE;
    }

  return FALSE;
}

static void
check_tree (StrataKubeCheck *self,
            StrataYaml      *yaml)
{
  for (guint i = 0; i < strata_yaml_get_n_documents (yaml); i++)
    check_object (self, strata_yaml_get_root (yaml, i), 0);
}

/**
 * strata_kube_check:
 * @text: a manifest, ended by a NUL
 * @length: bytes of @text
 * @kinds: what there is
 * @kubernetes: the minor version of Kubernetes, or 0 when it is not known
 * @name_space: (nullable): where objects that name no namespace should go
 * @facts: gets what the objects are called and which others they name
 *
 * Looks through a manifest: the lint of its text, and its objects against their kinds. A template
 * stands for whatever is wanted at its place; a text that becomes YAML only when Helm has filled it in is
 * not looked at. Takes a time in proportion to the text; at most 1,000 problems are named. Any
 * thread.
 *
 * Returns: (transfer full) (element-type StrataProblem): the problems, by line
 */
GPtrArray *
strata_kube_check (const char      *text,
                   gsize            length,
                   StrataKinds     *kinds,
                   guint            kubernetes,
                   const char      *name_space,
                   StrataKubeFacts *facts)
{
  g_return_val_if_fail (text != NULL && kinds != NULL && facts != NULL, NULL);

  g_autoptr(StrataYaml) yaml = NULL;
  g_autoptr(GPtrArray) problems =
    strata_lint_text_to_tree (text, (gssize) length, STRATA_LINT_MANIFEST, &yaml);
  StrataKubeCheck check = {
    .kinds = kinds, .kubernetes = kubernetes, .name_space = name_space, .facts = facts
  };

  if (problems->len > 0 && is_helm_template (text))
    g_ptr_array_set_size (problems, 0);
  else if (yaml != NULL)
    {
      strata_lint_init (&check.lint, text, length);
      check_tree (&check, yaml);
      g_ptr_array_extend_and_steal (problems, check.lint.problems);
      sort_and_say_once (problems);
    }

  return g_steal_pointer (&problems);
}
