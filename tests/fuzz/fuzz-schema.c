/* fuzz-schema.c - schemas from anybody, and texts that are checked against them: ./dev fuzz 60
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is a schema, a line of "%%%", and a text; without that line the schema is checked against itself.
 */

#include "strata-layer-schema.h"
#include "strata-problem.h"
#include "strata-schema.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static const char *const paths[][4] = {
  { NULL }, { "a", NULL }, { "a", "0", "b", NULL }, { "charts", "a", "b", NULL },
};

static void
free_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const StrataProblem *problem = g_ptr_array_index (problems, i);

      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    }

  g_ptr_array_unref (problems);
}

static void
check (StrataSchema *schema,
       const char   *text)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;

  if (root == NULL)
    return;

  for (guint flags = 0; flags < 8; flags++)
    {
      GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
      gboolean fine = strata_schema_validate (schema, text, root, flags, "fuzz", problems);

      g_assert_cmpint (fine, ==, strata_schema_accepts (schema, root, flags));
      free_problems (problems);
    }

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      StrataSchemaFacts *facts = strata_schema_lookup (schema, paths[i]);

      g_clear_pointer (&facts, strata_schema_facts_free);
    }
}

/* The same text as the schema.yaml of a pack. */
static void
check_pack (const char *schema_text,
            const char *text)
{
  g_autoptr(StrataLayer) empty = strata_layer_new (STRATA_LAYER_KIND_PACK, "fuzz");
  g_autoptr(StrataBlob) content = strata_blob_new_text (schema_text);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, strata_file_new ("schema.yaml", content));

  g_autoptr(StrataLayer) layer = strata_layer_with_files (empty, files);
  g_autoptr(StrataLayerSchema) schema = strata_layer_schema_read (layer, NULL);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);

  if (yaml != NULL)
    strata_layer_schema_check (schema, text, yaml, problems);

  free_problems (problems);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      StrataSchemaFacts *facts = strata_layer_schema_lookup (schema, paths[i]);

      g_clear_pointer (&facts, strata_schema_facts_free);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *input = g_strndup ((const char *) data, size);

  if (!g_utf8_validate (input, -1, NULL))
    return 0;

  g_auto(GStrv) parts = g_strsplit (input, "\n%%%\n", 2);
  const char *schema_text = parts[0] != NULL ? parts[0] : "";
  const char *text = parts[0] != NULL && parts[1] != NULL ? parts[1] : schema_text;
  g_autoptr(StrataSchema) schema = strata_schema_compile (schema_text, -1, NULL);

  if (schema != NULL)
    check (schema, text);

  check_pack (schema_text, text);

  return 0;
}
