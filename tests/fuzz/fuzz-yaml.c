/* fuzz-yaml.c - hostile input for what reads, checks and changes YAML
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-diff.h"
#include "strata-json.h"
#include "strata-lint.h"
#include "strata-values.h"
#include "strata-yaml.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static guint
count_nodes (const StrataYamlNode *node)
{
  guint n_nodes = 1;

  g_assert_cmpuint (strata_yaml_node_get_line (node), >, 0);

  for (guint i = 0; i < strata_yaml_node_get_size (node); i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (node, i);

      if (key != NULL && strata_yaml_node_get_value (key) != NULL)
        g_assert_nonnull (strata_yaml_node_get_member (node, strata_yaml_node_get_value (key)));

      n_nodes += count_nodes (strata_yaml_node_get_item (node, i));
    }

  return n_nodes;
}

/* What is found stands in the text, and what is repaired is repaired where it stands. */
static void
try_lint (const char *text,
          gsize       size)
{
  g_autoptr(GPtrArray) values = strata_lint_text (text, (gssize) size, STRATA_LINT_VALUES);
  g_autoptr(GPtrArray) manifest = strata_lint_text (text, (gssize) size, STRATA_LINT_MANIFEST);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; i < values->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (values, i);

      if (problem->fix == NULL)
        continue;

      g_assert_cmpuint (problem->line, <=, g_strv_length (lines));
      g_assert_cmpint (problem->column + problem->length, <=,
                       g_utf8_strlen (lines[problem->line - 1], -1) + 1);
    }

  g_assert_cmpuint (manifest->len, <=, 1000);
}

/* A change that is made can be read back, and making it again changes nothing. */
static void
try_set (const char *text,
         const char *path,
         const char *value)
{
  g_autofree char *changed = strata_values_set (text, path, value, NULL);

  if (changed == NULL)
    return;

  g_autofree char *again = strata_values_set (changed, path, value, NULL);
  g_autofree char *got = strata_values_get (changed, path);

  g_assert_nonnull (got);
  g_assert_cmpstr (again, ==, changed);
}

static void
try_remove (const char *text,
            const char *path)
{
  g_autofree char *changed = strata_values_remove (text, path, NULL);
  g_autoptr(StrataYaml) yaml = changed != NULL ? strata_yaml_parse (changed, -1, NULL) : NULL;

  g_assert_true (changed == NULL || yaml != NULL);
}

static void
try_preset (const char *text,
            const char *add)
{
  const char *fields[STRATA_PACK_N_FIELDS] = { NULL };
  g_autoptr(GPtrArray) presets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preset_free);

  g_ptr_array_add (presets, strata_preset_new ("name", NULL, "group", add, NULL));

  g_autoptr(StrataPack) pack =
    strata_pack_new (STRATA_LAYER_KIND_PACK, fields, presets, NULL, NULL, NULL);
  StrataPreset *preset = g_ptr_array_index (presets, 0);
  g_autofree char *changed = strata_values_apply_preset (text, pack, preset, NULL);
  g_autofree char *again =
    changed != NULL ? strata_values_apply_preset (changed, pack, preset, NULL) : NULL;

  g_assert_cmpstr (again, ==, changed);
}

static void
try_wrap (const char *text,
          JsonNode   *node)
{
  g_autofree char *wrapped = strata_values_wrap_chart ("chart", "ns", text);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = strata_json_from_yaml (wrapped, -1, &error);

  if (root == NULL && g_strrstr (error->message, "nested") != NULL)
    return;

  g_assert_no_error (error);

  JsonObject *charts = strata_json_get_object (json_node_get_object (root), "charts");
  JsonNode *chart = json_object_get_member (charts, "chart");
  g_autofree char *before = strata_json_to_text (node, FALSE);
  g_autofree char *after = strata_json_to_text (chart, FALSE);

  g_assert_cmpstr (before, ==, after);
}

static void
try_json (JsonNode *node)
{
  if (node == NULL)
    return;

  g_autofree char *yaml = strata_json_to_yaml (node);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) again = strata_json_from_yaml (yaml, -1, &error);

  g_assert_no_error (error);

  g_autofree char *before = strata_json_to_text (node, TRUE);
  g_autofree char *after = strata_json_to_text (again, TRUE);

  g_assert_cmpstr (before, ==, after);
}

static void
try_diff (const char *text,
          const char *other)
{
  g_autoptr(GArray) hunks = strata_diff_lines (text, other);
  g_autofree char *unified = strata_diff_unified (text, other, "a", "b");
  g_autoptr(GPtrArray) changes = strata_diff_trees (text, other);

  g_assert_true ((hunks->len == 0) == g_str_equal (text, other));
}

/* A form feed, which YAML does not allow, stands between a text and what is merged into it. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, (gssize) size, NULL);
  char *add = strchr (text, '\f');

  for (guint i = 0; yaml != NULL && i < strata_yaml_get_n_documents (yaml); i++)
    count_nodes (strata_yaml_get_root (yaml, i));

  try_lint (text, strlen (text));

  if (add != NULL)
    {
      *add++ = '\0';
      try_preset (text, add);
      try_diff (text, add);
    }

  if (!g_utf8_validate (text, -1, NULL))
    return 0;

  g_autoptr(JsonNode) node = strata_json_from_yaml (text, -1, NULL);

  try_set (text, "a.b", "1");
  try_set (text, "a.0.c", "|\n  x\n y\n");
  try_set (text, "b", "- x\n- y: 1\n");
  try_remove (text, "a.b");
  try_remove (text, "b");
  try_json (node);
  try_wrap (text, node);

  return 0;
}
