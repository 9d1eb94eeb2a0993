/* strata-registry-list.c - the registries this person added, kept on this disk, as a list model
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-list"

#include "strata-registry-list.h"

#include "strata-chart-files.h"
#include "strata-pack-folder.h"
#include "strata-registry-file.h"

#define FILE_NAME "registries.ini"

struct _StrataRegistryList
{
  GObject       parent_instance;
  char         *path;     /* (owned) (not nullable): registries.ini */
  StrataShelf  *shelf;    /* (owned) (not nullable) */
  GPtrArray    *items;    /* (owned) (element-type StrataRegistry) */
  GError       *error;    /* (owned) (nullable): why the file could not be read the last time */
  GFileMonitor *monitor;  /* (owned) (nullable) */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataRegistryList, strata_registry_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
is_same_registry (StrataRegistry *a,
                  StrataRegistry *b)
{
  if (G_OBJECT_TYPE (a) != G_OBJECT_TYPE (b)
      || !g_str_equal (strata_registry_get_id (a), strata_registry_get_id (b))
      || !g_str_equal (strata_registry_get_name (a), strata_registry_get_name (b)))
    return FALSE;

  if (strata_registry_get_remote (a) != NULL)
    return strata_remote_equal (strata_registry_get_remote (a), strata_registry_get_remote (b));

  if (STRATA_IS_PACK_FOLDER (a))
    return g_str_equal (strata_pack_folder_get_path (STRATA_PACK_FOLDER (a)),
                        strata_pack_folder_get_path (STRATA_PACK_FOLDER (b)));

  return g_strv_equal (strata_chart_files_get_paths (STRATA_CHART_FILES (a)),
                       strata_chart_files_get_paths (STRATA_CHART_FILES (b)));
}

/* Puts @registries in place of the items, and says only of those that differ that they changed. */
static void
take_items (StrataRegistryList *self,
            GPtrArray          *registries)
{
  g_autoptr(GPtrArray) old = self->items;
  guint shorter = MIN (old->len, registries->len);
  guint head = 0;
  guint tail = 0;

  while (head < shorter && is_same_registry (old->pdata[head], registries->pdata[head]))
    {
      g_set_object ((StrataRegistry **) &registries->pdata[head], old->pdata[head]);
      head++;
    }

  while (tail < shorter - head
         && is_same_registry (old->pdata[old->len - tail - 1], registries->pdata[registries->len - tail - 1]))
    {
      g_set_object ((StrataRegistry **) &registries->pdata[registries->len - tail - 1],
                    old->pdata[old->len - tail - 1]);
      tail++;
    }

  guint n_removed = old->len - head - tail;
  guint n_added = registries->len - head - tail;

  self->items = registries;
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_removed, n_added);
}

/* What was read before stays when the file cannot be read. */
static void
reload (StrataRegistryList *self)
{
  g_clear_error (&self->error);

  GPtrArray *registries = strata_registry_file_load (self->path, self->shelf, &self->error);

  if (registries != NULL)
    take_items (self, registries);
}

static void
monitor_changed_cb (StrataRegistryList *self)
{
  reload (self);
}

static gboolean
change (StrataRegistryList      *self,
        StrataRegistryFileFunc   func,
        gpointer                 data,
        GError                 **error)
{
  if (!strata_registry_file_change (self->path, func, data, error))
    return FALSE;

  reload (self);

  return TRUE;
}

static gboolean
add_folder (GKeyFile  *file,
            gpointer   path,
            GError   **error)
{
  if (!strata_registry_file_check_new (file, path, error))
    return FALSE;

  strata_registry_file_add_folder (file, path);

  return TRUE;
}

/* The same file may also stand twice in @data, so each is looked up after the one before was added. */
static gboolean
add_charts (GKeyFile  *file,
            gpointer   data,
            GError   **error)
{
  const char *const *paths = data;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      if (!strata_registry_file_check_new (file, paths[i], error))
        return FALSE;

      strata_registry_file_add_chart (file, paths[i]);
    }

  return TRUE;
}

static gboolean
add_remote (GKeyFile  *file,
            gpointer   remote,
            GError   **error)
{
  return strata_registry_file_set_remote (file, remote, TRUE, error);
}

static gboolean
edit_remote (GKeyFile  *file,
             gpointer   remote,
             GError   **error)
{
  return strata_registry_file_set_remote (file, remote, FALSE, error);
}

