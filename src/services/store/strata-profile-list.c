/* strata-profile-list.c - the store as a list model that follows the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile-list"

#include "strata-profile-list.h"

#include <string.h>

#include "strata-listed.h"

#define WAIT_MS 100  /* from a change on the disk to the look at it, so that many are one */

typedef enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
  PROP_N_ITEMS,
} StrataProfileListProperty;

struct _StrataProfileList
{
  GObject       parent_instance;
  StrataStore  *store;        /* (owned) (not nullable) */
  GListStore   *entries;      /* (owned) (not nullable) of StrataEntry, sorted by id */
  GFileMonitor *monitor;      /* (owned) (nullable): where the disk cannot be followed */
  GFileMonitor *away;         /* (owned) (nullable) of the list of the console */
  GCancellable *cancellable;  /* (owned) (not nullable) for the reading in the worker */
  GError       *error;        /* (owned) (nullable) of the last reading */
  guint         waiting;      /* the source that will read, 0 for none */
  gboolean      trash;        /* what was deleted, instead of what was not */
  gboolean      reading;      /* a worker is at it */
  gboolean      again;        /* something changed while it was */
  gboolean      loaded;       /* the entries are those of the disk */
};

static void strata_profile_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataProfileList, strata_profile_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      strata_profile_list_model_init))

static GParamSpec *properties[PROP_N_ITEMS + 1];

static GType
strata_profile_list_get_item_type (GListModel *model)
{
  return STRATA_TYPE_ENTRY;
}

static guint
strata_profile_list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (STRATA_PROFILE_LIST (model)->entries));
}

static gpointer
strata_profile_list_get_item (GListModel *model,
                              guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (STRATA_PROFILE_LIST (model)->entries), position);
}

static void
strata_profile_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_profile_list_get_item_type;
  iface->get_n_items = strata_profile_list_get_n_items;
  iface->get_item = strata_profile_list_get_item;
}

static void
items_changed_cb (StrataProfileList *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);

  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* The entry at @position; the list keeps it alive. */
static StrataEntry *
get_entry (StrataProfileList *self,
           guint              position)
{
  g_autoptr(StrataEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  return entry;
}

/* How many entries from @position on differ from those of @now from @next on, before both have the
 * same one. Both are sorted, so what has the smaller id stands in one of them only.
 */
static void
measure_run (StrataProfileList *self,
             guint              position,
             GPtrArray         *now,
             guint              next,
             guint             *n_removed,
             guint             *n_added)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  *n_removed = *n_added = 0;

  while (position + *n_removed < n_items || next + *n_added < now->len)
    {
      StrataEntry *old =
        position + *n_removed < n_items ? get_entry (self, position + *n_removed) : NULL;
      StrataEntry *new =
        next + *n_added < now->len ? g_ptr_array_index (now, next + *n_added) : NULL;
      int order = old == NULL   ? 1
                  : new == NULL ? -1
                                : strcmp (strata_entry_get_id (old), strata_entry_get_id (new));

      if (order == 0 && strata_entry_equal (old, new))
        return;

      *n_removed += order <= 0;
      *n_added += order >= 0;
    }
}

/* Replaces only the runs that differ: what a person selected or scrolled to stays where it is. */
static void
update (StrataProfileList *self,
        GPtrArray         *now)
{
  for (guint i = 0; i < MAX (now->len, g_list_model_get_n_items (G_LIST_MODEL (self->entries)));
       i++)
    {
      guint n_removed;
      guint n_added;

      measure_run (self, i, now, i, &n_removed, &n_added);
      if (n_removed > 0 || n_added > 0)
        g_list_store_splice (self->entries, i, n_removed, now->pdata + i, n_added);

      i += n_added;
    }
}

