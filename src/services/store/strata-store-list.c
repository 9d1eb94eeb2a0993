/* strata-store-list.c - what is in the store, read no more than once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-store"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "strata-entry-cache.h"
#include "strata-entry-private.h"
#include "strata-error.h"
#include "strata-objects.h"
#include "strata-store-private.h"

#define SUFFIX ".ini"
#define CANCEL_EVERY 64  /* files between two looks at the cancellable */

#define SAVE_AFTER 64    /* files that had to be read, before that is worth keeping */

typedef struct
{
  StrataStore  *store;     /* (unowned) */
  gboolean      in_trash;
  const char   *folder;    /* (unowned) */
  GHashTable   *known;     /* (owned) id -> StrataCached: what was read before */
  GHashTable   *now;       /* (owned) id -> StrataCached: what is there */
  guint         n_read;    /* how many files had to be read */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->now, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static StrataEntry *
with_damage (StrataEntry *entry,
             const char  *problem)
{
  StrataEntry *damaged = strata_entry_copy (entry);

  g_free (damaged->problem);
  damaged->problem = g_strdup (problem);
  damaged->state = STRATA_STATE_DAMAGED;
  g_object_unref (entry);

  return damaged;
}

/* Takes a look at the revision itself, once for each time it changes: a list does not show as whole
 * what is not.
 */
static StrataEntry *
check_head (StrataStore *self,
            StrataEntry *entry)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) head = strata_objects_read (self->objects, entry->head, &error);
  g_autofree char *found = strata_store_get_damage (self, entry->id);

  if (head == NULL)
    {
      g_autofree char *problem =
        g_strdup_printf (_("The newest revision is damaged: %s"), error->message);

      return with_damage (entry, problem);
    }

  return found != NULL ? with_damage (entry, found) : entry;
}

static StrataEntry *
read_entry (StrataStore *self,
            const char  *id,
            gboolean     in_trash)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = strata_store_get_record_path (self, id, in_trash);
  g_autoptr(StrataRecord) record = strata_record_load (path, &error);

  if (record != NULL)
    return check_head (self, strata_record_to_entry (record, id, in_trash));

  /* It went away since the folder was read. */
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND))
    return NULL;

  return strata_entry_new_damaged (id, error->message, in_trash);
}

static gboolean
is_current (Listing           *self,
            StrataCached      *cached,
            const struct stat *info)
{
  g_autofree char *found = strata_store_get_damage (self->store, cached->entry->id);

  return found == NULL && strata_cached_is_current (cached, info);
}

/* The same object for as long as it shows the same. */
static void
add_file (Listing           *self,
          const char        *id,
          const struct stat *info)
{
  StrataCached *cached = g_hash_table_lookup (self->known, id);
  g_autoptr(StrataEntry) entry = NULL;

  if (cached != NULL && is_current (self, cached, info))
    {
      StrataCached *copy = g_memdup2 (cached, sizeof *cached);

      g_object_ref (copy->entry);
      g_hash_table_insert (self->now, copy->entry->id, copy);
      return;
    }

  self->n_read++;
  entry = read_entry (self->store, id, self->in_trash);

  if (entry == NULL)
    return;

  if (cached != NULL && strata_entry_equal (cached->entry, entry))
    g_set_object (&entry, cached->entry);

  cached = strata_cached_new (info, entry);
  g_hash_table_insert (self->now, cached->entry->id, cached);
}

static void
look_at (Listing    *self,
         int         folder,
         const char *name)
{
  struct stat info;

  if (!g_str_has_suffix (name, SUFFIX))
    return;

  g_autofree char *id = g_strndup (name, strlen (name) - strlen (SUFFIX));

  if (strata_store_check_id (id, NULL) && fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISREG (info.st_mode))
    add_file (self, id, &info);
}

static gboolean
read_folder (Listing       *self,
             GCancellable  *cancellable,
             GError       **error)
{
  DIR *folder = opendir (self->folder);
  gboolean cancelled = FALSE;
  struct dirent *item;

  if (folder == NULL)
    {
      g_autofree char *shown = g_filename_display_name (self->folder);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                   _("The profiles in “%s” cannot be listed: %s"), shown, g_strerror (errno));
      return FALSE;
    }

  for (guint i = 0; !cancelled && (item = readdir (folder)) != NULL; i++)
    {
      look_at (self, dirfd (folder), item->d_name);
      cancelled =
        i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  closedir (folder);

  return !cancelled;
}

static GHashTable *
get_known (StrataStore *self,
           const char  *folder,
           gboolean     in_trash)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTable **known = &self->listed[in_trash ? 1 : 0];

  if (*known == NULL)
    *known = strata_entry_cache_load (folder, in_trash);

  return g_hash_table_ref (*known);
}

