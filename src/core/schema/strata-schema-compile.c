/* strata-schema-compile.c - from the text of a schema to a table of rules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-error.h"

#define MAX_RULES 200000u   /* the largest of 27,805 charts has 11,000 */
#define MAX_WARNINGS 100

static const char *const type_names[STRATA_SCHEMA_N_TYPES] = {
  "null", "boolean", "integer", "number", "string", "array", "object",
};

/* Says once what in the schema itself could not be used. */
void
strata_schema_compiler_warn (StrataSchemaCompiler *self,
                             const StrataYamlNode *node,
                             const char           *sentence)
{
  if (self->schema->warnings->len >= MAX_WARNINGS)
    return;

  g_ptr_array_add (self->schema->warnings,
                   g_strdup_printf (_("Line %u, column %u: %s"), node->line + 1, node->column + 1,
                                    sentence));
}

/* The rule for what stands at @node, to be read later when it is new: rules may name each other in circles, and 10,000
 * in a row.
 */
StrataSchemaRule *
strata_schema_compiler_rule (StrataSchemaCompiler *self,
                             const StrataYamlNode *node,
                             StrataSchemaPlace    *place)
{
  node = strata_schema_follow (node);

  StrataSchemaRule *rule = g_hash_table_lookup (self->known, node);
  StrataSchemaPlace *home = g_hash_table_lookup (self->homes, node);

  if (rule != NULL)
    return rule;

  rule = g_new0 (StrataSchemaRule, 1);
  rule->source = node;
  rule->place = home != NULL ? home : place;
  g_hash_table_insert (self->known, (gpointer) node, rule);
  g_ptr_array_add (self->schema->rules, rule);
  g_ptr_array_add (self->waiting, rule);

  return rule;
}

StrataPattern *
strata_schema_compiler_pattern (StrataSchemaCompiler *self,
                                const StrataYamlNode *node)
{
  g_autoptr(GError) error = NULL;
  StrataPattern *pattern = NULL;

  if (node->kind == STRATA_YAML_SCALAR)
    pattern = strata_pattern_new (node->value, &error);
  if (error != NULL)
    strata_schema_compiler_warn (self, node, error->message);

  return pattern;
}

/* A number of things; @otherwise when it is not there or none. */
guint
strata_schema_compiler_count (const StrataYamlNode *node,
                              const char           *key,
                              guint                 otherwise)
{
  static const StrataSchemaDecimal most = { .digits = G_MAXUINT };
  const StrataYamlNode *member = strata_yaml_node_get_member (node, key);
  StrataSchemaDecimal number;

  if (member == NULL ||
      (strata_schema_value_type (member, &number) & STRATA_SCHEMA_INTEGER) == 0 ||
      number.is_negative)
    return otherwise;
  if (strata_schema_decimal_compare (&number, &most) >= 0)
    return G_MAXUINT;

  guint count = (guint) number.digits;

  for (int i = 0; i < number.exponent; i++)
    count *= 10;

  return count;
}

static guint8
read_type (StrataSchemaCompiler *self,
           const StrataYamlNode *node)
{
  for (guint i = 0; node->kind == STRATA_YAML_SCALAR && i < G_N_ELEMENTS (type_names); i++)
    if (g_str_equal (node->value, type_names[i]))
      return (guint8) (1 << i);

  strata_schema_compiler_warn (self, node, _("The schema names a type that there is not"));

  return 0;
}

static void
compile_types (StrataSchemaCompiler *self,
               StrataSchemaRule     *rule)
{
  const StrataYamlNode *types = strata_yaml_node_get_member (rule->source, "type");

  if (types == NULL)
    return;

  if (types->kind != STRATA_YAML_SEQUENCE)
    rule->types = read_type (self, types);

  for (guint i = 0; types->kind == STRATA_YAML_SEQUENCE && i < types->size; i++)
    rule->types |= read_type (self, strata_yaml_node_get_item (types, i));
}

/* Up to draft 7, whatever stands beside a reference is nothing; alone it stands for what it names in every draft. */
static gboolean
compile_reference (StrataSchemaCompiler *self,
                   StrataSchemaRule     *rule)
{
  const StrataYamlNode *ref = strata_yaml_node_get_member (rule->source, "$ref");
  gboolean is_alone = rule->place->draft <= STRATA_SCHEMA_DRAFT_7 || rule->source->size == 1;

  if (ref == NULL || ref->kind != STRATA_YAML_SCALAR || !is_alone)
    return FALSE;

  rule->same_as = strata_schema_places_follow (self, rule->place, ref, FALSE, NULL);

  if (rule->same_as == NULL)
    rule->verdict = STRATA_SCHEMA_ALWAYS;

  return TRUE;
}

static void
compile_rule (StrataSchemaCompiler *self,
              StrataSchemaRule     *rule)
{
  const StrataYamlNode *source = rule->source;

  if (source->kind == STRATA_YAML_SCALAR &&
      strata_yaml_node_means (source) == STRATA_YAML_MEANS_BOOL)
    rule->verdict = g_ascii_tolower (*source->value) == 't' ? STRATA_SCHEMA_ALWAYS
                                                            : STRATA_SCHEMA_NEVER;
  else if (source->kind != STRATA_YAML_MAPPING)
    {
      rule->verdict = STRATA_SCHEMA_ALWAYS;
      strata_schema_compiler_warn (self, source, _("A schema has to be keys with values here"));
    }
  else if (!compile_reference (self, rule))
    {
      compile_types (self, rule);
      strata_schema_compile_values (self, rule);
      strata_schema_compile_object (self, rule);
      strata_schema_compile_array (self, rule);
      strata_schema_compile_apply (self, rule);
    }
}

