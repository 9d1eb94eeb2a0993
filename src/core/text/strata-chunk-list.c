/* strata-chunk-list.c - the lines of three texts, cut where two of them part from the first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-chunk-list"

#include "strata-text-merge.h"

#include <string.h>

#define BASE STRATA_TEXT_BASE
#define MINE STRATA_TEXT_MINE
#define THEIRS STRATA_TEXT_THEIRS

/* What is known while three texts are cut. */
typedef struct
{
  const StrataLines *texts;                  /* by side */
  guint             *ids[STRATA_N_TEXTS];    /* (owned): equal lines have equal ids */
  GArray            *hunks[STRATA_N_TEXTS];  /* (owned): from base to mine and to theirs; none of base */
  guint              next[STRATA_N_TEXTS];   /* the first hunk not looked at */
  guint              at[STRATA_N_TEXTS];     /* the first line not in a chunk */
  gboolean           is_strict;              /* hunks that touch belong together */
  GArray            *chunks;
} Cut;

static void
chunk_clear (gpointer data)
{
  StrataChunk *chunk = data;

  g_clear_pointer (&chunk->text, g_free);
}

static const StrataHunk *
peek (Cut   *self,
      guint  side)
{
  return self->next[side] < self->hunks[side]->len
           ? &g_array_index (self->hunks[side], StrataHunk, self->next[side])
           : NULL;
}

static void
add_chunk (Cut             *self,
           StrataChunkKind  kind,
           guint            n_base,
           guint            n_mine,
           guint            n_theirs)
{
  StrataChunk chunk = {
    kind, { self->at[BASE], self->at[MINE], self->at[THEIRS] }, { n_base, n_mine, n_theirs }, NULL,
  };

  if (n_base + n_mine + n_theirs == 0)
    return;

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    self->at[side] += chunk.count[side];

  g_array_append_val (self->chunks, chunk);
}

static gboolean
same_lines (Cut   *self,
            guint  a,
            guint  n_a,
            guint  b,
            guint  n_b)
{
  return n_a == n_b &&
         (n_a == 0 || memcmp (self->ids[a] + self->at[a], self->ids[b] + self->at[b], n_a * sizeof (guint)) == 0);
}

/* Three times as many lines: each is looked at alone, as if it had been changed alone. */
static void
add_line_by_line (Cut   *self,
                  guint  n)
{
  for (guint i = 0; i < n;)
    {
      StrataChunkKind kind = same_lines (self, MINE, 1, THEIRS, 1) ? STRATA_CHUNK_BOTH
                           : same_lines (self, MINE, 1, BASE, 1)   ? STRATA_CHUNK_THEIRS
                           : same_lines (self, THEIRS, 1, BASE, 1) ? STRATA_CHUNK_MINE
                                                                   : STRATA_CHUNK_CONFLICT;
      StrataChunk *last = self->chunks->len > 0
                            ? &g_array_index (self->chunks, StrataChunk, self->chunks->len - 1)
                            : NULL;

      if (kind == STRATA_CHUNK_BOTH && same_lines (self, MINE, 1, BASE, 1))
        kind = STRATA_CHUNK_SAME;

      if (i > 0 && last->kind == kind)
        for (guint side = 0; side < STRATA_N_TEXTS; side++)
          {
            last->count[side]++;
            self->at[side]++;
          }
      else
        add_chunk (self, kind, 1, 1, 1);
      i++;
    }
}

/* Whether all of row @a is in row @b, in its order. */
static gboolean
is_within (const guint *a,
           guint        n_a,
           const guint *b,
           guint        n_b)
{
  guint i = 0;

  for (guint j = 0; j < n_b && i < n_a; j++)
    if (a[i] == b[j])
      i++;

  return i == n_a;
}

static char *
dup_lines (const StrataLines *lines,
           guint              start,
           guint              count)
{
  return g_strndup (lines->text + lines->starts[start], lines->starts[start + count] - lines->starts[start]);
}

/* Both texts, in an order that does not depend on whose they are; what is deeper first. */
static char *
join_sorted (const char *a,
             const char *b)
{
  const char *first = strcmp (a, b) <= 0 ? a : b;
  const char *second = first == a ? b : a;
  gboolean is_ended = *first == '\0' || first[strlen (first) - 1] == '\n';

  return g_strconcat (first, is_ended ? "" : "\n", second, NULL);
}

/* Both added lines at one place. That both can stay is a guess, which the tree has to confirm. */
static void
add_union (Cut   *self,
           guint  n_mine,
           guint  n_theirs)
{
  const guint *mine = self->ids[MINE] + self->at[MINE];
  const guint *theirs = self->ids[THEIRS] + self->at[THEIRS];
  g_autofree char *mine_text = dup_lines (&self->texts[MINE], self->at[MINE], n_mine);
  g_autofree char *theirs_text = dup_lines (&self->texts[THEIRS], self->at[THEIRS], n_theirs);

  add_chunk (self, STRATA_CHUNK_UNION, 0, n_mine, n_theirs);

  StrataChunk *chunk = &g_array_index (self->chunks, StrataChunk, self->chunks->len - 1);

  if (is_within (theirs, n_theirs, mine, n_mine))
    chunk->text = g_steal_pointer (&mine_text);
  else if (is_within (mine, n_mine, theirs, n_theirs))
    chunk->text = g_steal_pointer (&theirs_text);
  else
    chunk->text = join_sorted (mine_text, theirs_text);
}

