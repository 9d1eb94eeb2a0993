/* strata-schema-check.c - mappings, lists and scalars against what a rule says of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#include <string.h>

#define FEW 8  /* items that are compared each with each */

/* Rules by pattern, then those for what has none. */
static gboolean
check_unnamed (StrataSchemaRun        *self,
               const StrataSchemaRule *rule,
               const StrataYamlNode   *key,
               const StrataYamlNode   *value,
               const StrataYamlNode   *item,
               gboolean               *is_known)
{
  const StrataSchemaObject *object = rule->object;
  gboolean all_fine = TRUE;

  for (guint i = 0; i < object->patterns->len; i++)
    {
      const StrataSchemaPatternRule *found =
        &g_array_index (object->patterns, StrataSchemaPatternRule, i);

      if (!strata_schema_run_matches (self, found->pattern, key))
        continue;

      *is_known = TRUE;

      if (!strata_schema_run_goes_on (
            self, strata_schema_run_child (self, found->rule, key, 0, item), &all_fine))
        return FALSE;
    }

  if (*is_known || object->others == NULL)
    return all_fine;

  *is_known = TRUE;

  if (object->others->verdict == STRATA_SCHEMA_NEVER)
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_UNKNOWN, value, key, key->value,
                                   NULL);

  return strata_schema_run_child (self, object->others, key, 0, item) && all_fine;
}

static gboolean
check_key (StrataSchemaRun        *self,
           const StrataSchemaRule *rule,
           const StrataYamlNode   *value,
           const StrataYamlNode   *key)
{
  GPtrArray *findings = self->findings;

  /* The reasons would be about a key as if it were a value; that it is not what it has to be is enough. */
  self->findings = NULL;

  gboolean is_fine = strata_schema_run_check (self, rule->object->keys, key, NULL);

  self->findings = findings;

  return is_fine || strata_schema_run_fail (self, rule->object->keys, STRATA_SCHEMA_FAULT_NAME,
                                            value, key, key->value, NULL);
}

static gboolean
check_pair (StrataSchemaRun        *self,
            const StrataSchemaRule *rule,
            const StrataYamlNode   *value,
            guint                   index,
            const StrataSchemaSeen *required,
            const StrataSchemaSeen *seen)
{
  const StrataSchemaObject *object = rule->object;
  const StrataYamlNode *key = strata_schema_follow (value->items[2 * index]);
  const StrataYamlNode *item = strata_schema_follow (value->items[2 * index + 1]);
  gboolean is_known = FALSE, all_fine = TRUE;

  if (!strata_schema_value_is_key (key) ||
      ((self->flags & STRATA_SCHEMA_TAKE_TEMPLATES) != 0 && strata_schema_value_is_open (key)))
    return TRUE;

  if (*key->value == '<' && (key->flags & STRATA_YAML_PLAIN) != 0 && g_str_equal (key->value, "<<"))
    {
      self->has_merges = self->gave_up = TRUE;
      return TRUE;
    }

  guint number = strata_schema_table_find (&object->table, key->value, key->size);

  if (number != 0)
    {
      const StrataSchemaName *name = &g_array_index (object->names, StrataSchemaName, number - 1);

      if (name->required != 0)
        strata_schema_seen_add (self, required, name->required - 1);

      is_known = name->rule != NULL;

      if (is_known && !strata_schema_run_goes_on (
                        self, strata_schema_run_child (self, name->rule, key, 0, item), &all_fine))
        return FALSE;
    }

  if (object->keys != NULL &&
      !strata_schema_run_goes_on (self, check_key (self, rule, value, key), &all_fine))
    return FALSE;

  if (!strata_schema_run_goes_on (self, check_unnamed (self, rule, key, value, item, &is_known),
                                  &all_fine))
    return FALSE;

  if (is_known)
    strata_schema_seen_add (self, seen, index);

  return all_fine;
}

static gboolean
check_needs (StrataSchemaRun        *self,
             const StrataSchemaRule *rule,
             const StrataYamlNode   *value,
             const StrataSchemaName *name)
{
  gboolean all_fine = TRUE;
  guint index;

  for (const char **needed = name->needs; needed != NULL && *needed != NULL; needed++)
    if (!strata_yaml_node_find_pair (value, *needed, &index))
      {
        strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MISSING_TOO, value, NULL, *needed,
                                name->name);
        all_fine = FALSE;
      }

  return all_fine;
}

