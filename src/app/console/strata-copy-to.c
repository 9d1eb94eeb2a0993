/* strata-copy-to.c - a profile of one workspace is copied to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-copy-to"

#include "strata-copy-to.h"

#include <glib/gi18n.h>

#include "strata-account-text.h"
#include "strata-job.h"

/* A copy on its way. (all fields owned) */
typedef struct
{
  StrataWorkspace *from;
  StrataStore     *to;     /* (nullable): of a workspace that is open; NULL to open it */
  char            *target; /* the id of that workspace */
  char            *title;  /* what it is called */
  char            *id;
  char            *shown;  /* its name and version */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->from);
  g_clear_object (&copy->to);
  g_free (copy->target);
  g_free (copy->title);
  g_free (copy->id);
  g_free (copy->shown);
  g_free (copy);
}

static gpointer
copy_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Copy *copy = data;

  if (copy->to == NULL)
    copy->to = strata_store_open_workspace (strata_workspace_get_data_dir (copy->from), copy->target, error);

  return copy->to != NULL
    ? strata_sync_copy (strata_workspace_get_store (copy->from), copy->id, copy->to, cancellable, error)
    : NULL;
}

static void
copied_cb (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = owner;
  Copy *copy = data;

  if (strata_job_get_error (job) != NULL)
    {
      strata_window_show_error (window, _("Not Copied"), strata_job_get_error (job)->message);
      return;
    }

  StrataWorkspace *to = strata_spaces_peek (strata_window_get_spaces (window), copy->target);
  g_autofree char *message = g_strdup_printf (_("“%s” copied to “%s”"), copy->shown, copy->title);
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  if (to != NULL)
    strata_profile_list_refresh (strata_workspace_get_profiles (to));
  adw_toast_set_button_label (toast, _("_Go There"));
  adw_toast_set_action_name (toast, "win.workspace");
  adw_toast_set_action_target (toast, "s", copy->target);
  strata_window_add_toast (window, toast);
}

static void
copy_to (StrataWindow *window,
         const char   *id,
         const char   *target)
{
  StrataSpaces *spaces = strata_window_get_spaces (window);
  StrataWorkspace *from = strata_window_get_workspace (window);
  StrataWorkspace *to = strata_spaces_peek (spaces, target);
  StrataAccount *account = strata_account_list_find (strata_spaces_get_accounts (spaces), target);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (from), id);

  /* What is there no more by now, or was moved to the front meanwhile, is copied nowhere. */
  if (entry == NULL || to == from || (to == NULL && account == NULL))
    return;

  Copy *copy = g_new0 (Copy, 1);

  copy->from = g_object_ref (from);
  copy->to = to != NULL ? g_object_ref (strata_workspace_get_store (to)) : NULL;
  copy->target = g_strdup (target);
  copy->title = account != NULL ? strata_account_text_title (account) : g_strdup (_("On This Computer"));
  copy->id = g_strdup (id);
  copy->shown = g_strdup_printf ("%s %s", strata_entry_get_name (entry), strata_entry_get_version (entry));
  strata_job_start (window, copy_thread, copy, copy_free, g_object_unref, copied_cb);
}

/* Where to: each answer of the question is a workspace. */

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             StrataWindow     *window)
{
  if (!g_str_equal (response, "cancel"))
    copy_to (window, g_object_get_data (G_OBJECT (dialog), "id"), response);
}

static void
add_answer (AdwMessageDialog *dialog,
            StrataWindow     *window,
            const char       *id,
            const char       *title)
{
  if (!g_str_equal (id, strata_workspace_get_id (strata_window_get_workspace (window))))
    adw_message_dialog_add_response (dialog, id, title);
}

static void
ask_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  GListModel *accounts = G_LIST_MODEL (strata_spaces_get_accounts (strata_window_get_spaces (window)));
  guint n_accounts = g_list_model_get_n_items (accounts);

  if (!strata_window_flush_editor (window))
    return;
  if (n_accounts == 0)
    {
      strata_window_show_error (window, _("There Is No Other Workspace"),
                                _("Add a console, or practise with the sandbox: each has profiles of its own."));
      return;
    }

  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (window), _("Copy to Another Workspace"),
                            _("The copy is a profile of its own there. A console gets it when it is sent."));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  add_answer (ADW_MESSAGE_DIALOG (dialog), window, STRATA_SPACES_HOME, _("On This Computer"));
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr(StrataAccount) account = g_list_model_get_item (accounts, i);
      g_autofree char *title = strata_account_text_title (account);

      add_answer (ADW_MESSAGE_DIALOG (dialog), window, strata_account_get_id (account), title);
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
strata_copy_to_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.copy-to-workspace", "s", ask_cb);
}
