/* test-window.c - the window: pages, places, what is open, and what is done to whole profiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-accounts.h"
#include "strata-archive.h"
#include "strata-import.h"
#include "strata-window.h"

#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef gboolean (*Condition) (gpointer data);

static void
wait_until (Condition condition,
            gpointer  data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

/* A window on a store of its own. */
typedef struct
{
  StrataWorkspace *workspace;  /* (owned) */
  StrataWindow    *window;     /* (unowned) (nullable): the toolkit's */
} Desk;

static void
desk_clear (Desk *desk)
{
  if (desk->window != NULL)
    gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->workspace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_loaded (gpointer workspace)
{
  return !strata_profile_list_get_loading (strata_workspace_get_profiles (workspace));
}

static Desk
open_desk (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  Desk desk = { strata_workspace_new (fixture->path, &error), NULL };

  g_assert_no_error (error);
  desk.window = strata_window_new (NULL, desk.workspace);
  gtk_window_present (GTK_WINDOW (desk.window));
  wait_until (is_mapped, desk.window);
  wait_until (is_loaded, desk.workspace);

  return desk;
}

/* As a person does it. */
static void
close_window (Desk *desk)
{
  gtk_window_close (GTK_WINDOW (desk->window));
  desk->window = NULL;
}

static char *
add_profile (StoreFixture *fixture,
             const char   *name)
{
  g_autoptr(StrataProfile) made = strata_profile_new (name, "1.0.0");
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);

  return g_strdup (strata_profile_get_id (profile));
}

static void
activate (Desk       *desk,
          const char *action,
          const char *argument)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, "s", argument));
}

/* How many profiles and how much trash the store holds: what is waited for. */
typedef struct
{
  StoreFixture *fixture;
  guint         n_profiles;
  guint         n_trash;
} Expected;

static gboolean
is_as_expected (gpointer data)
{
  Expected *expected = data;
  g_autoptr(GPtrArray) profiles = strata_store_list (expected->fixture->store, NULL, NULL);
  g_autoptr(GPtrArray) trash = strata_store_list_trash (expected->fixture->store, NULL, NULL);

  return profiles->len == expected->n_profiles && trash->len == expected->n_trash;
}

static void
wait_for_store (StoreFixture *fixture,
                guint         n_profiles,
                guint         n_trash)
{
  Expected expected = { fixture, n_profiles, n_trash };

  wait_until (is_as_expected, &expected);
}

static void
test_starts_with_the_profiles (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);

  g_assert_cmpstr (strata_window_get_place (desk.window), ==, "profiles");
  g_assert_null (strata_window_peek_editor (desk.window));
}

static void
test_shows_each_place (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  const char *const places[] = { "registries", "trash", "editor", "assistant", "profiles" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      activate (&desk, "win.show-place", places[i]);
      g_assert_cmpstr (strata_window_get_place (desk.window), ==, places[i]);
      wait_until (is_mapped, strata_window_get_page (desk.window));
    }
}

static void
test_work_hides_the_places (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  gboolean shown;

  g_object_get (desk.window, "places-shown", &shown, NULL);
  g_assert_true (shown);

  activate (&desk, "win.show-place", "editor");
  g_object_get (desk.window, "places-shown", &shown, NULL);
  g_assert_false (shown);

  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.toggle-places", NULL);
  g_object_get (desk.window, "places-shown", &shown, NULL);
  g_assert_true (shown);

  activate (&desk, "win.show-place", "profiles");
  g_object_get (desk.window, "places-shown", &shown, NULL);
  g_assert_true (shown);
}

static gboolean
is_narrow (gpointer window)
{
  gboolean narrow;

  g_object_get (window, "narrow", &narrow, NULL);

  return narrow;
}

/* The columns of the table alone are wider than this. */
static void
test_is_narrow (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(GSettings) settings = g_settings_new ("io.github.stratadesk.Strata");
  g_autofree char *id = add_profile (fixture, "crane");

  g_settings_set_int (settings, "window-width", 800);

  {
    g_auto(Desk) desk = open_desk (fixture);
    gboolean shown, page_narrow;

    wait_until (is_narrow, desk.window);
    g_object_get (desk.window, "places-shown", &shown, NULL);
    g_object_get (strata_window_get_page (desk.window), "narrow", &page_narrow, NULL);
    g_assert_false (shown);
    g_assert_true (page_narrow);
    g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (desk.window)), <=, 900);
  }

  g_settings_reset (settings, "window-width");
  g_auto(Desk) wide = open_desk (fixture);
  g_assert_false (is_narrow (wide.window));
}

static gboolean
has_open (gpointer window)
{
  StrataEditorPage *editor = strata_window_peek_editor (window);

  return editor != NULL && strata_editor_page_get_n_open (editor) == 1;
}

static void
test_comes_back_as_it_was (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autofree char *id = add_profile (fixture, "crane");

  {
    g_auto(Desk) desk = open_desk (fixture);

    activate (&desk, "win.open-profile", id);
    wait_until (has_open, desk.window);
    close_window (&desk);
  }

  g_auto(Desk) again = open_desk (fixture);

  g_assert_cmpstr (strata_window_get_place (again.window), ==, "editor");
  wait_until (has_open, again.window);
}

