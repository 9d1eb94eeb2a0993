/* strata-merge-order.c - which items of three rows are the same, and the row that comes of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-merge"

#include "strata-merge-private.h"

#include <string.h>

#define BASE STRATA_SIDE_BASE
#define MINE STRATA_SIDE_MINE
#define THEIRS STRATA_SIDE_THEIRS

static const StrataMergeThread *
get_thread (GArray *threads,
            guint   index)
{
  return &g_array_index (threads, StrataMergeThread, index);
}

gpointer
strata_merge_thread_get (const StrataMergeThread *thread,
                         GPtrArray              **rows,
                         guint                    side)
{
  return thread->at[side] >= 0 ? rows[side]->pdata[thread->at[side]] : NULL;
}

/* Whether mine or theirs has it: what only base has is gone. */
gboolean
strata_merge_thread_is_there (const StrataMergeThread *thread)
{
  return thread->at[MINE] >= 0 || thread->at[THEIRS] >= 0;
}

/* By key. Of several with one key in a row, the first is the first on each side, and so on. (transfer full)
 * (element-type StrataMergeThread) */
GArray *
strata_merge_threads (GPtrArray      **rows,
                      StrataMergeKey   get_key)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (StrataMergeThread));
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < rows[side]->len; i++)
        {
          const char *key = get_key (rows[side]->pdata[i]);
          guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));
          g_autofree char *name = g_strdup_printf ("%u %s", nth, key);
          guint index = GPOINTER_TO_UINT (g_hash_table_lookup (found, name));

          g_hash_table_insert (counts, (gpointer) key, GUINT_TO_POINTER (nth + 1));
          if (index == 0)
            {
              StrataMergeThread thread = { { -1, -1, -1 }, key };

              g_array_append_val (threads, thread);
              index = threads->len;
              g_hash_table_insert (found, g_steal_pointer (&name), GUINT_TO_POINTER (index));
            }
          g_array_index (threads, StrataMergeThread, index - 1).at[side] = (int) i;
        }
    }

  return threads;
}

typedef struct
{
  GArray *threads;
  guint   side;
} SortBy;

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  SortBy *by = user_data;

  return get_thread (by->threads, *(const guint *) a)->at[by->side] -
         get_thread (by->threads, *(const guint *) b)->at[by->side];
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  return strcmp (get_thread (user_data, *(const guint *) a)->key, get_thread (user_data, *(const guint *) b)->key);
}

/* Those of one side, in its order; with @is_common only what mine and theirs both have, and what is in @side. */
static GArray *
list_side (GArray   *threads,
           guint     side,
           gboolean  is_common)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (guint));
  SortBy by = { threads, side };

  for (guint i = 0; i < threads->len; i++)
    {
      const StrataMergeThread *thread = get_thread (threads, i);

      if (thread->at[side] >= 0 && (!is_common || (thread->at[MINE] >= 0 && thread->at[THEIRS] >= 0)))
        g_array_append_val (row, i);
    }
  g_array_sort_with_data (row, compare_places, &by);

  return row;
}

/* Whether what is in both rows is in one order. */
static gboolean
agree (GArray *a,
       GArray *b,
       guint   n_threads)
{
  g_autofree guint *places = g_new0 (guint, (gsize) n_threads + 1);
  guint last = 0;

  for (guint i = 0; i < a->len; i++)
    places[g_array_index (a, guint, i)] = i + 1;

  for (guint i = 0; i < b->len; i++)
    {
      guint place = places[g_array_index (b, guint, i)];

      if (place == 0)
        continue;
      if (place < last)
        return FALSE;
      last = place;
    }

  return TRUE;
}

static char *
list_names (GArray *threads,
            guint   side)
{
  g_autoptr(GArray) row = list_side (threads, side, FALSE);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->len; i++)
    g_string_append_printf (text, "%s\n", get_thread (threads, g_array_index (row, guint, i))->key);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The side whose order what is common comes in. Without @path nobody cares for the order, and base has it. */
