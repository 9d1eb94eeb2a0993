/* test-sync-sheet.c - the sheet: what is done with each profile, and that it is done in its own workspace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "console-desk.h"
#include "store-fixture.h"
#include "strata-accounts.h"
#include "strata-sync-item.h"
#include "strata-sync-sheet.h"

#include <gtksourceview/gtksource.h>

static gboolean
is_shown_as (gpointer page)
{
  GtkStack *stack = g_object_get_data (page, "stack");

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), g_object_get_data (page, "page")) == 0;
}

static void
wait_for_page (GtkWidget  *sheet,
               const char *name)
{
  g_autoptr(GObject) page = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (page, "stack", console_desk_find (sheet, GTK_TYPE_STACK, "stack"));
  g_object_set_data (page, "page", (gpointer) name);
  console_desk_wait (is_shown_as, page);
}

static GListModel *
get_items (GtkWidget *sheet)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (console_desk_find (sheet, GTK_TYPE_LIST_VIEW, "view"))));
}

/* (transfer none) (nullable): what the sheet has of the profile of that name */
static StrataSyncItem *
find_item (GtkWidget  *sheet,
           const char *name)
{
  GListModel *items = get_items (sheet);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(StrataSyncItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (strata_sync_item_get_step (item)->name, name))
        return item;
    }

  return NULL;
}

static StrataSyncItemState
get_state (GtkWidget  *sheet,
           const char *name)
{
  StrataSyncItem *item = find_item (sheet, name);

  g_assert_nonnull (item);

  return strata_sync_item_get_state (item);
}

static gboolean
is_idle (gpointer sheet)
{
  return !gtk_widget_get_visible (console_desk_find (sheet, GTK_TYPE_BUTTON, "stop"));
}

/* A sheet over profiles of these names, which only this computer has. */
static GtkWidget *
open_sheet (ConsoleDesk       *desk,
            StrataWorkspace   *workspace,
            const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = console_desk_add_profile (workspace, names[i]);
    }

  GtkWidget *sheet = strata_sync_sheet_new (desk->window, workspace);

  gtk_window_present (GTK_WINDOW (sheet));
  wait_for_page (sheet, names[0] != NULL ? "list" : "nothing");

  return sheet;
}

static gboolean
is_online (gpointer connection)
{
  return strata_connection_get_state (connection) == STRATA_CONNECTION_ONLINE;
}

static void
sync_all (GtkWidget       *sheet,
          StrataWorkspace *workspace)
{
  console_desk_wait (is_online, strata_workspace_get_connection (workspace));
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.all", NULL));
  g_assert_false (is_idle (sheet));
  console_desk_wait (is_idle, sheet);
}

static void
test_nothing_waits (ConsoleDesk   *desk,
                    gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, id);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ NULL });

  g_assert_cmpuint (g_list_model_get_n_items (get_items (sheet)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (sheet));
}

/* What was sent is a draft there, which is another step. */
static gboolean
is_compared (gpointer sheet)
{
  return strata_sync_item_get_step (find_item (sheet, "quay"))->action == STRATA_SYNC_PUBLISH;
}

static void
test_sends_all (ConsoleDesk   *desk,
                gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, id);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "pier", "quay", NULL });

  sync_all (sheet, workspace);
  g_assert_cmpint (get_state (sheet, "pier"), ==, STRATA_SYNC_ITEM_DONE);
  g_assert_cmpint (get_state (sheet, "quay"), ==, STRATA_SYNC_ITEM_DONE);

  /* That it is published needs a person. */
  console_desk_wait (is_compared, sheet);
  g_assert_false (gtk_widget_get_sensitive (console_desk_find (sheet, GTK_TYPE_BUTTON, "all")));
  gtk_window_destroy (GTK_WINDOW (sheet));
}

/* Makes unreadable what the store has of a profile. */
static void
damage (ConsoleDesk     *desk,
        StrataWorkspace *workspace,
        const char      *id)
{
  g_autoptr(GError) error = NULL;
  StrataStore *store = strata_workspace_get_store (workspace);
  g_autoptr(StrataProfile) profile = strata_store_load (store, id, NULL, &error);

  g_assert_no_error (error);

  StoreFixture fixture = { desk->folder, store };
  g_autofree char *head = store_fixture_get_head (&fixture, profile);
  g_autofree char *path = store_fixture_get_object_path (&fixture, head);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  store_fixture_flip_bit (path);
}