/* What was open is not forgotten by a start that never looks at it. */
static void
test_keeps_tabs_that_nobody_looked_at (StoreFixture  *fixture,
                                       gconstpointer  data)
{
  g_autofree char *id = add_profile (fixture, "crane");

  for (guint i = 0; i < 3; i++)
    {
      g_auto(Desk) desk = open_desk (fixture);

      if (i == 0)
        {
          activate (&desk, "win.open-profile", id);
          wait_until (has_open, desk.window);
        }
      if (i < 2)
        {
          activate (&desk, "win.show-place", "profiles");
          close_window (&desk);
          continue;
        }

      g_assert_null (strata_window_peek_editor (desk.window));
      activate (&desk, "win.show-place", "editor");
      wait_until (has_open, desk.window);
    }
}

static void
test_trash_and_back (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *a = add_profile (fixture, "crane");
  g_autofree char *b = add_profile (fixture, "kiosk");
  const char *both[] = { a, b, NULL };
  g_auto(Desk) desk = open_desk (fixture);

  activate (&desk, "win.trash-profile", a);
  wait_for_store (fixture, 1, 1);
  activate (&desk, "win.restore-profile", a);
  wait_for_store (fixture, 2, 0);

  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.trash-profiles", "^as", both);
  wait_for_store (fixture, 0, 2);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "win.restore-profiles", "^as", both);
  wait_for_store (fixture, 2, 0);
}

static GFile *
write_archive (StoreFixture *fixture,
               const char   *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = strata_profile_new (name, "2.0.0");
  g_autoptr(GBytes) bytes = strata_archive_build (profile, NULL, &error);
  g_autofree char *path = g_build_filename (fixture->path, "import.tgz", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));

  return g_file_new_for_path (path);
}

static void
test_imports_beside_what_is_here (StoreFixture  *fixture,
                                  gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autoptr(GFile) file = write_archive (fixture, "imported");

  strata_import_files (desk.window, &file, 1);
  wait_for_store (fixture, 1, 0);

  strata_import_files (desk.window, &file, 1);
  wait_for_store (fixture, 2, 0);

  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, NULL);
  g_assert_cmpstr (strata_entry_get_name (entries->pdata[0]), ==, "imported");
  g_assert_cmpstr (strata_entry_get_name (entries->pdata[1]), ==, "imported");
}

static gboolean
has_dialog (gpointer window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_window_get_transient_for (toplevel) == window)
        return TRUE;
    }

  return FALSE;
}

static void
test_says_what_it_cannot_import (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  g_auto(Desk) desk = open_desk (fixture);
  g_autofree char *path = g_build_filename (fixture->path, "broken.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "{ \"metadata\": ", -1, NULL));
  strata_import_files (desk.window, &file, 1);
  wait_until (has_dialog, desk.window);
  wait_for_store (fixture, 0, 0);
}

/* A console beside this computer, which nobody answers for. */
static char *
add_account (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) account = strata_account_new ("http://127.0.0.1:9", STRATA_ACCOUNT_KEY, &error);

  g_assert_no_error (error);
  char *id = strata_account_add (fixture->path, account, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return id;
}

static gboolean
is_at_home (gpointer window)
{
  return g_str_equal (strata_workspace_get_id (strata_window_get_workspace (window)), STRATA_SPACES_HOME);
}

static gboolean
knows_accounts (gpointer window)
{
  GListModel *accounts = G_LIST_MODEL (strata_spaces_get_accounts (strata_window_get_spaces (window)));

  return g_list_model_get_n_items (accounts) > 0;
}

/* Each workspace keeps its page behind the other; the last one comes back; one that is removed leads home. */
static void
test_workspaces (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = add_account (fixture);

  {
    g_auto(Desk) desk = open_desk (fixture);

    g_assert_true (is_at_home (desk.window));
    g_assert_null (strata_workspace_get_console (strata_window_get_workspace (desk.window)));
    strata_window_set_workspace (desk.window, id);
    strata_window_show_place (desk.window, "activity");
    strata_window_set_workspace (desk.window, STRATA_SPACES_HOME);
    g_assert_cmpstr (strata_window_get_place (desk.window), ==, "profiles");
    strata_window_set_workspace (desk.window, id);
    g_assert_cmpstr (strata_window_get_place (desk.window), ==, "activity");
    close_window (&desk);
  }

  g_auto(Desk) again = open_desk (fixture);

  g_assert_false (is_at_home (again.window));
  g_assert_cmpstr (strata_window_get_place (again.window), ==, "activity");
  wait_until (knows_accounts, again.window);
  g_assert_true (strata_account_remove (fixture->path, id, NULL, &error));
  g_assert_no_error (error);
  strata_account_list_refresh (strata_spaces_get_accounts (strata_window_get_spaces (again.window)));
  wait_until (is_at_home, again.window);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();

  /* libadwaita 1.7 measures the heading of a message dialog narrower than it is, and warns of that. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  store_fixture_add ("/app/window/starts-with-the-profiles", test_starts_with_the_profiles);
  store_fixture_add ("/app/window/shows-each-place", test_shows_each_place);
  store_fixture_add ("/app/window/work-hides-the-places", test_work_hides_the_places);
  store_fixture_add ("/app/window/is-narrow", test_is_narrow);
  store_fixture_add ("/app/window/comes-back-as-it-was", test_comes_back_as_it_was);
  store_fixture_add ("/app/window/keeps-tabs-that-nobody-looked-at",
                     test_keeps_tabs_that_nobody_looked_at);
  store_fixture_add ("/app/window/trash-and-back", test_trash_and_back);
  store_fixture_add ("/app/window/imports-beside-what-is-here", test_imports_beside_what_is_here);
  store_fixture_add ("/app/window/says-what-it-cannot-import", test_says_what_it_cannot_import);
  store_fixture_add ("/app/window/workspaces", test_workspaces);

  return g_test_run ();
}
