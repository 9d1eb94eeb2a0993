/* strata-mapping-actions.c - an imported profile learns the registries of its console
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-mapping-actions"

#include "strata-mapping-actions.h"

#include <glib/gi18n.h>

#include "strata-job.h"
#include "strata-mapping-window.h"

/* A profile to be mapped. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  StrataStore     *store;
  StrataConsole   *console;
  char            *id;
  StrataProfile   *profile;   /* (nullable): what is to be saved */
  gboolean         is_asked;  /* a person asked for it: that there is nothing to do is said */
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  g_object_unref (mapping->workspace);
  g_object_unref (mapping->store);
  g_object_unref (mapping->console);
  g_free (mapping->id);
  g_clear_object (&mapping->profile);
  g_free (mapping);
}

static Mapping *
mapping_new (StrataWorkspace *workspace,
             const char      *id)
{
  Mapping *mapping = g_new0 (Mapping, 1);

  mapping->workspace = g_object_ref (workspace);
  mapping->store = g_object_ref (strata_workspace_get_store (workspace));
  mapping->console = g_object_ref (strata_workspace_get_console (workspace));
  mapping->id = g_strdup (id);

  return mapping;
}

/* Saving */

static gpointer
save_thread (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Mapping *mapping = data;

  return strata_store_save (mapping->store, mapping->profile, STRATA_REASON_SAVE, cancellable, error);
}

static void
saved_cb (gpointer   owner,
          StrataJob *job,
          gpointer   data)
{
  Mapping *mapping = data;

  if (strata_job_get_error (job) != NULL)
    strata_window_show_error (owner, _("Not Saved"), strata_job_get_error (job)->message);
  strata_profile_list_refresh (strata_workspace_get_profiles (mapping->workspace));
}

static void
done_cb (StrataMappingWindow *mapping_window,
         StrataProfile       *profile,
         StrataWorkspace     *workspace)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (mapping_window));

  if (strata_workspace_get_console (workspace) == NULL)
    return;

  Mapping *mapping = mapping_new (workspace, strata_profile_get_id (profile));

  mapping->profile = g_object_ref (profile);
  strata_job_start (window, save_thread, mapping, mapping_free, g_object_unref, saved_cb);
}

/* Asking the console */

static gpointer
ask_thread (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Mapping *mapping = data;
  g_autoptr(StrataProfile) profile = strata_store_load (mapping->store, mapping->id, cancellable, error);

  return profile != NULL ? strata_console_validate_import (mapping->console, profile, cancellable, error) : NULL;
}

static void
asked_cb (gpointer   owner,
          StrataJob *job,
          gpointer   data)
{
  StrataWindow *window = owner;
  Mapping *mapping = data;
  StrataConnection *connection = strata_workspace_get_connection (mapping->workspace);
  const GError *error = strata_job_get_error (job);
  StrataConsoleImport *import = strata_job_get_result (job);

  strata_connection_report (connection, mapping->console);
  if (mapping->is_asked && strata_connection_is_to_say (connection, mapping->console, error))
    strata_window_show_error (window, _("The Console Did Not Tell Its Registries"), error->message);
  if (error != NULL)
    return;

  if (strata_mapping_window_is_needed (import))
    {
      GtkWidget *mapping_window = strata_mapping_window_new (GTK_WINDOW (window), import);

      g_signal_connect_object (mapping_window, "done", G_CALLBACK (done_cb), mapping->workspace, 0);
      gtk_window_present (GTK_WINDOW (mapping_window));
    }
  else if (mapping->is_asked)
    strata_window_add_toast (window, adw_toast_new (_("There is nothing to choose and nothing to enter")));
}

static void
start (StrataWindow *window,
       const char   *id,
       gboolean      is_asked)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);

  if (strata_workspace_get_console (workspace) == NULL)
    {
      if (is_asked)
        strata_window_show_error (window, _("Not Signed In"), _("The registries are those of the console: sign in first."));
      return;
    }

  Mapping *mapping = mapping_new (workspace, id);

  mapping->is_asked = is_asked;
  strata_job_start (window, ask_thread, mapping, mapping_free, g_object_unref, asked_cb);
}

/* After an import: shows what is open, and nothing where nothing is. */
void
strata_mapping_offer (StrataWindow *window,
                      const char   *id)
{
  g_return_if_fail (STRATA_IS_WINDOW (window));
  g_return_if_fail (id != NULL);

  start (window, id, FALSE);
}

static void
map_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  if (strata_window_flush_editor (STRATA_WINDOW (widget)))
    start (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL), TRUE);
}

void
strata_mapping_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.map-profile", "s", map_cb);
}
