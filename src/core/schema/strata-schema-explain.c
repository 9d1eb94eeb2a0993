/* strata-schema-explain.c - what is wrong in one sentence, and what to do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-nearest.h"

#define MAX_LISTED 6     /* values that are named */
#define MAX_TRIED 1000   /* words that are compared with what was written */

/* A sentence, and the text that repairs what it is about. (both owned) (both nullable) */
typedef struct
{
  char *sentence;
  char *fix;
} Advice;

/* What makes a value of the type that is asked for. */
typedef struct
{
  const char *remedy;  /* (nullable) */
  char       *fix;     /* (owned) (nullable) */
} Remedy;

static const char *
get_name (const StrataSchemaFinding *finding)
{
  return *finding->path != '\0' ? finding->path : _("the whole text");
}

static char *
join_path (const StrataSchemaFinding *finding,
           const char                *name)
{
  GString *path = g_string_new (finding->path);

  strata_schema_append_key (path, name);

  return g_string_free (path, FALSE);
}

static gboolean
is_word (const char        *text,
         const char *const *words)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (text, *words) == 0)
      return TRUE;

  return FALSE;
}

/* A truth value as YAML was written before 1.2, or one in quotes. */
static const char *
find_truth (const StrataYamlNode *value)
{
  static const char *const yes[] = { "yes", "on", "y", "true", NULL };
  static const char *const no[] = { "no", "off", "n", "false", NULL };

  if (is_word (value->value, yes))
    return "true";

  return is_word (value->value, no) ? "false" : NULL;
}

static Remedy
remedy_text (const StrataYamlNode *value,
             guint8                types)
{
  StrataYamlMeaning meaning = strata_yaml_text_means (value->value);
  gboolean is_int = meaning == STRATA_YAML_MEANS_INT;
  gboolean is_number = is_int || meaning == STRATA_YAML_MEANS_FLOAT;
  const char *truth = find_truth (value);

  if ((is_int && (types & STRATA_SCHEMA_INTEGER) != 0) || (is_number && (types & STRATA_SCHEMA_NUMBER) != 0))
    return (Remedy){ _("write it without quotes"), g_strdup (value->value) };
  if (truth != NULL && (types & STRATA_SCHEMA_BOOL) != 0)
    return (Remedy){ _("write true or false, without quotes"), g_strdup (truth) };
  if ((types & (STRATA_SCHEMA_INTEGER | STRATA_SCHEMA_NUMBER)) != 0)
    return (Remedy){ _("write a number, without quotes") };
  if ((types & STRATA_SCHEMA_BOOL) != 0)
    return (Remedy){ _("write true or false, without quotes") };

  return (Remedy){ NULL };
}

/* What to do when a value is of another type; @types are those it may have. */
static Remedy
find_remedy (const StrataYamlNode *value,
             guint8                types)
{
  StrataSchemaDecimal number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);
  gboolean is_plain = (type & (STRATA_SCHEMA_NUMBER | STRATA_SCHEMA_BOOL)) != 0;

  if (is_plain && (types & STRATA_SCHEMA_STRING) != 0)
    return (Remedy){ _("put it in quotes"), strata_lint_quote (value->value, value->size) };
  if ((type & STRATA_SCHEMA_NUMBER) != 0 && (types & STRATA_SCHEMA_INTEGER) != 0)
    return (Remedy){ _("write it without a fraction") };
  if (type == STRATA_SCHEMA_NULL)
    return (Remedy){ _("give it a value, or remove the key") };

  if (type == STRATA_SCHEMA_STRING)
    {
      Remedy remedy = remedy_text (value, types);

      if (remedy.remedy != NULL)
        return remedy;
    }

  if ((types & STRATA_SCHEMA_ARRAY) != 0)
    return (Remedy){ _("write each item in a line that begins with “- ”") };
  if ((types & STRATA_SCHEMA_OBJECT) != 0)
    return (Remedy){ _("write keys with values below it") };

  return (Remedy){ _("change it") };
}

/* A word that is a text today and was a truth value before 1.2, where a text is asked for. */
static gboolean
is_old_word (const StrataSchemaFinding *finding)
{
  const StrataYamlNode *value = finding->value;
  const StrataSchemaValues *values = finding->rule->values;
  StrataSchemaDecimal number;

  if (strata_schema_value_type (value, &number) != STRATA_SCHEMA_STRING)
    return FALSE;
  if (finding->fault == STRATA_SCHEMA_FAULT_TYPE)
    return (finding->types & STRATA_SCHEMA_STRING) != 0;

  return strata_schema_table_find (&values->strings, value->value, value->size) != 0;
}

