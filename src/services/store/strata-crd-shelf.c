/* strata-crd-shelf.c - definitions of kinds of Kubernetes objects that a person keeps, for all profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-crd-shelf"

#include "config.h"

#include "strata-crd-shelf.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "strata-error.h"
#include "strata-kinds.h"
#include "strata-load.h"
#include "strata-tarball.h"

static gboolean
fail (GError     **error,
      const char  *name)
{
  int number = errno;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK, "%s: %s", name, g_strerror (number));

  return FALSE;
}

/* (transfer full) */
static StrataBlob *
load (GFile         *file,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GBytes) bytes = strata_load_bytes (file, STRATA_TARBALL_MAX_FILE, cancellable, error);

  return bytes != NULL ? strata_blob_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

static gboolean
defines_kinds (StrataBlob *blob)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, blob);

  g_autoptr(StrataKinds) kinds = strata_kinds_with_crds (strata_kinds_get_default (), texts);

  return kinds != strata_kinds_get_default ();
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  return strcmp (strata_file_get_path (*(StrataFile *const *) a), strata_file_get_path (*(StrataFile *const *) b));
}

/**
 * strata_crd_shelf_get_folder:
 *
 * Returns: (transfer full): where the application keeps them
 */
char *
strata_crd_shelf_get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "strata", "definitions", NULL);
}

/**
 * strata_crd_shelf_read:
 * @folder: where they lie
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * What cannot be read is passed over: the others are as good without it. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type StrataFile) (nullable): by name; none when there is no folder
 */
GPtrArray *
strata_crd_shelf_read (const char    *folder,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(StrataBlob) blob = *name != '.' && g_utf8_validate (name, -1, NULL) ? load (file, cancellable, NULL) : NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (blob != NULL)
        g_ptr_array_add (files, strata_file_new (name, blob));
    }

  g_ptr_array_sort (files, compare_files);

  return g_steal_pointer (&files);
}

/**
 * strata_crd_shelf_add:
 * @folder: where they lie; made when it is missing
 * @file: a YAML or JSON file with CustomResourceDefinitions, or what a cluster says of itself in OpenAPI 2
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps a copy, which takes the place of one of that name. %STRATA_ERROR_INVALID when @file defines nothing. Blocks; any
 * thread.
 *
 * Returns: whether it is kept
 */
gboolean
strata_crd_shelf_add (const char    *folder,
                      GFile         *file,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(StrataBlob) blob = load (file, cancellable, error);

  if (blob == NULL)
    return FALSE;

  if (*name == '.' || !defines_kinds (blob))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” defines no kinds that are not known; choose a file with CustomResourceDefinitions, or what"
                     " “kubectl get --raw /openapi/v2” prints"), name);
      return FALSE;
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);

  return g_file_set_contents_full (path, strata_blob_get_text (blob), (gssize) strata_blob_get_size (blob),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * strata_crd_shelf_remove:
 * @folder: where they lie
 * @name: of a file that was read
 * @error: return location
 *
 * What is gone already is no error. Blocks; any thread.
 *
 * Returns: whether it is gone
 */
gboolean
strata_crd_shelf_remove (const char  *folder,
                         const char  *name,
                         GError     **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (name != NULL && strchr (name, G_DIR_SEPARATOR) == NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_unlink (path) == 0 || errno == ENOENT || fail (error, name);
}