static guint
choose_order (StrataMergeWalk *self,
              GArray          *threads,
              GArray         **common,
              const char      *path)
{
  gboolean equal[] = {
    [BASE] = agree (common[MINE], common[THEIRS], threads->len),
    [MINE] = agree (common[BASE], common[THEIRS], threads->len),
    [THEIRS] = agree (common[BASE], common[MINE], threads->len),
  };

  /* Both have the order of base, and what both added in two places. */
  if (!equal[BASE] && equal[MINE] && equal[THEIRS])
    equal[MINE] = equal[THEIRS] = FALSE;

  if (equal[BASE])
    return MINE;
  if (path == NULL)
    return equal[THEIRS] ? THEIRS : equal[MINE] ? MINE : BASE;

  g_autofree char *base = list_names (threads, BASE);
  g_autofree char *mine = list_names (threads, MINE);
  g_autofree char *theirs = list_names (threads, THEIRS);
  StrataMergeSpot spot = { NULL, path, { base, mine, theirs }, FALSE };

  return strata_merge_walk_choose (self, &spot, equal, NULL);
}

/* What only @side has and stands behind common item @after there (-1: before all of them), to the end of @into. */
static void
append_additions (GArray *threads,
                  GArray *row,
                  guint   side,
                  int     after,
                  GArray *into)
{
  guint other = side == MINE ? THEIRS : MINE;
  gboolean is_here = after < 0;

  for (guint i = 0; i < row->len; i++)
    {
      guint index = g_array_index (row, guint, i);

      if (get_thread (threads, index)->at[other] >= 0)
        is_here = (int) index == after;
      else if (is_here)
        g_array_append_val (into, index);
    }
}

/* The additions of both sides at one place: whose come first does not depend on which side is called mine. */
static void
append_both (GArray  *threads,
             GArray **rows,
             int      after,
             GArray  *into)
{
  g_autoptr(GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) theirs = g_array_new (FALSE, FALSE, sizeof (guint));

  append_additions (threads, rows[MINE], MINE, after, mine);
  append_additions (threads, rows[THEIRS], THEIRS, after, theirs);

  gboolean is_mine_first = mine->len > 0 && theirs->len > 0 &&
                           strcmp (get_thread (threads, g_array_index (mine, guint, 0))->key,
                                   get_thread (threads, g_array_index (theirs, guint, 0))->key) < 0;
  GArray *first = is_mine_first ? mine : theirs;
  GArray *second = is_mine_first ? theirs : mine;

  g_array_append_vals (into, first->data, first->len);
  g_array_append_vals (into, second->data, second->len);
}

/* The threads that mine or theirs has, in the order that comes of both. With a @path, an order that both changed is a
 * conflict. (transfer full) (element-type guint): indices of @threads */
GArray *
strata_merge_walk_order (StrataMergeWalk *self,
                         GArray          *threads,
                         const char      *path)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *common[STRATA_N_SIDES];
  GArray *rows[STRATA_N_SIDES];
  g_autofree guint8 *is_placed = g_new0 (guint8, (gsize) threads->len + 1);

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      common[side] = list_side (threads, side, TRUE);
      rows[side] = list_side (threads, side, FALSE);
    }

  GArray *order = common[choose_order (self, threads, common, path)];

  append_both (threads, rows, -1, result);
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);

      g_array_append_val (result, index);
      append_both (threads, rows, (int) index, result);
      is_placed[index] = TRUE;
    }
  /* Base does not have what both added: that is put on top, in an order of nobody's. */
  g_array_sort_with_data (common[MINE], compare_keys, threads);
  for (guint i = 0; i < common[MINE]->len; i++)
    {
      guint index = g_array_index (common[MINE], guint, i);

      if (is_placed[index])
        continue;
      g_array_append_val (result, index);
      append_both (threads, rows, (int) index, result);
    }

  for (guint side = 0; side < STRATA_N_SIDES; side++)
    {
      g_array_unref (common[side]);
      g_array_unref (rows[side]);
    }

  return result;
}
