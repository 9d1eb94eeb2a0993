/* strata-values.c - values.yaml read and changed as text: comments and order are the user's
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-json-private.h"
#include "strata-values.h"
#include "strata-values-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INSTALL_ORDER "pack.\"spectrocloud.com/install-priority\""
#define NAMESPACE "pack.namespace"

static StrataYamlNode *
value_of (const StrataValuesStep *step)
{
  return strata_yaml_node_get_item (step->node, step->index);
}

/* A path without the quotes that may stand around its keys. */
static char *
unquote_path (const char *dotted_path)
{
  GString *path = g_string_new (NULL);

  for (; *dotted_path != '\0'; dotted_path++)
    if (*dotted_path != '"')
      g_string_append_c (path, *dotted_path);

  return g_string_free (path, FALSE);
}

/* The text of a collection as it stands there, its lines moved to the left. */
static char *
copy_source (const StrataValuesText *values,
             const StrataYamlNode   *node)
{
  gsize end =
    (node->flags & STRATA_YAML_FLOW) != 0 ? node->end : strata_values_text_value_end (values, node);

  return strata_values_shift (values->text + node->start, end - node->start, -(int) node->column,
                              "\n");
}

/**
 * strata_values_get:
 * @text: a values text
 * @dotted_path: a path as for [func@yaml_node_lookup]; quotes around a key are skipped
 *
 * Returns: (transfer full) (nullable): the text of that scalar without quotes, or the YAML of that
 * mapping or sequence; %NULL when there is no such value or @text is not YAML
 */
char *
strata_values_get (const char *text,
                   const char *dotted_path)
{
  g_auto(StrataValuesText) values = { 0 };
  g_autoptr(GError) ignored = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (dotted_path != NULL, NULL);

  g_autofree char *path = unquote_path (dotted_path);

  if (!strata_values_text_init (&values, text, &ignored) || values.root == NULL)
    return NULL;

  StrataYamlNode *node = strata_yaml_node_lookup (values.root, path);

  if (node == NULL)
    return NULL;

  return node->kind == STRATA_YAML_SCALAR ? g_strdup (node->value) : copy_source (&values, node);
}

/* Splits a path where nothing is there yet: at its dots, but not inside quotes, and not inside a
 * name that a domain stands before, as in `spectrocloud.com/install-priority`.
 */
static GPtrArray *
split_path (const char *path)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  GString *key = g_string_new (NULL);
  gboolean in_quotes = FALSE;

  for (; *path != '\0'; path++)
    {
      const char *slash = strchr (path, '/');
      const char *quote = strchr (path, '"');
      gboolean in_domain = slash != NULL && (quote == NULL || slash < quote);

      if (*path == '"')
        in_quotes = !in_quotes;
      else if (*path == '.' && !in_quotes && !in_domain)
        {
          g_ptr_array_add (keys, g_string_free (key, FALSE));
          key = g_string_new (NULL);
        }
      else
        g_string_append_c (key, *path);
    }

  g_ptr_array_add (keys, g_string_free (key, FALSE));

  return keys;
}

static guint
count_quotes (const char *text)
{
  guint n_quotes = 0;

  for (; *text != '\0'; text++)
    n_quotes += *text == '"' ? 1 : 0;

  return n_quotes;
}

/* Finds as much of the path as there is. Returns what is left of it, from a dot or the start on. */
static const char *
find_longest (const StrataValuesText *values,
              const char             *dotted_path,
              GArray                 *steps)
{
  const char *end = dotted_path + strlen (dotted_path);

  while (values->root != NULL && end > dotted_path)
    {
      g_autofree char *part = g_strndup (dotted_path, (gsize) (end - dotted_path));
      g_autofree char *unquoted = unquote_path (part);

      if (count_quotes (part) % 2 == 0 && strata_values_find (values->root, unquoted, steps))
        return end;

      end = g_strrstr_len (dotted_path, end - dotted_path, ".");

      if (end == NULL)
        break;
    }

  return dotted_path;
}

/* What follows the last sequence on the way has to be written; a value that is in the way must not
 * be lost.
 */
static GPtrArray *
collect_keys (GArray     *steps,
              const char *rest,
              GArray     *base)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  guint first = 0;

  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, StrataValuesStep, i).node->kind == STRATA_YAML_SEQUENCE)
      first = i + 1;

  g_array_append_vals (base, steps->data, first);

  for (guint i = first; i < steps->len; i++)
    {
      const StrataValuesStep *step = &g_array_index (steps, StrataValuesStep, i);

      g_ptr_array_add (keys, g_strdup (strata_yaml_node_get_value (
                               strata_yaml_node_get_key (step->node, step->index))));
    }

  if (*rest != '\0')
    {
      g_autoptr(GPtrArray) more = split_path (rest + (*rest == '.' ? 1 : 0));

      g_ptr_array_extend_and_steal (keys, g_steal_pointer (&more));
    }

  return keys;
}

static gboolean
is_in_the_way (GArray     *steps,
               const char *rest)
{
  if (steps->len == 0 || *rest == '\0')
    return FALSE;

  const StrataYamlNode *node = value_of (&g_array_index (steps, StrataValuesStep, steps->len - 1));

  return node->kind == STRATA_YAML_SEQUENCE ||
         (node->kind == STRATA_YAML_SCALAR &&
          strata_yaml_node_means (node) != STRATA_YAML_MEANS_NULL);
}

/* The keys as nested mappings around the value, which is a scalar, a block of lines, or a scalar
 * with a header.
 */
