/* strata-save-as.c - a profile becomes a file: the archive an appliance boots from, or an export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-save-as"

#include "strata-save-as.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-archive.h"
#include "strata-error.h"
#include "strata-format.h"
#include "strata-job.h"
#include "strata-palette.h"
#include "strata-window.h"

typedef enum
{
  FORM_ARCHIVE,
  FORM_JSON,
  FORM_YAML,
} Form;

/* One file to write. (all fields owned) */
typedef struct
{
  StrataStore *store;
  StrataWork  *work;
  char        *id;
  char        *uid;  /* (nullable): what the console of the store calls it */
  GFile       *file;
  Form         form;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_object (&save->store);
  g_clear_object (&save->work);
  g_clear_object (&save->file);
  g_free (save->id);
  g_free (save->uid);
  g_free (save);
}

static GBytes *
make_bytes (StrataProfile  *profile,
            Form            form,
            GCancellable   *cancellable,
            GError        **error)
{
  char *text;

  if (form == FORM_ARCHIVE)
    return strata_archive_build (profile, cancellable, error);

  text =
    strata_palette_write (profile, form == FORM_JSON ? STRATA_PALETTE_JSON : STRATA_PALETTE_YAML);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
write_bytes (GFile         *file,
             GBytes        *bytes,
             GCancellable  *cancellable,
             GError       **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr(GError) why = NULL;
  gboolean written;

  /* On this disk the old file stays whole until the new one is; elsewhere there is no such promise
   * to be had. */
  if (path != NULL)
    written = g_file_set_contents_full (
      path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, &why);
  else
    written =
      g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                               FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &why);

  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&why));
  else if (!written)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK,
                 _("“%s” was not written: %s"), name, why->message);

  return written;
}

/* The profile as its console knows it: an appliance links to it by that. */
static StrataProfile *
peek (Save          *save,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(StrataProfile) profile = strata_store_peek (save->store, save->id, cancellable, error);

  if (profile == NULL || save->uid == NULL || *save->uid == '\0')
    return g_steal_pointer (&profile);

  return strata_profile_with (profile, STRATA_PROFILE_UID, save->uid);
}

/* Returns the digest of the file. */
static gpointer
save_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Save *save = data;
  GCancellable *wanted = strata_work_get_cancellable (save->work);
  g_autoptr(StrataProfile) profile = peek (save, wanted, error);
  g_autoptr(GBytes) bytes = profile != NULL ? make_bytes (profile, save->form, wanted, error) : NULL;

  if (bytes == NULL || !write_bytes (save->file, bytes, wanted, error))
    return NULL;

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static void
save_done (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = STRATA_WINDOW (owner);
  Save *save = data;
  const GError *error = strata_job_get_error (job);

  strata_window_end_work (window, save->work);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      strata_window_show_error (window, _("The Profile Was Not Saved"), error->message);
      return;
    }

  g_autofree char *basename = g_file_get_basename (save->file);
  g_autofree char *name = g_filename_display_name (basename);
  g_autofree char *digest = strata_format_digest_short (strata_job_get_result (job));
  g_autofree char *message =
    save->form == FORM_ARCHIVE ? g_strdup_printf (_("%s saved · SHA-256 %s"), name, digest)
                               : g_strdup_printf (_("%s saved"), name);
  g_autofree char *title = g_markup_escape_text (message, -1);
  g_autofree char *uri = g_file_get_uri (save->file);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Show in Folder"));
  adw_toast_set_action_name (toast, "win.show-in-folder");
  adw_toast_set_action_target (toast, "s", uri);
  strata_window_add_toast (window, toast);
}

/* Choosing the file */

static void
remember_folder (GtkFileChooser *chooser)
{
  g_autoptr(GSettings) settings = g_settings_new ("io.github.stratadesk.Strata");
  g_autoptr(GFile) folder = gtk_file_chooser_get_current_folder (chooser);

  if (folder == NULL)
    return;

  g_autofree char *uri = g_file_get_uri (folder);
  g_settings_set_string (settings, "download-folder", uri);
}

