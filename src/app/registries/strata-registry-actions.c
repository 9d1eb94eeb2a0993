/* strata-registry-actions.c - adding, reading and removing registries, the same wherever it is offered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-actions"

#include "strata-registry-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-job.h"
#include "strata-registry-dialog.h"
#include "strata-say.h"

/* What the actions of one page work on: freed with the action group. */
typedef struct
{
  GtkWidget          *page;        /* (not owned): owns the group */
  StrataWorkspace    *workspace;   /* (owned) */
  StrataRegistryList *registries;  /* (not owned): of the workspace */
  StrataSyncs        *syncs;       /* (not owned): of the workspace */
  StrataCatalog      *catalog;     /* (owned) */
} Place;

/* What is removed, and where it left something: touched by the worker only. */
typedef struct
{
  StrataRegistry *registry;  /* (owned) */
  StrataShelf    *shelf;     /* (owned) */
} Removal;

static void
place_free (Place *place)
{
  g_signal_handlers_disconnect_by_data (place->syncs, place);
  g_object_unref (place->catalog);
  g_object_unref (place->workspace);
  g_free (place);
}

static Removal *
removal_new (Place          *place,
             StrataRegistry *registry)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->registry = g_object_ref (registry);
  removal->shelf = g_object_ref (strata_registry_list_get_shelf (place->registries));

  return removal;
}

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->registry);
  g_object_unref (removal->shelf);
  g_free (removal);
}

static char **
list_paths (GtkFileChooser *chooser)
{
  g_autoptr(GListModel) files = gtk_file_chooser_get_files (chooser);
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        g_strv_builder_add (paths, g_file_peek_path (file));
    }

  return g_strv_builder_end (paths);
}

static void
add_paths (Place          *place,
           GtkFileChooser *chooser)
{
  g_auto(GStrv) paths = list_paths (chooser);
  g_autoptr(GError) error = NULL;
  gboolean ok;

  if (paths[0] == NULL)
    {
      strata_say (place->page, _("Only folders and files on this computer can be added"));
      return;
    }

  if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER)
    ok = strata_registry_list_add_folder (place->registries, paths[0], &error);
  else
    ok = strata_registry_list_add_charts (place->registries, (const char *const *) paths, &error);

  if (!ok)
    strata_say (place->page, error->message);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  if (response == GTK_RESPONSE_ACCEPT)
    add_paths (user_data, GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
}