static char *
wrap_value (GPtrArray  *keys,
            const char *value,
            guint       indent)
{
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (value, -1, NULL);
  const StrataYamlNode *root = yaml != NULL ? strata_yaml_get_root (yaml, 0) : NULL;
  gboolean is_block =
    root != NULL && root->kind != STRATA_YAML_SCALAR && (root->flags & STRATA_YAML_FLOW) == 0;
  int columns = (int) (indent * (is_block ? keys->len : keys->len - 1));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      g_string_append_printf (text, "%*s", (int) (i * indent), "");
      strata_yaml_append_quoted (text, g_ptr_array_index (keys, i));
      g_string_append (text, i + 1 < keys->len ? ":\n" : ":");
    }

  g_autofree char *shifted = strata_values_shift (value, strlen (value), columns, "\n");

  if (is_block)
    g_string_append_printf (text, "\n%*s%s\n", columns, "", shifted);
  else
    g_string_append_printf (text, "%s%s\n", *value != '\0' ? " " : "", shifted);

  return g_string_free (text, FALSE);
}

/**
 * strata_values_set:
 * @text: a values text
 * @dotted_path: a path as for [func@yaml_node_lookup]; keys that hold dots may stand in double
 * quotes
 * @value: YAML: a scalar as it is to be written, with quotes where they are wanted, or a whole
 * block
 * @error: return location for a #StrataError
 *
 * Gives a key a value. A value that is there is replaced in place, and the comment behind it stays;
 * a key that is not there is added at the end of its mapping, with the mappings above it as needed.
 * Nothing else of the text changes, which is checked by reading the result. May be called from any
 * thread.
 *
 * Returns: (transfer full) (nullable): the new text; or %NULL with @error `INVALID` when @text or
 * @value is not YAML, or the change cannot be made without touching something else
 */
char *
strata_values_set (const char  *text,
                   const char  *dotted_path,
                   const char  *value,
                   GError     **error)
{
  g_auto(StrataValuesText) values = { 0 };
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (StrataValuesStep));
  g_autoptr(GArray) base = g_array_new (FALSE, FALSE, sizeof (StrataValuesStep));

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (dotted_path != NULL && *dotted_path != '\0', NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (!strata_values_text_init (&values, text, error))
    return NULL;

  const char *rest = find_longest (&values, dotted_path, steps);
  g_autoptr(GPtrArray) keys = collect_keys (steps, rest, base);

  if (is_in_the_way (steps, rest) || keys->len == 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” cannot be set: what stands there is not a mapping"), dotted_path);
      return NULL;
    }

  g_autofree char *add = wrap_value (keys, value, values.indent);

  return strata_values_merge_at (text, base, add, keys->len, error);
}

/**
 * strata_values_remove:
 * @text: a values text
 * @dotted_path: a path as for [func@yaml_node_lookup]; quotes around a key are skipped
 * @error: return location for a #StrataError
 *
 * Takes out a key with its value and the comment lines right above it. A mapping that loses its
 * only key becomes `{}`. A key that is not there is no error. Nothing else of the text changes,
 * which is checked by reading the result. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the new text; or %NULL with @error `INVALID` when @text is
 * not YAML or the change cannot be made without touching something else
 */
char *
strata_values_remove (const char  *text,
                      const char  *dotted_path,
                      GError     **error)
{
  g_auto(StrataValuesText) values = { 0 };
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (StrataValuesStep));

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (dotted_path != NULL, NULL);

  g_autofree char *path = unquote_path (dotted_path);

  if (!strata_values_text_init (&values, text, error))
    return NULL;
  if (values.root == NULL || !strata_values_find (values.root, path, steps))
    return g_strdup (text);

  char *shorter = strata_values_remove_steps (&values, steps);

  if (shorter == NULL)
    strata_values_refuse (path, error);

  return shorter;
}

/**
 * strata_values_get_install_order:
 * @text: a values text
 *
 * Returns: `pack.spectrocloud.com/install-priority`, which the console writes as a text; 0 when
 * there is none
 */
int
strata_values_get_install_order (const char *text)
{
  g_autofree char *value = strata_values_get (text, INSTALL_ORDER);
  gint64 order = 0;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, G_MININT, G_MAXINT, &order, NULL))
    return 0;

  return (int) order;
}

/**
 * strata_values_set_install_order:
 * @text: a values text
 * @order: layers of a lower order are installed first
 * @error: return location for a #StrataError
 *
 * Returns: (transfer full) (nullable): the new text, as of [func@values_set]; @text itself when it
 * has that order
 */
char *
strata_values_set_install_order (const char  *text,
                                 int          order,
                                 GError     **error)
{
  g_autofree char *value = g_strdup_printf ("\"%d\"", order);

  g_return_val_if_fail (text != NULL, NULL);

  if (strata_values_get_install_order (text) == order)
    return g_strdup (text);

  return strata_values_set (text, INSTALL_ORDER, value, error);
}

/**
 * strata_values_get_namespace:
 * @text: a values text
 *
 * Returns: (transfer full): `pack.namespace`, "" when there is none
 */
char *
strata_values_get_namespace (const char *text)
{
  char *name_space = strata_values_get (text, NAMESPACE);

  return name_space != NULL ? name_space : g_strdup ("");
}

/**
 * strata_values_set_namespace:
 * @text: a values text
 * @name_space: the namespace of the layer, "" for none
 * @error: return location for a #StrataError
 *
 * Returns: (transfer full) (nullable): the new text, as of [func@values_set]
 */
char *
strata_values_set_namespace (const char  *text,
                             const char  *name_space,
                             GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name_space != NULL, NULL);

  if (*name_space == '\0')
    return strata_values_remove (text, NAMESPACE, error);

  GString *value = g_string_new (NULL);

  strata_json_append_string (value, name_space);

  char *changed = strata_values_set (text, NAMESPACE, value->str, error);

  g_string_free (value, TRUE);

  return changed;
}
