/* strata-values-text.c - a values text with its tree, and the changes that wait to be made to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-values"

#include "strata-values-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_INDENT 2

/* Bytes [start, end) give way to a text. */
typedef struct
{
  gsize  start;
  gsize  end;
  guint  order;
  char  *replacement;  /* (owned) */
} Splice;

static void
splice_clear (gpointer data)
{
  Splice *splice = data;

  g_clear_pointer (&splice->replacement, g_free);
}

static guint
find_indent (const StrataYamlNode *root)
{
  for (guint i = 0; root != NULL && i < root->size; i++)
    {
      const StrataYamlNode *value = strata_yaml_node_raw_item (root, i);

      if (value->kind == STRATA_YAML_MAPPING && value->flags == 0 && value->column > root->column)
        return value->column - root->column;
    }

  return DEFAULT_INDENT;
}

static const char *
find_eol (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL && end > text && end[-1] == '\r' ? "\r\n" : "\n";
}

static void
set_text (StrataValuesText *self,
          const char       *text)
{
  self->text = g_strdup (text);
  self->length = strlen (text);
  self->eol = find_eol (text);
  self->indent = find_indent (self->root);
  self->splices = g_array_new (FALSE, FALSE, sizeof (Splice));
  g_array_set_clear_func (self->splices, splice_clear);
}

/* An empty text, one of comments only, and one whose document is null all say nothing. */
static gboolean
find_root (StrataValuesText  *self,
           GError           **error)
{
  StrataYamlNode *root = strata_yaml_get_root (self->yaml, 0);

  if (strata_yaml_get_n_documents (self->yaml) > 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Line %u: A second document starts here, but values are only one"),
                      strata_yaml_node_get_line (strata_yaml_get_root (self->yaml, 1)));
      return FALSE;
    }

  if (root == NULL || (root->kind == STRATA_YAML_SCALAR && root->start == root->end))
    return TRUE;

  if (root->kind != STRATA_YAML_MAPPING)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("Line %u: Values have to be keys with values"),
                      strata_yaml_node_get_line (root));
      return FALSE;
    }

  self->root = root;

  return TRUE;
}

/* Whatever YAML @text is: [func@values_text_choose] says which of its documents is meant. */
gboolean
strata_values_text_init_any (StrataValuesText *self,
                             const char       *text)
{
  self->yaml = strata_yaml_parse (text, -1, NULL);

  if (self->yaml == NULL)
    return FALSE;

  set_text (self, text);

  return TRUE;
}

gboolean
strata_values_text_init (StrataValuesText  *self,
                         const char        *text,
                         GError           **error)
{
  self->yaml = strata_yaml_parse (text, -1, error);

  if (self->yaml == NULL || !find_root (self, error))
    return FALSE;

  set_text (self, text);

  return TRUE;
}

/* Makes the root of that document the one that is worked on. Returns whether there is one. */
gboolean
strata_values_text_choose (StrataValuesText *self,
                           guint             document)
{
  self->root = document < strata_yaml_get_n_documents (self->yaml) ? strata_yaml_get_root (self->yaml, document) : NULL;

  return self->root != NULL;
}

void
strata_values_text_clear (StrataValuesText *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->yaml, strata_yaml_unref);
  g_clear_pointer (&self->splices, g_array_unref);
}

/* Notes that bytes [@start, @end) shall give way to @replacement. Splices do not overlap; those at
 * one place come out in the order they were noted.
 */
void
strata_values_text_splice (StrataValuesText *self,
                           gsize             start,
                           gsize             end,
                           const char       *replacement)
{
  Splice splice = { start, end, self->splices->len, g_strdup (replacement) };

  g_array_append_val (self->splices, splice);
}

static int
compare_splices (gconstpointer a,
                 gconstpointer b)
{
  const Splice *one = a, *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;

  return one->order < other->order ? -1 : 1;
}

/* The text with all splices made. */
char *
strata_values_text_apply (StrataValuesText *self)
{
  GString *text = g_string_new (NULL);
  gsize done = 0;

  g_array_sort (self->splices, compare_splices);

  for (guint i = 0; i < self->splices->len; i++)
    {
      const Splice *splice = &g_array_index (self->splices, Splice, i);

      if (splice->start > done)
        g_string_append_len (text, self->text + done, (gssize) (splice->start - done));

      g_string_append (text, splice->replacement);
      done = MAX (done, splice->end);
    }

  g_string_append (text, self->text + done);

  return g_string_free (text, FALSE);
}

gsize
strata_values_text_line_start (const StrataValuesText *self,
                               gsize                   offset)
{
  while (offset > 0 && self->text[offset - 1] != '\n')
    offset--;

  return offset;
}

/* Where the line break of that line stands, or the end of the text. */
gsize
strata_values_text_line_end (const StrataValuesText *self,
                             gsize                   offset)
{
  const char *end = strchr (self->text + offset, '\n');

  if (end == NULL)
    return self->length;

  gsize at = (gsize) (end - self->text);

  return at > offset && self->text[at - 1] == '\r' ? at - 1 : at;
}

