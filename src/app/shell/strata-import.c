/* strata-import.c - files become profiles: chosen, dropped on the window or opened from elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-import"

#include "strata-import.h"

#include <glib/gi18n.h>

#include "strata-archive.h"
#include "strata-job.h"
#include "strata-mapping-actions.h"

/* What one import is given, and what came of it. (all fields owned) */
typedef struct
{
  StrataStore *store;
  StrataWork  *work;
  GPtrArray   *files;     /* of GFile */
  GPtrArray   *profiles;  /* of StrataProfile: as they were saved */
  GPtrArray   *failures;  /* of strings: "retail-edge.json: why" */
  guint        n_copies;  /* how many of the profiles were here before under that name and version */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->store);
  g_object_unref (import->work);
  g_ptr_array_unref (import->files);
  g_ptr_array_unref (import->profiles);
  g_ptr_array_unref (import->failures);
  g_free (import);
}

static char *
make_key (const char *name,
          const char *version)
{
  return g_strjoin ("\n", name, version, NULL);
}

static GHashTable *
list_known (StrataStore   *store,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GPtrArray) entries = strata_store_list (store, cancellable, error);
  if (entries == NULL)
    return NULL;

  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (known, make_key (strata_entry_get_name (entries->pdata[i]),
                                       strata_entry_get_version (entries->pdata[i])));

  return known;
}

/* Without an id it is saved as a new profile: nothing that is here is ever overwritten by a file. */
static StrataProfile *
import_file (Import        *import,
             GFile         *file,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(StrataProfile) read = strata_profile_import (file, cancellable, error);
  if (read == NULL)
    return NULL;

  g_autoptr(StrataProfile) fresh = strata_profile_with (read, STRATA_PROFILE_ID, "");
  StrataProfile *saved =
    strata_store_save (import->store, fresh, STRATA_REASON_IMPORT, cancellable, error);

  /* What is wrong in a file names the file; what is wrong with the store does not. */
  if (saved == NULL)
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *shown = g_filename_display_name (name);
      g_prefix_error (error, _("%s: "), shown);
    }

  return saved;
}

static gpointer
import_thread (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Import *import = data;
  GCancellable *wanted = strata_work_get_cancellable (import->work);
  g_autoptr(GHashTable) known = list_known (import->store, wanted, error);

  if (known == NULL)
    return NULL;

  for (guint i = 0; i < import->files->len; i++)
    {
      g_autoptr(GError) why = NULL;
      GFile *file = import->files->pdata[i];
      StrataProfile *profile = import_file (import, file, wanted, &why);

      /* How far one file is, nobody knows; of several, how many are done. */
      if (import->files->len > 1)
        strata_work_set_progress (import->work, i + 1, import->files->len);
      if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        break;
      if (profile == NULL)
        {
          g_ptr_array_add (import->failures, g_strdup (why->message));
          continue;
        }

      import->n_copies += !g_hash_table_add (
        known, make_key (strata_profile_get_name (profile), strata_profile_get_version (profile)));
      g_ptr_array_add (import->profiles, profile);
    }

  return import;
}

/* What came of it */

static char *
describe_success (Import *import)
{
  guint n_profiles = import->profiles->len;

  if (n_profiles > 1 && import->n_copies > 0)
    return g_strdup_printf (
      ngettext ("%u profiles imported, %u of them as a separate profile beside one that was here",
                "%u profiles imported, %u of them as separate profiles beside ones that were here",
                import->n_copies),
      n_profiles, import->n_copies);
  if (n_profiles > 1)
    return g_strdup_printf (ngettext ("%u profile imported", "%u profiles imported", n_profiles),
                            n_profiles);

  StrataProfile *profile = import->profiles->pdata[0];
  const char *name = strata_profile_get_name (profile);
  const char *version = strata_profile_get_version (profile);

  if (import->n_copies > 0)
    return g_strdup_printf (_("“%s %s” was here already: imported as a separate profile"), name,
                               version);

  return g_strdup_printf (_("“%s %s” imported"), name, version);
}

