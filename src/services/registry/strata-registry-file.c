/* strata-registry-file.c - registries.ini: which registries there are, changed by one process at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-file"

#include "strata-registry-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>

#include "strata-chart-files.h"
#include "strata-error.h"
#include "strata-helm-registry.h"
#include "strata-oci-registry.h"
#include "strata-pack-folder.h"
#include "strata-remote-file.h"

#define GROUP_PREFIX "registry "
#define KEY_KIND "kind"
#define KEY_NAME "name"
#define KEY_URIS "uris"  /* a path need not be UTF-8, a key file must be */
#define LOCK_TRIES 40
#define LOCK_WAIT (25 * G_TIME_SPAN_MILLISECOND)

static void
set_file_error (GError      **error,
                const char   *path,
                const GError *reason)
{
  g_autofree char *shown = g_filename_display_name (path);
  StrataError code = STRATA_ERROR_DISK;

  if (reason->domain == G_KEY_FILE_ERROR)
    code = STRATA_ERROR_CORRUPT;
  else if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    code = STRATA_ERROR_FORBIDDEN;

  g_set_error (error, STRATA_ERROR, code,
               _("The list of registries in %s cannot be used: %s"), shown, reason->message);
}

/* Groups and keys that are not known here are kept: a newer version of the program may have written them. */
static GKeyFile *
load_file (const char  *path,
           GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) reason = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &reason)
      && !g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      set_file_error (error, path, reason);
      return NULL;
    }

  return g_steal_pointer (&file);
}

static char **
get_paths (GKeyFile   *file,
           const char *group)
{
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();
  g_auto(GStrv) uris = g_key_file_get_string_list (file, group, KEY_URIS, NULL, NULL);

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static void
add_path (GKeyFile   *file,
          const char *group,
          const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_auto(GStrv) uris = g_key_file_get_string_list (file, group, KEY_URIS, NULL, NULL);
  g_autoptr(GStrvBuilder) more = g_strv_builder_new ();

  if (uris != NULL)
    g_strv_builder_addv (more, (const char **) uris);
  g_strv_builder_add (more, uri);

  g_auto(GStrv) list = g_strv_builder_end (more);

  g_key_file_set_string_list (file, group, KEY_URIS, (const char *const *) list, g_strv_length (list));
}

/* The name is empty until a person gives one, so that it follows the language. */
static char *
get_name (GKeyFile   *file,
          const char *group,
          const char *kind,
          char      **paths)
{
  g_autofree char *name = g_key_file_get_string (file, group, KEY_NAME, NULL);

  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);

  if (g_str_equal (kind, STRATA_REGISTRY_CHART_FILES))
    return g_strdup (_("Chart Files"));

  return g_filename_display_basename (paths[0]);
}

/**
 * strata_registry_file_make_remote:
 * @remote: where it is, and who we are there
 * @shelf: where what is downloaded goes
 *
 * Returns: (transfer full) (nullable): the registry at @remote, %NULL for one of a kind that is not known
 */
StrataRegistry *
strata_registry_file_make_remote (StrataRemote *remote,
                                  StrataShelf  *shelf)
{
  g_return_val_if_fail (STRATA_IS_REMOTE (remote) && STRATA_IS_SHELF (shelf), NULL);

  if (g_str_equal (strata_remote_get_kind (remote), STRATA_REGISTRY_HELM))
    return strata_helm_registry_new (remote, shelf);
  if (g_str_equal (strata_remote_get_kind (remote), STRATA_REGISTRY_OCI))
    return strata_oci_registry_new (remote, shelf);

  return NULL;
}

static StrataRegistry *
make_registry (GKeyFile    *file,
               const char  *group,
               StrataShelf *shelf)
{
  const char *id = group + strlen (GROUP_PREFIX);
  g_autoptr(StrataRemote) remote = strata_remote_file_read (file, group, id);

  if (remote != NULL)
    return strata_registry_file_make_remote (remote, shelf);

  g_autofree char *kind = g_key_file_get_string (file, group, KEY_KIND, NULL);
  g_auto(GStrv) paths = get_paths (file, group);

  if (kind == NULL || *id == '\0' || paths[0] == NULL)
    return NULL;

  g_autofree char *name = get_name (file, group, kind, paths);

  if (g_str_equal (kind, STRATA_REGISTRY_PACK_FOLDER))
    return strata_pack_folder_new (id, name, paths[0]);

  if (g_str_equal (kind, STRATA_REGISTRY_CHART_FILES))
    return strata_chart_files_new (id, name, (const char *const *) paths);

  return NULL;
}

static GPtrArray *
make_registries (GKeyFile    *file,
                 StrataShelf *shelf)
{
  GPtrArray *registries = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      StrataRegistry *registry =
        g_str_has_prefix (groups[i], GROUP_PREFIX) ? make_registry (file, groups[i], shelf) : NULL;

      if (registry != NULL)
        g_ptr_array_add (registries, registry);
    }

  return registries;
}

