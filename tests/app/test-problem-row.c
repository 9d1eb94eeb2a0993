/* test-problem-row.c - a row says its problem, offers the repair while there is one, and does nothing for what it says already
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-problem-row.h"

static StrataProblem *
make_problem (guint       line,
              const char *fix)
{
  StrataProblem *problem = strata_problem_new (STRATA_SEVERITY_WARNING, line, 3, 0, "Kubernetes", "%s", "<b> is no field");

  problem->document = g_strdup ("site");
  problem->fix = g_strdup (fix);

  return problem;
}

static StrataProblemRow *
make_row (void)
{
  return g_object_ref_sink (strata_problem_row_new ());
}

/* The button that can be pressed; NULL when there is none. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);

  return found;
}

static void
test_says (void)
{
  g_autoptr(StrataProblemRow) row = make_row ();
  g_autoptr(StrataProblem) problem = make_problem (12, NULL);

  g_assert_null (strata_problem_row_get_problem (row));
  g_assert_true (strata_problem_row_set_problem (row, problem, "site"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "<b> is no field");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Line 12, column 3 · Kubernetes");
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));

  g_assert_true (strata_problem_row_set_problem (row, problem, "other"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "site · Line 12, column 3 · Kubernetes");
}

static void
test_same_is_no_change (void)
{
  g_autoptr(StrataProblemRow) row = make_row ();
  g_autoptr(StrataProblem) first = make_problem (12, "a");
  g_autoptr(StrataProblem) same = make_problem (12, "a");
  g_autoptr(StrataProblem) moved = make_problem (13, "a");

  g_assert_true (strata_problem_row_set_problem (row, first, "site"));
  g_assert_false (strata_problem_row_set_problem (row, same, "site"));
  g_assert_true (strata_problem_row_set_problem (row, moved, "site"));
  g_assert_cmpuint (strata_problem_row_get_problem (row)->line, ==, 13);
}

static void
count_cb (guint *n_times)
{
  (*n_times)++;
}

static void
test_repair_comes_and_goes (void)
{
  g_autoptr(StrataProblemRow) row = make_row ();
  g_autoptr(StrataProblem) without = make_problem (12, NULL);
  g_autoptr(StrataProblem) with = make_problem (12, "a");
  GtkWidget *content = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  guint n_repairs = 0;

  g_signal_connect_swapped (row, "repair", G_CALLBACK (count_cb), &n_repairs);
  strata_problem_row_set_problem (row, without, "site");
  g_assert_null (find_button (GTK_WIDGET (row)));

  strata_problem_row_set_problem (row, with, "site");
  g_signal_emit_by_name (find_button (GTK_WIDGET (row)), "clicked");
  g_assert_cmpuint (n_repairs, ==, 1);

  strata_problem_row_set_problem (row, without, "site");
  g_assert_null (find_button (GTK_WIDGET (row)));
  g_assert_true (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)) == content);

  strata_problem_row_set_problem (row, with, "site");
  g_assert_nonnull (find_button (GTK_WIDGET (row)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/problem-row/says", test_says);
  g_test_add_func ("/app/problem-row/same-is-no-change", test_same_is_no_change);
  g_test_add_func ("/app/problem-row/repair-comes-and-goes", test_repair_comes_and_goes);

  return g_test_run ();
}
