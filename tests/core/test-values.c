/* test-values.c - values changed as text: what was not meant stays byte for byte
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-json.h"
#include "strata-values.h"
#include "strata-yaml.h"

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

static StrataPack *
make_pack (GPtrArray *presets)
{
  const char *fields[STRATA_PACK_N_FIELDS] = { [STRATA_PACK_NAME] = "sample" };

  for (guint i = 0; i < STRATA_PACK_N_FIELDS; i++)
    fields[i] = fields[i] != NULL ? fields[i] : "";

  return strata_pack_new (STRATA_LAYER_KIND_PACK, fields, presets, NULL, NULL, NULL);
}

static StrataPack *
make_pack_of (const char        *group,
              const char        *name,
              const char        *add,
              const char *const *remove)
{
  g_autoptr(GPtrArray) presets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);

  g_ptr_array_add (presets, strata_preset_new (name, name, group, add, remove));

  return make_pack (presets);
}

static void
test_preset_text (void)
{
  const char *remove[] = { "charts.web.old", "charts.none", NULL };
  g_autoptr(StrataPack) pack = make_pack_of ("Web ui", "on",
                                              "charts:\n"
                                              "  web:\n"
                                              "    enabled: true\n"
                                              "    # how many\n"
                                              "    replicas: 2 # two\n"
                                              "    ports: [80, 443]\n"
                                              "    hosts:\n"
                                              "      - a\n"
                                              "      - b\n",
                                              remove);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;
  g_autofree char *text =
    strata_values_apply_preset ("# spectrocloud.com/enabled-presets: Db:small,Web ui:off\n"
                                "\n"
                                "charts:\n"
                                "  web: # the web\n"
                                "    enabled: false # for now\n"
                                "    # goes with it\n"
                                "    old:\n"
                                "      x: 1\n"
                                "    hosts: # where\n"
                                "      - c # see\n"
                                "    # last words\n"
                                "\n"
                                "# the end",
                                pack, preset, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "# spectrocloud.com/enabled-presets: Db:small,Web ui:on\n"
                   "\n"
                   "charts:\n"
                   "  web: # the web\n"
                   "    enabled: true # for now\n"
                   "    hosts: # where\n"
                   "      - a\n"
                   "      - b\n"
                   "    # last words\n"
                   "    # how many\n"
                   "    replicas: 2 # two\n"
                   "    ports: [80, 443]\n"
                   "\n"
                   "# the end");

  g_autofree char *again = strata_values_apply_preset (text, pack, preset, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, text);

  g_autofree char *name = strata_values_get_preset (text, "Web ui");
  g_autofree char *other = strata_values_get_preset (text, "Web");

  g_assert_cmpstr (name, ==, "on");
  g_assert_null (other);
}

static void
test_preset_line (void)
{
  g_autoptr(StrataPack) pack = make_pack_of ("A: b", "on", "", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "", "# spectrocloud.com/enabled-presets: A: b:on\n" },
    { "a: 1\r\n", "# spectrocloud.com/enabled-presets: A: b:on\r\na: 1\r\n" },
    { "# top\n#spectrocloud.com/enabled-presets:\na: 1\n",
      "# top\n#spectrocloud.com/enabled-presets: A: b:on\na: 1\n" },
    { "\xef\xbb\xbf"
      "a: 1\n",
      "\xef\xbb\xbf# spectrocloud.com/enabled-presets: A: b:on\na: 1\n" },
    { "# spectrocloud.com/enabled-presets: A: b:x, c:y,A: b:z\r\na: 1\r\n",
      "# spectrocloud.com/enabled-presets: A: b:on,c:y\r\na: 1\r\n" },
    { "a: 1\n# spectrocloud.com/enabled-presets: A: b:x\n",
      "# spectrocloud.com/enabled-presets: A: b:on\na: 1\n# spectrocloud.com/enabled-presets: A: "
      "b:x\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = strata_values_apply_preset (cases[i].text, pack, preset, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_preset_with_key_twice (void)
{
  g_autoptr(StrataPack) pack =
    make_pack_of ("A", "on", "a: {b: 1}\nc: {d: [{e: 1, e: 2}]}\n", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_values_apply_preset ("", pack, preset, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static void
test_preset_refusals (void)
{
  g_autoptr(StrataPack) pack = make_pack_of ("A", "on", "a: [", NULL);
  g_autoptr(StrataPreset) stranger = strata_preset_new ("off", "off", "A", "", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_values_apply_preset ("a: 1\n", pack, stranger, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (strata_values_apply_preset ("a: 1\n", pack, preset, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static GPtrArray *
read_presets (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = strata_json_from_yaml (text, -1, &error);
  GPtrArray *presets = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);

  g_assert_no_error (error);

  JsonArray *array = strata_json_get_array (json_node_get_object (node), "presets");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonArray *list = strata_json_get_array (object, "remove");
      g_autoptr(GStrvBuilder) remove = g_strv_builder_new ();

      for (guint j = 0; list != NULL && j < json_array_get_length (list); j++)
        g_strv_builder_add (remove, json_array_get_string_element (list, j));

      g_auto(GStrv) paths = g_strv_builder_end (remove);

      g_ptr_array_add (presets, strata_preset_new (strata_json_get_string (object, "name"), "",
                                                   strata_json_get_string (object, "group"),
                                                   strata_json_get_string (object, "add"),
                                                   (const char *const *) paths));
    }

  return presets;
}

/* The merge of trees, written a second time and by other means: what the text has to stand for. */
static void
merge_objects (JsonObject *object,
               JsonObject *add)
{
  g_autoptr(GList) names = json_object_get_members (add);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *member = json_object_get_member (add, name->data);
      JsonObject *old = strata_json_get_object (object, name->data);

      if (old != NULL && JSON_NODE_HOLDS_OBJECT (member))
        merge_objects (old, json_node_get_object (member));
      else
        json_object_set_member (object, name->data, json_node_copy (member));
    }
}

