/* strata-download-there.c - the archive that the console makes of a profile comes into a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-download-there"

#include "strata-download-there.h"

#include <glib/gi18n.h>
#include <string.h>

#include "strata-console-profiles.h"
#include "strata-error.h"
#include "strata-format.h"
#include "strata-job.h"

#define MAX_NAMES 100          /* "retail-edge-2.4.0 (100).tgz": then a person has a look at the folder */
#define CHUNK_SIZE (64 * 1024)
#define KILO 1024              /* progress is told in KiB, so that it fits into what it is kept in */

/* A download. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  StrataConsole   *console;
  StrataWork      *work;
  char            *uid;
  char            *shown;   /* its name and version */
  GFile           *folder;
  GFile           *file;    /* (nullable): where it is at the end */
  char            *digest;  /* (nullable): of the file, SHA-256 */
} Download;

static void
download_free (gpointer data)
{
  Download *download = data;

  g_object_unref (download->workspace);
  g_object_unref (download->console);
  g_clear_object (&download->work);
  g_clear_object (&download->folder);
  g_clear_object (&download->file);
  g_free (download->uid);
  g_free (download->shown);
  g_free (download->digest);
  g_free (download);
}

static void
progress_cb (guint64  received,
             guint64  total,
             gpointer data)
{
  strata_work_set_progress (data, (guint) (received / KILO), (guint) (total / KILO));
}

/* What a disk says becomes one sentence that names the folder. */
static void
set_disk_error (Download  *download,
                GError    *why,
                GError   **error)
{
  g_autoptr(GError) owned = why;
  g_autofree char *folder = g_file_get_parse_name (download->folder);

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED) || owned->domain == STRATA_ERROR)
    g_propagate_error (error, g_steal_pointer (&owned));
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_DISK, _("Nothing was written into “%s”: %s"), folder,
                 owned->message);
}

static char *
compute_digest (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GFileInputStream) input = g_file_read (file, cancellable, error);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (CHUNK_SIZE);
  gssize n_read = 0;

  while (input != NULL &&
         (n_read = g_input_stream_read (G_INPUT_STREAM (input), chunk, CHUNK_SIZE, cancellable, error)) > 0)
    g_checksum_update (checksum, chunk, n_read);

  return input != NULL && n_read == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/* @name with a number before its end. */
static char *
number_name (const char *name,
             guint       number)
{
  const char *end = g_str_has_suffix (name, ".tgz") ? name + strlen (name) - strlen (".tgz") : name + strlen (name);

  return number == 0 ? g_strdup (name) : g_strdup_printf ("%.*s (%u)%s", (int) (end - name), name, number + 1, end);
}

/* Gives the file its name; one that is there already is never written over. */
static gboolean
take_name (Download      *download,
           GFile         *part,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *numbered = number_name (name, i);
      g_autoptr(GFile) file = g_file_get_child (download->folder, numbered);
      g_autoptr(GError) why = NULL;

      if (g_file_move (part, file, G_FILE_COPY_NONE, cancellable, NULL, NULL, &why))
        {
          download->file = g_steal_pointer (&file);
          return TRUE;
        }
      if (!g_error_matches (why, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return FALSE;
        }
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_CONFLICT, _("“%s” is there many times already; tidy the folder"), name);

  return FALSE;
}

/* Beside where it will be, under a name of its own: what is whole is named by one rename. */
static gboolean
fetch (Download      *download,
       GFile         *part,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GFileOutputStream) output = g_file_create (part, G_FILE_CREATE_PRIVATE, cancellable, error);
  g_autofree char *name = NULL;

  if (output == NULL ||
      !strata_console_download_profile (download->console, download->uid, G_OUTPUT_STREAM (output), &name, progress_cb,
                                        download->work, cancellable, error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, error))
    return FALSE;

  download->digest = compute_digest (part, cancellable, error);

  return download->digest != NULL && take_name (download, part, name, cancellable, error);
}

static gpointer
download_thread (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Download *download = data;
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".strata-%s.part", unique);
  g_autoptr(GFile) part = g_file_get_child (download->folder, name);
  g_autoptr(GError) why = NULL;

  if (fetch (download, part, strata_work_get_cancellable (download->work), &why))
    return download;

  g_file_delete (part, NULL, NULL);
  set_disk_error (download, g_steal_pointer (&why), error);

  return NULL;
}

static void
downloaded_cb (gpointer   owner,
               StrataJob *job,
               gpointer   data)
{
  StrataWindow *window = owner;
  Download *download = data;
  StrataConnection *connection = strata_workspace_get_connection (download->workspace);
  const GError *error = strata_job_get_error (job);

  strata_window_end_work (window, download->work);
  strata_connection_report (connection, download->console);
  if (strata_connection_is_to_say (connection, download->console, error))
    strata_window_show_error (window, _("Not Downloaded"), error->message);
  if (error != NULL)
    return;

  g_autofree char *basename = g_file_get_basename (download->file);
  g_autofree char *name = g_filename_display_name (basename);
  g_autofree char *digest = strata_format_digest_short (download->digest);
  g_autofree char *message = g_strdup_printf (_("%s saved · SHA-256 %s"), name, digest);
  g_autofree char *title = g_markup_escape_text (message, -1);
  g_autofree char *uri = g_file_get_uri (download->file);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Show in Folder"));
  adw_toast_set_action_name (toast, "win.show-in-folder");
  adw_toast_set_action_target (toast, "s", uri);
  strata_window_add_toast (window, toast);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           StrataWindow    *window)
{
  g_autoptr(GtkNativeDialog) owned = chooser;
  Download *download = g_object_steal_data (G_OBJECT (chooser), "download");

  if (response == GTK_RESPONSE_ACCEPT)
    download->folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (download->folder == NULL)
    {
      download_free (download);
      return;
    }

  g_autofree char *label = g_strdup_printf (_("Downloading %s"), download->shown);

  download->work = strata_work_new (label);
  strata_window_begin_work (window, download->work);
  strata_job_start (window, download_thread, download, download_free, NULL, downloaded_cb);
}

static void
choose_folder (StrataWindow *window,
               Download     *download)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Download System Profile"), GTK_WINDOW (window),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Download Here"), NULL);
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr(GFile) folder = downloads != NULL ? g_file_new_for_path (downloads) : NULL;

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_object_set_data_full (G_OBJECT (chooser), "download", download, download_free);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
download_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConsole *console = strata_workspace_get_console (workspace);
  StrataEntry *entry =
    strata_profile_list_find (strata_workspace_get_profiles (workspace), g_variant_get_string (parameter, NULL));

  if (entry == NULL || *strata_entry_get_uid (entry) == '\0')
    return;
  if (console == NULL)
    {
      strata_window_show_error (window, _("Not Signed In"),
                                _("The console makes this archive. Sign in, or take the one that is built here."));
      return;
    }

  Download *download = g_new0 (Download, 1);

  download->workspace = g_object_ref (workspace);
  download->console = g_object_ref (console);
  download->uid = g_strdup (strata_entry_get_uid (entry));
  download->shown = g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));
  choose_folder (window, download);
}

void
strata_download_there_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.download-there", "s", download_cb);
}
