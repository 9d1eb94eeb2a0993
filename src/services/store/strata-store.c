/* strata-store.c - every profile on this disk: nothing that was reported saved is ever lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include "strata-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "strata-disk.h"
#include "strata-error.h"
#include "strata-objects.h"

#define MAX_ID 64
#define LOCK_WAIT_MS 5000

G_DEFINE_FINAL_TYPE (StrataStore, strata_store, G_TYPE_OBJECT)

static void
strata_store_finalize (GObject *object)
{
  StrataStore *self = STRATA_STORE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->objects, g_free);
  g_clear_pointer (&self->profiles, g_free);
  g_clear_pointer (&self->trash, g_free);
  g_clear_pointer (&self->heads, g_hash_table_unref);
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->unsettled, g_hash_table_unref);
  g_clear_pointer (&self->damaged, g_hash_table_unref);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
  g_clear_pointer (&self->unkept, g_hash_table_unref);
  g_clear_pointer (&self->problems, g_hash_table_unref);
  g_clear_pointer (&self->listed[0], g_hash_table_unref);
  g_clear_pointer (&self->listed[1], g_hash_table_unref);
  g_clear_pointer (&self->away, strata_listed_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_store_parent_class)->finalize (object);
}

static void
strata_store_class_init (StrataStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_store_finalize;
}

static void
strata_store_init (StrataStore *self)
{
  g_mutex_init (&self->mutex);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unsettled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->damaged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unkept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problems =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

/* Whether @id can name a key file: letters, digits and -_., at most 64, not hidden. */
gboolean
strata_store_check_id (const char  *id,
                       GError     **error)
{
  gsize length = strlen (id);

  if (length > 0 && length <= MAX_ID && *id != '.' &&
      strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == length)
    return TRUE;

  g_autofree char *shown = g_utf8_make_valid (id, (gssize) strnlen (id, MAX_ID));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
               _("“%s” cannot be the id of a profile"), shown);

  return FALSE;
}

/* Where the key file of a profile is, or would be. */
char *
strata_store_get_record_path (StrataStore *self,
                              const char  *id,
                              gboolean     in_trash)
{
  g_autofree char *name = g_strconcat (id, ".ini", NULL);

  return g_build_filename (in_trash ? self->trash : self->profiles, name, NULL);
}

/* The revision that this instance last loaded or saved, %NULL when it has seen none. */
char *
strata_store_get_known_head (StrataStore *self,
                             const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (g_hash_table_lookup (self->heads, id));
}

/* Notes what this instance loaded or saved; @settled is %FALSE when the disk failed after it was
 * saved.
 */
void
strata_store_set_known_head (StrataStore *self,
                             const char  *id,
                             const char  *head,
                             gboolean     settled)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_insert (self->heads, g_strdup (id), g_strdup (head));

  if (settled)
    g_hash_table_remove (self->unsettled, id);
  else
    g_hash_table_add (self->unsettled, g_strdup (id));
}

/* Whether @head is what this instance made last of the profile. */
gboolean
strata_store_is_own_head (StrataStore *self,
                          const char  *id,
                          const char  *head)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strcmp0 (g_hash_table_lookup (self->own, id), head) == 0;
}

/* Notes what this instance made. */
void
strata_store_set_own_head (StrataStore *self,
                           const char  *id,
                           const char  *head)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_insert (self->own, g_strdup (id), g_strdup (head));
}

/* Whether the key file outlives a loss of power, as far as this instance knows. */
gboolean
strata_store_is_settled (StrataStore *self,
                         const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return !g_hash_table_contains (self->unsettled, id);
}

/* Notes whether it does. */
void
strata_store_set_settled (StrataStore *self,
                          const char  *id,
                          gboolean     settled)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (settled)
    g_hash_table_remove (self->unsettled, id);
  else
    g_hash_table_add (self->unsettled, g_strdup (id));
}

/* What was damaged when the profile was last loaded, %NULL for nothing. */
char *
strata_store_get_damage (StrataStore *self,
                         const char  *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (g_hash_table_lookup (self->damaged, id));
}

/* Notes what is damaged, %NULL for nothing, so that a list shows it. */
void
strata_store_set_damage (StrataStore *self,
                         const char  *id,
                         const char  *problem)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (problem != NULL)
    g_hash_table_insert (self->damaged, g_strdup (id), g_strdup (problem));
  else
    g_hash_table_remove (self->damaged, id);
}

/* Keeps every other writer out until the descriptor is closed. `STRATA_ERROR_BUSY` after five
 * seconds.
 */
int
strata_store_lock (StrataStore   *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *path = g_build_filename (self->path, "lock", NULL);

  return strata_disk_lock (path, LOCK_WAIT_MS, cancellable, error);
}

static StrataRecord *
try_record (StrataStore  *self,
            const char   *id,
            gboolean      in_trash,
            GError      **error)
{
  g_autofree char *path = strata_store_get_record_path (self, id, in_trash);

  return strata_record_load (path, error);
}

/* Looks among the profiles, then, if @in_trash is not %NULL, in the trash, and says there where it
 * was. `STRATA_ERROR_NOT_FOUND` when it is in neither.
 */
