/* strata-merge.c - two changes of one profile made into one: by layer, by path, by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge"

#include "strata-merge-private.h"

/* A value: a decision makes a new one. The documents that are merged by line are merged once and shared. */
struct _StrataMerge
{
  GObject        parent_instance;
  StrataProfile *sides[STRATA_N_SIDES];  /* (owned) */
  StrataProfile *profile;                /* (owned) */
  GPtrArray     *conflicts;              /* (owned) (element-type StrataConflict) */
  GPtrArray     *merged;                 /* (owned) (element-type StrataConflict) */
  GHashTable    *texts;                  /* (owned) (element-type utf8 StrataTextMerge): complete after the first walk */
};

G_DEFINE_FINAL_TYPE (StrataMerge, strata_merge, G_TYPE_OBJECT)

static const struct
{
  StrataProfileField  field;
  const char         *path;
  gboolean            can_edit;
} fields[] = {
  { STRATA_PROFILE_NAME, "name", FALSE },
  { STRATA_PROFILE_VERSION, "version", FALSE },
  { STRATA_PROFILE_DESCRIPTION, "description", TRUE },
  { STRATA_PROFILE_TYPE, "type", FALSE },
  { STRATA_PROFILE_CLOUD_TYPE, "cloudType", FALSE },
  { STRATA_PROFILE_UID, "uid", FALSE },
  { STRATA_PROFILE_PROJECT_UID, "projectUid", FALSE },
  { STRATA_PROFILE_EXTRA, "extra", FALSE },
};

static void
strata_merge_finalize (GObject *object)
{
  StrataMerge *self = STRATA_MERGE (object);

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    g_clear_object (&self->sides[side]);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->merged, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);

  G_OBJECT_CLASS (strata_merge_parent_class)->finalize (object);
}

static void
strata_merge_class_init (StrataMergeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_merge_finalize;
}

static void
strata_merge_init (StrataMerge *self)
{
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_conflict_free);
  self->merged = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_conflict_free);
}

static void
merge_fields (StrataMergeWalk  *walk,
              StrataProfile   **sides,
              StrataProfile   **result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = strata_merge_walk_text (walk, NULL, fields[i].path,
                                                  strata_profile_get (sides[STRATA_SIDE_BASE], fields[i].field),
                                                  strata_profile_get (sides[STRATA_SIDE_MINE], fields[i].field),
                                                  strata_profile_get (sides[STRATA_SIDE_THEIRS], fields[i].field),
                                                  fields[i].can_edit);
      StrataProfile *changed = strata_profile_with (*result, fields[i].field, value);

      g_object_unref (*result);
      *result = changed;
    }
}

/* Where it is stored is nobody's edit: a profile keeps its place, and what has none gets the other's. */
static StrataProfile *
merge_id (StrataProfile **sides)
{
  const char *mine = strata_profile_get_id (sides[STRATA_SIDE_MINE]);
  const char *theirs = strata_profile_get_id (sides[STRATA_SIDE_THEIRS]);

  return strata_profile_with (sides[STRATA_SIDE_MINE], STRATA_PROFILE_ID, *mine != '\0' ? mine : theirs);
}

static StrataProfile *
walk_profile (StrataMergeWalk  *walk,
              StrataProfile   **sides)
{
  GPtrArray *tags[STRATA_N_SIDES];
  GPtrArray *variables[STRATA_N_SIDES];
  g_autoptr(StrataProfile) result = merge_id (sides);

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      tags[side] = strata_profile_get_tags (sides[side]);
      variables[side] = strata_profile_get_variables (sides[side]);
    }
  merge_fields (walk, sides, &result);

  g_autoptr(GPtrArray) merged_tags = strata_merge_walk_tags (walk, tags);
  g_autoptr(GPtrArray) merged_variables = strata_merge_walk_variables (walk, variables);
  g_autoptr(GPtrArray) layers = strata_merge_walk_layers (walk, sides);
  g_autoptr(StrataProfile) tagged = strata_profile_with_tags (result, merged_tags);
  g_autoptr(StrataProfile) variable = strata_profile_with_variables (tagged, merged_variables);

  g_autoptr(StrataProfile) merged = strata_profile_with_layers (variable, layers);

  /* The value that is there already is shared. */
  for (guint side = STRATA_SIDE_MINE; side <= STRATA_SIDE_THEIRS; side++)
    if (strata_profile_equal (merged, sides[side]))
      return g_object_ref (sides[side]);

  return g_steal_pointer (&merged);
}

/* Takes @texts. */
static StrataMerge *
make (StrataProfile **sides,
      GHashTable     *texts,
      GPtrArray      *decided)
{
  StrataMerge *self = g_object_new (STRATA_TYPE_MERGE, NULL);
  StrataMergeWalk walk = { decided, self->conflicts, self->merged, texts, NULL };

  self->texts = texts;
  for (guint side = 0; side < STRATA_N_SIDES; side++)
    self->sides[side] = g_object_ref (sides[side]);
  self->profile = walk_profile (&walk, self->sides);

  return self;
}

