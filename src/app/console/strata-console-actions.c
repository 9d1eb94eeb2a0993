/* strata-console-actions.c - what can be done about consoles: add, sign in and out, remove, practise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-console-actions"

#include "config.h"

#include "strata-console-actions.h"

#include <glib/gi18n.h>

#include "strata-account-keep.h"
#include "strata-account-text.h"
#include "strata-accounts.h"
#include "strata-console-dialog.h"
#include "strata-job.h"
#include "strata-practice-registries.h"
#include "strata-practice.h"
#include "strata-sync-sheet.h"

#define PRACTICE_KEY "strata-practice"  /* of the window: it ends with it */
#define PRACTISING_KEY "strata-practising"  /* of the window: one is on its way */
#define SETTINGS_KEY "strata-console-settings"  /* of the window */
#define SHEET_KEY "strata-sync-sheet"   /* of a workspace */

static StrataConnection *
get_connection (StrataWindow *window)
{
  return strata_workspace_get_connection (strata_window_get_workspace (window));
}

static void
say (StrataWindow *window,
     const char   *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  strata_window_add_toast (window, adw_toast_new (title));
}

/* Signing in */

/* The account is on the disk; its workspace comes to the front, signed in. */
static void
enter (StrataWindow  *window,
       StrataAccount *account,
       StrataConsole *console)
{
  StrataSpaces *spaces = strata_window_get_spaces (window);
  const char *id = strata_account_get_id (account);
  StrataWorkspace *workspace = strata_spaces_open (spaces, id, NULL);

  strata_account_list_refresh (strata_spaces_get_accounts (spaces));
  if (workspace != NULL)
    strata_connection_set_console (strata_workspace_get_connection (workspace), account, console);
  strata_window_set_workspace (window, id);
}

static void
dialog_done_cb (StrataWindow  *window,
                StrataAccount *account,
                StrataConsole *console,
                const char    *unkept)
{
  enter (window, account, console);
  if (unkept != NULL)
    say (window, unkept);
}

