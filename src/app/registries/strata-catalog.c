/* strata-catalog.c - everything that all registries offer, read in a worker, as one list model
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog"

#include "strata-catalog.h"

#include "strata-job.h"

/* What one registry said. */
typedef struct
{
  guint      n_names;
  guint      n_versions;
  GPtrArray *warnings;    /* (owned) (element-type utf8): what could not be read of it */
  GError    *error;       /* (owned) (nullable) */
} RegistryState;

/* What one run over all registries found. */
typedef struct
{
  GPtrArray          *items;   /* (owned) (element-type StrataCatalogItem): by name */
  StrataCatalogIndex *index;   /* (owned) (nullable): of the items, once they are all there */
  GHashTable         *states;  /* (owned) (element-type utf8 RegistryState): by registry id */
} Contents;

/* What a run needs: touched by the worker only. */
typedef struct
{
  GPtrArray *registries;  /* (owned) (element-type StrataRegistry) */
  GPtrArray *known;       /* (owned) (element-type StrataCatalogItem): kept for a registry that fails now */
} Request;

struct _StrataCatalog
{
  GObject             parent_instance;
  GListModel         *registries;  /* (owned) (element-type StrataRegistry) */
  StrataJob          *job;         /* (owned) */
  StrataCatalogIndex *index;       /* (owned) */
  GHashTable         *states;      /* (owned) (element-type utf8 RegistryState) */
  gboolean            loaded;
};

typedef enum
{
  PROP_LOADING = 1,
} StrataCatalogProperty;

static GParamSpec *properties[PROP_LOADING + 1];

static GType
strata_catalog_get_item_type (GListModel *model)
{
  return STRATA_TYPE_CATALOG_ITEM;
}

static guint
strata_catalog_get_n_items (GListModel *model)
{
  return strata_catalog_index_get_items (STRATA_CATALOG (model)->index)->len;
}

static gpointer
strata_catalog_get_item (GListModel *model,
                         guint       position)
{
  GPtrArray *items = strata_catalog_index_get_items (STRATA_CATALOG (model)->index);

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
strata_catalog_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_catalog_get_item_type;
  iface->get_n_items = strata_catalog_get_n_items;
  iface->get_item = strata_catalog_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCatalog, strata_catalog, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, strata_catalog_list_model_init))

static void
registry_state_free (RegistryState *state)
{
  g_ptr_array_unref (state->warnings);
  g_clear_error (&state->error);
  g_free (state);
}

static RegistryState *
registry_state_new (void)
{
  RegistryState *state = g_new0 (RegistryState, 1);

  state->warnings = g_ptr_array_new_with_free_func (g_free);

  return state;
}

static void
contents_free (Contents *contents)
{
  g_ptr_array_unref (contents->items);
  g_clear_object (&contents->index);
  g_hash_table_unref (contents->states);
  g_free (contents);
}

static Contents *
contents_new (void)
{
  Contents *contents = g_new0 (Contents, 1);

  contents->items = g_ptr_array_new_with_free_func (g_object_unref);
  contents->states =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) registry_state_free);

  return contents;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contents, contents_free)

static void
request_free (Request *request)
{
  g_ptr_array_unref (request->registries);
  g_ptr_array_unref (request->known);
  g_free (request);
}

/* A name may stand for a pack and for a chart: they are two things. */
static char *
make_group_key (StrataPackSummary *summary)
{
  gboolean is_pack = strata_pack_summary_get_kind (summary) == STRATA_LAYER_KIND_PACK;

  return g_strconcat (is_pack ? "pack/" : "chart/", strata_pack_summary_get_name (summary), NULL);
}

static void
add_item (Contents          *contents,
          RegistryState     *state,
          StrataCatalogItem *item)
{
  state->n_names++;
  state->n_versions += strata_catalog_item_get_n_versions (item);
  g_ptr_array_add (contents->items, item);
}

