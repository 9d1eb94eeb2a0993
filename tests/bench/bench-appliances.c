/* bench-appliances.c - how the board bears many appliances: opening, an answer, filtering as one types, scrolling
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-appliances DATA_DIR
 *
 * Prints one line of JSON, in milliseconds. "open" is time, from the start of the work to the first frame with the list
 * in it, from the answer that was kept. The others are processor time of the main thread: "answer" is what the next
 * answer takes in which one of a hundred moved, with the frame; "filter" is the worst of all keystrokes; "frame" is the
 * worst frame of a scroll through the list. "resident" is memory in KiB, and "growth" how much of it 200 more answers
 * take.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../app/fleet-fixture.h"
#include "bench-window.h"
#include "strata-accounts.h"
#include "strata-appliance-list.h"
#include "strata-appliance-table.h"
#include "strata-appliances-page.h"

#define N_APPLIANCES 10000
#define N_SCROLLED 120
#define REST_SECONDS 3
#define TYPED "till-420"
#define KEPT "appliances"
#define NEXT "next"
#define N_POLLS 220
#define N_POLLS_BEFORE 20

static void
check (gboolean  is_fine,
       GError   *error)
{
  if (is_fine)
    return;

  fprintf (stderr, "bench-appliances: %s\n", error->message);
  exit (1);
}

static StrataWorkspace *
open_workspace (const char *data_dir)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataWorkspace) home = strata_workspace_new (data_dir, &error);
  g_autoptr(StrataAccount) bare =
    strata_account_new ("https://console.example", STRATA_ACCOUNT_KEY, &error);
  g_autofree char *id =
    bare != NULL ? strata_account_add (data_dir, bare, NULL, NULL, NULL, &error) : NULL;
  g_autoptr(StrataAccount) account =
    id != NULL ? strata_account_with (bare, STRATA_ACCOUNT_ID, id) : NULL;
  StrataWorkspace *workspace = home != NULL && account != NULL
                                 ? strata_workspace_new_for_account (home, account, &error)
                                 : NULL;

  check (workspace != NULL, error);

  return workspace;
}

static gboolean
shows_list (GtkWidget *list)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (list));

  return gtk_widget_get_mapped (list) && model != NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (model)) > 0;
}

static double
measure_open (BenchWindow     *window,
              StrataWorkspace *workspace)
{
  gint64 start = g_get_monotonic_time ();

  bench_window_show (window,
                     g_object_new (STRATA_TYPE_APPLIANCES_PAGE, "workspace", workspace, NULL));

  GtkWidget *list = bench_find_child (window->page, GTK_TYPE_COLUMN_VIEW);

  while (!shows_list (list) && g_get_monotonic_time () - start < BENCH_PATIENCE)
    g_main_context_iteration (NULL, TRUE);
  bench_window_wait (window);

  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static void
keep (const char *lines,
      const char *folder,
      const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(StrataFleet) fleet = strata_fleet_load (lines, &error);

  check (fleet != NULL && strata_fleet_save (fleet, path, &error), error);
}

/* Writes the fleet as the last run of the program left it, and the next answer, in which one of a hundred is called
 * otherwise. In a process of its own, so that its memory is not counted. */
static void
write_fleets (const char *folder)
{
  pid_t child = fork ();

  if (child != 0)
    {
      waitpid (child, NULL, 0);
      return;
    }

  g_autoptr(GError) error = NULL;
  g_autofree char *lines = fleet_fixture_write (folder, N_APPLIANCES, 60, "1.0.0");
  g_autofree char *text = NULL;

  check (g_file_get_contents (lines, &text, NULL, &error), error);
  keep (lines, folder, KEPT);

  g_autoptr(GString) changed = g_string_new (text);

  g_string_replace (changed, "4\",\"name\":\"till-11", "4\",\"name\":\"tall-11", 0);
  check (g_file_set_contents (lines, changed->str, (gssize) changed->len, &error), error);
  keep (lines, folder, NEXT);
  exit (0);
}

static double
measure_answer (BenchWindow     *window,
                StrataWorkspace *workspace,
                const char      *folder)
{
  g_autoptr(GError) error = NULL;
  StrataFleetWatch *watch = strata_workspace_get_watch (workspace);
  g_autofree char *path = g_build_filename (folder, NEXT, NULL);
  g_autoptr(StrataFleet) fleet = strata_fleet_load (path, &error);

  check (fleet != NULL, error);

  double start = bench_get_work ();

  strata_fleet_watch_take (watch, fleet);
  bench_window_wait (window);

  return bench_get_work () - start;
}

static void
take_answer (BenchWindow     *window,
             StrataWorkspace *workspace,
             const char      *folder,
             const char      *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(StrataFleet) fleet = strata_fleet_load (path, &error);

  check (fleet != NULL, error);
  strata_fleet_watch_take (strata_workspace_get_watch (workspace), fleet);
  bench_window_wait (window);
}

/* What memory an hour of answers takes more, after the first few have shown how much one needs while it is taken. */
static long
measure_growth (BenchWindow     *window,
                StrataWorkspace *workspace,
                const char      *folder)
{
  long before = 0;

  for (guint i = 0; i < N_POLLS; i++)
    {
      if (i == N_POLLS_BEFORE)
        before = bench_get_resident ();
      take_answer (window, workspace, folder, i % 2 == 0 ? KEPT : NEXT);
    }

  return bench_get_resident () - before;
}

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
      fprintf (stderr, "usage: bench-appliances DATA_DIR\n");
      return 2;
    }

  g_autoptr(StrataWorkspace) workspace = open_workspace (argv[1]);
  g_autofree char *folder =
    g_build_filename (argv[1], "workspaces", strata_workspace_get_id (workspace), NULL);

  write_fleets (folder);
  adw_init ();

  double open = measure_open (&window, workspace);
  double turn = measure_rest ();
  double answer = measure_answer (&window, workspace, folder);
  double filter = measure_filter (&window);
  double rest = measure_rest ();
  double frame = measure_scroll (&window);
  long resident = bench_get_resident ();
  long growth = measure_growth (&window, workspace, folder);

  printf ("{\"open\": %.1f, \"answer\": %.2f, \"filter\": %.2f, \"turn\": %.2f, \"frame\": %.2f, "
          "\"resident\": %ld, \"growth\": %ld}\n",
          open, answer, filter, MAX (turn, rest), frame, resident, growth);

  return 0;
}
