/* test-lint.c - what is found wrong with a text, where, and how it is repaired
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-lint.h"

#include <string.h>

/* What is found, as "severity line:column+length sentence" for each problem. */
typedef struct
{
  const char     *name;
  StrataLintMode  mode;
  const char     *text;
  const char     *found;
  const char     *fixed;  /* (nullable): @text with the first repair made */
} Case;

#define VALUES STRATA_LINT_VALUES
#define MANIFEST STRATA_LINT_MANIFEST

static const Case cases[] = {
  { "fine", VALUES, "# top\na: 1\nb: {c: \"{{.spectro.var.x}}\"}\n", "", NULL },
  { "empty", VALUES, "", "", NULL },
  { "null", VALUES, "---\n# nothing\n", "", NULL },
  { "syntax", VALUES, "a: 1\nä: \"x\n", "error 2:4 The quote that opens in line 2 is never closed", NULL },
  { "only-syntax", VALUES, "a: 1\na: 2\n\tb: 3\nc: [\n", "error 3:1+1 A tab cannot indent a line; use spaces",
    "a: 1\na: 2\n  b: 3\nc: [\n" },
  { "tab", VALUES, "a:\n \t b: 1\n", "error 2:1+3 A tab cannot indent a line; use spaces", "a:\n    b: 1\n" },
  { "tab-in-list", VALUES, "a:\n\t- b\n", "error 2:1+1 A tab cannot indent a line; use spaces", "a:\n  - b\n" },
  { "tolerated-tab", VALUES, "a: [1,\n\t2,\n\t# fine\n]\nb: |\n  x\n  \ty\nc: 'x\n\ty'\n",
    "warning 2:1+1 This line is indented with a tab, which not every reader allows; use spaces",
    "a: [1,\n  2,\n\t# fine\n]\nb: |\n  x\n  \ty\nc: 'x\n\ty'\n" },
  { "duplicate", VALUES, "a: 1\nb:\n  größe: 1\n  c: 2\n  größe: 3\na: 4\n",
    "error 5:3+5 The key “größe” stands here a second time; the first is in line 3\n"
    "error 6:1+1 The key “a” stands here a second time; the first is in line 1", NULL },
  { "three-times", VALUES, "x: {a: 1, a: 2, \"a\": 3}\n",
    "error 1:11+1 The key “a” stands here a second time; the first is in line 1\n"
    "error 1:17+3 The key “a” stands here a second time; the first is in line 1", NULL },
  { "list", VALUES, "- a\n", "error 1:1 Values have to be keys with values", NULL },
  { "word", VALUES, "word\n", "error 1:1+4 Values have to be keys with values", NULL },
  { "second-document", VALUES, "a: 1\n---\nb: 2\n",
    "error 3:1 A second document starts here, but values are only one; remove the “---”", NULL },
  { "template", VALUES, "größe: {{.spectro.var.x}} # why\n",
    "error 1:8+18 A value that starts with “{{” has to stand in quotes", "größe: \"{{.spectro.var.x}}\" # why\n" },
  { "template-with-quotes", VALUES, "a: [{{ x 'y' \"z\" }}, 1]\n",
    "error 1:5+15 A value that starts with “{{” has to stand in quotes", "a: ['{{ x ''y'' \"z\" }}', 1]\n" },
  { "template-in-list", VALUES, "a:\n  - {{ .spectro.system.cluster.name }}\n",
    "error 2:5+34 A value that starts with “{{” has to stand in quotes",
    "a:\n  - \"{{ .spectro.system.cluster.name }}\"\n" },
  { "template-and-text", VALUES, "a: 1\nhost: {{ .x }}.example.com # why\nb: 2\n",
    "error 2:7+20 A value that starts with “{{” has to stand in quotes",
    "a: 1\nhost: \"{{ .x }}.example.com\" # why\nb: 2\n" },
  { "template-with-function", VALUES, "a: {{ printf \"%s's\" .x }}\nb: 2\n",
    "error 1:4+22 A value that starts with “{{” has to stand in quotes", "a: '{{ printf \"%s''s\" .x }}'\nb: 2\n" },
  { "template-line", VALUES, "a: 1\n{{- if .x }}\nb: 2\n{{- end }}\n",
    "error 2:1+12 A line cannot start with “{{”: the text has to be YAML before it is filled in", NULL },
  { "template-half-closed", VALUES, "a: {{ .x }\nb: 2\n",
    "error 1:4+7 A value that starts with “{{” has to stand in quotes", "a: \"{{ .x }\"\nb: 2\n" },
  { "nested-mapping-is-no-template", VALUES, "a: { {b: c}: d}\n", "", NULL },
  { "turned", VALUES, "ä: 1\nß: \"\u202ex\" # \u2066\n\u00e2: \u200e\n",
    "warning 2:5+1 The character U+202E turns around what is shown behind it, and not what is read; remove it\n"
    "warning 2:11+1 The character U+2066 turns around what is shown behind it, and not what is read; remove it",
    "ä: 1\nß: \"x\" # \u2066\n\u00e2: \u200e\n" },
  { "line-ends", VALUES, "a: 1\r\nb: 2\nc: 3\r\n",
    "note 2:0 This line does not end as on Windows, the lines above do", NULL },
  { "line-ends-2", VALUES, "a: 1\nb: 2\r\n", "note 2:0 This line ends as on Windows, the lines above do not", NULL },
  { "no-fix-where-lines-differ", VALUES, "a: \"x\u2028y\"\nb: {{.x}}\n",
    "error 3:4+6 A value that starts with “{{” has to stand in quotes", NULL },
  { "object", MANIFEST, "---\napiVersion: v1\nkind: Pod\nmetadata: {name: x}\n---\n---\napiVersion: v1\nkind: PodList\n",
    "", NULL },
  { "generated-name", MANIFEST, "apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n", "", NULL },
  { "templated-name", MANIFEST, "apiVersion: v1\nkind: Pod\nmetadata: {name: \"{{.x}}\"}\n", "", NULL },
  { "empty-manifest", MANIFEST, "# nothing\n---\n", "warning 0:0 The manifest is empty", NULL },
  { "missing", MANIFEST, "a: 1\n---\n\n# x\nkind: Pod\nmetadata: {labels: {}}\n",
    "warning 1:1 “apiVersion” is missing from this Kubernetes object\n"
    "warning 1:1 “kind” is missing from this Kubernetes object\n"
    "warning 1:1 “metadata.name” is missing from this Kubernetes object\n"
    "warning 5:1 “apiVersion” is missing from this Kubernetes object\n"
    "warning 5:1 “metadata.name” is missing from this Kubernetes object", NULL },
  { "no-object", MANIFEST, "- a\n", "error 1:1 A Kubernetes object has to be keys with values", NULL },
};

