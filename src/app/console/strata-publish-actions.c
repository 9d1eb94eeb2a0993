/* strata-publish-actions.c - a profile goes to its console: sent, published, or as a version of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-publish-actions"

#include "strata-publish-actions.h"

#include <glib/gi18n.h>

#include "strata-console-profiles.h"
#include "strata-copy-dialog.h"
#include "strata-error.h"
#include "strata-fleet.h"
#include "strata-job.h"

/* A profile on its way. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  StrataSync      *sync;
  StrataConsole   *console;
  StrataFleet     *fleet;    /* (nullable): the appliances, as they were last asked for */
  StrataWork      *work;
  char            *id;
  char            *uid;      /* (nullable): at the console; NULL while it is only here */
  char            *shown;    /* its name and version */
  char            *version;  /* (nullable): of the new version, where one is made */
  char            *remark;   /* (nullable): what could not be sent, though all else was */
  StrataSyncStep  *left;     /* (nullable): what is to be done now, where the console did not take it */
  StrataSyncPush   flags;
  guint            in_use;   /* how many run what the console has of it */
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->workspace);
  g_object_unref (sending->sync);
  g_clear_object (&sending->console);
  g_clear_object (&sending->fleet);
  g_clear_object (&sending->work);
  g_free (sending->id);
  g_free (sending->uid);
  g_free (sending->shown);
  g_free (sending->version);
  g_free (sending->remark);
  g_clear_pointer (&sending->left, strata_sync_step_free);
  g_free (sending);
}

static Sending *
sending_new (StrataWindow *window,
             StrataEntry  *entry)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  StrataConsole *console = strata_connection_get_console (connection);
  const char *uid = strata_entry_get_uid (entry);
  Sending *sending = g_new0 (Sending, 1);

  sending->workspace = g_object_ref (workspace);
  sending->sync = g_object_ref (strata_connection_get_sync (connection));
  sending->console = console != NULL ? g_object_ref (console) : NULL;
  sending->id = g_strdup (strata_entry_get_id (entry));
  sending->uid = uid != NULL && *uid != '\0' ? g_strdup (uid) : NULL;
  sending->shown = g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));

  return sending;
}

static Sending *
sending_copy (Sending *sending)
{
  Sending *copy = g_memdup2 (sending, sizeof (Sending));

  g_object_ref (copy->workspace);
  g_object_ref (copy->sync);
  if (copy->console != NULL)
    g_object_ref (copy->console);
  copy->fleet = NULL;
  copy->work = NULL;
  copy->left = NULL;
  copy->id = g_strdup (sending->id);
  copy->uid = g_strdup (sending->uid);
  copy->shown = g_strdup (sending->shown);
  copy->version = g_strdup (sending->version);
  copy->remark = NULL;

  return copy;
}

/* @label (transfer full): what is done */
static void
begin_work (StrataWindow *window,
            Sending      *sending,
            char         *label)
{
  g_autofree char *owned = label;

  sending->work = strata_work_new (owned);
  strata_window_begin_work (window, sending->work);
}

/* What came of a call is told to the connection, and to the person where it failed. Returns whether it went well. */
static gboolean
end_work (StrataWindow *window,
          Sending      *sending,
          const GError *error,
          const char   *heading)
{
  StrataConnection *connection = strata_workspace_get_connection (sending->workspace);

  strata_window_end_work (window, sending->work);
  strata_connection_report (connection, sending->console);
  strata_profile_list_refresh (strata_workspace_get_profiles (sending->workspace));

  if (strata_connection_is_to_say (connection, sending->console, error))
    strata_window_show_error (window, heading, error->message);

  return error == NULL;
}

static void
say_sent (StrataWindow *window,
          Sending      *sending)
{
  g_autofree char *message =
    g_strdup_printf (sending->flags == STRATA_SYNC_PUSH_PUBLISH ? _("“%s” published") : _("“%s” sent"), sending->shown);
  g_autofree char *title = g_markup_escape_text (message, -1);

  strata_window_add_toast (window, adw_toast_new (title));

  if (sending->remark != NULL)
    strata_window_show_error (window, _("Not All Was Sent"), sending->remark);
}

/* Sending */

static gpointer
push_or_publish (Sending  *sending,
                 GError  **error)
{
  g_autoptr(StrataSyncStep) step =
    strata_sync_plan_one (sending->sync, sending->id, strata_work_get_cancellable (sending->work), error);

  if (step != NULL && step->action == STRATA_SYNC_PUBLISH && sending->flags == STRATA_SYNC_PUSH_PUBLISH)
    return GINT_TO_POINTER (strata_sync_publish (sending->sync, sending->console, sending->id,
                                                 strata_work_get_cancellable (sending->work), error));
  if (*error != NULL)
    return NULL;

  g_autoptr(StrataProfile) sent =
    strata_sync_push (sending->sync, sending->console, sending->id, sending->flags, &sending->remark,
                      strata_work_get_cancellable (sending->work), error);

  return GINT_TO_POINTER (sent != NULL);
}

