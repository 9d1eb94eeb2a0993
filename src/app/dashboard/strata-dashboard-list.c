/* strata-dashboard-list.c - the rows as the table shows them: sorted, filtered, folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-list"

#include "strata-dashboard-list.h"

#define N_WARM 200u  /* so many rows are made ready well within a frame */

struct _StrataDashboardList
{
  StrataSlotList        parent_instance;
  StrataDashboardModel *model;     /* (owned) (nullable) */
  GtkFilter            *filter;    /* (owned) (nullable) */
  GtkSorter            *sorter;    /* (owned) (nullable) */
  GPtrArray            *sorted;    /* (owned) (not nullable): every row in its order */
  GHashTable           *expanded;  /* (owned) (not nullable): names whose older versions are shown */
  guint                 warming;   /* source */
  guint                 n_warm;    /* of the sorted rows, that are ready to be searched */
  guint                 n_shown;   /* rows, without older versions */
};

enum
{
  SIGNAL_WILL_CHANGE,
  SIGNAL_DID_CHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataDashboardList, strata_dashboard_list, STRATA_TYPE_SLOT_LIST)

static const char *
get_name (StrataDashboardRow *row)
{
  return strata_entry_get_name (strata_dashboard_row_get_entry (row));
}

static void
add_older (GArray             *places,
           StrataDashboardRow *row)
{
  GListModel *older = strata_dashboard_row_get_older (row);

  for (guint i = 0; older != NULL && i < g_list_model_get_n_items (older); i++)
    {
      g_autoptr(StrataDashboardRow) one = g_list_model_get_item (older, i);
      StrataPlace place = { one, TRUE };

      g_array_append_val (places, place);
    }
}

static GArray *
list_places (StrataDashboardList *self)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (StrataPlace), self->sorted->len);
  gboolean all = gtk_filter_get_strictness (self->filter) == GTK_FILTER_MATCH_ALL;

  self->n_shown = 0;
  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataPlace place = { self->sorted->pdata[i], FALSE };

      if (!all && !gtk_filter_match (self->filter, place.item))
        continue;

      self->n_shown++;
      g_array_append_val (places, place);
      if (g_hash_table_size (self->expanded) > 0 &&
          g_hash_table_contains (self->expanded, get_name (place.item)))
        add_older (places, place.item);
    }

  return places;
}

static void
refresh (StrataDashboardList *self)
{
  g_signal_emit (self, signals[SIGNAL_WILL_CHANGE], 0);

  g_autoptr(GArray) places = list_places (self);

  strata_slot_list_show (STRATA_SLOT_LIST (self), (StrataPlace *) (gpointer) places->data, places->len);

  g_signal_emit (self, signals[SIGNAL_DID_CHANGE], 0);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  return (int) gtk_sorter_compare (user_data, *(gpointer *) a, *(gpointer *) b);
}

/* What a search reads of a row is made when nothing else is to be done, and not for all rows at the first letter. */
static gboolean
warm_cb (gpointer user_data)
{
  StrataDashboardList *self = STRATA_DASHBOARD_LIST (user_data);
  guint n_wanted = MIN (self->n_warm + N_WARM, self->sorted->len);

  while (self->n_warm < n_wanted)
    strata_dashboard_row_get_haystack (self->sorted->pdata[self->n_warm++]);
  if (n_wanted < self->sorted->len)
    return G_SOURCE_CONTINUE;

  self->warming = 0;

  return G_SOURCE_REMOVE;
}

static void
warm (StrataDashboardList *self)
{
  self->n_warm = 0;
  if (self->warming == 0)
    self->warming = g_idle_add_full (G_PRIORITY_LOW, warm_cb, self, NULL);
}

