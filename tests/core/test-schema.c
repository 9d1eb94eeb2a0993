/* test-schema.c - what a schema says of a text: the place, the sentence, the repair, and what can be asked of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-problem.h"
#include "strata-schema-private.h"

#include <string.h>

#define ALL_FLAGS (STRATA_SCHEMA_CHECK_FORMATS | STRATA_SCHEMA_TAKE_TEMPLATES)

static StrataSchema *
compile (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataSchema *schema = strata_schema_compile (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schema);

  return schema;
}

static StrataYaml *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataYaml *yaml = strata_yaml_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_yaml_get_n_documents (yaml), ==, 1);

  return yaml;
}

/* The problems, one a line: severity of a warning, line, column, length, sentence, repair. */
static char *
describe (GPtrArray *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_assert_cmpstr (problem->source, ==, "test");
      g_string_append_printf (text, "%s%u:%u+%u %s", problem->severity == STRATA_SEVERITY_ERROR ? "" : "! ",
                              problem->line, problem->column, problem->length, problem->message);

      if (problem->fix != NULL)
        g_string_append_printf (text, " => %s", problem->fix);

      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
assert_says (const char *schema_text,
             const char *text,
             const char *expected)
{
  g_autoptr(StrataSchema) schema = compile (schema_text);
  g_autoptr(StrataYaml) yaml = parse (text);
  g_autoptr(GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  const StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  gboolean fine = strata_schema_validate (schema, text, root, ALL_FLAGS, "test", problems);
  g_autofree char *said = describe (problems);

  g_assert_cmpstr (said, ==, expected);
  g_assert_cmpint (fine, ==, *expected == '\0');
  g_assert_cmpint (fine, ==, strata_schema_accepts (schema, root, ALL_FLAGS));
}

static void
test_types (void)
{
  const char *schema = "{properties: {replicas: {type: integer}, name: {type: string}, on: {type: boolean},"
                       " ratio: {type: number}, args: {type: array}, env: {type: object},"
                       " either: {type: [string, integer, 'null']}}}";

  assert_says (schema, "replicas: 2\nname: x\non: true\nratio: 0.5\nargs: []\nenv: {}\neither: ~\n", "");
  assert_says (schema, "replicas: two\n",
               "1:11+3 “replicas” has to be a whole number, not the text “two”; write a number, without quotes\n");
  assert_says (schema, "a: 1\nreplicas: '2'\n",
               "2:11+3 “replicas” has to be a whole number, not the text “2”; write it without quotes => 2\n");
  assert_says (schema, "replicas: 2.5\n",
               "1:11+3 “replicas” has to be a whole number, not the number 2.5; write it without a fraction\n");
  assert_says (schema, "replicas: 2.0\n", "");
  assert_says (schema, "name: 1.10\n",
               "1:7+4 “name” has to be a text, not the number 1.10; put it in quotes => \"1.10\"\n");
  assert_says (schema, "name: true\n", "1:7+4 “name” has to be a text, not true; put it in quotes => \"true\"\n");
  assert_says (schema, "name:\n", "1:6+0 “name” has to be a text, not empty (null); give it a value, or remove the key\n");
  assert_says (schema, "on: yes\n",
               "1:5+3 “on” has to be true or false, not the text “yes”; write true or false, without quotes => true\n");
  assert_says (schema, "args: x\n",
               "1:7+1 “args” has to be a list, not the text “x”; write each item in a line that begins with “- ”\n");
  assert_says (schema, "env:\n- x\n",
               "1:1+3 “env” has to be keys with values, not a list; write keys with values below it\n");
  assert_says (schema, "either: [x]\n",
               "1:1+6 “either” has to be a text, a whole number or empty (null), not a list; change it\n");
  assert_says ("{type: object}", "- x\n",
               "1:1+0 “the whole text” has to be keys with values, not a list; write keys with values below it\n");
}

static void
test_values (void)
{
  const char *schema = "{properties: {image: {properties: {pullPolicy: {enum: [Always, IfNotPresent, Never]}}},"
                       " level: {enum: [1, 2, a]}, kind: {const: Job}}}";

  assert_says (schema, "image:\n  pullPolicy: IfNotPresent\nlevel: 2.0\nkind: Job\n", "");
  assert_says (schema, "image:\n  pullPolicy: 'ifNotPresnt'\n",
               "2:15+13 “image.pullPolicy” has to be one of Always, IfNotPresent, Never, not the text “ifNotPresnt”; "
               "did you mean “IfNotPresent”? => IfNotPresent\n");
  assert_says (schema, "level: 7000\n", "1:8+4 “level” has to be one of 1, 2, a, not the number 7000\n");
  assert_says (schema, "kind: Pod\n", "1:7+3 “kind” has to be Job, not the text “Pod”\n");
}

static void
test_keys (void)
{
  const char *schema = "{properties: {image: {required: [tag], additionalProperties: false,"
                       " properties: {tag: {type: string}, repository: {type: string}}}}}";

  assert_says (schema, "image: {tag: x}\n", "");
  assert_says (schema, "image:\n  repository: x\n", "1:1+5 “image.tag” is missing; add it\n");
  assert_says (schema, "image:\n  tag: x\n  repositry: y\n",
               "3:3+9 “image.repositry” is not a known key here; did you mean “repository”? "
               "=> repository\n");
  assert_says (schema, "image:\n  tag: x\n  zone: y\n",
               "3:3+4 “image.zone” is not a known key here; remove it\n");
  assert_says ("{propertyNames: {pattern: '^[a-z]+$'}}", "Big: 1\n",
               "1:1+3 “Big” is not a name that a key may have here; change it\n");
  assert_says ("{$schema: 'https://json-schema.org/draft/2020-12/schema', dependentRequired: {a: [b]}}", "a: 1\n",
               "1:1+0 “b” is missing; where there is “a”, it has to be there too\n");
  assert_says ("{maxProperties: 1}", "a: 1\nb: 2\n", "1:1+0 “the whole text” must not have more than 1 entry\n");
}

static void
test_numbers_and_texts (void)
{
  assert_says ("{properties: {port: {minimum: 1, maximum: 65535}}}", "port: 65536\n",
               "1:7+5 “port” has to be at most 65535, not 65536\n");
  assert_says ("{properties: {port: {minimum: 0, exclusiveMinimum: true}}}", "port: 0\n",
               "1:7+1 “port” has to be greater than 0, not 0\n");
  assert_says ("{properties: {step: {multipleOf: 0.01}}}", "step: 0.075\n",
               "1:7+5 “step” has to be a multiple of 0.01, not 0.075\n");
  assert_says ("{properties: {big: {const: 12345678901234567890}}}", "big: 12345678901234567890\n", "");
  assert_says ("{properties: {big: {const: 12345678901234567890}}}", "big: 12345678901234567891\n",
               "1:6+20 “big” has to be 12345678901234567890, not the number 12345678901234567891\n");
  assert_says ("{properties: {name: {minLength: 1, maxLength: 3}}}", "name: ''\n",
               "1:7+2 “name” must not be empty; give it a value\n");
  assert_says ("{properties: {name: {minLength: 1, maxLength: 3}}}", "name: größe\n",
               "1:7+5 “name” must not have more than 3 characters\n");
  assert_says ("{properties: {name: {pattern: '^[a-z]$'}}}", "name: A\n",
               "1:7+1 “name” has to match the pattern ^[a-z]$, which the text “A” does not\n");
  assert_says ("{$schema: 'http://json-schema.org/draft-07/schema#', properties: {ip: {format: ipv4}}}",
               "ip: 10.0.0.256\n", "1:5+10 “ip” has to have the form “ipv4”, which the text “10.0.0.256” has not\n");
}

static void
test_lists (void)
{
  assert_says ("{properties: {ports: {items: {properties: {port: {type: integer}}}}}}",
               "ports:\n- port: 1\n- port: a\n",
               "3:9+1 “ports[1].port” has to be a whole number, not the text “a”; write a number, without quotes\n");
  assert_says ("{properties: {args: {uniqueItems: true}}}", "args: [a, b, a]\n",
               "1:14+1 “args” has the same entry twice; remove one\n");
  assert_says ("{properties: {args: {minItems: 2}}}", "args: [a]\n", "1:1+4 “args” has to have at least 2 entries\n");
}

/* Of several rules, the one that was meant is explained. */
static void
test_branches (void)
{
  const char *kinds = "{properties: {source: {oneOf: ["
                      "{required: [url], properties: {kind: {const: git}, url: {type: string}}},"
                      "{required: [path], properties: {kind: {const: file}, path: {type: string}}}]}}}";

  assert_says (kinds, "source: {kind: git, url: x}\n", "");
  assert_says (kinds, "source: {kind: file, path: 1}\n",
               "1:28+1 “source.path” has to be a text, not the number 1; put it in quotes => \"1\"\n");
  assert_says ("{properties: {port: {anyOf: [{type: integer}, {type: string, pattern: '^x'}]}}}", "port: y\n",
               "1:7+1 “port” has to match the pattern ^x, which the text “y” does not\n");
  assert_says ("{properties: {port: {anyOf: [{type: integer}, {type: string}]}}}", "port: []\n",
               "1:1+4 “port” has to be a text or a whole number, not a list; change it\n");
  assert_says ("{properties: {a: {oneOf: [{minimum: 1}, {minimum: 2}]}}}", "a: 3\n",
               "1:4+1 “a” fits several rules of which only one may hold; make it fit one\n");
  assert_says ("{properties: {a: {not: {const: 1}}}}", "a: 1\n", "1:4+1 “a” is what it must not be; change it\n");
  assert_says ("{if: {properties: {a: {const: 1}}}, then: {required: [b]}}", "a: 1\n",
               "1:1+0 “b” is missing; add it\n");
}

/* What is filled in later may become anything. */
static void
test_templates (void)
{
  const char *schema = "{additionalProperties: false, properties: {port: {type: integer}, on: {enum: [true]}}}";

  assert_says (schema, "port: '{{.spectro.var.port}}'\non: \"{{ .spectro.var.on }}\"\n", "");
  assert_says (schema, "'{{.spectro.var.key}}': 1\n", "");
  assert_says (schema, "port: {{.spectro.var.port}}\n", "");
}

/* Merge keys and aliases are what the values say, wherever that stands. */
static void
test_merge_keys (void)
{
  const char *schema = "{properties: {b: {required: [port], additionalProperties: false,"
                       " properties: {port: {type: integer}, name: {type: string}}}}}";

  assert_says (schema, "a: &a {port: 1}\nb:\n  <<: *a\n  name: x\n", "");
  assert_says (schema, "a: &a {prt: 1}\nb:\n  <<: [*a]\n  port: 2\n",
               "1:8+3 “b.prt” is not a known key here; remove it\n");
  assert_says (schema, "a: &a {port: x}\nb:\n  <<: *a\n  port: 3\n", "");
  assert_says (schema, "a: &a {port: x}\nb: *a\n",
               "1:14+1 “b.port” has to be a whole number, not the text “x”; write a number, without quotes\n");
}

static char *
join_facts (StrataSchemaFacts *facts)
{
  g_autofree char *values = g_strjoinv (",", facts->about->values);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s%s: %s (%s) [%s] = %s;", facts->about->name, facts->about->required ? "*" : "",
                          facts->about->type, facts->about->description, values, facts->about->preset);

  for (guint i = 0; i < facts->keys->len; i++)
    {
      const StrataSchemaFact *key = g_ptr_array_index (facts->keys, i);

      g_string_append_printf (text, " %s%s%s %s", key->name, key->required ? "*" : "",
                              key->deprecated ? "†" : "", key->type);
    }

  g_string_append (text, facts->is_open ? " …" : "");

  return g_string_free (text, FALSE);
}

static void
assert_knows (StrataSchema *schema,
              const char   *path,
              const char   *expected)
{
  g_auto(GStrv) steps = g_strsplit (path, "/", -1);
  StrataSchemaFacts *facts = strata_schema_lookup (schema, (const char *const *) steps);
  g_autofree char *text = facts != NULL ? join_facts (facts) : NULL;

  g_assert_cmpstr (text, ==, expected);
  g_clear_pointer (&facts, strata_schema_facts_free);
}

static void
test_lookup (void)
{
  g_autoptr(StrataSchema) schema = compile (
    "{$defs: {image: {type: object, additionalProperties: false, required: [tag], properties: {"
    "tag: {type: string, description: Which one, default: latest},"
    "pull: {enum: [Always, Never], deprecated: true}}}},"
    "properties: {image: {$ref: '#/$defs/image', description: What runs},"
    "ports: {items: {anyOf: [{type: integer}, {type: object, properties: {name: {type: string}}}]}},"
    "labels: {type: object, additionalProperties: {type: string}}},"
    "patternProperties: {'^x-': {type: [string, 'null']}}}");

  assert_knows (schema, "image", "image: object (What runs) [] = ; tag* string pull† ");
  assert_knows (schema, "image/tag", "tag*: string (Which one) [] = latest; …");
  assert_knows (schema, "image/pull", "pull:  () [Always,Never] = ; …");
  assert_knows (schema, "ports/3", "3: integer | object () [] = ; name string …");
  assert_knows (schema, "labels/anything", "anything: string () [] = ; …");
  assert_knows (schema, "x-y", "x-y: null | string () [] = ; …");
  assert_knows (schema, "image/nothing", NULL);
  assert_knows (schema, "image/tag/deeper", NULL);
}

static void
assert_warns (const char *text,
              const char *warning)
{
  g_autoptr(StrataSchema) schema = compile (text);
  GPtrArray *warnings = strata_schema_get_warnings (schema);

  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (warnings, 0), ==, warning);
}

