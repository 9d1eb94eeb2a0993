/* strata-merge-check.c - whether a merged text says what both sides wanted, and where it does not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge-check"

#include "strata-text-merge.h"

#include <string.h>

#include "strata-yaml-private.h"

enum
{
  RESULT = STRATA_N_TEXTS,
  N_TREES,
};

/* One place in the four trees, and the one it is in. A node is NULL where its text has no such place. */
typedef struct _Place Place;

struct _Place
{
  const Place          *parent;            /* (nullable) */
  const StrataYamlNode *nodes[N_TREES];    /* (nullable) */
};

typedef struct
{
  GArray                *chunks;
  const StrataChunkText *texts[N_TREES];
  GHashTable            *ids;     /* (owned): by node: what it means, as a number */
  GHashTable            *known;   /* (owned): by what is written about a node: its number */
  GArray                *faults;  /* (element-type StrataChunkRange) */
} Check;

static void check_place (Check       *self,
                         const Place *place);

/* Numbers for nodes: equal numbers, equal meaning. Written bottom-up, so that an alias costs one look. */

static guint get_id (Check                *self,
                     const StrataYamlNode *node);

/* In letters, six bits each, and a space behind. */
static void
append_number (GString *text,
               guint    number)
{
  for (; number > 0; number >>= 6)
    g_string_append_c (text, (char) (';' + (number & 63)));

  g_string_append_c (text, ' ');
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  guint64 one = *(const guint64 *) a;
  guint64 other = *(const guint64 *) b;

  return one < other ? -1 : one > other;
}

/* The order of the keys of a mapping means nothing. */
static void
describe_pairs (Check                *self,
                const StrataYamlNode *node,
                GString              *text)
{
  g_autoptr(GArray) pairs = g_array_sized_new (FALSE, FALSE, sizeof (guint64), node->size);

  for (guint i = 0; i < node->size; i++)
    {
      guint64 pair = (guint64) get_id (self, node->items[2 * i]) << 32 | get_id (self, node->items[2 * i + 1]);

      g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_pairs);

  for (guint i = 0; i < pairs->len; i++)
    {
      append_number (text, (guint) (g_array_index (pairs, guint64, i) >> 32));
      append_number (text, (guint) g_array_index (pairs, guint64, i));
    }
}

static guint
get_id (Check                *self,
        const StrataYamlNode *node)
{
  if (node == NULL)
    return 0;
  if ((node->flags & STRATA_YAML_ALIAS) != 0)
    return get_id (self, node->target);

  guint id = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, node));

  if (id != 0)
    return id;

  g_autoptr(GString) text = g_string_new (NULL);

  append_number (text, node->kind);
  g_string_append (text, node->tag != NULL ? node->tag : "");
  g_string_append_c (text, ' ');

  if (node->kind == STRATA_YAML_MAPPING)
    describe_pairs (self, node, text);
  else if (node->kind == STRATA_YAML_SEQUENCE)
    for (guint i = 0; i < node->size; i++)
      append_number (text, get_id (self, node->items[i]));
  else
    {
      append_number (text, strata_yaml_node_means (node));
      g_string_append (text, node->value);
    }

  id = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, text->str));
  if (id == 0)
    {
      id = g_hash_table_size (self->known) + 1;
      g_hash_table_insert (self->known, g_strdup (text->str), GUINT_TO_POINTER (id));
    }
  g_hash_table_insert (self->ids, (gpointer) node, GUINT_TO_POINTER (id));

  return id;
}

/* Where a fault is: the chunks that hold the changes of a place. */

