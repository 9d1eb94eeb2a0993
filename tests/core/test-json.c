/* test-json.c - what of JSON is taken and refused, and the way to YAML and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-json.h"

#include <string.h>
#include <time.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  return node;
}

static JsonNode *
read_yaml (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_from_yaml (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  return node;
}

static void
assert_refused (const char *text,
                gsize       length,
                int         code,
                const char *message)
{
  g_autoptr(GError) error = NULL;
  clock_t start = clock ();

  g_assert_null (strata_json_parse (text, (gssize) length, &error));
  g_assert_error (error, STRATA_ERROR, code);

  if (!g_str_has_prefix (error->message, message))
    g_error ("%s: “%s” does not start with “%s”", text, error->message, message);

  g_assert_cmpint (clock () - start, <, 3 * CLOCKS_PER_SEC);
}

static void
test_takes (gconstpointer data)
{
  g_autoptr(JsonNode) node = parse (data);
  g_autofree char *text = strata_json_to_text (node, FALSE);

  g_assert_cmpstr (text, ==, data);
  g_assert_true (json_node_is_immutable (node));
}

static void
test_refuses (void)
{
  const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "Line 1, column 1: The text is empty" },
    { " \n ", "Line 2, column 2: The text is empty" },
    { "{\"a\": 0x10}", "Line 1, column 7: This is not a number that JSON knows" },
    { "[012]", "Line 1, column 2: A number cannot start with 0" },
    { "[-]", "Line 1, column 3: A digit is missing" },
    { "[1.]", "Line 1, column 4: A digit is missing" },
    { "[1e]", "Line 1, column 4: A digit is missing" },
    { "[.5]", "Line 1, column 2: A value is missing" },
    { "[+1]", "Line 1, column 2: A value is missing" },
    { "[NaN]", "Line 1, column 2: A value is missing" },
    { "[1e400]", "Line 1, column 2: The number is too large" },
    { "[9223372036854775808]", "Line 1, column 2: The number is too large" },
    { "[-9223372036854775809]", "Line 1, column 2: The number is too large" },
    { "[\"\\u0000\"]", "Line 1, column 3: The character U+0000" },
    { "[\"\\ud800\"]", "Line 1, column 3: This “\\u” is half a character" },
    { "[\"\\udc00\\ud800\"]", "Line 1, column 3: This “\\u” is half a character" },
    { "[\"\\u12g4\"]", "Line 1, column 7: A “\\u” needs four" },
    { "[\"\\x\"]", "Line 1, column 4: There is no such “\\” escape" },
    { "[\"a\nb\"]", "Line 1, column 4: A control character or line break" },
    { "[\"äb", "Line 1, column 2: The quote that opens here" },
    { "{\"ä\": 1,\n \"b\": 2, \"\\u00e4\": 3}",
      "Line 2, column 10: The member “ä” stands here a second time" },
    { "{\"a\": {\"b\": 1, \"b\": 1}}",
      "Line 1, column 16: The member “b” stands here a second time" },
    { "[1, ]", "Line 1, column 5: Nothing follows the “,”" },
    { "{\"a\": 1,}", "Line 1, column 9: Nothing follows the “,”" },
    { "[1 2]", "Line 1, column 4: A “,” is missing" },
    { "[,]", "Line 1, column 2: A value is missing" },
    { "{\"a\" 1}", "Line 1, column 6: A “:” is missing" },
    { "{a: 1}", "Line 1, column 2: A name in double quotes" },
    { "{'a': 1}", "Line 1, column 2: A name in double quotes" },
    { "['a']", "Line 1, column 2: A string is written in double quotes" },
    { "[1] x", "Line 1, column 5: Nothing can follow" },
    { "1 2", "Line 1, column 3: Nothing can follow" },
    { "[1] // x", "Line 1, column 5: Nothing can follow" },
    { "[ /* x */ 1]", "Line 1, column 3: JSON has no comments" },
    { "[1", "Line 1, column 3: The text ends too early" },
    { "[", "Line 1, column 2: The text ends too early" },
    { "{\"a\":", "Line 1, column 6: The text ends too early" },
    { "[1}", "Line 1, column 3: A “,” is missing" },
    { "nul", "Line 1, column 1: A value is missing" },
    { "truex", "Line 1, column 5: Nothing can follow" },
    { "[\"\xff\"]", "Line 1, column 3: The text is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), STRATA_ERROR_INVALID, cases[i].message);

  assert_refused ("[1]\0", 4, STRATA_ERROR_INVALID, "Line 1, column 4: The character U+0000");
}