static void
set_known (StrataStore *self,
           gboolean     in_trash,
           GHashTable  *now)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GHashTable **known = &self->listed[in_trash ? 1 : 0];

  g_hash_table_unref (*known);
  *known = g_hash_table_ref (now);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  StrataEntry *const *one = a;
  StrataEntry *const *other = b;

  return strcmp ((*one)->id, (*other)->id);
}

static GPtrArray *
to_list (GHashTable *table)
{
  GPtrArray *entries = g_ptr_array_new_full (g_hash_table_size (table), g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (entries, g_object_ref (((StrataCached *) value)->entry));

  g_ptr_array_sort (entries, compare_ids);

  return entries;
}

/* The list of the console as it was last read, read again only when it is another one. */
StrataListed *
strata_store_get_listed (StrataStore *self)
{
  g_autoptr(StrataListed) before = NULL;

  g_mutex_lock (&self->mutex);
  before = self->away != NULL ? strata_listed_ref (self->away) : NULL;
  g_mutex_unlock (&self->mutex);

  StrataListed *now = strata_listed_load (self->workspace, before);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->away, strata_listed_unref);
  self->away = strata_listed_ref (now);
  g_mutex_unlock (&self->mutex);

  return now;
}

/* Adds what only the console has. */
static void
add_away (StrataStore *self,
          GPtrArray   *entries)
{
  g_autoptr(StrataListed) listed = strata_store_get_listed (self);
  g_autoptr(GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_here = entries->len;

  if (strata_listed_get_n_items (listed) == 0)
    return;

  for (guint i = 0; i < n_here; i++)
    {
      StrataEntry *entry = entries->pdata[i];

      g_hash_table_add (here, *entry->uid != '\0' ? entry->uid : entry->id);
    }

  for (guint i = 0; i < strata_listed_get_n_items (listed); i++)
    if (!g_hash_table_contains (here, strata_listed_get_item (listed, i)->uid))
      g_ptr_array_add (entries, g_object_ref (strata_listed_get_entry (listed, i)));

  if (entries->len > n_here)
    g_ptr_array_sort (entries, compare_ids);
}

static GPtrArray *
list (StrataStore   *store,
      gboolean       in_trash,
      GCancellable  *cancellable,
      GError       **error)
{
  g_auto(Listing) listing = {
    .store = store,
    .in_trash = in_trash,
    .folder = in_trash ? store->trash : store->profiles,
    .now = strata_entry_cache_new (),
  };

  listing.known = get_known (store, listing.folder, in_trash);

  if (!read_folder (&listing, cancellable, error))
    return NULL;

  set_known (store, in_trash, listing.now);
  if (listing.n_read > SAVE_AFTER)
    strata_entry_cache_save (listing.now, listing.folder);

  GPtrArray *entries = to_list (listing.now);

  if (!in_trash)
    add_away (store, entries);

  return entries;
}

/**
 * strata_store_list:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_DISK
 *
 * Lists the profiles, also those that only the console of the workspace has. One that is damaged is there too, with the state %STRATA_STATE_DAMAGED and
 * what is wrong. As long as an entry shows the same, this store gives the same object for it.
 * Blocks; only what changed is read.
 *
 * Returns: (transfer container) (element-type StrataEntry) (nullable): the profiles, sorted by
 *   id, or %NULL with @error set
 */
GPtrArray *
strata_store_list (StrataStore   *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return list (self, FALSE, cancellable, error);
}

/**
 * strata_store_list_trash:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for a %STRATA_ERROR_DISK
 *
 * As strata_store_list(), for what was deleted.
 *
 * Returns: (transfer container) (element-type StrataEntry) (nullable): what is in the trash,
 *   sorted by id, or %NULL with @error set
 */
GPtrArray *
strata_store_list_trash (StrataStore   *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self), NULL);

  return list (self, TRUE, cancellable, error);
}

/**
 * strata_store_get_entry:
 * @self: a store
 * @id: which profile, which may be in the trash
 * @error: return location for a %STRATA_ERROR_NOT_FOUND
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what a list shows of it now, or %NULL with @error set
 */
StrataEntry *
strata_store_get_entry (StrataStore  *self,
                        const char   *id,
                        GError      **error)
{
  g_return_val_if_fail (STRATA_IS_STORE (self) && id != NULL, NULL);

  if (!strata_store_check_id (id, error))
    return NULL;

  StrataEntry *entry = read_entry (self, id, FALSE);

  if (entry == NULL)
    entry = read_entry (self, id, TRUE);

  if (entry == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                 _("There is no profile “%s” on this computer"), id);

  return entry;
}
