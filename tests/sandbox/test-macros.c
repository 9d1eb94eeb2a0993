/* test-macros.c - what texts leave open is filled in, or it is said what is missing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "../temp-folder.h"
#include "strata-error.h"
#include "strata-macros.h"
#include "strata-palette.h"

static void
add_variable (GPtrArray           *list,
              const char          *name,
              const char          *value,
              StrataVariableFlags  flags)
{
  g_autoptr(StrataVariable) bare = strata_variable_new (name);
  g_autoptr(StrataVariable) valued = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, value);

  g_ptr_array_add (list, strata_variable_with_flags (valued, flags));
}

/* A choice, whose default is the label of one. */
static void
add_choice (GPtrArray *list)
{
  g_autoptr(StrataVariable) bare = strata_variable_new ("tier");
  g_autoptr(StrataVariable) valued = strata_variable_with (bare, STRATA_VARIABLE_DEFAULT, "Gold");
  g_autoptr(GPtrArray) options =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);

  g_ptr_array_add (options, strata_variable_option_new ("silver", "Silver", "", FALSE));
  g_ptr_array_add (options, strata_variable_option_new ("gold", "Gold", "", TRUE));
  g_ptr_array_add (list, strata_variable_with_options (valued, options));
}

static StrataLayer *
make_layer (const char *name,
            const char *values)
{
  g_autoptr(StrataBlob) text = strata_blob_new_text (values);
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_PACK, name);

  return strata_layer_with_values (layer, text);
}

static StrataProfile *
make_profile (void)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge-retail", "1.2.0");
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  add_variable (variables, "port", "8080", STRATA_VARIABLE_REQUIRED);
  add_variable (variables, "note", "it's \"so\"", 0);
  add_variable (variables, "empty", "", 0);
  add_variable (variables, "needed", "", STRATA_VARIABLE_REQUIRED);
  add_variable (variables, "secret", STRATA_PALETTE_MASK, STRATA_VARIABLE_SENSITIVE);
  add_choice (variables);
  g_ptr_array_add (layers, make_layer ("web", "a:\n  b: '{{.spectro.var.port}}'\n"));
  g_ptr_array_add (layers, make_layer ("loop", "x: '{{.spectro.pack.loop.x}}'\n"));

  g_autoptr(StrataProfile) varied = strata_profile_with_variables (bare, variables);

  return strata_profile_with_layers (varied, layers);
}

/* Fills @text in on the appliance "edge-1", which says "macro.site" itself and has the secret "var.pass". */
static char *
fill (const char  *text,
      GError     **error)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (settings, (char *) "macro.site", (char *) "Malmö");
  g_hash_table_insert (settings, (char *) "var.pass", (char *) "s3cret");

  g_autoptr(StrataMacros) macros = strata_macros_new (profile, settings, "edge-1");

  return strata_macros_fill (macros, text, error);
}

static const struct
{
  const char *name;
  const char *text;
  const char *filled;
} cases[] = {
  { "nothing", "a: 1\n", "a: 1\n" },
  { "variable", "p: {{.spectro.var.port}}\n", "p: 8080\n" },
  { "spaces", "p: {{ .spectro.var.port }}:{{$.spectro.var.port}}", "p: 8080:8080" },
  { "trim", "p: x {{- .spectro.var.port -}} y", "p: x8080y" },
  { "empty", "p: '{{.spectro.var.empty}}'", "p: ''" },
  { "choice", "t: {{.spectro.var.tier}}", "t: gold" },
  { "single-quotes", "n: '{{.spectro.var.note}}'", "n: 'it''s \"so\"'" },
  { "double-quotes", "n: \"{{.spectro.var.note}}\"", "n: \"it's \\\"so\\\"\"" },
  { "no-quotes", "n: 'a {{.spectro.var.note}}'", "n: 'a it's \"so\"'" },
  { "profile", "{{.spectro.system.clusterprofile.name}}@{{.spectro.system.clusterprofile.version}}", "edge-retail@1.2.0" },
  { "host", "{{.spectro.system.cluster.uid}}", "edge-1" },
  { "settings", "{{.spectro.macro.site}} {{.spectro.var.pass}}", "Malmö s3cret" },
  { "layer", "{{.spectro.pack.web.a.b}}", "8080" },
  { "default", "{{ .spectro.macro.none | default \"80 80\" }}", "80 80" },
  { "default-empty", "{{ .spectro.var.empty | default `x` }}", "x" },
  { "default-not-needed", "{{ .spectro.var.port | default \"1\" }}", "8080" },
  { "substr", "v{{ .spectro.system.clusterprofile.version | substr 0 3 }}", "v1.2" },
  { "substr-behind", "{{ .spectro.macro.site | substr 4 99 }}", "ö" },
  { "upper-quote", "{{ .spectro.macro.site | upper | quote }}", "\"MALMÖ\"" },
  { "b64enc", "{{ .spectro.var.port | b64enc }}", "ODA4MA==" },
  { "replace", "{{ .spectro.system.clusterprofile.name | replace \"-\" \"_\" }}", "edge_retail" },
  { "helm", "{{ .Values.port }} {{ include \"x\" . }} {{", "{{ .Values.port }} {{ include \"x\" . }} {{" },
  { "comment", "# as {{.spectro.var.none}}\np: 1\n", "# as {{.spectro.var.none}}\np: 1\n" },
  { "comment-known", "  # {{.spectro.var.port}}\n", "  # 8080\n" },
};