static Advice
advise_old_word (const StrataSchemaFinding *finding)
{
  const char *value = finding->value->value;

  return (Advice){ g_strdup_printf (_("“%s” has to be a text, and Helm reads %s as true or false; put it in quotes"),
                                    get_name (finding), value),
                   strata_lint_quote (value, finding->value->size) };
}

static Advice
advise_type (const StrataSchemaFinding *finding)
{
  if (is_old_word (finding))
    return advise_old_word (finding);

  Remedy remedy = find_remedy (finding->value, finding->types);
  g_autofree char *types = strata_schema_say_types (finding->types);
  g_autofree char *value = strata_schema_say_value (finding->value);

  /* TRANSLATORS: “image.port” has to be a whole number, not the text “two”; write a number, without quotes */
  return (Advice){ g_strdup_printf (_("“%s” has to be %s, not %s; %s"), get_name (finding), types, value,
                                    remedy.remedy),
                   remedy.fix };
}

static char *
list_values (GPtrArray *values)
{
  GString *listed = g_string_new (NULL);

  for (guint i = 0; i < MIN (values->len, MAX_LISTED); i++)
    {
      g_string_append (listed, i > 0 ? ", " : "");
      strata_yaml_append_flow (listed, g_ptr_array_index (values, i));
    }

  if (values->len > MAX_LISTED)
    g_string_append (listed, ", …");

  return g_string_free (listed, FALSE);
}

static const char *
find_nearest_value (GPtrArray            *values,
                    const StrataYamlNode *value)
{
  StrataNearest nearest;

  if (value->kind != STRATA_YAML_SCALAR)
    return NULL;

  strata_nearest_init (&nearest, value->value);

  for (guint i = 0; i < MIN (values->len, MAX_TRIED); i++)
    {
      const StrataYamlNode *candidate = g_ptr_array_index (values, i);

      if (candidate->kind == STRATA_YAML_SCALAR)
        strata_nearest_try (&nearest, candidate->value);
    }

  return nearest.nearest;
}

/* A word as it may stand in YAML. */
static char *
write_word (const char *word)
{
  GString *text = g_string_new (NULL);

  strata_yaml_append_quoted (text, word);

  return g_string_free (text, FALSE);
}

static Advice
advise_values (const StrataSchemaFinding *finding)
{
  if (is_old_word (finding))
    return advise_old_word (finding);

  GPtrArray *values = finding->rule->values->values;
  const char *nearest = find_nearest_value (values, finding->value);
  g_autofree char *value = strata_schema_say_value (finding->value);
  g_autofree char *listed = list_values (values);

  if (values->len == 1)
    return (Advice){ g_strdup_printf (_("“%s” has to be %s, not %s"), get_name (finding), listed, value),
                     NULL };
  if (nearest == NULL)
    return (Advice){ g_strdup_printf (_("“%s” has to be one of %s, not %s"), get_name (finding), listed,
                                      value),
                     NULL };

  return (Advice){
    g_strdup_printf (_("“%s” has to be one of %s, not %s; did you mean “%s”?"), get_name (finding), listed,
                     value, nearest),
    write_word (nearest)
  };
}

static Advice
advise_number (const StrataSchemaFinding *finding)
{
  const StrataSchemaNumber *number = finding->rule->number;
  const char *name = get_name (finding), *value = finding->value->value;

  if (finding->fault == STRATA_SCHEMA_FAULT_STEP)
    return (Advice){ g_strdup_printf (_("“%s” has to be a multiple of %s, not %s"), name, number->step.text, value) };

  if (finding->fault == STRATA_SCHEMA_FAULT_MIN)
    return (Advice){ g_strdup_printf (number->above_min ? _("“%s” has to be greater than %s, not %s")
                                                        : _("“%s” has to be at least %s, not %s"),
                                      name, number->min.text, value) };

  return (Advice){ g_strdup_printf (number->below_max ? _("“%s” has to be less than %s, not %s")
                                                      : _("“%s” has to be at most %s, not %s"),
                                    name, number->max.text, value) };
}