static gboolean
rename_registry (GKeyFile  *file,
                 gpointer   data,
                 GError   **error)
{
  const char *const *id_and_name = data;

  return strata_registry_file_rename (file, id_and_name[0], id_and_name[1], error);
}

static gboolean
remove_registry (GKeyFile  *file,
                 gpointer   id,
                 GError   **error)
{
  return strata_registry_file_remove (file, id, error);
}

static gboolean
remove_chart (GKeyFile  *file,
              gpointer   data,
              GError   **error)
{
  const char *const *id_and_path = data;

  return strata_registry_file_remove_chart (file, id_and_path[0], id_and_path[1], error);
}

static GType
strata_registry_list_get_item_type (GListModel *model)
{
  return STRATA_TYPE_REGISTRY;
}

static guint
strata_registry_list_get_n_items (GListModel *model)
{
  return STRATA_REGISTRY_LIST (model)->items->len;
}

static gpointer
strata_registry_list_get_item (GListModel *model,
                               guint       position)
{
  GPtrArray *items = STRATA_REGISTRY_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
strata_registry_list_dispose (GObject *object)
{
  StrataRegistryList *self = STRATA_REGISTRY_LIST (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (strata_registry_list_parent_class)->dispose (object);
}

static void
strata_registry_list_finalize (GObject *object)
{
  StrataRegistryList *self = STRATA_REGISTRY_LIST (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->shelf);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (strata_registry_list_parent_class)->finalize (object);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = strata_registry_list_get_item_type;
  iface->get_n_items = strata_registry_list_get_n_items;
  iface->get_item = strata_registry_list_get_item;
}

static void
strata_registry_list_class_init (StrataRegistryListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_registry_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_registry_list_finalize;
}

static void
strata_registry_list_init (StrataRegistryList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * strata_registry_list_new:
 * @data_dir: (type filename): the folder that `registries.ini` is in; made when something is added
 *
 * Makes the list, reads it, and follows what other processes do to it. For the main thread.
 *
 * Returns: (transfer full): the list
 */
StrataRegistryList *
strata_registry_list_new (const char *data_dir)
{
  g_return_val_if_fail (data_dir != NULL, NULL);

  StrataRegistryList *self = g_object_new (STRATA_TYPE_REGISTRY_LIST, NULL);

  self->path = g_build_filename (data_dir, FILE_NAME, NULL);
  self->shelf = strata_shelf_new (data_dir, NULL);
  reload (self);

  g_autoptr(GFile) file = g_file_new_for_path (self->path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (monitor_changed_cb), self);

  return self;
}

/**
 * strata_registry_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why `registries.ini` could not be read the last time
 */
const GError *
strata_registry_list_get_error (StrataRegistryList *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), NULL);

  return self->error;
}

/**
 * strata_registry_list_get_shelf:
 * @self: a list
 *
 * Returns: (transfer none) (not nullable): what of its registries is on this computer
 */
StrataShelf *
strata_registry_list_get_shelf (StrataRegistryList *self)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), NULL);

  return self->shelf;
}

/**
 * strata_registry_list_find:
 * @self: a list
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the registry of that id
 */
StrataRegistry *
strata_registry_list_find (StrataRegistryList *self,
                           const char         *id)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (strata_registry_get_id (self->items->pdata[i]), id))
      return self->items->pdata[i];

  return NULL;
}

/**
 * strata_registry_list_add_folder:
 * @self: a list
 * @path: (type filename): a folder of packs, or one pack
 * @error: return location for a [error@Error]
 *
 * Adds a folder and writes the list. It looks at names only.
 *
 * Returns: whether it is written; else `INVALID` when there is no pack, `CONFLICT` when it is there already,
 *   `NOT_FOUND`, `FORBIDDEN`, `TOO_LARGE`, `CORRUPT`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_add_folder (StrataRegistryList  *self,
                                 const char          *path,
                                 GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return strata_pack_folder_check (path, error) && change (self, add_folder, (gpointer) path, error);
}

/**
 * strata_registry_list_add_charts:
 * @self: a list
 * @paths: (array zero-terminated=1): chart archives
 * @error: return location for a [error@Error]
 *
 * Adds all of the archives or none, and writes the list. They share one registry. What is inside is not looked at.
 *
 * Returns: whether it is written; else `INVALID` when one is no archive, `CONFLICT` when one is there already,
 *   `NOT_FOUND`, `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_add_charts (StrataRegistryList  *self,
                                 const char *const   *paths,
                                 GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), FALSE);
  g_return_val_if_fail (paths != NULL && paths[0] != NULL, FALSE);

  for (guint i = 0; paths[i] != NULL; i++)
    if (!strata_chart_files_check (paths[i], error))
      return FALSE;

  return change (self, add_charts, (gpointer) paths, error);
}

/**
 * strata_registry_list_make_remote:
 * @self: a list
 * @remote: a registry on the network
 *
 * Makes a registry that is not on the list, to look whether it answers before it is added.
 *
 * Returns: (transfer full) (nullable): the registry, %NULL for one of a kind that is not known
 */
