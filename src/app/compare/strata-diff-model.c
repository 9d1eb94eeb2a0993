/* strata-diff-model.c - two texts as the rows of a comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-model"

#include "strata-diff-model.h"

#include <string.h>

#include "strata-diff-line.h"

#define CONTEXT 3       /* lines around a change */
#define MAX_CHARS 2000  /* of a line: nobody reads on in a row */

/* A line is G_MAXUINT where a side has none. */
typedef struct
{
  guint old_line;
  guint new_line;
  guint pair_line;  /* inline, of the other side */
  guint n_folded;
  int   hunk;
  guint is_changed : 1;
  guint is_first : 1;
} Row;

struct _StrataDiffModel
{
  GObject    parent_instance;
  char     **old_lines;  /* (owned) */
  char     **new_lines;  /* (owned) */
  GArray    *hunks;      /* (owned) (element-type StrataHunk) */
  GArray    *rows;       /* (owned) (element-type Row) */
  GArray    *starts;     /* (owned) (element-type guint): the first row of each hunk */
  gboolean   is_inline;
};

static char *
dup_line (const char *line)
{
  g_autofree char *valid = g_utf8_make_valid (line, MIN ((gssize) strlen (line), 4 * MAX_CHARS));

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_CHARS));
}

static gpointer
strata_diff_model_get_item (GListModel *list,
                            guint       position)
{
  StrataDiffModel *self = STRATA_DIFF_MODEL (list);

  if (position >= self->rows->len)
    return NULL;

  const Row *row = &g_array_index (self->rows, Row, position);
  StrataDiffLine *line = g_object_new (STRATA_TYPE_DIFF_LINE, NULL);

  line->is_inline = self->is_inline;
  line->kind = row->n_folded > 0  ? STRATA_DIFF_LINE_FOLD
             : row->is_changed ? STRATA_DIFF_LINE_CHANGED
                               : STRATA_DIFF_LINE_SAME;
  line->n_folded = row->n_folded;
  line->hunk = row->is_first ? row->hunk : -1;
  if (row->old_line != G_MAXUINT && row->n_folded == 0)
    {
      line->old_number = row->old_line + 1;
      line->old_text = dup_line (self->old_lines[row->old_line]);
    }
  if (row->new_line != G_MAXUINT && row->n_folded == 0)
    {
      line->new_number = row->new_line + 1;
      line->new_text = dup_line (self->new_lines[row->new_line]);
    }

  if (row->pair_line != G_MAXUINT)
    line->pair_text = dup_line (row->old_line != G_MAXUINT ? self->new_lines[row->pair_line]
                                                           : self->old_lines[row->pair_line]);

  return line;
}

static GType
strata_diff_model_get_item_type (GListModel *list)
{
  return STRATA_TYPE_DIFF_LINE;
}

