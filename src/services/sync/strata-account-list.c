/* strata-account-list.c - the consoles this person added, as a list model that follows the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-account-list"

#include "strata-account-list.h"

#include "strata-accounts.h"

#define WAIT_MS 100  /* from a change on the disk to the look at it, so that many are one */

typedef enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
} StrataAccountListProperty;

struct _StrataAccountList
{
  GObject       parent_instance;
  char         *data_dir;     /* (owned) (nullable) */
  GListStore   *accounts;     /* (owned) (not nullable) of StrataAccount */
  GFileMonitor *monitor;      /* (owned) (nullable): where the disk cannot be followed */
  GCancellable *cancellable;  /* (owned) (not nullable) for the reading in the worker */
  GError       *error;        /* (owned) (nullable) of the last reading */
  gboolean      reading;      /* a worker is at it */
  gboolean      again;        /* something changed while it was */
  gboolean      loaded;       /* the accounts are those of the disk */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataAccountList, strata_account_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[PROP_ERROR + 1];

static GType
strata_account_list_get_item_type (GListModel *model)
{
  return STRATA_TYPE_ACCOUNT;
}

static guint
strata_account_list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (STRATA_ACCOUNT_LIST (model)->accounts));
}

static gpointer
strata_account_list_get_item (GListModel *model,
                              guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (STRATA_ACCOUNT_LIST (model)->accounts), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_account_list_get_item_type;
  iface->get_n_items = strata_account_list_get_n_items;
  iface->get_item = strata_account_list_get_item;
}

/* The account at @position; the list keeps it alive. */
static StrataAccount *
get_account (StrataAccountList *self,
             guint              position)
{
  g_autoptr(StrataAccount) account =
    g_list_model_get_item (G_LIST_MODEL (self->accounts), position);

  return account;
}

/* Replaces only what differs, from the first such to the last. */
static void
update (StrataAccountList *self,
        GPtrArray         *now)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));
  guint shorter = MIN (n_old, now->len);
  guint head = 0;
  guint tail = 0;

  while (head < shorter && strata_account_equal (get_account (self, head), now->pdata[head]))
    head++;

  while (tail < shorter - head && strata_account_equal (get_account (self, n_old - tail - 1),
                                                        now->pdata[now->len - tail - 1]))
    tail++;

  if (n_old - head - tail > 0 || now->len - head - tail > 0)
    g_list_store_splice (self->accounts, head, n_old - head - tail, now->pdata + head,
                         now->len - head - tail);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *now = strata_accounts_load (data, &error);

  if (now != NULL)
    g_task_return_pointer (task, now, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
set_error (StrataAccountList *self,
           GError            *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  StrataAccountList *self = STRATA_ACCOUNT_LIST (source);
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

  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }

  if (self->again)
    strata_account_list_refresh (self);
}

static void
folder_changed_cb (StrataAccountList *self)
{
  strata_account_list_refresh (self);
}

static void
follow_folder (StrataAccountList *self)
{
  g_autofree char *base = self->data_dir != NULL
                            ? g_strdup (self->data_dir)
                            : g_build_filename (g_get_user_data_dir (), "strata", NULL);
  g_autofree char *path = g_build_filename (base, "workspaces", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (path);

  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return;

  g_file_monitor_set_rate_limit (self->monitor, WAIT_MS);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
items_changed_cb (StrataAccountList *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
strata_account_list_dispose (GObject *object)
{
  StrataAccountList *self = STRATA_ACCOUNT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (strata_account_list_parent_class)->dispose (object);
}

static void
strata_account_list_finalize (GObject *object)
{
  StrataAccountList *self = STRATA_ACCOUNT_LIST (object);

  g_clear_pointer (&self->data_dir, g_free);
  g_clear_object (&self->accounts);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_account_list_parent_class)->finalize (object);
}

static void
strata_account_list_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataAccountList *self = STRATA_ACCOUNT_LIST (object);

  switch ((StrataAccountListProperty) property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, !self->loaded);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
strata_account_list_class_init (StrataAccountListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = strata_account_list_dispose;
  object_class->finalize = strata_account_list_finalize;
  object_class->get_property = strata_account_list_get_property;

  /**
   * StrataAccountList:loading:
   *
   * Whether nothing was read yet, so that an empty list says nothing.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);

  /**
   * StrataAccountList:error:
   *
   * Why the last reading failed; the accounts are then those of the reading before.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
strata_account_list_init (StrataAccountList *self)
{
  self->cancellable = g_cancellable_new ();
  self->accounts = g_list_store_new (STRATA_TYPE_ACCOUNT);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * strata_account_list_new:
 * @data_dir: (nullable) (type filename): the folder of the data; %NULL for that of this user
 *
 * Main thread. Reading starts at once, in a worker.
 *
 * Returns: (transfer full): a list of [class@Account]
 */
StrataAccountList *
strata_account_list_new (const char *data_dir)
{
  StrataAccountList *self = g_object_new (STRATA_TYPE_ACCOUNT_LIST, NULL);

  self->data_dir = g_strdup (data_dir);
  follow_folder (self);
  strata_account_list_refresh (self);

  return self;
}

/**
 * strata_account_list_refresh:
 * @self: a list
 *
 * Reads again in a worker, now; only what differs is replaced. Whoever adds, changes or removes an account in this
 * program calls it.
 */
void
strata_account_list_refresh (StrataAccountList *self)
{
  g_return_if_fail (STRATA_IS_ACCOUNT_LIST (self));

  self->again = self->reading;
  if (self->reading)
    return;

  g_autoptr(GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);

  self->reading = TRUE;
  g_task_set_source_tag (task, strata_account_list_refresh);
  g_task_set_task_data (task, g_strdup (self->data_dir), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * strata_account_list_find:
 * @self: a list
 * @id: which account
 *
 * Returns: (transfer none) (nullable): the account, or %NULL if it is not in the list
 */
StrataAccount *
strata_account_list_find (StrataAccountList *self,
                          const char        *id)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT_LIST (self) && id != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    if (g_str_equal (strata_account_get_id (get_account (self, i)), id))
      return get_account (self, i);

  return NULL;
}

/**
 * strata_account_list_get_loading:
 * @self: a list
 *
 * Returns: whether nothing was read yet
 */
gboolean
strata_account_list_get_loading (StrataAccountList *self)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT_LIST (self), FALSE);

  return !self->loaded;
}

/**
 * strata_account_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last reading failed, or %NULL when it did not
 */
const GError *
strata_account_list_get_error (StrataAccountList *self)
{
  g_return_val_if_fail (STRATA_IS_ACCOUNT_LIST (self), NULL);

  return self->error;
}
