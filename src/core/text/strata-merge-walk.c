/* strata-merge-walk.c - a value or a text that three sides have: whose it is, and when that is not clear
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge"

#include "strata-merge-private.h"

#include <string.h>

#define BASE STRATA_SIDE_BASE
#define MINE STRATA_SIDE_MINE
#define THEIRS STRATA_SIDE_THEIRS

static StrataConflict *
make_conflict (StrataMergeWalk       *self,
               const StrataMergeSpot *spot)
{
  StrataConflict *conflict = g_new0 (StrataConflict, 1);

  conflict->layer = g_strdup (self->layer);
  conflict->document = g_strdup (spot->document);
  conflict->path = g_strdup (spot->path);
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    conflict->texts[side] = g_strdup (spot->texts[side]);
  conflict->can_edit = spot->can_edit;
  conflict->decision = STRATA_SIDE_NONE;

  return conflict;
}

static void
note_merged (StrataMergeWalk *self,
             StrataConflict  *conflict,
             StrataSide       side)
{
  conflict->decision = side;
  g_ptr_array_add (self->merged, conflict);
}

/* Whether what @before says can be said of @conflict: it is of the same place, and this place allows it. A row of
 * decisions may come from anywhere. */
static gboolean
is_decided (const StrataConflict *conflict,
            const StrataConflict *before)
{
  if (g_strcmp0 (conflict->layer, before->layer) != 0 || g_strcmp0 (conflict->document, before->document) != 0 ||
      g_strcmp0 (conflict->path, before->path) != 0)
    return FALSE;

  return before->decision < STRATA_N_SIDES ||
         (before->decision == STRATA_SIDE_OWN && conflict->can_edit && before->own != NULL);
}

/* Takes @conflict. What was decided the last time is decided now. */
static const StrataConflict *
add_conflict (StrataMergeWalk *self,
              StrataConflict  *conflict)
{
  guint index = self->conflicts->len;

  if (self->decided != NULL && index < self->decided->len && is_decided (conflict, self->decided->pdata[index]))
    {
      const StrataConflict *before = self->decided->pdata[index];

      conflict->decision = before->decision;
      conflict->own = g_strdup (before->own);
    }
  g_ptr_array_add (self->conflicts, conflict);

  return conflict;
}

/* @equal says whether mine is base, theirs is base, and mine is theirs, at the index of the third. @own becomes the text
 * that was decided on when that is what is returned. An open conflict stands as mine has it. */
StrataSide
strata_merge_walk_choose (StrataMergeWalk       *self,
                          const StrataMergeSpot *spot,
                          const gboolean         equal[STRATA_N_SIDES],
                          const char           **own)
{
  if (equal[BASE])
    {
      if (!equal[MINE] || !equal[THEIRS])
        note_merged (self, make_conflict (self, spot), STRATA_SIDE_BOTH);
      return MINE;
    }
  if (equal[THEIRS] || equal[MINE])
    {
      StrataSide side = equal[THEIRS] ? THEIRS : MINE;

      note_merged (self, make_conflict (self, spot), side);
      return side;
    }

  const StrataConflict *conflict = add_conflict (self, make_conflict (self, spot));

  if (own != NULL)
    *own = conflict->own;

  return conflict->decision == STRATA_SIDE_NONE ? MINE : conflict->decision;
}

/* One text that is no lines. NULL where a side does not have it. Lives as long as the texts and the walk. */
const char *
strata_merge_walk_text (StrataMergeWalk *self,
                        const char      *document,
                        const char      *path,
                        const char      *base,
                        const char      *mine,
                        const char      *theirs,
                        gboolean         can_edit)
{
  StrataMergeSpot spot = { document, path, { base, mine, theirs }, can_edit };
  gboolean equal[] = {
    [BASE] = g_strcmp0 (mine, theirs) == 0,
    [MINE] = g_strcmp0 (theirs, base) == 0,
    [THEIRS] = g_strcmp0 (mine, base) == 0,
  };
  const char *own = NULL;
  StrataSide side = strata_merge_walk_choose (self, &spot, equal, &own);

  return side == STRATA_SIDE_OWN ? own : spot.texts[side];
}

/* Documents by line */

/* A walk finds what the one before it merged; the blobs live as long as the sides. */
static StrataTextMerge *
get_text_merge (StrataMergeWalk *self,
                StrataBlob     **blobs)
{
  g_autofree char *key = g_strdup_printf ("%p %p %p", (void *) blobs[BASE], (void *) blobs[MINE],
                                          (void *) blobs[THEIRS]);
  StrataTextMerge *merge = g_hash_table_lookup (self->texts, key);

  if (merge == NULL)
    {
      const char *texts[STRATA_N_SIDES];

      for (guint side = 0; side < STRATA_N_SIDES; side++)
        texts[side] = blobs[side] != NULL ? strata_blob_get_text (blobs[side]) : "";

      merge = strata_text_merge_new (texts[BASE], texts[MINE], texts[THEIRS]);
      g_hash_table_insert (self->texts, g_steal_pointer (&key), merge);
    }

  return merge;
}

