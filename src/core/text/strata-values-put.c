/* strata-values-put.c - a value or a pair of one text written into another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Whether the text of a value is all between where it begins and where it ends. A block has its
 * indentation too.
 */
static gboolean
is_span (const StrataYamlNode *value)
{
  if (value->kind == STRATA_YAML_SCALAR)
    return (value->flags & STRATA_YAML_BLOCK) == 0;

  return (value->flags & (STRATA_YAML_FLOW | STRATA_YAML_ALIAS)) != 0;
}

/* Whether a value begins and ends in the line of its key, so that it may be put anywhere. */
static gboolean
is_inline (const StrataValuesText *text,
           const StrataYamlNode   *key,
           const StrataYamlNode   *value)
{
  return is_span (value) && strata_values_text_line_end (text, key->end) >= value->end;
}

static char *
copy_node (const StrataValuesText *text,
           const StrataYamlNode   *node)
{
  return g_strndup (text->text + node->start, node->end - node->start);
}

static char *
node_to_flow (const StrataYamlNode *node)
{
  GString *text = g_string_new (NULL);

  strata_yaml_append_flow (text, strata_values_follow (node));

  return g_string_free (text, FALSE);
}

static void
replace_in_flow (StrataValuesMerge    *self,
                 StrataValuesPair      old,
                 const StrataYamlNode *value)
{
  const StrataYamlNode *old_value = strata_values_pair_value (old);
  gboolean has_colon = strata_values_text_colon (&self->target, strata_values_pair_key (old)) != 0;
  g_autofree char *flow = node_to_flow (value);
  g_autofree char *text = old_value->start < old_value->end
                            ? g_strdup (flow)
                            : g_strconcat (has_colon ? " " : ": ", flow, NULL);

  strata_values_text_splice (&self->target, old_value->start, old_value->end, text);
}

static void
replace_inline (StrataValuesMerge    *self,
                gsize                 colon,
                const StrataYamlNode *old_value,
                const StrataYamlNode *value)
{
  g_autofree char *text = copy_node (&self->add, value);
  gboolean was_empty = old_value->start == old_value->end;
  g_autofree char *spaced =
    was_empty && *text != '\0' ? g_strconcat (" ", text, NULL) : g_steal_pointer (&text);

  strata_values_text_splice (&self->target, was_empty ? colon : old_value->start,
                             was_empty ? colon : old_value->end, spaced);
}

/* The comment in the line of the key, when it does not stand behind the end of a value of several
 * lines.
 */
static char *
find_head_comment (const StrataValuesText *text,
                   const StrataYamlNode   *key,
                   const StrataYamlNode   *value,
                   gsize                   colon)
{
  gsize line_end = strata_values_text_line_end (text, colon);
  gsize from = colon;

  if (is_inline (text, key, value))
    from = MAX (value->end, colon);
  else if (value->start < line_end)
    return NULL;

  from += strspn (text->text + from, " \t");

  return from < line_end && text->text[from] == '#' ? g_strndup (text->text + from, line_end - from)
                                                    : NULL;
}

/* What stands behind the “:” of a pair of @add, to its end, moved to where the pair of the target
 * stands.
 */
static char *
copy_value (StrataValuesMerge *self,
            StrataValuesPair   add,
            int                columns)
{
  gsize colon = strata_values_text_colon (&self->add, strata_values_pair_key (add));
  gsize end = strata_values_text_value_end (&self->add, strata_values_pair_value (add));

  if (colon == 0 || (add.mapping->flags & STRATA_YAML_FLOW) != 0)
    {
      g_autofree char *flow = node_to_flow (strata_values_pair_value (add));

      return g_strconcat (" ", flow, NULL);
    }

  return strata_values_shift (self->add.text + colon, end - colon, columns, self->target.eol);
}

static char *
put_comment (const char *value,
             const char *comment)
{
  const char *end = value + strcspn (value, "\r\n");
  g_autofree char *head = g_strndup (value, (gsize) (end - value));

  if (comment == NULL || strstr (head, " #") != NULL)
    return g_strdup (value);

  return g_strconcat (g_strchomp (head), " ", comment, end, NULL);
}

/* A block at the very end of a text without a last line break would lose its own last one. */
static const char *
needed_break (StrataValuesMerge    *self,
              const StrataYamlNode *value,
              gsize                 end)
{
  gboolean is_block = (strata_values_text_last_leaf (value)->flags & STRATA_YAML_BLOCK) != 0;

  return is_block && end == self->target.length ? self->target.eol : "";
}

