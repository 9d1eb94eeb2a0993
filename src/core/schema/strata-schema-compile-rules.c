/* strata-schema-compile-rules.c - what a schema says of mappings, lists, texts and numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

static const StrataYamlNode *
get_member (const StrataSchemaRule *rule,
            const char             *key)
{
  return strata_yaml_node_get_member (rule->source, key);
}

/* A word of a newer draft says nothing in an older schema. */
static const StrataYamlNode *
get_since (const StrataSchemaRule *rule,
           StrataSchemaDraft       draft,
           const char             *key)
{
  return rule->place->draft >= draft ? get_member (rule, key) : NULL;
}

static StrataSchemaRule *
sub_rule (StrataSchemaCompiler *self,
          StrataSchemaRule     *rule,
          const StrataYamlNode *node)
{
  return node != NULL ? strata_schema_compiler_rule (self, node, rule->place) : NULL;
}

static GPtrArray *
sub_rules (StrataSchemaCompiler *self,
           StrataSchemaRule     *rule,
           const StrataYamlNode *list)
{
  if (list == NULL || list->kind != STRATA_YAML_SEQUENCE)
    return NULL;

  GPtrArray *rules = g_ptr_array_new ();

  for (guint i = 0; i < list->size; i++)
    g_ptr_array_add (rules, sub_rule (self, rule, strata_yaml_node_get_item (list, i)));

  return rules;
}

/* The name in the table, new or not. */
static StrataSchemaName *
get_name (StrataSchemaObject *object,
          const char         *text)
{
  guint number = strata_schema_table_add (&object->table, text);

  if (number > object->names->len)
    g_array_set_size (object->names, number);

  StrataSchemaName *name = &g_array_index (object->names, StrataSchemaName, number - 1);

  name->name = text;

  return name;
}

static gboolean
is_text (const StrataYamlNode *node)
{
  return node != NULL && node->kind == STRATA_YAML_SCALAR;
}

static void
read_properties (StrataSchemaCompiler *self,
                 StrataSchemaRule     *rule,
                 StrataSchemaObject   *object)
{
  const StrataYamlNode *properties = get_member (rule, "properties");

  for (guint i = 0; properties != NULL && properties->kind == STRATA_YAML_MAPPING &&
                    i < properties->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (properties, i);

      if (is_text (key))
        get_name (object, key->value)->rule =
          sub_rule (self, rule, strata_yaml_node_get_item (properties, i));
    }
}

static void
read_required (StrataSchemaRule   *rule,
               StrataSchemaObject *object)
{
  const StrataYamlNode *required = get_member (rule, "required");

  for (guint i = 0; required != NULL && required->kind == STRATA_YAML_SEQUENCE &&
                    i < required->size; i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (required, i);
      StrataSchemaName *name = is_text (item) ? get_name (object, item->value) : NULL;

      if (name != NULL && name->required == 0)
        name->required = ++object->n_required;
    }
}

static void
read_patterns (StrataSchemaCompiler *self,
               StrataSchemaRule     *rule,
               StrataSchemaObject   *object)
{
  const StrataYamlNode *patterns = get_member (rule, "patternProperties");

  for (guint i = 0; patterns != NULL && patterns->kind == STRATA_YAML_MAPPING &&
                    i < patterns->size; i++)
    {
      StrataSchemaPatternRule found = {
        .pattern = strata_schema_compiler_pattern (self, strata_yaml_node_get_key (patterns, i)),
      };

      if (found.pattern == NULL)
        continue;

      found.rule = sub_rule (self, rule, strata_yaml_node_get_item (patterns, i));
      g_array_append_val (object->patterns, found);
    }
}

static const char **
read_names (const StrataYamlNode *list)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < list->size; i++)
    {
      const StrataYamlNode *item = strata_yaml_node_get_item (list, i);

      if (is_text (item))
        g_ptr_array_add (names, (gpointer) item->value);
    }

  g_ptr_array_add (names, NULL);

  return (const char **) g_ptr_array_free (names, FALSE);
}

/* `dependencies` of the older drafts is both of the words that the newer have for it. */
static void
read_dependencies (StrataSchemaCompiler *self,
                   StrataSchemaRule     *rule,
                   StrataSchemaObject   *object,
                   const StrataYamlNode *dependencies)
{
  for (guint i = 0; dependencies != NULL && dependencies->kind == STRATA_YAML_MAPPING &&
                    i < dependencies->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (dependencies, i);
      const StrataYamlNode *item = strata_yaml_node_get_item (dependencies, i);

      if (!is_text (key))
        continue;

      StrataSchemaName *name = get_name (object, key->value);

      if (item->kind != STRATA_YAML_SEQUENCE)
        name->then = sub_rule (self, rule, item);
      else if (name->needs == NULL)
        name->needs = read_names (item);

      object->n_dependent++;
    }
}

