/* test-dashboard.c - the table of profiles as a person works with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"
#include "strata-dashboard-table.h"
#include "strata-slot.h"

#define N_ROWS 40u  /* more than a filter takes away at once */

/* A table in a window. */
typedef struct
{
  StrataDashboardModel  *model;   /* (owned) */
  StrataDashboardFilter *filter;  /* (owned) */
  GtkWidget             *window;  /* (unowned): the toolkit's */
  StrataDashboardTable  *table;   /* (unowned): the window's */
} Desk;

static void
desk_clear (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->model);
  g_clear_object (&desk->filter);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (void)
{
  Desk desk = {
    strata_dashboard_model_new (),
    strata_dashboard_filter_new (),
    adw_window_new (),
    g_object_new (STRATA_TYPE_DASHBOARD_TABLE, NULL),
  };

  strata_dashboard_table_set_model (desk.table, desk.model, desk.filter);
  adw_window_set_content (ADW_WINDOW (desk.window), GTK_WIDGET (desk.table));
  gtk_window_set_default_size (GTK_WINDOW (desk.window), 1280, 820);
  gtk_window_present (GTK_WINDOW (desk.window));

  return desk;
}

static GListModel *
list_entries (StoreFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = strata_store_list (fixture->store, NULL, &error);
  GListStore *list = g_list_store_new (STRATA_TYPE_ENTRY);

  g_assert_no_error (error);
  g_list_store_splice (list, 0, 0, entries->pdata, entries->len);

  return G_LIST_MODEL (list);
}

static void
fill (Desk         *desk,
      StoreFixture *fixture)
{
  g_autoptr(GListModel) entries = list_entries (fixture);

  strata_dashboard_model_update (desk->model, entries, TRUE);
}

static void
add (StoreFixture *fixture,
     const char   *name,
     const char   *version)
{
  g_autoptr(StrataProfile) made = strata_profile_new (name, version);
  g_autoptr(StrataProfile) profile = store_fixture_save (fixture, made, STRATA_REASON_SAVE);
}

static GtkColumnView *
find_view (GtkWidget *widget)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    return GTK_COLUMN_VIEW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkColumnView *view = find_view (child);

      if (view != NULL)
        return view;
    }

  return NULL;
}

/* The names in the order they are shown. */
static char *
list_names (Desk *desk)
{
  GListModel *rows =
    G_LIST_MODEL (gtk_column_view_get_model (find_view (GTK_WIDGET (desk->table))));
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(StrataSlot) slot = g_list_model_get_item (rows, i);
      StrataEntry *entry = strata_dashboard_row_get_entry (strata_slot_get_item (slot));

      g_string_append_printf (names, "%s %s, ", strata_entry_get_name (entry),
                              strata_entry_get_version (entry));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_names (Desk       *desk,
              const char *expected)
{
  g_autofree char *names = list_names (desk);

  g_assert_cmpstr (names, ==, expected);
}

static GtkColumnViewColumn *
get_column (Desk  *desk,
            guint  position)
{
  GListModel *columns = gtk_column_view_get_columns (find_view (GTK_WIDGET (desk->table)));
  g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, position);

  return column;
}

static void
test_sorts_and_remembers (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr(GSettings) settings = g_settings_new ("io.github.stratadesk.Strata");

  add (fixture, "b", "1.0.0");
  add (fixture, "a", "3.0.0");
  add (fixture, "c", "2.0.0");

  {
    g_auto(Desk) desk = open_desk ();

    fill (&desk, fixture);
    gtk_column_view_sort_by_column (find_view (GTK_WIDGET (desk.table)), get_column (&desk, 1),
                                    GTK_SORT_DESCENDING);
    assert_names (&desk, "a 3.0.0, c 2.0.0, b 1.0.0, ");
  }

  g_autofree char *column = g_settings_get_string (settings, "sort-column");
  g_assert_cmpstr (column, ==, "version");
  g_assert_true (g_settings_get_boolean (settings, "sort-descending"));

  g_auto(Desk) again = open_desk ();
  fill (&again, fixture);
  assert_names (&again, "a 3.0.0, c 2.0.0, b 1.0.0, ");

  /* Narrow, the column goes, and the order stays: here, and in the settings. */
  strata_dashboard_table_set_narrow (again.table, TRUE);
  assert_names (&again, "a 3.0.0, c 2.0.0, b 1.0.0, ");
  strata_dashboard_table_set_narrow (again.table, FALSE);
  assert_names (&again, "a 3.0.0, c 2.0.0, b 1.0.0, ");
  g_autofree char *still = g_settings_get_string (settings, "sort-column");
  g_assert_cmpstr (still, ==, "version");

  gtk_column_view_sort_by_column (find_view (GTK_WIDGET (again.table)), get_column (&again, 0),
                                  GTK_SORT_ASCENDING);
  assert_names (&again, "a 3.0.0, b 1.0.0, c 2.0.0, ");
  g_assert_false (g_settings_get_boolean (settings, "sort-descending"));
  g_settings_reset (settings, "sort-column");
  g_settings_reset (settings, "sort-descending");
}