static void
add_summaries (Contents      *contents,
               RegistryState *state,
               GPtrArray     *summaries)
{
  g_autoptr(GHashTable) groups =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < summaries->len; i++)
    {
      StrataPackSummary *summary = g_ptr_array_index (summaries, i);
      g_autofree char *key = make_group_key (summary);
      GPtrArray *group = g_hash_table_lookup (groups, key);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, g_steal_pointer (&key), group);
        }
      g_ptr_array_add (group, summary);
    }

  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    add_item (contents, state, strata_catalog_item_new (group));
}

static void
add_known (Contents      *contents,
           RegistryState *state,
           GPtrArray     *known,
           const char    *registry_id)
{
  for (guint i = 0; i < known->len; i++)
    {
      StrataCatalogItem *item = g_ptr_array_index (known, i);

      if (g_str_equal (strata_catalog_item_get_registry_id (item), registry_id))
        add_item (contents, state, g_object_ref (item));
    }
}

static int
compare_by_name (gconstpointer a,
                 gconstpointer b)
{
  StrataCatalogItem *one = *(StrataCatalogItem *const *) a;
  StrataCatalogItem *two = *(StrataCatalogItem *const *) b;
  int order =
    strcmp (strata_catalog_item_get_name_key (one), strata_catalog_item_get_name_key (two));

  return order != 0 ? order
                    : strcmp (strata_catalog_item_get_registry_name (one),
                              strata_catalog_item_get_registry_name (two));
}

static gpointer
read_registries (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Request *request = data;
  g_autoptr(Contents) contents = contents_new ();

  for (guint i = 0; i < request->registries->len; i++)
    {
      StrataRegistry *registry = g_ptr_array_index (request->registries, i);
      const char *id = strata_registry_get_id (registry);
      RegistryState *state = registry_state_new ();
      g_autoptr(GPtrArray) summaries =
        strata_registry_read_list (registry, state->warnings, cancellable, &state->error);

      g_hash_table_insert (contents->states, g_strdup (id), state);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (summaries != NULL)
        add_summaries (contents, state, summaries);
      else
        add_known (contents, state, request->known, id);
    }
  g_ptr_array_sort (contents->items, compare_by_name);
  contents->index = strata_catalog_index_new (contents->items);

  return g_steal_pointer (&contents);
}

static void
job_state_cb (StrataCatalog *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    {
      Contents *contents = strata_job_get_result (self->job);
      guint before = g_list_model_get_n_items (G_LIST_MODEL (self));

      g_set_object (&self->index, contents->index);
      g_hash_table_unref (self->states);
      self->states = g_hash_table_ref (contents->states);
      self->loaded = TRUE;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, contents->items->len);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
strata_catalog_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((StrataCatalogProperty) id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, strata_catalog_get_loading (STRATA_CATALOG (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_catalog_dispose (GObject *object)
{
  StrataCatalog *self = STRATA_CATALOG (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->registries);

  G_OBJECT_CLASS (strata_catalog_parent_class)->dispose (object);
}

static void
strata_catalog_finalize (GObject *object)
{
  StrataCatalog *self = STRATA_CATALOG (object);

  g_clear_object (&self->index);
  g_clear_pointer (&self->states, g_hash_table_unref);

  G_OBJECT_CLASS (strata_catalog_parent_class)->finalize (object);
}

static void
strata_catalog_class_init (StrataCatalogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_catalog_dispose;
  object_class->finalize = strata_catalog_finalize;
  object_class->get_property = strata_catalog_get_property;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_catalog_init (StrataCatalog *self)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new_with_free_func (g_object_unref);

  self->index = strata_catalog_index_new (nothing);
  self->states =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) registry_state_free);
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_catalog_new:
 * @registries: a list of #StrataRegistry
 *
 * Makes an empty catalog that starts to read at once, and again whenever @registries changes.
 *
 * Returns: (transfer full): the catalog
 */
StrataCatalog *
strata_catalog_new (GListModel *registries)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (registries), NULL);

  StrataCatalog *self = g_object_new (STRATA_TYPE_CATALOG, NULL);

  self->registries = g_object_ref (registries);
  g_signal_connect_object (registries, "items-changed", G_CALLBACK (strata_catalog_reload), self,
                           G_CONNECT_SWAPPED);
  strata_catalog_reload (self);

  return self;
}

/**
 * strata_catalog_reload:
 * @self: a catalog
 *
 * Reads every registry again. What is there stays until the new contents have come.
 */
void
strata_catalog_reload (StrataCatalog *self)
{
  g_return_if_fail (STRATA_IS_CATALOG (self));

  Request *request = g_new0 (Request, 1);

  request->registries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (self->registries); i++)
    g_ptr_array_add (request->registries, g_list_model_get_item (self->registries, i));
  request->known = g_ptr_array_ref (strata_catalog_index_get_items (self->index));

  strata_job_run (self->job, read_registries, request, (GDestroyNotify) request_free,
                  (GDestroyNotify) contents_free);
}

