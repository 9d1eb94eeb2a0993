/* strata-profile-actions.c - what can be done with whole profiles: copy, trash, restore, delete
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-profile-actions"

#include "strata-profile-actions.h"

#include <glib/gi18n.h>

#include "strata-compare-window.h"
#include "strata-copy-dialog.h"
#include "strata-job.h"
#include "strata-window.h"

typedef enum
{
  MOVE_TO_TRASH,
  MOVE_BACK,
  MOVE_AWAY,
} Move;

/* Profiles to move. (all fields owned) */
typedef struct
{
  StrataStore  *store;
  char        **ids;
  char         *name;  /* of the one, or NULL where there are more */
  Move          move;
} Moving;

static void
moving_free (gpointer data)
{
  Moving *moving = data;

  g_object_unref (moving->store);
  g_strfreev (moving->ids);
  g_free (moving->name);
  g_free (moving);
}

static void
refresh_lists (StrataWindow *window)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);

  strata_profile_list_refresh (strata_workspace_get_profiles (workspace));
  strata_profile_list_refresh (strata_workspace_get_trash (workspace));
}

static gboolean
move_one (StrataStore  *store,
          const char   *id,
          Move          move,
          GError      **error)
{
  switch (move)
    {
    case MOVE_TO_TRASH:
      return strata_store_trash (store, id, error);
    case MOVE_BACK:
      return strata_store_restore (store, id, error);
    case MOVE_AWAY:
    default:
      return strata_store_purge (store, id, error);
    }
}

static gpointer
move_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Moving *moving = data;

  for (guint i = 0; moving->ids[i] != NULL; i++)
    if (!move_one (moving->store, moving->ids[i], moving->move, error))
      return NULL;

  return moving;
}

static char *
describe_move (Moving *moving)
{
  guint n_profiles = g_strv_length (moving->ids);

  switch (moving->move)
    {
    case MOVE_TO_TRASH:
      return moving->name != NULL
        ? g_strdup_printf (_("“%s” moved to the trash"), moving->name)
        : g_strdup_printf (ngettext ("%u profile moved to the trash",
                                     "%u profiles moved to the trash", n_profiles),
                           n_profiles);
    case MOVE_BACK:
      return moving->name != NULL
        ? g_strdup_printf (_("“%s” restored"), moving->name)
        : g_strdup_printf (ngettext ("%u profile restored", "%u profiles restored", n_profiles),
                           n_profiles);
    case MOVE_AWAY:
    default:
      return moving->name != NULL
        ? g_strdup_printf (_("“%s” deleted forever"), moving->name)
        : g_strdup_printf (
            ngettext ("%u profile deleted forever", "%u profiles deleted forever", n_profiles),
            n_profiles);
    }
}

static void
move_done (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = STRATA_WINDOW (owner);
  Moving *moving = data;
  const GError *error = strata_job_get_error (job);

  refresh_lists (window);
  if (error != NULL)
    {
      strata_window_show_error (window, _("Not Every Profile Was Moved"), error->message);
      return;
    }

  g_autofree char *message = describe_move (moving);
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  if (moving->move == MOVE_TO_TRASH)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.restore-profiles");
      adw_toast_set_action_target (toast, "^as", moving->ids);
    }
  strata_window_add_toast (window, toast);
}

static char *
find_name (StrataWindow *window,
           const char   *id)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (workspace), id);

  if (entry == NULL)
    entry = strata_profile_list_find (strata_workspace_get_trash (workspace), id);

  return entry != NULL ? g_strdup_printf ("%s %s", strata_entry_get_name (entry),
                                          strata_entry_get_version (entry))
                       : g_strdup (id);
}

static Moving *
moving_new (StrataWindow *window,
            GVariant     *parameter,
            Move          move)
{
  Moving *moving = g_new0 (Moving, 1);

  moving->store = g_object_ref (strata_workspace_get_store (strata_window_get_workspace (window)));
  moving->move = move;
  if (g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING))
    {
      moving->ids = g_new0 (char *, 2);
      moving->ids[0] = g_variant_dup_string (parameter, NULL);
    }
  else
    {
      moving->ids = g_variant_dup_strv (parameter, NULL);
    }
  if (g_strv_length (moving->ids) == 1)
    moving->name = find_name (window, moving->ids[0]);

  return moving;
}

static void
start_move (StrataWindow *window,
            Moving       *moving)
{
  strata_job_start (window, move_thread, moving, moving_free, NULL, move_done);
}

/* A tab would let somebody type into what is in the trash. */
static void
close_tabs (StrataWindow *window,
            Moving       *moving)
{
  StrataEditorPage *editor = strata_window_peek_editor (window);

  for (guint i = 0; editor != NULL && moving->ids[i] != NULL; i++)
    strata_editor_page_close (editor, moving->ids[i]);
}

static void
trash_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);

  /* What was typed goes with it, so that an undo brings it back. */
  if (!strata_window_flush_editor (window))
    return;

  Moving *moving = moving_new (window, parameter, MOVE_TO_TRASH);

  close_tabs (window, moving);
  start_move (window, moving);
}

static void
restore_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);

  start_move (window, moving_new (window, parameter, MOVE_BACK));
}