static void
show_dialog (StrataWindow *window,
             GtkWidget    *dialog)
{
  g_signal_connect_object (dialog, "done", G_CALLBACK (dialog_done_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *home = strata_spaces_get_home (strata_window_get_spaces (window));

  show_dialog (window, strata_console_dialog_new (GTK_WINDOW (window), strata_workspace_get_data_dir (home)));
}

static void
sign_in_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = get_connection (window);

  if (connection == NULL)
    return;

  /* Nobody has to know the key of the sandbox. */
  if (g_str_equal (strata_workspace_get_id (workspace), STRATA_PRACTICE_ID))
    gtk_widget_activate_action (widget, "win.practise", NULL);
  else
    show_dialog (window, strata_console_dialog_new_for_account (GTK_WINDOW (window),
                                                                strata_workspace_get_data_dir (workspace),
                                                                strata_connection_get_account (connection)));
}

/* Signing out, and removing */

/* What is let go. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  char            *data_dir;
  char            *id;
  gboolean         for_good;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_object_unref (leaving->workspace);
  g_free (leaving->data_dir);
  g_free (leaving->id);
  g_free (leaving);
}

static gpointer
leave_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Leaving *leaving = data;
  gboolean done = leaving->for_good ? strata_account_remove (leaving->data_dir, leaving->id, cancellable, error)
                                    : strata_account_sign_out (leaving->data_dir, leaving->id, cancellable, error);

  return GINT_TO_POINTER (done);
}

static void
left_cb (gpointer   owner,
         StrataJob *job,
         gpointer   data)
{
  StrataWindow *window = owner;
  Leaving *leaving = data;
  StrataConnection *connection = strata_workspace_get_connection (leaving->workspace);
  g_autofree char *name = strata_account_text_title (strata_connection_get_account (connection));
  g_autofree char *message =
    g_strdup_printf (leaving->for_good ? _("“%s” removed") : _("Signed out of “%s”; its profiles stay here"), name);

  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, leaving->for_good ? _("The Console Was Not Removed") : _("Not Signed Out"),
                                strata_job_get_error (job)->message);
      return;
    }

  strata_account_list_refresh (strata_spaces_get_accounts (strata_window_get_spaces (window)));
  say (window, message);
}

static void
leave (StrataWindow *window,
       gboolean      for_good)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->workspace = g_object_ref (workspace);
  leaving->data_dir = g_strdup (strata_workspace_get_data_dir (workspace));
  leaving->id = g_strdup (strata_workspace_get_id (workspace));
  leaving->for_good = for_good;
  strata_connection_set_console (connection, strata_connection_get_account (connection), NULL);
  strata_job_start (window, leave_thread, leaving, leaving_free, NULL, left_cb);
}

static void
sign_out_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  if (get_connection (STRATA_WINDOW (widget)) != NULL)
    leave (STRATA_WINDOW (widget), FALSE);
}

static void
remove_answered_cb (StrataWindow *window,
                    const char   *response)
{
  if (g_str_equal (response, "remove") && get_connection (window) != NULL)
    leave (window, TRUE);
}

static char *
describe_removal (StrataConnection *connection)
{
  guint n_waiting = strata_connection_get_n_waiting (connection);

  if (n_waiting == 0)
    return g_strdup (_("The console keeps its profiles. What of them is on this computer stays, and is there again when "
                       "this console is added once more."));

  return g_strdup_printf (
    ngettext ("%u profile has changes that the console does not have. They stay on this computer, and are there again "
              "when this console is added once more.",
              "%u profiles have changes that the console does not have. They stay on this computer, and are there again "
              "when this console is added once more.",
              n_waiting),
    n_waiting);
}

/* It is not undone by a click, so it asks. */
static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataConnection *connection = get_connection (window);

  if (connection == NULL || !strata_window_flush_editor (window))
    return;

  g_autofree char *name = strata_account_text_title (strata_connection_get_account (connection));
  g_autofree char *heading = g_strdup_printf (_("Remove “%s”?"), name);
  g_autofree char *body = describe_removal (connection);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_answered_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The sandbox */

/* What is started. (all fields owned) */
typedef struct
{
  char           *data_dir;
  StrataPractice *practice;  /* (nullable): running; NULL to start it */
  StrataAccount  *account;   /* (nullable) */
  StrataConsole  *console;   /* (nullable) */
  gboolean        is_first;  /* it was never started here before */
} Practising;

static void
practising_free (gpointer data)
{
  Practising *practising = data;

  g_free (practising->data_dir);
  g_clear_object (&practising->practice);
  g_clear_object (&practising->account);
  g_clear_object (&practising->console);
  g_free (practising);
}

/* Where it was the last time, so that what else was told its address finds it again. */
static guint
find_port (Practising *practising)
{
  g_autoptr(StrataAccount) account = strata_accounts_find (practising->data_dir, STRATA_PRACTICE_ID, NULL);
  g_autoptr(GUri) uri =
    account != NULL ? g_uri_parse (strata_account_get (account, STRATA_ACCOUNT_ADDRESS), G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL ? (guint) MAX (g_uri_get_port (uri), 0) : 0;
}

/* The sandbox as an account that knows its project; the first there is. */
static StrataAccount *
make_account (Practising     *practising,
              StrataConsole  *console,
              StrataAccount  *plain,
              GCancellable   *cancellable,
              GError        **error)
{
  g_auto(StrataConsoleUser) user = { NULL };
  g_autoptr(GPtrArray) projects = strata_console_who (console, &user, cancellable, error)
    ? strata_console_list_projects (console, cancellable, error)
    : NULL;

  if (projects == NULL)
    return NULL;

  StrataConsoleProject *project = projects->len > 0 ? projects->pdata[0] : NULL;
  g_autoptr(StrataAccount) seen = strata_account_with_project (plain, project, &user);
  g_autoptr(StrataAccount) named = strata_account_with (seen, STRATA_ACCOUNT_NAME, _("Sandbox"));

  practising->console = strata_console_with_project (console, project != NULL ? project->uid : NULL);
  strata_connection_hurry (practising->console);

  return strata_account_with (named, STRATA_ACCOUNT_ID, STRATA_PRACTICE_ID);
}

static gboolean
keep_practice (Practising    *practising,
               GCancellable  *cancellable,
               GError       **error)
{
  const char *key = strata_practice_get_api_key (practising->practice);
  g_autoptr(StrataAccount) plain =
    strata_account_new (strata_practice_get_address (practising->practice), STRATA_ACCOUNT_KEY, error);
  g_autoptr(StrataConsole) console = plain != NULL ? strata_account_open (plain, key, cancellable, error) : NULL;
  g_autoptr(StrataAccount) account =
    console != NULL ? make_account (practising, console, plain, cancellable, error) : NULL;

  if (account == NULL)
    return FALSE;

  /* The program tells its key anew each time: nothing of it is kept. */
  g_autofree char *id = strata_account_add (practising->data_dir, account, NULL, NULL, cancellable, error);
  practising->account = id != NULL ? strata_accounts_find (practising->data_dir, id, error) : NULL;

  return practising->account != NULL;
}

static gpointer
practise_thread (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Practising *practising = data;
  g_autofree char *folder = g_build_filename (practising->data_dir, STRATA_PRACTICE_ID, NULL);

  g_autoptr(StrataAccount) before = strata_accounts_find (practising->data_dir, STRATA_PRACTICE_ID, NULL);

  practising->is_first = before == NULL;
  if (practising->practice == NULL)
    practising->practice = strata_practice_start (folder, find_port (practising), cancellable, error);

  return GINT_TO_POINTER (practising->practice != NULL && keep_practice (practising, cancellable, error));
}

static void
practised_cb (gpointer   owner,
              StrataJob *job,
              gpointer   data)
{
  StrataWindow *window = owner;
  Practising *practising = data;

  g_object_set_data (G_OBJECT (window), PRACTISING_KEY, NULL);
  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, _("The Sandbox Was Not Started"), strata_job_get_error (job)->message);
      return;
    }

  g_object_set_data_full (G_OBJECT (window), PRACTICE_KEY, g_object_ref (practising->practice), g_object_unref);
  strata_practice_registries_offer (strata_spaces_get_home (strata_window_get_spaces (window)), practising->practice,
                                    practising->is_first);
  enter (window, practising->account, practising->console);
}

