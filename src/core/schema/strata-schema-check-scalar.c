/* strata-schema-check-scalar.c - texts, numbers and the values that one may have
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

static gboolean
has_value (StrataSchemaRun          *self,
           const StrataSchemaValues *values,
           const StrataYamlNode     *value,
           StrataSchemaTypes         type)
{
  if (type == STRATA_SCHEMA_STRING)
    return strata_schema_table_find (&values->strings, value->value, value->size) != 0;

  if (values->n_strings == values->values->len ||
      !strata_schema_run_count (self, values->values->len))
    return self->gave_up;

  guint hash = strata_schema_value_hash (value);

  for (guint i = 0; i < values->values->len; i++)
    if (g_array_index (values->hashes, guint, i) == hash &&
        strata_schema_values_equal (g_ptr_array_index (values->values, i), value))
      return TRUE;

  return FALSE;
}

/* Whether @value is one of those it may be. */
gboolean
strata_schema_check_values (StrataSchemaRun        *self,
                            const StrataSchemaRule *rule,
                            const StrataYamlNode   *value,
                            StrataSchemaTypes       type)
{
  return has_value (self, rule->values, value, type) ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_VALUES, value, NULL, NULL, NULL);
}

/* In characters, as JSON Schema counts them; a text of so many bytes is not always counted. */
static gboolean
check_length (StrataSchemaRun        *self,
              const StrataSchemaRule *rule,
              const StrataYamlNode   *value)
{
  const StrataSchemaString *string = rule->string;

  if ((string->min == 0 || value->size / 4 >= string->min) && value->size <= string->max)
    return TRUE;

  glong length = g_utf8_strlen (value->value, (gssize) value->size);

  if (length < (glong) string->min)
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MIN_LENGTH, value, NULL, NULL, NULL);

  return length <= (glong) string->max ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MAX_LENGTH, value, NULL, NULL, NULL);
}

static gboolean
check_pattern (StrataSchemaRun        *self,
               const StrataSchemaRule *rule,
               const StrataYamlNode   *value)
{
  return rule->string->pattern == NULL ||
         strata_schema_run_matches (self, rule->string->pattern, value) ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_PATTERN, value, NULL, NULL, NULL);
}

static gboolean
check_format (StrataSchemaRun        *self,
              const StrataSchemaRule *rule,
              const StrataYamlNode   *value)
{
  return rule->string->format == NULL || (self->flags & STRATA_SCHEMA_CHECK_FORMATS) == 0 ||
         strata_schema_format_check (rule->string->format, value->value) ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_FORMAT, value, NULL, NULL, NULL);
}

static gboolean
check_string (StrataSchemaRun        *self,
              const StrataSchemaRule *rule,
              const StrataYamlNode   *value)
{
  gboolean all_fine = TRUE;

  return strata_schema_run_goes_on (self, check_length (self, rule, value), &all_fine) &&
         strata_schema_run_goes_on (self, check_pattern (self, rule, value), &all_fine) &&
         strata_schema_run_goes_on (self, check_format (self, rule, value), &all_fine) && all_fine;
}

static gboolean
is_over (const StrataSchemaDecimal *number,
         const StrataSchemaDecimal *bound,
         int                        sign,
         gboolean                   is_exclusive)
{
  int order = strata_schema_decimal_compare (number, bound) * sign;

  return order > 0 || (order == 0 && is_exclusive);
}

static gboolean
check_number (StrataSchemaRun           *self,
              const StrataSchemaRule    *rule,
              const StrataYamlNode      *value,
              const StrataSchemaDecimal *number)
{
  const StrataSchemaNumber *bounds = rule->number;

  if (bounds->has_min && is_over (number, &bounds->min, -1, bounds->above_min))
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MIN, value, NULL, NULL, NULL);
  if (bounds->has_max && is_over (number, &bounds->max, 1, bounds->below_max))
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MAX, value, NULL, NULL, NULL);

  return !bounds->has_step || strata_schema_decimal_is_step (number, &bounds->step) ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_STEP, value, NULL, NULL, NULL);
}

/* @number is what @value is, when it is a number. */
gboolean
strata_schema_check_scalar (StrataSchemaRun           *self,
                            const StrataSchemaRule    *rule,
                            const StrataYamlNode      *value,
                            StrataSchemaTypes          type,
                            const StrataSchemaDecimal *number)
{
  if (type == STRATA_SCHEMA_STRING)
    return rule->string == NULL || check_string (self, rule, value);

  if ((type & STRATA_SCHEMA_NUMBER) != 0)
    return rule->number == NULL || check_number (self, rule, value, number);

  return TRUE;
}
