/* bench-editor.c - how the editor bears a large manifest or many layers: opening, and a keystroke in the middle
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-editor FOLDER [MIB [LAYERS]]     one manifest of so many MiB, 1 unless it is given, on top of so many layers
 *
 * Prints one line of JSON, in milliseconds. "open" is time, from the profile being asked for to the first frame with
 * its text in it. "keystroke" is the processor time of the main thread from a letter being typed to the frame that
 * shows it, "frame" the most that any other frame took while the text was checked in a worker.
 */

#include <gtksourceview/gtksource.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-window.h"
#include "strata-editor-page.h"

#define MIB (1024 * 1024)
#define CHECKED_MS 1500

/* More than a screen: the rest of a large text comes after the first frame. */
#define SCREEN (64 * 1024)

static gsize manifest_size = MIB;
static guint n_layers = 1;

static void
check (GError *error)
{
  if (error == NULL)
    return;

  fprintf (stderr, "bench-editor: %s\n", error->message);
  exit (1);
}

/* A small layer, as most are. */
static StrataLayer *
make_layer (guint number)
{
  g_autofree char *name = g_strdup_printf ("layer-%u", number);
  g_autofree char *values = g_strdup_printf ("pack:\n  namespace: ns-%u\nreplicas: '{{.spectro.var.count}}'\n", number);
  g_autofree char *text = g_strdup_printf ("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-%u\n  namespace: b\n", number);
  g_autoptr(StrataLayer) bare = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, name);
  g_autoptr(StrataBlob) blob = strata_blob_new_text (values);
  g_autoptr(StrataBlob) content = strata_blob_new_text (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("site", content);
  g_autoptr(StrataLayer) layer = strata_layer_with_values (bare, blob);

  return strata_layer_with_manifest (layer, manifest);
}

static StrataProfile *
make_profile (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(StrataProfile) bare = strata_profile_new ("bench", "1.0.0");
  g_autoptr(StrataLayer) layer = strata_layer_new (STRATA_LAYER_KIND_MANIFEST, "settings");

  for (guint i = 0; text->len < manifest_size; i++)
    g_string_append_printf (text, "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings-%u\n"
                            "data:\n  address: 10.0.%u.1  # of the gateway\n", i, i % 256);

  g_autoptr(StrataBlob) content = strata_blob_new_text (text->str);
  g_autoptr(StrataManifest) manifest = strata_manifest_new ("settings", content);
  g_autoptr(StrataLayer) whole = strata_layer_with_manifest (layer, manifest);

  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i < n_layers; i++)
    g_ptr_array_add (layers, make_layer (i));

  g_ptr_array_add (layers, g_steal_pointer (&whole));

  return strata_profile_with_layers (bare, layers);
}

static char *
save_profile (StrataWorkspace *workspace)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProfile) profile = make_profile ();
  g_autoptr(StrataProfile) saved = strata_store_save (strata_workspace_get_store (workspace), profile,
                                                      STRATA_REASON_SAVE, NULL, &error);

  check (error);

  return g_strdup (strata_profile_get_id (saved));
}

static GtkTextView *
find_large_text (GtkWidget *widget)
{
  if (GTK_SOURCE_IS_VIEW (widget) && gtk_widget_get_mapped (widget)
      && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) >= (int) MIN (manifest_size, SCREEN))
    return GTK_TEXT_VIEW (widget);

  GtkTextView *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_large_text (child);

  return found;
}

static double
measure_open (BenchWindow *window,
              const char  *id)
{
  gint64 start = g_get_monotonic_time ();

  strata_editor_page_open (STRATA_EDITOR_PAGE (window->page), id);
  while (find_large_text (window->page) == NULL)
    {
      if (g_get_monotonic_time () - start > BENCH_PATIENCE)
        {
          fprintf (stderr, "bench-editor: the text was never shown\n");
          exit (1);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  bench_window_wait (window);

  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static double
measure_keystroke (BenchWindow *window)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (find_large_text (window->page));
  GtkTextIter middle;
  double start = bench_get_work ();

  gtk_text_buffer_get_iter_at_line (buffer, &middle, gtk_text_buffer_get_line_count (buffer) / 2);
  gtk_text_buffer_place_cursor (buffer, &middle);
  gtk_text_buffer_insert_interactive (buffer, &middle, "a", 1, TRUE);
  bench_window_wait (window);

  return bench_get_work () - start;
}

static double
measure_frames (BenchWindow *window)
{
  gint64 end = g_get_monotonic_time () + CHECKED_MS * G_TIME_SPAN_MILLISECOND;
  double worst = 0.0;

  while (g_get_monotonic_time () < end)
    {
      double start = bench_get_work ();

      bench_window_wait (window);
      worst = MAX (worst, bench_get_work () - start);
    }

  return worst;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  BenchWindow window = { 0 };

  if (argc < 2 || argc > 4)
    {
      fprintf (stderr, "usage: bench-editor FOLDER [MIB [LAYERS]]\n");
      return 2;
    }

  if (argc > 2)
    manifest_size = (gsize) MAX (g_ascii_strtod (argv[2], NULL) * MIB, 1);
  if (argc > 3)
    n_layers = (guint) MAX (g_ascii_strtoull (argv[3], NULL, 10), 1);

  adw_init ();
  gtk_source_init ();

  g_autoptr(StrataWorkspace) workspace = strata_workspace_new (argv[1], &error);

  check (error);

  g_autofree char *id = save_profile (workspace);

  bench_window_show (&window, g_object_new (STRATA_TYPE_EDITOR_PAGE, "workspace", workspace, NULL));
  bench_window_wait (&window);

  double open = measure_open (&window, id);

  measure_frames (&window);

  double keystroke = measure_keystroke (&window);
  double frame = measure_frames (&window);

  printf ("{\"open\": %.1f, \"keystroke\": %.2f, \"frame\": %.2f}\n", open, keystroke, frame);

  return 0;
}
