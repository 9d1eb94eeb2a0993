/* strata-values-merge.c - one YAML text merged into another as text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const StrataYamlNode *
strata_values_pair_key (StrataValuesPair pair)
{
  return strata_yaml_node_get_key (pair.mapping, pair.index);
}

const StrataYamlNode *
strata_values_pair_value (StrataValuesPair pair)
{
  return strata_yaml_node_raw_item (pair.mapping, pair.index);
}

const StrataYamlNode *
strata_values_follow (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_ALIAS) != 0 ? node->target : node;
}

/* Says that something at @node cannot be done. Returns %FALSE. */
gboolean
strata_values_refuse_at (StrataValuesMerge    *self,
                         const StrataYamlNode *node,
                         const char           *sentence)
{
  g_set_error (self->error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("Line %u, column %u: %s"), node->line + 1, node->column + 1, sentence);

  return FALSE;
}

void
strata_values_refuse (const char  *path,
                      GError     **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” cannot be changed without touching what is around it; do it by hand"),
                  path);
}

/* Lines of a text moved by @columns, each but the first; blanks stay where there are too few.
 * Moving every line of a block by the same amount keeps what it says.
 */
char *
strata_values_shift (const char *text,
                     gsize       length,
                     int         columns,
                     const char *eol)
{
  GString *shifted = g_string_new (NULL);
  const char *end = text + length;

  while (text < end)
    {
      const char *next = memchr (text, '\n', (gsize) (end - text));
      const char *stop = next != NULL ? next : end;

      if (stop > text && stop[-1] == '\r')
        stop--;

      g_string_append_len (shifted, text, stop - text);

      if (next == NULL)
        break;

      text = next + 1;
      g_string_append (shifted, eol);

      if (text == end || strchr ("\r\n", *text) != NULL)
        continue;

      for (int i = columns; i > 0; i--)
        g_string_append_c (shifted, ' ');

      for (int i = columns; i < 0 && text < end && *text == ' '; i++)
        text++;
    }

  return g_string_free (shifted, FALSE);
}

static gboolean merge_mapping (StrataValuesMerge    *self,
                               const StrataYamlNode *mapping,
                               const StrataYamlNode *add);

static gboolean
merge_pair (StrataValuesMerge *self,
            StrataValuesPair   old,
            StrataValuesPair   add)
{
  const StrataYamlNode *old_value = strata_values_pair_value (old),
                       *value = strata_values_follow (strata_values_pair_value (add));

  if (strata_yaml_node_equal (old_value, value))
    return TRUE;

  if ((old_value->flags & STRATA_YAML_ALIAS) != 0)
    return strata_values_refuse_at (
      self, old_value,
      _("This comes from an anchor and cannot be changed here; change the text by hand"));

  if (strata_values_can_join (self, old_value, value))
    {
      if (value->size == 0)
        return TRUE;
      if (old_value->kind == STRATA_YAML_MAPPING && old_value->size > 0)
        return merge_mapping (self, old_value, value);
    }

  return strata_values_put_value (self, old, add);
}

static gboolean
merge_mapping (StrataValuesMerge    *self,
               const StrataYamlNode *mapping,
               const StrataYamlNode *add)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();

  for (guint i = 0; i < add->size; i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (add, i);
      StrataValuesPair old = { mapping, 0 };

      if (strata_yaml_node_find_pair (mapping, key->value, &old.index))
        {
          if (!merge_pair (self, old, (StrataValuesPair){ add, i }))
            return FALSE;
        }
      else if (strata_yaml_node_get_member (mapping, key->value) != NULL &&
               strata_yaml_node_get_item (add, i)->kind == STRATA_YAML_MAPPING)
        return strata_values_refuse_at (
          self, mapping,
          _("A value that comes from “<<” cannot be changed here; change the text by hand"));
      else
        g_ptr_array_add (missing, GUINT_TO_POINTER (i));
    }

  strata_values_put_pairs (self, mapping, missing, add);

  return TRUE;
}

/* A key that stands twice in @add would not say what the text has to say in the end. */
static gboolean
check_keys (const StrataYamlNode  *add,
            GError               **error)
{
  for (guint i = 0; i < strata_yaml_node_get_size (add); i++)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (add, i);
      const char *name = key != NULL ? strata_yaml_node_get_value (key) : NULL;
      guint last = i;

      if (name != NULL && strata_yaml_node_find_pair (add, name, &last) && last != i)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                       _("The key “%s” stands twice in what is to be added"), name);
          return FALSE;
        }

      if (!check_keys (strata_yaml_node_get_item (add, i), error))
        return FALSE;
    }

  return TRUE;
}

static const StrataYamlNode *
descend (const StrataYamlNode *node,
         guint                 depth)
{
  for (guint i = 0; i < depth; i++)
    node = strata_yaml_node_get_item (node, 0);

  return node;
}

static char *
merge_texts (StrataValuesMerge *self,
             GArray            *base)
{
  StrataYamlNode *mapping = self->target.root;

  for (guint i = 0; base != NULL && i < base->len; i++)
    mapping = strata_yaml_node_raw_item (mapping, g_array_index (base, StrataValuesStep, i).index);

  if ((mapping != NULL && mapping->kind != STRATA_YAML_MAPPING) ||
      !strata_values_has_text_keys (self->add.root))
    {
      g_set_error (self->error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Only keys with values can be added, and only to such"));
      return NULL;
    }

  if (mapping == NULL || mapping->size == 0)
    strata_values_put_in_empty (self, self->add.root);
  else if (!merge_mapping (self, mapping, self->add.root))
    return NULL;

  g_autofree char *text = strata_values_text_apply (&self->target);

  if (strata_values_is_merged (self, mapping, text))
    return g_steal_pointer (&text);

  strata_values_refuse (strata_yaml_node_get_value (strata_yaml_node_get_key (self->add.root, 0)),
                        self->error);

  return NULL;
}

/* Merges @add below the mapping that the steps of @base lead to. With @replace_depth the value that
 * is that many levels down the first keys of @add takes the place of what was there, even when both
 * are mappings.
 */
char *
strata_values_merge_at (const char  *text,
                        GArray      *base,
                        const char  *add,
                        guint        replace_depth,
                        GError     **error)
{
  g_autofree char *ended = g_strconcat (add, g_str_has_suffix (add, "\n") ? "" : "\n", NULL);
  StrataValuesMerge merge = { .error = error };
  char *result = NULL;

  if (strata_values_text_init (&merge.target, text, error) &&
      strata_values_text_init (&merge.add, ended, error))
    {
      if (merge.add.root == NULL || merge.add.root->size == 0)
        result = g_strdup (text);
      else if (check_keys (merge.add.root, error))
        {
          merge.whole = replace_depth > 0 ? descend (merge.add.root, replace_depth) : NULL;
          result = merge_texts (&merge, base);
        }
    }

  strata_values_text_clear (&merge.target);
  strata_values_text_clear (&merge.add);

  return result;
}

char *
strata_values_merge (const char  *text,
                     const char  *add,
                     GError     **error)
{
  return strata_values_merge_at (text, NULL, add, 0, error);
}