static gboolean
is_forgotten (gpointer sheet)
{
  StrataSyncItem *item = find_item (sheet, "pier");

  return item == NULL || strata_sync_item_get_state (item) == STRATA_SYNC_ITEM_WAITING;
}

/* What is wrong with one is no reason to leave the others, and no trouble of the console. */
static void
test_each_has_its_result (ConsoleDesk   *desk,
                          gconstpointer  data)
{
  g_autofree char *account = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, account);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "jetty", "pier", "quay", NULL });

  damage (desk, workspace, strata_sync_item_get_step (find_item (sheet, "pier"))->id);
  sync_all (sheet, workspace);
  g_assert_cmpint (get_state (sheet, "jetty"), ==, STRATA_SYNC_ITEM_DONE);
  g_assert_cmpint (get_state (sheet, "pier"), ==, STRATA_SYNC_ITEM_FAILED);
  g_assert_cmpint (get_state (sheet, "quay"), ==, STRATA_SYNC_ITEM_DONE);
  g_assert_true (is_online (strata_workspace_get_connection (workspace)));

  /* Why it failed is there until somebody asks anew. */
  g_autofree char *why = g_strdup (strata_sync_item_get_words (find_item (sheet, "pier")));

  console_desk_wait (is_compared, sheet);
  g_assert_cmpstr (strata_sync_item_get_words (find_item (sheet, "pier")), ==, why);
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.refresh", NULL));
  console_desk_wait (is_forgotten, sheet);
  gtk_window_destroy (GTK_WINDOW (sheet));
}

static guint
count (GtkWidget           *sheet,
       StrataSyncItemState  state)
{
  return (get_state (sheet, "pier") == state) + (get_state (sheet, "quay") == state);
}

static gboolean
has_failed (gpointer sheet)
{
  return is_idle (sheet) && count (sheet, STRATA_SYNC_ITEM_FAILED) > 0;
}

/* Without a console none of the others is tried. */
static void
test_ends_without_a_console (ConsoleDesk   *desk,
                             gconstpointer  data)
{
  g_autofree char *account = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, account);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "pier", "quay", NULL });

  console_desk_wait (is_online, connection);
  practice_end (&desk->practice);
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.all", NULL));
  console_desk_wait (has_failed, sheet);
  g_assert_cmpuint (count (sheet, STRATA_SYNC_ITEM_WAITING), ==, 1);
  g_assert_cmpint (strata_connection_get_state (connection), ==, STRATA_CONNECTION_OFFLINE);
  gtk_window_destroy (GTK_WINDOW (sheet));
}

/* Who signs out while something is sent is signed out, and nothing goes on behind it. */
static void
test_signs_out_meanwhile (ConsoleDesk   *desk,
                          gconstpointer  data)
{
  g_autofree char *account = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, account);
  StrataConnection *connection = strata_workspace_get_connection (workspace);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "pier", "quay", NULL });

  console_desk_wait (is_online, connection);
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.all", NULL));
  g_assert_false (is_idle (sheet));
  strata_connection_set_console (connection, strata_connection_get_account (connection), NULL);
  console_desk_wait (is_idle, sheet);
  g_assert_cmpuint (count (sheet, STRATA_SYNC_ITEM_RUNNING), ==, 0);
  g_assert_cmpuint (count (sheet, STRATA_SYNC_ITEM_WAITING), >, 0);
  g_assert_cmpint (strata_connection_get_state (connection), ==, STRATA_CONNECTION_SIGNED_OUT);

  /* A click says why nothing happens. */
  const char *name = get_state (sheet, "quay") == STRATA_SYNC_ITEM_WAITING ? "quay" : "pier";

  g_assert_true (gtk_widget_activate_action (sheet, "sheet.one", "s",
                                             strata_sync_item_get_step (find_item (sheet, name))->id));
  g_assert_cmpint (get_state (sheet, name), ==, STRATA_SYNC_ITEM_FAILED);
  gtk_window_destroy (GTK_WINDOW (sheet));
}

