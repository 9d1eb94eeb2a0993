/* strata-yaml-flow.c - a node written in one line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-yaml"

#include "strata-json-private.h"
#include "strata-yaml-private.h"

#include <string.h>

/* What no reader of YAML, old or new, takes for anything but this text, in braces or out of
 * them.
 */
static gboolean
is_safe_word (const char *text)
{
  static const char *const old_bools[] = { "y", "n", "yes", "no", "on", "off", NULL };

  if (!g_ascii_isalpha (*text) && *text != '_' && *text != '/')
    return FALSE;
  if (text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_./@+-")] != '\0')
    return FALSE;

  g_autofree char *lower = g_ascii_strdown (text, -1);

  return strata_yaml_text_means (text) == STRATA_YAML_MEANS_STRING &&
         !g_strv_contains (old_bools, lower);
}

/* Writes a text as it is, or in double quotes where it needs them. */
void
strata_yaml_append_quoted (GString    *text,
                           const char *string)
{
  if (is_safe_word (string))
    g_string_append (text, string);
  else
    strata_json_append_string (text, string);
}

static void
append_scalar (GString              *text,
               const StrataYamlNode *node)
{
  if (strata_yaml_node_means (node) == STRATA_YAML_MEANS_STRING)
    strata_yaml_append_quoted (text, node->value);
  else
    g_string_append (text, *node->value != '\0' ? node->value : "null");
}

/* An empty key stays empty, as its text counts and not that it means nothing; a merge key stays
 * one.
 */
static void
append_key (GString              *text,
            const StrataYamlNode *key)
{
  gboolean is_plain = (key->flags & STRATA_YAML_PLAIN) != 0;

  if (is_plain && *key->value == '\0')
    g_string_append (text, "? ");
  else if (is_plain && g_str_equal (key->value, "<<"))
    g_string_append (text, "<<");
  else
    strata_yaml_append_flow (text, key);
}

/* Writes @node, which is not an alias, in brackets and braces, with the aliases in it written
 * out.
 */
void
strata_yaml_append_flow (GString              *text,
                         const StrataYamlNode *node)
{
  if (node->kind == STRATA_YAML_SCALAR)
    {
      append_scalar (text, node);
      return;
    }

  gboolean is_mapping = node->kind == STRATA_YAML_MAPPING;

  g_string_append_c (text, is_mapping ? '{' : '[');

  for (guint i = 0; i < node->size; i++)
    {
      g_string_append (text, i == 0 ? "" : ", ");

      if (is_mapping)
        {
          append_key (text, strata_yaml_node_get_key (node, i));
          g_string_append (text, ": ");
        }

      strata_yaml_append_flow (text, strata_yaml_node_get_item (node, i));
    }

  g_string_append_c (text, is_mapping ? '}' : ']');
}