static gboolean
has_one (const StrataSchemaRule *rule,
         const char *const      *keys)
{
  for (; *keys != NULL; keys++)
    if (get_member (rule, *keys) != NULL)
      return TRUE;

  return FALSE;
}

void
strata_schema_compile_object (StrataSchemaCompiler *self,
                              StrataSchemaRule     *rule)
{
  static const char *const keys[] = {
    "properties", "required", "patternProperties", "additionalProperties", "propertyNames",
    "minProperties", "maxProperties", "dependencies", "dependentRequired", "dependentSchemas", NULL
  };

  rule->other_names =
    sub_rule (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_2019, "unevaluatedProperties"));

  if (!has_one (rule, keys))
    return;

  StrataSchemaObject *object = strata_schema_object_new ();

  rule->object = object;
  read_properties (self, rule, object);
  read_required (rule, object);
  read_patterns (self, rule, object);
  read_dependencies (self, rule, object, get_member (rule, "dependencies"));
  read_dependencies (self, rule, object,
                     get_since (rule, STRATA_SCHEMA_DRAFT_2019, "dependentRequired"));
  read_dependencies (self, rule, object,
                     get_since (rule, STRATA_SCHEMA_DRAFT_2019, "dependentSchemas"));
  object->others = sub_rule (self, rule, get_member (rule, "additionalProperties"));
  object->keys = sub_rule (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_6, "propertyNames"));
  object->min = strata_schema_compiler_count (rule->source, "minProperties", 0);
  object->max = strata_schema_compiler_count (rule->source, "maxProperties", G_MAXUINT);
}

/* The items at the start have a word of their own since 2020; before it was `items` with a list. */
static void
read_items (StrataSchemaCompiler *self,
            StrataSchemaRule     *rule,
            StrataSchemaArray    *array)
{
  const StrataYamlNode *items = get_member (rule, "items");
  GPtrArray *first = sub_rules (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_2020, "prefixItems"));

  if (first == NULL && items != NULL && items->kind == STRATA_YAML_SEQUENCE)
    {
      first = sub_rules (self, rule, items);
      items = get_member (rule, "additionalItems");
    }

  array->first = first != NULL ? first : g_ptr_array_new ();
  array->others = sub_rule (self, rule, items);
}

static gboolean
is_true (const StrataYamlNode *node)
{
  return is_text (node) && g_str_equal (node->value, "true");
}

void
strata_schema_compile_array (StrataSchemaCompiler *self,
                             StrataSchemaRule     *rule)
{
  static const char *const keys[] = {
    "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", NULL
  };

  rule->other_items =
    sub_rule (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_2019, "unevaluatedItems"));

  if (!has_one (rule, keys))
    return;

  StrataSchemaArray *array = g_new0 (StrataSchemaArray, 1);
  gboolean counts = rule->place->draft >= STRATA_SCHEMA_DRAFT_2019;

  rule->array = array;
  read_items (self, rule, array);
  array->contains = sub_rule (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_6, "contains"));
  array->min_contains =
    counts ? strata_schema_compiler_count (rule->source, "minContains", 1) : 1;
  array->max_contains =
    counts ? strata_schema_compiler_count (rule->source, "maxContains", G_MAXUINT) : G_MAXUINT;
  array->min = strata_schema_compiler_count (rule->source, "minItems", 0);
  array->max = strata_schema_compiler_count (rule->source, "maxItems", G_MAXUINT);
  array->unique = is_true (get_member (rule, "uniqueItems"));
}

static void
compile_string (StrataSchemaCompiler *self,
                StrataSchemaRule     *rule)
{
  static const char *const keys[] = { "minLength", "maxLength", "pattern", "format", NULL };
  const StrataYamlNode *pattern = get_member (rule, "pattern");
  const StrataYamlNode *format = get_member (rule, "format");

  if (!has_one (rule, keys))
    return;

  StrataSchemaString *string = g_new0 (StrataSchemaString, 1);

  rule->string = string;
  string->min = strata_schema_compiler_count (rule->source, "minLength", 0);
  string->max = strata_schema_compiler_count (rule->source, "maxLength", G_MAXUINT);

  if (is_text (pattern))
    {
      string->pattern = strata_schema_compiler_pattern (self, pattern);
      string->pattern_text = pattern->value;
    }

  if (is_text (format) && rule->place->draft <= STRATA_SCHEMA_DRAFT_7 &&
      strata_schema_format_is_known (format->value))
    string->format = format->value;
}

