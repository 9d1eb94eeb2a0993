/* console-desk.c - a window and a sandbox for each test, with a console that was added
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-desk.h"

#include "store-fixture.h"
#include "strata-accounts.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

void
console_desk_wait (ConsoleDeskCondition condition,
                   gpointer             data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

void
console_desk_set_up (ConsoleDesk   *self,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("strata-desk-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *sandbox = g_build_filename (self->folder, "there", NULL);
  self->practice = strata_practice_start (sandbox, 0, NULL, &error);
  g_assert_no_error (error);

  self->home = strata_workspace_new (self->folder, &error);
  g_assert_no_error (error);
  self->window = strata_window_new (NULL, self->home);
  gtk_window_present (GTK_WINDOW (self->window));
  console_desk_wait (is_mapped, self->window);
}

void
console_desk_tear_down (ConsoleDesk   *self,
                        gconstpointer  data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->home);
  g_clear_object (&self->practice);
  store_fixture_remove_tree (self->folder);
  g_free (self->folder);
}

/* An account at the sandbox, whose key is not kept; its id. */
char *
console_desk_add_account (ConsoleDesk *self,
                          const char  *name,
                          const char  *project_uid)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) plain =
    strata_account_new (strata_practice_get_address (self->practice), STRATA_ACCOUNT_KEY, &error);
  g_autoptr(StrataAccount) named = strata_account_with (plain, STRATA_ACCOUNT_NAME, name);
  g_autoptr(StrataAccount) account = strata_account_with (named, STRATA_ACCOUNT_PROJECT_UID, project_uid);
  char *id = strata_account_add (self->folder, account, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return id;
}

static gboolean
is_asked (gpointer workspace)
{
  return strata_connection_get_state (strata_workspace_get_connection (workspace)) != STRATA_CONNECTION_ASKING;
}

static gboolean
is_loaded (gpointer workspace)
{
  return !strata_profile_list_get_loading (strata_workspace_get_profiles (workspace));
}

/* Its workspace comes to the front; nobody is signed in. */
StrataWorkspace *
console_desk_open (ConsoleDesk *self,
                   const char  *id)
{
  strata_window_set_workspace (self->window, id);

  StrataWorkspace *workspace = strata_window_get_workspace (self->window);

  g_assert_cmpstr (strata_workspace_get_id (workspace), ==, id);
  console_desk_wait (is_asked, workspace);
  console_desk_wait (is_loaded, workspace);

  return workspace;
}

/* The same, signed in and online. */
StrataWorkspace *
console_desk_sign_in (ConsoleDesk *self,
                      const char  *id)
{
  g_autoptr(GError) error = NULL;
  StrataWorkspace *workspace = console_desk_open (self, id);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  StrataAccount *account = strata_connection_get_account (connection);
  g_autoptr(StrataConsole) console =
    strata_account_open (account, strata_practice_get_api_key (self->practice), NULL, &error);

  g_assert_no_error (error);
  strata_connection_hurry (console);
  strata_connection_set_console (connection, account, console);
  console_desk_wait (is_asked, workspace);
  console_desk_wait (is_loaded, workspace);
  g_assert_cmpint (strata_connection_get_state (connection), ==, STRATA_CONNECTION_ONLINE);

  return workspace;
}

/* One that only this computer has; its id. */
char *
console_desk_add_profile (StrataWorkspace *workspace,
                          const char      *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) text = strata_blob_new_text ("kind: ConfigMap\n");
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("site-info", text);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "settings");
  g_autoptr(GPtrArray) manifests = g_ptr_array_new ();
  g_autoptr(GPtrArray) layers = g_ptr_array_new ();

  g_ptr_array_add (manifests, manifest);
  g_autoptr(StrataLayer) layer = strata_layer_with_manifests (bare, manifests);
  g_ptr_array_add (layers, layer);

  g_autoptr(StrataProfile) made = strata_profile_new (name, "1.0.0");
  g_autoptr(StrataProfile) profile = strata_profile_with_layers (made, layers);
  g_autoptr(StrataProfile) saved =
    strata_store_save (strata_workspace_get_store (workspace), profile, STRATA_REASON_SAVE, NULL, &error);

  g_assert_no_error (error);
  strata_profile_list_refresh (strata_workspace_get_profiles (workspace));
  console_desk_wait (is_loaded, workspace);

  return g_strdup (strata_profile_get_id (saved));
}

/* (transfer none) (nullable): the first of that type, and of that name where one is given, below @top */
GtkWidget *
console_desk_find (GtkWidget  *top,
                   GType       type,
                   const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (top, type) &&
      (name == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (top)), name) == 0))
    return top;

  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = console_desk_find (child, type, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* (transfer none) (nullable): a window of that type before the one of the desk */
GtkWindow *
console_desk_find_dialog (ConsoleDesk *self,
                          GType        type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type) &&
          gtk_window_get_transient_for (toplevel) == GTK_WINDOW (self->window))
        return toplevel;
    }

  return NULL;
}
