/* test-yaml.c - what of YAML is taken, where its nodes stand, and what is refused at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-yaml.h"

#include <string.h>
#include <time.h>

/* Of the processor's time, which does not depend on what else the machine does. With a sanitizer it
 * is some seconds, without the bounds minutes.
 */
#define LONGEST (15 * CLOCKS_PER_SEC)

static StrataYaml *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataYaml *yaml = strata_yaml_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (yaml);

  return yaml;
}

static void
assert_refused (const char *text,
                gssize      length,
                int         code,
                const char *message)
{
  g_autoptr(GError) error = NULL;
  clock_t start = clock ();

  g_assert_null (strata_yaml_parse (text, length, &error));
  g_assert_error (error, STRATA_ERROR, code);

  if (!g_str_has_prefix (error->message, message))
    g_error ("“%s” does not start with “%s”", error->message, message);

  g_assert_cmpint (clock () - start, <, LONGEST);
}

static void
assert_position (const StrataYamlNode *node,
                 guint                 line,
                 guint                 column)
{
  g_assert_cmpuint (strata_yaml_node_get_line (node), ==, line);
  g_assert_cmpuint (strata_yaml_node_get_column (node), ==, column);
}

static void
test_tree (void)
{
  g_autoptr(StrataYaml) yaml = parse ("# top\n"
                                       "pack:\n"
                                       "  größe: 'x' # note\n"
                                       "  images:\n"
                                       "  - image: nginx\n"
                                       "  - {image: redis}\n");
  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  StrataYamlNode *pack = strata_yaml_node_get_member (root, "pack");
  StrataYamlNode *images = strata_yaml_node_get_member (pack, "images");

  g_assert_cmpuint (strata_yaml_get_n_documents (yaml), ==, 1);
  g_assert_cmpint (strata_yaml_node_get_kind (root), ==, STRATA_YAML_MAPPING);
  g_assert_cmpint (strata_yaml_node_get_kind (images), ==, STRATA_YAML_SEQUENCE);
  g_assert_cmpuint (strata_yaml_node_get_size (root), ==, 1);
  g_assert_cmpuint (strata_yaml_node_get_size (images), ==, 2);
  g_assert_cmpstr (strata_yaml_node_get_string (pack, "größe"), ==, "x");
  g_assert_cmpstr (strata_yaml_node_get_string (strata_yaml_node_get_item (images, 1), "image"), ==,
                   "redis");
  g_assert_false (strata_yaml_node_is_plain (strata_yaml_node_get_member (pack, "größe")));
  g_assert_null (strata_yaml_node_get_value (pack));
  g_assert_null (strata_yaml_node_get_item (images, 2));
  g_assert_null (strata_yaml_node_get_key (images, 0));
  g_assert_null (strata_yaml_get_root (yaml, 1));

  assert_position (strata_yaml_node_get_key (pack, 0), 3, 3);
  assert_position (strata_yaml_node_get_member (pack, "größe"), 3, 10);
  assert_position (strata_yaml_node_lookup (root, "pack.images.1.image"), 6, 13);
}

static void
test_documents (void)
{
  g_autoptr(StrataYaml) none = parse ("# only a comment\n");
  g_autoptr(StrataYaml) empty = parse ("");
  g_autoptr(StrataYaml) several = parse ("a: 1\n---\n---\n- b\n...\n");

  g_assert_cmpuint (strata_yaml_get_n_documents (none), ==, 0);
  g_assert_cmpuint (strata_yaml_get_n_documents (empty), ==, 0);
  g_assert_cmpuint (strata_yaml_get_n_documents (several), ==, 3);
  g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_get_root (several, 1)), ==, "");
  g_assert_cmpint (strata_yaml_node_get_kind (strata_yaml_get_root (several, 2)), ==,
                   STRATA_YAML_SEQUENCE);
}

static void
test_scalars_stay_texts (void)
{
  static const char *const values[] = { "no", "0o7",  "1e3", "2001-12-14", "12:30:45",
                                        "~",  "0x1F", "010", "1_000" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("k: %s\n", values[i]);
      g_autoptr(StrataYaml) yaml = parse (text);
      StrataYamlNode *node = strata_yaml_node_get_member (strata_yaml_get_root (yaml, 0), "k");

      g_assert_cmpstr (strata_yaml_node_get_value (node), ==, values[i]);
      g_assert_true (strata_yaml_node_is_plain (node));
    }

  g_autoptr(StrataYaml) binary = parse ("k: !!binary aGk=\n");
  g_assert_cmpstr (strata_yaml_node_get_string (strata_yaml_get_root (binary, 0), "k"), ==, "aGk=");
}