static void
replace_lines (StrataValuesMerge *self,
               StrataValuesPair   old,
               StrataValuesPair   add,
               gsize              colon)
{
  const StrataYamlNode *old_key = strata_values_pair_key (old),
                       *old_value = strata_values_pair_value (old);
  const StrataYamlNode *key = strata_values_pair_key (add), *value = strata_values_pair_value (add);
  gsize end = MAX (strata_values_text_value_end (&self->target, old_value),
                   strata_values_text_line_end (&self->target, colon));
  gboolean begins_here = value->start < strata_values_text_line_end (&self->add, key->end);
  gboolean takes_comment =
    !begins_here || (value->flags & STRATA_YAML_BLOCK) != 0 || is_inline (&self->add, key, value);
  g_autofree char *comment = find_head_comment (&self->target, old_key, old_value, colon);
  g_autofree char *copied = copy_value (self, add, (int) old_key->column - (int) key->column);
  g_autofree char *commented = put_comment (copied, takes_comment ? comment : NULL);
  g_autofree char *text = g_strconcat (commented, needed_break (self, value, end), NULL);

  strata_values_text_splice (&self->target, colon, end, text);
}

gboolean
strata_values_put_value (StrataValuesMerge *self,
                         StrataValuesPair   old,
                         StrataValuesPair   add)
{
  const StrataYamlNode *old_key = strata_values_pair_key (old);
  gsize colon = strata_values_text_colon (&self->target, old_key);

  if ((old.mapping->flags & STRATA_YAML_FLOW) != 0)
    {
      replace_in_flow (self, old, strata_values_pair_value (add));
      return TRUE;
    }

  if (colon == 0)
    return strata_values_refuse_at (
      self, old_key, _("A key written with “?” cannot be changed here; change the text by hand"));

  if (is_inline (&self->add, strata_values_pair_key (add), strata_values_pair_value (add)) &&
      is_span (strata_values_pair_value (old)))
    replace_inline (self, colon, strata_values_pair_value (old), strata_values_pair_value (add));
  else
    replace_lines (self, old, add, colon);

  return TRUE;
}

/* A pair of @add as lines at @column, with the comments above it. */
static char *
copy_pair (StrataValuesMerge *self,
           StrataValuesPair   add,
           guint              column)
{
  const StrataYamlNode *key = strata_values_pair_key (add);
  gsize start = strata_values_text_comments (&self->add, key);
  gsize end = strata_values_text_value_end (&self->add, strata_values_pair_value (add));
  gboolean is_flow = (add.mapping->flags & STRATA_YAML_FLOW) != 0;
  int columns = (int) column - (int) key->column;

  if (is_flow || !strata_values_text_is_first (&self->add, key->start))
    {
      g_autofree char *value = node_to_flow (strata_values_pair_value (add));
      g_autofree char *name = node_to_flow (key);

      return g_strdup_printf ("%*s%s: %s%s", (int) column, "", name, value, self->target.eol);
    }

  g_autofree char *copied = g_strndup (self->add.text + start, end - start);
  g_autofree char *lines = g_strconcat ("\n", copied, "\n", NULL);
  g_autofree char *shifted =
    strata_values_shift (lines, strlen (lines) - 1, columns, self->target.eol);

  return g_strconcat (shifted + strlen (self->target.eol), self->target.eol, NULL);
}

/* Where a new last pair of a block mapping goes: behind its last value and the comments that belong
 * to it.
 */
static gsize
find_place (const StrataValuesText *text,
            const StrataYamlNode   *mapping)
{
  guint column;
  gsize last = MAX (strata_values_text_value_end (text, mapping),
                    strata_yaml_node_get_key (mapping, mapping->size - 1)->end);
  gsize place = strata_values_text_next_line (text, last);

  for (gsize line = place; line < text->length; line = strata_values_text_next_line (text, line))
    {
      if (strata_values_text_is_blank (text, line))
        continue;
      if (!strata_values_text_is_comment (text, line, &column) || column < mapping->column)
        break;

      place = strata_values_text_next_line (text, line);
    }

  return place;
}

/* At the end of a text without a last line break one is added; a block that stood there is told not
 * to take it.
 */
