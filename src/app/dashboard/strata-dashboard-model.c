/* strata-dashboard-model.c - the profiles of a list as rows, the versions of one name in one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-model"

#include "strata-dashboard-model.h"

struct _StrataDashboardModel
{
  GObject     parent_instance;
  GPtrArray  *rows;   /* (owned) (not nullable) */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataDashboardModel, strata_dashboard_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_DASHBOARD_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_DASHBOARD_MODEL (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataDashboardModel *self = STRATA_DASHBOARD_MODEL (model);

  return position < self->rows->len ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
strata_dashboard_model_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_DASHBOARD_MODEL (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_dashboard_model_parent_class)->finalize (object);
}

static void
strata_dashboard_model_class_init (StrataDashboardModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_dashboard_model_finalize;
}

static void
strata_dashboard_model_init (StrataDashboardModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

StrataDashboardModel *
strata_dashboard_model_new (void)
{
  return g_object_new (STRATA_TYPE_DASHBOARD_MODEL, NULL);
}

/* Entries by the name they fold under: (name or id) -> (owned GPtrArray of entries). */
static GHashTable *
group_entries (GListModel *entries,
               gboolean    fold)
{
  GHashTable *groups =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  guint n_entries = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n_entries; i++)
    {
      StrataEntry *entry = g_list_model_get_item (entries, i);
      const char *key = fold ? strata_entry_get_name (entry) : strata_entry_get_id (entry);
      GPtrArray *group = g_hash_table_lookup (groups, key);

      if (group == NULL)
        {
          group = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (groups, (char *) key, group);
        }
      g_ptr_array_add (group, entry);
    }

  return groups;
}

/* Takes the group of @row out of @groups: the row itself where nothing changed, a new one, or NULL where it is gone. */
static StrataDashboardRow *
renew_row (StrataDashboardRow *row,
           GHashTable         *groups,
           gboolean            fold)
{
  StrataEntry *entry = strata_dashboard_row_get_entry (row);
  gpointer group;

  if (!g_hash_table_steal_extended (
        groups, fold ? strata_entry_get_name (entry) : strata_entry_get_id (entry), NULL, &group))
    return NULL;

  if (!strata_dashboard_row_matches (row, group))
    return strata_dashboard_row_new (group);

  g_ptr_array_unref (group);
  return g_object_ref (row);
}

/* So that rows that sort equal stand the same way on every start. */
static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  StrataEntry *one = strata_dashboard_row_get_entry (*(StrataDashboardRow **) a);
  StrataEntry *other = strata_dashboard_row_get_entry (*(StrataDashboardRow **) b);

  return g_strcmp0 (strata_entry_get_id (one), strata_entry_get_id (other));
}

static GPtrArray *
make_new_rows (GHashTable *groups)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (rows, strata_dashboard_row_new (group));
    }
  g_ptr_array_sort (rows, compare_ids);

  return rows;
}

/* The rows that are still there, each itself where nothing about it has changed. */
static GPtrArray *
renew_rows (StrataDashboardModel *self,
            GHashTable           *groups,
            gboolean              fold,
            gboolean             *changed)
{
  GPtrArray *renewed = g_ptr_array_new_full (self->rows->len, g_object_unref);

  *changed = FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      StrataDashboardRow *row = renew_row (self->rows->pdata[i], groups, fold);

      *changed = *changed || row != self->rows->pdata[i];
      if (row != NULL)
        g_ptr_array_add (renewed, row);
    }

  return renewed;
}

/**
 * strata_dashboard_model_update:
 * @self: a model
 * @entries: the profiles
 * @fold: whether the versions of one name share a row
 *
 * Makes the rows true to @entries. What shows the same stays the same row, and where nothing has changed nothing is
 * said; else it is said once for all.
 */
void
strata_dashboard_model_update (StrataDashboardModel *self,
                               GListModel           *entries,
                               gboolean              fold)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_MODEL (self));

  g_autoptr(GHashTable) groups = group_entries (entries, fold);
  gboolean changed;
  g_autoptr(GPtrArray) rows = renew_rows (self, groups, fold, &changed);
  g_autoptr(GPtrArray) added = make_new_rows (groups);
  guint n_old = self->rows->len;

  if (!changed && added->len == 0)
    return;

  g_ptr_array_extend_and_steal (rows, g_steal_pointer (&added));
  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->rows->len);
}

void
strata_dashboard_model_get_counts (StrataDashboardModel  *self,
                                   StrataDashboardCounts *counts)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_MODEL (self));

  *counts = (StrataDashboardCounts){ .all = self->rows->len };

  for (guint i = 0; i < self->rows->len; i++)
    {
      StrataDashboardRow *row = self->rows->pdata[i];
      StrataState state = strata_entry_get_state (strata_dashboard_row_get_entry (row));

      counts->attention += strata_dashboard_row_needs_attention (row);
      counts->only_here += state == STRATA_STATE_ONLY_HERE;
      counts->published += state == STRATA_STATE_PUBLISHED;
    }
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return g_utf8_collate (*(const char **) a, *(const char **) b);
}

static GPtrArray *
list_words (StrataDashboardModel *self,
            const char *const  *(* get_words) (StrataEntry *entry))
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *const *own = get_words (strata_dashboard_row_get_entry (self->rows->pdata[i]));

      for (guint j = 0; own != NULL && own[j] != NULL; j++)
        if (g_hash_table_add (seen, (char *) own[j]))
          g_ptr_array_add (words, g_strdup (own[j]));
    }
  g_ptr_array_sort (words, compare_strings);

  return words;
}

/**
 * strata_dashboard_model_list_tags:
 * @self: a model
 *
 * Returns: (transfer container) (element-type utf8): every tag of a row, once, sorted
 */
GPtrArray *
strata_dashboard_model_list_tags (StrataDashboardModel *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_MODEL (self), NULL);

  return list_words (self, strata_entry_get_tags);
}

/**
 * strata_dashboard_model_list_registries:
 * @self: a model
 *
 * Returns: (transfer container) (element-type utf8): every registry that a layer of a row comes from, once, sorted
 */
GPtrArray *
strata_dashboard_model_list_registries (StrataDashboardModel *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_MODEL (self), NULL);

  return list_words (self, strata_entry_get_registries);
}
