/* strata-schema-value.c - what a value is to a schema, and whether two are the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-private.h"

#include <string.h>

static StrataSchemaTypes
number_type (const StrataYamlNode *value,
             StrataSchemaDecimal  *number)
{
  strata_schema_decimal_read (number, value->value);

  return STRATA_SCHEMA_NUMBER |
         (strata_schema_decimal_is_whole (number) ? STRATA_SCHEMA_INTEGER : 0);
}

/* The types that a value has; for a number, @number is set to it. */
StrataSchemaTypes
strata_schema_value_type (const StrataYamlNode *value,
                          StrataSchemaDecimal  *number)
{
  if (value->kind != STRATA_YAML_SCALAR)
    return value->kind == STRATA_YAML_MAPPING ? STRATA_SCHEMA_OBJECT : STRATA_SCHEMA_ARRAY;

  switch (strata_yaml_node_means (value))
    {
    case STRATA_YAML_MEANS_NULL:
      return STRATA_SCHEMA_NULL;
    case STRATA_YAML_MEANS_BOOL:
      return STRATA_SCHEMA_BOOL;
    case STRATA_YAML_MEANS_INT:
    case STRATA_YAML_MEANS_FLOAT:
      return number_type (value, number);
    case STRATA_YAML_MEANS_STRING:
    default:
      return STRATA_SCHEMA_STRING;
    }
}

/* A mapping as a key is a template that misses its quotes; the lint says so. */
gboolean
strata_schema_value_is_key (const StrataYamlNode *key)
{
  return key->kind == STRATA_YAML_SCALAR;
}

/* Whether @value is a template, and is another value when it is used. Without quotes it is a mapping in a mapping. */
gboolean
strata_schema_value_is_open (const StrataYamlNode *value)
{
  if (value->kind == STRATA_YAML_SCALAR)
    return value->size > 2 && strstr (value->value, "{{") != NULL;

  return value->kind == STRATA_YAML_MAPPING && value->size == 1 &&
         (value->flags & STRATA_YAML_FLOW) != 0 && value->items[0]->kind == STRATA_YAML_MAPPING;
}

static gboolean
is_true (const StrataYamlNode *value)
{
  return g_ascii_tolower (*value->value) == 't';
}

static gboolean
scalars_equal (const StrataYamlNode *value,
               const StrataYamlNode *other)
{
  StrataSchemaDecimal number, other_number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);

  if (type != strata_schema_value_type (other, &other_number))
    return FALSE;
  if (type == STRATA_SCHEMA_STRING)
    return value->size == other->size && memcmp (value->value, other->value, value->size) == 0;
  if (type == STRATA_SCHEMA_BOOL)
    return is_true (value) == is_true (other);

  return type == STRATA_SCHEMA_NULL ||
         strata_schema_decimal_compare (&number, &other_number) == 0;
}

static gboolean
mappings_equal (const StrataYamlNode *value,
                const StrataYamlNode *other)
{
  for (guint i = 0; i < value->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (value, i);
      guint index;

      if (!strata_schema_value_is_key (key) ||
          !strata_yaml_node_find_pair (other, key->value, &index) ||
          !strata_schema_values_equal (strata_yaml_node_get_item (value, i),
                                       strata_yaml_node_get_item (other, index)))
        return FALSE;
    }

  return TRUE;
}

/* As JSON Schema has it: 1 is 1.0, and the order of keys is nothing. */
gboolean
strata_schema_values_equal (const StrataYamlNode *value,
                            const StrataYamlNode *other)
{
  if (value->kind != other->kind)
    return FALSE;
  if (value->kind == STRATA_YAML_SCALAR)
    return scalars_equal (value, other);
  if (value->size != other->size)
    return FALSE;
  if (value->kind == STRATA_YAML_MAPPING)
    return mappings_equal (value, other);

  for (guint i = 0; i < value->size; i++)
    if (!strata_schema_values_equal (strata_yaml_node_get_item (value, i),
                                     strata_yaml_node_get_item (other, i)))
      return FALSE;

  return TRUE;
}

static guint
hash_scalar (const StrataYamlNode *value)
{
  StrataSchemaDecimal number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);

  if (type == STRATA_SCHEMA_STRING)
    return strata_schema_table_hash (value->value, value->size);
  if (type == STRATA_SCHEMA_BOOL)
    return is_true (value) ? 1 : 2;
  if (type == STRATA_SCHEMA_NULL)
    return 3;

  return strata_schema_table_hash ((const char *) &number.digits, sizeof number.digits) +
         (guint) number.exponent + (number.is_negative ? 1 : 0);
}

/* Equal values have equal hashes. */
guint
strata_schema_value_hash (const StrataYamlNode *value)
{
  guint hash = value->size + value->kind;

  if (value->kind == STRATA_YAML_SCALAR)
    return hash_scalar (value);

  for (guint i = 0; i < value->size; i++)
    {
      guint item = strata_schema_value_hash (strata_yaml_node_get_item (value, i));

      if (value->kind == STRATA_YAML_SEQUENCE)
        hash = hash * 31 + item;
      else
        hash += (strata_schema_value_hash (strata_yaml_node_get_key (value, i)) | 1) * item;
    }

  return hash;
}