/* The rest of a schema still counts. */
static void
test_lost_references (void)
{
  assert_warns ("{$ref: 'http://example.com/schema.json'}",
                "Line 1, column 8: The schema refers to “http://example.com/schema.json”, which is not in it; "
                "that part is not checked");
  assert_warns ("{$ref: 'file:///etc/passwd'}", "Line 1, column 8: The schema refers to “file:///etc/passwd”, which is not "
                                                "in it; that part is not checked");
  assert_warns ("{$ref: '../other.json#/a'}",
                "Line 1, column 8: The schema refers to “../other.json#/a”, which is not in it; that part is not checked");
  assert_warns ("{properties: {a: {type: strnig}}}", "Line 1, column 25: The schema names a type that there is not");
  assert_warns ("{pattern: '['}", "Line 1, column 11: The pattern is wrong at character 2: missing terminating ] for "
                                  "character class");

  assert_says ("{properties: {a: {$ref: 'http://example.com/'}, b: {type: string}}}", "a: 1\nb: 1\n",
               "2:4+1 “b” has to be a text, not the number 1; put it in quotes => \"1\"\n");
}

static void
assert_leads (const char *base,
              const char *address,
              const char *expected)
{
  g_autofree char *resolved = strata_schema_resolve (base, address);

  g_assert_cmpstr (resolved, ==, expected);
}

