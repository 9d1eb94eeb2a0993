/* strata-catalog.c - what is known of each registry: how much it has, how old that is, what failed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-catalog"

#include "strata-catalog.h"

#include "strata-error.h"
#include "strata-job.h"

/* What the index says of one registry. */
typedef struct
{
  StrataIndexSource *source;  /* (owned) (nullable): NULL when it was never looked at */
  GError            *error;   /* (owned) (nullable) */
} RegistryState;

/* What a run needs: touched by the worker only. */
typedef struct
{
  StrataIndex *index;       /* (owned) */
  GPtrArray   *registries;  /* (owned) (element-type StrataRegistry) */
  gboolean     reads;       /* whether to list what is on this computer, too */
} Request;

struct _StrataCatalog
{
  GObject      parent_instance;
  GListModel  *registries;  /* (owned) (element-type StrataRegistry) */
  StrataIndex *index;       /* (owned) */
  StrataJob   *read;        /* (owned): lists what is on this computer */
  StrataJob   *look;        /* (owned): reads what the index says */
  GHashTable  *states;      /* (owned) (element-type utf8 RegistryState): by registry id */
  gboolean     loaded;
};

typedef enum
{
  PROP_LOADING = 1,
} StrataCatalogProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_LOADING + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataCatalog, strata_catalog, G_TYPE_OBJECT)

static void
registry_state_free (RegistryState *state)
{
  g_clear_pointer (&state->source, strata_index_source_free);
  g_clear_error (&state->error);
  g_free (state);
}

static GHashTable *
make_states (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                (GDestroyNotify) registry_state_free);
}

static void
request_free (Request *request)
{
  g_object_unref (request->index);
  g_ptr_array_unref (request->registries);
  g_free (request);
}

static Request *
make_request (StrataCatalog *self,
              gboolean       reads)
{
  Request *request = g_new0 (Request, 1);

  request->index = g_object_ref (self->index);
  request->reads = reads;
  request->registries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (self->registries); i++)
    g_ptr_array_add (request->registries, g_list_model_get_item (self->registries, i));

  return request;
}

