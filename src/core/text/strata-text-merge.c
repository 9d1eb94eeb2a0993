/* strata-text-merge.c - two changes of one text made into one, by line, with the tree as the judge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-text-merge"

#include "strata-text-merge.h"

#include <string.h>

/* After so many attempts to find out which lines get in each other's way, all that changed is one conflict. */
#define MAX_ROUNDS 6

struct _StrataTextMerge
{
  char       *texts[STRATA_N_TEXTS];  /* (owned) */
  StrataLines lines[STRATA_N_TEXTS];
  GArray     *chunks;                 /* (owned) (element-type StrataChunk) */
  StrataYaml *trees[STRATA_N_TEXTS];  /* (owned) (nullable): NULL where the text is not YAML */
};

static void
chunk_text_clear (StrataChunkText *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->offsets, g_free);
  g_clear_pointer (&self->yaml, strata_yaml_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataChunkText, chunk_text_clear)

static void
text_merge_clear (gpointer data)
{
  StrataTextMerge *self = data;

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      strata_lines_clear (&self->lines[side]);
      g_clear_pointer (&self->texts[side], g_free);
      g_clear_pointer (&self->trees[side], strata_yaml_unref);
    }
  g_clear_pointer (&self->chunks, g_array_unref);
}

static const StrataChunk *
get_chunk (StrataTextMerge *self,
           guint            index)
{
  return &g_array_index (self->chunks, StrataChunk, index);
}

/* A text without a line end at its end has to get one before something can follow. */
static void
append (GString    *text,
        const char *lines,
        gsize       length)
{
  if (length > 0 && text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');

  g_string_append_len (text, lines, (gssize) length);
}

static void
append_side (StrataTextMerge   *self,
             GString           *text,
             const StrataChunk *chunk,
             guint              side)
{
  const gsize *starts = self->lines[side].starts + chunk->start[side];

  append (text, self->texts[side] + starts[0], starts[chunk->count[side]] - starts[0]);
}

/* The side that a merged text has from a chunk that is not a conflict. */
static guint
get_side (const StrataChunk *chunk)
{
  return chunk->kind == STRATA_CHUNK_THEIRS ? STRATA_TEXT_THEIRS : STRATA_TEXT_MINE;
}

/* One of the three texts, or with STRATA_N_TEXTS the result; lines in conflict are as @decision has them. */
static void
put_together (StrataTextMerge *self,
              guint            side,
              guint            decision,
              StrataChunkText *into)
{
  GString *text = g_string_new (NULL);

  into->offsets = g_new (gsize, (gsize) self->chunks->len + 1);

  for (guint i = 0; i < self->chunks->len; i++)
    {
      const StrataChunk *chunk = get_chunk (self, i);

      into->offsets[i] = text->len;
      if (chunk->kind == STRATA_CHUNK_CONFLICT)
        append_side (self, text, chunk, decision);
      else if (side < STRATA_N_TEXTS)
        append_side (self, text, chunk, side);
      else if (chunk->kind == STRATA_CHUNK_UNION)
        append (text, chunk->text, strlen (chunk->text));
      else
        append_side (self, text, chunk, get_side (chunk));
    }

  into->offsets[self->chunks->len] = text->len;
  into->text = g_string_free (text, FALSE);
  /* What is one of the three texts to the letter was parsed before. */
  if (side < STRATA_N_TEXTS && strcmp (into->text, self->texts[side]) == 0)
    into->yaml = strata_yaml_ref (self->trees[side]);
  else
    into->yaml = strata_yaml_parse (into->text, -1, NULL);
}

/* Makes one conflict of chunks [first, last] but for what is the same at either end. */
static void
fuse (StrataTextMerge *self,
      guint            first,
      guint            last)
{
  while (first < last && get_chunk (self, first)->kind == STRATA_CHUNK_SAME)
    first++;
  while (last > first && get_chunk (self, last)->kind == STRATA_CHUNK_SAME)
    last--;

  strata_chunks_fuse (self->chunks, first, last);
}

/* Ranges that overlap become one; from the last to the first, so that the places of the others stay. */
static void
fuse_ranges (StrataTextMerge *self,
             GArray          *ranges)
{
  g_autofree guint8 *joined = g_new0 (guint8, (gsize) self->chunks->len + 1);  /* to the chunk before */
  g_autofree guint8 *marked = g_new0 (guint8, (gsize) self->chunks->len + 1);

  for (guint i = 0; i < ranges->len; i++)
    {
      const StrataChunkRange *range = &g_array_index (ranges, StrataChunkRange, i);

      for (guint chunk = range->first; chunk <= range->last; chunk++)
        {
          marked[chunk] = TRUE;
          joined[chunk] |= chunk > range->first;
        }
    }

  for (guint last = self->chunks->len; last > 0;)
    {
      guint first = --last;

      if (!marked[last])
        continue;
      while (joined[first])
        first--;
      fuse (self, first, last);
      last = first;
    }
}

static guint
count_changed (StrataTextMerge *self)
{
  guint n = 0;

  for (guint i = 0; i < self->chunks->len; i++)
    n += get_chunk (self, i)->kind != STRATA_CHUNK_SAME;

  return n;
}

/* The text does not parse, and nothing tells which lines are the reason: each guess and each conflict takes in the
 * changes beside it. */
static void
widen (StrataTextMerge *self)
{
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (StrataChunkRange));
  int before = -1;
  gboolean was_side = FALSE;

  for (guint i = 0; i < self->chunks->len; i++)
    {
      const StrataChunk *chunk = get_chunk (self, i);
      gboolean is_side = chunk->kind == STRATA_CHUNK_MINE || chunk->kind == STRATA_CHUNK_THEIRS;

      if (chunk->kind == STRATA_CHUNK_SAME)
        continue;

      StrataChunkRange range = { before < 0 ? i : (guint) before, i };

      if (before < 0 ? !is_side : !is_side || !was_side || get_chunk (self, (guint) before)->kind != chunk->kind)
        g_array_append_val (ranges, range);
      before = (int) i;
      was_side = is_side;
    }

  fuse_ranges (self, ranges);
}