static gpointer
send_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;
  gpointer sent = push_or_publish (sending, error);

  if (g_error_matches (*error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
    sending->left = strata_sync_plan_one (sending->sync, sending->id, NULL, NULL);

  return sent;
}

/* Whether there is something to be decided between both sides, and not only a refusal. */
static gboolean
is_to_decide (Sending *sending)
{
  return sending->left != NULL &&
         (sending->left->action == STRATA_SYNC_CONFLICT || sending->left->action == STRATA_SYNC_TAKEN);
}

static void
refused_answered_cb (StrataWindow *window,
                     const char   *response)
{
  if (g_str_equal (response, "sync"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
}

/* Why the console did not take it; the sheet then shows what can be done about it. */
static void
show_refused (StrataWindow *window,
              const char   *heading,
              const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, error->message);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "sync",
                                    _("_Sync with the Console…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (refused_answered_cb), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sent_cb (gpointer   owner,
         StrataJob *job,
         gpointer   data)
{
  StrataWindow *window = owner;
  Sending *sending = data;
  const GError *error = strata_job_get_error (job);
  gboolean is_conflict = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT);
  const char *heading = sending->flags == STRATA_SYNC_PUSH_PUBLISH ? _("Not Published") : _("Not Sent");

  if (!is_conflict && end_work (window, sending, error, heading))
    say_sent (window, sending);
  if (!is_conflict)
    return;

  end_work (window, sending, NULL, NULL);

  /* Both sides are kept; that is the moment to look at them. */
  if (is_to_decide (sending) && strata_window_get_workspace (window) == sending->workspace)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.decide-profile", "s", sending->id);
  else
    show_refused (window, heading, error);
}

static void
start_send (StrataWindow *window,
            Sending      *sending)
{
  begin_work (window, sending,
              g_strdup_printf (sending->flags == STRATA_SYNC_PUSH_PUBLISH ? _("Publishing %s") : _("Sending %s"),
                               sending->shown));
  strata_job_start (window, send_thread, sending, sending_free, NULL, sent_cb);
}

/* Asking first */

static void
ask_answered_cb (AdwMessageDialog *dialog,
                 const char       *response,
                 StrataWindow     *window)
{
  Sending *sending = g_object_steal_data (G_OBJECT (dialog), "sending");

  if (g_str_equal (response, "publish"))
    {
      start_send (window, sending);
      return;
    }

  if (g_str_equal (response, "version"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.save-version", "s", sending->id);
  sending_free (sending);
}

static void
ask (StrataWindow *window,
     Sending      *sending)
{
  g_autofree char *heading = g_strdup_printf (_("Publish “%s”?"), sending->shown);
  g_autofree char *body = sending->in_use > 0
    ? g_strdup_printf (ngettext ("%'u appliance runs this version and gets the changes as soon as it hears of them.",
                                 "%'u appliances run this version and get the changes as soon as they hear of them.",
                                 sending->in_use),
                       sending->in_use)
    : g_strdup (_("No appliance runs this version yet. Those that are given it get what is published."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "version",
                                    _("Save as _New Version…"), "publish", _("_Publish"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "publish", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), sending->in_use > 0 ? "cancel" : "publish");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "sending", sending, sending_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (ask_answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static guint
count_linked (StrataFleet *fleet,
              const char  *uid)
{
  GPtrArray *appliances = strata_fleet_get_appliances (fleet);
  guint n_linked = 0;

  for (guint i = 0; i < appliances->len; i++)
    n_linked += g_str_equal (strata_appliance_get_facts (appliances->pdata[i])->profile_uid, uid);

  return n_linked;
}

/* How many run it, as the console says now: the clusters that it counts itself, and the appliances that are linked. */
static gpointer
look_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;
  GCancellable *wanted = strata_work_get_cancellable (sending->work);

  if (sending->uid == NULL)
    return sending;

  g_autoptr(StrataConsoleProfile) there =
    strata_console_get_profile (sending->console, sending->uid, wanted, error);
  g_autoptr(StrataFleet) known = sending->fleet != NULL ? g_object_ref (sending->fleet) : strata_fleet_new ();
  g_autoptr(StrataFleet) fleet = there != NULL
    ? strata_fleet_refresh (known, sending->console, FALSE, NULL, NULL, wanted, error)
    : NULL;

  if (fleet == NULL)
    return NULL;
  sending->in_use = MAX (there->in_use, count_linked (fleet, sending->uid));

  return sending;
}

static void
looked_cb (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = owner;

  if (!end_work (window, data, strata_job_get_error (job), _("Not Published")))
    return;

  Sending *sending = sending_copy (data);

  sending->flags = STRATA_SYNC_PUSH_PUBLISH;
  if (sending->in_use > 0)
    ask (window, sending);
  else
    start_send (window, sending);
}

/* Actions */

static StrataEntry *
find_entry (StrataWindow *window,
            GVariant     *parameter)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);

  return strata_workspace_get_connection (workspace) != NULL
    ? strata_profile_list_find (strata_workspace_get_profiles (workspace), g_variant_get_string (parameter, NULL))
    : NULL;
}

/* Without a console nothing is tried: what is missing is said. */
static gboolean
has_console (StrataWindow *window)
{
  if (strata_workspace_get_console (strata_window_get_workspace (window)) != NULL)
    return TRUE;

  strata_window_show_error (window, _("Not Signed In"),
                            _("What was changed is safe on this computer. Sign in, and it can be sent."));

  return FALSE;
}

static void
publish_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataEntry *entry = find_entry (window, parameter);

  if (entry == NULL || !strata_window_flush_editor (window) || !has_console (window))
    return;

  Sending *sending = sending_new (window, entry);

  g_set_object (&sending->fleet, strata_fleet_watch_get_fleet (strata_workspace_get_watch (sending->workspace)));
  begin_work (window, sending, g_strdup_printf (_("Asking who runs %s"), sending->shown));
  strata_job_start (window, look_thread, sending, sending_free, NULL, looked_cb);
}

static void
send_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataEntry *entry = find_entry (window, parameter);

  if (entry != NULL && strata_window_flush_editor (window) && has_console (window))
    start_send (window, sending_new (window, entry));
}

/* A version of its own */

static gpointer
version_thread (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Sending *sending = data;

  return strata_sync_save_version (sending->sync, sending->id, sending->version,
                                   strata_work_get_cancellable (sending->work), error);
}

static void
version_cb (gpointer   owner,
            StrataJob *job,
            gpointer   data)
{
  StrataWindow *window = owner;
  Sending *sending = data;

  strata_window_end_work (window, sending->work);
  strata_profile_list_refresh (strata_workspace_get_profiles (sending->workspace));
  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, _("The New Version Was Not Made"), strata_job_get_error (job)->message);
      return;
    }

  if (strata_window_get_workspace (window) == sending->workspace)
    strata_window_open_profile (window, strata_profile_get_id (strata_job_get_result (job)));
}

