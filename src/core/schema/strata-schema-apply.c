/* strata-schema-apply.c - what other rules say of the same value: all of them, one of them, none of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

/* What one of several rules has against a value. */
typedef struct
{
  GPtrArray *findings;  /* (owned) (nullable) */
  guint      distance;  /* how far the rule seems from what was meant; less is nearer */
} Branch;

/* Of all places that are looked at, the outermost that has this anchor counts: section 8.2.3.2 of draft 2020-12. */
static const StrataSchemaRule *
find_dynamic (const StrataSchemaRun   *self,
              const StrataSchemaApply *apply)
{
  const StrataSchemaRule *found = apply->ref;

  for (const StrataSchemaScope *scope = self->scope; scope != NULL; scope = scope->outer)
    {
      const StrataSchemaRule *rule = g_hash_table_lookup (scope->place->dynamics, apply->dynamic);

      if (rule != NULL)
        found = rule;
    }

  return found;
}

/* Looks with one rule that may fail, and forgets what it saw when it does. */
static gboolean
try_rule (StrataSchemaRun        *self,
          const StrataSchemaRule *rule,
          const StrataYamlNode   *value,
          StrataSchemaSeen       *seen)
{
  StrataSchemaSeen own;

  if (seen == NULL)
    return strata_schema_run_check (self, rule, value, NULL);

  strata_schema_seen_open (self, &own, value->size);

  gboolean is_fine = strata_schema_run_check (self, rule, value, &own);

  strata_schema_seen_close (self, &own, is_fine ? seen : NULL);

  return is_fine;
}

static gboolean
try_quietly (StrataSchemaRun        *self,
             const StrataSchemaRule *rule,
             const StrataYamlNode   *value,
             StrataSchemaSeen       *seen)
{
  GPtrArray *findings = self->findings;

  self->findings = NULL;

  gboolean is_fine = try_rule (self, rule, value, seen);

  self->findings = findings;

  return is_fine;
}

/* A rule whose own type is another, or that wants another constant in a key that tells kinds apart, was hardly meant. */
static guint
find_distance (GPtrArray *findings,
               guint      depth)
{
  guint distance = findings->len;

  for (guint i = 0; i < findings->len; i++)
    {
      const StrataSchemaFinding *finding = g_ptr_array_index (findings, i);
      gboolean is_value = finding->fault == STRATA_SCHEMA_FAULT_VALUES;

      if (finding->depth == depth && finding->fault == STRATA_SCHEMA_FAULT_TYPE)
        distance += 1000000;
      else if (finding->depth <= depth + 1 && is_value && finding->rule->values->values->len == 1)
        distance += 10000;
      else if (finding->depth == depth)
        distance += 10;
    }

  return distance;
}

static void
explain_branch (StrataSchemaRun        *self,
                const StrataSchemaRule *rule,
                const StrataYamlNode   *value,
                Branch                 *best,
                guint8                 *types)
{
  GPtrArray *findings = self->findings;

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_schema_finding_free);
  strata_schema_run_check (self, rule, value, NULL);

  guint distance = find_distance (self->findings, self->path->len);

  if (self->findings->len == 1)
    {
      const StrataSchemaFinding *only = g_ptr_array_index (self->findings, 0);

      if (only->depth == self->path->len && only->fault == STRATA_SCHEMA_FAULT_TYPE)
        *types |= only->types;
    }

  if (self->findings->len > 0 && (best->findings == NULL || distance < best->distance))
    {
      best->distance = distance;
      g_clear_pointer (&best->findings, g_ptr_array_unref);
      best->findings = g_ptr_array_ref (self->findings);
    }

  g_ptr_array_unref (self->findings);
  self->findings = findings;
}

/* Of several rules none holds: says what the nearest has against it. When each wants another type, they are named
 * together.
 */
static void
explain_nearest (StrataSchemaRun        *self,
                 const StrataSchemaRule *rule,
                 GPtrArray              *rules,
                 const StrataYamlNode   *value)
{
  Branch best = { 0 };
  guint8 types = 0;

  for (guint i = 0; i < rules->len; i++)
    explain_branch (self, g_ptr_array_index (rules, i), value, &best, &types);

  if (best.findings == NULL || best.distance >= 1000000)
    {
      strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_ONE, value, NULL, NULL, NULL);

      if (types != 0 && self->findings->len > 0)
        {
          StrataSchemaFinding *last = g_ptr_array_index (self->findings, self->findings->len - 1);

          last->fault = STRATA_SCHEMA_FAULT_TYPE;
          last->types = types;
        }
    }
  else
    g_ptr_array_extend_and_steal (self->findings, g_steal_pointer (&best.findings));

  g_clear_pointer (&best.findings, g_ptr_array_unref);
}