static gboolean
read_waiting (StrataSchemaCompiler  *self,
              GError               **error)
{
  while (self->waiting->len > 0)
    {
      if (self->schema->rules->len > MAX_RULES)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                       _("The schema has more than %u parts"), MAX_RULES);
          return FALSE;
        }

      compile_rule (self, g_ptr_array_steal_index_fast (self->waiting, self->waiting->len - 1));
    }

  return TRUE;
}

/* Rules that are found anew for each caller may be the rules of any place. */
static void
name_dynamics (StrataSchemaCompiler *self)
{
  for (guint i = 0; self->schema->has_dynamic && i < self->schema->places->len; i++)
    {
      StrataSchemaPlace *place = g_ptr_array_index (self->schema->places, i);
      GHashTableIter iter;
      gpointer anchor;

      g_hash_table_iter_init (&iter, place->dynamics);

      while (g_hash_table_iter_next (&iter, &anchor, NULL))
        {
          const StrataYamlNode *node = g_hash_table_lookup (place->anchors, anchor);

          g_hash_table_iter_replace (&iter, strata_schema_compiler_rule (self, node, place));
        }
    }
}

/* The rule at the end of the row that begins with @rule. A row that comes back to itself is cut there: it says nothing.
 */
static StrataSchemaRule *
find_last (StrataSchemaCompiler *self,
           StrataSchemaRule     *rule)
{
  StrataSchemaRule *slow = rule, *fast = rule;

  while (fast->same_as != NULL && fast->same_as->same_as != NULL)
    {
      slow = slow->same_as;
      fast = fast->same_as->same_as;

      if (slow == fast)
        {
          strata_schema_compiler_warn (
            self, slow->source, _("The schema refers to itself and says nothing else; that part is not checked"));
          slow->same_as = NULL;
          slow->verdict = STRATA_SCHEMA_ALWAYS;
          return slow;
        }
    }

  return fast->same_as != NULL ? fast->same_as : fast;
}

/* Where some rule asks who called it, a rule that leads elsewhere is a caller too, and has to be gone through. */
static void
keep_callers (StrataSchemaCompiler *self)
{
  for (guint i = 0; self->schema->has_dynamic && i < self->schema->rules->len; i++)
    {
      StrataSchemaRule *rule = g_ptr_array_index (self->schema->rules, i);

      if (rule->same_as == NULL || rule->same_as->place == rule->place)
        continue;

      rule->apply = g_new0 (StrataSchemaApply, 1);
      rule->apply->ref = g_steal_pointer (&rule->same_as);
    }
}

/* Lets each rule that only stands for another know the last of the row, so that none is followed later. */
static void
shorten_rows (StrataSchemaCompiler *self)
{
  for (guint i = 0; i < self->schema->rules->len; i++)
    {
      StrataSchemaRule *rule = g_ptr_array_index (self->schema->rules, i);
      StrataSchemaRule *last = find_last (self, rule), *next;

      for (; rule != last; rule = next)
        {
          next = rule->same_as;
          rule->same_as = last;
        }
    }
}

static gboolean
compile (StrataSchemaCompiler  *self,
         const StrataYamlNode  *root,
         GError               **error)
{
  StrataSchemaPlace *place =
    strata_schema_places_add (self, root, "", STRATA_SCHEMA_DRAFT_2020);

  self->schema->root = strata_schema_compiler_rule (self, root, place);

  do
    {
      if (!read_waiting (self, error))
        return FALSE;

      name_dynamics (self);
    }
  while (self->waiting->len > 0);

  keep_callers (self);
  shorten_rows (self);

  return TRUE;
}

/**
 * strata_schema_compile:
 * @text: a JSON Schema, written as JSON or as YAML
 * @length: bytes of @text, or -1 when it ends with a NUL
 * @error: return location for a #StrataError
 *
 * Reads a schema of draft 4, 6, 7, 2019-09 or 2020-12, told by its `$schema`; without that it is taken for one of
 * 2020-12 that may have the words of the older ones. References lead only to what is in @text, and to the schemas of
 * schemas: nothing is fetched. What cannot be followed or understood is named by [method@Schema.get_warnings] and not
 * checked. Bounds: those of [func@yaml_parse], and 200,000 parts. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the schema; or %NULL with @error set to `INVALID` or `TOO_LARGE`
 */
StrataSchema *
strata_schema_compile (const char  *text,
                       gssize       length,
                       GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  StrataYaml *yaml = strata_schema_read_text (text, length, error);
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;

  if (root == NULL)
    {
      if (yaml != NULL)
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID, _("The schema is empty"));
      g_clear_pointer (&yaml, strata_yaml_unref);
      return NULL;
    }

  g_autoptr(StrataSchema) schema = strata_schema_new (yaml);
  g_autoptr(GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) homes = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  StrataSchemaCompiler compiler = {
    .schema = schema, .known = known, .homes = homes, .waiting = waiting
  };

  return compile (&compiler, root, error) ? g_steal_pointer (&schema) : NULL;
}
