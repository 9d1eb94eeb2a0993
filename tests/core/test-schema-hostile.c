/* test-schema-hostile.c - schemas and values that were made to do harm: each has a bound
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-problem.h"
#include "strata-schema.h"

#include <string.h>
#include <time.h>

/* Of the processor's time, which does not depend on what else the machine does. With a sanitizer it is some seconds,
 * without the bounds minutes or for ever.
 */
#define LONGEST (20 * CLOCKS_PER_SEC)

static StrataSchema *
compile (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataSchema *schema = strata_schema_compile (text, -1, &error);

  g_assert_no_error (error);

  return schema;
}

/* Looks at a text with a schema, and gives the first thing that is said, or "". */
static char *
check (const char *schema_text,
       const char *text)
{
  clock_t start = clock ();
  g_autoptr(StrataSchema) schema = compile (schema_text);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, &error);
  g_autoptr(GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);

  g_assert_no_error (error);

  strata_schema_validate (schema, text, strata_yaml_get_root (yaml, 0), STRATA_SCHEMA_CHECK_FORMATS, "test",
                          problems);
  g_assert_cmpint (clock () - start, <, LONGEST);
  g_assert_cmpuint (problems->len, <=, 1000);

  return g_strdup (problems->len > 0 ? ((StrataProblem *) problems->pdata[0])->message : "");
}

static void
assert_says (const char *schema_text,
             const char *text,
             const char *expected)
{
  g_autofree char *said = check (schema_text, text);

  g_assert_cmpstr (said, ==, expected);
}

#define GAVE_UP "The schema takes too long to try; the text was not checked against it"

static void
test_refers_to_itself (void)
{
  g_autoptr(StrataSchema) schema = compile ("{$ref: '#'}");

  g_assert_cmpuint (strata_schema_get_warnings (schema)->len, ==, 1);
  assert_says ("{$ref: '#'}", "a: 1\n", "");
  assert_says ("{$ref: '#/a', a: {$ref: '#/b'}, b: {$ref: '#/a'}}", "a: 1\n", "");
  assert_says ("{type: string, allOf: [{$ref: '#'}]}", "a\n", GAVE_UP);
}

/* A tree that is described by itself is no circle. */
static void
test_tree (void)
{
  const char *schema = "{required: [v], properties: {v: {type: integer}, next: {$ref: '#'}}}";

  assert_says (schema, "v: 1\nnext: {v: 2, next: {v: 3}}\n", "");
  assert_says (schema, "v: 1\nnext: {v: 2, next: {}}\n", "“next.next.v” is missing; add it");
}

static char *
make_chain (guint       n,
            const char *draft,
            const char *beside)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"$schema\": \"%s\", \"$ref\": \"#/d/0\", \"d\": [", draft);

  for (guint i = 0; i + 1 < n; i++)
    g_string_append_printf (text, "{\"$ref\": \"#/d/%u\"%s},", i + 1, beside);

  g_string_append (text, "{\"type\": \"integer\"}]}");

  return g_string_free (text, FALSE);
}

/* A row of references is followed to its end when each says nothing else, however long it is. */
static void
test_long_chain (void)
{
  g_autofree char *old = make_chain (10000, "http://json-schema.org/draft-07/schema#", ", \"title\": \"x\"");
  g_autofree char *new = make_chain (10000, "https://json-schema.org/draft/2020-12/schema", "");
  g_autofree char *beside = make_chain (10000, "https://json-schema.org/draft/2020-12/schema", ", \"title\": \"x\"");
  const char *wrong = "“the whole text” has to be a whole number, not the text “x”; write a number, without quotes";

  assert_says (old, "x\n", wrong);
  assert_says (old, "1\n", "");
  assert_says (new, "x\n", wrong);
  assert_says (beside, "x\n", GAVE_UP);
}

static void
test_long_circle (void)
{
  GString *text = g_string_new ("{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$ref\": \"#/d/0\", \"d\": [");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "{\"$ref\": \"#/d/%u\"},", (i + 1) % 20000);

  g_string_append (text, "true]}");
  assert_says (text->str, "x\n", "");
  g_string_free (text, TRUE);
}

