/* strata-take-path.c - the value at one path taken over from another text, and nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-take"

#include "strata-take.h"

#include <stdlib.h>
#include <string.h>

#include "strata-diff-private.h"
#include "strata-values-merge.h"

/* What is taken, and where it stands in both texts. */
typedef struct
{
  StrataValuesMerge  merge;
  GArray            *mine;    /* (owned) (element-type StrataValuesStep): the way in the target, as far as it goes */
  GArray            *theirs;  /* (owned) (element-type StrataValuesStep): in the other text */
} Take;

/* Paths */

/* Whether @path begins with @start and goes on behind it, or ends there. */
static gboolean
is_below (const char *path,
          const char *start)
{
  gsize length = strlen (start);

  return g_str_has_prefix (path, start) &&
         (length == 0 || path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

static char *
join_child (const char           *path,
            const StrataYamlNode *node,
            guint                 index)
{
  if (node->kind == STRATA_YAML_SEQUENCE)
    return g_strdup_printf ("%s[%u]", path, index);

  const StrataYamlNode *key = strata_yaml_node_get_key (node, index);

  return key->kind == STRATA_YAML_SCALAR ? strata_path_join (path, strata_yaml_node_get_value (key)) : NULL;
}

/* Goes from @node along @path as [func@diff_trees] writes it, as far as that leads; not through an alias, as what it stands
 * for is another place's too. Returns whether it leads to the end. */
static gboolean
walk (StrataYamlNode *node,
      const char     *so_far,
      const char     *path,
      GArray         *steps)
{
  if (g_str_equal (so_far, path))
    return TRUE;
  if (node == NULL || (node->flags & STRATA_YAML_ALIAS) != 0 || node->kind == STRATA_YAML_SCALAR)
    return FALSE;

  /* Of a key that stands twice the last one counts. */
  for (guint i = node->size; i-- > 0;)
    {
      g_autofree char *inner = join_child (so_far, node, i);
      StrataValuesStep step = { node, i };

      if (inner == NULL || !is_below (path, inner))
        continue;

      g_array_append_val (steps, step);

      return walk (strata_yaml_node_raw_item (node, i), inner, path, steps);
    }

  return FALSE;
}

static const StrataValuesStep *
last_step (GArray *steps)
{
  return steps->len > 0 ? &g_array_index (steps, StrataValuesStep, steps->len - 1) : NULL;
}

static const StrataYamlNode *
get_value (const StrataValuesStep *step)
{
  return strata_yaml_node_raw_item (step->node, step->index);
}

/* Items of lists */

static gboolean
is_flow (const StrataYamlNode *node)
{
  return (node->flags & STRATA_YAML_FLOW) != 0;
}

/* The dash of an item; the text's length where none is found. */
static gsize
find_dash (const StrataValuesText *text,
           const StrataYamlNode   *item)
{
  gsize at = MIN (item->start, text->length);

  /* An empty item stands right behind its dash, or further down. */
  while (at > 0 && strchr (" \t\r\n", text->text[at - 1]) != NULL)
    at--;

  return at > 0 && text->text[at - 1] == '-' ? at - 1 : text->length;
}

static char *
to_flow (const StrataYamlNode *node)
{
  GString *text = g_string_new (NULL);

  strata_yaml_append_flow (text, strata_values_follow (node));

  return g_string_free (text, FALSE);
}

static guint
find_column (const StrataValuesText *text,
             gsize                   offset)
{
  return (guint) (offset - strata_values_text_line_start (text, offset));
}

/* An item with its dash, moved to where items of the target stand. */
static char *
copy_item (Take                   *self,
           const StrataValuesStep *theirs,
           guint                   column)
{
  const StrataValuesText *add = &self->merge.add;
  const StrataYamlNode *item = get_value (theirs);
  gsize dash = is_flow (theirs->node) ? add->length : find_dash (add, item);

  if (dash == add->length)
    {
      g_autofree char *flow = to_flow (item);

      return g_strconcat ("- ", flow, NULL);
    }

  gsize end = MAX (strata_values_text_value_end (add, item), dash + 1);

  return strata_values_shift (add->text + dash, end - dash, (int) column - (int) find_column (add, dash),
                              self->merge.target.eol);
}

static gboolean
replace_item (Take                   *self,
              const StrataValuesStep *mine,
              const StrataValuesStep *theirs)
{
  StrataValuesText *target = &self->merge.target;
  const StrataYamlNode *item = get_value (mine);

  if (is_flow (mine->node))
    {
      g_autofree char *flow = to_flow (get_value (theirs));

      strata_values_text_splice (target, item->start, item->end, flow);
      return TRUE;
    }

  gsize dash = find_dash (target, item);

  if (dash == target->length)
    return FALSE;

  g_autofree char *copied = copy_item (self, theirs, find_column (target, dash));

  strata_values_text_splice (target, dash, MAX (strata_values_text_value_end (target, item), dash + 1), copied);

  return TRUE;
}

/* Lists are compared item by item from the first, so that only behind the last one something can be missing. */
static gboolean
append_item (Take                   *self,
             const StrataYamlNode   *list,
             const StrataValuesStep *theirs)
{
  StrataValuesText *target = &self->merge.target;
  const StrataYamlNode *last = list->size > 0 ? strata_yaml_node_raw_item (list, list->size - 1) : NULL;

  if (theirs->index != list->size)
    return FALSE;

  if (is_flow (list))
    {
      g_autofree char *flow = to_flow (get_value (theirs));
      g_autofree char *text = g_strconcat (last != NULL ? ", " : "", flow, NULL);
      gsize place = last != NULL ? last->end : list->start + 1;

      strata_values_text_splice (target, place, place, text);
      return TRUE;
    }

  gsize dash = last != NULL ? find_dash (target, last) : target->length;

  if (dash == target->length)
    return FALSE;

  gsize end = MAX (strata_values_text_value_end (target, last), dash + 1);
  guint column = find_column (target, dash);
  g_autofree char *copied = copy_item (self, theirs, column);
  g_autofree char *text = g_strdup_printf ("%s%*s%s", target->eol, (int) column, "", copied);

  strata_values_text_splice (target, end, end, text);

  return TRUE;
}

static gboolean
remove_item (Take                   *self,
             const StrataValuesStep *mine)
{
  StrataValuesText *target = &self->merge.target;
  const StrataYamlNode *item = get_value (mine);

  if (mine->index + 1 != mine->node->size || mine->index == 0)
    return FALSE;

  if (is_flow (mine->node))
    {
      strata_values_text_splice (target, strata_yaml_node_raw_item (mine->node, mine->index - 1)->end, item->end, "");
      return TRUE;
    }

  gsize dash = find_dash (target, item);

  if (dash == target->length || !strata_values_text_is_first (target, dash))
    return FALSE;

  gsize end = MAX (strata_values_text_value_end (target, item), dash + 1);

  strata_values_text_splice (target, strata_values_text_line_start (target, dash),
                             strata_values_text_next_line (target, end), "");

  return TRUE;
}

/* What is done */

static gboolean
replace (Take *self)
{
  const StrataValuesStep *mine = last_step (self->mine);
  const StrataValuesStep *theirs = last_step (self->theirs);

  if (mine == NULL || theirs == NULL || mine->node->kind != theirs->node->kind)
    return FALSE;
  if (mine->node->kind == STRATA_YAML_SEQUENCE)
    return replace_item (self, mine, theirs);

  return strata_values_put_value (&self->merge, (StrataValuesPair){ mine->node, mine->index },
                                  (StrataValuesPair){ theirs->node, theirs->index });
}

/* The nearest key above it in their text that mine has too. */
static int
find_before (const StrataYamlNode   *mapping,
             const StrataValuesStep *theirs)
{
  for (guint i = theirs->index; i-- > 0;)
    {
      const StrataYamlNode *key = strata_yaml_node_get_key (theirs->node, i);
      guint index;

      if (key->kind == STRATA_YAML_SCALAR && strata_yaml_node_find_pair (mapping, key->value, &index))
        return (int) index;
    }

  return -1;
}

/* An empty mapping of one line gets its first pair between its braces. */
static gboolean
fill_braces (Take                   *self,
             const StrataYamlNode   *mapping,
             const StrataValuesStep *theirs)
{
  g_autofree char *name = to_flow (strata_yaml_node_get_key (theirs->node, theirs->index));
  g_autofree char *value = to_flow (get_value (theirs));
  g_autofree char *text = g_strdup_printf ("%s: %s", name, value);

  strata_values_text_splice (&self->merge.target, mapping->start + 1, mapping->start + 1, text);

  return TRUE;
}

static gboolean
insert_below (Take                   *self,
              const StrataYamlNode   *parent,
              const StrataValuesStep *theirs)
{
  if (parent->kind == STRATA_YAML_SEQUENCE)
    return append_item (self, parent, theirs);
  if (parent->size == 0)
    return is_flow (parent) && fill_braces (self, parent, theirs);

  strata_values_put_pair_after (&self->merge, parent, find_before (parent, theirs),
                                (StrataValuesPair){ theirs->node, theirs->index });

  return TRUE;
}

static gboolean
insert (Take *self)
{
  const StrataValuesStep *above = last_step (self->mine);
  const StrataValuesStep *theirs = last_step (self->theirs);
  const StrataYamlNode *parent = above != NULL ? get_value (above) : self->merge.target.root;

  if (theirs == NULL || parent == NULL || self->mine->len + 1 != self->theirs->len || parent->kind != theirs->node->kind ||
      (parent->flags & STRATA_YAML_ALIAS) != 0)
    return FALSE;

  if (parent->size > 0 || theirs->node->size != 1 || above == NULL)
    return insert_below (self, parent, theirs);

  /* It is all that their mapping or list has: that is written as it is there. */
  g_array_set_size (self->theirs, self->theirs->len - 1);

  return replace (self);
}

static gboolean
take_out (Take *self)
{
  const StrataValuesStep *mine = last_step (self->mine);

  if (mine == NULL || self->mine->len != self->theirs->len + 1)
    return FALSE;
  if (mine->node->kind == STRATA_YAML_SEQUENCE)
    return remove_item (self, mine);

  strata_values_remove_pair (&self->merge.target, self->mine);

  return TRUE;
}

/* Whether @text differs from @before at @path and nowhere else, and from @other not there. */
static gboolean
is_taken (const char *before,
          const char *text,
          const char *other,
          const char *path)
{
  g_autoptr(GPtrArray) done = strata_diff_trees (before, text);
  g_autoptr(GPtrArray) left = strata_diff_trees (other, text);

  if (done == NULL || left == NULL)
    return FALSE;

  for (guint i = 0; i < done->len; i++)
    if (!is_below (((StrataChange *) done->pdata[i])->path, path))
      return FALSE;
  for (guint i = 0; i < left->len; i++)
    if (is_below (((StrataChange *) left->pdata[i])->path, path))
      return FALSE;

  return TRUE;
}

/* A path begins with the number of its document where one of the texts has several. */
static gboolean
find_document (Take       *self,
               const char *path,
               char      **start)
{
  gboolean is_one = strata_yaml_get_n_documents (self->merge.target.yaml) <= 1 &&
                    strata_yaml_get_n_documents (self->merge.add.yaml) <= 1;
  guint number = is_one ? 1 : *path == '#' ? (guint) strtoul (path + 1, NULL, 10) : 0;

  *start = is_one ? g_strdup ("") : g_strdup_printf ("#%u", number);

  return number > 0 && !g_str_equal (path, *start) &&
         strata_values_text_choose (&self->merge.target, number - 1) &&
         strata_values_text_choose (&self->merge.add, number - 1);
}

static char *
run (Take       *self,
     const char *path)
{
  g_autofree char *start = NULL;

  if (!find_document (self, path, &start))
    return NULL;

  gboolean is_mine = walk (self->merge.target.root, start, path, self->mine);
  gboolean is_theirs = walk (self->merge.add.root, start, path, self->theirs);
  gboolean is_done = is_mine && is_theirs ? replace (self)
                   : is_theirs            ? insert (self)
                   : is_mine              ? take_out (self)
                                          : FALSE;

  return is_done ? strata_values_text_apply (&self->merge.target) : NULL;
}

/**
 * strata_take_path:
 * @text: a YAML text
 * @other: the one to take from
 * @path: a path that differs between them, as [func@diff_trees] writes it
 *
 * Comments and the order of all else stay as they are in @text. Any thread.
 *
 * Returns: (transfer full) (nullable): @text with the value that @other has at @path, without it when @other has none;
 *   %NULL when that cannot be done without touching something else, as with an item in the middle of a list, or what comes
 *   from an anchor
 */
char *
strata_take_path (const char *text,
                  const char *other,
                  const char *path)
{
  g_return_val_if_fail (text != NULL && other != NULL && path != NULL, NULL);

  g_autoptr(GArray) mine = g_array_new (FALSE, FALSE, sizeof (StrataValuesStep));
  g_autoptr(GArray) theirs = g_array_new (FALSE, FALSE, sizeof (StrataValuesStep));
  g_autofree char *ended = g_strconcat (other, g_str_has_suffix (other, "\n") ? "" : "\n", NULL);
  g_autofree char *taken = NULL;
  Take take = { .mine = mine, .theirs = theirs };

  if (strata_values_text_init_any (&take.merge.target, text) && strata_values_text_init_any (&take.merge.add, ended))
    taken = run (&take, path);

  strata_values_text_clear (&take.merge.target);
  strata_values_text_clear (&take.merge.add);

  return taken != NULL && is_taken (text, taken, other, path) ? g_steal_pointer (&taken) : NULL;
}
