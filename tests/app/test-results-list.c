/* test-results-list.c - a long list of results has few rows until somebody scrolls, and all of them at its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "../temp-folder.h"
#include "../wait-until.h"
#include "strata-index-writer.h"
#include "strata-registry-list.h"
#include "strata-results-list.h"

#define N_CHARTS 180
#define PAGE 50

static void
put_charts (StrataIndex *index)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataIndexWriter) writer = strata_index_begin (index, "many", NULL, &error);

  for (guint i = 0; i < N_CHARTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("chart-%03u", i);
      const StrataIndexEntry entry = { .kind = STRATA_LAYER_KIND_HELM, .name = name, .version = "1.0.0" };

      g_assert_true (strata_index_writer_add (writer, &entry, &error));
    }
  g_assert_true (strata_index_writer_commit (writer, TRUE, NULL, &error));
  g_assert_no_error (error);
}

static guint
count_rows (GtkWidget *view)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;

  return n;
}

/* The end goes further down with each page that is read. */
static gboolean
is_read_at_end (GtkAdjustment *adjustment,
                GListModel    *rows)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));

  return g_list_model_get_n_items (rows) == N_CHARTS;
}

static void
test_reads_on_when_scrolled (TempFolder    *folder,
                             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (folder->path, "cache", "index.db", NULL);
  g_autoptr(StrataIndex) index = strata_index_new (path);
  g_autoptr(StrataRegistryList) registries = strata_registry_list_new (folder->path);

  put_charts (index);

  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  g_autoptr(StrataSearch) search = strata_search_new (index, NULL);
  GtkWidget *list = g_object_new (STRATA_TYPE_RESULTS_LIST, NULL);
  GtkWidget *view = GTK_WIDGET (gtk_widget_get_template_child (list, STRATA_TYPE_RESULTS_LIST, "view"));
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  strata_results_list_set_search (STRATA_RESULTS_LIST (list), search, catalog);
  adw_window_set_content (ADW_WINDOW (window), list);
  gtk_window_set_default_size (window, 400, 600);
  gtk_window_present (window);

  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  WAIT_UNTIL (count_rows (view) > 0 && gtk_adjustment_get_page_size (adjustment) > 0.0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_rows (view), ==, PAGE);
  g_assert_cmpuint (strata_search_get_n_found (search), ==, N_CHARTS);

  WAIT_UNTIL (is_read_at_end (adjustment, G_LIST_MODEL (search)));

  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/app/results-list/reads-on-when-scrolled", TempFolder, NULL, temp_folder_set_up,
              test_reads_on_when_scrolled, temp_folder_tear_down);

  return g_test_run ();
}