static JsonNode *
thaw (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) frozen = strata_json_from_yaml (text, -1, &error);
  g_autofree char *json = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();

  g_assert_no_error (error);
  json = strata_json_to_text (frozen, FALSE);
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));

  return json_parser_steal_root (parser);
}

static void
remove_path (JsonObject *object,
             const char *path)
{
  g_auto(GStrv) keys = g_strsplit (path, ".", -1);
  guint last = g_strv_length (keys) - 1;

  for (guint i = 0; i < last && object != NULL; i++)
    object = strata_json_get_object (object, keys[i]);

  if (object != NULL && json_object_has_member (object, keys[last]))
    json_object_remove_member (object, keys[last]);
}

static void
assert_merged (const char   *old,
               const char   *now,
               StrataPreset *preset)
{
  g_autoptr(JsonNode) expected = thaw (old);
  g_autoptr(JsonNode) add = thaw (preset->add);
  g_autoptr(JsonNode) result = thaw (now);

  for (guint i = 0; preset->remove[i] != NULL; i++)
    remove_path (json_node_get_object (expected), preset->remove[i]);

  merge_objects (json_node_get_object (expected), json_node_get_object (add));

  g_autofree char *expected_text = strata_json_to_text (expected, TRUE);
  g_autofree char *result_text = strata_json_to_text (result, TRUE);

  g_assert_cmpstr (expected_text, ==, result_text);
}

/* Every comment and blank line of the old text stands in the new one, in its order. */
static void
assert_comments_kept (const char *old,
                      const char *now)
{
  g_auto(GStrv) lines = g_strsplit (old, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *start = lines[i] + strspn (lines[i], " \t");
      const char *comment = *start == '#' && strstr (start, "enabled-presets") == NULL
                              ? lines[i]
                              : strstr (start, " #");

      if (comment == NULL)
        continue;

      const char *found = strstr (now, comment);

      g_assert_nonnull (found);
      now = found + strlen (comment);
    }
}

