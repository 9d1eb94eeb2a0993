/* strata-dashboard-list.c - the rows as the table shows them: sorted, filtered, folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-dashboard-list"

#include "strata-dashboard-list.h"

/* GTK 4.8 makes some two hundred rows of widgets anew for each change of the items, which takes a tenth of a second.
 * So the items are places that stay, and only what stands in them changes: rows only come and go at the end. */
struct _StrataDashboardList
{
  GObject               parent_instance;
  StrataDashboardModel *model;     /* (owned) (nullable) */
  GtkFilter            *filter;    /* (owned) (nullable) */
  GtkSorter            *sorter;    /* (owned) (nullable) */
  GPtrArray            *sorted;    /* (owned) (not nullable): every row in its order */
  GPtrArray            *slots;     /* (owned) (not nullable): what is shown */
  GHashTable           *expanded;  /* (owned) (not nullable): names whose older versions are shown */
  guint                 n_shown;   /* rows, without older versions */
};

enum
{
  SIGNAL_WILL_CHANGE,
  SIGNAL_DID_CHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataDashboardList, strata_dashboard_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
get_item_type (GListModel *model)
{
  return STRATA_TYPE_DASHBOARD_SLOT;
}

static guint
get_n_items (GListModel *model)
{
  return STRATA_DASHBOARD_LIST (model)->slots->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  StrataDashboardList *self = STRATA_DASHBOARD_LIST (model);

  return position < self->slots->len ? g_object_ref (self->slots->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* A row to show, and whether it is an older version. */
typedef struct
{
  StrataDashboardRow *row;  /* (unowned) */
  gboolean            is_older;
} Place;

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
      Place place = { one, TRUE };

      g_array_append_val (places, place);
    }
}

static GArray *
list_places (StrataDashboardList *self)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), self->sorted->len);
  gboolean all = gtk_filter_get_strictness (self->filter) == GTK_FILTER_MATCH_ALL;

  self->n_shown = 0;
  for (guint i = 0; i < self->sorted->len; i++)
    {
      Place place = { self->sorted->pdata[i], FALSE };

      if (!all && !gtk_filter_match (self->filter, place.row))
        continue;

      self->n_shown++;
      g_array_append_val (places, place);
      if (g_hash_table_size (self->expanded) > 0 &&
          g_hash_table_contains (self->expanded, get_name (place.row)))
        add_older (places, place.row);
    }

  return places;
}

static void
show_places (StrataDashboardList *self,
             GArray              *places)
{
  guint n_old = self->slots->len;

  /* Slots that go let their widgets go first: nobody draws what is about to vanish. */
  if (places->len < n_old)
    {
      g_ptr_array_set_size (self->slots, (int) places->len);
      g_list_model_items_changed (G_LIST_MODEL (self), places->len, n_old - places->len, 0);
    }

  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (i >= n_old)
        g_ptr_array_add (self->slots, strata_dashboard_slot_new ());
      strata_dashboard_slot_set (self->slots->pdata[i], place->row, place->is_older);
    }

  if (places->len > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, places->len - n_old);
}

static void
refresh (StrataDashboardList *self)
{
  g_signal_emit (self, signals[SIGNAL_WILL_CHANGE], 0);

  g_autoptr(GArray) places = list_places (self);
  show_places (self, places);

  g_signal_emit (self, signals[SIGNAL_DID_CHANGE], 0);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  return (int) gtk_sorter_compare (user_data, *(gpointer *) a, *(gpointer *) b);
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

  refresh (self);
}

static void
strata_dashboard_list_dispose (GObject *object)
{
  StrataDashboardList *self = STRATA_DASHBOARD_LIST (object);

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
  g_clear_pointer (&self->slots, g_ptr_array_unref);
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
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
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
  StrataDashboardSlot *slot = position < self->slots->len ? self->slots->pdata[position] : NULL;
  StrataDashboardRow *row = slot != NULL ? strata_dashboard_slot_get_row (slot) : NULL;

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

/* The same rows show something else: time has passed, or their appliances moved. GTK 4.8 keeps the cells that are there
 * when only the factory of a column is another one. */
void
strata_dashboard_list_show_anew (StrataDashboardList *self)
{
  g_return_if_fail (STRATA_IS_DASHBOARD_LIST (self));

  for (guint i = 0; i < self->slots->len; i++)
    strata_dashboard_slot_changed (self->slots->pdata[i]);
}
