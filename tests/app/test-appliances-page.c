/* test-appliances-page.c - the board as a person meets it: with no console, as it was, narrow, and what would change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fleet-fixture.h"
#include "strata-accounts.h"
#include "strata-appliance-details.h"
#include "strata-appliances-page.h"
#include "strata-store-join.h"

#define BOUND_S 30

/* A page in a window, over a workspace of its own. */
typedef struct
{
  TempFolder       folder;
  StrataWorkspace *home;       /* (owned) */
  StrataWorkspace *workspace;  /* (owned) (nullable): of a console that nobody is signed in at */
  GtkWidget       *window;     /* (unowned) (nullable): the toolkit's */
  GtkWidget       *page;       /* (unowned): the window's */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  temp_folder_set_up (&fixture->folder, data);
  fixture->home = strata_workspace_new (fixture->folder.path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->workspace);
  g_clear_object (&fixture->home);
  temp_folder_tear_down (&fixture->folder, data);
}

static void
show (Fixture         *fixture,
      StrataWorkspace *workspace)
{
  fixture->page = g_object_new (STRATA_TYPE_APPLIANCES_PAGE, "workspace", workspace, NULL);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->page);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 820);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/* The console of an account, whose last answer had 20 appliances. */
static void
show_kept (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAccount) bare =
    strata_account_new ("https://console.example", STRATA_ACCOUNT_KEY, &error);
  g_autofree char *id = strata_account_add (fixture->folder.path, bare, NULL, NULL, NULL, &error);
  g_autoptr(StrataAccount) account = strata_account_with (bare, STRATA_ACCOUNT_ID, id);
  g_autofree char *folder = g_build_filename (fixture->folder.path, "workspaces", id, NULL);

  g_assert_no_error (error);

  g_autofree char *path = fleet_fixture_write (folder, 20, 60, "1.0.0");

  fixture->workspace = strata_workspace_new_for_account (fixture->home, account, &error);
  g_assert_no_error (error);
  show (fixture, fixture->workspace);
}

static gpointer
child (Fixture    *fixture,
       const char *name)
{
  return gtk_widget_get_template_child (fixture->page, STRATA_TYPE_APPLIANCES_PAGE, name);
}

static gboolean
late_cb (gpointer data)
{
  g_test_message ("nothing came within %d s", BOUND_S);
  g_assert_not_reached ();

  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                      \
  G_STMT_START                                                   \
  {                                                              \
    guint late = g_timeout_add_seconds (BOUND_S, late_cb, NULL); \
    while (!(condition))                                         \
      g_main_context_iteration (NULL, TRUE);                     \
    g_source_remove (late);                                      \
  }                                                              \
  G_STMT_END

static gboolean
is_on (Fixture    *fixture,
       const char *view)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (child (fixture, "stack")), view) == 0;
}

static void
test_no_console (Fixture       *fixture,
                 gconstpointer  data)
{
  show (fixture, fixture->home);
  g_assert_true (is_on (fixture, "local"));
}

static void
test_as_it_was (Fixture       *fixture,
                gconstpointer  data)
{
  show_kept (fixture);
  WAIT_FOR (is_on (fixture, "board"));

  const char *subtitle = adw_window_title_get_subtitle (child (fixture, "title"));
  g_assert_true (g_str_has_prefix (subtitle, "20 appliances · as of "));
}