static void
append_problem (GString             *found,
                const StrataProblem *problem)
{
  static const char *const severities[] = { "note", "warning", "error" };

  g_string_append_printf (found, "%s%s %u:%u", found->len > 0 ? "\n" : "",
                          severities[problem->severity], problem->line, problem->column);

  if (problem->length > 0)
    g_string_append_printf (found, "+%u", problem->length);

  g_string_append_printf (found, " %s", problem->message);
}

static char *
describe (GPtrArray *problems)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    append_problem (found, g_ptr_array_index (problems, i));

  return g_string_free (found, FALSE);
}

static char *
repair (const char          *text,
        const StrataProblem *problem)
{
  const char *line = text;

  for (guint i = 1; i < problem->line; i++)
    line = strchr (line, '\n') + 1;

  const char *start = g_utf8_offset_to_pointer (line, problem->column - 1);
  g_autofree char *head = g_strndup (text, (gsize) (start - text));

  return g_strconcat (head, problem->fix, g_utf8_offset_to_pointer (start, problem->length), NULL);
}

static void
test_text (gconstpointer user_data)
{
  const Case *data = user_data;
  g_autoptr(GPtrArray) problems = strata_lint_text (data->text, -1, data->mode);
  g_autofree char *found = describe (problems);

  g_assert_cmpstr (found, ==, data->found);

  if (data->fixed != NULL)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, 0);

      g_assert_nonnull (problem->fix_label);

      g_autofree char *fixed = repair (data->text, problem);

      g_assert_cmpstr (fixed, ==, data->fixed);
    }

  for (guint i = 0; data->fixed == NULL && i < problems->len; i++)
    g_assert_null (((StrataProblem *) g_ptr_array_index (problems, i))->fix);
}

static void
test_bytes_that_are_no_text (void)
{
  g_autoptr(GPtrArray) with_nul = strata_lint_text ("a: 1\0b", 6, VALUES);
  g_autoptr(GPtrArray) not_utf8 = strata_lint_text ("a: \xff\xfe{{", -1, VALUES);
  g_autoptr(GPtrArray) with_braces = strata_lint_text ("\xf5:{{\nb: 1\n", -1, VALUES);

  g_assert_cmpuint (with_nul->len, ==, 1);
  g_assert_cmpuint (not_utf8->len, ==, 1);
  g_assert_cmpuint (((StrataProblem *) g_ptr_array_index (not_utf8, 0))->column, ==, 4);
  g_assert_cmpuint (((StrataProblem *) g_ptr_array_index (with_braces, 0))->column, ==, 1);
  g_assert_null (((StrataProblem *) g_ptr_array_index (with_braces, 0))->fix);
}

static void
test_stops_somewhere (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a: 1\n");

  gint64 start = g_get_monotonic_time ();
  g_autoptr(GPtrArray) problems = strata_lint_text (text->str, -1, VALUES);

  g_test_message ("%.1f MB in %.1f ms", (double) text->len / 1e6,
                  (double) (g_get_monotonic_time () - start) / 1e3);
  g_assert_cmpuint (problems->len, ==, 1000);
  g_string_free (text, TRUE);
}