/**
 * strata_merge_new:
 * @base: (nullable): what both began with; %NULL when nobody knows: then all that is not the same on both sides is a
 *   conflict or an addition
 * @mine: one side
 * @theirs: the other
 *
 * Merges two changes of a profile. Its own fields, tags, variables and their settings go one by one; layers by what
 * they are, also under a new name or in another place; documents by line, where the merged tree has the last word: two
 * sides that change one path, one list at one place, or one order of layers are in conflict. What pack a layer is goes
 * as a whole, with the files that came with it. Comments, order and indentation stay as they are written. Swapped sides
 * give the same result with the sides swapped. Takes time in proportion to the texts. Any thread; not the main one.
 *
 * Returns: (transfer full): the merge
 */
StrataMerge *
strata_merge_new (StrataProfile *base,
                  StrataProfile *mine,
                  StrataProfile *theirs)
{
  g_return_val_if_fail (base == NULL || STRATA_IS_PROFILE (base), NULL);
  g_return_val_if_fail (STRATA_IS_PROFILE (mine) && STRATA_IS_PROFILE (theirs), NULL);

  g_autoptr(StrataProfile) nothing = strata_profile_new ("", "");
  StrataProfile *sides[] = { base != NULL ? base : nothing, mine, theirs };

  return make (sides, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_text_merge_unref),
               NULL);
}

/**
 * strata_merge_get_side:
 * @self: a merge
 * @side: base, mine or theirs
 *
 * Returns: (transfer none): that profile, whole: no side is ever lost
 */
StrataProfile *
strata_merge_get_side (StrataMerge *self,
                       StrataSide   side)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);
  g_return_val_if_fail (side < STRATA_N_SIDES, NULL);

  return self->sides[side];
}

/**
 * strata_merge_get_profile:
 * @self: a merge
 *
 * Returns: (transfer none): the merged profile with all that was decided; what is not decided stands as mine has it
 */
StrataProfile *
strata_merge_get_profile (StrataMerge *self)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);

  return self->profile;
}

/**
 * strata_merge_get_conflicts:
 * @self: a merge
 *
 * Returns: (transfer none) (element-type StrataConflict): all conflicts, decided or not; the same ones in the same order
 *   after each decision
 */
GPtrArray *
strata_merge_get_conflicts (StrataMerge *self)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);

  return self->conflicts;
}

/**
 * strata_merge_get_merged:
 * @self: a merge
 *
 * Returns: (transfer none) (element-type StrataConflict): what was clear by itself, with the side that it came from
 */
GPtrArray *
strata_merge_get_merged (StrataMerge *self)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);

  return self->merged;
}

/**
 * strata_merge_get_n_open:
 * @self: a merge
 *
 * Returns: how many conflicts are not decided; 0 when the merge is complete
 */
guint
strata_merge_get_n_open (StrataMerge *self)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), 0);

  guint n = 0;

  for (guint i = 0; i < self->conflicts->len; i++)
    n += ((StrataConflict *) self->conflicts->pdata[i])->decision == STRATA_SIDE_NONE;

  return n;
}

static GPtrArray *
copy_conflicts (StrataMerge *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_conflict_free);

  for (guint i = 0; i < self->conflicts->len; i++)
    g_ptr_array_add (copy, strata_conflict_copy (self->conflicts->pdata[i]));

  return copy;
}

static StrataMerge *
decide_again (StrataMerge *self,
              GPtrArray   *decided)
{
  return make (self->sides, g_hash_table_ref (self->texts), decided);
}

/**
 * strata_merge_resolve:
 * @self: a merge
 * @index: a conflict
 * @side: base, mine, theirs, a text of its own where the conflict allows it, or none to open it again
 * @own: (nullable): that text
 *
 * Returns: (transfer full): the merge with that decision
 */
StrataMerge *
strata_merge_resolve (StrataMerge *self,
                      guint        index,
                      StrataSide   side,
                      const char  *own)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);
  g_return_val_if_fail (index < self->conflicts->len && side != STRATA_SIDE_BOTH, NULL);

  g_autoptr(GPtrArray) decided = copy_conflicts (self);
  StrataConflict *conflict = decided->pdata[index];

  g_return_val_if_fail (side != STRATA_SIDE_OWN || (conflict->can_edit && own != NULL), NULL);

  conflict->decision = side;
  g_free (conflict->own);
  conflict->own = side == STRATA_SIDE_OWN ? g_strdup (own) : NULL;

  return decide_again (self, decided);
}

/**
 * strata_merge_decide:
 * @self: a merge
 * @conflicts: (element-type StrataConflict): copies of its conflicts in their order, with what was decided
 *
 * Many decisions at the price of one.
 *
 * Returns: (transfer full): the merge with these decisions
 */
StrataMerge *
strata_merge_decide (StrataMerge *self,
                     GPtrArray   *conflicts)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);
  g_return_val_if_fail (conflicts != NULL && conflicts->len == self->conflicts->len, NULL);

  return decide_again (self, conflicts);
}

/**
 * strata_merge_resolve_all:
 * @self: a merge
 * @side: base, mine or theirs
 *
 * Returns: (transfer full): the merge with that decision about all that is still open
 */
StrataMerge *
strata_merge_resolve_all (StrataMerge *self,
                          StrataSide   side)
{
  g_return_val_if_fail (STRATA_IS_MERGE (self), NULL);
  g_return_val_if_fail (side < STRATA_N_SIDES, NULL);

  g_autoptr(GPtrArray) decided = copy_conflicts (self);

  for (guint i = 0; i < decided->len; i++)
    {
      StrataConflict *conflict = decided->pdata[i];

      if (conflict->decision == STRATA_SIDE_NONE)
        conflict->decision = side;
    }

  return decide_again (self, decided);
}
