/* test-spinner.c - a spinner that is not seen does not turn
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-spinner.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static void
wait_until_mapped (GtkWidget *widget,
                   gboolean   mapped)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (gtk_widget_get_mapped (widget) != mapped && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (gtk_widget_get_mapped (widget), ==, mapped);
}

static void
test_turns_only_while_it_is_seen (void)
{
  GtkWidget *spinner = g_object_new (STRATA_TYPE_SPINNER, NULL);
  GtkSpinner *inner = GTK_SPINNER (adw_bin_get_child (ADW_BIN (spinner)));
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *window = gtk_window_new ();

  gtk_stack_add_named (GTK_STACK (stack), spinner, "loading");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("done"), "content");
  gtk_window_set_child (GTK_WINDOW (window), stack);
  g_assert_false (gtk_spinner_get_spinning (inner));

  gtk_window_present (GTK_WINDOW (window));
  wait_until_mapped (spinner, TRUE);
  g_assert_true (gtk_spinner_get_spinning (inner));

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "content");
  wait_until_mapped (spinner, FALSE);
  g_assert_false (gtk_spinner_get_spinning (inner));

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "loading");
  wait_until_mapped (spinner, TRUE);
  g_assert_true (gtk_spinner_get_spinning (inner));

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/spinner/turns-only-while-it-is-seen", test_turns_only_while_it_is_seen);

  return g_test_run ();
}