static void
test_large_manifest (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; text->len < 1000000; i++)
    g_string_append_printf (
      text,
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-%u\ndata:\n"
      "  text: |\n    some: line\n    other: line\n",
      i);

  gint64 start = g_get_monotonic_time ();
  g_autoptr(GPtrArray) problems = strata_lint_text (text->str, -1, MANIFEST);

  g_test_message ("%.1f MB in %.1f ms", (double) text->len / 1e6,
                  (double) (g_get_monotonic_time () - start) / 1e3);
  g_assert_cmpuint (problems->len, ==, 0);
  g_string_free (text, TRUE);
}

/* What people publish is not called wrong. */
static void
test_real_packs (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "packs", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_packs = 0;

  if (dir == NULL)
    {
      g_test_skip ("no packs beside the sources");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, "values.yaml", NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));

      g_autoptr(GPtrArray) problems = strata_lint_text (text, -1, VALUES);
      g_autofree char *found = describe (problems);

      g_assert_cmpstr (found, ==, "");
      n_packs++;
    }

  g_assert_cmpuint (n_packs, >, 10);
}

static StrataLayer *
make_layer (const char *name,
            const char *values_text,
            const char *manifest_text)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, name);
  g_autoptr(StrataBlob) values = strata_blob_new_text (values_text);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (empty, values);

  if (manifest_text == NULL)
    return g_steal_pointer (&layer);

  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest_text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("web.yaml", content);

  return strata_layer_with_manifest (layer, manifest);
}

static void
test_layer (void)
{
  g_autoptr(StrataLayer) layer = make_layer ("web", "a: 1\na: 2\n", "kind: Pod\n");
  g_autoptr(GPtrArray) problems = strata_lint_layer (layer);
  const StrataProblem *first = g_ptr_array_index (problems, 0);
  const StrataProblem *last = g_ptr_array_index (problems, problems->len - 1);

  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpstr (first->layer, ==, "web");
  g_assert_cmpstr (first->document, ==, "values.yaml");
  g_assert_cmpstr (last->layer, ==, "web");
  g_assert_cmpstr (last->document, ==, "web.yaml");
}

static StrataVariable *
make_variable (const char *name,
               const char *value,
               gboolean    is_required)
{
  g_autoptr(StrataVariable) bare = strata_variable_new (name);
  g_autoptr(StrataVariable) variable = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, value);

  return strata_variable_with_flags (variable, is_required ? STRATA_VARIABLE_REQUIRED : 0);
}

static StrataProfile *
make_profile (GPtrArray *layers,
              GPtrArray *variables)
{
  g_autoptr(StrataProfile) empty = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataProfile) profile = strata_profile_with_layers (empty, layers);

  return strata_profile_with_variables (profile, variables);
}

static void
test_profile (void)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (
    layers,
    make_layer ("web",
                "# {{.spectro.var.lost}}\na: 'ä {{ .spectro.var.port | default \"x\" }}"
                "{{ .spectro.var.gone }}'\nb: .spectro.var.text\n",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: \"{{.spectro.var.name-1}}\"}\n"));
  g_ptr_array_add (layers,
                   make_layer ("db", "pack:\n  spectrocloud.com/display-name: \"web\"\n", NULL));
  g_ptr_array_add (layers, make_layer ("db", "a: {\n", NULL));
  g_ptr_array_add (layers, make_layer ("db", "", NULL));
  g_ptr_array_add (variables, make_variable ("port", "80", TRUE));
  g_ptr_array_add (variables, make_variable ("text", "", TRUE));
  g_ptr_array_add (variables, make_variable ("free", "", FALSE));

  g_autoptr(StrataProfile) profile = make_profile (layers, variables);
  g_autoptr(GPtrArray) problems = strata_lint_profile (profile);
  g_autofree char *found = describe (problems);

  g_assert_cmpstr (
    found, ==,
    "note 0:0 The variable “text” has no value; each appliance has to give one\n"
    "error 0:0 Another layer is called “web” too; rename one\n"
    "error 0:0 Another layer is called “db” too; rename one\n"
    "warning 1:5+17 The profile has no variable “lost”; add it, or correct the name\n"
    "warning 2:47+17 The profile has no variable “gone”; add it, or correct the name\n"
    "warning 3:21+19 The profile has no variable “name-1”; add it, or correct the name\n"
    "error 2:1 A value is missing here");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/lint/text/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_text);
    }

  g_test_add_func ("/core/lint/bytes-that-are-no-text", test_bytes_that_are_no_text);
  g_test_add_func ("/core/lint/stops-somewhere", test_stops_somewhere);
  g_test_add_func ("/core/lint/large-manifest", test_large_manifest);
  g_test_add_func ("/core/lint/real-packs", test_real_packs);
  g_test_add_func ("/core/lint/layer", test_layer);
  g_test_add_func ("/core/lint/profile", test_profile);

  return g_test_run ();
}