static void
check_pack (const char *path)
{
  g_autofree char *presets_file = g_build_filename (path, "presets.yaml", NULL);
  g_autofree char *values_file = g_build_filename (path, "values.yaml", NULL);
  g_autofree char *presets_text = NULL;
  g_autofree char *values = NULL;

  g_assert_true (g_file_get_contents (presets_file, &presets_text, NULL, NULL));
  g_assert_true (g_file_get_contents (values_file, &values, NULL, NULL));

  g_autoptr(GPtrArray) presets = read_presets (presets_text);
  g_autoptr(StrataPack) pack = make_pack (presets);

  g_assert_cmpuint (presets->len, >, 1);

  for (guint i = 0; i < 2 * presets->len; i++)
    {
      StrataPreset *preset = g_ptr_array_index (presets, i % presets->len);
      g_autoptr(GError) error = NULL;
      g_autofree char *changed = strata_values_apply_preset (values, pack, preset, &error);

      g_assert_no_error (error);
      assert_merged (values, changed, preset);

      if (preset->remove[0] == NULL)
        assert_comments_kept (values, changed);

      g_autofree char *again = strata_values_apply_preset (changed, pack, preset, &error);

      g_assert_cmpstr (again, ==, changed);
      g_free (values);
      values = g_steal_pointer (&changed);
    }
}

static void
test_real_presets (void)
{
  static const char *const packs[] = { "hello-universe-1.3.1", "kubevious-0.8.15",
                                       "nvidia-dpf-operator-25.10.1" };
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
      g_autofree char *pack = g_build_filename (path, name, NULL);
      g_autofree char *presets = g_build_filename (pack, "presets.yaml", NULL);

      if (!g_file_test (presets, G_FILE_TEST_EXISTS))
        continue;

      check_pack (pack);
      n_packs++;
    }

  g_assert_cmpuint (n_packs, >=, G_N_ELEMENTS (packs));
}

static void
assert_wrapped (const char *name,
                const char *values)
{
  g_autofree char *wrapped = strata_values_wrap_chart (name, "web", values);
  g_autoptr(JsonNode) node = thaw (wrapped);
  g_autoptr(JsonNode) expected = thaw (values);
  JsonObject *root = json_node_get_object (node);
  JsonNode *inner = json_object_get_member (strata_json_get_object (root, "charts"), name);

  if (JSON_NODE_HOLDS_NULL (expected))
    json_node_take_object (json_node_init (expected, JSON_NODE_OBJECT), json_object_new ());

  g_autofree char *inner_text = strata_json_to_text (inner, TRUE);
  g_autofree char *expected_text = strata_json_to_text (expected, TRUE);

  g_assert_cmpstr (inner_text, ==, expected_text);
  g_assert_cmpstr (strata_json_get_string (strata_json_get_object (root, "pack"), "namespace"), ==,
                   "web");
}

static void
test_wrap_chart (void)
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
test_wrap_odd_values (void)
{
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
test_wrap_real_charts (void)
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
  g_autoptr(StrataBlob) broken = strata_blob_new_text ("spec: {{ if }}\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("web", content);
  g_autoptr(StrataManifest) bad = strata_manifest_new ("bad", broken);
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
  g_autoptr(StrataLayer) layer = strata_layer_with_files (with_bad, files);
  g_autoptr(GPtrArray) images = strata_values_list_images (layer);
  g_autoptr(GPtrArray) none = strata_values_list_images (empty);

  g_ptr_array_add (images, NULL);

  g_autofree char *joined = g_strjoinv (" ", (char **) images->pdata);

  g_assert_cmpstr (joined, ==, "a:1 b:1 d:1 e:1 f:1 {{.spectro.var.registry}}/c:1");
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
  g_test_add_func ("/core/values/preset/text", test_preset_text);
  g_test_add_func ("/core/values/preset/line", test_preset_line);
  g_test_add_func ("/core/values/preset/refusals", test_preset_refusals);
  g_test_add_func ("/core/values/preset/key-twice", test_preset_with_key_twice);
  g_test_add_func ("/core/values/preset/real", test_real_presets);
  g_test_add_func ("/core/values/wrap-chart", test_wrap_chart);
  g_test_add_func ("/core/values/wrap-chart/odd", test_wrap_odd_values);
  g_test_add_func ("/core/values/wrap-chart/real", test_wrap_real_charts);
  g_test_add_func ("/core/values/list-images", test_list_images);

  return g_test_run ();
}
