/* strata-pack-folder.c - a folder of packs, on disk or on a USB stick, as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-pack-folder"

#include "strata-pack-folder.h"

#include <glib/gi18n-lib.h>

#include "strata-error.h"
#include "strata-pack-reader.h"

#define MAX_ENTRIES 10000

/* A value: made whole by its constructor, never changed after, safe to use from any thread. */
struct _StrataPackFolder
{
  GObject  parent_instance;
  char    *id;        /* (owned) (not nullable) */
  char    *name;      /* (owned) (not nullable) */
  char    *path;      /* (owned) (not nullable), in the encoding of file names */
  char    *location;  /* (owned) (not nullable): the path to be shown */
};

static void registry_iface_init (StrataRegistryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataPackFolder, strata_pack_folder, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_REGISTRY, registry_iface_init))

static gboolean
has_pack (const char *folder)
{
  g_autofree char *meta = g_build_filename (folder, "pack.json", NULL);

  return g_file_test (meta, G_FILE_TEST_IS_REGULAR);
}

static void
set_offline_error (StrataPackFolder  *self,
                   GError           **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE,
               _("“%s” is not plugged in: there is no folder %s at the moment"),
               self->name, self->location);
}

static GDir *
open_folder (StrataPackFolder  *self,
             GError           **error)
{
  g_autoptr(GError) reason = NULL;
  GDir *dir = g_dir_open (self->path, 0, &reason);

  if (dir != NULL)
    return dir;

  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    set_offline_error (self, error);
  else
    g_set_error (error, STRATA_ERROR,
                 g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ACCES) ? STRATA_ERROR_FORBIDDEN
                                                                            : STRATA_ERROR_DISK,
                 _("The folder %s cannot be read: %s"), self->location, reason->message);

  return NULL;
}

/* The packs and charts at hand: the folder itself, its subfolders, and chart archives that lie beside them. */
static GPtrArray *
find_candidates (StrataPackFolder  *self,
                 GError           **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = open_folder (self, error);
  const char *name;
  guint n_entries = 0;

  if (dir == NULL)
    return NULL;

  if (has_pack (self->path))
    g_ptr_array_add (found, g_strdup (self->path));

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);

      if (++n_entries > MAX_ENTRIES)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                       _("The folder %s holds more than %d entries"), self->location, MAX_ENTRIES);
          return NULL;
        }

      if (*name != '.' && (g_str_has_suffix (name, ".tgz") || has_pack (path)))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }

  return g_steal_pointer (&found);
}

static StrataPack *
read_pack (const char    *path,
           gboolean       whole,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return strata_pack_read_chart (file, cancellable, error);

  return whole ? strata_pack_read_folder (file, cancellable, error)
               : strata_pack_read_head (file, cancellable, error);
}

static const char *
strata_pack_folder_get_id (StrataRegistry *registry)
{
  return STRATA_PACK_FOLDER (registry)->id;
}

static const char *
strata_pack_folder_get_name (StrataRegistry *registry)
{
  return STRATA_PACK_FOLDER (registry)->name;
}

static const char *
strata_pack_folder_get_kind (StrataRegistry *registry)
{
  return STRATA_REGISTRY_PACK_FOLDER;
}

static const char *
strata_pack_folder_get_location (StrataRegistry *registry)
{
  return STRATA_PACK_FOLDER (registry)->location;
}

static GPtrArray *
strata_pack_folder_read_list (StrataRegistry  *registry,
                              GPtrArray       *warnings,
                              GCancellable    *cancellable,
                              GError         **error)
{
  StrataPackFolder *self = STRATA_PACK_FOLDER (registry);
  g_autoptr(GPtrArray) candidates = find_candidates (self, error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      g_autoptr(GError) reason = NULL;
      const char *path = g_ptr_array_index (candidates, i);
      g_autoptr(StrataPack) pack = read_pack (path, FALSE, cancellable, &reason);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (pack != NULL)
        g_ptr_array_add (list, strata_pack_summary_new_for (pack, self->id, self->name, path));
      else
        g_ptr_array_add (warnings, g_strdup (reason->message));
    }

  return candidates != NULL ? g_steal_pointer (&list) : NULL;
}

static StrataPack *
strata_pack_folder_fetch (StrataRegistry     *registry,
                          StrataPackSummary  *summary,
                          GCancellable       *cancellable,
                          GError            **error)
{
  StrataPackFolder *self = STRATA_PACK_FOLDER (registry);

  if (!g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      set_offline_error (self, error);
      return NULL;
    }

  return read_pack (strata_pack_summary_get_location (summary), TRUE, cancellable, error);
}

static void
strata_pack_folder_finalize (GObject *object)
{
  StrataPackFolder *self = STRATA_PACK_FOLDER (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->location, g_free);

  G_OBJECT_CLASS (strata_pack_folder_parent_class)->finalize (object);
}

static void
registry_iface_init (StrataRegistryInterface *iface)
{
  iface->get_id = strata_pack_folder_get_id;
  iface->get_name = strata_pack_folder_get_name;
  iface->get_kind = strata_pack_folder_get_kind;
  iface->get_location = strata_pack_folder_get_location;
  iface->read_list = strata_pack_folder_read_list;
  iface->fetch = strata_pack_folder_fetch;
}

static void
strata_pack_folder_class_init (StrataPackFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_pack_folder_finalize;
}

static void
strata_pack_folder_init (StrataPackFolder *self)
{
}

/**
 * strata_pack_folder_new:
 * @id: what layers remember it by
 * @name: what a person calls it
 * @path: (type filename): the folder; it need not be there at the moment
 *
 * Makes a registry of the packs and chart archives in a folder.
 *
 * Returns: (transfer full): the registry
 */
StrataRegistry *
strata_pack_folder_new (const char *id,
                        const char *name,
                        const char *path)
{
  g_return_val_if_fail (id != NULL && name != NULL && path != NULL, NULL);

  StrataPackFolder *self = g_object_new (STRATA_TYPE_PACK_FOLDER, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->location = g_filename_display_name (path);

  return STRATA_REGISTRY (self);
}

/**
 * strata_pack_folder_get_path:
 * @self: a pack folder
 *
 * Returns: (type filename) (not nullable): the folder, in the encoding of file names
 */
const char *
strata_pack_folder_get_path (StrataPackFolder *self)
{
  g_return_val_if_fail (STRATA_IS_PACK_FOLDER (self), "");

  return self->path;
}

/**
 * strata_pack_folder_check:
 * @path: (type filename): a folder
 * @error: return location for a [error@Error]
 *
 * Looks whether @path is worth adding. It only looks at names, so it is quick enough for the main thread.
 *
 * Returns: whether there is a pack or a chart archive in it, else `INVALID`, `NOT_FOUND`, `FORBIDDEN`, `TOO_LARGE` or
 *   `DISK`
 */
gboolean
strata_pack_folder_check (const char  *path,
                          GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("", name, path);
  StrataPackFolder *self = STRATA_PACK_FOLDER (folder);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("%s is not a folder"), self->location);
      return FALSE;
    }

  g_autoptr(GPtrArray) found = find_candidates (self, error);

  if (found != NULL && found->len == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                 _("There is no pack in %s: a pack is a folder with a pack.json"), self->location);

  return found != NULL && found->len > 0;
}