static void
offer_folder (GtkFileChooser *chooser)
{
  g_autoptr(GSettings) settings = g_settings_new ("io.github.stratadesk.Strata");
  g_autofree char *uri = g_settings_get_string (settings, "download-folder");
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr(GFile) folder = NULL;

  if (*uri != '\0')
    folder = g_file_new_for_uri (uri);
  else if (downloads != NULL)
    folder = g_file_new_for_path (downloads);

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
chooser_response_cb (GtkNativeDialog *chooser,
                     int              response,
                     StrataWindow    *window)
{
  g_autoptr(GtkNativeDialog) owned = chooser;
  Save *save = g_object_steal_data (G_OBJECT (chooser), "save");

  if (response != GTK_RESPONSE_ACCEPT)
    {
      save_free (save);
      return;
    }

  remember_folder (GTK_FILE_CHOOSER (chooser));
  save->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (save->form != FORM_ARCHIVE)
    {
      g_autofree char *name = g_file_get_basename (save->file);
      save->form =
        g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml") ? FORM_YAML : FORM_JSON;
    }

  g_autofree char *basename = g_file_get_basename (save->file);
  g_autofree char *shown = g_filename_display_name (basename);
  g_autofree char *label = g_strdup_printf (_("Saving %s"), shown);

  save->work = strata_work_new (label);
  strata_window_begin_work (window, save->work);
  strata_job_start (window, save_thread, save, save_free, g_free, save_done);
}

static char *
suggest_name (StrataEntry *entry,
              Form         form)
{
  g_autoptr(StrataProfile) profile =
    strata_profile_new (strata_entry_get_name (entry), strata_entry_get_version (entry));
  g_autofree char *archive = strata_archive_make_name (profile);

  if (form == FORM_ARCHIVE || !g_str_has_suffix (archive, ".tgz"))
    return g_steal_pointer (&archive);

  return g_strdup_printf ("%.*s.json", (int) (strlen (archive) - strlen (".tgz")), archive);
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *suffixes)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose_file (StrataWindow *window,
             const char   *id,
             Form          form)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (workspace), id);

  /* The file is made of what is in the store, so what was typed has to be there first. */
  if (entry == NULL || !strata_window_flush_editor (window))
    return;

  g_autofree char *name = suggest_name (entry, form);
  const char *title = form == FORM_ARCHIVE ? _("Download System Profile") : _("Export Profile");
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    title, GTK_WINDOW (window), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  Save *save = g_new0 (Save, 1);

  save->store = g_object_ref (strata_workspace_get_store (workspace));
  save->id = g_strdup (id);
  save->uid = g_strdup (strata_entry_get_uid (entry));
  save->form = form;
  g_object_set_data (G_OBJECT (chooser), "save", save);

  if (form == FORM_ARCHIVE)
    add_filter (GTK_FILE_CHOOSER (chooser), _("Profile archive (.tgz)"),
                                               (const char *[]){ "tgz", NULL });
  else
    add_filter (GTK_FILE_CHOOSER (chooser), _("JSON or YAML, by the end of the name"),
                                               (const char *[]){ "json", "yaml", "yml", NULL });
  offer_folder (GTK_FILE_CHOOSER (chooser));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
download_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  choose_file (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL), FORM_ARCHIVE);
}

static void
export_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  choose_file (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL), FORM_JSON);
}

/* Show in Folder */

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GFile) file = user_data;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr(GFile) folder = g_file_get_parent (file);

  /* No file manager that can point at a file: the folder is the next best. */
  if (reply == NULL && folder != NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);
      gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
    }
}

static void
show_in_folder_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  const char *uri = g_variant_get_string (parameter, NULL);
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (widget)));
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  const char *uris[] = { uri, NULL };

  if (bus == NULL)
    return;

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_file_new_for_uri (uri));
}

void
strata_save_as_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.download-profile", "s", download_cb);
  gtk_widget_class_install_action (widget_class, "win.export-profile", "s", export_cb);
  gtk_widget_class_install_action (widget_class, "win.show-in-folder", "s", show_in_folder_cb);
}