static void
test_refuses_depth (void)
{
  g_autofree char *arrays = g_strnfill (100000, '[');
  GString *deepest = g_string_new_len (arrays, 64);
  g_autoptr(GError) error = NULL;

  assert_refused (arrays, 100000, STRATA_ERROR_TOO_LARGE,
                  "Line 1, column 65: The text is nested too deep");

  for (guint i = 0; i < 64; i++)
    g_string_append_c (deepest, ']');

  g_assert_true (strata_json_check (deepest->str, deepest->len, &error));
  g_assert_no_error (error);
  g_string_free (deepest, TRUE);
}

static void
test_refuses_size (void)
{
  gsize length = STRATA_JSON_MAX_SIZE + 1;
  g_autofree char *text = g_strnfill (length, ' ');

  assert_refused (text, length, STRATA_ERROR_TOO_LARGE,
                  "Line 1, column 1: The text is larger than 64 MiB");
}

/* 2^17 different names of one hash: a hash table would take minutes. */
static void
test_refuses_flood (void)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < 1 << 17; i++)
    {
      g_string_append (text, i == 0 ? "\"" : ",\"");

      for (guint bit = 0; bit < 17; bit++)
        g_string_append (text, (i >> bit & 1) != 0 ? "ab" : "bA");

      g_string_append (text, "\":1");
    }

  g_string_append_c (text, '}');
  assert_refused (text->str, text->len, STRATA_ERROR_TOO_LARGE, "Line 1, column ");

  g_autoptr(GError) error = NULL;
  g_assert_null (strata_json_from_yaml (text->str, (gssize) text->len, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_string_free (text, TRUE);
}

static void
test_skips_bom (void)
{
  g_autoptr(JsonNode) node = parse ("\xef\xbb\xbf{\"a\":1}");

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "a"), ==, 1);
}

static void
test_pretty (void)
{
  g_autoptr(JsonNode) node = parse ("{\"b\":[1,{\"c\":\"x\\n\\u0001ü/\"}],\"a\":{},\"e\":[]}");
  g_autofree char *text = strata_json_to_text (node, TRUE);

  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"b\": [\n"
                   "    1,\n"
                   "    {\n"
                   "      \"c\": \"x\\n\\u0001ü/\"\n"
                   "    }\n"
                   "  ],\n"
                   "  \"a\": {},\n"
                   "  \"e\": []\n"
                   "}\n");
}

static void
test_getters (void)
{
  g_autoptr(JsonNode) node =
    parse ("{\"s\":\"x\",\"n\":null,\"o\":{},\"a\":[],\"t\":true,\"i\":1}");
  JsonObject *object = json_node_get_object (node);
  static const char *const others[] = { "n", "i", "none" };

  g_assert_cmpstr (strata_json_get_string (object, "s"), ==, "x");
  g_assert_nonnull (strata_json_get_object (object, "o"));
  g_assert_nonnull (strata_json_get_array (object, "a"));
  g_assert_true (strata_json_get_bool (object, "t"));

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_cmpstr (strata_json_get_string (object, others[i]), ==, "");
      g_assert_null (strata_json_get_object (object, others[i]));
      g_assert_null (strata_json_get_array (object, others[i]));
      g_assert_false (strata_json_get_bool (object, others[i]));
    }

  g_assert_cmpstr (strata_json_get_string (NULL, "s"), ==, "");
  g_assert_null (strata_json_get_object (object, "a"));
  g_assert_null (strata_json_get_array (object, "o"));
  g_assert_cmpstr (strata_json_get_string (object, "o"), ==, "");
}