static void
set_error (StrataProfileList *self,
           GError            *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_loaded (StrataProfileList *self,
            gboolean           loaded)
{
  if (self->loaded == loaded)
    return;

  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  StrataProfileList *self = source;
  g_autoptr(GError) error = NULL;
  GPtrArray *now = self->trash ? strata_store_list_trash (self->store, cancellable, &error)
                               : strata_store_list (self->store, cancellable, &error);

  if (now != NULL)
    g_task_return_pointer (task, now, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  StrataProfileList *self = STRATA_PROFILE_LIST (source);
  GError *error = NULL;
  g_autoptr(GPtrArray) now = g_task_propagate_pointer (G_TASK (result), &error);

  self->reading = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  set_error (self, error);
  if (now != NULL)
    update (self, now);
  set_loaded (self, TRUE);

  if (self->again)
    strata_profile_list_refresh (self);
}

static gboolean
wait_cb (gpointer data)
{
  StrataProfileList *self = data;

  self->waiting = 0;
  strata_profile_list_refresh (self);

  return G_SOURCE_REMOVE;
}

static void
folder_changed_cb (StrataProfileList *self,
                   GFile             *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (self->waiting == 0 && (g_str_has_suffix (name, ".ini") || g_str_equal (name, STRATA_LISTED_FILE)))
    self->waiting = g_timeout_add (WAIT_MS, wait_cb, self);
}

/* (nullable) Takes what came of asking for a monitor. */
static GFileMonitor *
follow (StrataProfileList *self,
        GFileMonitor      *monitor,
        GError            *error)
{
  if (monitor == NULL)
    {
      g_message ("What other programs save is not seen at once: %s", error->message);
      g_error_free (error);
      return NULL;
    }

  g_file_monitor_set_rate_limit (monitor, WAIT_MS);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return monitor;
}

static void
follow_folder (StrataProfileList *self)
{
  GError *error = NULL;
  g_autofree char *path =
    strata_listed_dup_path (strata_store_get_workspace_path (self->store));
  g_autoptr(GFile) listed = g_file_new_for_path (path);
  g_autoptr(GFile) folder =
    g_file_new_for_path (self->trash ? strata_store_get_trash_path (self->store)
                                     : strata_store_get_profiles_path (self->store));

  self->monitor =
    follow (self, g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, &error), error);
  error = NULL;
  if (!self->trash)
    self->away = follow (self, g_file_monitor_file (listed, G_FILE_MONITOR_NONE, NULL, &error), error);
}

static void
strata_profile_list_dispose (GObject *object)
{
  StrataProfileList *self = STRATA_PROFILE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->waiting, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  if (self->away != NULL)
    g_file_monitor_cancel (self->away);

  g_clear_object (&self->monitor);
  g_clear_object (&self->away);

  G_OBJECT_CLASS (strata_profile_list_parent_class)->dispose (object);
}

static void
strata_profile_list_finalize (GObject *object)
{
  StrataProfileList *self = STRATA_PROFILE_LIST (object);

  g_clear_object (&self->store);
  g_clear_object (&self->entries);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_profile_list_parent_class)->finalize (object);
}

static void
strata_profile_list_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataProfileList *self = STRATA_PROFILE_LIST (object);

  switch ((StrataProfileListProperty) property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, strata_profile_list_get_loading (self));
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    case PROP_N_ITEMS:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->entries)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
strata_profile_list_class_init (StrataProfileListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = strata_profile_list_dispose;
  object_class->finalize = strata_profile_list_finalize;
  object_class->get_property = strata_profile_list_get_property;

  /**
   * StrataProfileList:loading:
   *
   * Whether nothing was read yet, so that an empty list says nothing.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);

  /**
   * StrataProfileList:error:
   *
   * Why the last reading failed; the entries are then those of the reading before.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  /**
   * StrataProfileList:n-items:
   *
   * How many entries there are.
   */
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_profile_list_init (StrataProfileList *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_list_store_new (STRATA_TYPE_ENTRY);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_profile_list_new:
 * @store: a store
 * @trash: whether to list what was deleted
 *
 * Main thread. Reading starts at once, in a worker; from then on the list follows the disk, whoever
 * writes there.
 *
 * Returns: (transfer full): a list of [class@Entry], sorted by id
 */
StrataProfileList *
strata_profile_list_new (StrataStore *store,
                         gboolean     trash)
{
  g_return_val_if_fail (STRATA_IS_STORE (store), NULL);

  StrataProfileList *self = g_object_new (STRATA_TYPE_PROFILE_LIST, NULL);

  self->store = g_object_ref (store);
  self->trash = trash;
  follow_folder (self);
  strata_profile_list_refresh (self);

  return self;
}

/**
 * strata_profile_list_refresh:
 * @self: a list
 *
 * Reads again in a worker, now; only what changed is read and only what differs is replaced. After
 * a failure it is how to try again.
 */
void
strata_profile_list_refresh (StrataProfileList *self)
{
  g_return_if_fail (STRATA_IS_PROFILE_LIST (self));

  self->again = self->reading;
  if (self->reading)
    return;

  if (self->error != NULL)
    set_loaded (self, FALSE);

  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);

  self->reading = TRUE;
  g_task_set_source_tag (task, strata_profile_list_refresh);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * strata_profile_list_find:
 * @self: a list
 * @id: which profile
 *
 * Returns: (transfer none) (nullable): its entry, or %NULL if it is not in the list
 */
StrataEntry *
strata_profile_list_find (StrataProfileList *self,
                          const char        *id)
{
  g_return_val_if_fail (STRATA_IS_PROFILE_LIST (self) && id != NULL, NULL);

  guint low = 0;
  guint high = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StrataEntry *entry = get_entry (self, middle);
      int order = strcmp (id, strata_entry_get_id (entry));

      if (order == 0)
        return entry;

      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/**
 * strata_profile_list_get_loading:
 * @self: a list
 *
 * Returns: whether nothing was read yet
 */
gboolean
strata_profile_list_get_loading (StrataProfileList *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE_LIST (self), FALSE);

  return !self->loaded;
}

/**
 * strata_profile_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last reading failed, or %NULL when it did not
 */
const GError *
strata_profile_list_get_error (StrataProfileList *self)
{
  g_return_val_if_fail (STRATA_IS_PROFILE_LIST (self), NULL);

  return self->error;
}
