/* strata-values-chart.c - the values of a chart as the values of a layer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-json-private.h"
#include "strata-values.h"
#include "strata-values-private.h"

#include <string.h>

#define INDENT 4

/* Of the values text of a chart only its first document counts, as for Helm: what lies between the
 * lines that mark a document.
 */
static char *
take_body (const char *text)
{
  GString *body = g_string_new (NULL);
  gboolean has_content = FALSE;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");
      gboolean is_marker = (g_str_has_prefix (text, "---") || g_str_has_prefix (text, "...")) &&
                           (length == 3 || strchr (" \t\r", text[3]) != NULL);
      gsize next = text[length] == '\n' ? length + 1 : length;

      if (is_marker && (has_content || *text == '.'))
        break;

      if (!is_marker && (*text != '%' || has_content))
        g_string_append_len (body, text, (gssize) next);

      has_content = has_content || (!is_marker && *text != '%' &&
                                    strchr ("#\r\n", text[strspn (text, " \t")]) == NULL);
      text += next;
    }

  return g_string_free (body, FALSE);
}

static const StrataYamlNode nothing = { .kind = STRATA_YAML_MAPPING, .flags = STRATA_YAML_FLOW };

static gboolean
says_nothing (const StrataYamlNode *root)
{
  return root == NULL || (root->kind == STRATA_YAML_SCALAR && root->start == root->end) ||
         (root->kind == STRATA_YAML_MAPPING && root->size == 0);
}

static void
append_comments (GString    *text,
                 const char *body)
{
  g_auto(GStrv) lines = g_strsplit (body, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strchug (lines[i]) == '#')
      g_string_append_printf (text, "%*s%s\n", INDENT, "", g_strchomp (lines[i]));
}

static void
append_head (GString    *text,
             const char *chart_name,
             const char *name_space)
{
  if (name_space != NULL && *name_space != '\0')
    {
      g_string_append (text, "pack:\n  namespace: ");
      strata_json_append_string (text, name_space);
      g_string_append_c (text, '\n');
    }

  g_string_append (text, "charts:\n  ");
  strata_yaml_append_quoted (text, chart_name);
  g_string_append_c (text, ':');
}

static void
append_lines (GString    *text,
              const char *body)
{
  g_autofree char *lines = g_strconcat ("\n", body, NULL);
  g_autofree char *shifted = strata_values_shift (lines, strlen (lines), INDENT, "\n");

  g_string_append (text, shifted);

  if (text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

/* Whether the lines still say the same where they stand now. */
static gboolean
is_wrapped (const char           *text,
            const char           *chart_name,
            const StrataYamlNode *root)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);
  const StrataYamlNode *node = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;
  const StrataYamlNode *charts = node != NULL ? strata_yaml_node_get_member (node, "charts") : NULL;
  const StrataYamlNode *chart =
    charts != NULL ? strata_yaml_node_get_member (charts, chart_name) : NULL;

  return chart != NULL && strata_yaml_get_n_documents (yaml) == 1 &&
         strata_yaml_node_equal (root, chart);
}

/**
 * strata_values_wrap_chart:
 * @chart_name: the name of a chart
 * @name_space: (nullable): the namespace to install it to, "" or %NULL for none
 * @chart_values: the text of its values.yaml
 *
 * Makes the values of a layer from those of a chart: `pack.namespace` when there is one, then
 * @chart_values with its comments below `charts.<name>`, its lines indented. Line breaks become
 * those of Unix. Values that would not say the same when indented are written in one line; what is
 * not YAML is indented as it is, for a person to repair. May be called from any thread.
 *
 * Returns: (transfer full): the text
 */
char *
strata_values_wrap_chart (const char *chart_name,
                          const char *name_space,
                          const char *chart_values)
{
  g_return_val_if_fail (chart_name != NULL, NULL);
  g_return_val_if_fail (chart_values != NULL, NULL);

  g_autofree char *body = take_body (chart_values);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (chart_values, -1, NULL);
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;
  GString *text = g_string_new (NULL);

  append_head (text, chart_name, name_space);

  gsize head = text->len;

  if (yaml != NULL && says_nothing (root))
    {
      g_string_append (text, " {}\n");
      append_comments (text, body);
      root = &nothing;
    }
  else
    append_lines (text, body);

  if (root != NULL && !is_wrapped (text->str, chart_name, root))
    {
      g_string_truncate (text, head);
      g_string_append_c (text, ' ');
      strata_yaml_append_flow (text, root);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
