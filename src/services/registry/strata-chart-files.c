/* strata-chart-files.c - chart archives added by hand, as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-chart-files"

#include "strata-chart-files.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "strata-error.h"
#include "strata-pack-reader.h"

/* A value: made whole by its constructor, never changed after, safe to use from any thread. */
struct _StrataChartFiles
{
  GObject   parent_instance;
  char     *id;        /* (owned) (not nullable) */
  char     *name;      /* (owned) (not nullable) */
  char    **paths;     /* (owned) (not nullable), in the encoding of file names */
  char     *location;  /* (owned) (not nullable) */
};

static void registry_iface_init (StrataRegistryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataChartFiles, strata_chart_files, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_REGISTRY, registry_iface_init))

/* One file has its own place; several are told apart by the list. */
static char *
make_location (const char *const *paths)
{
  guint n_paths = g_strv_length ((char **) paths);

  if (n_paths == 1)
    return g_filename_display_name (paths[0]);

  return g_strdup_printf (ngettext ("%u file", "%u files", n_paths), n_paths);
}

static StrataPack *
read_chart (const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE, _("The chart file %s is not there at the moment"), shown);
      return NULL;
    }

  return strata_pack_read_chart (file, cancellable, error);
}

static const char *
strata_chart_files_get_id (StrataRegistry *registry)
{
  return STRATA_CHART_FILES (registry)->id;
}

static const char *
strata_chart_files_get_name (StrataRegistry *registry)
{
  return STRATA_CHART_FILES (registry)->name;
}

static const char *
strata_chart_files_get_kind (StrataRegistry *registry)
{
  return STRATA_REGISTRY_CHART_FILES;
}

static const char *
strata_chart_files_get_location (StrataRegistry *registry)
{
  return STRATA_CHART_FILES (registry)->location;
}

static GPtrArray *
strata_chart_files_read_list (StrataRegistry  *registry,
                              GPtrArray       *warnings,
                              GCancellable    *cancellable,
                              GError         **error)
{
  StrataChartFiles *self = STRATA_CHART_FILES (registry);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->paths[i] != NULL; i++)
    {
      g_autoptr(GError) reason = NULL;
      g_autoptr(StrataPack) chart = read_chart (self->paths[i], cancellable, &reason);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (chart != NULL)
        g_ptr_array_add (list, strata_pack_summary_new_for (chart, self->id, self->name, self->paths[i]));
      else
        g_ptr_array_add (warnings, g_strdup (reason->message));
    }

  return g_steal_pointer (&list);
}

static StrataPack *
strata_chart_files_fetch (StrataRegistry     *registry,
                          StrataPackSummary  *summary,
                          GCancellable       *cancellable,
                          GError            **error)
{
  return read_chart (strata_pack_summary_get_location (summary), cancellable, error);
}

static void
strata_chart_files_finalize (GObject *object)
{
  StrataChartFiles *self = STRATA_CHART_FILES (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->location, g_free);

  G_OBJECT_CLASS (strata_chart_files_parent_class)->finalize (object);
}

static void
registry_iface_init (StrataRegistryInterface *iface)
{
  iface->get_id = strata_chart_files_get_id;
  iface->get_name = strata_chart_files_get_name;
  iface->get_kind = strata_chart_files_get_kind;
  iface->get_location = strata_chart_files_get_location;
  iface->read_list = strata_chart_files_read_list;
  iface->fetch = strata_chart_files_fetch;
}

static void
strata_chart_files_class_init (StrataChartFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_chart_files_finalize;
}

static void
strata_chart_files_init (StrataChartFiles *self)
{
}

/**
 * strata_chart_files_new:
 * @id: what layers remember it by
 * @name: what a person calls it
 * @paths: (array zero-terminated=1): the chart archives; they need not be there at the moment
 *
 * Makes a registry of chart archives.
 *
 * Returns: (transfer full): the registry
 */
StrataRegistry *
strata_chart_files_new (const char        *id,
                        const char        *name,
                        const char *const *paths)
{
  g_return_val_if_fail (id != NULL && name != NULL && paths != NULL, NULL);

  StrataChartFiles *self = g_object_new (STRATA_TYPE_CHART_FILES, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->paths = g_strdupv ((char **) paths);
  self->location = make_location (paths);

  return STRATA_REGISTRY (self);
}

/**
 * strata_chart_files_get_paths:
 * @self: chart files
 *
 * Returns: (transfer none) (array zero-terminated=1): the archives, in the encoding of file names
 */
const char *const *
strata_chart_files_get_paths (StrataChartFiles *self)
{
  g_return_val_if_fail (STRATA_IS_CHART_FILES (self), NULL);

  return (const char *const *) self->paths;
}

/**
 * strata_chart_files_check:
 * @path: (type filename): a file
 * @error: return location for a [error@Error]
 *
 * Looks whether @path can be a chart archive at all. It only looks at the first two bytes, so it is quick enough for
 * the main thread; whether it is a chart shows when it is listed.
 *
 * Returns: whether it is compressed as charts are, else `INVALID` or `NOT_FOUND`
 */
gboolean
strata_chart_files_check (const char  *path,
                          GError     **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autofree char *shown = g_filename_display_name (path);
  guint8 magic[2] = { 0, 0 };

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND, _("%s is not a file"), shown);
      return FALSE;
    }

  FILE *stream = fopen (path, "rbe");
  gsize n_read = stream != NULL ? fread (magic, 1, sizeof magic, stream) : 0;

  g_clear_pointer (&stream, fclose);

  if (n_read != sizeof magic || magic[0] != 0x1f || magic[1] != 0x8b)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("%s is not a chart archive: charts are .tgz files"), shown);
      return FALSE;
    }

  return TRUE;
}
