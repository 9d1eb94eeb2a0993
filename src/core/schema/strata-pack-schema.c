/* strata-pack-schema.c - what the schema.yaml of a pack says of its values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-pack-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-pack-rule.h"
#include "strata-schema-facts.h"
#include "strata-schema-run.h"

#define EACH "$[]"
#define MAX_RULES 5000
#define MAX_STEPS 1000000  /* values looked at: many rules may speak of every item of a long list */

struct _StrataPackSchema
{
  GPtrArray  *rules;    /* (owned) (element-type StrataPackRule) */
  StrataYaml *values;   /* (owned) (nullable): that the pack brings */
  char       *warning;  /* (owned) (nullable): why there are no rules */
};

/* One text while it is checked. */
typedef struct
{
  StrataPackSchema     *schema;
  StrataLint            lint;
  const StrataPackRule *rule;
  guint                 n_steps;
} Check;

static void check_path (Check                *check,
                        const StrataYamlNode *node,
                        const char           *rest,
                        const char           *way);

void
strata_pack_schema_free (StrataPackSchema *self)
{
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->values, strata_yaml_unref);
  g_free (self->warning);
  g_free (self);
}

static void
read_rules (StrataPackSchema     *self,
            const StrataYamlNode *root)
{
  for (guint i = 0; i < MIN (strata_yaml_node_get_size (root), MAX_RULES); i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (root, i);
      const StrataYamlNode *item = strata_yaml_node_get_item (root, i);

      if (strata_schema_value_is_key (key))
        g_ptr_array_add (self->rules,
                         strata_pack_rule_read (key->value, strata_yaml_node_get_string (item, "schema")));
    }
}

/* Reads the `schema.yaml` of a pack; @values is the `values.yaml` that it brings, "" when it has none. */
StrataPackSchema *
strata_pack_schema_read (const char *text,
                         const char *values)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, &error);
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;
  StrataPackSchema *self = g_new0 (StrataPackSchema, 1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_pack_rule_free);
  self->values = strata_yaml_parse (values, -1, NULL);

  if (error != NULL)
    self->warning = g_strdup_printf (_("The schema.yaml of the pack cannot be used: %s"), error->message);
  else if (root != NULL && root->kind == STRATA_YAML_MAPPING)
    read_rules (self, root);

  return self;
}

/* Adds why it cannot be used. */
void
strata_pack_schema_report (StrataPackSchema *self,
                           GPtrArray        *problems)
{
  if (self->warning != NULL)
    g_ptr_array_add (problems, strata_problem_new (STRATA_SEVERITY_NOTE, 0, 0, 0, _("Pack schema"), "%s", self->warning));
}

static StrataProblem *
report (Check                *check,
        const StrataYamlNode *at,
        const char           *sentence)
{
  const char *hints = check->rule->hints;
  g_autofree char *hinted = *hints != '\0' ? g_strconcat (sentence, ". ", hints, NULL) : NULL;
  const char *said = hinted != NULL ? hinted : sentence;

  if (at != NULL)
    return strata_lint_add_at (&check->lint, STRATA_SEVERITY_ERROR, at, _("Pack schema"), said);

  return strata_lint_add (&check->lint,
                          strata_problem_new (STRATA_SEVERITY_ERROR, 0, 0, 0, _("Pack schema"), "%s", said));
}

static void
repair (Check         *check,
        StrataProblem *problem,
        const char    *fix)
{
  if (problem != NULL && problem->length > 0 && fix != NULL)
    strata_lint_set_fix (&check->lint, problem, fix, _("Change Value"));
}

static gboolean
is_empty (const StrataYamlNode *value)
{
  return value->kind == STRATA_YAML_SCALAR &&
         (value->size == 0 || strata_yaml_node_means (value) == STRATA_YAML_MEANS_NULL);
}

/* What must not be changed has to be what the pack brings. */
static void
check_readonly (Check                *check,
                const StrataYamlNode *value,
                const char           *path)
{
  StrataYaml *values = check->schema->values;
  const StrataYamlNode *root = values != NULL ? strata_yaml_get_root (values, 0) : NULL;
  const StrataYamlNode *brought = root != NULL ? strata_yaml_node_lookup (root, path) : NULL;

  if (brought == NULL || strata_schema_values_equal (value, brought))
    return;

  g_autoptr(GString) flow = g_string_new (NULL);
  g_autofree char *sentence = g_strdup_printf (_("“%s” must not be changed; put back what the pack sets"), path);
  StrataProblem *problem = report (check, value, sentence);

  strata_yaml_append_flow (flow, brought);

  if (brought->kind == STRATA_YAML_SCALAR)
    repair (check, problem, flow->str);
}

static void
check_value (Check                *check,
             const StrataYamlNode *value,
             const char           *path)
{
  const StrataPackRule *rule = check->rule;
  g_autofree char *fix = NULL;

  if (strata_schema_value_is_open (value))
    return;

  if (rule->readonly)
    check_readonly (check, value, path);

  if (is_empty (value))
    {
      if (rule->required)
        {
          g_autofree char *sentence = g_strdup_printf (_("“%s” has to have a value"), path);

          report (check, value, sentence);
        }

      return;
    }

  g_autofree char *sentence = strata_pack_rule_refuse (rule, path, value, &fix);

  if (sentence != NULL)
    repair (check, report (check, value, sentence), fix);
}