static void
test_lookup (void)
{
  g_autoptr(StrataYaml) yaml = parse ("pack:\n"
                                       "  spectrocloud.com/install-priority: \"10\"\n"
                                       "  spectrocloud: {com/install-priority: short}\n"
                                       "  a.b: {c: 1}\n"
                                       "  a: {b.c: 2, b: {d: 3}}\n");
  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  const struct
  {
    const char *path, *value;
  } cases[] = {
    { "pack.spectrocloud.com/install-priority", "10" },
    { "pack.a.b.c", "1" },
    { "pack.a.b.d", "3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_node_lookup (root, cases[i].path)), ==,
                     cases[i].value);

  g_assert_null (strata_yaml_node_lookup (root, "pack.none"));
  g_assert_null (strata_yaml_node_lookup (root, "pack.a.b.d.e"));
  g_assert_null (strata_yaml_node_lookup (root, ""));
  g_assert_cmpstr (strata_yaml_node_get_string (root, "pack"), ==, "");
}

static void
test_duplicates_and_merges (void)
{
  g_autoptr(StrataYaml) yaml = parse ("base: &base {a: 1, b: 2}\n"
                                       "more: &more {b: 3, c: 4}\n"
                                       "one: {<<: *base, b: 5, b: 6}\n"
                                       "two: {<<: [*more, *base]}\n"
                                       "text: {\"<<\": {a: 1}}\n"
                                       "same: *base\n");
  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);

  g_assert_cmpuint (strata_yaml_node_get_size (strata_yaml_node_get_member (root, "one")), ==, 3);
  g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_node_lookup (root, "one.a")), ==, "1");
  g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_node_lookup (root, "one.b")), ==, "6");
  g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_node_lookup (root, "two.b")), ==, "3");
  g_assert_cmpstr (strata_yaml_node_get_value (strata_yaml_node_lookup (root, "two.a")), ==, "1");
  g_assert_null (strata_yaml_node_lookup (root, "text.a"));
  g_assert_true (strata_yaml_node_get_member (root, "same") ==
                 strata_yaml_node_get_member (root, "base"));
}

static void
test_large_mapping (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "k%u: %u\n", i % 100000, i);

  g_string_append (text, "[x]: y\n");

  g_autoptr(StrataYaml) yaml = parse (text->str);
  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);
  clock_t start = clock ();

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);
      g_autofree char *value = g_strdup_printf ("%u", i + 100000);

      g_assert_cmpstr (strata_yaml_node_get_string (root, key), ==, value);
    }

  g_assert_cmpint (clock () - start, <, LONGEST);
  g_assert_null (strata_yaml_node_get_member (root, "k"));
  g_assert_null (strata_yaml_node_get_member (root, "zz"));
  g_assert_null (strata_yaml_node_get_member (root, ""));
  g_string_free (text, TRUE);
}

static void
test_line_ends_and_bom (void)
{
  g_autoptr(StrataYaml) yaml = parse ("\xef\xbb\xbf"
                                       "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 2\r\n");
  StrataYamlNode *root = strata_yaml_get_root (yaml, 0);

  g_assert_cmpstr (strata_yaml_node_get_string (root, "b"), ==, "x\ny\n");
  assert_position (strata_yaml_node_get_key (root, 0), 1, 1);
  assert_position (strata_yaml_node_get_member (root, "c"), 5, 4);
}

static void
test_faults (void)
{
  const struct
  {
    const char *text, *message;
  } cases[] = {
    { "a: 1\nb: \"x", "Line 2, column 4: The quote that opens in line 2 is never closed" },
    { "a: {b: 1\nc: [", "Line 2, column 2: The “{” of line 1 is not closed" },
    { "a: [1\nb: 2\n", "Line 2, column 2: The “[” of line 1 is not closed" },
    { "a:\n\tb: 1\n", "Line 2, column 1: This character cannot start a value" },
    { "a: b: c\n", "Line 1, column 5: A second “: ” cannot stand here" },
    { "a:\n  b: 1\n c: 2\n", "Line 3, column 2: This does not fit the block around it" },
    { "a: 1\nword\nb: 2\n", "Line 2, column 1: A “:” is missing" },
    { "a: *none\n", "Line 1, column 4: No anchor of that name" },
    { "a: &x [1, *x]\n", "Line 1, column 11: The alias stands inside the value that it names" },
    { "a: &x\n  b: {c: *x}\n",
      "Line 2, column 10: The alias stands inside the value that it names" },
    { "é: \"\\q\"\n", "Line 1, column 5: There is no such “\\” escape" },
    { "a: \"\\0\"\n", "Line 1, column 4: The value holds the character U+0000" },
    { "a: x\x1b[1m\n", "Line 1, column 5: The control character U+001B" },
    { "ä: \xef\xbb\xbfx\n", "Line 1, column 4: The invisible character U+FEFF" },
    { "a: @x\n", "Line 1, column 4: This character cannot start a value" },
    { "a: !x!y z\n", "Line 1, column 4: This tag uses a prefix that is not declared" },
    { "a: 1\n\xff: 2\n", "Line 2, column 1: The text is not UTF-8 here" },
    { "\xff\xfe"
      "a",
      "Line 1, column 1: The text is UTF-16" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, -1, STRATA_ERROR_INVALID, cases[i].message);

  assert_refused ("a: 1\0b", 6, STRATA_ERROR_INVALID,
                  "Line 1, column 5: The control character U+0000");
  assert_refused ("a: \xe2\x82\xac", 5, STRATA_ERROR_INVALID,
                  "Line 1, column 4: The text is not UTF-8");
}

static char *
repeat (const char *text,
        guint       times)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (string, text);

  return g_string_free (string, FALSE);
}

