/* strata-manifest-import.c - manifests from files that a person picks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-manifest-import"

#include "strata-manifest-import.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-job.h"
#include "strata-load.h"
#include "strata-names.h"
#include "strata-say.h"

#define MAX_SIZE (20 * 1024 * 1024)  /* the bound of one file in an archive */

struct _StrataManifestImport
{
  GObject               parent_instance;
  GtkWidget            *widget;   /* (not owned): owns the import */
  GtkFileChooserNative *dialog;   /* (owned) (nullable) */
  StrataJob            *job;      /* (owned) */
};

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataManifestImport, strata_manifest_import, G_TYPE_OBJECT)

static StrataManifest *
read_file (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *shown = g_file_get_parse_name (file);
  g_autofree char *basename = g_file_get_basename (file);
  g_autoptr(GBytes) bytes = strata_load_bytes (file, MAX_SIZE, cancellable, error);

  if (bytes == NULL)
    return NULL;

  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size > 0 && !g_utf8_validate (text, (gssize) size, NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                   _("“%s” is not text in UTF-8, so it cannot be a manifest"), shown);
      return NULL;
    }

  g_autofree char *name = strata_manifest_name_from_file (basename);
  g_autoptr(StrataBlob) content = strata_blob_new (text, size);

  return strata_manifest_new (name, content);
}

static gpointer
read_files (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray *files = data;
  g_autoptr(GPtrArray) manifests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      StrataManifest *manifest = read_file (g_ptr_array_index (files, i), cancellable, error);

      if (manifest == NULL)
        return NULL;
      g_ptr_array_add (manifests, manifest);
    }

  return g_steal_pointer (&manifests);
}

static void
job_state_cb (StrataManifestImport *self)
{
  if (strata_job_get_state (self->job) == STRATA_JOB_DONE)
    g_signal_emit (self, signals[LOADED], 0, strata_job_get_result (self->job));
  else if (strata_job_get_state (self->job) == STRATA_JOB_FAILED)
    strata_say (self->widget, strata_job_get_error (self->job)->message);
}

static void
response_cb (StrataManifestImport *self,
             int                   response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->dialog));

      strata_manifest_import_read (self, files);
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->dialog));
}

static void
strata_manifest_import_dispose (GObject *object)
{
  StrataManifestImport *self = STRATA_MANIFEST_IMPORT (object);

  if (self->job != NULL)
    strata_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->dialog);

  G_OBJECT_CLASS (strata_manifest_import_parent_class)->dispose (object);
}

static void
strata_manifest_import_class_init (StrataManifestImportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_manifest_import_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
strata_manifest_import_init (StrataManifestImport *self)
{
  self->job = strata_job_new ();
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Makes an import that @widget owns; what goes wrong is said over the page @widget is on. */
StrataManifestImport *
strata_manifest_import_new (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  StrataManifestImport *self = g_object_new (STRATA_TYPE_MANIFEST_IMPORT, NULL);

  self->widget = widget;

  return self;
}

/* Lets a person pick files. */
void
strata_manifest_import_ask (StrataManifestImport *self)
{
  g_return_if_fail (STRATA_IS_MANIFEST_IMPORT (self));

  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (self->widget));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->dialog);
  self->dialog = gtk_file_chooser_native_new (_("Add Manifests"), GTK_WINDOW (root),
                                                 GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), NULL);
  gtk_file_filter_set_name (filter, _("Manifests (YAML and JSON)"));
  gtk_file_filter_add_suffix (filter, "yaml");
  gtk_file_filter_add_suffix (filter, "yml");
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

/* Reads @files in a worker; "loaded" comes when all could be read. */
void
strata_manifest_import_read (StrataManifestImport *self,
                             GListModel           *files)
{
  g_return_if_fail (STRATA_IS_MANIFEST_IMPORT (self) && G_IS_LIST_MODEL (files));

  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  strata_job_run (self->job, read_files, list, (GDestroyNotify) g_ptr_array_unref,
                  (GDestroyNotify) g_ptr_array_unref);
}

/* A name that a manifest may have, made of the name of a file: its ending goes, as do letters that are not allowed. */
char *
strata_manifest_name_from_file (const char *basename)
{
  g_return_val_if_fail (basename != NULL, NULL);

  static const char *const endings[] = { ".yaml", ".yml", ".json" };
  g_autofree char *name = g_strdup (basename);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        name[strlen (name) - strlen (endings[i])] = '\0';
        break;
      }

  if (strata_name_check_manifest (name, NULL))
    return g_steal_pointer (&name);

  g_autofree char *safe = strata_name_make_safe (name);

  return strata_name_check_manifest (safe, NULL) ? g_steal_pointer (&safe) : g_strdup ("manifest");
}