/* Whatever side the conflicts are decided for, the result parses and has no key twice. */
static gboolean
judge_decisions (StrataTextMerge *self)
{
  g_autoptr(GArray) faults = g_array_new (FALSE, FALSE, sizeof (StrataChunkRange));

  for (guint side = STRATA_TEXT_MINE; side <= STRATA_TEXT_THEIRS; side++)
    {
      g_auto(StrataChunkText) result = { NULL };

      put_together (self, STRATA_N_TEXTS, side, &result);
      if (result.yaml == NULL)
        {
          widen (self);
          return FALSE;
        }
      strata_merge_check_keys (self->chunks, &result, faults);
    }

  fuse_ranges (self, faults);

  return faults->len == 0;
}

/* Looks at the whole once. Returns FALSE when something had to become a conflict. */
static gboolean
judge (StrataTextMerge *self)
{
  g_auto(StrataChunkText) base = { NULL };
  g_auto(StrataChunkText) mine = { NULL };
  g_auto(StrataChunkText) theirs = { NULL };
  g_auto(StrataChunkText) result = { NULL };
  guint before = count_changed (self);

  if (before <= 1 && strata_chunks_has_conflict (self->chunks))
    return TRUE;

  put_together (self, STRATA_TEXT_BASE, STRATA_TEXT_BASE, &base);
  put_together (self, STRATA_TEXT_MINE, STRATA_TEXT_BASE, &mine);
  put_together (self, STRATA_TEXT_THEIRS, STRATA_TEXT_BASE, &theirs);
  put_together (self, STRATA_N_TEXTS, STRATA_TEXT_BASE, &result);

  if (base.yaml == NULL || mine.yaml == NULL || theirs.yaml == NULL || result.yaml == NULL)
    {
      widen (self);
      return FALSE;
    }

  g_autoptr(GArray) faults = strata_merge_check (self->chunks, &base, &mine, &theirs, &result);

  if (faults->len == 0)
    return !strata_chunks_has_conflict (self->chunks) || judge_decisions (self);

  fuse_ranges (self, faults);

  return FALSE;
}

static gboolean
is_one_sided (StrataTextMerge *self)
{
  gboolean has_mine = FALSE;
  gboolean has_theirs = FALSE;

  for (guint i = 0; i < self->chunks->len; i++)
    {
      StrataChunkKind kind = get_chunk (self, i)->kind;

      has_mine |= kind != STRATA_CHUNK_SAME && kind != STRATA_CHUNK_THEIRS;
      has_theirs |= kind != STRATA_CHUNK_SAME && kind != STRATA_CHUNK_MINE;
    }

  return !has_mine || !has_theirs;
}

