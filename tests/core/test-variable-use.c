/* test-variable-use.c - where texts use a variable, and renaming it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-variable-use.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *renamed;  /* (nullable): with "port" called "uiPort"; NULL when nothing changes */
} Case;

static const Case cases[] = {
  { "plain", "a: '{{.spectro.var.port}}'\n", "a: '{{.spectro.var.uiPort}}'\n" },
  { "spaces", "a: '{{ .spectro.var.port }}'\n", "a: '{{ .spectro.var.uiPort }}'\n" },
  { "trim", "a: '{{- .spectro.var.port -}}'\n", "a: '{{- .spectro.var.uiPort -}}'\n" },
  { "pipe", "a: \"{{.spectro.var.port | default \"80\"}}\"", "a: \"{{.spectro.var.uiPort | default \"80\"}}\"" },
  { "argument", "{{ add .spectro.var.port 1 }}", "{{ add .spectro.var.uiPort 1 }}" },
  { "root", "{{$.spectro.var.port}}", "{{$.spectro.var.uiPort}}" },
  { "two", "{{.spectro.var.port}}:{{.spectro.var.port}}", "{{.spectro.var.uiPort}}:{{.spectro.var.uiPort}}" },
  { "two-in-one", "{{ eq .spectro.var.port .spectro.var.port }}", "{{ eq .spectro.var.uiPort .spectro.var.uiPort }}" },
  { "comment", "# {{.spectro.var.port}}\n", "# {{.spectro.var.uiPort}}\n" },
  { "crlf-bom-tab", "\xef\xbb\xbf" "a:\t'{{.spectro.var.port}}'\r\n", "\xef\xbb\xbf" "a:\t'{{.spectro.var.uiPort}}'\r\n" },
  { "no-yaml", "a: [\n}}{{.spectro.var.port}}", "a: [\n}}{{.spectro.var.uiPort}}" },
  { "longer", "{{.spectro.var.port2}} {{.spectro.var.port_a}} {{.spectro.var.port-a}}", NULL },
  { "shorter", "{{.spectro.var.por}}", NULL },
  { "other-case", "{{.spectro.var.Port}}", NULL },
  { "outside", ".spectro.var.port {{ }} .spectro.var.port", NULL },
  { "not-closed", "{{.spectro.var.port", NULL },
  { "something-else", "{{.x.spectro.var.port}} {{.spectro.macro.port}} {{.spectro.var.}}", NULL },
  { "empty", "", NULL },
};

static void
test_rename_text (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *renamed = strata_variable_rename_text (test->text, "port", "uiPort");

  g_assert_cmpstr (renamed, ==, test->renamed);
}

/* There and back again gives the text as it was, also where the new name begins with the old. */
static void
test_back (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *there = strata_variable_rename_text (test->text, "port", "port_2");

  if (there == NULL)
    return;

  g_autofree char *back = strata_variable_rename_text (there, "port_2", "port");

  g_assert_cmpstr (back, ==, test->text);
}

static void
assert_use (GPtrArray  *uses,
            guint       index,
            const char *name,
            guint       line,
            guint       column)
{
  const StrataVariableUse *use = g_ptr_array_index (uses, index);

  g_assert_cmpstr (use->name, ==, name);
  g_assert_cmpuint (use->line, ==, line);
  g_assert_cmpuint (use->column, ==, column);
}

static void
test_places (void)
{
  g_autoptr(GPtrArray) uses = strata_variable_find_in_text (
    "größe: '{{ .spectro.var.size }}'\n\n- {{.spectro.var.a}}{{.spectro.var.b}}\n");

  g_assert_cmpuint (uses->len, ==, 3);
  assert_use (uses, 0, "size", 1, 12);
  assert_use (uses, 1, "a", 3, 5);
  assert_use (uses, 2, "b", 3, 23);
}

/* The search must not look at the rest of the text again for each template. */
static void
test_large (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "a: '{{.x}}'\n{{.spectro.var.}} }} {{ {{\n");

  g_string_append (text, "{{.spectro.var.last}}");

  g_autoptr(GPtrArray) uses = strata_variable_find_in_text (text->str);

  g_assert_cmpuint (uses->len, ==, 1);
}

static StrataLayer *
make_layer (const char *name,
            const char *values,
            const char *manifest)
{
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataBlob) content = strata_blob_new_text (manifest);
  g_autoptr(StrataManifest) attached = strata_manifest_new ("site", content);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (bare, text);

  return strata_layer_with_manifest (layer, attached);
}

static StrataProfile *
make_profile (void)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataProfile) profile = NULL;

  g_ptr_array_add (layers, make_layer ("first", "a: '{{.spectro.var.port}}'\n", "b: 1\n"));
  g_ptr_array_add (layers, make_layer ("second", "", "c: 3\n"));
  g_ptr_array_add (layers, make_layer ("third", "a: 2\n", "d: '{{ .spectro.var.port }}'\n"));
  g_ptr_array_add (variables, strata_variable_new ("other"));
  g_ptr_array_add (variables, strata_variable_new ("port"));
  profile = strata_profile_with_layers (bare, layers);

  return strata_profile_with_variables (profile, variables);
}

static void
test_rename (void)
{
  g_autoptr(StrataProfile) before = make_profile ();
  g_autoptr(StrataProfile) after = strata_variable_rename (before, "port", "uiPort");
  g_autoptr(GPtrArray) uses = strata_variable_find_uses (after);
  const StrataVariableUse *last = g_ptr_array_index (uses, 1);
  GPtrArray *variables = strata_profile_get_variables (after);

  g_assert_cmpuint (uses->len, ==, 2);
  assert_use (uses, 0, "uiPort", 1, 7);
  assert_use (uses, 1, "uiPort", 1, 8);
  g_assert_cmpuint (last->position, ==, 2);
  g_assert_cmpstr (last->document, ==, "site");
  g_assert_cmpstr (strata_variable_get_name (g_ptr_array_index (variables, 0)), ==, "other");
  g_assert_cmpstr (strata_variable_get_name (g_ptr_array_index (variables, 1)), ==, "uiPort");

  /* What does not use it is the same layer, not a copy. */
  g_assert_true (strata_profile_get_layer (before, 1) == strata_profile_get_layer (after, 1));
  g_assert_cmpstr (strata_layer_get_text (strata_profile_get_layer (before, 0)), ==,
                   "a: '{{.spectro.var.port}}'\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rename = g_strconcat ("/variable-use/rename-text/", cases[i].name, NULL);
      g_autofree char *back = g_strconcat ("/variable-use/back/", cases[i].name, NULL);

      g_test_add_data_func (rename, &cases[i], test_rename_text);
      g_test_add_data_func (back, &cases[i], test_back);
    }

  g_test_add_func ("/variable-use/places", test_places);
  g_test_add_func ("/variable-use/large", test_large);
  g_test_add_func ("/variable-use/rename", test_rename);

  return g_test_run ();
}
