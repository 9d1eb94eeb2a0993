/* strata-fetch-actions.c - a profile that only the console has comes to this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-fetch-actions"

#include "strata-fetch-actions.h"

#include <glib/gi18n.h>

#include "strata-error.h"
#include "strata-job.h"

/* A profile on its way here. (all fields owned) */
typedef struct
{
  StrataWorkspace *workspace;
  StrataSync      *sync;
  StrataConsole   *console;
  StrataWork      *work;
  char            *id;
  gboolean         pin;    /* it is kept offline from now on */
  gboolean         unpin;  /* it is no longer */
  gboolean         open;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->workspace);
  g_object_unref (fetch->sync);
  g_clear_object (&fetch->console);
  g_clear_object (&fetch->work);
  g_free (fetch->id);
  g_free (fetch);
}

static gpointer
fetch_thread (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Fetch *fetch = data;
  GCancellable *wanted = strata_work_get_cancellable (fetch->work);

  if (fetch->pin || fetch->unpin)
    return GINT_TO_POINTER (
      strata_sync_pin (fetch->sync, fetch->console, fetch->id, fetch->pin, wanted, error));

  g_autoptr(StrataProfile) profile = strata_sync_pull (fetch->sync, fetch->console, fetch->id, wanted, error);

  return GINT_TO_POINTER (profile != NULL);
}

static void
fetched_cb (gpointer   owner,
            StrataJob *job,
            gpointer   data)
{
  StrataWindow *window = owner;
  Fetch *fetch = data;
  StrataConnection *connection = strata_workspace_get_connection (fetch->workspace);
  const GError *error = strata_job_get_error (job);

  strata_window_end_work (window, fetch->work);
  strata_connection_report (connection, fetch->console);
  strata_profile_list_refresh (strata_workspace_get_profiles (fetch->workspace));

  if (strata_connection_is_to_say (connection, fetch->console, error))
    strata_window_show_error (window, _("Not on This Computer"), error->message);
  else if (error == NULL && fetch->open && strata_window_get_workspace (window) == fetch->workspace)
    strata_window_open_profile (window, fetch->id);
}

/* (transfer full) (nullable): %NULL where the console is needed and nobody is signed in; that is said then */
static Fetch *
fetch_new (StrataWindow *window,
           StrataEntry  *entry)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  StrataConsole *console = connection != NULL ? strata_connection_get_console (connection) : NULL;

  if (console == NULL && strata_entry_get_is_away (entry))
    {
      strata_window_show_error (window, _("Not on This Computer"),
                                _("This profile was never opened here. Sign in to the console, and it can be."));
      return NULL;
    }

  Fetch *fetch = g_new0 (Fetch, 1);
  g_autofree char *label =
    g_strdup_printf (_("Fetching %s %s"), strata_entry_get_name (entry), strata_entry_get_version (entry));

  fetch->workspace = g_object_ref (workspace);
  fetch->sync = g_object_ref (strata_connection_get_sync (connection));
  fetch->console = console != NULL ? g_object_ref (console) : NULL;
  fetch->id = g_strdup (strata_entry_get_id (entry));
  fetch->work = strata_work_new (label);

  return fetch;
}

static void
start (StrataWindow *window,
       Fetch        *fetch)
{
  strata_window_begin_work (window, fetch->work);
  strata_job_start (window, fetch_thread, fetch, fetch_free, NULL, fetched_cb);
}

static StrataEntry *
find_entry (StrataWindow *window,
            const char   *id)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);

  return strata_workspace_get_connection (workspace) != NULL
    ? strata_profile_list_find (strata_workspace_get_profiles (workspace), id)
    : NULL;
}

/* Fetches a profile that is not on this computer, and opens it then. Returns whether that is so; what is here already
 * is left to the caller. */
gboolean
strata_fetch_open (StrataWindow *window,
                   const char   *id)
{
  g_return_val_if_fail (STRATA_IS_WINDOW (window), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  StrataEntry *entry = find_entry (window, id);

  if (entry == NULL || !strata_entry_get_is_away (entry))
    return FALSE;

  Fetch *fetch = fetch_new (window, entry);

  if (fetch != NULL)
    {
      fetch->open = TRUE;
      start (window, fetch);
    }

  return TRUE;
}

static void
pin_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  StrataWindow *window = STRATA_WINDOW (widget);
  StrataEntry *entry = find_entry (window, g_variant_get_string (parameter, NULL));
  Fetch *fetch = entry != NULL ? fetch_new (window, entry) : NULL;

  if (fetch == NULL)
    return;

  fetch->unpin = strata_entry_get_is_pinned (entry);
  fetch->pin = !fetch->unpin;
  start (window, fetch);
}

void
strata_fetch_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.pin-profile", "s", pin_cb);
}