/* A sheet that is closed while it works goes on, and one that is destroyed lets go. */
static void
test_is_destroyed_meanwhile (ConsoleDesk   *desk,
                             gconstpointer  data)
{
  g_autofree char *account = console_desk_add_account (desk, "Harbour", "");
  StrataWorkspace *workspace = console_desk_sign_in (desk, account);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "pier", "quay", NULL });

  console_desk_wait (is_online, strata_workspace_get_connection (workspace));
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.all", NULL));
  gtk_window_close (GTK_WINDOW (sheet));
  g_assert_false (gtk_widget_get_visible (sheet));
  gtk_window_destroy (GTK_WINDOW (sheet));
}

static gboolean
is_signed_out (gpointer connection)
{
  return strata_connection_get_state (connection) == STRATA_CONNECTION_SIGNED_OUT;
}

/* The sheet of one console does nothing to another that is shown meanwhile. */
static void
test_acts_on_its_own (ConsoleDesk   *desk,
                      gconstpointer  data)
{
  g_autofree char *mine = console_desk_add_account (desk, "Harbour", "");
  g_autoptr(GPtrArray) projects = NULL;
  StrataWorkspace *workspace = console_desk_sign_in (desk, mine);

  projects = strata_console_list_projects (strata_workspace_get_console (workspace), NULL, NULL);
  g_assert_cmpuint (projects->len, >, 0);

  g_autofree char *other = console_desk_add_account (desk, "Market", ((StrataConsoleProject *) projects->pdata[0])->uid);
  GtkWidget *sheet = open_sheet (desk, workspace, (const char *const[]){ "quay", NULL });
  StrataWorkspace *shown = console_desk_sign_in (desk, other);

  g_assert_true (shown != workspace);
  console_desk_wait (is_online, strata_workspace_get_connection (workspace));
  g_assert_true (gtk_widget_activate_action (sheet, "sheet.sign-out", NULL));
  console_desk_wait (is_signed_out, strata_workspace_get_connection (workspace));
  g_assert_true (is_online (strata_workspace_get_connection (shown)));
  g_assert_true (strata_window_get_workspace (desk->window) == workspace);
  gtk_window_destroy (GTK_WINDOW (sheet));
}

static gboolean
has_sheet (gpointer desk)
{
  return console_desk_find_dialog (desk, STRATA_TYPE_SYNC_SHEET) != NULL;
}

static gboolean
has_no_sheet (gpointer desk)
{
  return !has_sheet (desk);
}

/* There is one for each console, and none any more when that was removed, by whomever. */
static void
test_ends_with_its_console (ConsoleDesk   *desk,
                            gconstpointer  data)
{
  g_autofree char *id = console_desk_add_account (desk, "Harbour", "");
  StrataAccountList *accounts = strata_spaces_get_accounts (strata_window_get_spaces (desk->window));
  g_autoptr(GError) error = NULL;

  console_desk_sign_in (desk, id);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.sync", NULL);
  console_desk_wait (has_sheet, desk);

  GtkWindow *sheet = console_desk_find_dialog (desk, STRATA_TYPE_SYNC_SHEET);

  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.sync", NULL);
  g_assert_true (console_desk_find_dialog (desk, STRATA_TYPE_SYNC_SHEET) == sheet);

  strata_account_list_refresh (accounts);
  while (strata_account_list_find (accounts, id) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (strata_account_remove (desk->folder, id, NULL, &error));
  g_assert_no_error (error);
  strata_account_list_refresh (accounts);
  console_desk_wait (has_no_sheet, desk);
}

#define ADD(name, func) g_test_add (name, ConsoleDesk, NULL, console_desk_set_up, func, console_desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  /* libadwaita 1.7 measures the heading of a message dialog narrower than it is, and warns of that. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  ADD ("/app/sync-sheet/nothing-waits", test_nothing_waits);
  ADD ("/app/sync-sheet/sends-all", test_sends_all);
  ADD ("/app/sync-sheet/each-has-its-result", test_each_has_its_result);
  ADD ("/app/sync-sheet/ends-without-a-console", test_ends_without_a_console);
  ADD ("/app/sync-sheet/signs-out-meanwhile", test_signs_out_meanwhile);
  ADD ("/app/sync-sheet/is-destroyed-meanwhile", test_is_destroyed_meanwhile);
  ADD ("/app/sync-sheet/acts-on-its-own", test_acts_on_its_own);
  ADD ("/app/sync-sheet/ends-with-its-console", test_ends_with_its_console);

  return g_test_run ();
}
