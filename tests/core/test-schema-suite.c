/* test-schema-suite.c - the test suite of JSON Schema, where it is at hand: each file of drafts 4, 7 and 2020-12
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-problem.h"
#include "strata-schema-private.h"

#include <string.h>

/* The document is elsewhere on the network, and nothing is fetched. */
#define REMOTE "the schema that it refers to is not in the document"
#define VOCABULARY "a schema of schemas that is not held here cannot switch words off"

/* What does not pass, and why; each entry stands for the groups whose description begins so. Everything else in the
 * suite has to pass, and an entry that passes is a fault too.
 */
static const struct
{
  const char *file;
  const char *group;
  const char *why;
} unsupported[] = {
  { "draft4/refRemote.json", "remote ref", REMOTE },
  { "draft4/refRemote.json", "fragment within remote ref", REMOTE },
  { "draft4/refRemote.json", "ref within remote ref", REMOTE },
  { "draft4/refRemote.json", "base URI change", REMOTE },
  { "draft4/refRemote.json", "root ref in remote ref", REMOTE },
  { "draft4/refRemote.json", "Location-independent identifier in remote ref", REMOTE },
  { "draft7/refRemote.json", "remote ref", REMOTE },
  { "draft7/refRemote.json", "fragment within remote ref", REMOTE },
  { "draft7/refRemote.json", "ref within remote ref", REMOTE },
  { "draft7/refRemote.json", "base URI change", REMOTE },
  { "draft7/refRemote.json", "root ref in remote ref", REMOTE },
  { "draft7/refRemote.json", "Location-independent identifier in remote ref", REMOTE },
  { "draft7/refRemote.json", "retrieved nested refs resolve relative to their URI not $id", REMOTE },
  { "draft7/refRemote.json", "$ref to $ref finds location-independent $id", REMOTE },
  { "draft2020-12/dynamicRef.json", "strict-tree schema, guards against misspelled properties", REMOTE },
  { "draft2020-12/dynamicRef.json", "tests for implementation dynamic anchor and reference link", REMOTE },
  { "draft2020-12/dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $defs first", REMOTE },
  { "draft2020-12/dynamicRef.json", "$ref and $dynamicAnchor are independent of order - $ref first", REMOTE },
  { "draft2020-12/dynamicRef.json", "$ref to $dynamicRef finds detached $dynamicAnchor", REMOTE },
  { "draft2020-12/refRemote.json", "remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "fragment within remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "anchor within remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "ref within remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "base URI change", REMOTE },
  { "draft2020-12/refRemote.json", "root ref in remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "Location-independent identifier in remote ref", REMOTE },
  { "draft2020-12/refRemote.json", "retrieved nested refs resolve relative to their URI not $id", REMOTE },
  { "draft2020-12/refRemote.json", "remote HTTP ref with different $id", REMOTE },
  { "draft2020-12/refRemote.json", "remote HTTP ref with different URN $id", REMOTE },
  { "draft2020-12/refRemote.json", "remote HTTP ref with nested absolute ref", REMOTE },
  { "draft2020-12/refRemote.json", "$ref to $ref finds detached $anchor", REMOTE },
  { "draft2020-12/vocabulary.json", "schema that uses custom metaschema with with no validation vocabulary", VOCABULARY },
};

static const char *
find_reason (const char *file,
             const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++)
    if (g_str_equal (unsupported[i].file, file) && g_str_has_prefix (group, unsupported[i].group))
      return unsupported[i].why;

  return NULL;
}

/* The suite has texts with U+0000, which YAML cannot have; here they have a character that nobody else uses. */
static char *
read_file (const char *path)
{
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);

  g_auto(GStrv) parts = g_strsplit (content, "\\u0000", -1);

  g_autofree char *joined = g_strjoinv ("\\u0001", parts);

  return strata_schema_join_halves (joined, strlen (joined));
}