static guint
find_chunk (Check *self,
            guint  tree,
            gsize  offset)
{
  const gsize *offsets = self->texts[tree]->offsets;
  guint low = 0;
  guint high = self->chunks->len - 1;

  while (low < high)
    {
      guint middle = (low + high + 1) / 2;

      if (offsets[middle] <= offset)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

static gboolean
is_changed (Check *self,
            guint  chunk)
{
  return g_array_index (self->chunks, StrataChunk, chunk).kind != STRATA_CHUNK_SAME;
}

/* The changed chunks from the first to the last that touch @place. Returns FALSE when they are none or one that is in
 * conflict already or that was never a guess: nothing would come of that. */
static gboolean
find_range (Check            *self,
            const Place      *place,
            StrataChunkRange *range)
{
  guint first = self->chunks->len;
  guint last = 0;

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      const StrataYamlNode *node = place->nodes[tree];

      if (node == NULL)
        continue;
      first = MIN (first, find_chunk (self, tree, node->start));
      last = MAX (last, find_chunk (self, tree, node->end > node->start ? node->end - 1 : node->start));
    }

  while (first < last && !is_changed (self, first))
    first++;
  while (last > first && !is_changed (self, last))
    last--;

  *range = (StrataChunkRange) { first, last };

  return first < last ||
         (first == last && g_array_index (self->chunks, StrataChunk, first).kind == STRATA_CHUNK_UNION);
}

/* Where a place tells nothing, the one it is in may; in the end it is all of the text. */
static void
add_fault (Check       *self,
           const Place *place)
{
  StrataChunkRange range = { 0, self->chunks->len - 1 };

  while (place != NULL && !find_range (self, place, &range))
    place = place->parent;

  if (place == NULL)
    range = (StrataChunkRange) { 0, self->chunks->len - 1 };

  g_array_append_val (self->faults, range);
}

/* Mappings */

static const StrataYamlNode *
follow (const StrataYamlNode *node)
{
  return node != NULL && (node->flags & STRATA_YAML_ALIAS) != 0 ? node->target : node;
}

/* The values of a mapping by the meaning of their keys; NULL when a key is there twice. (transfer full) (nullable) */
static GHashTable *
index_pairs (Check                *self,
             const StrataYamlNode *node)
{
  g_autoptr(GHashTable) pairs = g_hash_table_new (NULL, NULL);

  for (guint i = 0; node != NULL && i < node->size; i++)
    if (!g_hash_table_insert (pairs, GUINT_TO_POINTER (get_id (self, node->items[2 * i])), node->items[2 * i + 1]))
      return NULL;

  return g_steal_pointer (&pairs);
}

static void
check_pairs (Check       *self,
             const Place *place,
             GHashTable **pairs)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, pairs[tree]);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        {
          Place inner = { place, { NULL } };

          if (!g_hash_table_add (seen, key))
            continue;
          for (guint i = 0; i < N_TREES; i++)
            inner.nodes[i] = g_hash_table_lookup (pairs[i], key);
          check_place (self, &inner);
        }
    }
}

static void
check_mappings (Check       *self,
                const Place *place)
{
  GHashTable *pairs[N_TREES] = { NULL };
  gboolean is_whole = TRUE;

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      pairs[tree] = index_pairs (self, follow (place->nodes[tree]));
      is_whole = is_whole && pairs[tree] != NULL;
    }

  if (is_whole)
    check_pairs (self, place, pairs);
  else
    add_fault (self, place);

  for (guint tree = 0; tree < N_TREES; tree++)
    g_clear_pointer (&pairs[tree], g_hash_table_unref);
}

/* Sequences, and the documents of a text */

typedef struct
{
  StrataYamlNode **nodes[N_TREES];
  guint            n[N_TREES];
} Rows;

/* The meanings of a row as small numbers: those of a whole text would be long lists for short rows. */
static guint *
number_row (Check           *self,
            GHashTable      *numbers,
            StrataYamlNode **nodes,
            guint            n)
{
  guint *row = g_new (guint, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      gpointer id = GUINT_TO_POINTER (get_id (self, nodes[i]));
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, id));

      if (number == 0)
        {
          number = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, id, GUINT_TO_POINTER (number));
        }
      row[i] = number;
    }

  return row;
}

/* A row of items as lines, so that it is cut the way a text is. */
static char *
write_row (const guint *row,
           guint        n)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u\n", row[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GArray *