static void
test_yaml_types (void)
{
  const struct
  {
    const char *yaml, *json;
  } cases[] = {
    { "", "null" },
    { "~", "null" },
    { "[null, Null, ~, ]", "[null,null,null]" },
    { "[true, False, yes, no, on, y]", "[true,false,\"yes\",\"no\",\"on\",\"y\"]" },
    { "[1, -2, +3, 0o17, 017, 0x1F, 0, 00, 089]", "[1,-2,3,15,15,31,0,0,89]" },
    { "[1.0, 1e3, .5, -0.0, 5.]", "[1.0,1000.0,0.5,-0.0,5.0]" },
    { "[9007199254740993, 9223372036854775807]", "[9007199254740993,9223372036854775807]" },
    { "[1_000, 12:30, 2001-12-14, 0b1, 1.3.1, '1', \"true\", .]",
      "[\"1_000\",\"12:30\",\"2001-12-14\",\"0b1\",\"1.3.1\",\"1\",\"true\",\".\"]" },
    { "[!!str 1, !!int '3', !!float 1, !!bool x, ! 5]", "[\"1\",3,1.0,\"x\",\"5\"]" },
    { "{1: a, true: b, x.y: c}", "{\"1\":\"a\",\"true\":\"b\",\"x.y\":\"c\"}" },
    { "a: &x {b: 1, c: 2}\nd: {c: 3, <<: *x}\n",
      "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"c\":3,\"b\":1}}" },
    { "a: &x [1]\nb: *x\n", "{\"a\":[1],\"b\":[1]}" },
    { "\"<<\": {a: 1}\n", "{\"<<\":{\"a\":1}}" },
    { "a: |\n  x\n\n  y\nb: >-\n  x\n  y\n", "{\"a\":\"x\\n\\ny\\n\",\"b\":\"x y\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonNode) node = read_yaml (cases[i].yaml);
      g_autofree char *text = strata_json_to_text (node, FALSE);

      g_assert_cmpstr (text, ==, cases[i].json);
      g_assert_true (json_node_is_immutable (node));
    }
}

static void
test_yaml_refuses (void)
{
  const struct
  {
    const char *yaml, *message;
  } cases[] = {
    { "a: 1\nb: 2\na: 3\n", "Line 3, column 1: The key “a” stands here a second time" },
    { "a: .inf\n", "Line 1, column 4: JSON has no such number" },
    { "a: -.NaN\n", "Line 1, column 4: JSON has no such number" },
    { "a: 1e400\n", "Line 1, column 4: JSON has no such number" },
    { "a: 18446744073709551616\n", "Line 1, column 4: The number is too large" },
    { "a: {{x}}\n", "Line 1, column 5: A key has to be a text" },
    { "a: {<<: 1}\n", "Line 1, column 9: Only a mapping can be merged" },
    { "a: 1\n---\nb: 2\n", "Line 3, column 1: A second document starts here" },
    { "a: [", "Line 2, column 1: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_json_from_yaml (cases[i].yaml, -1, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);

      if (!g_str_has_prefix (error->message, cases[i].message))
        g_error ("%s: “%s” does not start with “%s”", cases[i].yaml, error->message,
                 cases[i].message);
    }
}

static void
test_yaml_style (void)
{
  g_autoptr(JsonNode) node =
    parse ("{\"name\":\"edge\",\"version\":\"1.0\",\"no\":\"no\",\"gone\":null,\"i\":5,\"d\":2.0,"
           "\"text\":\"a: 1\\nb:\\n  c\\n\",\"list\":[\"x\",{\"k\":\"\"}],\"e\":{},\"f\":[]}");
  g_autofree char *text = strata_json_to_yaml (node);

  g_assert_cmpstr (text, ==,
                   "name: edge\n"
                   "version: '1.0'\n"
                   "'no': 'no'\n"
                   "gone: null\n"
                   "i: 5\n"
                   "d: 2.0\n"
                   "text: |\n"
                   "  a: 1\n"
                   "  b:\n"
                   "    c\n"
                   "list:\n"
                   "- x\n"
                   "- k: \"\"\n"
                   "e: {}\n"
                   "f: []\n");
}

static void
assert_round_trip (JsonNode *node)
{
  g_autofree char *yaml = strata_json_to_yaml (node);
  g_autoptr(JsonNode) from_yaml = read_yaml (yaml);
  g_autofree char *text = strata_json_to_text (node, TRUE);
  g_autofree char *again = strata_json_to_text (from_yaml, TRUE);

  if (!g_str_equal (text, again))
    g_error ("%s\n--- became\n%s\n--- by way of\n%s", text, again, yaml);

  g_autoptr(JsonNode) from_json = parse (text);
  g_autofree char *json = strata_json_to_text (from_json, TRUE);

  g_assert_cmpstr (json, ==, text);
}

static char *
random_text (void)
{
  static const char *const pieces[] = {
    "a",  "no", "b c",  ":",    " ",  "\n",         "\n\n",   "#",      "- ",       "'", "\"",
    "\\", "%",  "---",  "...",  "\t", "ü",          "€",      "\u2028", "\xc2\x85", "😀", "{{ x }}",
    "|",  ">",  "*a",   "&a",   "!",  "1",          "1e3",    "0x1",    "~",        ",", "[",
    "}",  "\r", "\x01", "\x7f", "  ", "key: value", "\ufeff", "?",      "<<",       "=",
  };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static JsonNode *
random_value (void)
{
  g_autofree char *text = random_text ();

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      return json_node_init_null (json_node_alloc ());

    case 1:
      return json_node_init_boolean (json_node_alloc (), g_test_rand_bit ());

    case 2:
      return json_node_init_int (
        json_node_alloc (),
        (gint64) ((guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ()));

    case 3:
      return json_node_init_double (json_node_alloc (), g_test_rand_double_range (-1e30, 1e30));

    default:
      return json_node_init_string (json_node_alloc (), text);
    }
}

static JsonNode *
random_node (guint depth)
{
  int kind = depth == 0 ? 0 : g_test_rand_int_range (0, 3);

  if (kind == 0)
    return random_value ();

  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonArray) array = json_array_new ();

  for (int n = g_test_rand_int_range (0, 5); n > 0; n--)
    {
      g_autofree char *name = random_text ();

      if (kind == 1)
        json_object_set_member (object, name, random_node (depth - 1));
      else
        json_array_add_element (array, random_node (depth - 1));
    }

  return kind == 1 ? json_node_init_object (json_node_alloc (), object)
                   : json_node_init_array (json_node_alloc (), array);
}

static void
test_yaml_random (void)
{
  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr(JsonNode) node = random_node (4);

      assert_round_trip (node);
    }
}

static void
test_yaml_examples (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "palette", "examples", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_files = 0;

  if (dir == NULL)
    {
      g_test_skip ("no example bodies beside the sources");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));

      g_autoptr(JsonNode) node = parse (text);
      assert_round_trip (node);
      n_files++;
    }

  g_assert_cmpuint (n_files, >, 40);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const taken[] = {
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "[1,-2,0,-0.0,1.5,2.0,1e+20]",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "0.1",
    "1e-07",
    "1.7976931348623157e+308",
    "4.94065645841247e-324",
    "0.30000000000000004",
    "{\"b\":1,\"a\":{\"a\":[[],{}]}}",
    "\"\\\"\\\\\\n\\t\\b\\f\\r\\u0001ä😀\"",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/json/takes/%u", i);

      g_test_add_data_func (path, taken[i], test_takes);
    }

  g_test_add_func ("/core/json/refuses", test_refuses);
  g_test_add_func ("/core/json/refuses-depth", test_refuses_depth);
  g_test_add_func ("/core/json/refuses-size", test_refuses_size);
  g_test_add_func ("/core/json/refuses-flood", test_refuses_flood);
  g_test_add_func ("/core/json/skips-bom", test_skips_bom);
  g_test_add_func ("/core/json/pretty", test_pretty);
  g_test_add_func ("/core/json/getters", test_getters);
  g_test_add_func ("/core/json/yaml/types", test_yaml_types);
  g_test_add_func ("/core/json/yaml/refuses", test_yaml_refuses);
  g_test_add_func ("/core/json/yaml/style", test_yaml_style);
  g_test_add_func ("/core/json/yaml/random", test_yaml_random);
  g_test_add_func ("/core/json/yaml/examples", test_yaml_examples);

  return g_test_run ();
}
