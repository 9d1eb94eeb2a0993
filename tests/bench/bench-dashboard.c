/* bench-dashboard.c - how the dashboard bears many profiles: opening, filtering as one types, scrolling
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-dashboard DATA_DIR
 *
 * Prints one line of JSON, in milliseconds. "open" is time, from the start of the work to the first frame with the
 * list in it. The others are processor time of the main thread: "filter" is the worst of all keystrokes, from the text
 * being set to the frame that shows what is left; "turn" is the worst turn of the main loop while the rest of the rows
 * come after the first ones; "frame" is the worst frame of a scroll through the list.
 */

#include <stdio.h>
#include <stdlib.h>

#include "bench-window.h"
#include "strata-dashboard-page.h"

#define N_SCROLLED 120
#define REST_SECONDS 3
#define TYPED "site-0420"

static gboolean
shows_list (GtkWidget *list)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (list));

  return gtk_widget_get_mapped (list) && model != NULL
         && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

static double
measure_open (BenchWindow *window,
              const char  *data_dir)
{
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataWorkspace) workspace = strata_workspace_new (data_dir, &error);

  if (workspace == NULL)
    {
      fprintf (stderr, "bench-dashboard: %s\n", error->message);
      exit (1);
    }

  bench_window_show (window, g_object_new (STRATA_TYPE_DASHBOARD_PAGE, "workspace", workspace, NULL));

  GtkWidget *list = bench_find_child (window->page, GTK_TYPE_COLUMN_VIEW);

  while (!shows_list (list) && g_get_monotonic_time () - start < BENCH_PATIENCE)
    g_main_context_iteration (NULL, TRUE);
  bench_window_wait (window);

  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

/* The entry of a search waits a moment before it says that it changed; that wait is no work. To set the whole text
 * would empty the entry in between, which a keystroke does not. */
static void
type (BenchWindow *window,
      GtkEditable *entry,
      char         letter)
{
  int position = -1;

  gtk_editable_insert_text (entry, &letter, 1, &position);
  g_signal_emit_by_name (entry, "search-changed");
  bench_window_wait (window);
}

static double
measure_filter (BenchWindow *window)
{
  GtkWidget *bar = bench_find_child (window->page, GTK_TYPE_SEARCH_BAR);
  GtkEditable *entry = GTK_EDITABLE (bench_find_child (bar, GTK_TYPE_EDITABLE));
  double worst = 0.0;

  for (const char *letter = TYPED; *letter != '\0'; letter++)
    {
      double start = bench_get_work ();

      type (window, entry, *letter);
      worst = MAX (worst, bench_get_work () - start);
    }
  gtk_editable_set_text (entry, "");
  bench_window_wait (window);

  return worst;
}

static gboolean
end_cb (gpointer ended)
{
  *(gboolean *) ended = TRUE;

  return G_SOURCE_REMOVE;
}

/* Rows come little by little after the first ones: what one turn of the loop, with its frame, is held up by that. */
static double
measure_rest (void)
{
  gboolean ended = FALSE;
  double worst = 0.0;

  g_timeout_add_seconds (REST_SECONDS, end_cb, &ended);
  while (!ended)
    {
      double start = bench_get_work ();

      g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, bench_get_work () - start);
    }

  return worst;
}

static double
measure_scroll (BenchWindow *window)
{
  GtkWidget *list = bench_find_child (window->page, GTK_TYPE_COLUMN_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double worst = 0.0;

  for (guint i = 0; i < N_SCROLLED; i++)
    {
      double step = gtk_adjustment_get_page_size (adjustment) / 3.0;
      double start = bench_get_work ();

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      bench_window_wait (window);
      worst = MAX (worst, bench_get_work () - start);
    }

  return worst;
}

int
main (int   argc,
      char *argv[])
{
  BenchWindow window = { 0 };

  if (argc != 2)
    {
      fprintf (stderr, "usage: bench-dashboard DATA_DIR\n");
      return 2;
    }

  adw_init ();

  double open = measure_open (&window, argv[1]);
  double filter = measure_filter (&window);
  double turn = measure_rest ();
  double frame = measure_scroll (&window);

  printf ("{\"open\": %.1f, \"filter\": %.2f, \"turn\": %.2f, \"frame\": %.2f}\n", open, filter, turn, frame);

  return 0;
}