static void
purge_answered_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   StrataWindow     *window)
{
  Moving *moving = g_object_steal_data (G_OBJECT (dialog), "moving");

  if (g_str_equal (response, "delete"))
    start_move (window, moving);
  else
    moving_free (moving);
}

/* The one thing that cannot be undone, so the one that asks. */
static void
purge_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  Moving *moving = moving_new (window, parameter, MOVE_AWAY);
  guint n_profiles = g_strv_length (moving->ids);
  g_autofree char *heading = moving->name != NULL
    ? g_strdup_printf (_("Delete “%s” Forever?"), moving->name)
    : g_strdup_printf (
        ngettext ("Delete %u Profile Forever?", "Delete %u Profiles Forever?", n_profiles),
        n_profiles);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (window), heading,
                            _("The layers, the manifests and the whole history are deleted. "
                                                "This cannot be undone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    _("_Cancel"), "delete", _("_Delete Forever"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "moving", moving);
  g_signal_connect_object (dialog, "response", G_CALLBACK (purge_answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Copies */

/* A profile to make from another. (all fields owned) */
typedef struct
{
  StrataStore *store;
  char        *id;
  char        *name;
  char        *version;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->store);
  g_free (copy->id);
  g_free (copy->name);
  g_free (copy->version);
  g_free (copy);
}

static StrataProfile *
with_field (StrataProfile      *profile,
            StrataProfileField  field,
            const char         *value)
{
  g_autoptr(StrataProfile) old = profile;

  return strata_profile_with (old, field, value);
}

static gpointer
copy_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Copy *copy = data;
  StrataProfile *loaded = strata_store_peek (copy->store, copy->id, cancellable, error);

  if (loaded == NULL)
    return NULL;

  /* Neither this disk nor a console knows it yet. */
  loaded = with_field (loaded, STRATA_PROFILE_ID, "");
  loaded = with_field (loaded, STRATA_PROFILE_UID, "");
  loaded = with_field (loaded, STRATA_PROFILE_NAME, copy->name);
  g_autoptr(StrataProfile) profile = with_field (loaded, STRATA_PROFILE_VERSION, copy->version);

  return strata_store_save (copy->store, profile, STRATA_REASON_SAVE, cancellable, error);
}

static void
copy_done (gpointer   owner,
           StrataJob *job,
           gpointer   data)
{
  StrataWindow *window = STRATA_WINDOW (owner);
  const GError *error = strata_job_get_error (job);

  if (error != NULL)
    {
      strata_window_show_error (window, _("The Profile Was Not Made"), error->message);
      return;
    }

  refresh_lists (window);
  strata_window_open_profile (window, strata_profile_get_id (strata_job_get_result (job)));
}

static void
copy_answered_cb (StrataCopyDialog *dialog,
                  const char       *response,
                  StrataWindow     *window)
{
  if (!g_str_equal (response, "create"))
    return;

  Copy *copy = g_new0 (Copy, 1);

  copy->store = g_object_ref (strata_workspace_get_store (strata_window_get_workspace (window)));
  copy->id = g_strdup (strata_entry_get_id (strata_copy_dialog_get_entry (dialog)));
  copy->name = g_strdup (strata_copy_dialog_get_name (dialog));
  copy->version = g_strdup (strata_copy_dialog_get_version (dialog));
  strata_job_start (window, copy_thread, copy, copy_free, g_object_unref, copy_done);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (workspace),
                                                 g_variant_get_string (parameter, NULL));

  if (entry == NULL || !strata_window_flush_editor (window))
    return;

  StrataCopyDialog *dialog = strata_copy_dialog_new (
    GTK_WINDOW (window), workspace, entry, g_str_equal (action_name, "win.clone-profile"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (copy_answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
compare_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (workspace),
                                                 g_variant_get_string (parameter, NULL));

  if (entry != NULL && strata_window_flush_editor (window))
    gtk_window_present (
      GTK_WINDOW (strata_compare_window_new (GTK_WINDOW (window), workspace, entry)));
}

static void
explain_damage_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataEntry *entry = strata_profile_list_find (strata_workspace_get_profiles (workspace),
                                                 g_variant_get_string (parameter, NULL));

  if (entry != NULL)
    strata_window_show_error (window, _("This Profile Is Damaged"),
                                         strata_entry_get_problem (entry));
}

void
strata_profile_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-version", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "win.clone-profile", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "win.compare-profile", "s", compare_cb);
  gtk_widget_class_install_action (widget_class, "win.explain-damage", "s", explain_damage_cb);
  gtk_widget_class_install_action (widget_class, "win.trash-profile", "s", trash_cb);
  gtk_widget_class_install_action (widget_class, "win.trash-profiles", "as", trash_cb);
  gtk_widget_class_install_action (widget_class, "win.restore-profile", "s", restore_cb);
  gtk_widget_class_install_action (widget_class, "win.restore-profiles", "as", restore_cb);
  gtk_widget_class_install_action (widget_class, "win.purge-profile", "s", purge_cb);
  gtk_widget_class_install_action (widget_class, "win.purge-profiles", "as", purge_cb);
}