/* The lock is held for milliseconds; waiting for ever would freeze a window when its holder was stopped. */
static int
lock (const char  *path,
      GError     **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = g_open (lock_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_autofree char *shown = g_filename_display_name (lock_path);

      g_set_error (error, STRATA_ERROR, errno == EACCES ? STRATA_ERROR_FORBIDDEN : STRATA_ERROR_DISK,
                   _("%s cannot be written: %s"), shown, g_strerror (errno));
      return -1;
    }

  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return fd;

      g_usleep (LOCK_WAIT);
    }

  g_close (fd, NULL);
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_BUSY,
                       _("Another window is changing the list of registries; try again"));

  return -1;
}

static gboolean
save_file (GKeyFile    *file,
           const char  *path,
           GError     **error)
{
  g_autoptr(GError) reason = NULL;
  gsize length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  if (g_file_set_contents_full (path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &reason))
    return TRUE;

  set_file_error (error, path, reason);

  return FALSE;
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  g_autofree char *a_absolute = g_canonicalize_filename (a, NULL);
  char *a_real = realpath (a, NULL);
  char *b_real = realpath (b, NULL);
  gboolean same = g_str_equal (a_absolute, b) || (a_real != NULL && g_strcmp0 (a_real, b_real) == 0);

  free (a_real);
  free (b_real);

  return same;
}

static char *
find_group (GKeyFile    *file,
            const char  *id,
            GError     **error)
{
  g_autofree char *group = g_strconcat (GROUP_PREFIX, id, NULL);

  if (g_key_file_has_group (file, group))
    return g_steal_pointer (&group);

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND,
                       _("The registry is not in the list any more"));

  return NULL;
}

/**
 * strata_registry_file_load:
 * @path: (type filename): `registries.ini`
 * @shelf: where registries on the network put what they offer
 * @error: return location for a [error@Error]
 *
 * Returns: (transfer full) (nullable) (element-type StrataRegistry): the registries in their order, none when there is
 *   no file, or %NULL with `CORRUPT`, `FORBIDDEN` or `DISK`
 */
GPtrArray *
strata_registry_file_load (const char   *path,
                           StrataShelf  *shelf,
                           GError      **error)
{
  g_autoptr(GKeyFile) file = load_file (path, error);

  return file != NULL ? make_registries (file, shelf) : NULL;
}

/**
 * strata_registry_file_change:
 * @path: (type filename): `registries.ini`
 * @func: what to change
 * @data: for @func
 * @error: return location for a [error@Error]
 *
 * Reads the file, changes it and writes it, while no other process does. A damaged file is left as it is.
 *
 * Returns: whether it was written, else the error of @func, or `CORRUPT`, `FORBIDDEN`, `BUSY` or `DISK`
 */
gboolean
strata_registry_file_change (const char              *path,
                             StrataRegistryFileFunc   func,
                             gpointer                 data,
                             GError                 **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);

  int fd = lock (path, error);

  if (fd < 0)
    return FALSE;

  g_autoptr(GKeyFile) file = load_file (path, error);
  gboolean changed = file != NULL && func (file, data, error) && save_file (file, path, error);

  g_close (fd, NULL);

  return changed;
}

/**
 * strata_registry_file_check_new:
 * @file: the file
 * @path: (type filename): a folder or file to be added
 * @error: return location for a `STRATA_ERROR_CONFLICT`
 *
 * Returns: whether @path is in no registry yet, under whatever name
 */
gboolean
strata_registry_file_check_new (GKeyFile    *file,
                                const char  *path,
                                GError     **error)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto(GStrv) paths = get_paths (file, groups[i]);

      for (guint n = 0; paths[n] != NULL; n++)
        if (is_same_file (path, paths[n]))
          {
            g_autofree char *shown = g_filename_display_name (path);

            g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT, _("%s is in the list already"), shown);
            return FALSE;
          }
    }

  return TRUE;
}

static char *
add_group (GKeyFile   *file,
           const char *kind)
{
  g_autofree char *id = g_uuid_string_random ();
  char *group = g_strconcat (GROUP_PREFIX, id, NULL);

  g_key_file_set_string (file, group, KEY_KIND, kind);

  return group;
}

/**
 * strata_registry_file_add_folder:
 * @file: the file
 * @path: (type filename): a folder
 *
 * Adds a pack folder under a new id.
 */
void
strata_registry_file_add_folder (GKeyFile   *file,
                                 const char *path)
{
  g_autofree char *group = add_group (file, STRATA_REGISTRY_PACK_FOLDER);

  add_path (file, group, path);
}

/**
 * strata_registry_file_add_chart:
 * @file: the file
 * @path: (type filename): a chart archive
 *
 * Adds a chart archive to the one registry that holds such, which is made for the first.
 */
void
strata_registry_file_add_chart (GKeyFile   *file,
                                const char *path)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autofree char *group = NULL;

  for (guint i = 0; groups[i] != NULL && group == NULL; i++)
    {
      g_autofree char *kind = g_key_file_get_string (file, groups[i], KEY_KIND, NULL);

      if (g_strcmp0 (kind, STRATA_REGISTRY_CHART_FILES) == 0)
        group = g_strdup (groups[i]);
    }

  if (group == NULL)
    group = add_group (file, STRATA_REGISTRY_CHART_FILES);

  add_path (file, group, path);
}