cut_rows (Check      *self,
          const Rows *rows)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (NULL, NULL);
  StrataLines lines[STRATA_N_TEXTS];
  char *texts[STRATA_N_TEXTS];

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      g_autofree guint *row = number_row (self, numbers, rows->nodes[side], rows->n[side]);

      texts[side] = write_row (row, rows->n[side]);
      strata_lines_init (&lines[side], texts[side]);
    }

  GArray *chunks = strata_chunks_make (lines, FALSE);

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      strata_lines_clear (&lines[side]);
      g_free (texts[side]);
    }

  return chunks;
}

/* Items [at, …) of the result have to be those of the one side that has a say in @chunk. Where both have one, item by
 * item when they are as many. Returns how many items of the result that takes; -1 when it cannot be. */
static int
check_chunk (Check             *self,
             const Place       *place,
             const Rows        *rows,
             const StrataChunk *chunk,
             guint              at)
{
  guint side = chunk->kind == STRATA_CHUNK_THEIRS ? STRATA_TEXT_THEIRS : STRATA_TEXT_MINE;
  guint n = chunk->count[side];
  gboolean is_even = chunk->count[STRATA_TEXT_BASE] == n && chunk->count[STRATA_TEXT_THEIRS] == n;

  if (chunk->kind == STRATA_CHUNK_UNION || (chunk->kind == STRATA_CHUNK_CONFLICT && !is_even) ||
      at + n > rows->n[RESULT])
    return -1;

  for (guint i = 0; i < n; i++)
    {
      const StrataYamlNode *item = rows->nodes[RESULT][at + i];

      if (chunk->kind == STRATA_CHUNK_CONFLICT)
        {
          Place inner = { place, { NULL } };

          for (guint tree = 0; tree < STRATA_N_TEXTS; tree++)
            inner.nodes[tree] = rows->nodes[tree][chunk->start[tree] + i];
          inner.nodes[RESULT] = item;
          check_place (self, &inner);
        }
      else if (get_id (self, item) != get_id (self, rows->nodes[side][chunk->start[side] + i]))
        return -1;
    }

  return (int) n;
}

static void
check_rows (Check       *self,
            const Place *place,
            const Rows  *rows)
{
  g_autoptr(GArray) chunks = cut_rows (self, rows);
  guint at = 0;

  for (guint i = 0; i < chunks->len; i++)
    {
      int n = check_chunk (self, place, rows, &g_array_index (chunks, StrataChunk, i), at);

      if (n < 0)
        {
          add_fault (self, place);
          return;
        }
      at += (guint) n;
    }

  if (at != rows->n[RESULT])
    add_fault (self, place);
}

static void
check_sequences (Check       *self,
                 const Place *place)
{
  Rows rows = { { NULL }, { 0 } };

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      rows.nodes[tree] = follow (place->nodes[tree])->items;
      rows.n[tree] = follow (place->nodes[tree])->size;
    }
  check_rows (self, place, &rows);
}