/* Why the registry could not be read is in the index; why the index could not be, only here. */
static RegistryState *
look_up (StrataIndex  *index,
         const char   *id,
         GError       *failure,
         GCancellable *cancellable)
{
  RegistryState *state = g_new0 (RegistryState, 1);
  g_autoptr(GError) error = NULL;

  state->source = strata_index_get_source (index, id, cancellable, &error);
  if (state->source != NULL && state->source->error != NULL)
    state->error =
      g_error_new_literal (STRATA_ERROR, state->source->error_code, state->source->error);
  else if (failure != NULL)
    state->error = g_error_copy (failure);
  else if (error != NULL && !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    state->error = g_steal_pointer (&error);

  return state;
}

static gpointer
work (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Request *request = data;
  g_autoptr(GHashTable) states = make_states ();

  for (guint i = 0; i < request->registries->len; i++)
    {
      StrataRegistry *registry = g_ptr_array_index (request->registries, i);
      const char *id = strata_registry_get_id (registry);
      g_autoptr(GError) failure = NULL;

      if (request->reads && strata_registry_get_remote (registry) == NULL)
        strata_registry_sync (registry, request->index, TRUE, NULL, NULL, NULL, cancellable,
                              &failure);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_hash_table_insert (states, g_strdup (id),
                           look_up (request->index, id, failure, cancellable));
    }

  return g_steal_pointer (&states);
}

static void
take_states (StrataCatalog *self,
             GHashTable    *states)
{
  g_hash_table_unref (self->states);
  self->states = g_hash_table_ref (states);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_state_cb (StrataCatalog *self)
{
  if (strata_job_get_state (self->read) == STRATA_JOB_DONE)
    {
      self->loaded = TRUE;
      take_states (self, strata_job_get_result (self->read));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
look_state_cb (StrataCatalog *self)
{
  if (strata_job_get_state (self->look) == STRATA_JOB_DONE)
    take_states (self, strata_job_get_result (self->look));
}

static void
index_changed_cb (StrataCatalog *self)
{
  strata_job_run (self->look, work, make_request (self, FALSE), (GDestroyNotify) request_free,
                  (GDestroyNotify) g_hash_table_unref);
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

  if (self->read != NULL)
    strata_job_cancel (self->read);
  if (self->look != NULL)
    strata_job_cancel (self->look);
  g_clear_object (&self->read);
  g_clear_object (&self->look);
  g_clear_object (&self->registries);
  g_clear_object (&self->index);

  G_OBJECT_CLASS (strata_catalog_parent_class)->dispose (object);
}

static void
strata_catalog_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_CATALOG (object)->states, g_hash_table_unref);

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

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_catalog_init (StrataCatalog *self)
{
  self->states = make_states ();
  self->read = strata_job_new ();
  self->look = strata_job_new ();
  g_signal_connect_object (self->read, "notify::state", G_CALLBACK (read_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->look, "notify::state", G_CALLBACK (look_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_catalog_new:
 * @registries: a list of #StrataRegistry
 * @index: where what they offer is written
 *
 * Makes a catalog that starts to read at once, and again whenever @registries or @index change. Registries on the
 * network are not asked: it says what is known of them.
 *
 * Returns: (transfer full): the catalog
 */
StrataCatalog *
strata_catalog_new (GListModel  *registries,
                    StrataIndex *index)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (registries) && STRATA_IS_INDEX (index), NULL);

  StrataCatalog *self = g_object_new (STRATA_TYPE_CATALOG, NULL);

  self->registries = g_object_ref (registries);
  self->index = g_object_ref (index);
  g_signal_connect_object (registries, "items-changed", G_CALLBACK (strata_catalog_reload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (index, "changed", G_CALLBACK (index_changed_cb), self,
                           G_CONNECT_SWAPPED);
  strata_catalog_reload (self);

  return self;
}

/**
 * strata_catalog_reload:
 * @self: a catalog
 *
 * Reads every registry that is on this computer again. What is known stays until then.
 */
void
strata_catalog_reload (StrataCatalog *self)
{
  g_return_if_fail (STRATA_IS_CATALOG (self));

  strata_job_run (self->read, work, make_request (self, TRUE), (GDestroyNotify) request_free,
                  (GDestroyNotify) g_hash_table_unref);
}

/* Whether what is on this computer is still being read for the first time. */
gboolean
strata_catalog_get_loading (StrataCatalog *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), FALSE);

  return !self->loaded && strata_job_get_state (self->read) == STRATA_JOB_RUNNING;
}

StrataIndex *
strata_catalog_get_index (StrataCatalog *self)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self), NULL);

  return self->index;
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
 * strata_catalog_get_source:
 * @self: a catalog
 * @registry_id: a registry
 *
 * Returns: (transfer none) (nullable): how the last look at it went, %NULL when there was none
 */
const StrataIndexSource *
strata_catalog_get_source (StrataCatalog *self,
                           const char    *registry_id)
{
  g_return_val_if_fail (STRATA_IS_CATALOG (self) && registry_id != NULL, NULL);

  RegistryState *state = g_hash_table_lookup (self->states, registry_id);

  return state != NULL ? state->source : NULL;
}

typedef guint (* CountFunc) (const StrataIndexSource *source);

static guint
get_n_names (const StrataIndexSource *source)
{
  return source->n_names;
}

static guint
get_n_versions (const StrataIndexSource *source)
{
  return source->n_versions;
}

static guint
sum_up (StrataCatalog *self,
        const char    *registry_id,
        CountFunc      count)
{
  GHashTableIter iter;
  gpointer key, value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const StrataIndexSource *source = ((RegistryState *) value)->source;

      if (source != NULL && (registry_id == NULL || g_str_equal (key, registry_id)))
        n += count (source);
    }

  return n;
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

  return sum_up (self, registry_id, get_n_names);
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

  return sum_up (self, registry_id, get_n_versions);
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