/* The nearest key above a path that is not there, or what the path begins in. */
static const StrataYamlNode *
find_parent (const StrataYamlNode *node,
             const char           *path)
{
  const StrataYamlNode *found = node;
  g_auto(GStrv) steps = g_strsplit (path, ".", -1);
  guint index;

  for (guint i = 0; steps[i] != NULL && strata_yaml_node_find_pair (node, steps[i], &index); i++)
    {
      found = strata_yaml_node_get_key (node, index);
      node = strata_yaml_node_get_item (node, index);
    }

  return found;
}

static void
check_missing (Check                *check,
               const StrataYamlNode *node,
               const char           *rest,
               const char           *path)
{
  if (!check->rule->required || node->kind != STRATA_YAML_MAPPING)
    return;

  g_autofree char *sentence = g_strdup_printf (_("“%s” is missing; add it"), path);

  report (check, find_parent (node, rest), sentence);
}

/* The items of a list, each under its number. */
static void
check_items (Check                *check,
             const StrataYamlNode *list,
             const char           *rest,
             const char           *way)
{
  rest += *rest == '.' ? 1 : 0;

  for (guint i = 0; i < list->size && check->n_steps <= MAX_STEPS; i++)
    {
      g_autofree char *item_way = g_strdup_printf ("%s[%u]", way, i);
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);

      if (*rest == '\0')
        check_value (check, item, item_way);
      else
        check_path (check, item, rest, item_way);
    }
}

static char *
join (const char *way,
      const char *path)
{
  return g_strconcat (way, *way != '\0' && *path != '\0' ? "." : "", path, NULL);
}

/* Goes down @rest from @node, to every item where it says so. @way leads to @node, for people. */
static void
check_path (Check                *check,
            const StrataYamlNode *node,
            const char           *rest,
            const char           *way)
{
  if (++check->n_steps > MAX_STEPS)
    return;

  const char *each = strstr (rest, EACH);
  g_autofree char *head = g_strndup (rest, each != NULL ? (gsize) (each - rest) : strlen (rest));
  gsize length = strlen (head);

  if (length > 0 && head[length - 1] == '.')
    head[length - 1] = '\0';

  const StrataYamlNode *found = *head != '\0' ? strata_yaml_node_lookup (node, head) : node;
  g_autofree char *path = join (way, head);

  if (found == NULL && each == NULL)
    check_missing (check, node, head, path);
  else if (found != NULL && each == NULL)
    check_value (check, found, path);
  else if (found != NULL && found->kind == STRATA_YAML_SEQUENCE)
    check_items (check, found, each + strlen (EACH), path);
}

/* Adds what the pack has against the values in @text, whose root is @root. What is filled in later is not looked at. */
void
strata_pack_schema_check (StrataPackSchema *self,
                          const char       *text,
                          StrataYamlNode   *root,
                          GPtrArray        *problems)
{
  Check check = {
    .schema = self,
    .lint = { text, strlen (text), problems, strata_lint_has_plain_lines (text) },
  };

  for (guint i = 0; root->kind == STRATA_YAML_MAPPING && i < self->rules->len; i++)
    {
      check.rule = g_ptr_array_index (self->rules, i);
      check_path (&check, root, check.rule->path, "");
    }
}

static void
tell (StrataSchemaFact     *fact,
      const StrataPackRule *rule)
{
  fact->required = fact->required || rule->required;

  if (*rule->hints != '\0')
    {
      g_free (fact->description);
      fact->description = g_strdup (rule->hints);
    }

  if (g_str_equal (rule->format, "list") && *rule->options != NULL)
    {
      g_strfreev (fact->values);
      fact->values = g_strdupv (rule->options);
    }
  else if (*rule->format != '\0')
    {
      g_free (fact->type);
      fact->type = g_strdup (rule->format);
    }
}

/* Adds to @facts what the pack says of the value at @path, and of the keys below it. */
void
strata_pack_schema_lookup (StrataPackSchema  *self,
                           const char *const *path,
                           StrataSchemaFacts *facts)
{
  g_autofree char *dotted = g_strjoinv (".", (char **) path);
  g_autofree char *prefix = *dotted != '\0' ? g_strconcat (dotted, ".", NULL) : g_strdup ("");

  for (guint i = 0; i < self->rules->len; i++)
    {
      const StrataPackRule *rule = g_ptr_array_index (self->rules, i);
      const char *rest = g_str_has_prefix (rule->path, prefix) ? rule->path + strlen (prefix) : "";
      g_autofree char *key = g_strndup (rest, strcspn (rest, "."));
      gboolean is_last = strlen (key) == strlen (rest);

      if (g_str_equal (rule->path, dotted))
        tell (facts->about, rule);
      if (*key == '\0' || g_str_equal (key, EACH))
        continue;

      StrataSchemaFact *fact = strata_schema_facts_find (facts, key);

      if (fact == NULL)
        {
          fact = strata_schema_fact_new (key);
          g_ptr_array_add (facts->keys, fact);
        }

      if (is_last)
        tell (fact, rule);
    }
}