static void
sort (StrataDashboardList *self)
{
  GListModel *model = G_LIST_MODEL (self->model);
  guint n_rows = g_list_model_get_n_items (model);
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->sorted);

  /* From the model's own order, so that equals stand the same way each time. The old rows are let
   * go at the end: the slots still show them. */
  self->sorted = g_ptr_array_new_full (n_rows, g_object_unref);
  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (self->sorted, g_list_model_get_item (model, i));
  if (self->sorter != NULL && gtk_sorter_get_order (self->sorter) != GTK_SORTER_ORDER_NONE)
    g_ptr_array_sort_with_data (self->sorted, compare_cb, self->sorter);

  warm (self);
  refresh (self);
}

static void
strata_dashboard_list_dispose (GObject *object)
{
  StrataDashboardList *self = STRATA_DASHBOARD_LIST (object);

  g_clear_handle_id (&self->warming, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);

  G_OBJECT_CLASS (strata_dashboard_list_parent_class)->dispose (object);
}

static void
strata_dashboard_list_finalize (GObject *object)
{
  StrataDashboardList *self = STRATA_DASHBOARD_LIST (object);

  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_clear_pointer (&self->expanded, g_hash_table_unref);

  G_OBJECT_CLASS (strata_dashboard_list_parent_class)->finalize (object);
}

static void
strata_dashboard_list_class_init (StrataDashboardListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_dashboard_list_dispose;
  object_class->finalize = strata_dashboard_list_finalize;

  signals[SIGNAL_WILL_CHANGE] =
    g_signal_new ("will-change", STRATA_TYPE_DASHBOARD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_DID_CHANGE] =
    g_signal_new ("did-change", STRATA_TYPE_DASHBOARD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
strata_dashboard_list_init (StrataDashboardList *self)
{
  self->sorted = g_ptr_array_new_with_free_func (g_object_unref);
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

StrataDashboardList *
strata_dashboard_list_new (StrataDashboardModel *model,
                           GtkFilter            *filter)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_MODEL (model), NULL);
  g_return_val_if_fail (GTK_IS_FILTER (filter), NULL);

  StrataDashboardList *self = g_object_new (STRATA_TYPE_DASHBOARD_LIST, NULL);

  self->model = g_object_ref (model);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  sort (self);

  return self;
}

/* Without a @sorter the rows stay as they are. */
void
strata_dashboard_list_set_sorter (StrataDashboardList *self,
                                  GtkSorter           *sorter)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_LIST (self));

  if (self->sorter == sorter)
    return;

  if (self->sorter != NULL)
    g_signal_handlers_disconnect_by_func (self->sorter, sort, self);
  g_set_object (&self->sorter, sorter);
  if (sorter == NULL)
    return;

  g_signal_connect_object (sorter, "changed", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
  sort (self);
}

/* How many rows the filter lets through, whatever is folded out. */
guint
strata_dashboard_list_get_n_shown (StrataDashboardList *self)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_LIST (self), 0);

  return self->n_shown;
}

static StrataDashboardRow *
get_expandable (StrataDashboardList *self,
                guint                position)
{
  StrataDashboardRow *row = strata_slot_list_get_taken (STRATA_SLOT_LIST (self), position);

  return row != NULL && strata_dashboard_row_get_n_older (row) > 0 ? row : NULL;
}

gboolean
strata_dashboard_list_is_expanded (StrataDashboardList *self,
                                   guint                position)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_LIST (self), FALSE);

  StrataDashboardRow *row = get_expandable (self, position);

  return row != NULL && g_hash_table_contains (self->expanded, get_name (row));
}

/* Shows or hides the older versions below a row. Returns whether there was something to do. */
gboolean
strata_dashboard_list_set_expanded (StrataDashboardList *self,
                                    guint                position,
                                    gboolean             expanded)
{
  g_return_val_if_fail (STRATA_IS_DASHBOARD_LIST (self), FALSE);

  StrataDashboardRow *row = get_expandable (self, position);

  if (row == NULL || strata_dashboard_list_is_expanded (self, position) == expanded)
    return FALSE;

  if (expanded)
    g_hash_table_add (self->expanded, g_strdup (get_name (row)));
  else
    g_hash_table_remove (self->expanded, get_name (row));
  refresh (self);

  return TRUE;
}