static void
end_last_line (StrataValuesMerge *self,
               gsize              place)
{
  StrataValuesText *target = &self->target;

  if (place == 0 || target->text[place - 1] == '\n')
    return;

  if (target->root != NULL)
    {
      const StrataYamlNode *leaf = strata_values_text_last_leaf (target->root);
      const char *header =
        (leaf->flags & STRATA_YAML_BLOCK) != 0 ? strpbrk (target->text + leaf->start, "|>") : NULL;

      if (header != NULL && leaf->end == target->length)
        {
          gsize at = (gsize) (header - target->text) + 1 + strspn (header + 1, G_CSET_DIGITS);
          gsize old = target->text[at] == '+' || target->text[at] == '-' ? 1 : 0;

          strata_values_text_splice (target, at, at + old, "-");
        }
    }

  strata_values_text_splice (target, place, place, target->eol);
}

static void
insert_lines (StrataValuesMerge *self,
              gsize              place,
              guint              column,
              GPtrArray         *keys,
              StrataValuesPair   add)
{
  for (guint i = 0; i < keys->len; i++)
    {
      add.index = GPOINTER_TO_UINT (g_ptr_array_index (keys, i));

      g_autofree char *lines = copy_pair (self, add, column);

      strata_values_text_splice (&self->target, place, place, lines);
    }
}

static void
insert_in_flow (StrataValuesMerge    *self,
                const StrataYamlNode *mapping,
                guint                 before,
                GPtrArray            *keys,
                const StrataYamlNode *add)
{
  const StrataYamlNode *last = strata_yaml_node_raw_item (mapping, before);

  for (guint i = 0; i < keys->len; i++)
    {
      guint index = GPOINTER_TO_UINT (g_ptr_array_index (keys, i));
      g_autofree char *name = node_to_flow (strata_yaml_node_get_key (add, index));
      g_autofree char *value = node_to_flow (strata_yaml_node_raw_item (add, index));
      g_autofree char *text = g_strdup_printf (", %s: %s", name, value);

      strata_values_text_splice (&self->target, last->end, last->end, text);
    }
}

void
strata_values_put_pairs (StrataValuesMerge    *self,
                         const StrataYamlNode *mapping,
                         GPtrArray            *keys,
                         const StrataYamlNode *add)
{
  if (keys->len == 0)
    return;

  if ((mapping->flags & STRATA_YAML_FLOW) != 0)
    {
      insert_in_flow (self, mapping, mapping->size - 1, keys, add);
      return;
    }

  gsize place = find_place (&self->target, mapping);

  if (place == self->target.length)
    end_last_line (self, place);

  insert_lines (self, place, mapping->column, keys, (StrataValuesPair){ add, 0 });
}

/* Where the lines behind the pair of @mapping at @before begin; before the first pair for -1, with its comments, if that
 * begins its line.
 */
static gsize
find_place_after (const StrataValuesText *text,
                  const StrataYamlNode   *mapping,
                  int                     before)
{
  const StrataYamlNode *first = strata_yaml_node_get_key (mapping, 0);

  if (before < 0 && strata_values_text_is_first (text, first->start))
    return strata_values_text_comments (text, first);
  if (before + 1 == (int) mapping->size)
    return find_place (text, mapping);

  const StrataYamlNode *key = strata_yaml_node_get_key (mapping, (guint) MAX (before, 0));
  const StrataYamlNode *value = strata_yaml_node_raw_item (mapping, (guint) MAX (before, 0));

  return strata_values_text_next_line (text, MAX (strata_values_text_value_end (text, value), key->end));
}

/* @mapping has pairs. @before: the one that it goes behind; -1 for the first place */
void
strata_values_put_pair_after (StrataValuesMerge    *self,
                              const StrataYamlNode *mapping,
                              int                   before,
                              StrataValuesPair      add)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  g_ptr_array_add (keys, GUINT_TO_POINTER (add.index));

  if ((mapping->flags & STRATA_YAML_FLOW) != 0)
    {
      insert_in_flow (self, mapping, (guint) MAX (before, 0), keys, add.mapping);
      return;
    }

  gsize place = find_place_after (&self->target, mapping, before);

  if (place == self->target.length)
    end_last_line (self, place);

  insert_lines (self, place, mapping->column, keys, add);
}

/* A text that says nothing, or only `{}`, gets its pairs at the end. */
void
strata_values_put_in_empty (StrataValuesMerge    *self,
                            const StrataYamlNode *add)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  StrataValuesText *target = &self->target;

  for (guint i = 0; i < add->size; i++)
    g_ptr_array_add (keys, GUINT_TO_POINTER (i));

  if (target->root != NULL)
    strata_values_text_splice (target, target->root->start,
                               strata_values_text_next_line (target, target->root->end), "");
  else
    end_last_line (self, target->length);

  insert_lines (self, target->length, 0, keys, (StrataValuesPair){ add, 0 });
}