/* Examples of RFC 3986, section 5.4, and what is no address at all. */
static void
test_addresses (void)
{
  const char *base = "http://a/b/c/d;p?q";

  assert_leads (base, "g:h", "g:h");
  assert_leads (base, "g", "http://a/b/c/g");
  assert_leads (base, "./g", "http://a/b/c/g");
  assert_leads (base, "g/", "http://a/b/c/g/");
  assert_leads (base, "/g", "http://a/g");
  assert_leads (base, "//g", "http://g");
  assert_leads (base, "?y", "http://a/b/c/d;p?y");
  assert_leads (base, "g?y", "http://a/b/c/g?y");
  assert_leads (base, "", base);
  assert_leads (base, ".", "http://a/b/c/");
  assert_leads (base, "../g", "http://a/b/g");
  assert_leads (base, "../../../../g", "http://a/g");
  assert_leads (base, "g?y/../x", "http://a/b/c/g?y/../x");
  assert_leads ("http://host", "g", "http://host/g");
  assert_leads ("http://host?x", "g", "http://host/g");
  assert_leads ("urn:a:b", "g", "urn:g");
  assert_leads ("folder/x.json", "y.json", "folder/y.json");
  assert_leads ("", "y.json", "y.json");
}

static void
test_not_a_schema (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_schema_compile ("", -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "The schema is empty");
  g_clear_error (&error);

  g_assert_null (strata_schema_compile ("{\"a\": ", -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "Line "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/types", test_types);
  g_test_add_func ("/schema/values", test_values);
  g_test_add_func ("/schema/keys", test_keys);
  g_test_add_func ("/schema/numbers-and-texts", test_numbers_and_texts);
  g_test_add_func ("/schema/lists", test_lists);
  g_test_add_func ("/schema/branches", test_branches);
  g_test_add_func ("/schema/templates", test_templates);
  g_test_add_func ("/schema/merge-keys", test_merge_keys);
  g_test_add_func ("/schema/lookup", test_lookup);
  g_test_add_func ("/schema/lost-references", test_lost_references);
  g_test_add_func ("/schema/addresses", test_addresses);
  g_test_add_func ("/schema/not-a-schema", test_not_a_schema);

  return g_test_run ();
}
