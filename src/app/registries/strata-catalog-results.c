/* strata-catalog-results.c - what of a catalog matches a search, best first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog-results"

#include "strata-catalog-results.h"

/* Keeps the catalog's index and positions in it, so that a search over 100,000 names touches no reference count. */
struct _StrataCatalogResults
{
  GObject             parent_instance;
  StrataCatalog      *catalog;    /* (owned) */
  StrataCatalogIndex *index;      /* (owned): what the positions are in */
  GArray             *positions;  /* (owned) (element-type guint) */
  char               *search;     /* (owned) */
  char               *registry;   /* (owned) (nullable): NULL for all */
};

static GType
strata_catalog_results_get_item_type (GListModel *model)
{
  return STRATA_TYPE_CATALOG_ITEM;
}

static guint
strata_catalog_results_get_n_items (GListModel *model)
{
  return STRATA_CATALOG_RESULTS (model)->positions->len;
}

static gpointer
strata_catalog_results_get_item (GListModel *model,
                                 guint       position)
{
  StrataCatalogResults *self = STRATA_CATALOG_RESULTS (model);

  if (position >= self->positions->len)
    return NULL;

  guint at = g_array_index (self->positions, guint, position);

  return g_object_ref (g_ptr_array_index (strata_catalog_index_get_items (self->index), at));
}

static void
strata_catalog_results_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_catalog_results_get_item_type;
  iface->get_n_items = strata_catalog_results_get_n_items;
  iface->get_item = strata_catalog_results_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCatalogResults, strata_catalog_results, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      strata_catalog_results_list_model_init))

static void
refresh (StrataCatalogResults *self)
{
  guint before = self->positions->len;

  g_set_object (&self->index, strata_catalog_get_index (self->catalog));
  g_array_unref (self->positions);
  self->positions = strata_catalog_index_search (self->index, self->search, self->registry);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->positions->len);
}

static void
strata_catalog_results_finalize (GObject *object)
{
  StrataCatalogResults *self = STRATA_CATALOG_RESULTS (object);

  g_clear_object (&self->catalog);
  g_clear_object (&self->index);
  g_clear_pointer (&self->positions, g_array_unref);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->registry, g_free);

  G_OBJECT_CLASS (strata_catalog_results_parent_class)->finalize (object);
}

static void
strata_catalog_results_class_init (StrataCatalogResultsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_catalog_results_finalize;
}

static void
strata_catalog_results_init (StrataCatalogResults *self)
{
  self->search = g_strdup ("");
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * strata_catalog_results_new:
 * @catalog: what is searched
 *
 * Returns: (transfer full): everything in @catalog, until a search is set
 */
StrataCatalogResults *
strata_catalog_results_new (StrataCatalog *catalog)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (catalog), NULL);

  StrataCatalogResults *self = g_object_new (STRATA_TYPE_CATALOG_RESULTS, NULL);

  self->catalog = g_object_ref (catalog);
  g_signal_connect_object (catalog, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return self;
}

StrataCatalog *
strata_catalog_results_get_catalog (StrataCatalogResults *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_RESULTS (self), NULL);

  return self->catalog;
}

const char *
strata_catalog_results_get_search (StrataCatalogResults *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_RESULTS (self), NULL);

  return self->search;
}

const char *
strata_catalog_results_get_registry (StrataCatalogResults *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG_RESULTS (self), NULL);

  return self->registry;
}

/**
 * strata_catalog_results_set_search:
 * @self: results
 * @text: words as a person types them; all of them must be found
 *
 * Shows what matches: the same name first, then names that start with the first word, then names with it inside.
 */
void
strata_catalog_results_set_search (StrataCatalogResults *self,
                                   const char           *text)
{
  g_return_if_fail (STRATA_IS_CATALOG_RESULTS (self) && text != NULL);

  if (g_str_equal (self->search, text))
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  refresh (self);
}

/**
 * strata_catalog_results_set_registry:
 * @self: results
 * @registry_id: (nullable): the only registry to show, or %NULL for all
 *
 * Narrows the results to one registry.
 */
void
strata_catalog_results_set_registry (StrataCatalogResults *self,
                                     const char           *registry_id)
{
  g_return_if_fail (STRATA_IS_CATALOG_RESULTS (self));

  if (g_strcmp0 (self->registry, registry_id) == 0)
    return;

  g_free (self->registry);
  self->registry = g_strdup (registry_id);
  refresh (self);
}