static void
version_answered_cb (StrataCopyDialog *dialog,
                     const char       *response,
                     StrataWindow     *window)
{
  if (!g_str_equal (response, "create"))
    return;

  Sending *sending = sending_new (window, strata_copy_dialog_get_entry (dialog));

  sending->version = g_strdup (strata_copy_dialog_get_version (dialog));
  begin_work (window, sending, g_strdup_printf (_("Making a version of %s"), sending->shown));
  strata_job_start (window, version_thread, sending, sending_free, g_object_unref, version_cb);
}

/* What was changed here and not sent goes along: that is said before. */
static void
say_what_moves (AdwMessageDialog *dialog,
                StrataEntry      *entry)
{
  StrataState state = strata_entry_get_state (entry);

  if (!strata_entry_get_is_changed (entry) || (state != STRATA_STATE_UNPUBLISHED && state != STRATA_STATE_CONFLICT))
    return;

  g_autofree char *body = g_strdup_printf (
    _("What was changed here becomes the new version. “%s %s” is then what the console has; its history keeps the change."),
       strata_entry_get_name (entry), strata_entry_get_version (entry));

  adw_message_dialog_set_body (dialog, body);
}

static void
save_version_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataEntry *entry = find_entry (window, parameter);

  if (entry == NULL || !strata_window_flush_editor (window))
    return;

  StrataCopyDialog *dialog =
    strata_copy_dialog_new (GTK_WINDOW (window), strata_window_get_workspace (window), entry, FALSE);

  say_what_moves (ADW_MESSAGE_DIALOG (dialog), entry);
  g_signal_connect_object (dialog, "response", G_CALLBACK (version_answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
strata_publish_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.publish-profile", "s", publish_cb);
  gtk_widget_class_install_action (widget_class, "win.send-profile", "s", send_cb);
  gtk_widget_class_install_action (widget_class, "win.save-version", "s", save_version_cb);
}
