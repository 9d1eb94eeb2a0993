/* test-spaces.c - the workspaces: opened once, kept while another is shown, let go when their console is removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-desk.h"
#include "strata-accounts.h"
#include "strata-error.h"

#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>

static void
closed_cb (StrataSpaces *spaces,
           const char   *id,
           char        **closed)
{
  g_free (*closed);
  *closed = g_strdup (id);
}

static gboolean
is_set (gpointer text)
{
  return *(char **) text != NULL;
}

static void
test_opens_once (ConsoleDesk   *desk,
                 gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  g_autoptr(StrataSpaces) spaces = strata_spaces_new (desk->home);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_spaces_peek (spaces, STRATA_SPACES_HOME) == desk->home);
  g_assert_true (strata_spaces_open (spaces, STRATA_SPACES_HOME, &error) == desk->home);
  g_assert_null (strata_spaces_peek (spaces, id));

  StrataWorkspace *workspace = strata_spaces_open (spaces, id, &error);
  g_assert_no_error (error);
  g_assert_true (strata_spaces_open (spaces, id, &error) == workspace);
  g_assert_true (strata_spaces_peek (spaces, id) == workspace);
  g_assert_nonnull (strata_workspace_get_connection (workspace));
  g_assert_true (strata_workspace_get_registries (workspace) == strata_workspace_get_registries (desk->home));

  g_assert_null (strata_spaces_open (spaces, "c-nobody", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static gboolean
knows_it (gpointer accounts)
{
  return g_list_model_get_n_items (accounts) > 0;
}

/* Whoever removes a console: nobody is signed in there any more, and nothing of it is used. */
static void
test_is_removed_elsewhere (ConsoleDesk   *desk,
                           gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  StrataSpaces *spaces = strata_window_get_spaces (desk->window);
  StrataAccountList *accounts = strata_spaces_get_accounts (spaces);
  StrataWorkspace *workspace = console_desk_sign_in (desk, id);
  g_autoptr(StrataConsole) console = g_object_ref (strata_workspace_get_console (workspace));
  g_autofree char *closed = NULL;
  g_autoptr(GError) error = NULL;
  StrataConsoleCall call = { .path = "/v1/users/info" };

  strata_account_list_refresh (accounts);
  console_desk_wait (knows_it, accounts);
  g_signal_connect (spaces, "closed", G_CALLBACK (closed_cb), &closed);
  g_assert_true (strata_account_remove (desk->folder, id, NULL, &error));
  g_assert_no_error (error);
  strata_account_list_refresh (accounts);
  console_desk_wait (is_set, &closed);
  g_assert_cmpstr (closed, ==, id);
  g_assert_null (strata_spaces_peek (spaces, id));
  g_assert_true (strata_window_get_workspace (desk->window) == desk->home);
  g_assert_null (strata_console_call (console, &call, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_SIGN_IN);
}

static gboolean
is_practising (gpointer window)
{
  StrataWorkspace *workspace = strata_window_get_workspace (window);
  StrataConnection *connection = strata_workspace_get_connection (workspace);

  return connection != NULL && strata_connection_get_state (connection) == STRATA_CONNECTION_ONLINE;
}

/* Two quick clicks are one wish. */
static void
test_practises_once (ConsoleDesk   *desk,
                     gconstpointer  data)
{
  const char *program = g_getenv ("STRATA_SANDBOX");
  g_autofree char *before = g_strdup (program);
  g_autofree char *script = g_build_filename (desk->folder, "counted", NULL);
  g_autofree char *count = g_build_filename (desk->folder, "count", NULL);
  g_autofree char *text =
    g_strdup_printf ("#!/bin/sh\necho started >>'%s'\nexec '%s' \"$@\"\n", count, program);
  g_autofree char *started = NULL;

  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_setenv ("STRATA_SANDBOX", script, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.practise", NULL);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.practise", NULL);
  console_desk_wait (is_practising, desk->window);
  g_assert_true (g_file_get_contents (count, &started, NULL, NULL));
  g_assert_cmpstr (started, ==, "started\n");
  g_setenv ("STRATA_SANDBOX", before, TRUE);
}

#define ADD(name, func) g_test_add (name, ConsoleDesk, NULL, console_desk_set_up, func, console_desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  ADD ("/app/spaces/opens-once", test_opens_once);
  ADD ("/app/spaces/is-removed-elsewhere", test_is_removed_elsewhere);
  ADD ("/app/spaces/practises-once", test_practises_once);

  return g_test_run ();
}