static void
choose (Place                *place,
        const char           *title,
        GtkFileChooserAction  action)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (place->page));
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, _("_Add"), NULL);

  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _("Helm charts (.tgz)"));
      gtk_file_filter_add_suffix (filter, "tgz");
      gtk_file_filter_add_suffix (filter, "tar.gz");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), place);
  g_object_set_data_full (G_OBJECT (place->page), "strata-file-dialog", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
add_folder_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  choose (user_data, _("Add Pack Folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
add_charts_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  choose (user_data, _("Add Chart Files"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static gpointer
forget_thread (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Removal *removal = data;

  return strata_registry_forget (removal->registry, removal->shelf, cancellable, error) ? removal : NULL;
}

static void
forget_done (gpointer   owner,
             StrataJob *job,
             gpointer   data)
{
  const GError *error = strata_job_get_error (job);

  if (error != NULL)
    strata_say (owner, error->message);
}

static void
remove_registry (Place          *place,
                 StrataRegistry *registry)
{
  g_autoptr(GError) error = NULL;
  Removal *removal = removal_new (place, registry);

  if (strata_registry_list_remove (place->registries, strata_registry_get_id (registry), &error))
    {
      strata_job_start (place->page, forget_thread, removal, removal_free, NULL, forget_done);
      return;
    }

  strata_say (place->page, error->message);
  removal_free (removal);
}

static void
asked_cb (AdwMessageDialog *dialog,
          const char       *response,
          gpointer          user_data)
{
  StrataRegistry *registry = g_object_get_data (G_OBJECT (dialog), "strata-registry");

  if (g_str_equal (response, "remove"))
    remove_registry (user_data, registry);
}

/* What is on the network cannot be had back with a click: a password was typed, charts were downloaded. */
static void
ask_before_removal (Place          *place,
                    StrataRegistry *registry)
{
  GtkWindow *root = GTK_WINDOW (gtk_widget_get_root (place->page));
  GtkWidget *dialog = adw_message_dialog_new (root, NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Remove “%s”?"),
                                     strata_registry_get_name (registry));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("Its password is forgotten, and the charts that were kept offline from it are "
                                 "deleted. Profiles keep their layers."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove",
                                    _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "strata-registry", g_object_ref (registry),
                          g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (asked_cb), place);
  gtk_window_present (GTK_WINDOW (dialog));
}

static StrataRegistry *
find_registry (Place    *place,
               GVariant *parameter)
{
  return strata_registry_list_find (place->registries, g_variant_get_string (parameter, NULL));
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Place *place = user_data;
  StrataRegistry *registry = find_registry (place, parameter);

  if (registry == NULL)
    return;
  if (strata_registry_get_remote (registry) != NULL)
    ask_before_removal (place, registry);
  else
    remove_registry (place, registry);
}

/* What was brought back while it was forgotten is not known any more, so it is read once more. */
static void
forget_charts_done (gpointer   owner,
                    StrataJob *job,
                    gpointer   data)
{
  forget_done (owner, job, data);
  gtk_widget_activate_action (owner, "registries.reload", NULL);
}

static void
say_chart_removed (Place          *place,
                   StrataRegistry *registry,
                   const char     *path)
{
  g_autofree char *file = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_("“%s” was removed from %s"), file, strata_registry_get_name (registry));

  strata_say_offer (place->page, text, _("_Undo"), "registries.restore-chart", g_variant_new_bytestring (path));
}

static void
remove_chart_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  Place *place = user_data;
  g_autoptr(GError) error = NULL;
  const char *id, *path;

  g_variant_get (parameter, "(&s^&ay)", &id, &path);

  StrataRegistry *found = strata_registry_list_find (place->registries, id);
  g_autoptr(StrataRegistry) registry = found != NULL ? g_object_ref (found) : NULL;

  if (registry == NULL)
    return;
  if (!strata_registry_list_remove_chart (place->registries, id, path, &error))
    {
      strata_say (place->page, error->message);
      return;
    }

  if (strata_registry_list_find (place->registries, id) == NULL)
    strata_job_start (place->page, forget_thread, removal_new (place, registry), removal_free, NULL,
                      forget_charts_done);
  say_chart_removed (place, registry, path);
}

static void
restore_chart_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  Place *place = user_data;
  g_autoptr(GError) error = NULL;
  const char *paths[] = { g_variant_get_bytestring (parameter), NULL };

  if (!strata_registry_list_add_charts (place->registries, paths, &error))
    strata_say (place->page, error->message);
}

static void
dialog_done_cb (StrataRegistryDialog *dialog,
                const char           *id,
                const char           *keyring,
                gpointer              user_data)
{
  Place *place = user_data;

  if (keyring != NULL)
    {
      g_autofree char *text =
        g_strdup_printf (_("The password is asked for again the next time: %s"), keyring);

      strata_say (place->page, text);
    }
  strata_syncs_start (place->syncs, id, FALSE);
}

static void
show_dialog (Place          *place,
             StrataRegistry *registry)
{
  StrataRegistryDialog *dialog =
    strata_registry_dialog_new (place->page, place->workspace, registry);

  g_signal_connect (dialog, "done", G_CALLBACK (dialog_done_cb), place);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  show_dialog (user_data, NULL);
}

static void
change_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  StrataRegistry *registry = find_registry (user_data, parameter);

  if (registry != NULL && strata_registry_get_remote (registry) != NULL)
    show_dialog (user_data, registry);
}

static void
sync_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  Place *place = user_data;

  strata_syncs_start (place->syncs, g_variant_get_string (parameter, NULL), FALSE);
}