/* What has to hold because a name is there. */
static gboolean
check_dependent (StrataSchemaRun        *self,
                 const StrataSchemaRule *rule,
                 const StrataYamlNode   *value,
                 StrataSchemaSeen       *seen)
{
  gboolean all_fine = TRUE;
  guint index;

  if (rule->object->n_dependent == 0 ||
      !strata_schema_run_count (self, rule->object->names->len))
    return TRUE;

  for (guint i = 0; i < rule->object->names->len; i++)
    {
      const StrataSchemaName *name = &g_array_index (rule->object->names, StrataSchemaName, i);

      if ((name->needs == NULL && name->then == NULL) ||
          !strata_yaml_node_find_pair (value, name->name, &index))
        continue;

      if (!strata_schema_run_goes_on (self, check_needs (self, rule, value, name), &all_fine))
        return FALSE;
      if (name->then != NULL &&
          !strata_schema_run_goes_on (
            self, strata_schema_run_check (self, name->then, value, seen), &all_fine))
        return FALSE;
    }

  return all_fine;
}

static gboolean
check_required (StrataSchemaRun        *self,
                const StrataSchemaRule *rule,
                const StrataYamlNode   *value,
                const StrataSchemaSeen *required)
{
  gboolean all_fine = TRUE;

  if (strata_schema_seen_has_all (self, required, rule->object->n_required) ||
      !strata_schema_run_count (self, rule->object->names->len))
    return TRUE;

  for (guint i = 0; i < rule->object->names->len; i++)
    {
      const StrataSchemaName *name = &g_array_index (rule->object->names, StrataSchemaName, i);

      if (name->required == 0 || strata_schema_seen_has (self, required, name->required - 1))
        continue;

      strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_MISSING, value, NULL, name->name, NULL);
      all_fine = FALSE;

      if (self->findings == NULL)
        break;
    }

  return all_fine;
}

static gboolean
check_size (StrataSchemaRun        *self,
            const StrataSchemaRule *rule,
            const StrataYamlNode   *value,
            guint                   size,
            guint                   min,
            guint                   max,
            StrataSchemaFault       too_small)
{
  if (size >= min && size <= max)
    return TRUE;

  return strata_schema_run_fail (self, rule, size < min ? too_small : too_small + 1, value, NULL,
                                 NULL, NULL);
}

static gboolean
check_pairs (StrataSchemaRun        *self,
             const StrataSchemaRule *rule,
             const StrataYamlNode   *value,
             StrataSchemaSeen       *seen)
{
  gboolean all_fine = TRUE;
  StrataSchemaSeen required;

  strata_schema_seen_open (self, &required, rule->object->n_required);

  for (guint i = 0; i < value->size; i++)
    if (!strata_schema_run_goes_on (self, check_pair (self, rule, value, i, &required, seen), &all_fine))
      break;

  if (rule->object->n_required > 0 && (all_fine || self->findings != NULL) &&
      !check_required (self, rule, value, &required))
    all_fine = FALSE;

  strata_schema_seen_close (self, &required, NULL);

  return all_fine;
}

gboolean
strata_schema_check_object (StrataSchemaRun        *self,
                            const StrataSchemaRule *rule,
                            const StrataYamlNode   *value,
                            StrataSchemaSeen       *seen)
{
  const StrataSchemaObject *object = rule->object;
  gboolean all_fine = TRUE;

  if (!strata_schema_run_count (self, value->size))
    return TRUE;

  if (!strata_schema_run_goes_on (self, check_size (self, rule, value, value->size, object->min, object->max,
                                      STRATA_SCHEMA_FAULT_MIN_NAMES), &all_fine))
    return FALSE;
  if (!strata_schema_run_goes_on (self, check_pairs (self, rule, value, seen), &all_fine))
    return all_fine;

  return check_dependent (self, rule, value, seen) && all_fine;
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  guint64 one = *(const guint64 *) a, other = *(const guint64 *) b;

  return one < other ? -1 : one > other;
}

static gboolean
items_equal (const StrataYamlNode *list,
             guint                 one,
             guint                 other)
{
  return strata_schema_values_equal (strata_schema_follow (list->items[one]),
                                     strata_schema_follow (list->items[other]));
}

/* Sorted by hash, with the place of the item in the lower half, equal items are neighbours. */
static gboolean
find_same_sorted (StrataSchemaRun      *self,
                  const StrataYamlNode *list,
                  guint                *second)
{
  guint64 *hashes;

  g_array_set_size (self->hashes, list->size);
  hashes = (guint64 *) (gpointer) self->hashes->data;

  for (guint i = 0; i < list->size; i++)
    hashes[i] = (guint64) strata_schema_value_hash (strata_schema_follow (list->items[i])) << 32 | i;

  qsort (hashes, list->size, sizeof *hashes, compare_hashes);

  for (guint i = 1; i < list->size; i++)
    for (guint k = i; k > 0 && hashes[k - 1] >> 32 == hashes[i] >> 32; k--)
      {
        *second = (guint) hashes[i];

        if (!strata_schema_run_count (self, 1))
          return FALSE;
        if (items_equal (list, (guint) hashes[k - 1], *second))
          return TRUE;
      }

  return FALSE;
}