/* A part of the details. */
static gboolean
shows (Fixture    *fixture,
       const char *name)
{
  return gtk_widget_get_visible (GTK_WIDGET (gtk_widget_get_template_child (
    child (fixture, "details"), STRATA_TYPE_APPLIANCE_DETAILS, name)));
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  show_kept (fixture);
  WAIT_FOR (is_on (fixture, "board"));
  g_assert_false (shows (fixture, "more"));
  g_assert_true (shows (fixture, "layers"));

  /* One line below the table leads to the details, and so does Enter in a row. */
  g_object_set (fixture->page, "narrow", TRUE, NULL);
  g_assert_true (shows (fixture, "more"));
  g_assert_false (shows (fixture, "layers"));
  gtk_widget_activate_action (fixture->page, "page.details", NULL);
  g_assert_true (shows (fixture, "layers"));
  g_assert_false (gtk_widget_get_visible (child (fixture, "table")));

  gtk_widget_activate_action (fixture->page, "page.back", NULL);
  g_assert_false (shows (fixture, "layers"));
  g_assert_true (gtk_widget_get_visible (child (fixture, "table")));
  g_signal_emit_by_name (child (fixture, "table"), "activated");
  g_assert_true (shows (fixture, "layers"));
  g_assert_false (gtk_widget_get_visible (child (fixture, "table")));

  g_object_set (fixture->page, "narrow", FALSE, NULL);
  g_assert_true (shows (fixture, "layers"));
  g_assert_true (gtk_widget_get_visible (child (fixture, "table")));
}

static void
test_nothing_found (Fixture       *fixture,
                    gconstpointer  data)
{
  show_kept (fixture);
  WAIT_FOR (is_on (fixture, "board"));

  gtk_editable_set_text (child (fixture, "search_entry"), "no such");
  WAIT_FOR (is_on (fixture, "nothing"));
  gtk_widget_activate_action (fixture->page, "page.show-all", NULL);
  WAIT_FOR (is_on (fixture, "board"));
}

/* One layer of the profile on this computer is of another version. */
static void
save_profile (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) bare = strata_profile_new ("retail", "2.0.0");
  g_autoptr(StrataProfile) named = strata_profile_with (bare, STRATA_PROFILE_UID, "p0");
  g_autoptr(StrataLayer) os = strata_layer_new (STRATA_LAYER_KIND_PACK, "os");
  g_autoptr(StrataLayer) os_there = strata_layer_with (os, STRATA_LAYER_VERSION, "1.0.0");
  g_autoptr(StrataLayer) shop = strata_layer_new (STRATA_LAYER_KIND_HELM, "shop");
  g_autoptr(StrataLayer) shop_new = strata_layer_with (shop, STRATA_LAYER_VERSION, "1.1.0");
  g_autoptr(StrataProfile) one = strata_profile_with_layer_inserted (named, 0, os_there);
  g_autoptr(StrataProfile) both = strata_profile_with_layer_inserted (one, 1, shop_new);
  g_autoptr(StrataLink) link = strata_link_new ();
  StrataJoin join = {
    .id = "0123456789abcdef0123456789abcdef",
    .head = both,
    .reason = STRATA_REASON_SAVE,
    .link = link,
  };

  g_free (link->uid);
  link->uid = g_strdup ("p0");
  strata_store_join (strata_workspace_get_store (fixture->workspace), &join, NULL, &error);
  g_assert_no_error (error);
}

static void
test_if_published_now (Fixture       *fixture,
                       gconstpointer  data)
{
  show_kept (fixture);
  WAIT_FOR (is_on (fixture, "board"));
  gtk_widget_activate_action (child (fixture, "chips"), "chips.by", "s", "profile:p0");
  g_assert_cmpstr (gtk_label_get_label (child (fixture, "plan_line")), ==,
                   "The profile of these appliances is not in this workspace.");

  save_profile (fixture);
  strata_profile_list_refresh (strata_workspace_get_profiles (fixture->workspace));
  WAIT_FOR (g_str_equal (gtk_label_get_label (child (fixture, "plan_line")),
                         "If retail 2.0.0 were published now, 10 of 10 appliances would change."));
}

#define ADD(name, func) g_test_add ("/app/appliances-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("no-console", test_no_console);
  ADD ("as-it-was", test_as_it_was);
  ADD ("narrow", test_narrow);
  ADD ("nothing-found", test_nothing_found);
  ADD ("if-published-now", test_if_published_now);

  return g_test_run ();
}
