/* test-values.c - values changed as text: what was not meant stays byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-values.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  const char *path;
  const char *value;
  const char *expected;
} Case;

static const Case set_cases[] = {
  { "scalar", "a: 1 # why\nb: 2\n", "a", "3", "a: 3 # why\nb: 2\n" },
  { "quoted", "a: \"x\"   # why\n", "a", "\"y z\"", "a: \"y z\"   # why\n" },
  { "null", "a:   # why\nb: 2\n", "a", "1", "a: 1   # why\nb: 2\n" },
  { "to-null", "a: 1 # why\n", "a", "", "a:  # why\n" },
  { "deep", "a:\n    b:\n        c: 1\n\n# end\n", "a.b.c", "2", "a:\n    b:\n        c: 2\n\n# end\n" },
  { "new-key", "a:\n  b: 1\nc: 2\n", "a.d", "3", "a:\n  b: 1\n  d: 3\nc: 2\n" },
  { "new-parents", "a:\n    b: 1\n", "c.d.e", "x", "a:\n    b: 1\nc:\n    d:\n        e: x\n" },
  { "into-null", "a:\n  # inside\nb: 1\n", "a.c", "2", "a:\n  c: 2\n  # inside\nb: 1\n" },
  { "into-empty", "a: {} # why\nb: 1\n", "a.c", "2", "a: # why\n  c: 2\nb: 1\n" },
  { "into-flow", "a: {b: 1, c: [x]} # why\n", "a.d", "'e, f'", "a: {b: 1, c: [x], d: \"e, f\"} # why\n" },
  { "in-flow", "a: {b: 1, c: 2}\n", "a.b", "\"x\"", "a: {b: x, c: 2}\n" },
  { "flow-without-value", "a: {b, c: }\n", "a.b", "1", "a: {b: 1, c: }\n" },
  { "empty-text", "", "a.b", "1", "a:\n  b: 1\n" },
  { "only-comments", "# hello", "a", "1", "# hello\na: 1\n" },
  { "only-braces", "# hello\n{}\n# bye\n", "a", "1", "# hello\n# bye\na: 1\n" },
  { "marker", "---\n", "a", "1", "---\na: 1\n" },
  { "no-last-break", "a: 1", "b", "2", "a: 1\nb: 2\n" },
  { "block-without-last-break", "a: |\n  x", "b", "2", "a: |-\n  x\nb: 2\n" },
  { "kept-block-without-last-break", "a: |+\n  x", "b", "2", "a: |-\n  x\nb: 2\n" },
  { "behind-kept-block", "a: |+\n  x\n\n", "b", "2", "a: |+\n  x\n\nb: 2\n" },
  { "before-blank-lines", "a:\n  b: |\n    x\n\n\nc: 1\n", "a.d", "2", "a:\n  b: |\n    x\n  d: 2\n\n\nc: 1\n" },
  { "behind-comments", "a:\n  b: 1\n  # c: 2\n\n  # d: 3\n# e\nf: 1\n", "a.x", "1",
    "a:\n  b: 1\n  # c: 2\n\n  # d: 3\n  x: 1\n# e\nf: 1\n" },
  { "crlf", "a:\r\n  b: 1\r\nc: 2\r\n", "a.d.e", "x", "a:\r\n  b: 1\r\n  d:\r\n    e: x\r\nc: 2\r\n" },
  { "crlf-scalar", "a: 1\r\nb: |\r\n  x\r\n", "a", "2", "a: 2\r\nb: |\r\n  x\r\n" },
  { "block-to-scalar", "a:  # why\n  - 1\n  - 2 # gone\nb: 1\n", "a", "x", "a: x # why\nb: 1\n" },
  { "scalar-to-block", "a: 1 # why\nb: 1\n", "a", "- x\n- y\n", "a: # why\n  - x\n  - y\nb: 1\n" },
  { "literal-to-scalar", "a: |  # lost\n  x\n  y\n\nb: 1\n", "a", "z", "a: z\n\nb: 1\n" },
  { "scalar-to-literal", "a:\n  b: x # why\n", "a.b", "|\n  one\n   two\n", "a:\n  b: | # why\n    one\n     two\n" },
  { "last-scalar-to-literal", "a: x", "a", "|\n  one\n", "a: |\n  one\n" },
  { "mapping-is-replaced", "a:\n  b: 1\n  c: 2\nd: 3\n", "a", "x: 1\ny: 2", "a:\n  x: 1\n  y: 2\nd: 3\n" },
  { "multi-line-text", "a: \"x\n  y\" # why\nb: 1\n", "a", "z", "a: z # why\nb: 1\n" },
  { "list-item", "a:\n- b: 1 # one\n  c: 2\n- b: 3\n", "a.1.b", "4", "a:\n- b: 1 # one\n  c: 2\n- b: 4\n" },
  { "new-in-list-item", "a:\n- b: 1 # one\n- b: 3\n", "a.0.x", "4", "a:\n- b: 1 # one\n  x: 4\n- b: 3\n" },
  { "indentless-list", "a:\n  b:\n  - 1\n  - 2\nc: 1\n", "a.b", "[3]", "a:\n  b: [3]\nc: 1\n" },
  { "domain-key", "pack:\n  a: 1\n", "pack.spectrocloud.com/install-priority", "\"5\"",
    "pack:\n  a: 1\n  spectrocloud.com/install-priority: \"5\"\n" },
  { "quoted-key", "pack:\n  a: 1\n", "pack.\"a.b\".c", "1", "pack:\n  a: 1\n  a.b:\n    c: 1\n" },
  { "existing-dotted-key", "pack:\n  a.b: 1\n  a: {b: 2}\n", "pack.a.b", "3", "pack:\n  a.b: 3\n  a: {b: 2}\n" },
  { "own-key-before-merge", "x: &x {a: 1}\ny:\n  <<: *x\n", "y.a", "2", "x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n" },
  { "duplicate", "a: 1\na: 2\n", "a", "3", "a: 1\na: 3\n" },
  { "bom", "\xef\xbb\xbf" "a: 1\nü: 2\n", "ü", "3", "\xef\xbb\xbf" "a: 1\nü: 3\n" },
  { "equal-stays", "a: 'x'\n", "a", "x", "a: 'x'\n" },
  { "block-of-nothing", "x: |6", "b", "1", "x: |6-\nb: 1\n" },
  { "merge-key", "a: {\"<<\": {b: 1}}\n", "a", "{<<: {b: 1}}", "a: {<<: {b: 1}}\n" },
  { "far-behind-wide-characters", "# ääääääääääääääääääääääääääääääääääääääää\na: ü\nb: 1\n", "b", "2", "# ääääääääääääääääääääääääääääääääääääääää\na: ü\nb: 2\n" },
  { "wide-characters", "ä: {ö: ü} # é\n", "ä.ö", "ß", "ä: {ö: \"ß\"} # é\n" },
};

static const Case set_refusals[] = {
  { "alias", "x: &x {a: 1}\ny: *x\n", "y.a", "2", "" },
  { "anchor", "x: &x {a: 1}\ny: *x\n", "x.a", "2", "" },
  { "anchored-scalar", "x: &x 1\ny: *x\n", "x", "2", "" },
  { "merged-mapping", "x: &x {a: {b: 1}}\ny:\n  <<: *x\n", "y.a.b", "2", "" },
  { "through-scalar", "a: 1\n", "a.b", "2", "" },
  { "through-list", "a: [1]\n", "a.b", "2", "" },
  { "not-a-mapping", "- a\n", "a", "2", "" },
  { "null-in-list", "a: [~]\n", "a.0.c", "1", "" },
  { "several-documents", "a: 1\n---\nb: 2\n", "a", "2", "" },
  { "not-yaml", "a: [\n", "a", "2", "" },
  { "value-not-yaml", "a: 1\n", "a", "[", "" },
  { "value-with-unknown-alias", "a: 1\n", "a", "*x", "" },
  { "complex-key", "? a\n: 1\n", "a", "2", "" },
};

static const Case remove_cases[] = {
  { "scalar", "a: 1 # why\nb: 2\n", "a", NULL, "b: 2\n" },
  { "comments", "a: 1\n# about b\n# more\nb: 2\nc: 3\n", "b", NULL, "a: 1\nc: 3\n" },
  { "block", "a:\n  b:\n    c: |\n      x\n\n      y\n    d: 1\n  e: 2\n", "a.b", NULL, "a:\n  e: 2\n" },
  { "blank-lines", "a: 1\n\nb: 2\n\nc: 3\n", "b", NULL, "a: 1\n\nc: 3\n" },
  { "top-comment", "# about all\na: 1\nb: 2\n", "a", NULL, "# about all\nb: 2\n" },
  { "only-key", "a: # why\n  # about b\n  b: 1\nc: 2\n", "a.b", NULL, "a: {} # why\nc: 2\n" },
  { "only-key-of-all", "# top\na: 1\n", "a", NULL, "# top\n{}\n" },
  { "flow", "a: {b: 1, c: 2, d: 3}\n", "a.b", NULL, "a: {c: 2, d: 3}\n" },
  { "flow-last", "a: {b: 1, c: 2, d: 3}\n", "a.d", NULL, "a: {b: 1, c: 2}\n" },
  { "flow-only", "a: {b: 1}\n", "a.b", NULL, "a: {}\n" },
  { "list-item-first", "a:\n- b: 1\n  c: 2\n", "a.0.b", NULL, "a:\n- c: 2\n" },
  { "list-item-only", "a:\n- b: 1\n- c: 2\n", "a.0.b", NULL, "a:\n- {}\n- c: 2\n" },
  { "crlf", "a: 1\r\nb:\r\n  - 2\r\nc: 3\r\n", "b", NULL, "a: 1\r\nc: 3\r\n" },
  { "last-without-break", "a: 1\nb: 2", "b", NULL, "a: 1\n" },
  { "absent", "a: 1\n", "b.c", NULL, "a: 1\n" },
  { "behind-kept-block", "a: |+\n  x\n\nb: 1\nc: 2\n", "b", NULL, "a: |+\n  x\n\nc: 2\n" },
};

static const Case remove_refusals[] = {
  { "anchor-in-use", "a: &x 1\nb: *x\n", "a", NULL, "" },
  { "inside-anchor", "a: &x {c: 1, d: 2}\nb: *x\n", "a.c", NULL, "" },
  { "list-item", "a: [1, 2]\n", "a.0", NULL, "" },
  { "not-yaml", "a: [\n", "a", NULL, "" },
};

static char *
change (const Case  *data,
        const char  *text,
        GError     **error)
{
  return data->value != NULL ? strata_values_set (text, data->path, data->value, error)
                             : strata_values_remove (text, data->path, error);
}

static void
test_change (gconstpointer user_data)
{
  const Case *data = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = change (data, data->text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, data->expected);

  g_autofree char *again = change (data, text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, text);
}

static void
test_refusal (gconstpointer user_data)
{
  const Case *data = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_null (change (data, data->text, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_get (void)
{
  const char *text = "a:\n  b: 'x y'\n  c:\n    - 1 # one\n    - {d: 2}\ne:\nf.g: 1\n";
  const struct
  {
    const char *path, *value;
  } cases[] = {
    { "a.b", "x y" },      { "a.c", "- 1 # one\n- {d: 2}" },
    { "a.c.1", "{d: 2}" }, { "a.c.1.d", "2" },
    { "e", "" },           { "\"f.g\"", "1" },
    { "none", NULL },      { "a.b.c", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = strata_values_get (text, cases[i].path);

      g_assert_cmpstr (value, ==, cases[i].value);
    }

  g_assert_null (strata_values_get ("a: [", "a"));
}

static void
test_install_order_and_namespace (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *ordered = strata_values_set_install_order ("# top\n", -5, &error);
  g_autofree char *named = strata_values_set_namespace (ordered, "web", &error);
  g_autofree char *renamed = strata_values_set_namespace (named, "{{.spectro.var.ns}}", &error);
  g_autofree char *reordered = strata_values_set_install_order (renamed, 10, &error);
  g_autofree char *unnamed = strata_values_set_namespace (reordered, "", &error);
  g_autofree char *name_space = strata_values_get_namespace (reordered);
  g_autofree char *none = strata_values_get_namespace (unnamed);
  g_autofree char *same = strata_values_set_install_order ("a: 1", 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ordered, ==, "# top\npack:\n  spectrocloud.com/install-priority: \"-5\"\n");
  g_assert_cmpstr (
    named, ==, "# top\npack:\n  spectrocloud.com/install-priority: \"-5\"\n  namespace: \"web\"\n");
  g_assert_cmpint (strata_values_get_install_order (ordered), ==, -5);
  g_assert_cmpint (strata_values_get_install_order (reordered), ==, 10);
  g_assert_cmpint (strata_values_get_install_order ("pack: {spectrocloud.com/install-priority: x}"),
                   ==, 0);
  g_assert_cmpint (strata_values_get_install_order ("[not yaml"), ==, 0);
  g_assert_cmpstr (name_space, ==, "{{.spectro.var.ns}}");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (same, ==, "a: 1");
}

static void
test_list_images (void)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, "sample");
  g_autoptr(StrataBlob) values =
    strata_blob_new_text ("pack:\n  content:\n    images:\n"
                          "    - image: b:1\n    - image: a:1\n    - other: x\n"
                          "    - image: \"{{.spectro.var.registry}}/c:1\"\n");
  g_autoptr(StrataBlob) content =
    strata_blob_new_text ("kind: Deployment\nspec:\n  template:\n    spec:\n"
                          "      initContainers:\n      - image: d:1\n"
                          "      containers:\n      - {name: x, image: a:1}\n"
                          "---\nspec:\n  containers:\n  - image: e:1\n  image: not:this\n");
  g_autoptr(StrataBlob) escaped = strata_blob_new_text ("spec: {\"co\\x6etainers\": [{image: g:1}]}\n");
  g_autoptr(StrataBlob) broken = strata_blob_new_text ("spec: {{ if }}\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("web", content);
  g_autoptr(StrataManifest) bad = strata_manifest_new ("bad", broken);
  g_autoptr(StrataManifest) odd = strata_manifest_new ("odd", escaped);
  g_autoptr(StrataBlob) file_content =
    strata_blob_new_text ("spec: {containers: [{image: f:1}]}\n");
  g_autoptr(StrataFile) file = strata_file_new ("manifests/x.yaml", file_content);
  g_autoptr(StrataFile) readme = strata_file_new ("docs/x.yaml", content);
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, file);
  g_ptr_array_add (files, readme);

  g_autoptr(StrataLayer) with_values = strata_layer_with_values (empty, values);
  g_autoptr(StrataLayer) with_manifest = strata_layer_with_manifest (with_values, manifest);
  g_autoptr(StrataLayer) with_bad = strata_layer_with_manifest (with_manifest, bad);
  g_autoptr(StrataLayer) with_odd = strata_layer_with_manifest (with_bad, odd);
  g_autoptr(StrataLayer) layer = strata_layer_with_files (with_odd, files);
  g_autoptr(GPtrArray) images = strata_values_list_images (layer);
  g_autoptr(GPtrArray) none = strata_values_list_images (empty);

  g_ptr_array_add (images, NULL);

  g_autofree char *joined = g_strjoinv (" ", (char **) images->pdata);

  g_assert_cmpstr (joined, ==, "a:1 b:1 d:1 e:1 f:1 g:1 {{.spectro.var.registry}}/c:1");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
add_cases (const char    *group,
           const Case    *cases,
           guint          n_cases,
           GTestDataFunc  function)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/values/%s/%s", group, cases[i].name);

      g_test_add_data_func (path, &cases[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("set", set_cases, G_N_ELEMENTS (set_cases), test_change);
  add_cases ("set/refuses", set_refusals, G_N_ELEMENTS (set_refusals), test_refusal);
  add_cases ("remove", remove_cases, G_N_ELEMENTS (remove_cases), test_change);
  add_cases ("remove/refuses", remove_refusals, G_N_ELEMENTS (remove_refusals), test_refusal);
  g_test_add_func ("/core/values/get", test_get);
  g_test_add_func ("/core/values/install-order-and-namespace", test_install_order_and_namespace);
  g_test_add_func ("/core/values/list-images", test_list_images);

  return g_test_run ();
}