static guint
strata_diff_model_get_n_items (GListModel *list)
{
  return STRATA_DIFF_MODEL (list)->rows->len;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = strata_diff_model_get_item;
  iface->get_item_type = strata_diff_model_get_item_type;
  iface->get_n_items = strata_diff_model_get_n_items;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataDiffModel, strata_diff_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
strata_diff_model_finalize (GObject *object)
{
  StrataDiffModel *self = STRATA_DIFF_MODEL (object);

  g_clear_pointer (&self->old_lines, g_strfreev);
  g_clear_pointer (&self->new_lines, g_strfreev);
  g_clear_pointer (&self->hunks, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);

  G_OBJECT_CLASS (strata_diff_model_parent_class)->finalize (object);
}

static void
strata_diff_model_class_init (StrataDiffModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_diff_model_finalize;
}

static void
strata_diff_model_init (StrataDiffModel *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
add_row (StrataDiffModel *self,
         guint            old_line,
         guint            new_line,
         guint            n_folded,
         int              hunk)
{
  Row row = { old_line, new_line, G_MAXUINT, n_folded, hunk, hunk >= 0, FALSE };

  if (hunk >= 0 && (guint) hunk == self->starts->len)
    {
      row.is_first = TRUE;
      g_array_append_val (self->starts, self->rows->len);
    }
  g_array_append_val (self->rows, row);
}

/* Lines that are the same: those near a change are shown, the others stand in one row. One line is not worth a fold. */
static void
add_same (StrataDiffModel *self,
          guint            old_start,
          guint            new_start,
          guint            count,
          guint            n_before,
          guint            n_after)
{
  guint n_folded = count > n_before + n_after + 1 ? count - n_before - n_after : 0;

  for (guint i = 0; i < count; i++)
    {
      if (n_folded > 0 && i == n_before)
        {
          add_row (self, old_start + i, new_start + i, n_folded, -1);
          i += n_folded - 1;
          continue;
        }
      add_row (self, old_start + i, new_start + i, 0, -1);
    }
}

static void
set_pair (StrataDiffModel *self,
          guint            line)
{
  g_array_index (self->rows, Row, self->rows->len - 1).pair_line = line;
}

static void
add_hunk_inline (StrataDiffModel  *self,
                 const StrataHunk *hunk,
                 int               index)
{
  for (guint i = 0; i < hunk->old_count; i++)
    {
      add_row (self, hunk->old_start + i, G_MAXUINT, 0, index);
      if (i < hunk->new_count)
        set_pair (self, hunk->new_start + i);
    }
  for (guint i = 0; i < hunk->new_count; i++)
    {
      add_row (self, G_MAXUINT, hunk->new_start + i, 0, index);
      if (i < hunk->old_count)
        set_pair (self, hunk->old_start + i);
    }
}

static void
add_hunk (StrataDiffModel  *self,
          const StrataHunk *hunk,
          int               index)
{
  guint n_rows = MAX (hunk->old_count, hunk->new_count);

  if (self->is_inline)
    {
      add_hunk_inline (self, hunk, index);
      return;
    }

  for (guint i = 0; i < n_rows; i++)
    add_row (self, i < hunk->old_count ? hunk->old_start + i : G_MAXUINT,
             i < hunk->new_count ? hunk->new_start + i : G_MAXUINT, 0, index);
}

/* The line behind the last line end is none. */
static guint
count_lines (char **lines)
{
  guint n = g_strv_length (lines);

  return n > 0 && *lines[n - 1] == '\0' ? n - 1 : n;
}

static void
fill (StrataDiffModel *self,
      gboolean         is_whole)
{
  guint context = is_whole ? G_MAXUINT / 4 : CONTEXT;
  guint old_at = 0;
  guint new_at = 0;

  for (guint i = 0; i < self->hunks->len; i++)
    {
      const StrataHunk *hunk = &g_array_index (self->hunks, StrataHunk, i);

      add_same (self, old_at, new_at, hunk->old_start - old_at, i > 0 || is_whole ? context : 0, context);
      add_hunk (self, hunk, (int) i);
      old_at = hunk->old_start + hunk->old_count;
      new_at = hunk->new_start + hunk->new_count;
    }

  add_same (self, old_at, new_at, count_lines (self->old_lines) - old_at, context, is_whole ? context : 0);
}

/* Side by side, or with what was removed above what was added; whole, or without the lines that are the same. Any thread;
 * not the main one, as the texts may be long. */
StrataDiffModel *
strata_diff_model_new (const char *old_text,
                       const char *new_text,
                       gboolean    is_inline,
                       gboolean    is_whole)
{
  g_return_val_if_fail (old_text != NULL && new_text != NULL, NULL);

  StrataDiffModel *self = g_object_new (STRATA_TYPE_DIFF_MODEL, NULL);

  self->is_inline = is_inline;
  self->old_lines = g_strsplit (old_text, "\n", -1);
  self->new_lines = g_strsplit (new_text, "\n", -1);
  self->hunks = strata_diff_lines (old_text, new_text);
  fill (self, is_whole);

  return self;
}

guint
strata_diff_model_get_n_hunks (StrataDiffModel *self)
{
  g_return_val_if_fail (STRATA_IS_DIFF_MODEL (self), 0);

  return self->hunks->len;
}

const StrataHunk *
strata_diff_model_get_hunk (StrataDiffModel *self,
                            guint            index)
{
  g_return_val_if_fail (STRATA_IS_DIFF_MODEL (self), NULL);
  g_return_val_if_fail (index < self->hunks->len, NULL);

  return &g_array_index (self->hunks, StrataHunk, index);
}

/* The row where a hunk begins. */
guint
strata_diff_model_find_hunk (StrataDiffModel *self,
                             guint            index)
{
  g_return_val_if_fail (STRATA_IS_DIFF_MODEL (self), 0);
  g_return_val_if_fail (index < self->starts->len, 0);

  return g_array_index (self->starts, guint, index);
}
