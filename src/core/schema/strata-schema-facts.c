/* strata-schema-facts.c - what can be said of a value that no schema speaks of, from a value that somebody gave it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-facts.h"

#define LONGEST 120   /* bytes of a value that is shown */
#define MAX_KEYS 2000

/**
 * strata_schema_fact_free:
 * @fact: (transfer full): a fact
 *
 * Frees it.
 */
void
strata_schema_fact_free (StrataSchemaFact *fact)
{
  g_free (fact->name);
  g_free (fact->type);
  g_free (fact->title);
  g_free (fact->description);
  g_free (fact->format);
  g_free (fact->preset);
  g_strfreev (fact->values);
  g_free (fact);
}

/**
 * strata_schema_facts_free:
 * @facts: (transfer full): facts
 *
 * Frees them.
 */
void
strata_schema_facts_free (StrataSchemaFacts *facts)
{
  g_clear_pointer (&facts->about, strata_schema_fact_free);
  g_clear_pointer (&facts->keys, g_ptr_array_unref);
  g_free (facts);
}

/* A fact that says nothing yet. */
StrataSchemaFact *
strata_schema_fact_new (const char *name)
{
  StrataSchemaFact *fact = g_new0 (StrataSchemaFact, 1);

  fact->name = g_strdup (name);
  fact->type = g_strdup ("");
  fact->title = g_strdup ("");
  fact->description = g_strdup ("");
  fact->format = g_strdup ("");
  fact->preset = g_strdup ("");
  fact->values = g_new0 (char *, 1);

  return fact;
}

StrataSchemaFacts *
strata_schema_facts_new (const char *name)
{
  StrataSchemaFacts *facts = g_new0 (StrataSchemaFacts, 1);

  facts->about = strata_schema_fact_new (name);
  facts->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_schema_fact_free);
  facts->is_open = TRUE;

  return facts;
}

/* What it says of that key; %NULL when it does not name it. */
StrataSchemaFact *
strata_schema_facts_find (StrataSchemaFacts *facts,
                          const char        *name)
{
  for (guint i = 0; i < facts->keys->len; i++)
    {
      StrataSchemaFact *fact = g_ptr_array_index (facts->keys, i);

      if (g_str_equal (fact->name, name))
        return fact;
    }

  return NULL;
}

static const char *
name_type (const StrataYamlNode *value)
{
  StrataSchemaDecimal number;
  StrataSchemaTypes type = strata_schema_value_type (value, &number);

  if ((type & STRATA_SCHEMA_INTEGER) != 0)
    return "integer";
  if ((type & STRATA_SCHEMA_NUMBER) != 0)
    return "number";
  if (type == STRATA_SCHEMA_BOOL)
    return "boolean";
  if (type == STRATA_SCHEMA_ARRAY)
    return "array";
  if (type == STRATA_SCHEMA_OBJECT)
    return "object";

  return type == STRATA_SCHEMA_STRING ? "string" : "";
}

static void
replace (char       **text,
         const char  *value)
{
  if (**text != '\0')
    return;

  g_free (*text);
  *text = g_strdup (value);
}

static void
learn_fact (StrataSchemaFact     *fact,
            const StrataYamlNode *example)
{
  g_autoptr(GString) preset = g_string_new (NULL);

  replace (&fact->type, name_type (example));

  if (example->kind == STRATA_YAML_SCALAR || example->size == 0)
    strata_yaml_append_flow (preset, example);
  if (preset->len <= LONGEST)
    replace (&fact->preset, preset->str);
}

/* Takes @facts, which may be %NULL, and gives it with what @example shows: the type, the value itself, and its keys. */
StrataSchemaFacts *
strata_schema_facts_learn (StrataSchemaFacts    *facts,
                           const StrataYamlNode *example)
{
  if (facts == NULL)
    facts = strata_schema_facts_new ("");

  learn_fact (facts->about, example);

  for (guint i = 0; example->kind == STRATA_YAML_MAPPING && i < example->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (example, i);

      if (!strata_schema_value_is_key (key) || facts->keys->len >= MAX_KEYS)
        continue;

      StrataSchemaFact *fact = strata_schema_facts_find (facts, key->value);

      if (fact == NULL)
        {
          fact = strata_schema_fact_new (key->value);
          g_ptr_array_add (facts->keys, fact);
        }

      learn_fact (fact, strata_yaml_node_get_item (example, i));
    }

  return facts;
}
