/* test-presets.c - presets put into effect in values, and nothing else changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-json.h"
#include "strata-values.h"

#include <string.h>

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
test_text (void)
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
test_line (void)
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
test_with_odd_names (void)
{
  static const char *const groups[] = { "A\nb: 1", "A,B", " A",
                                        "A\xc2\x85"
                                        "b: 1" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr(StrataPack) pack = make_pack_of (groups[i], "on", "", NULL);
      StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_values_apply_preset ("a: 1\n", pack, preset, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
    }
}

/* A line break of YAML in the comment: what is put behind it would be no comment. */
static void
test_line_with_odd_break (void)
{
  g_autoptr(StrataPack) pack = make_pack_of ("A", "on", "a: 2\n", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_values_apply_preset (
    "# spectrocloud.com/enabled-presets: B:x\xc2\x85\na: 1\n", pack, preset, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* A template without quotes is a mapping with a mapping as its key. */
static void
test_with_template (void)
{
  g_autoptr(StrataPack) pack = make_pack_of ("A", "on", "a: {{.x}}\nb:\n  c: {{.y}}\n", NULL);
  g_autoptr(StrataPack) bad = make_pack_of ("A", "on", "{{.x}}: 1\n", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  StrataPreset *bad_preset = g_ptr_array_index (strata_pack_get_presets (bad), 0);
  g_autoptr(GError) error = NULL;
  g_autofree char *text =
    strata_values_apply_preset ("a: {{.z}}\nb:\n  c: {d: 1} # why\n", pack, preset, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "# spectrocloud.com/enabled-presets: A:on\n"
                   "a: {{.x}}\n"
                   "b:\n"
                   "  c: {{.y}} # why\n");

  g_autofree char *again = strata_values_apply_preset (text, pack, preset, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, text);
  g_assert_null (strata_values_apply_preset ("a: 1\n", bad, bad_preset, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static void
test_with_alias (void)
{
  g_autoptr(StrataPack) pack = make_pack_of ("A", "on", "b: {c: 1}\nd: 2\n", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;
  g_autofree char *text =
    strata_values_apply_preset ("a: &a {c: 1}\nb: *a\n", pack, preset, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "# spectrocloud.com/enabled-presets: A:on\n"
                             "a: &a {c: 1}\n"
                             "b: *a\n"
                             "d: 2\n");
}

static void
test_with_key_twice (void)
{
  g_autoptr(StrataPack) pack =
    make_pack_of ("A", "on", "a: {b: 1}\nc: {d: [{e: 1, e: 2}]}\n", NULL);
  StrataPreset *preset = g_ptr_array_index (strata_pack_get_presets (pack), 0);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_values_apply_preset ("", pack, preset, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

static void
test_refusals (void)
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
test_real_packs (void)
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/presets/text", test_text);
  g_test_add_func ("/core/presets/line", test_line);
  g_test_add_func ("/core/presets/refusals", test_refusals);
  g_test_add_func ("/core/presets/template", test_with_template);
  g_test_add_func ("/core/presets/alias", test_with_alias);
  g_test_add_func ("/core/presets/key-twice", test_with_key_twice);
  g_test_add_func ("/core/presets/odd-names", test_with_odd_names);
  g_test_add_func ("/core/presets/odd-break", test_line_with_odd_break);
  g_test_add_func ("/core/presets/real", test_real_packs);

  return g_test_run ();
}