static void
practise_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataPractice *practice = g_object_get_data (G_OBJECT (window), PRACTICE_KEY);
  StrataWorkspace *home = strata_spaces_get_home (strata_window_get_spaces (window));

  /* A second click is as good as the first. */
  if (g_object_get_data (G_OBJECT (window), PRACTISING_KEY) != NULL)
    return;

  Practising *practising = g_new0 (Practising, 1);

  g_object_set_data (G_OBJECT (window), PRACTISING_KEY, practising);
  practising->data_dir = g_strdup (strata_workspace_get_data_dir (home));
  if (practice != NULL && strata_practice_is_running (practice))
    practising->practice = g_object_ref (practice);
  strata_job_start (window, practise_thread, practising, practising_free, NULL, practised_cb);
}

/* The sheet */

/* What was removed, here or elsewhere, has nothing to send any more. */
static void
closed_cb (GtkWidget    *sheet,
           const char   *id,
           StrataSpaces *spaces)
{
  StrataWorkspace *workspace = strata_spaces_peek (spaces, id);

  if (workspace != NULL && g_object_get_data (G_OBJECT (workspace), SHEET_KEY) == sheet)
    gtk_window_destroy (GTK_WINDOW (sheet));
}

static void
forget_sheet_cb (StrataWorkspace *workspace)
{
  g_object_set_data (G_OBJECT (workspace), SHEET_KEY, NULL);
}

static void
sync_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  GtkWidget *sheet = g_object_get_data (G_OBJECT (workspace), SHEET_KEY);

  if (strata_workspace_get_connection (workspace) == NULL || !strata_window_flush_editor (window))
    return;

  if (sheet == NULL)
    {
      sheet = strata_sync_sheet_new (window, workspace);
      g_object_set_data (G_OBJECT (workspace), SHEET_KEY, sheet);
      g_signal_connect_object (strata_window_get_spaces (window), "closed", G_CALLBACK (closed_cb), sheet,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (sheet, "destroy", G_CALLBACK (forget_sheet_cb), workspace, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (sheet));
}

static gboolean
needs_practice (StrataWindow    *window,
                StrataWorkspace *workspace)
{
  StrataPractice *practice = g_object_get_data (G_OBJECT (window), PRACTICE_KEY);

  return g_str_equal (strata_workspace_get_id (workspace), STRATA_PRACTICE_ID) &&
         (practice == NULL || !strata_practice_is_running (practice) ||
          strata_workspace_get_console (workspace) == NULL);
}

static void
refresh_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataConnection *connection = get_connection (window);

  if (needs_practice (window, strata_window_get_workspace (window)))
    gtk_widget_activate_action (widget, "win.practise", NULL);
  else if (connection != NULL)
    strata_connection_refresh (connection);
  gtk_widget_activate_action (strata_window_get_page (window), "page.reload", NULL);
}

/* A console that comes to the front is asked; the sandbox has to be there for that. */
static void
workspace_cb (StrataWindow *window)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  static const char *const actions[] = { "win.sync", "win.refresh", "win.sign-in", "win.sign-out",
                                         "win.remove-console" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (window), actions[i], connection != NULL);

  if (connection == NULL)
    return;

  if (needs_practice (window, workspace))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.practise", NULL);
  else
    strata_connection_refresh (connection);
}

void
strata_console_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-console", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_cb);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_cb);
  gtk_widget_class_install_action (widget_class, "win.remove-console", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "win.practise", NULL, practise_cb);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_cb);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_cb);
}

/* To leave the network alone is to be offline, and to use it again is a reason to ask. */
static void
work_offline_cb (StrataWindow *window)
{
  StrataConnection *connection = get_connection (window);

  if (connection != NULL)
    strata_connection_refresh (connection);
}

void
strata_console_actions_init (StrataWindow *window)
{
  GSettings *settings = g_settings_new (APPLICATION_ID);

  g_object_set_data_full (G_OBJECT (window), SETTINGS_KEY, settings, g_object_unref);
  g_signal_connect_object (settings, "changed::work-offline", G_CALLBACK (work_offline_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect (window, "notify::workspace", G_CALLBACK (workspace_cb), NULL);
}