static void
test_bounds_on_depth (void)
{
  static const char *const openers[] = { "[", "{a: ", "- ", "? ", "[{", "[a: " };

  for (guint i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      g_autofree char *text = repeat (openers[i], 100000);
      assert_refused (text, -1, STRATA_ERROR_TOO_LARGE, "Line 1, column ");
    }

  GString *steps = g_string_new (NULL);

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (steps, "%*sa:\n", (int) i, "");

  assert_refused (steps->str, -1, STRATA_ERROR_TOO_LARGE,
                  "Line 65, column 65: The text is nested too deep here");
  g_string_free (steps, TRUE);

  g_autofree char *open = repeat ("[", 64);
  g_autofree char *close = repeat ("]", 64);
  g_autofree char *deepest = g_strconcat (open, "1", close, NULL);
  g_autoptr(StrataYaml) yaml = parse (deepest);
  g_assert_nonnull (yaml);
}

static void
test_bounds_on_depth_through_aliases (void)
{
  GString *text = g_string_new ("a0: &a0 [x]\n");

  for (guint i = 1; i < 100; i++)
    g_string_append_printf (text, "a%u: &a%u [*a%u]\n", i, i, i - 1);

  assert_refused (text->str, -1, STRATA_ERROR_TOO_LARGE,
                  "Line 64, column 12: The text is nested too deep here");
  g_string_free (text, TRUE);
}

static void
test_bounds_on_aliases (void)
{
  GString *laughs = g_string_new ("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");

  for (guint i = 1; i < 10; i++)
    g_string_append_printf (
      laughs, "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u]\n", i, i,
      i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);

  assert_refused (laughs->str, -1, STRATA_ERROR_TOO_LARGE, "Line 7, column 10: ");
  g_string_free (laughs, TRUE);
}

static void
test_bounds_on_size (void)
{
  g_autofree char *scalar = g_strnfill (33 * 1024 * 1024, 'x');
  g_autofree char *nodes = repeat ("- a\n", 2100000);
  g_autofree char *tags = repeat ("%TAG !a! tag:x,2000:\n", 200000);

  assert_refused (scalar, -1, STRATA_ERROR_TOO_LARGE,
                  "Line 1, column 1: The text is larger than 32 MiB");
  assert_refused (nodes, -1, STRATA_ERROR_TOO_LARGE,
                  "Line 2000000, column 3: The text has too many values");
  assert_refused (tags, -1, STRATA_ERROR_TOO_LARGE,
                  "Line 65, column 1: There are more than 64 %TAG lines");
}

static void
test_large_manifest (void)
{
  g_autofree char *text =
    repeat ("- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: some-name}\n", 16000);
  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataYaml) yaml = parse (text);

  g_assert_cmpuint (strata_yaml_node_get_size (strata_yaml_get_root (yaml, 0)), ==, 16000);
  g_test_message ("%.1f MB in %.1f ms", (double) strlen (text) / 1e6,
                  (double) (g_get_monotonic_time () - start) / 1e3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/yaml/tree", test_tree);
  g_test_add_func ("/core/yaml/documents", test_documents);
  g_test_add_func ("/core/yaml/scalars-stay-texts", test_scalars_stay_texts);
  g_test_add_func ("/core/yaml/lookup", test_lookup);
  g_test_add_func ("/core/yaml/duplicates-and-merges", test_duplicates_and_merges);
  g_test_add_func ("/core/yaml/large-mapping", test_large_mapping);
  g_test_add_func ("/core/yaml/line-ends-and-bom", test_line_ends_and_bom);
  g_test_add_func ("/core/yaml/faults", test_faults);
  g_test_add_func ("/core/yaml/bounds/depth", test_bounds_on_depth);
  g_test_add_func ("/core/yaml/bounds/depth-through-aliases", test_bounds_on_depth_through_aliases);
  g_test_add_func ("/core/yaml/bounds/aliases", test_bounds_on_aliases);
  g_test_add_func ("/core/yaml/bounds/size", test_bounds_on_size);
  g_test_add_func ("/core/yaml/large-manifest", test_large_manifest);

  return g_test_run ();
}