StrataRecord *
strata_store_read_record (StrataStore  *self,
                          const char   *id,
                          gboolean     *in_trash,
                          GError      **error)
{
  g_autoptr(GError) local_error = NULL;

  if (!strata_store_check_id (id, error))
    return NULL;

  StrataRecord *record = try_record (self, id, FALSE, &local_error);

  if (in_trash != NULL)
    {
      *in_trash = FALSE;

      if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
        {
          g_clear_error (&local_error);
          record = try_record (self, id, TRUE, &local_error);
          *in_trash =
            record != NULL || !g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
        }
    }

  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    {
      g_autoptr(StrataListed) listed = strata_store_get_listed (self);
      const StrataListedItem *item = strata_listed_find (listed, id);

      if (item != NULL)
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                     _("“%s” is only at the console: pull it first"), item->name);
      else
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                     _("There is no profile “%s” on this computer"), id);
    }
  else if (record == NULL)
    g_set_error (error, STRATA_ERROR, local_error->code,
                 _("Profile “%s” cannot be read: %s"), id, local_error->message);

  return record;
}

/* What the secrets of a profile are kept by. Two consoles may have a profile of one uid. */
char *
strata_store_dup_secret_name (StrataStore *self,
                              const char  *id)
{
  return g_str_equal (self->name, STRATA_STORE_LOCAL) ? g_strdup (id)
                                                      : g_strconcat (self->name, "/", id, NULL);
}

/* The local workspace is there from the first moment; any other has to be made by whoever knows of which console it is.
 */
static gboolean
check_workspace (StrataStore  *self,
                 GError      **error)
{
  static const char text[] = "[workspace]\nformat=1\nkind=local\n";
  g_autofree char *path = g_build_filename (self->workspace, "workspace.ini", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  if (g_str_equal (self->name, STRATA_STORE_LOCAL))
    return strata_disk_replace (path, text, strlen (text), error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
               _("There is no workspace “%s” on this computer"), self->name);

  return FALSE;
}

/**
 * strata_store_open:
 * @data_dir: (nullable) (type filename): the folder; %NULL for the one of this user
 * @error: return location for a %STRATA_ERROR_DISK or %STRATA_ERROR_FORBIDDEN
 *
 * Opens the store of the local workspace, and makes its folders when they are not there. Any number of processes may
 * have it open; each save takes a lock, and a store that was opened sees what the others saved.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with @error set
 */
StrataStore *
strata_store_open (const char  *data_dir,
                   GError     **error)
{
  return strata_store_open_workspace (data_dir, STRATA_STORE_LOCAL, error);
}

/**
 * strata_store_open_workspace:
 * @data_dir: (nullable) (type filename): the folder; %NULL for the one of this user
 * @workspace: which workspace: %STRATA_STORE_LOCAL, or the id of an account
 * @error: return location for a %STRATA_ERROR_NOT_FOUND when no such console was added, a %STRATA_ERROR_INVALID, a
 *   %STRATA_ERROR_DISK or a %STRATA_ERROR_FORBIDDEN
 *
 * Opens the store of one workspace. Each has profiles and a trash of its own; they share their objects, so a text that
 * is in two is on the disk once.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with @error set
 */
StrataStore *
strata_store_open_workspace (const char  *data_dir,
                             const char  *workspace,
                             GError     **error)
{
  g_return_val_if_fail (workspace != NULL, NULL);

  if (!strata_store_check_id (workspace, error))
    return NULL;

  g_autoptr(StrataStore) self = g_object_new (STRATA_TYPE_STORE, NULL);

  self->name = g_strdup (workspace);
  self->path = data_dir != NULL ? g_canonicalize_filename (data_dir, NULL)
                                : g_build_filename (g_get_user_data_dir (), "strata", NULL);
  self->workspace = g_build_filename (self->path, "workspaces", workspace, NULL);
  self->objects = g_build_filename (self->path, "objects", NULL);
  self->profiles = g_build_filename (self->workspace, "profiles", NULL);
  self->trash = g_build_filename (self->workspace, "trash", NULL);

  if (!check_workspace (self, error) || !strata_disk_make_folder (self->objects, error) ||
      !strata_disk_make_folder (self->profiles, error) ||
      !strata_disk_make_folder (self->trash, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * strata_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none) (type filename): its folder
 */
const char *
strata_store_get_path (StrataStore *self)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return self->path;
}

/**
 * strata_store_get_workspace:
 * @self: a store
 *
 * Returns: (transfer none): the workspace whose profiles it has: %STRATA_STORE_LOCAL, or the id of an account
 */
const char *
strata_store_get_workspace (StrataStore *self)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return self->name;
}

/**
 * strata_store_get_workspace_path:
 * @self: a store
 *
 * Returns: (transfer none) (type filename): the folder of its workspace
 */
const char *
strata_store_get_workspace_path (StrataStore *self)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return self->workspace;
}

/**
 * strata_store_get_profiles_path:
 * @self: a store
 *
 * Returns: (transfer none) (type filename): the folder that changes when a profile is saved
 */
const char *
strata_store_get_profiles_path (StrataStore *self)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return self->profiles;
}

/**
 * strata_store_get_trash_path:
 * @self: a store
 *
 * Returns: (transfer none) (type filename): the folder that changes when a profile is deleted or
 *   restored
 */
const char *
strata_store_get_trash_path (StrataStore *self)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return self->trash;
}