static StrataConflict *
make_line_conflict (StrataMergeWalk *self,
                    const char      *document,
                    StrataTextMerge *merge,
                    guint            index)
{
  const StrataChunk *chunk = strata_text_merge_get_chunk (merge, index);
  StrataConflict *conflict = g_new0 (StrataConflict, 1);

  conflict->layer = g_strdup (self->layer);
  conflict->document = g_strdup (document);
  conflict->path = strata_text_merge_dup_path (merge, index);
  conflict->can_edit = TRUE;
  conflict->decision = STRATA_SIDE_NONE;
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      conflict->texts[side] = strata_text_merge_dup_lines (merge, index, side);
      conflict->lines[side] = chunk->start[side] + 1;
    }
  if (chunk->kind == STRATA_CHUNK_CONFLICT)
    conflict->proposal = strata_text_merge_dup_proposal (merge, index);

  return conflict;
}

static const char *
get_decided_lines (const StrataConflict *conflict)
{
  if (conflict->decision == STRATA_SIDE_OWN)
    return conflict->own;

  return conflict->decision == STRATA_SIDE_NONE ? conflict->texts[MINE] : conflict->texts[conflict->decision];
}

static StrataBlob *
merge_lines (StrataMergeWalk *self,
             const char      *document,
             StrataBlob     **blobs)
{
  static const StrataSide sides[] = {
    [STRATA_CHUNK_MINE] = STRATA_SIDE_MINE,
    [STRATA_CHUNK_THEIRS] = STRATA_SIDE_THEIRS,
    [STRATA_CHUNK_BOTH] = STRATA_SIDE_BOTH,
    [STRATA_CHUNK_UNION] = STRATA_SIDE_BOTH,
  };
  StrataTextMerge *merge = get_text_merge (self, blobs);
  g_autoptr(GPtrArray) decisions = g_ptr_array_new ();

  for (guint i = 0; i < strata_text_merge_get_n_chunks (merge); i++)
    {
      StrataChunkKind kind = strata_text_merge_get_chunk (merge, i)->kind;

      if (kind == STRATA_CHUNK_CONFLICT)
        g_ptr_array_add (decisions, (gpointer) get_decided_lines (
                                      add_conflict (self, make_line_conflict (self, document, merge, i))));
      else if (kind != STRATA_CHUNK_SAME)
        note_merged (self, make_line_conflict (self, document, merge, i), sides[kind]);
    }
  g_ptr_array_add (decisions, NULL);

  g_autofree char *text = strata_text_merge_build (merge, (const char *const *) decisions->pdata);

  return strata_blob_new_text (text);
}

/* Bytes that are no text have no lines. */
static gboolean
is_text (StrataBlob *blob)
{
  return blob == NULL || strlen (strata_blob_get_text (blob)) == strata_blob_get_size (blob);
}

static gboolean
same_blob (StrataBlob *a,
           StrataBlob *b)
{
  return a == b || (a != NULL && b != NULL && strata_blob_equal (a, b));
}

static StrataBlob *
merge_whole (StrataMergeWalk *self,
             const char      *document,
             StrataBlob     **blobs)
{
  StrataMergeSpot spot = { .document = document, .can_edit = TRUE };
  gboolean equal[] = {
    [BASE] = same_blob (blobs[MINE], blobs[THEIRS]),
    [MINE] = same_blob (blobs[THEIRS], blobs[BASE]),
    [THEIRS] = same_blob (blobs[MINE], blobs[BASE]),
  };
  const char *own = NULL;

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      spot.texts[side] = blobs[side] != NULL ? strata_blob_get_text (blobs[side]) : NULL;
      spot.can_edit = spot.can_edit && is_text (blobs[side]);
    }

  StrataSide side = strata_merge_walk_choose (self, &spot, equal, &own);

  if (side == STRATA_SIDE_OWN)
    return strata_blob_new_text (own);

  return blobs[side] != NULL ? g_object_ref (blobs[side]) : NULL;
}

/* A document; NULL where a side does not have it. (transfer full) (nullable) */
StrataBlob *
strata_merge_walk_blob (StrataMergeWalk *self,
                        const char      *document,
                        StrataBlob      *base,
                        StrataBlob      *mine,
                        StrataBlob      *theirs)
{
  StrataBlob *blobs[] = { base, mine, theirs };

  if (same_blob (base, mine) && same_blob (base, theirs))
    return mine != NULL ? g_object_ref (mine) : NULL;

  /* Two that came about apart and happen to have one name are two, not one that was changed twice. */
  if (same_blob (base, mine) || same_blob (base, theirs) || same_blob (mine, theirs) || base == NULL ||
      mine == NULL || theirs == NULL || !is_text (base) || !is_text (mine) || !is_text (theirs))
    return merge_whole (self, document, blobs);

  return merge_lines (self, document, blobs);
}
