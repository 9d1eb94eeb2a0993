/* test-wrap-chart.c - the values of a chart below its name, and still the same values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-json.h"
#include "strata-values.h"

static JsonNode *
read_yaml (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = strata_json_from_yaml (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

static void
assert_wrapped (const char *name,
                const char *values)
{
  g_autofree char *wrapped = strata_values_wrap_chart (name, "web", values);
  g_autoptr(JsonNode) node = read_yaml (wrapped);
  g_autoptr(JsonNode) expected = read_yaml (values);
  JsonObject *root = json_node_get_object (node);
  JsonNode *inner = json_object_get_member (strata_json_get_object (root, "charts"), name);

  g_autofree char *inner_text = strata_json_to_text (inner, TRUE);
  g_autofree char *expected_text =
    JSON_NODE_HOLDS_NULL (expected) ? g_strdup ("{}\n") : strata_json_to_text (expected, TRUE);

  g_assert_cmpstr (inner_text, ==, expected_text);
  g_assert_cmpstr (strata_json_get_string (strata_json_get_object (root, "pack"), "namespace"), ==,
                   "web");
}

static void
test_texts (void)
{
  const struct
  {
    const char *name, *values, *expected;
  } cases[] = {
    { "web", "a: 1\n", "charts:\n  web:\n    a: 1\n" },
    { "web", "", "charts:\n  web: {}\n" },
    { "1.0", "# nothing\r\n\n{}\n", "charts:\n  \"1.0\": {}\n    # nothing\n" },
    { "web", "---\n# top\na: |\n\n  x\n\n  y\n",
      "charts:\n  web:\n    # top\n    a: |\n\n      x\n\n      y\n" },
    { "web", "%YAML 1.1\n--- # one\na: 1\n---\nb: 2\n", "charts:\n  web:\n    a: 1\n" },
    { "web", "a:\r\n\t# tab\r\n  b: 1\r\n...\r\n",
      "charts:\n  web:\n    a:\n    \t# tab\n      b: 1\n" },
    { "web", "{a: 1,\nb: 2}", "charts:\n  web:\n    {a: 1,\n    b: 2}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = strata_values_wrap_chart (cases[i].name, NULL, cases[i].values);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Texts that cannot be indented: they were found by the fuzzer. */
static void
test_odd_values (void)
{
  assert_wrapped ("odd", "# t\xe2\x80\xa8{}\n");
  assert_wrapped ("odd", "? 0\n:\xc2\x85 1\n? ");
  assert_wrapped ("odd", "a:\n  b: [3]\nc: 1\r? ");
  assert_wrapped ("odd", "x: &x\xe2\x80\xa8 {a, 1}\ny:\n  <<: *x\n");
  assert_wrapped ("odd", "x: |\n  a\n\xe2\x80\xa8   b\ny: \"\\x81\\u0085\\uFEFF\\uFFFE\\x7f\"\n");
}

static char *
read_chart_values (const char *file,
                   const char *name)
{
  g_autofree char *member = g_strconcat (name, "/values.yaml", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) tar =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      "tar", "-xzOf", file, member, NULL);
  char *values = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (tar, NULL, NULL, &values, NULL, NULL));

  return values;
}

static void
test_real_charts (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "charts", "repo", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr(GRegex) version = g_regex_new ("-[0-9]+\\.[0-9]+\\.[0-9]+.*\\.tgz$", 0, 0, NULL);
  const char *name;
  guint n_charts = 0;

  if (dir == NULL)
    {
      g_test_skip ("no charts beside the sources");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *chart = g_regex_replace_literal (version, name, -1, 0, "", 0, NULL);
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *values = read_chart_values (file, chart);

      assert_wrapped (chart, values);
      n_charts++;
    }

  g_assert_cmpuint (n_charts, ==, 24);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/wrap-chart/texts", test_texts);
  g_test_add_func ("/core/wrap-chart/odd-values", test_odd_values);
  g_test_add_func ("/core/wrap-chart/real-charts", test_real_charts);

  return g_test_run ();
}