static gboolean
read_number (StrataSchemaRule    *rule,
             const char          *key,
             StrataSchemaDecimal *number)
{
  const StrataYamlNode *member = get_member (rule, key);

  return member != NULL &&
         (strata_schema_value_type (member, number) & STRATA_SCHEMA_NUMBER) != 0;
}

/* A bound that is not reached itself: a word beside the bound in draft 4, a bound of its own later. */
static void
read_bound (StrataSchemaRule    *rule,
            const char          *key,
            const char          *exclusive,
            int                  tighter,
            StrataSchemaDecimal *bound,
            gboolean            *has_bound,
            gboolean            *is_exclusive)
{
  StrataSchemaDecimal other;

  *has_bound = read_number (rule, key, bound);
  *is_exclusive = *has_bound && is_true (get_member (rule, exclusive));

  if (!read_number (rule, exclusive, &other))
    return;

  if (!*has_bound || strata_schema_decimal_compare (&other, bound) * tighter >= 0)
    {
      *bound = other;
      *has_bound = *is_exclusive = TRUE;
    }
}

static void
compile_number (StrataSchemaRule *rule)
{
  static const char *const keys[] = {
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", NULL
  };

  if (!has_one (rule, keys))
    return;

  StrataSchemaNumber *number = g_new0 (StrataSchemaNumber, 1);

  rule->number = number;
  read_bound (rule, "minimum", "exclusiveMinimum", 1, &number->min, &number->has_min,
              &number->above_min);
  read_bound (rule, "maximum", "exclusiveMaximum", -1, &number->max, &number->has_max,
              &number->below_max);
  number->has_step = read_number (rule, "multipleOf", &number->step);
}

static void
add_value (StrataSchemaValues   *values,
           const StrataYamlNode *value)
{
  StrataSchemaDecimal number;
  guint hash = strata_schema_value_hash (value);

  g_ptr_array_add (values->values, (gpointer) value);
  g_array_append_val (values->hashes, hash);

  if (strata_schema_value_type (value, &number) == STRATA_SCHEMA_STRING)
    {
      strata_schema_table_add (&values->strings, value->value);
      values->n_strings++;
    }
}

static void
compile_enum (StrataSchemaRule *rule)
{
  const StrataYamlNode *list = get_member (rule, "enum");
  const StrataYamlNode *constant = get_since (rule, STRATA_SCHEMA_DRAFT_6, "const");

  if (constant == NULL && (list == NULL || list->kind != STRATA_YAML_SEQUENCE))
    return;

  StrataSchemaValues *values = g_new0 (StrataSchemaValues, 1);

  rule->values = values;
  values->values = g_ptr_array_new ();
  values->hashes = g_array_new (FALSE, FALSE, sizeof (guint));
  values->is_const = constant != NULL;

  if (constant != NULL)
    add_value (values, constant);

  for (guint i = 0; constant == NULL && i < list->size; i++)
    add_value (values, strata_yaml_node_get_item (list, i));
}

/* What is said of scalars. */
void
strata_schema_compile_values (StrataSchemaCompiler *self,
                              StrataSchemaRule     *rule)
{
  compile_enum (rule);
  compile_string (self, rule);
  compile_number (rule);
}

static StrataSchemaRule *
read_reference (StrataSchemaCompiler *self,
                StrataSchemaRule     *rule,
                const char          **dynamic)
{
  static const char *const keys[] = { "$ref", "$dynamicRef", "$recursiveRef" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const StrataYamlNode *ref = get_member (rule, keys[i]);

      if (is_text (ref))
        return strata_schema_places_follow (self, rule->place, ref, i > 0, dynamic);
    }

  return NULL;
}

/* What other rules say of the same value. */
void
strata_schema_compile_apply (StrataSchemaCompiler *self,
                             StrataSchemaRule     *rule)
{
  static const char *const keys[] = {
    "$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", NULL
  };

  if (!has_one (rule, keys))
    return;

  StrataSchemaApply *apply = g_new0 (StrataSchemaApply, 1);

  rule->apply = apply;
  apply->ref = read_reference (self, rule, &apply->dynamic);
  apply->all_of = sub_rules (self, rule, get_member (rule, "allOf"));
  apply->any_of = sub_rules (self, rule, get_member (rule, "anyOf"));
  apply->one_of = sub_rules (self, rule, get_member (rule, "oneOf"));
  apply->not_rule = sub_rule (self, rule, get_member (rule, "not"));
  apply->if_rule = sub_rule (self, rule, get_since (rule, STRATA_SCHEMA_DRAFT_7, "if"));

  if (apply->if_rule != NULL)
    {
      apply->then_rule = sub_rule (self, rule, get_member (rule, "then"));
      apply->else_rule = sub_rule (self, rule, get_member (rule, "else"));
    }
}