static Advice
advise_text (const StrataSchemaFinding *finding)
{
  const StrataSchemaString *string = finding->rule->string;
  const char *name = get_name (finding);
  g_autofree char *value = strata_schema_say_value (finding->value);

  if (finding->fault == STRATA_SCHEMA_FAULT_PATTERN)
    return (Advice){ g_strdup_printf (_("“%s” has to match the pattern %.200s, which %s does not"), name,
                                      string->pattern_text, value) };
  if (finding->fault == STRATA_SCHEMA_FAULT_FORMAT)
    return (Advice){ g_strdup_printf (_("“%s” has to have the form “%s”, which %s has not"), name,
                                      string->format, value) };
  if (finding->fault == STRATA_SCHEMA_FAULT_MIN_LENGTH && string->min == 1)
    return (Advice){ g_strdup_printf (_("“%s” must not be empty; give it a value"), name) };
  if (finding->fault == STRATA_SCHEMA_FAULT_MIN_LENGTH)
    return (Advice){ g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%s” has to have at least %u character",
                                                   "“%s” has to have at least %u characters", string->min),
                                      name, string->min) };

  return (Advice){ g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%s” must not have more than %u character",
                                                 "“%s” must not have more than %u characters", string->max),
                                    name, string->max) };
}

static char *
say_at_least (const char *name,
              guint       n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%s” has to have at least %u entry",
                                       "“%s” has to have at least %u entries", n), name, n);
}

static char *
say_at_most (const char *name,
             guint       n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%s” must not have more than %u entry",
                                       "“%s” must not have more than %u entries", n), name, n);
}

static Advice
advise_size (const StrataSchemaFinding *finding)
{
  const StrataSchemaArray *array = finding->rule->array;
  const StrataSchemaObject *object = finding->rule->object;
  const char *name = get_name (finding);

  switch ((int) finding->fault)
    {
    case STRATA_SCHEMA_FAULT_MIN_ITEMS:
      return (Advice){ say_at_least (name, array->min) };
    case STRATA_SCHEMA_FAULT_MAX_ITEMS:
      return (Advice){ say_at_most (name, array->max) };
    case STRATA_SCHEMA_FAULT_MIN_NAMES:
      return (Advice){ say_at_least (name, object->min) };
    case STRATA_SCHEMA_FAULT_MAX_NAMES:
      return (Advice){ say_at_most (name, object->max) };
    case STRATA_SCHEMA_FAULT_FEW_FIT:
      return (Advice){ g_strdup_printf (_("“%s” lacks an entry that it has to have"), name) };
    case STRATA_SCHEMA_FAULT_MANY_FIT:
      return (Advice){ g_strdup_printf (_("“%s” has too many entries of one kind; remove some"), name) };
    default:
      return (Advice){ g_strdup_printf (_("“%s” has the same entry twice; remove one"), name) };
    }
}

/* Whether the text itself has that key: what the chart sets may be what was meant to be set. */
static gboolean
has_own_key (const StrataYamlNode *mapping,
             const char           *name)
{
  guint index;

  return strata_yaml_node_find_pair (mapping, name, &index) &&
         (mapping->items[2 * index]->flags & STRATA_YAML_FOREIGN) == 0;
}

static Advice
advise_unknown (const StrataSchemaFinding *finding)
{
  const StrataSchemaObject *object = finding->rule->object;
  g_autofree char *path = join_path (finding, finding->name);
  StrataNearest nearest;

  strata_nearest_init (&nearest, finding->name);

  for (guint i = 0; object != NULL && i < MIN (object->names->len, MAX_TRIED); i++)
    {
      const StrataSchemaName *name = &g_array_index (object->names, StrataSchemaName, i);

      if (name->rule != NULL && !has_own_key (finding->value, name->name))
        strata_nearest_try (&nearest, name->name);
    }

  if (nearest.nearest == NULL)
    return (Advice){ g_strdup_printf (_("“%s” is not a known key here; remove it"), path) };

  return (Advice){
    g_strdup_printf (_("“%s” is not a known key here; did you mean “%s”?"), path, nearest.nearest),
    write_word (nearest.nearest)
  };
}

static Advice
advise_key (const StrataSchemaFinding *finding)
{
  g_autofree char *path = join_path (finding, finding->name);

  if (finding->fault == STRATA_SCHEMA_FAULT_MISSING)
    return (Advice){ g_strdup_printf (_("“%s” is missing; add it"), path) };
  if (finding->fault == STRATA_SCHEMA_FAULT_MISSING_TOO)
    return (Advice){ g_strdup_printf (_("“%s” is missing; where there is “%s”, it has to be there too"), path, finding->other) };

  return (Advice){ g_strdup_printf (_("“%s” is not a name that a key may have here; change it"), path) };
}