StrataRegistry *
strata_registry_list_make_remote (StrataRegistryList *self,
                                  StrataRemote       *remote)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self) && STRATA_IS_REMOTE (remote), NULL);

  return strata_registry_file_make_remote (remote, self->shelf);
}

/**
 * strata_registry_list_add_remote:
 * @self: a list
 * @remote: a registry on the network
 * @error: return location for a [error@Error]
 *
 * Adds it as it is, and writes the list; whether it can be reached is for strata_registry_check(). Its password or token
 * is kept apart, by strata_remote_keep_secret() or strata_remote_remember().
 *
 * Returns: whether it is written; else `CONFLICT` when there is one at that address, `CORRUPT`, `FORBIDDEN`, `BUSY` or
 *   `DISK`
 */
gboolean
strata_registry_list_add_remote (StrataRegistryList  *self,
                                 StrataRemote        *remote,
                                 GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self) && STRATA_IS_REMOTE (remote), FALSE);

  return change (self, add_remote, remote, error);
}

/**
 * strata_registry_list_edit_remote:
 * @self: a list
 * @remote: the registry of its id, as it is to be
 * @error: return location for a [error@Error]
 *
 * Puts it in place of the one with its id, and writes the list. At another host or port it needs its password or token
 * again.
 *
 * Returns: whether it is written; else `NOT_FOUND`, `CONFLICT`, `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_edit_remote (StrataRegistryList  *self,
                                  StrataRemote        *remote,
                                  GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self) && STRATA_IS_REMOTE (remote), FALSE);

  return change (self, edit_remote, remote, error);
}

/**
 * strata_registry_list_rename:
 * @self: a list
 * @id: an id
 * @name: what it shall be called; "" for what it was called at first
 * @error: return location for a [error@Error]
 *
 * Gives a registry another name and writes the list.
 *
 * Returns: whether it is written; else `NOT_FOUND`, `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_rename (StrataRegistryList  *self,
                             const char          *id,
                             const char          *name,
                             GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), FALSE);
  g_return_val_if_fail (id != NULL && name != NULL, FALSE);

  g_autofree char *stripped = g_strstrip (g_strdup (name));
  const char *id_and_name[] = { id, stripped };

  return change (self, rename_registry, id_and_name, error);
}

/**
 * strata_registry_list_remove:
 * @self: a list
 * @id: an id
 * @error: return location for a [error@Error]
 *
 * Takes a registry off the list and writes it. The packs and charts themselves are not touched.
 *
 * Returns: whether it is written; else `NOT_FOUND`, `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_remove (StrataRegistryList  *self,
                             const char          *id,
                             GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return change (self, remove_registry, (gpointer) id, error);
}

/**
 * strata_registry_list_remove_chart:
 * @self: a list
 * @id: the id of a registry of chart archives
 * @path: (type filename): one of its archives, as strata_chart_files_get_paths() names it
 * @error: return location for a [error@Error]
 *
 * Takes one chart archive off the list and writes it; with the last its registry goes, too. The archive itself is not
 * touched, and strata_registry_list_add_charts() brings it back into the registry it was in.
 *
 * Returns: whether it is written; else `NOT_FOUND`, `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_list_remove_chart (StrataRegistryList  *self,
                                   const char          *id,
                                   const char          *path,
                                   GError             **error)
{
  g_return_val_if_fail (STRATA_IS_REGISTRY_LIST (self), FALSE);
  g_return_val_if_fail (id != NULL && path != NULL, FALSE);

  const char *id_and_path[] = { id, path };

  return change (self, remove_chart, id_and_path, error);
}