static StrataSchema *
compile_part (const char           *text,
              const StrataYamlNode *node,
              const char           *draft)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *part = g_strndup (text + node->start, node->end - node->start);
  g_autofree char *whole = NULL;

  if (node->kind == STRATA_YAML_MAPPING && strata_yaml_node_get_member (node, "$schema") == NULL)
    whole = g_strdup_printf ("{\"$schema\": \"http://json-schema.org/%s/schema#\"%s%s", draft,
                             node->size > 0 ? "," : "", part + 1);

  StrataSchema *schema = strata_schema_compile (whole != NULL ? whole : part, -1, &error);

  g_assert_no_error (error);

  return schema;
}

static guint
run_group (const StrataYamlNode *group,
           const char           *text,
           const char           *file,
           const char           *draft)
{
  const char *description = strata_yaml_node_get_string (group, "description");
  const char *reason = find_reason (file, description);
  const StrataYamlNode *tests = strata_yaml_node_get_member (group, "tests");
  guint n_failed = 0;

  g_autoptr(StrataSchema) schema =
    compile_part (text, strata_yaml_node_get_member (group, "schema"), draft);

  for (guint i = 0; i < strata_yaml_node_get_size (tests); i++)
    {
      const StrataYamlNode *test = strata_yaml_node_get_item (tests, i);
      const StrataYamlNode *data = strata_yaml_node_get_member (test, "data");
      gboolean wanted = g_str_equal (strata_yaml_node_get_string (test, "valid"), "true");
      g_autoptr(GPtrArray) problems =
        g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
      gboolean fine = strata_schema_validate (schema, text, data, STRATA_SCHEMA_PLAIN, "suite", problems);

      g_assert_cmpint (fine, ==, strata_schema_accepts (schema, data, STRATA_SCHEMA_PLAIN));
      g_assert_cmpint (fine, ==, problems->len == 0);

      if (fine == wanted)
        continue;

      n_failed++;

      if (reason == NULL)
        g_test_message ("%s: %s: %s: should be %s", file, description,
                        strata_yaml_node_get_string (test, "description"), wanted ? "valid" : "invalid");
    }

  if (reason == NULL)
    return n_failed;

  g_test_message ("%s: %s: %s: %s", file, description, n_failed > 0 ? "not supported" : "passes now", reason);

  return n_failed > 0 ? 0 : 1;
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = read_file (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *draft_folder = g_path_get_basename (folder);
  g_autofree char *file = g_build_filename (draft_folder, name, NULL);
  const char *draft = g_str_equal (draft_folder, "draft4")   ? "draft-04"
                      : g_str_equal (draft_folder, "draft7") ? "draft-07"
                                                             : "draft/2020-12";
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataYaml) yaml = strata_schema_read_text (text, -1, &error);
  guint n_failed = 0;

  g_assert_no_error (error);

  const StrataYamlNode *groups = strata_yaml_get_root (yaml, 0);

  for (guint i = 0; i < strata_yaml_node_get_size (groups); i++)
    n_failed += run_group (strata_yaml_node_get_item (groups, i), text, file, draft);

  g_assert_cmpuint (n_failed, ==, 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_folder (const char *top,
            const char *draft)
{
  g_autofree char *folder = g_build_filename (top, draft, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *stem = g_strndup (names->pdata[i], strlen (names->pdata[i]) - strlen (".json"));
      g_autofree char *test = g_strdup_printf ("/schema-suite/%s/%s", draft, stem);

      g_test_add_data_func_full (test, g_build_filename (folder, names->pdata[i], NULL), test_file, g_free);
    }
}

static void
test_nothing (void)
{
  g_test_skip ("no shared data beside the source");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_autofree char *top =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "suites", "json-schema", NULL);

  add_folder (top, "draft4");
  add_folder (top, "draft7");
  add_folder (top, "draft2020-12");

  if (!g_file_test (top, G_FILE_TEST_IS_DIR))
    g_test_add_func ("/schema-suite/no-data", test_nothing);

  return g_test_run ();
}