static gboolean
find_same (StrataSchemaRun      *self,
           const StrataYamlNode *list,
           guint                *second)
{
  if (list->size > FEW)
    return find_same_sorted (self, list, second);

  for (*second = 1; *second < list->size; (*second)++)
    for (guint i = 0; i < *second; i++)
      if (items_equal (list, i, *second))
        return TRUE;

  return FALSE;
}

static gboolean
check_unique (StrataSchemaRun        *self,
              const StrataSchemaRule *rule,
              const StrataYamlNode   *value)
{
  guint second;

  if (!rule->array->unique || value->size < 2 || !find_same (self, value, &second))
    return TRUE;

  const StrataYamlNode *item = strata_schema_follow (value->items[second]);

  return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_SAME_ITEMS, value,
                                 item->kind == STRATA_YAML_SCALAR ? item : NULL, NULL, NULL);
}

static gboolean
check_contains (StrataSchemaRun        *self,
                const StrataSchemaRule *rule,
                const StrataYamlNode   *value,
                const StrataSchemaSeen *seen)
{
  const StrataSchemaArray *array = rule->array;
  GPtrArray *findings = self->findings;
  gboolean notes = seen != NULL && rule->place->draft >= STRATA_SCHEMA_DRAFT_2020;
  guint n_fit = 0;

  if (array->contains == NULL)
    return TRUE;

  self->findings = NULL;

  for (guint i = 0; i < value->size && !self->gave_up; i++)
    if (strata_schema_run_check (self, array->contains, strata_schema_follow (value->items[i]), NULL))
      {
        n_fit++;
        strata_schema_seen_add (self, notes ? seen : NULL, i);
      }

  self->findings = findings;

  return check_size (self, rule, value, n_fit, array->min_contains, array->max_contains,
                     STRATA_SCHEMA_FAULT_FEW_FIT);
}

static gboolean
check_items (StrataSchemaRun        *self,
             const StrataSchemaRule *rule,
             const StrataYamlNode   *value,
             const StrataSchemaSeen *seen)
{
  const StrataSchemaArray *array = rule->array;
  gboolean all_fine = TRUE;

  for (guint i = 0; i < value->size; i++)
    {
      const StrataSchemaRule *item_rule =
        i < array->first->len ? g_ptr_array_index (array->first, i) : array->others;

      if (item_rule == NULL)
        break;

      const StrataYamlNode *item = strata_schema_follow (value->items[i]);

      if (!strata_schema_run_goes_on (
            self, strata_schema_run_child (self, item_rule, NULL, i, item), &all_fine))
        break;

      strata_schema_seen_add (self, seen, i);
    }

  return all_fine;
}

gboolean
strata_schema_check_array (StrataSchemaRun        *self,
                           const StrataSchemaRule *rule,
                           const StrataYamlNode   *value,
                           StrataSchemaSeen       *seen)
{
  const StrataSchemaArray *array = rule->array;
  gboolean all_fine = TRUE;

  if (!strata_schema_run_count (self, value->size))
    return TRUE;

  if (!strata_schema_run_goes_on (self, check_size (self, rule, value, value->size, array->min, array->max,
                                      STRATA_SCHEMA_FAULT_MIN_ITEMS), &all_fine))
    return FALSE;
  if (!strata_schema_run_goes_on (self, check_items (self, rule, value, seen), &all_fine))
    return all_fine;
  if (!strata_schema_run_goes_on (self, check_unique (self, rule, value), &all_fine))
    return all_fine;

  return check_contains (self, rule, value, seen) && all_fine;
}

/* What no other rule has looked at. */
gboolean
strata_schema_check_others (StrataSchemaRun        *self,
                            const StrataSchemaRule *rule,
                            const StrataYamlNode   *value,
                            StrataSchemaSeen       *seen)
{
  gboolean is_object = value->kind == STRATA_YAML_MAPPING, all_fine = TRUE;

  for (guint i = 0; i < value->size; i++)
    {
      const StrataYamlNode *key = is_object ? strata_schema_follow (value->items[2 * i]) : NULL;
      const StrataYamlNode *item = strata_schema_follow (strata_yaml_node_raw_item (value, i));

      if (strata_schema_seen_has (self, seen, i) ||
          (key != NULL && !strata_schema_value_is_key (key)))
        continue;

      gboolean is_fine = rule->verdict == STRATA_SCHEMA_NEVER && key != NULL
                           ? strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_UNKNOWN, value,
                                                     key, key->value, NULL)
                           : strata_schema_run_child (self, rule, key, i, item);

      if (!strata_schema_run_goes_on (self, is_fine, &all_fine))
        return all_fine;

      strata_schema_seen_add (self, seen, i);
    }

  return all_fine;
}
