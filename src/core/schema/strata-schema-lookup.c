/* strata-schema-lookup.c - what a schema says of the value at a path, for people who are writing it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-facts.h"

#include <string.h>

#define MAX_RULES 256  /* that speak of one value */
#define MAX_KEYS 2000

static const char *const type_names[STRATA_SCHEMA_N_TYPES] = {
  "null", "boolean", "integer", "number", "string", "array", "object",
};

/* Adds @rule and every rule that speaks of the same value through it. */
static void
add_rule (GPtrArray              *rules,
          const StrataSchemaRule *rule)
{
  if (rule == NULL)
    return;
  if (rule->same_as != NULL)
    rule = rule->same_as;
  if (rule->verdict == STRATA_SCHEMA_NEVER || rules->len >= MAX_RULES || g_ptr_array_find (rules, rule, NULL))
    return;

  g_ptr_array_add (rules, (gpointer) rule);
}

static void
add_list (GPtrArray *rules,
          GPtrArray *more)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    add_rule (rules, g_ptr_array_index (more, i));
}

/* The list grows while it is gone through, so that branches of branches come too. */
static void
spread (GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const StrataSchemaRule *rule = g_ptr_array_index (rules, i);
      const StrataSchemaApply *apply = rule->apply;

      if (apply == NULL)
        continue;

      add_rule (rules, apply->ref);
      add_list (rules, apply->all_of);
      add_list (rules, apply->any_of);
      add_list (rules, apply->one_of);
      add_rule (rules, apply->then_rule);
      add_rule (rules, apply->else_rule);
    }
}

static void
step_into_object (GPtrArray              *next,
                  const StrataSchemaRule *rule,
                  const char             *step)
{
  const StrataSchemaObject *object = rule->object;
  guint number = strata_schema_table_find (&object->table, step, strlen (step));
  const StrataSchemaRule *found =
    number > 0 ? g_array_index (object->names, StrataSchemaName, number - 1).rule : NULL;

  add_rule (next, found);

  for (guint i = 0; i < object->patterns->len; i++)
    {
      const StrataSchemaPatternRule *pattern =
        &g_array_index (object->patterns, StrataSchemaPatternRule, i);

      if (!strata_pattern_matches (pattern->pattern, step, -1, NULL))
        continue;

      found = pattern->rule;
      add_rule (next, found);
    }

  if (found == NULL)
    add_rule (next, object->others);
}

static void
step_into_array (GPtrArray              *next,
                 const StrataSchemaRule *rule,
                 const char             *step)
{
  guint64 index;

  if (!g_ascii_string_to_unsigned (step, 10, 0, G_MAXUINT, &index, NULL))
    return;

  add_rule (next, index < rule->array->first->len ? g_ptr_array_index (rule->array->first, index)
                                                  : rule->array->others);
}

static GPtrArray *
step_into (GPtrArray  *rules,
           const char *step)
{
  GPtrArray *next = g_ptr_array_new ();

  for (guint i = 0; i < rules->len; i++)
    {
      const StrataSchemaRule *rule = g_ptr_array_index (rules, i);

      if (rule->object != NULL)
        step_into_object (next, rule, step);
      if (rule->array != NULL)
        step_into_array (next, rule, step);
    }

  spread (next);

  return next;
}

static const StrataYamlNode *
get_word (const StrataSchemaRule *rule,
          const char             *word)
{
  return rule->verdict == STRATA_SCHEMA_LOOK ? strata_yaml_node_get_member (rule->source, word) : NULL;
}

/* The first of the rules that has something to say under that word. */
static const StrataYamlNode *
find_word (GPtrArray  *rules,
           const char *word)
{
  const StrataYamlNode *found = NULL;

  for (guint i = 0; i < rules->len && found == NULL; i++)
    found = get_word (g_ptr_array_index (rules, i), word);

  return found;
}

static char *
find_text (GPtrArray  *rules,
           const char *word)
{
  const StrataYamlNode *node = find_word (rules, word);

  return g_strdup (node != NULL && node->kind == STRATA_YAML_SCALAR ? node->value : "");
}

static char *
write_value (const StrataYamlNode *value)
{
  GString *text = g_string_new (NULL);

  strata_yaml_append_flow (text, value);

  return g_string_free (text, FALSE);
}