/* Whether the first contents are still on their way. */
gboolean
strata_catalog_get_loading (StrataCatalog *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), FALSE);

  return !self->loaded && strata_job_get_state (self->job) == STRATA_JOB_RUNNING;
}

GListModel *
strata_catalog_get_registries (StrataCatalog *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), NULL);

  return self->registries;
}

/**
 * strata_catalog_find_registry:
 * @self: a catalog
 * @id: what to look for
 *
 * Returns: (transfer full) (nullable): the registry that is called @id
 */
StrataRegistry *
strata_catalog_find_registry (StrataCatalog *self,
                              const char    *id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self) && id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->registries); i++)
    {
      g_autoptr(StrataRegistry) registry = g_list_model_get_item (self->registries, i);

      if (g_str_equal (strata_registry_get_id (registry), id))
        return g_steal_pointer (&registry);
    }

  return NULL;
}

/**
 * strata_catalog_get_index:
 * @self: a catalog
 *
 * Returns: (transfer none): what is there now, to be searched; a later reading makes a new one
 */
StrataCatalogIndex *
strata_catalog_get_index (StrataCatalog *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), NULL);

  return self->index;
}

static void
sum_states (StrataCatalog *self,
            const char    *registry_id,
            RegistryState *sum)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      RegistryState *state = value;

      if (registry_id != NULL && !g_str_equal (key, registry_id))
        continue;
      sum->n_names += state->n_names;
      sum->n_versions += state->n_versions;
    }
}

/**
 * strata_catalog_count_names:
 * @self: a catalog
 * @registry_id: (nullable): one registry, or %NULL for all
 *
 * Returns: how many packs and charts there are
 */
guint
strata_catalog_count_names (StrataCatalog *self,
                            const char    *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), 0);

  RegistryState sum = { 0 };

  sum_states (self, registry_id, &sum);

  return sum.n_names;
}

/**
 * strata_catalog_count_versions:
 * @self: a catalog
 * @registry_id: (nullable): one registry, or %NULL for all
 *
 * Returns: how many versions there are
 */
guint
strata_catalog_count_versions (StrataCatalog *self,
                               const char    *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), 0);

  RegistryState sum = { 0 };

  sum_states (self, registry_id, &sum);

  return sum.n_versions;
}

/**
 * strata_catalog_get_warnings:
 * @self: a catalog
 * @registry_id: a registry
 *
 * Returns: (transfer none) (nullable) (element-type utf8): what of the registry could not be read the last time
 */
GPtrArray *
strata_catalog_get_warnings (StrataCatalog *self,
                             const char    *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self) && registry_id != NULL, NULL);

  RegistryState *state = g_hash_table_lookup (self->states, registry_id);

  return state != NULL ? state->warnings : NULL;
}

/**
 * strata_catalog_get_error:
 * @self: a catalog
 * @registry_id: a registry
 *
 * Returns: (transfer none) (nullable): why the registry could not be read the last time
 */
const GError *
strata_catalog_get_error (StrataCatalog *self,
                          const char    *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self) && registry_id != NULL, NULL);

  RegistryState *state = g_hash_table_lookup (self->states, registry_id);

  return state != NULL ? state->error : NULL;
}