static void
believe_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  Place *place = user_data;

  strata_syncs_start (place->syncs, g_variant_get_string (parameter, NULL), TRUE);
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  Place *place = user_data;

  strata_syncs_cancel (place->syncs, g_variant_get_string (parameter, NULL));
}

static void
sync_all_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  Place *place = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (place->registries));

  strata_catalog_reload (place->catalog);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(StrataRegistry) registry =
        g_list_model_get_item (G_LIST_MODEL (place->registries), i);

      if (strata_registry_get_remote (registry) != NULL)
        strata_syncs_start (place->syncs, strata_registry_get_id (registry), FALSE);
    }
}

/* A list that shrank is a question; all else is said, and the row goes on saying it. */
static void
failed_cb (StrataSyncs *syncs,
           const char  *id,
           gpointer     user_data)
{
  Place *place = user_data;
  const GError *error = strata_syncs_get_error (syncs, id);

  if (!gtk_widget_get_mapped (place->page))
    return;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CONFLICT))
    strata_say_offer (place->page, error->message, _("_Take It"), "registries.believe",
                      g_variant_new_string (id));
  else
    strata_say (place->page, error->message);
}

static void
reload_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Place *place = user_data;

  strata_catalog_reload (place->catalog);
}

static void
add_action (GActionMap         *map,
            Place              *place,
            const char         *name,
            const GVariantType *type,
            GCallback           callback)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new (name, type);

  g_signal_connect (action, "activate", callback, place);
  g_action_map_add_action (map, G_ACTION (action));
}

/**
 * strata_registry_actions_install:
 * @page: the page that offers them, inside a toast overlay
 * @workspace: what they change
 * @catalog: what the registries offer
 *
 * Gives @page the actions of the group "registries".
 */
void
strata_registry_actions_install (GtkWidget       *page,
                                 StrataWorkspace *workspace,
                                 StrataCatalog   *catalog)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && STRATA_IS_WORKSPACE (workspace) && STRATA_IS_CATALOG (catalog));

  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GActionMap *map = G_ACTION_MAP (group);
  Place *place = g_new0 (Place, 1);

  place->page = page;
  place->workspace = g_object_ref (workspace);
  place->registries = strata_workspace_get_registries (workspace);
  place->syncs = strata_workspace_get_syncs (workspace);
  place->catalog = g_object_ref (catalog);
  add_action (map, place, "add", NULL, G_CALLBACK (add_cb));
  add_action (map, place, "add-folder", NULL, G_CALLBACK (add_folder_cb));
  add_action (map, place, "add-charts", NULL, G_CALLBACK (add_charts_cb));
  add_action (map, place, "sync-all", NULL, G_CALLBACK (sync_all_cb));
  add_action (map, place, "reload", NULL, G_CALLBACK (reload_cb));
  add_action (map, place, "sync", G_VARIANT_TYPE_STRING, G_CALLBACK (sync_cb));
  add_action (map, place, "believe", G_VARIANT_TYPE_STRING, G_CALLBACK (believe_cb));
  add_action (map, place, "stop", G_VARIANT_TYPE_STRING, G_CALLBACK (stop_cb));
  add_action (map, place, "change", G_VARIANT_TYPE_STRING, G_CALLBACK (change_cb));
  add_action (map, place, "remove", G_VARIANT_TYPE_STRING, G_CALLBACK (remove_cb));
  add_action (map, place, "remove-chart", G_VARIANT_TYPE ("(say)"), G_CALLBACK (remove_chart_cb));
  add_action (map, place, "restore-chart", G_VARIANT_TYPE_BYTESTRING, G_CALLBACK (restore_chart_cb));
  g_signal_connect (place->syncs, "failed", G_CALLBACK (failed_cb), place);
  g_object_set_data_full (G_OBJECT (group), "strata-place", place, (GDestroyNotify) place_free);
  gtk_widget_insert_action_group (page, "registries", G_ACTION_GROUP (group));
}
