/* bench-registries.c - how the registries bear many versions: opening from the cache, searching as one types
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-registries DATA_DIR ID
 *
 * The index is where the program has it, below XDG_CACHE_HOME, and has what the registry ID offers. Prints one line of
 * JSON, in milliseconds: "open" is time, from the start of the work to the first frame with results in it; "letter" is
 * the worst time from a letter to the frame that shows what it finds.
 */

#include <stdio.h>
#include <stdlib.h>

#include "bench-window.h"
#include "strata-registries-page.h"
#include "strata-results-list.h"

#define ADDRESS "https://charts.example.org"
#define TYPED "1234"  /* each letter of it narrows what is found */

/* The page shows what the registries on its list offer, so there has to be one. */
static void
add_registry (StrataRegistryList *registries,
              const char         *id)
{
  g_autoptr(StrataRemote) remote = strata_remote_new (STRATA_REGISTRY_HELM, ADDRESS, NULL);
  g_autoptr(StrataRemote) known = strata_remote_with_id (remote, id);
  g_autoptr(GError) error = NULL;

  if (strata_registry_list_find (registries, id) == NULL
      && !strata_registry_list_add_remote (registries, known, &error))
    {
      fprintf (stderr, "bench-registries: %s\n", error->message);
      exit (1);
    }
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

/* Until the list says that it has changed, and that is painted. */
static double
wait_for_results (BenchWindow *window,
                  guint       *n_changes,
                  gint64       start)
{
  while (*n_changes == 0 && g_get_monotonic_time () - start < BENCH_PATIENCE)
    g_main_context_iteration (NULL, FALSE);
  bench_window_wait (window);

  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static double
measure_letters (BenchWindow *window,
                 guint       *n_changes)
{
  double worst = 0.0;

  /* There are entries in drop-downs, too: it is the one that Ctrl+F goes to. */
  gtk_widget_activate_action (window->page, "page.search", NULL);

  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (window->page));
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY));

  for (const char *letter = TYPED; *letter != '\0'; letter++)
    {
      gint64 start = g_get_monotonic_time ();
      int position = -1;

      *n_changes = 0;
      gtk_editable_insert_text (entry, letter, 1, &position);
      worst = MAX (worst, wait_for_results (window, n_changes, start));
    }

  return worst;
}

int
main (int   argc,
      char *argv[])
{
  BenchWindow window = { 0 };
  g_autoptr(GError) error = NULL;
  guint n_changes = 0;

  if (argc != 3)
    {
      fprintf (stderr, "usage: bench-registries DATA_DIR ID\n");
      return 2;
    }

  adw_init ();

  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataWorkspace) workspace = strata_workspace_new (argv[1], &error);

  if (workspace == NULL)
    {
      fprintf (stderr, "bench-registries: %s\n", error->message);
      return 1;
    }

  add_registry (strata_workspace_get_registries (workspace), argv[2]);
  bench_window_show (&window, g_object_new (STRATA_TYPE_REGISTRIES_PAGE, "workspace", workspace, NULL));

  GtkWidget *results = bench_find_child (window.page, STRATA_TYPE_RESULTS_LIST);
  GtkWidget *list = bench_find_child (results, GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list));

  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (changed_cb), &n_changes);
  if (g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    n_changes++;

  double open = wait_for_results (&window, &n_changes, start);
  double letter = measure_letters (&window, &n_changes);

  printf ("{\"open\": %.1f, \"letter\": %.2f}\n", open, letter);

  return 0;
}
