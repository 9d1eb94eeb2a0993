/* temp-folder.h - a folder of its own for each test, gone after it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *path;  /* (owned) */
} TempFolder;

static inline gboolean
temp_folder_try_remove (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      temp_folder_try_remove (child);
    }

  return g_remove (path) == 0;
}

/* A worker that was told to stop may still put one last file in: so it is tried for a while. */
static inline void
temp_folder_remove_tree (const char *path)
{
  for (guint i = 0; i < 100 && !temp_folder_try_remove (path); i++)
    g_usleep (20 * G_TIME_SPAN_MILLISECOND);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static inline void
temp_folder_set_up (TempFolder    *self,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->path = g_dir_make_tmp ("strata-test-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
temp_folder_tear_down (TempFolder    *self,
                       gconstpointer  data)
{
  temp_folder_remove_tree (self->path);
  g_free (self->path);
}

static inline char *
temp_folder_get (TempFolder *self,
                 const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

/* Writes a file, and the folders it is in. */
static inline void
temp_folder_put_bytes (TempFolder *self,
                       const char *name,
                       const void *bytes,
                       gsize       size)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (self, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static inline void
temp_folder_put (TempFolder *self,
                 const char *name,
                 const char *text)
{
  temp_folder_put_bytes (self, name, text, strlen (text));
}
