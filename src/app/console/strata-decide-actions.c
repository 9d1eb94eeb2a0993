/* strata-decide-actions.c - what only a person can decide between this computer and a console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-decide-actions"

#include "strata-decide-actions.h"

#include <glib/gi18n.h>

#include "strata-account-text.h"
#include "strata-job.h"
#include "strata-merge-window.h"

/* A profile, and what is known of it. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  StrataSync      *sync;
  StrataStore     *store;
  StrataConsole   *console; /* (nullable): while nobody is signed in */
  char            *id;
  char            *shown;   /* its name and version */
  StrataSyncStep  *step;    /* (nullable) */
  StrataMerge     *merge;   /* (nullable) */
  StrataProfile   *theirs;  /* (nullable): what the console had when it was made */
  StrataProfile   *merged;  /* (nullable): what a person made of it */
} Decision;

static void
decision_clear (gpointer data)
{
  Decision *decision = data;

  g_clear_object (&decision->workspace);
  g_clear_object (&decision->sync);
  g_clear_object (&decision->store);
  g_clear_object (&decision->console);
  g_clear_pointer (&decision->id, g_free);
  g_clear_pointer (&decision->shown, g_free);
  g_clear_pointer (&decision->step, strata_sync_step_free);
  g_clear_object (&decision->merge);
  g_clear_object (&decision->theirs);
  g_clear_object (&decision->merged);
}

static void
decision_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, decision_clear);
}

static void
closure_unref (gpointer  data,
               GClosure *closure)
{
  decision_unref (data);
}

/* The three sides; without a base, all that differs is a conflict. */
static gboolean
load_sides (Decision      *decision,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(StrataProfile) theirs = strata_sync_get_theirs (decision->sync, decision->id, cancellable, error);
  g_autoptr(StrataProfile) mine =
    theirs != NULL ? strata_store_load (decision->store, decision->id, cancellable, error) : NULL;

  if (mine == NULL)
    return FALSE;

  g_autoptr(StrataProfile) base = strata_sync_get_base (decision->sync, decision->id, cancellable, NULL);

  decision->merge = strata_merge_new (base, mine, theirs);
  decision->theirs = g_steal_pointer (&theirs);

  return TRUE;
}

static gpointer
look_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Decision *decision = data;

  decision->step = strata_sync_plan_one (decision->sync, decision->id, cancellable, error);
  if (decision->step == NULL ||
      (decision->step->action == STRATA_SYNC_CONFLICT && !load_sides (decision, cancellable, error)))
    return NULL;

  return decision;
}

/* A conflict */

static gpointer
resolve_thread (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Decision *decision = data;

  return strata_sync_resolve (decision->sync, decision->id, decision->merged, decision->theirs, cancellable, error);
}

static void
resolved_cb (gpointer   owner,
             StrataJob *job,
             gpointer   data)
{
  StrataWindow *window = owner;
  Decision *decision = data;

  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, _("Not Merged"), strata_job_get_error (job)->message);
      return;
    }

  g_autofree char *message = g_strdup_printf (_("“%s” merged; it waits to be sent"), decision->shown);
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  strata_profile_list_refresh (strata_workspace_get_profiles (decision->workspace));
  if (strata_window_get_workspace (window) == decision->workspace)
    {
      adw_toast_set_button_label (toast, _("_Publish…"));
      adw_toast_set_action_name (toast, "win.publish-profile");
      adw_toast_set_action_target (toast, "s", decision->id);
    }
  strata_window_add_toast (window, toast);
}

static void
merge_response_cb (StrataMergeWindow *merge_window,
                   const char        *response,
                   gpointer           data)
{
  Decision *decision = data;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (merge_window));

  if (!g_str_equal (response, "merge"))
    return;

  g_set_object (&decision->merged, strata_merge_get_profile (strata_merge_window_get_merge (merge_window)));
  strata_job_start (window, resolve_thread, g_atomic_rc_box_acquire (decision), decision_unref, g_object_unref,
                    resolved_cb);
}

static void
show_conflict (StrataWindow *window,
               Decision     *decision)
{
  StrataConnection *connection = strata_workspace_get_connection (decision->workspace);
  g_autofree char *console = strata_account_text_title (strata_connection_get_account (connection));
  GtkWidget *merge_window = strata_merge_window_new (GTK_WINDOW (window), decision->merge);

  strata_merge_window_describe (STRATA_MERGE_WINDOW (merge_window), STRATA_SIDE_MINE, _("This computer"));
  strata_merge_window_describe (STRATA_MERGE_WINDOW (merge_window), STRATA_SIDE_BASE, _("Last in common"));
  strata_merge_window_describe (STRATA_MERGE_WINDOW (merge_window), STRATA_SIDE_THEIRS, console);
  strata_merge_window_set_can_keep_both (STRATA_MERGE_WINDOW (merge_window), FALSE);
  g_signal_connect_data (merge_window, "response", G_CALLBACK (merge_response_cb), g_atomic_rc_box_acquire (decision),
                         closure_unref, 0);
  gtk_window_present (GTK_WINDOW (merge_window));
}