gsize
strata_values_text_next_line (const StrataValuesText *self,
                              gsize                   offset)
{
  const char *end = strchr (self->text + offset, '\n');

  return end != NULL ? (gsize) (end - self->text) + 1 : self->length;
}

/* Whether only spaces stand before it in its line. */
gboolean
strata_values_text_is_first (const StrataValuesText *self,
                             gsize                   offset)
{
  gsize start = strata_values_text_line_start (self, offset);

  return strspn (self->text + start, " ") >= offset - start;
}

gboolean
strata_values_text_is_comment (const StrataValuesText *self,
                               gsize                   line,
                               guint                  *column)
{
  *column = (guint) strspn (self->text + line, " \t");

  return self->text[line + *column] == '#';
}

gboolean
strata_values_text_is_blank (const StrataValuesText *self,
                             gsize                   line)
{
  return line < self->length &&
         strchr ("\r\n", self->text[line + strspn (self->text + line, " \t")]) != NULL;
}

/* The node that the text of @node ends with. */
const StrataYamlNode *
strata_values_text_last_leaf (const StrataYamlNode *node)
{
  while (node->kind != STRATA_YAML_SCALAR && node->flags == 0 && node->size > 0)
    node = strata_yaml_node_raw_item (node, node->size - 1);

  return node;
}

static gboolean
keeps_breaks (const StrataValuesText *self,
              const StrataYamlNode   *block)
{
  const char *header = strpbrk (self->text + block->start, "|>");

  return header != NULL && header[1 + strspn (header + 1, G_CSET_DIGITS)] == '+';
}

/* The end of the last line that @value takes part in, before its line break. The blank lines behind
 * a block are not part of it, unless it keeps them.
 */
gsize
strata_values_text_value_end (const StrataValuesText *self,
                              const StrataYamlNode   *value)
{
  const StrataYamlNode *leaf = strata_values_text_last_leaf (value);
  gsize end = MIN (leaf->end, self->length);

  if ((leaf->flags & STRATA_YAML_BLOCK) != 0)
    {
      gboolean keeps = keeps_breaks (self, leaf);

      while (end > leaf->start && strchr (keeps ? "\n" : " \t\r\n", self->text[end - 1]) != NULL)
        {
          end--;

          if (keeps)
            break;
        }
    }

  return strata_values_text_line_end (self, end);
}

/* Just behind the “:” of a key; 0 when the key is written in a way that has none there. */
gsize
strata_values_text_colon (const StrataValuesText *self,
                          const StrataYamlNode   *key)
{
  gsize at = key->end + strspn (self->text + key->end, " \t");

  return self->text[at] == ':' ? at + 1 : 0;
}

/* Where the comment lines right above @key begin; the start of its own line when there are none. */
gsize
strata_values_text_comments (const StrataValuesText *self,
                             const StrataYamlNode   *key)
{
  gsize line = strata_values_text_line_start (self, key->start);
  guint column;

  while (line > 0)
    {
      gsize above = strata_values_text_line_start (self, line - 1);

      if (!strata_values_text_is_comment (self, above, &column) || column < key->column)
        break;

      line = above;
    }

  return line;
}

static gboolean find_in_mapping (StrataYamlNode *node,
                                 const char     *dotted_path,
                                 GArray         *steps);

static gboolean
take_step (StrataYamlNode *node,
           guint           index,
           const char     *rest,
           GArray         *steps)
{
  StrataValuesStep step = { node, index };
  guint before = steps->len;

  g_array_append_val (steps, step);

  if (rest == NULL || strata_values_find (strata_yaml_node_raw_item (node, index), rest, steps))
    return TRUE;

  g_array_set_size (steps, before);

  return FALSE;
}

static gboolean
find_in_mapping (StrataYamlNode *node,
                 const char     *dotted_path,
                 GArray         *steps)
{
  g_autofree char *key = g_strdup (dotted_path);
  guint index;

  if (strata_yaml_node_find_pair (node, key, &index) && take_step (node, index, NULL, steps))
    return TRUE;

  for (char *dot = strrchr (key, '.'); dot != NULL; dot = strrchr (key, '.'))
    {
      *dot = '\0';

      if (strata_yaml_node_find_pair (node, key, &index) &&
          take_step (node, index, dotted_path + (dot - key) + 1, steps))
        return TRUE;
    }

  return FALSE;
}

/* Finds the way from @node along a path as [func@yaml_node_lookup] reads it, not through aliases or
 * merge keys.
 */
gboolean
strata_values_find (StrataYamlNode *node,
                    const char     *dotted_path,
                    GArray         *steps)
{
  if ((node->flags & STRATA_YAML_ALIAS) != 0)
    return FALSE;
  if (node->kind == STRATA_YAML_MAPPING)
    return find_in_mapping (node, dotted_path, steps);
  if (node->kind == STRATA_YAML_SCALAR || !g_ascii_isdigit (*dotted_path))
    return FALSE;

  char *end;
  guint64 index = g_ascii_strtoull (dotted_path, &end, 10);

  return index < node->size && (*end == '.' || *end == '\0') &&
         take_step (node, (guint) index, *end == '.' ? end + 1 : NULL, steps);
}