/* Of several rules, the types of all that name some. */
static char *
find_types (GPtrArray *rules)
{
  GString *text = g_string_new (NULL);
  guint8 types = 0;

  for (guint i = 0; i < rules->len; i++)
    types |= ((const StrataSchemaRule *) g_ptr_array_index (rules, i))->types;

  for (guint i = 0; i < STRATA_SCHEMA_N_TYPES; i++)
    if ((types & (1 << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " | " : "", type_names[i]);

  return g_string_free (text, FALSE);
}

static char **
find_values (GPtrArray *rules)
{
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < rules->len; i++)
    {
      const StrataSchemaRule *rule = g_ptr_array_index (rules, i);

      for (guint k = 0; rule->values != NULL && k < rule->values->values->len; k++)
        {
          g_autofree char *value = write_value (g_ptr_array_index (rule->values->values, k));

          if (values->len < MAX_KEYS && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
            g_ptr_array_add (values, g_steal_pointer (&value));
        }
    }

  g_ptr_array_add (values, NULL);

  return (char **) g_ptr_array_free (values, FALSE);
}

static gboolean
is_deprecated (GPtrArray *rules)
{
  const StrataYamlNode *node = find_word (rules, "deprecated");

  return node != NULL && node->kind == STRATA_YAML_SCALAR && g_str_equal (node->value, "true");
}

static StrataSchemaFact *
make_fact (const char *name,
           GPtrArray  *rules)
{
  StrataSchemaFact *fact = g_new0 (StrataSchemaFact, 1);
  const StrataYamlNode *preset = find_word (rules, "default");

  fact->name = g_strdup (name);
  fact->type = find_types (rules);
  fact->title = find_text (rules, "title");
  fact->description = find_text (rules, "description");
  fact->format = find_text (rules, "format");
  fact->preset = preset != NULL ? write_value (preset) : g_strdup ("");
  fact->values = find_values (rules);
  fact->deprecated = is_deprecated (rules);

  return fact;
}

static void
add_key (StrataSchemaFacts      *facts,
         GPtrArray              *rules,
         const StrataSchemaName *name)
{
  StrataSchemaFact *fact = strata_schema_facts_find (facts, name->name);

  if (fact == NULL && facts->keys->len < MAX_KEYS)
    {
      g_autoptr(GPtrArray) below = step_into (rules, name->name);

      fact = make_fact (name->name, below);
      g_ptr_array_add (facts->keys, fact);
    }

  if (fact != NULL)
    fact->required = fact->required || name->required != 0;
}

static void
add_keys (StrataSchemaFacts *facts,
          GPtrArray         *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const StrataSchemaRule *rule = g_ptr_array_index (rules, i);

      for (guint k = 0; rule->object != NULL && k < rule->object->names->len; k++)
        add_key (facts, rules, &g_array_index (rule->object->names, StrataSchemaName, k));

      if ((rule->object != NULL && rule->object->others != NULL &&
           rule->object->others->verdict == STRATA_SCHEMA_NEVER) ||
          (rule->other_names != NULL && rule->other_names->verdict == STRATA_SCHEMA_NEVER))
        facts->is_open = FALSE;
    }
}

static gboolean
is_required (GPtrArray  *rules,
             const char *step)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const StrataSchemaRule *rule = g_ptr_array_index (rules, i);
      guint number = rule->object != NULL
                       ? strata_schema_table_find (&rule->object->table, step, strlen (step)) : 0;

      if (number > 0 && g_array_index (rule->object->names, StrataSchemaName, number - 1).required > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * strata_schema_lookup:
 * @self: a schema
 * @path: (array zero-terminated=1): the keys from the root down, for an item of a list its number from 0
 *
 * What the schema says of the value at @path, with every rule that may hold there: references, all branches of
 * `allOf`, `anyOf` and `oneOf`, `then` and `else`. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL when it says nothing of that path
 */
StrataSchemaFacts *
strata_schema_lookup (StrataSchema      *self,
                      const char *const *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, NULL);

  g_autoptr(GPtrArray) rules = g_ptr_array_new ();
  const char *last = "";
  gboolean required = FALSE;

  add_rule (rules, self->root);
  spread (rules);

  for (; *path != NULL && rules->len > 0; path++)
    {
      g_autoptr(GPtrArray) next = step_into (rules, *path);

      required = is_required (rules, *path);
      last = *path;
      g_ptr_array_unref (rules);
      rules = g_steal_pointer (&next);
    }

  if (rules->len == 0)
    return NULL;

  StrataSchemaFacts *facts = strata_schema_facts_new (last);

  strata_schema_fact_free (facts->about);
  facts->about = make_fact (last, rules);
  facts->about->required = required;
  add_keys (facts, rules);

  return facts;
}
