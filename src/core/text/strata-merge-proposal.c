/* strata-merge-proposal.c - what a person may want of a conflict: their own lines, and what the other side added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge-proposal"

#include "strata-text-merge.h"

#include <string.h>

/* The lines of a conflict as a mapping of their own; NULL when they are not one. */
static StrataYamlNode *
get_mapping (StrataYaml *yaml)
{
  StrataYamlNode *root = yaml != NULL && strata_yaml_get_n_documents (yaml) == 1 ? strata_yaml_get_root (yaml, 0) : NULL;

  return root != NULL && strata_yaml_node_get_kind (root) == STRATA_YAML_MAPPING ? root : NULL;
}

static const char *
get_key (StrataYamlNode *mapping,
         guint           i)
{
  StrataYamlNode *key = strata_yaml_node_get_key (mapping, i);

  return strata_yaml_node_get_kind (key) == STRATA_YAML_SCALAR ? strata_yaml_node_get_value (key) : NULL;
}

static gboolean
has_key (StrataYamlNode *mapping,
         const char     *key)
{
  for (guint i = 0; mapping != NULL && i < strata_yaml_node_get_size (mapping); i++)
    if (g_strcmp0 (get_key (mapping, i), key) == 0)
      return TRUE;

  return FALSE;
}

/* The lines of a pair, to the next one or to the end. */
static void
append_pair (GString           *text,
             const StrataLines *lines,
             StrataYamlNode    *mapping,
             guint              i)
{
  guint first = strata_yaml_node_get_line (strata_yaml_node_get_key (mapping, i)) - 1;
  guint end = i + 1 < strata_yaml_node_get_size (mapping)
                ? strata_yaml_node_get_line (strata_yaml_node_get_key (mapping, i + 1)) - 1
                : lines->n;

  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  g_string_append_len (text, lines->text + lines->starts[first], (gssize) (lines->starts[end] - lines->starts[first]));
}

/* Mine, and behind it what theirs has under keys of its own. (transfer full) (nullable): NULL when the lines are no
 * mappings, or theirs adds nothing */
char *
strata_merge_propose (const char *base,
                      const char *mine,
                      const char *theirs)
{
  g_autoptr(StrataYaml) base_yaml = strata_yaml_parse (base, -1, NULL);
  g_autoptr(StrataYaml) mine_yaml = strata_yaml_parse (mine, -1, NULL);
  g_autoptr(StrataYaml) theirs_yaml = strata_yaml_parse (theirs, -1, NULL);
  StrataYamlNode *base_map = get_mapping (base_yaml);
  StrataYamlNode *mine_map = get_mapping (mine_yaml);
  StrataYamlNode *theirs_map = get_mapping (theirs_yaml);
  g_autoptr(GString) text = g_string_new (mine);
  g_auto(StrataLines) lines = { 0 };

  if (mine_map == NULL || theirs_map == NULL || (base_map == NULL && *base != '\0'))
    return NULL;

  strata_lines_init (&lines, theirs);
  for (guint i = 0; i < strata_yaml_node_get_size (theirs_map); i++)
    if (!has_key (base_map, get_key (theirs_map, i)) && !has_key (mine_map, get_key (theirs_map, i)))
      append_pair (text, &lines, theirs_map, i);

  return text->len > strlen (mine) ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
