/* strata-registry-actions.c - adding and removing registries, the same wherever it is offered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-registry-actions"

#include "strata-registry-actions.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-say.h"

/* What the actions of one page work on: freed with the action group. */
typedef struct
{
  GtkWidget          *page;        /* (not owned): owns the group */
  StrataRegistryList *registries;  /* (owned) */
  StrataCatalog      *catalog;     /* (owned) */
} Place;

static void
place_free (Place *place)
{
  g_object_unref (place->registries);
  g_object_unref (place->catalog);
  g_free (place);
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

/* What is to be forgotten; touched by the worker only. */
typedef struct
{
  StrataIndex *index;  /* (owned) */
  char        *id;     /* (owned) */
} Forgotten;

static void
forgotten_free (Forgotten *forgotten)
{
  g_object_unref (forgotten->index);
  g_free (forgotten->id);
  g_free (forgotten);
}

/* What is left of a registry that is not listed any more is never shown; at worst it takes space in the cache. */
static gpointer
forget_thread (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Forgotten *forgotten = data;

  strata_index_remove (forgotten->index, forgotten->id, error);

  return NULL;
}

static void
forget (Place      *place,
        const char *id)
{
  Forgotten *forgotten = g_new0 (Forgotten, 1);

  forgotten->index = g_object_ref (strata_catalog_get_index (place->catalog));
  forgotten->id = g_strdup (id);
  strata_job_start (place->catalog, forget_thread, forgotten, (GDestroyNotify) forgotten_free, NULL, NULL);
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Place *place = user_data;
  g_autoptr(GError) error = NULL;

  const char *id = g_variant_get_string (parameter, NULL);

  if (strata_registry_list_remove (place->registries, id, &error))
    forget (place, id);
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
 * @registries: what they change
 * @catalog: what the registries offer
 *
 * Gives @page the actions of the group "registries".
 */
void
strata_registry_actions_install (GtkWidget          *page,
                                 StrataRegistryList *registries,
                                 StrataCatalog      *catalog)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && STRATA_IS_CATALOG (catalog));

  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GActionMap *map = G_ACTION_MAP (group);
  Place *place = g_new0 (Place, 1);

  place->page = page;
  place->registries = g_object_ref (registries);
  place->catalog = g_object_ref (catalog);
  add_action (map, place, "add-folder", NULL, G_CALLBACK (add_folder_cb));
  add_action (map, place, "add-charts", NULL, G_CALLBACK (add_charts_cb));
  add_action (map, place, "remove", G_VARIANT_TYPE_STRING, G_CALLBACK (remove_cb));
  add_action (map, place, "reload", NULL, G_CALLBACK (reload_cb));
  g_object_set_data_full (G_OBJECT (group), "strata-place", place, (GDestroyNotify) place_free);
  gtk_widget_insert_action_group (page, "registries", G_ACTION_GROUP (group));
}