/* Whether all nodes are of @kind and say no different tags; of mappings, base may be missing. */
static gboolean
are_all (const Place    *place,
         StrataYamlKind  kind)
{
  const StrataYamlNode *result = follow (place->nodes[RESULT]);

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      const StrataYamlNode *node = follow (place->nodes[tree]);

      if (node == NULL && tree == STRATA_TEXT_BASE && kind == STRATA_YAML_MAPPING)
        continue;
      if (node == NULL || node->kind != kind || result == NULL || g_strcmp0 (node->tag, result->tag) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
check_place (Check       *self,
             const Place *place)
{
  guint base = get_id (self, place->nodes[STRATA_TEXT_BASE]);
  guint mine = get_id (self, place->nodes[STRATA_TEXT_MINE]);
  guint theirs = get_id (self, place->nodes[STRATA_TEXT_THEIRS]);
  guint result = get_id (self, place->nodes[RESULT]);
  gboolean is_decided = mine == theirs || mine == base || theirs == base;

  if (is_decided && result == (mine == base ? theirs : mine))
    return;

  if (!is_decided && are_all (place, STRATA_YAML_MAPPING))
    check_mappings (self, place);
  else if (!is_decided && are_all (place, STRATA_YAML_SEQUENCE))
    check_sequences (self, place);
  else
    add_fault (self, place);
}

static void
check_documents (Check *self)
{
  Rows rows = { { NULL }, { 0 } };
  GPtrArray *roots[N_TREES];
  Place whole = { NULL, { NULL } };
  gboolean is_one = TRUE;

  for (guint tree = 0; tree < N_TREES; tree++)
    {
      StrataYaml *yaml = self->texts[tree]->yaml;

      roots[tree] = g_ptr_array_new ();
      rows.n[tree] = strata_yaml_get_n_documents (yaml);
      is_one = is_one && rows.n[tree] <= 1;
      for (guint i = 0; i < rows.n[tree]; i++)
        g_ptr_array_add (roots[tree], strata_yaml_get_root (yaml, i));
      rows.nodes[tree] = (StrataYamlNode **) roots[tree]->pdata;
      whole.nodes[tree] = rows.n[tree] > 0 ? rows.nodes[tree][0] : NULL;
    }

  if (is_one)
    check_place (self, &whole);
  else
    check_rows (self, NULL, &rows);

  for (guint tree = 0; tree < N_TREES; tree++)
    g_ptr_array_unref (roots[tree]);
}

/* Merges the trees of @base, @mine and @theirs in thought and looks whether @result is what comes of it: a path that one
 * side changed says what that side made of it, items of a list stay in their order, and no path was changed by both in
 * two ways. All four are parsed. (transfer full) (element-type StrataChunkRange): what has to become a conflict, empty
 * when the result is right */
GArray *
strata_merge_check (GArray                *chunks,
                    const StrataChunkText *base,
                    const StrataChunkText *mine,
                    const StrataChunkText *theirs,
                    const StrataChunkText *result)
{
  Check self = { .chunks = chunks, .texts = { base, mine, theirs, result } };

  self.ids = g_hash_table_new (NULL, NULL);
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.faults = g_array_new (FALSE, FALSE, sizeof (StrataChunkRange));
  check_documents (&self);
  g_hash_table_unref (self.ids);
  g_hash_table_unref (self.known);

  return self.faults;
}

/* The chunks from one key to its second coming; a text where one chunk has both came so from a side. */
static void
check_keys (Check                *self,
            const StrataYamlNode *node)
{
  guint step = node->kind == STRATA_YAML_MAPPING ? 2 : 1;
  g_autoptr(GHashTable) seen = step == 2 ? g_hash_table_new (NULL, NULL) : NULL;

  if (node->kind == STRATA_YAML_SCALAR || (node->flags & STRATA_YAML_ALIAS) != 0)
    return;

  for (guint i = 0; i < node->size; i++)
    {
      const StrataYamlNode *child = node->items[step * i + step - 1];

      if (step == 2)
        {
          const StrataYamlNode *key = node->items[2 * i];
          gpointer id = GUINT_TO_POINTER (get_id (self, key));
          const StrataYamlNode *before = g_hash_table_lookup (seen, id);
          StrataChunkRange range = { 0, find_chunk (self, RESULT, key->start) };

          if (before != NULL && (range.first = find_chunk (self, RESULT, before->start)) < range.last)
            g_array_append_val (self->faults, range);
          g_hash_table_insert (seen, id, (gpointer) key);
        }
      check_keys (self, child);
    }
}

/* Adds to @faults where a key of @text, which is parsed, is there twice in one mapping. */
void
strata_merge_check_keys (GArray                *chunks,
                         const StrataChunkText *text,
                         GArray                *faults)
{
  Check self = { .chunks = chunks, .texts = { [RESULT] = text }, .faults = faults };

  self.ids = g_hash_table_new (NULL, NULL);
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < strata_yaml_get_n_documents (text->yaml); i++)
    check_keys (&self, strata_yaml_get_root (text->yaml, i));
  g_hash_table_unref (self.ids);
  g_hash_table_unref (self.known);
}