static Advice
advise_rest (const StrataSchemaFinding *finding)
{
  const char *name = get_name (finding);

  if (finding->fault == STRATA_SCHEMA_FAULT_NEVER)
    return (Advice){ g_strdup_printf (_("“%s” must not be there; remove it"), name) };
  if (finding->fault == STRATA_SCHEMA_FAULT_NOT)
    return (Advice){ g_strdup_printf (_("“%s” is what it must not be; change it"), name) };
  if (finding->fault == STRATA_SCHEMA_FAULT_SEVERAL)
    return (Advice){ g_strdup_printf (_("“%s” fits several rules of which only one may hold; make it fit one"), name) };

  return (Advice){ g_strdup_printf (_("“%s” fits none of the rules of which one has to hold"), name) };
}

static Advice
advise (const StrataSchemaFinding *finding)
{
  switch (finding->fault)
    {
    case STRATA_SCHEMA_FAULT_TYPE:
      return advise_type (finding);
    case STRATA_SCHEMA_FAULT_VALUES:
      return advise_values (finding);
    case STRATA_SCHEMA_FAULT_MIN:
    case STRATA_SCHEMA_FAULT_MAX:
    case STRATA_SCHEMA_FAULT_STEP:
      return advise_number (finding);
    case STRATA_SCHEMA_FAULT_MIN_LENGTH:
    case STRATA_SCHEMA_FAULT_MAX_LENGTH:
    case STRATA_SCHEMA_FAULT_PATTERN:
    case STRATA_SCHEMA_FAULT_FORMAT:
      return advise_text (finding);
    case STRATA_SCHEMA_FAULT_MIN_ITEMS:
    case STRATA_SCHEMA_FAULT_MAX_ITEMS:
    case STRATA_SCHEMA_FAULT_SAME_ITEMS:
    case STRATA_SCHEMA_FAULT_FEW_FIT:
    case STRATA_SCHEMA_FAULT_MANY_FIT:
    case STRATA_SCHEMA_FAULT_MIN_NAMES:
    case STRATA_SCHEMA_FAULT_MAX_NAMES:
      return advise_size (finding);
    case STRATA_SCHEMA_FAULT_MISSING:
    case STRATA_SCHEMA_FAULT_MISSING_TOO:
    case STRATA_SCHEMA_FAULT_NAME:
      return advise_key (finding);
    case STRATA_SCHEMA_FAULT_UNKNOWN:
      return advise_unknown (finding);
    case STRATA_SCHEMA_FAULT_NEVER:
    case STRATA_SCHEMA_FAULT_NOT:
    case STRATA_SCHEMA_FAULT_SEVERAL:
    case STRATA_SCHEMA_FAULT_ONE:
    default:
      return advise_rest (finding);
    }
}

static gboolean
is_foreign (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_FOREIGN) != 0;
}

/* Adds the problem to @lint. A value that came from elsewhere is not an error of this text; that it is nothing there
 * is a way to say that it is given elsewhere still.
 */
void
strata_schema_explain (const StrataSchemaFinding *finding,
                       StrataLint                *lint,
                       const char                *source)
{
  gboolean is_key = finding->at != finding->value;
  gboolean foreign = is_foreign (finding->value) && finding->fault != STRATA_SCHEMA_FAULT_MISSING;
  StrataSeverity severity = foreign ? STRATA_SEVERITY_WARNING : STRATA_SEVERITY_ERROR;
  StrataProblem *problem;

  if (foreign && finding->value->kind == STRATA_YAML_SCALAR &&
      strata_yaml_node_means (finding->value) == STRATA_YAML_MEANS_NULL)
    return;

  Advice advice = advise (finding);

  if (finding->at != NULL)
    problem = strata_lint_add_at (lint, severity, finding->at, source, advice.sentence);
  else
    problem = strata_lint_add (lint, strata_problem_new (severity, 0, 0, 0, source, "%s", advice.sentence));

  gboolean fits = problem != NULL && problem->length > 0 && !foreign &&
                  (!is_key || finding->fault == STRATA_SCHEMA_FAULT_UNKNOWN);

  if (fits && advice.fix != NULL)
    strata_lint_set_fix (lint, problem, advice.fix,
                         is_key ? _("Change Key") : _("Change Value"));

  g_free (advice.sentence);
  g_free (advice.fix);
}
