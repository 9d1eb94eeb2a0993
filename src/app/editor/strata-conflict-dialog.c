/* strata-conflict-dialog.c - asks what becomes of a profile that the disk has otherwise
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-conflict-dialog"

#include "strata-conflict-dialog.h"

#include <glib/gi18n.h>

#include "strata-job.h"

/* What somebody else did. */
typedef enum
{
  CAUSE_SAVED,
  CAUSE_TRASHED,
  CAUSE_DELETED,
} Cause;

typedef struct
{
  StrataStore   *store;    /* (owned) */
  char          *id;       /* (owned): of the profile that is open */
  StrataProfile *profile;  /* (owned): what a copy has */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->store);
  g_clear_object (&order->profile);
  g_clear_pointer (&order->id, g_free);
  g_free (order);
}

static Order *
order_new (StrataEditorView *view)
{
  StrataProfile *profile = strata_editing_get_profile (strata_editor_view_get_editing (view));
  g_autofree char *name = g_strconcat (strata_profile_get_name (profile), "-copy", NULL);
  g_autoptr(StrataProfile) nameless = strata_profile_with (profile, STRATA_PROFILE_ID, "");
  g_autoptr(StrataProfile) foreign = strata_profile_with (nameless, STRATA_PROFILE_UID, "");
  Order *order = g_new0 (Order, 1);

  order->store = g_object_ref (strata_workspace_get_store (strata_editor_view_get_workspace (view)));
  order->id = g_strdup (strata_editor_view_get_id (view));
  order->profile = strata_profile_with (foreign, STRATA_PROFILE_NAME, name);

  return order;
}

static Cause
find_cause (StrataEditorView *view)
{
  StrataWorkspace *workspace = strata_editor_view_get_workspace (view);
  const char *id = strata_editor_view_get_id (view);

  if (strata_profile_list_find (strata_workspace_get_profiles (workspace), id) != NULL)
    return CAUSE_SAVED;

  return strata_profile_list_find (strata_workspace_get_trash (workspace), id) != NULL ? CAUSE_TRASHED
                                                                                      : CAUSE_DELETED;
}

static void
notify (StrataEditorView *view,
        const GError     *error)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "editor.notify", "s", error->message);
}

/* A copy */

static gpointer
copy_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Order *order = data;

  return strata_store_save (order->store, order->profile, STRATA_REASON_SAVE, cancellable, error);
}

/* All that is here is in the copy now, so the tab of what is gone can go too. */
static void
leave (StrataEditorView *view)
{
  StrataEditing *editing = strata_editor_view_get_editing (view);
  StrataSaver *saver = strata_editing_get_saver (editing);
  g_autofree char *head = strata_saver_dup_head (saver);

  strata_saver_adopt (saver, strata_editing_get_profile (editing), head,
                      strata_saver_get_saved_at (saver));
  gtk_widget_activate_action (GTK_WIDGET (view), "editor.close-profile", "s",
                              strata_editor_view_get_id (view));
}

static void
copy_done (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (owner);

  if (strata_job_get_error (job) != NULL)
    {
      notify (view, strata_job_get_error (job));
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (view), "win.open-profile", "s",
                              strata_profile_get_id (strata_job_get_result (job)));

  if (find_cause (view) == CAUSE_SAVED)
    strata_editor_view_reload (view);
  else
    leave (view);
}

/* Out of the trash */

static gpointer
restore_thread (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Order *order = data;

  return strata_store_restore (order->store, order->id, error) ? order : NULL;
}

static void
restore_done (gpointer   owner,
              StrataJob *job,
              gpointer   data)
{
  StrataEditorView *view = STRATA_EDITOR_VIEW (owner);
  StrataWorkspace *workspace = strata_editor_view_get_workspace (view);

  strata_profile_list_refresh (strata_workspace_get_profiles (workspace));
  strata_profile_list_refresh (strata_workspace_get_trash (workspace));

  if (strata_job_get_error (job) != NULL)
    notify (view, strata_job_get_error (job));
  else
    strata_saver_resume (strata_editing_get_saver (strata_editor_view_get_editing (view)));
}

/* The question */

static void
response_cb (StrataEditorView *view,
             const char       *response)
{
  if (g_str_equal (response, "theirs"))
    strata_editor_view_reload (view);
  else if (g_str_equal (response, "copy"))
    strata_conflict_dialog_keep_both (view);
  else if (g_str_equal (response, "restore"))
    strata_job_start (view, restore_thread, order_new (view), order_free, NULL, restore_done);
}

static void
say_saved (AdwMessageDialog *dialog,
           const char       *name)
{
  adw_message_dialog_format_heading (dialog, _("“%s” Was Saved Elsewhere"), name);
  adw_message_dialog_set_body (
    dialog, _("Nothing was overwritten. Keep both to save what is here as a profile "
              "of its own; take theirs to see what was saved: undo brings back what is here."));
  adw_message_dialog_add_responses (dialog, "theirs", _("_Take Theirs"), "copy", _("_Keep Both"), NULL);
  adw_message_dialog_set_default_response (dialog, "copy");
}

static void
say_trashed (AdwMessageDialog *dialog,
             const char       *name)
{
  adw_message_dialog_format_heading (dialog, _("“%s” Is in the Trash"), name);
  adw_message_dialog_set_body (
    dialog, _("It was moved there by another window or program. Restore it to save what you changed, "
              "or save what is here as a copy."));
  adw_message_dialog_add_responses (dialog, "copy", _("Save as _Copy"), "restore", _("_Restore"), NULL);
  adw_message_dialog_set_default_response (dialog, "restore");
}

static void
say_deleted (AdwMessageDialog *dialog,
             const char       *name)
{
  adw_message_dialog_format_heading (dialog, _("“%s” Was Deleted"), name);
  adw_message_dialog_set_body (dialog, _("Another window or program deleted it for good. "
                                         "Save what is here as a copy to keep it."));
  adw_message_dialog_add_responses (dialog, "copy", _("Save as _Copy"), NULL);
  adw_message_dialog_set_default_response (dialog, "copy");
}

/* Asks what becomes of what is in @view, which could not be saved because the disk has something else. */
void
strata_conflict_dialog_ask (StrataEditorView *view)
{
  static void (*const say[]) (AdwMessageDialog *dialog, const char *name) = {
    [CAUSE_SAVED] = say_saved,
    [CAUSE_TRASHED] = say_trashed,
    [CAUSE_DELETED] = say_deleted,
  };

  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));

  StrataProfile *profile = strata_editing_get_profile (strata_editor_view_get_editing (view));
  GtkWidget *widget = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view))), NULL, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "later", _("_Later"), NULL);
  say[find_cause (view)](dialog, strata_profile_get_name (profile));
  adw_message_dialog_set_response_appearance (
    dialog, adw_message_dialog_get_default_response (dialog), ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), view, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is here is saved as a profile of its own and opened, and what the disk has is shown here. */
void
strata_conflict_dialog_keep_both (StrataEditorView *view)
{
  g_return_if_fail (STRATA_IS_EDITOR_VIEW (view));

  strata_job_start (view, copy_thread, order_new (view), order_free, g_object_unref, copy_done);
}

/* Whether the disk still has the profile of @view, so that there is something to merge it with. */
gboolean
strata_conflict_dialog_can_merge (StrataEditorView *view)
{
  g_return_val_if_fail (STRATA_IS_EDITOR_VIEW (view), FALSE);

  return find_cause (view) == CAUSE_SAVED;
}