static void
test_unfolds (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto(Desk) desk = open_desk ();

  add (fixture, "a", "1.0.0");
  add (fixture, "a", "2.0.0");
  fill (&desk, fixture);
  assert_names (&desk, "a 2.0.0, ");

  gtk_widget_activate_action (GTK_WIDGET (desk.table), "table.toggle-older", "u", 0);
  assert_names (&desk, "a 2.0.0, a 1.0.0, ");
  g_assert_cmpuint (strata_dashboard_table_get_n_shown (desk.table), ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (desk.table), "table.toggle-older", "u", 0);
  assert_names (&desk, "a 2.0.0, ");
}

static void
test_selection_goes_with_the_profiles (StoreFixture  *fixture,
                                  gconstpointer  data)
{
  g_auto(Desk) desk = open_desk ();

  add (fixture, "a", "1.0.0");
  add (fixture, "b", "1.0.0");
  fill (&desk, fixture);

  GtkSelectionModel *selection = gtk_column_view_get_model (find_view (GTK_WIDGET (desk.table)));
  gtk_selection_model_select_all (selection);
  g_autoptr(GPtrArray) selected = strata_dashboard_table_list_selected (desk.table);
  g_assert_cmpuint (selected->len, ==, 2);

  add (fixture, "0", "1.0.0");
  fill (&desk, fixture);

  g_autoptr(GPtrArray) still = strata_dashboard_table_list_selected (desk.table);
  g_assert_cmpuint (still->len, ==, 2);
  for (guint i = 0; i < still->len; i++)
    g_assert_cmpstr (strata_entry_get_name (still->pdata[i]), !=, "0");

  /* A profile that the search hides is not selected any more: nothing happens to what cannot be
   * seen. */
  strata_dashboard_filter_set_text (desk.filter, "b");
  g_autoptr(GPtrArray) seen = strata_dashboard_table_list_selected (desk.table);
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpstr (strata_entry_get_name (seen->pdata[0]), ==, "b");
  strata_dashboard_filter_set_text (desk.filter, "");
  g_assert_cmpuint (strata_dashboard_table_get_n_shown (desk.table), ==, 3);
}

static guint
count_visible (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += gtk_widget_get_visible (row) ? 1 : 0;

  return n;
}

/* Rows that a filter takes away are not to be seen from then on, and not selected, also while they are still there. */
static void
test_filter_hides_rows (StoreFixture  *fixture,
                        gconstpointer  data)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *name = g_strdup_printf ("row-%02u", i);
      add (fixture, name, "1.0.0");
    }

  g_auto(Desk) desk = open_desk ();

  fill (&desk, fixture);

  GtkColumnView *view = find_view (GTK_WIDGET (desk.table));
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (view));
  GtkSelectionModel *rows = gtk_column_view_get_model (view);

  while (g_list_model_get_n_items (G_LIST_MODEL (rows)) < N_ROWS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_visible (list), ==, N_ROWS);

  strata_dashboard_filter_set_text (desk.filter, "row-07");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), >, 1);
  g_assert_cmpuint (count_visible (list), ==, 1);
  gtk_selection_model_select_all (rows);
  g_autoptr(GPtrArray) selected = strata_dashboard_table_list_selected (desk.table);
  g_assert_cmpuint (selected->len, ==, 1);

  strata_dashboard_filter_set_text (desk.filter, "");
  g_assert_cmpuint (count_visible (list), ==, N_ROWS);

  strata_dashboard_filter_set_text (desk.filter, "row-07");
  while (g_list_model_get_n_items (G_LIST_MODEL (rows)) > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_visible (list), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  store_fixture_add ("/app/dashboard/sorts-and-remembers", test_sorts_and_remembers);
  store_fixture_add ("/app/dashboard/unfolds", test_unfolds);
  store_fixture_add ("/app/dashboard/selection-goes-with-the-profiles",
                     test_selection_goes_with_the_profiles);
  store_fixture_add ("/app/dashboard/filter-hides-rows", test_filter_hides_rows);

  return g_test_run ();
}