static void
add_changed (Cut   *self,
             guint  n_base,
             guint  n_mine,
             guint  n_theirs)
{
  if (same_lines (self, MINE, n_mine, THEIRS, n_theirs))
    add_chunk (self, STRATA_CHUNK_BOTH, n_base, n_mine, n_theirs);
  else if (self->is_strict)
    add_chunk (self, STRATA_CHUNK_CONFLICT, n_base, n_mine, n_theirs);
  else if (n_base == n_mine && n_base == n_theirs)
    add_line_by_line (self, n_base);
  else if (n_base == 0)
    add_union (self, n_mine, n_theirs);
  else
    add_chunk (self, STRATA_CHUNK_CONFLICT, n_base, n_mine, n_theirs);
}

/* Whether @hunk belongs to base lines [start, end) that were changed already. Two additions at one place always do. */
static gboolean
belongs (Cut              *self,
         const StrataHunk *hunk,
         guint             start,
         guint             end)
{
  guint hunk_end = hunk->old_start + hunk->old_count;

  if (self->is_strict)
    return hunk->old_start <= end;
  if (hunk->old_count == 0)
    return (start == end && hunk->old_start == end) || (hunk->old_start > start && hunk->old_start < end);

  return hunk->old_start < end && hunk_end > start;
}

/* The next place where a side parts from base, with all hunks of either side that belong to it. */
static void
add_next_change (Cut *self)
{
  const StrataHunk *mine = peek (self, MINE);
  const StrataHunk *theirs = peek (self, THEIRS);
  guint end_of[STRATA_N_TEXTS] = { 0 };  /* how far the hunks of a side that belong here have brought that side */
  guint first = mine == NULL                       ? THEIRS
              : theirs == NULL                     ? MINE
              : mine->old_start != theirs->old_start ? (mine->old_start < theirs->old_start ? MINE : THEIRS)
              : mine->old_count <= theirs->old_count ? MINE
                                                     : THEIRS;
  const StrataHunk *hunk = peek (self, first);
  guint start = hunk->old_start;
  guint end = start + hunk->old_count;
  gboolean has[STRATA_N_TEXTS] = { FALSE };
  gboolean is_growing = TRUE;
  guint before = start - self->at[BASE];

  add_chunk (self, STRATA_CHUNK_SAME, before, before, before);
  end_of[MINE] = self->at[MINE];
  end_of[THEIRS] = self->at[THEIRS];

  for (guint side = first; is_growing;)
    {
      int growth = (int) hunk->new_count - (int) hunk->old_count;

      end = MAX (end, hunk->old_start + hunk->old_count);
      end_of[side] = (guint) ((int) end_of[side] + growth);
      has[side] = TRUE;
      self->next[side]++;
      is_growing = FALSE;

      for (guint other = MINE; other <= THEIRS && !is_growing; other++)
        if ((hunk = peek (self, other)) != NULL && belongs (self, hunk, start, end))
          {
            side = other;
            is_growing = TRUE;
          }
    }

  guint n_base = end - start;
  guint n_mine = end_of[MINE] - self->at[MINE] + n_base;
  guint n_theirs = end_of[THEIRS] - self->at[THEIRS] + n_base;

  if (has[MINE] && has[THEIRS])
    add_changed (self, n_base, n_mine, n_theirs);
  else
    add_chunk (self, has[MINE] ? STRATA_CHUNK_MINE : STRATA_CHUNK_THEIRS, n_base, n_mine, n_theirs);
}

/* Cuts @texts (by side) into chunks, top to bottom. When @is_strict, changes that touch are in conflict; otherwise lines
 * side by side may be changed by different sides, and the tree has the last word. (transfer full) (element-type
 * StrataChunk) */
GArray *
strata_chunks_make (const StrataLines *texts,
                    gboolean           is_strict)
{
  const StrataLines *list[] = { &texts[BASE], &texts[MINE], &texts[THEIRS] };
  Cut self = { .texts = texts, .is_strict = is_strict };
  guint n_ids = strata_lines_number (list, STRATA_N_TEXTS, self.ids);

  self.chunks = g_array_new (FALSE, FALSE, sizeof (StrataChunk));
  g_array_set_clear_func (self.chunks, chunk_clear);

  for (guint side = MINE; side <= THEIRS; side++)
    self.hunks[side] = strata_diff_ids (self.ids[BASE], texts[BASE].n, self.ids[side], texts[side].n, n_ids);

  while (peek (&self, MINE) != NULL || peek (&self, THEIRS) != NULL)
    add_next_change (&self);

  guint rest = texts[BASE].n - self.at[BASE];

  add_chunk (&self, STRATA_CHUNK_SAME, rest, rest, rest);

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      g_free (self.ids[side]);
      g_clear_pointer (&self.hunks[side], g_array_unref);
    }

  return self.chunks;
}

/* Makes one conflict of chunks [first, last]. */
void
strata_chunks_fuse (GArray *chunks,
                    guint   first,
                    guint   last)
{
  StrataChunk *into = &g_array_index (chunks, StrataChunk, first);

  for (guint i = first + 1; i <= last; i++)
    for (guint side = 0; side < STRATA_N_TEXTS; side++)
      into->count[side] += g_array_index (chunks, StrataChunk, i).count[side];

  into->kind = STRATA_CHUNK_CONFLICT;
  g_clear_pointer (&into->text, g_free);
  if (last > first)
    g_array_remove_range (chunks, first + 1, last - first);
}

gboolean
strata_chunks_has_conflict (GArray *chunks)
{
  for (guint i = 0; i < chunks->len; i++)
    if (g_array_index (chunks, StrataChunk, i).kind == STRATA_CHUNK_CONFLICT)
      return TRUE;

  return FALSE;
}