static gboolean
check_all (StrataSchemaRun        *self,
           const StrataSchemaRule *rule,
           const StrataYamlNode   *value,
           StrataSchemaSeen       *seen)
{
  GPtrArray *rules = rule->apply->all_of;
  gboolean all_fine = TRUE;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (!strata_schema_run_goes_on (
          self, strata_schema_run_check (self, g_ptr_array_index (rules, i), value, seen), &all_fine))
      return all_fine;

  return all_fine;
}

/* When it is noted what was seen, each rule that holds adds to it. */
static gboolean
check_any (StrataSchemaRun        *self,
           const StrataSchemaRule *rule,
           const StrataYamlNode   *value,
           StrataSchemaSeen       *seen)
{
  GPtrArray *rules = rule->apply->any_of;
  gboolean holds = rules == NULL;

  for (guint i = 0; rules != NULL && i < rules->len && (!holds || seen != NULL); i++)
    holds = try_quietly (self, g_ptr_array_index (rules, i), value, seen) || holds;

  if (!holds && self->findings != NULL)
    explain_nearest (self, rule, rules, value);

  return holds;
}

static gboolean
check_one (StrataSchemaRun        *self,
           const StrataSchemaRule *rule,
           const StrataYamlNode   *value,
           StrataSchemaSeen       *seen)
{
  GPtrArray *rules = rule->apply->one_of;
  guint n_hold = 0;

  for (guint i = 0; rules != NULL && i < rules->len && n_hold < 2; i++)
    n_hold += try_quietly (self, g_ptr_array_index (rules, i), value, seen) ? 1 : 0;

  if (rules == NULL || n_hold == 1)
    return TRUE;
  if (n_hold > 1)
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_SEVERAL, value, NULL, NULL, NULL);
  if (self->findings != NULL)
    explain_nearest (self, rule, rules, value);

  return FALSE;
}

static gboolean
check_not (StrataSchemaRun        *self,
           const StrataSchemaRule *rule,
           const StrataYamlNode   *value)
{
  const StrataSchemaRule *not_rule = rule->apply->not_rule;

  return not_rule == NULL || !try_quietly (self, not_rule, value, NULL) || self->gave_up ||
         strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_NOT, value, NULL, NULL, NULL);
}

static gboolean
check_if (StrataSchemaRun        *self,
          const StrataSchemaRule *rule,
          const StrataYamlNode   *value,
          StrataSchemaSeen       *seen)
{
  const StrataSchemaApply *apply = rule->apply;

  if (apply->if_rule == NULL || (apply->then_rule == NULL && apply->else_rule == NULL && seen == NULL))
    return TRUE;

  const StrataSchemaRule *then =
    try_quietly (self, apply->if_rule, value, seen) ? apply->then_rule : apply->else_rule;

  return then == NULL || strata_schema_run_check (self, then, value, seen);
}

static gboolean
check_reference (StrataSchemaRun        *self,
                 const StrataSchemaRule *rule,
                 const StrataYamlNode   *value,
                 StrataSchemaSeen       *seen)
{
  const StrataSchemaApply *apply = rule->apply;

  if (apply->ref == NULL)
    return TRUE;

  return strata_schema_run_check (
    self, apply->dynamic != NULL ? find_dynamic (self, apply) : apply->ref, value, seen);
}

gboolean
strata_schema_check_apply (StrataSchemaRun        *self,
                           const StrataSchemaRule *rule,
                           const StrataYamlNode   *value,
                           StrataSchemaSeen       *seen)
{
  gboolean all_fine = TRUE;

  return strata_schema_run_goes_on (self, check_reference (self, rule, value, seen), &all_fine) &&
         strata_schema_run_goes_on (self, check_all (self, rule, value, seen), &all_fine) &&
         strata_schema_run_goes_on (self, check_any (self, rule, value, seen), &all_fine) &&
         strata_schema_run_goes_on (self, check_one (self, rule, value, seen), &all_fine) &&
         strata_schema_run_goes_on (self, check_not (self, rule, value), &all_fine) &&
         strata_schema_run_goes_on (self, check_if (self, rule, value, seen), &all_fine) && all_fine;
}