/* Each rule asks the next one twice. */
static void
test_doubles (void)
{
  static const char *const words[] = { "allOf", "anyOf", "oneOf" };

  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      g_autoptr(GString) text = g_string_new ("{\"d\": [");

      for (guint i = 0; i < 60; i++)
        g_string_append_printf (text, "{\"%s\": [{\"$ref\": \"#/d/%u\"}, {\"$ref\": \"#/d/%u\"}]},", words[w],
                                i + 1, i + 1);

      g_string_append_printf (text, "{\"type\": \"%s\"}], \"$ref\": \"#/d/0\"}", w == 0 ? "string" : "integer");
      assert_says (text->str, "x\n", GAVE_UP);
    }
}

static void
test_exploding_pattern (void)
{
  g_autoptr(GString) text = g_string_new ("- ");

  for (guint i = 0; i < 30000; i++)
    g_string_append_c (text, 'a');

  g_string_append (text, "!\n");

  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n");

  g_autofree char *said = check ("{items: {pattern: '^(a+)+$'}}", text->str);

  g_assert_nonnull (said);

  g_autofree char *key = check ("{patternProperties: {'(x+x+)+y': false}}",
                                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: 1\n");

  g_assert_nonnull (key);
}

static void
test_deep (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{\"not\": ");

  g_assert_null (strata_schema_compile (text->str, -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

static void
test_huge (void)
{
  clock_t start = clock ();
  g_autoptr(GString) text = g_string_new ("{\"properties\": {");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 250000; i++)
    g_string_append_printf (text, "\"k%u\": {},", i);

  g_string_append (text, "\"z\": {}}}");
  g_assert_null (strata_schema_compile (text->str, -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "The schema has more than 200000 parts");
  g_assert_cmpint (clock () - start, <, LONGEST);
}

/* Lists whose items have to be compared with each other, or with many values. */
static void
test_long_lists (void)
{
  g_autoptr(GString) list = g_string_new ("[");
  g_autoptr(GString) values = g_string_new ("{items: {enum: [");

  for (guint i = 0; i < 50000; i++)
    {
      g_string_append_printf (list, "%u,\n", i);
      g_string_append_printf (values, "%u,", i + 100000);
    }

  g_string_append (list, "1]");
  g_string_append (values, "-1]}}");

  assert_says ("{uniqueItems: true}", list->str, "“the whole text” has the same entry twice; remove one");
  assert_says (values->str, list->str,
               "“[0]” has to be one of 100000, 100001, 100002, 100003, 100004, 100005, …, not the number 0");

  g_autoptr(GString) last = g_string_new (NULL);

  for (guint i = 0; i < 50000; i++)
    g_string_append (last, "- -1\n");

  assert_says (values->str, last->str, GAVE_UP);
}

static void
test_many_problems (void)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (list, "- x\n");

  assert_says ("{items: {type: integer}}", list->str,
               "“[0]” has to be a whole number, not the text “x”; write a number, without quotes");
}

/* Every pair of the values asks for every name of the schema. */
static void
test_many_names (void)
{
  g_autoptr(GString) schema = g_string_new ("{items: {required: [");
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (schema, "n%u,", i);

  g_string_append (schema, "z]}}");

  for (guint i = 0; i < 20000; i++)
    g_string_append (list, "- {}\n");

  g_autofree char *said = check (schema->str, list->str);

  g_assert_cmpstr (said, ==, "“[0].n0” is missing; add it");
}

static void
test_numbers (void)
{
  assert_says ("{maximum: 1e400}", "1e399\n", "");
  assert_says ("{maximum: 1e400}", "1e401\n", "“the whole text” has to be at most 1e400, not 1e401");
  assert_says ("{minimum: -1e999999999999}", "-1e99999999999999999999\n", "");
  assert_says ("{multipleOf: 0}", "7\n", "");
  assert_says ("{multipleOf: 1e-400}", "7e300\n", "");
  assert_says ("{const: 9007199254740993}", "9007199254740992\n",
               "“the whole text” has to be 9007199254740993, not the number 9007199254740992");
  assert_says ("{type: integer}", ".inf\n",
               "“the whole text” has to be a whole number, not the number .inf; write it without a fraction");
  assert_says ("{minimum: 0}", "0xffffffffffffffffffffffffffffffff\n", "");
  assert_says ("{minLength: 99999999999999999999, maxLength: -1}", "x\n",
               "“the whole text” has to have at least 4294967295 characters");
}

static void
test_odd_texts (void)
{
  assert_says ("{\"const\": \"\\ud83d\\ude00\"}", "😀\n", "");
  assert_says ("{\"const\": \"\\\\ud83d\"}", "'\\ud83d'\n", "");
  assert_says ("{\"maxLength\": 1}", "😀\n", "");
  assert_says ("{$ref: '#/a~1b/c%25d/e~0f', a/b: {c%d: {e~f: {type: integer}}}}", "1\n", "");
  assert_says ("{$ref: '#/%', '%': {}}", "1\n", "");
  assert_says ("{$id: 'urn:x:y', $ref: 'urn:x:y#/d', d: {type: integer}}", "1\n", "");
  assert_says ("{properties: [1], required: {a: 1}, enum: 1, items: 1, allOf: {}, type: {}, $ref: [], pattern: []}",
               "a: 1\n", "");
  assert_says ("{required: [[a], {b: 1}], properties: {? [a] : {}}}", "a: 1\n", "");
  assert_says ("{additionalProperties: false}", "? [a]\n: 1\n", "");
}

static void
test_half_a_character (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_schema_compile ("{\"const\": \"\\ud83d\"}", -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* Ten names for the name before, nine times: the text is small, the value is not. */
static void
test_many_laughs (void)
{
  g_autoptr(GString) text = g_string_new ("a0: &a0 [x]\n");

  for (guint i = 1; i <= 5; i++)
    {
      g_string_append_printf (text, "a%u: &a%u [", i, i);

      for (guint k = 0; k < 10; k++)
        g_string_append_printf (text, "*a%u,", i - 1);

      g_string_append (text, "]\n");
    }

  g_string_append (text, "<<: {b: *a5}\n");
  assert_says ("{additionalProperties: {$ref: '#/d'}, d: {items: {$ref: '#/d'}}}", text->str, "");
}

/* A key of a megabyte is not copied into each of a thousand findings: each says how it begins. */
static void
test_long_key (void)
{
  g_autofree char *key = g_strnfill (1000000, 'k');
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "? \"%s\"\n: [", key);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "1,");
  g_string_append (text, "]\n");

  g_autofree char *said = check ("{additionalProperties: {items: {type: string}}}", text->str);

  g_assert_cmpuint (strlen (said), <, 1000);
  g_assert_nonnull (strstr (said, "kkk…[0]"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema-hostile/refers-to-itself", test_refers_to_itself);
  g_test_add_func ("/schema-hostile/tree", test_tree);
  g_test_add_func ("/schema-hostile/long-chain", test_long_chain);
  g_test_add_func ("/schema-hostile/long-circle", test_long_circle);
  g_test_add_func ("/schema-hostile/doubles", test_doubles);
  g_test_add_func ("/schema-hostile/exploding-pattern", test_exploding_pattern);
  g_test_add_func ("/schema-hostile/deep", test_deep);
  g_test_add_func ("/schema-hostile/huge", test_huge);
  g_test_add_func ("/schema-hostile/long-lists", test_long_lists);
  g_test_add_func ("/schema-hostile/many-problems", test_many_problems);
  g_test_add_func ("/schema-hostile/long-key", test_long_key);
  g_test_add_func ("/schema-hostile/many-names", test_many_names);
  g_test_add_func ("/schema-hostile/numbers", test_numbers);
  g_test_add_func ("/schema-hostile/odd-texts", test_odd_texts);
  g_test_add_func ("/schema-hostile/half-a-character", test_half_a_character);
  g_test_add_func ("/schema-hostile/many-laughs", test_many_laughs);

  return g_test_run ();
}