static void
show_success (StrataWindow *window,
              Import       *import)
{
  g_autofree char *message = describe_success (import);
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  if (import->profiles->len == 1)
    {
      adw_toast_set_button_label (toast, _("_Open"));
      adw_toast_set_action_name (toast, "win.open-profile");
      adw_toast_set_action_target (toast, "s", strata_profile_get_id (import->profiles->pdata[0]));
    }
  strata_window_add_toast (window, toast);
}

static void
show_failures (StrataWindow *window,
               Import       *import)
{
  guint n_failures = import->failures->len;
  g_autofree char *heading = NULL;

  if (import->files->len == 1)
    heading = g_strdup (_("The File Was Not Imported"));
  else
    heading = g_strdup_printf (
      ngettext ("%u of %u Files Was Not Imported", "%u of %u Files Were Not Imported", n_failures),
      n_failures, import->files->len);

  g_ptr_array_add (import->failures, NULL);
  g_autofree char *body = g_strjoinv ("\n\n", (char **) import->failures->pdata);
  strata_window_show_error (window, heading, body);
}

static void
import_done (gpointer   owner,
             StrataJob *job,
             gpointer   data)
{
  StrataWindow *window = STRATA_WINDOW (owner);
  Import *import = data;
  const GError *error = strata_job_get_error (job);

  strata_window_end_work (window, import->work);
  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        strata_window_show_error (window, _("Nothing Was Imported"), error->message);
      return;
    }

  strata_profile_list_refresh (
    strata_workspace_get_profiles (strata_window_get_workspace (window)));
  if (import->profiles->len > 0)
    {
      strata_window_show_place (window, "profiles");
      show_success (window, import);
      strata_mapping_offer (window, strata_profile_get_id (import->profiles->pdata[0]));
    }
  if (import->failures->len > 0)
    show_failures (window, import);
}

void
strata_import_files (StrataWindow  *window,
                     GFile        **files,
                     guint          n_files)
{
  g_return_if_fail (STRATA_IS_WINDOW (window));

  if (n_files == 0)
    return;

  Import *import = g_new0 (Import, 1);

  import->store = g_object_ref (strata_workspace_get_store (strata_window_get_workspace (window)));
  import->work = strata_work_new (ngettext ("Importing File", "Importing Files", n_files));
  import->files = g_ptr_array_new_with_free_func (g_object_unref);
  import->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  import->failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (import->files, g_object_ref (files[i]));

  strata_window_begin_work (window, import->work);
  strata_job_start (window, import_thread, import, import_free, NULL, import_done);
}

/* Chosen */

static void
import_model (StrataWindow *window,
              GListModel   *files)
{
  guint n_files = g_list_model_get_n_items (files);
  g_autoptr(GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (array, g_list_model_get_item (files, i));

  strata_import_files (window, (GFile **) array->pdata, array->len);
}

static void
chooser_response_cb (GtkNativeDialog *chooser,
                     int              response,
                     StrataWindow    *window)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
      import_model (window, files);
    }

  g_object_unref (chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr(GtkFileFilter) profiles = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();
  const char *const suffixes[] = { "tgz", "json", "yaml", "yml" };

  gtk_file_filter_set_name (profiles, _("System profiles (.tgz, .json, .yaml)"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (profiles, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, profiles);

  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
import_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _("Import Profiles"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filters (GTK_FILE_CHOOSER (chooser));
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Dropped */

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         StrataWindow  *window)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr(GPtrArray) array = g_ptr_array_new ();

  for (GSList *l = files; l != NULL; l = l->next)
    g_ptr_array_add (array, l->data);
  strata_import_files (window, (GFile **) array->pdata, array->len);

  return array->len > 0;
}

void
strata_import_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_cb);
}

void
strata_import_init (StrataWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