/* The name is taken at the console */

static gpointer
adopt_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Decision *decision = data;

  return strata_sync_adopt (decision->sync, decision->console, decision->id, cancellable, error);
}

/* What differs is a conflict from now on, and that is looked at at once. */
static void
adopted_cb (gpointer   owner,
            StrataJob *job,
            gpointer   data)
{
  StrataWindow *window = owner;
  Decision *decision = data;
  StrataConnection *connection = strata_workspace_get_connection (decision->workspace);
  const GError *error = strata_job_get_error (job);

  strata_connection_report (connection, decision->console);
  strata_profile_list_refresh (strata_workspace_get_profiles (decision->workspace));
  if (strata_connection_is_to_say (connection, decision->console, error))
    strata_window_show_error (window, _("Not Taken Over"), error->message);
  else if (error == NULL && strata_window_get_workspace (window) == decision->workspace)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.decide-profile", "s", decision->id);
}

static void
taken_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   StrataWindow     *window)
{
  Decision *decision = g_object_get_data (G_OBJECT (dialog), "decision");

  if (g_str_equal (response, "version") && strata_window_get_workspace (window) == decision->workspace)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.save-version", "s", decision->id);
  else if (g_str_equal (response, "take"))
    strata_job_start (window, adopt_thread, g_atomic_rc_box_acquire (decision), decision_unref, g_object_unref,
                      adopted_cb);
}

static void
show_taken (StrataWindow *window,
            Decision     *decision)
{
  g_autofree char *heading = g_strdup_printf (_("The Console Has Another “%s”"), decision->shown);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading,
                                              _("Nothing was sent. Take it over, and both are one profile: where they "
                                                "differ, you choose. Or save yours as another version."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "take", _("_Take It Over"),
                                    "version", _("Save as _New Version…"), NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "take", decision->console != NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "decision", g_atomic_rc_box_acquire (decision), decision_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (taken_response_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Deleted at the console */

static void
gone_response_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  StrataWindow     *window)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "id");

  if (g_str_equal (response, "trash"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.trash-profile", "s", id);
  else if (g_str_equal (response, "send"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.send-profile", "s", id);
}

static void
show_gone (StrataWindow *window,
           Decision     *decision)
{
  g_autofree char *heading = g_strdup_printf (_("“%s” Was Deleted at the Console"), decision->shown);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading,
                                              _("It is only on this computer now. It can be sent again as a new "
                                                "profile, go to the trash, or stay here."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep Here"), "trash",
                                    _("Move to _Trash"), "send", _("_Send Again"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_strdup (decision->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (gone_response_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
looked_cb (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = owner;
  Decision *decision = data;

  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, _("This Cannot Be Decided Now"), strata_job_get_error (job)->message);
      return;
    }
  if (decision->step == NULL)
    return;

  switch (decision->step->action)
    {
    case STRATA_SYNC_CONFLICT:
      show_conflict (window, decision);
      break;
    case STRATA_SYNC_TAKEN:
      show_taken (window, decision);
      break;
    case STRATA_SYNC_GONE:
      show_gone (window, decision);
      break;
    case STRATA_SYNC_PULL:
    case STRATA_SYNC_PUSH:
    case STRATA_SYNC_CREATE:
    case STRATA_SYNC_PUBLISH:
    case STRATA_SYNC_MERGE:
    default:
      gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
    }
}

static void
decide_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry =
    strata_profile_list_find (strata_workspace_get_profiles (workspace), g_variant_get_string (parameter, NULL));

  if (entry == NULL || strata_workspace_get_connection (workspace) == NULL || !strata_window_flush_editor (window))
    return;

  Decision *decision = g_atomic_rc_box_new0 (Decision);
  StrataConsole *console = strata_workspace_get_console (workspace);

  decision->workspace = g_object_ref (workspace);
  decision->sync = g_object_ref (strata_connection_get_sync (strata_workspace_get_connection (workspace)));
  decision->store = g_object_ref (strata_workspace_get_store (workspace));
  decision->console = console != NULL ? g_object_ref (console) : NULL;
  decision->id = g_strdup (strata_entry_get_id (entry));
  decision->shown = g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));
  strata_job_start (window, look_thread, decision, decision_unref, NULL, looked_cb);
}

void
strata_decide_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.decide-profile", "s", decide_cb);
}
