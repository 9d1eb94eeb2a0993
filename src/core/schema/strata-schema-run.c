/* strata-schema-run.c - one look at one value: first only whether it is fine, then why it is not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#include <string.h>

#include "strata-kube-private.h"

#define MAX_DEPTH 1000        /* rules within rules */
#define MAX_STEPS 10000000    /* some hundred times what the largest values need */
#define MAX_FINDINGS 1000
#define MAX_KEY_SHOWN 200     /* bytes of one key */
#define MAX_PATH_SHOWN 2000   /* bytes of a path, about */
#define HARD_PATTERN 200000   /* steps that a pattern counts for which gave up itself */

void
strata_schema_run_init (StrataSchemaRun    *self,
                        const StrataSchema *schema,
                        StrataSchemaFlags   flags,
                        gboolean            wants_findings)
{
  memset (self, 0, sizeof *self);
  self->flags = flags;
  self->max_steps = MAX_STEPS;
  self->has_dynamic = schema->has_dynamic;
  self->bits = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->hashes = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (wants_findings)
    {
      self->path = g_array_new (FALSE, FALSE, sizeof (StrataSchemaStep));
      self->findings =
        g_ptr_array_new_with_free_func ((GDestroyNotify) strata_schema_finding_free);
    }
}

void
strata_schema_run_clear (StrataSchemaRun *self)
{
  g_clear_pointer (&self->bits, g_array_unref);
  g_clear_pointer (&self->hashes, g_array_unref);
  g_clear_pointer (&self->path, g_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

void
strata_schema_finding_free (StrataSchemaFinding *finding)
{
  g_free (finding->path);
  g_free (finding);
}

/* A pattern that takes too long says nothing against a text. */
gboolean
strata_schema_run_matches (StrataSchemaRun      *self,
                           StrataPattern        *pattern,
                           const StrataYamlNode *text)
{
  g_autoptr(GError) error = NULL;

  if (!strata_schema_run_count (self, 1 + text->size / 16))
    return TRUE;

  gboolean matches = strata_pattern_matches (pattern, text->value, (gssize) text->size, &error);

  if (error == NULL)
    return matches;

  strata_schema_run_count (self, HARD_PATTERN);

  return TRUE;
}

/* A key may be as long as a text: of one that is, the beginning says enough, and each finding has a copy of it. */
void
strata_schema_append_key (GString    *text,
                          const char *key)
{
  gsize length = strlen (key);
  const char *end = length > MAX_KEY_SHOWN ? g_utf8_find_prev_char (key, key + MAX_KEY_SHOWN) : key + length;

  if (text->len > 0)
    g_string_append_c (text, '.');
  g_string_append_len (text, key, end - key);
  if (length > MAX_KEY_SHOWN)
    g_string_append (text, "…");
}

static char *
format_path (GArray *path,
             guint   n_hidden)
{
  GString *text = g_string_new (NULL);

  for (guint i = n_hidden; i < path->len && text->len < MAX_PATH_SHOWN; i++)
    {
      const StrataSchemaStep *step = &g_array_index (path, StrataSchemaStep, i);

      if (step->key == NULL)
        g_string_append_printf (text, "[%u]", step->index);
      else
        strata_schema_append_key (text, step->key->value);
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_own (const StrataYamlNode *node)
{
  return node != NULL && (node->flags & STRATA_YAML_FOREIGN) == 0;
}

/* What to underline: the scalar or the key itself, for a collection the key it has. What came from elsewhere is shown
 * where the text that it belongs to has it.
 */
static const StrataYamlNode *
find_own (StrataSchemaRun      *self,
          const StrataYamlNode *value,
          const StrataYamlNode *key)
{
  if (is_own (key))
    return key;
  if (key == NULL && is_own (value) && value->kind == STRATA_YAML_SCALAR)
    return value;

  for (guint i = self->path->len; i > 0; i--)
    {
      const StrataSchemaStep *step = &g_array_index (self->path, StrataSchemaStep, i - 1);

      if (is_own (step->key))
        return step->key;
      if (step->key == NULL && is_own (step->value))
        return step->value;
    }

  return is_own (self->root) ? self->root : NULL;
}

/* Takes note of what is wrong, when that is wanted. @key is what it is about, when it is about a key. Returns %FALSE. */
gboolean
strata_schema_run_fail (StrataSchemaRun        *self,
                        const StrataSchemaRule *rule,
                        StrataSchemaFault       fault,
                        const StrataYamlNode   *value,
                        const StrataYamlNode   *key,
                        const char             *name,
                        const char             *other)
{
  if (self->findings == NULL)
    return FALSE;

  if (self->findings->len >= MAX_FINDINGS)
    {
      self->gave_up = TRUE;
      return FALSE;
    }

  StrataSchemaFinding *finding = g_new0 (StrataSchemaFinding, 1);

  finding->fault = fault;
  finding->rule = rule;
  finding->value = value;
  finding->name = name;
  finding->other = other;
  finding->types = rule->types;
  finding->depth = self->path->len;
  finding->path = format_path (self->path, self->n_hidden);
  finding->at = find_own (self, value, key);
  g_ptr_array_add (self->findings, finding);

  return FALSE;
}

/* Looks at a value inside another. */
gboolean
strata_schema_run_child (StrataSchemaRun        *self,
                         const StrataSchemaRule *rule,
                         const StrataYamlNode   *key,
                         guint                   index,
                         const StrataYamlNode   *value)
{
  StrataSchemaStep step = { key, index, value };

  if (self->path == NULL)
    return strata_schema_run_check (self, rule, value, NULL);

  g_array_append_val (self->path, step);

  gboolean is_fine = strata_schema_run_check (self, rule, value, NULL);

  g_array_set_size (self->path, self->path->len - 1);

  return is_fine;
}

static gboolean
check_collection (StrataSchemaRun        *self,
                  const StrataSchemaRule *rule,
                  const StrataYamlNode   *value,
                  StrataSchemaSeen       *seen)
{
  gboolean is_object = value->kind == STRATA_YAML_MAPPING;

  if (is_object && rule->object != NULL)
    return strata_schema_check_object (self, rule, value, seen);
  if (!is_object && rule->array != NULL)
    return strata_schema_check_array (self, rule, value, seen);

  return TRUE;
}

static gboolean
check_rules (StrataSchemaRun        *self,
             const StrataSchemaRule *rule,
             const StrataYamlNode   *value,
             StrataSchemaSeen       *seen)
{
  StrataSchemaDecimal number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);
  gboolean all_fine = TRUE;

  if ((self->flags & STRATA_SCHEMA_OLD_WORDS) != 0 && type == STRATA_SCHEMA_STRING && value->size <= 3 &&
      strata_kube_node_means (value) == STRATA_YAML_MEANS_BOOL)
    type = STRATA_SCHEMA_BOOL;

  if ((self->flags & STRATA_SCHEMA_TAKE_TEMPLATES) != 0 &&
      (type & (STRATA_SCHEMA_STRING | STRATA_SCHEMA_OBJECT)) != 0 && strata_schema_value_is_open (value))
    return TRUE;

  if (rule->types != 0 && (rule->types & type) == 0)
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_TYPE, value, NULL, NULL, NULL);

  if (rule->values != NULL &&
      !strata_schema_run_goes_on (self, strata_schema_check_values (self, rule, value, type), &all_fine))
    return FALSE;

  gboolean is_fine = value->kind == STRATA_YAML_SCALAR
                       ? strata_schema_check_scalar (self, rule, value, type, &number)
                       : check_collection (self, rule, value, seen);

  if (!strata_schema_run_goes_on (self, is_fine, &all_fine))
    return all_fine;
  if (rule->apply != NULL)
    strata_schema_run_goes_on (self, strata_schema_check_apply (self, rule, value, seen), &all_fine);

  return all_fine;
}

/* With a rule for what nobody else has looked at, what is looked at is noted down. */
static gboolean
check_noting (StrataSchemaRun        *self,
              const StrataSchemaRule *rule,
              const StrataYamlNode   *value,
              StrataSchemaSeen       *seen)
{
  StrataSchemaRule *others =
    value->kind == STRATA_YAML_MAPPING ? rule->other_names : rule->other_items;

  if (others == NULL || value->kind == STRATA_YAML_SCALAR)
    return check_rules (self, rule, value, seen);

  StrataSchemaSeen own;

  strata_schema_seen_open (self, &own, value->size);

  gboolean is_fine = check_rules (self, rule, value, &own) &&
                     strata_schema_check_others (self, others, value, &own);

  strata_schema_seen_close (self, &own, is_fine ? seen : NULL);

  return is_fine;
}

static gboolean
check_in_scope (StrataSchemaRun        *self,
                const StrataSchemaRule *rule,
                const StrataYamlNode   *value,
                StrataSchemaSeen       *seen)
{
  StrataSchemaScope scope = { self->scope, rule->place };

  if (!self->has_dynamic || (self->scope != NULL && self->scope->place == rule->place))
    return check_noting (self, rule, value, seen);

  self->scope = &scope;

  gboolean is_fine = check_noting (self, rule, value, seen);

  self->scope = scope.outer;

  return is_fine;
}

/* Whether @value is what @rule says. What is looked at in it is added to @seen, unless that is %NULL. When the run gave
 * up, the answer means nothing.
 */
gboolean
strata_schema_run_check (StrataSchemaRun        *self,
                         const StrataSchemaRule *rule,
                         const StrataYamlNode   *value,
                         StrataSchemaSeen       *seen)
{
  if (rule->same_as != NULL)
    rule = rule->same_as;
  if (rule->verdict == STRATA_SCHEMA_ALWAYS)
    return TRUE;
  if (rule->verdict == STRATA_SCHEMA_NEVER)
    return strata_schema_run_fail (self, rule, STRATA_SCHEMA_FAULT_NEVER, value, NULL, NULL, NULL);

  if (self->gave_up || self->depth >= MAX_DEPTH || !strata_schema_run_count (self, 1))
    {
      self->gave_up = TRUE;
      return TRUE;
    }

  self->depth++;

  gboolean is_fine = check_in_scope (self, rule, value, seen);

  self->depth--;

  return is_fine;
}