static void
test_fill (gconstpointer data)
{
  const gsize *index = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *filled = fill (cases[*index].text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (filled, ==, cases[*index].filled);
}

static const struct
{
  const char *name;
  const char *text;
  const char *says;
} wrong[] = {
  { "variable", "a: 1\nb: {{.spectro.var.none}}", "Line 2: The profile has no variable “none”" },
  { "required", "{{.spectro.var.needed}}", "“needed” has no value" },
  { "masked", "{{.spectro.var.secret}}", "var.secret=" },
  { "macro", "{{.spectro.macro.none}}", "“.spectro.macro.none”" },
  { "system", "{{.spectro.system.kubernetes.version}}", "system.kubernetes.version=" },
  { "layer", "{{.spectro.pack.none.a}}", "no layer “none”" },
  { "path", "{{.spectro.pack.web.c}}", "no value “c”" },
  { "circle", "{{.spectro.pack.loop.x}}", "in a circle" },
  { "function", "{{ .spectro.var.port | sha256sum }}", "“{{.spectro.var.port | sha256sum}}” is more than" },
  { "arguments", "{{ .spectro.var.port | substr 1 }}", "substr 1" },
  { "call", "{{ add .spectro.var.port 1 }}", "“{{add .spectro.var.port 1}}” is more than" },
  { "quote", "{{ .spectro.var.port | default \"x }}", "is more than" },
  { "bars", "{{ .spectro.var.port | | upper }}", "is more than" },
};

static void
test_wrong (gconstpointer data)
{
  const gsize *index = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *filled = fill (wrong[*index].text, &error);

  g_assert_null (filled);
  g_assert_nonnull (error);
  g_assert_true (error->domain == STRATA_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, wrong[*index].says));
}

static void
test_settings (TempFolder    *folder,
               gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (folder, "settings");
  g_autoptr(GError) error = NULL;

  temp_folder_put (folder, "settings", "# ours\n\nvar.pass = a=b \nmacro.site=x\r\n");

  g_autoptr(GHashTable) settings = strata_macros_read_settings (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (settings), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (settings, "var.pass"), ==, " a=b");
  g_assert_cmpstr (g_hash_table_lookup (settings, "macro.site"), ==, "x");
}

/* The line is not repeated: somebody may have put nothing but the secret there. */
static void
test_settings_wrong (TempFolder    *folder,
                     gconstpointer  data)
{
  g_autofree char *path = temp_folder_get (folder, "settings");
  g_autoptr(GError) error = NULL;

  temp_folder_put (folder, "settings", "var.a=1\ns3cret\n");
  g_assert_null (strata_macros_read_settings (path, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_nonnull (strstr (error->message, "2"));
}

int
main (int   argc,
      char *argv[])
{
  static gsize numbers[64];

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = i;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/macros/fill/", cases[i].name, NULL);

      g_test_add_data_func (path, &numbers[i], test_fill);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/macros/wrong/", wrong[i].name, NULL);

      g_test_add_data_func (path, &numbers[i], test_wrong);
    }

  g_test_add ("/macros/settings", TempFolder, NULL, temp_folder_set_up, test_settings, temp_folder_tear_down);
  g_test_add ("/macros/settings-wrong", TempFolder, NULL, temp_folder_set_up, test_settings_wrong,
              temp_folder_tear_down);

  return g_test_run ();
}
