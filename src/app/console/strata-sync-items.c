/* strata-sync-items.c - the lines of the sync sheet: what is still to do, and what came of the rest
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-sync-items"

#include "strata-sync-items.h"

/* What needs nobody. That a draft is published is never part of *all*: the appliances get it. */
gboolean
strata_sync_items_is_for_all (StrataSyncItem *item)
{
  StrataSyncAction action = strata_sync_item_get_step (item)->action;

  return strata_sync_item_get_state (item) != STRATA_SYNC_ITEM_DONE &&
         (action == STRATA_SYNC_PULL || action == STRATA_SYNC_PUSH || action == STRATA_SYNC_CREATE ||
          action == STRATA_SYNC_MERGE);
}

gboolean
strata_sync_items_is_for_person (StrataSyncItem *item)
{
  return strata_sync_item_get_state (item) != STRATA_SYNC_ITEM_DONE && !strata_sync_items_is_for_all (item);
}

gboolean
strata_sync_items_has_failed (StrataSyncItem *item)
{
  return strata_sync_item_get_state (item) == STRATA_SYNC_ITEM_FAILED;
}

guint
strata_sync_items_count (GListModel          *items,
                         StrataSyncItemsTest  test)
{
  guint n_items = g_list_model_get_n_items (items);
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(StrataSyncItem) item = g_list_model_get_item (items, i);
      n += test (item);
    }

  return n;
}

/* (transfer none) (nullable): the item of that profile */
StrataSyncItem *
strata_sync_items_find (GListModel *items,
                        const char *id)
{
  guint n_items = g_list_model_get_n_items (items);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(StrataSyncItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (strata_sync_item_get_step (item)->id, id))
        return item;
    }

  return NULL;
}

static gboolean
has_ended (StrataSyncItem *item)
{
  StrataSyncItemState state = strata_sync_item_get_state (item);

  return state == STRATA_SYNC_ITEM_DONE || state == STRATA_SYNC_ITEM_FAILED;
}

/* (transfer full): what came of the last time, by the id of its profile; in the order of the lines */
static GPtrArray *
collect_ended (GListModel *items,
               GHashTable *by_id)
{
  guint n_items = g_list_model_get_n_items (items);
  GPtrArray *ended = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(StrataSyncItem) item = g_list_model_get_item (items, i);

      if (!has_ended (item))
        continue;
      g_hash_table_insert (by_id, strata_sync_item_get_step (item)->id, item);
      g_ptr_array_add (ended, g_steal_pointer (&item));
    }

  return ended;
}

/* Where it failed and is still to be done, why stays there; what was done and is followed by another step gives way. */
static StrataSyncItem *
make_item (GHashTable     *by_id,
           StrataSyncStep *step)
{
  StrataSyncItem *before = g_hash_table_lookup (by_id, step->id);

  if (before == NULL)
    return strata_sync_item_new (step);

  g_hash_table_remove (by_id, step->id);

  return strata_sync_items_has_failed (before) && strata_sync_item_get_step (before)->action == step->action
    ? g_object_ref (before)
    : strata_sync_item_new (step);
}

/* Shows @steps, and behind what is still to do what came of the last time; not where @is_fresh: then a person has read it
 * and asks anew.
 */
void
strata_sync_items_take (GListStore *items,
                        GPtrArray  *steps,
                        gboolean    is_fresh)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (items));
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) ended = collect_ended (G_LIST_MODEL (items), by_id);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  if (is_fresh)
    g_hash_table_remove_all (by_id);

  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (lines, make_item (by_id, steps->pdata[i]));
  for (guint i = 0; i < ended->len; i++)
    if (g_hash_table_contains (by_id, strata_sync_item_get_step (ended->pdata[i])->id))
      g_ptr_array_add (lines, g_object_ref (ended->pdata[i]));

  g_list_store_splice (items, 0, n_items, lines->pdata, lines->len);
}
