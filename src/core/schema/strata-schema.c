/* strata-schema.c - what a text has to be, as a JSON Schema says it: a counted value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

G_DEFINE_BOXED_TYPE (StrataSchema, strata_schema, strata_schema_ref, strata_schema_unref)

static void
pattern_rule_clear (gpointer data)
{
  StrataSchemaPatternRule *rule = data;

  g_clear_pointer (&rule->pattern, strata_pattern_unref);
}

static void
name_clear (gpointer data)
{
  StrataSchemaName *name = data;

  g_clear_pointer (&name->needs, g_free);
}

StrataSchemaObject *
strata_schema_object_new (void)
{
  StrataSchemaObject *object = g_new0 (StrataSchemaObject, 1);

  object->names = g_array_new (FALSE, TRUE, sizeof (StrataSchemaName));
  g_array_set_clear_func (object->names, name_clear);
  object->patterns = g_array_new (FALSE, TRUE, sizeof (StrataSchemaPatternRule));
  g_array_set_clear_func (object->patterns, pattern_rule_clear);
  object->max = G_MAXUINT;

  return object;
}

static void
object_free (StrataSchemaObject *object)
{
  strata_schema_table_clear (&object->table);
  g_array_unref (object->names);
  g_array_unref (object->patterns);
  g_free (object);
}

static void
array_free (StrataSchemaArray *array)
{
  g_ptr_array_unref (array->first);
  g_free (array);
}

static void
string_free (StrataSchemaString *string)
{
  g_clear_pointer (&string->pattern, strata_pattern_unref);
  g_free (string);
}

static void
values_free (StrataSchemaValues *values)
{
  g_ptr_array_unref (values->values);
  g_array_unref (values->hashes);
  strata_schema_table_clear (&values->strings);
  g_free (values);
}

static void
apply_free (StrataSchemaApply *apply)
{
  g_clear_pointer (&apply->all_of, g_ptr_array_unref);
  g_clear_pointer (&apply->any_of, g_ptr_array_unref);
  g_clear_pointer (&apply->one_of, g_ptr_array_unref);
  g_free (apply);
}

static void
rule_free (gpointer data)
{
  StrataSchemaRule *rule = data;

  g_clear_pointer (&rule->values, values_free);
  g_clear_pointer (&rule->string, string_free);
  g_clear_pointer (&rule->number, g_free);
  g_clear_pointer (&rule->array, array_free);
  g_clear_pointer (&rule->object, object_free);
  g_clear_pointer (&rule->apply, apply_free);
  g_free (rule);
}

/* Takes @text. */
StrataSchema *
strata_schema_new (StrataYaml *text)
{
  StrataSchema *self = g_atomic_rc_box_new0 (StrataSchema);

  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_yaml_unref);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_schema_place_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->texts, text);

  return self;
}

static void
schema_clear (gpointer data)
{
  StrataSchema *self = data;

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

/**
 * strata_schema_ref:
 * @self: a schema
 *
 * Returns: (transfer full): @self, held once more. Any thread.
 */
StrataSchema *
strata_schema_ref (StrataSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * strata_schema_unref:
 * @self: (transfer full): a schema
 *
 * Lets go of it. Any thread.
 */
void
strata_schema_unref (StrataSchema *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, schema_clear);
}

/**
 * strata_schema_get_warnings:
 * @self: a schema
 *
 * What in the schema itself cannot be used, with its line and column: references to what is not in it, patterns that
 * are none, types that there are not. Any thread.
 *
 * Returns: (transfer none) (element-type utf8): translated sentences, 100 at most
 */
GPtrArray *
strata_schema_get_warnings (StrataSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->warnings;
}