/* Whether a registry of the file is at the place of @remote; the one of its id too when @is_new. */
static gboolean
is_taken (GKeyFile     *file,
          StrataRemote *remote,
          gboolean      is_new)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr(StrataRemote) other =
        g_str_has_prefix (groups[i], GROUP_PREFIX)
          ? strata_remote_file_read (file, groups[i], groups[i] + strlen (GROUP_PREFIX)) : NULL;

      if (other != NULL && g_str_equal (strata_remote_get_kind (other), strata_remote_get_kind (remote))
          && g_str_equal (strata_remote_get_url (other), strata_remote_get_url (remote))
          && (is_new || !g_str_equal (strata_remote_get_id (other), strata_remote_get_id (remote))))
        return TRUE;
    }

  return FALSE;
}

/**
 * strata_registry_file_set_remote:
 * @file: the file
 * @remote: a registry on the network
 * @is_new: whether it is to be added; else the one of its id gets another address or another way to sign in
 * @error: return location for a `STRATA_ERROR_CONFLICT` or a `STRATA_ERROR_NOT_FOUND`
 *
 * Returns: whether it is the only one at its address, and there already when it is not new
 */
gboolean
strata_registry_file_set_remote (GKeyFile      *file,
                                 StrataRemote  *remote,
                                 gboolean       is_new,
                                 GError       **error)
{
  g_autofree char *group = g_strconcat (GROUP_PREFIX, strata_remote_get_id (remote), NULL);
  g_autofree char *known = is_new ? g_strdup (group) : find_group (file, strata_remote_get_id (remote), error);

  if (known == NULL)
    return FALSE;

  if (is_taken (file, remote, is_new))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT, _("%s is in the list already"),
                   strata_remote_get_url (remote));
      return FALSE;
    }

  strata_remote_file_write (file, group, remote);

  return TRUE;
}

/**
 * strata_registry_file_rename:
 * @file: the file
 * @id: the id of a registry
 * @name: what it shall be called; "" for what it was called at first
 * @error: return location for a `STRATA_ERROR_NOT_FOUND`
 *
 * Returns: whether there is such a registry
 */
gboolean
strata_registry_file_rename (GKeyFile    *file,
                             const char  *id,
                             const char  *name,
                             GError     **error)
{
  g_autofree char *group = find_group (file, id, error);

  if (group == NULL)
    return FALSE;

  g_key_file_set_string (file, group, KEY_NAME, name);

  return TRUE;
}

/**
 * strata_registry_file_remove:
 * @file: the file
 * @id: the id of a registry
 * @error: return location for a `STRATA_ERROR_NOT_FOUND`
 *
 * Returns: whether there was such a registry
 */
gboolean
strata_registry_file_remove (GKeyFile    *file,
                             const char  *id,
                             GError     **error)
{
  g_autofree char *group = find_group (file, id, error);

  return group != NULL && g_key_file_remove_group (file, group, NULL);
}

/* The URIs of a group without those of @path; those that cannot be read are kept. */
static char **
list_without (GKeyFile   *file,
              const char *group,
              const char *path)
{
  g_auto(GStrv) uris = g_key_file_get_string_list (file, group, KEY_URIS, NULL, NULL);
  g_autoptr(GStrvBuilder) rest = g_strv_builder_new ();

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *other = g_filename_from_uri (uris[i], NULL, NULL);

      if (g_strcmp0 (other, path) != 0)
        g_strv_builder_add (rest, uris[i]);
    }

  return g_strv_builder_end (rest);
}

/**
 * strata_registry_file_remove_chart:
 * @file: the file
 * @id: the id of a registry of chart archives
 * @path: (type filename): one of them, as the registry names it
 * @error: return location for a `STRATA_ERROR_NOT_FOUND`
 *
 * Takes one archive out of its registry. After the last the id and the name stay in the file: layers remember the id,
 * and archives that are added later belong to it again.
 *
 * Returns: whether it was there
 */
gboolean
strata_registry_file_remove_chart (GKeyFile    *file,
                                   const char  *id,
                                   const char  *path,
                                   GError     **error)
{
  g_autofree char *group = find_group (file, id, error);

  if (group == NULL)
    return FALSE;

  g_autofree char *kind = g_key_file_get_string (file, group, KEY_KIND, NULL);
  g_auto(GStrv) paths = get_paths (file, group);

  if (g_strcmp0 (kind, STRATA_REGISTRY_CHART_FILES) != 0 || !g_strv_contains ((const char *const *) paths, path))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("%s is not in the list any more"), shown);
      return FALSE;
    }

  g_auto(GStrv) rest = list_without (file, group, path);

  if (rest[0] != NULL)
    g_key_file_set_string_list (file, group, KEY_URIS, (const char *const *) rest, g_strv_length (rest));
  else
    g_key_file_remove_key (file, group, KEY_URIS, NULL);

  return TRUE;
}