static void
merge (StrataTextMerge *self)
{
  gboolean is_yaml = TRUE;

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      strata_lines_init (&self->lines[side], self->texts[side]);
      self->trees[side] = strata_yaml_parse (self->texts[side], -1, NULL);
      is_yaml = is_yaml && self->trees[side] != NULL;
    }

  self->chunks = strata_chunks_make (self->lines, !is_yaml);

  if (!is_yaml || is_one_sided (self))
    return;

  for (guint round = 0; round < MAX_ROUNDS; round++)
    if (judge (self))
      return;

  fuse (self, 0, self->chunks->len - 1);
}

/* Merges by line. Where all three texts are YAML, lines side by side may be changed by different sides, and the merged
 * tree must say what both wanted; where one is not, changes that touch are in conflict. Takes time and memory in
 * proportion to the texts, a few parses of each at most. */
StrataTextMerge *
strata_text_merge_new (const char *base,
                       const char *mine,
                       const char *theirs)
{
  StrataTextMerge *self = g_atomic_rc_box_new0 (StrataTextMerge);

  self->texts[STRATA_TEXT_BASE] = g_strdup (base);
  self->texts[STRATA_TEXT_MINE] = g_strdup (mine);
  self->texts[STRATA_TEXT_THEIRS] = g_strdup (theirs);
  merge (self);

  return self;
}

StrataTextMerge *
strata_text_merge_ref (StrataTextMerge *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
strata_text_merge_unref (StrataTextMerge *self)
{
  g_atomic_rc_box_release_full (self, text_merge_clear);
}

guint
strata_text_merge_get_n_chunks (StrataTextMerge *self)
{
  return self->chunks->len;
}

const StrataChunk *
strata_text_merge_get_chunk (StrataTextMerge *self,
                             guint            index)
{
  g_assert (index < self->chunks->len);

  return get_chunk (self, index);
}

/* The lines of a chunk on one side. (transfer full) */
char *
strata_text_merge_dup_lines (StrataTextMerge *self,
                             guint            index,
                             guint            side)
{
  GString *text = g_string_new (NULL);

  append_side (self, text, get_chunk (self, index), side);

  return g_string_free (text, FALSE);
}

/* The path that holds the lines of a chunk, in the first text that has any. (transfer full) (nullable) */
char *
strata_text_merge_dup_path (StrataTextMerge *self,
                            guint            index)
{
  static const guint order[] = { STRATA_TEXT_BASE, STRATA_TEXT_MINE, STRATA_TEXT_THEIRS };
  const StrataChunk *chunk = get_chunk (self, index);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint side = order[i];

      if (chunk->count[side] > 0 && self->trees[side] != NULL)
        return strata_yaml_dup_path_at (self->trees[side], chunk->start[side] + 1,
                                        chunk->start[side] + chunk->count[side]);
    }

  return NULL;
}

/* Longer lines than that are no guess that a person looks through. */
#define MAX_PROPOSAL (16 * 1024)

/* What a person might want of a conflict: mine, and what theirs added to it. (transfer full) (nullable) */
char *
strata_text_merge_dup_proposal (StrataTextMerge *self,
                                guint            index)
{
  const StrataChunk *chunk = get_chunk (self, index);
  g_autofree char *base = strata_text_merge_dup_lines (self, index, STRATA_TEXT_BASE);
  g_autofree char *mine = strata_text_merge_dup_lines (self, index, STRATA_TEXT_MINE);
  g_autofree char *theirs = strata_text_merge_dup_lines (self, index, STRATA_TEXT_THEIRS);
  GString *text = NULL;

  if (*mine == '\0' || *theirs == '\0' || strlen (base) + strlen (mine) + strlen (theirs) > MAX_PROPOSAL)
    return NULL;
  if (chunk->count[STRATA_TEXT_BASE] > 0)
    return strata_merge_propose (base, mine, theirs);

  text = g_string_new (mine);
  append (text, theirs, strlen (theirs));

  return g_string_free (text, FALSE);
}

/* The merged text, with @conflicts in the places of the conflicts, from top to bottom; NULL among them stands for mine.
 * (transfer full) */
char *
strata_text_merge_build (StrataTextMerge   *self,
                         const char *const *conflicts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0, n = 0; i < self->chunks->len; i++)
    {
      const StrataChunk *chunk = get_chunk (self, i);
      const char *own = chunk->kind == STRATA_CHUNK_CONFLICT ? conflicts[n++] : chunk->text;

      if (own != NULL)
        append (text, own, strlen (own));
      else
        append_side (self, text, chunk, get_side (chunk));
    }

  return g_string_free (text, FALSE);
}
