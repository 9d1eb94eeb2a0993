/* test-keep-button.c - a press keeps a chart, says what of it is missing, and another lets it go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-keep-button.h"

#include "../services/helm-fixture.h"

#define WAIT_SECONDS 60

static const char *const targets[] = { "/index.yaml", "/web.tgz" };

/* The index and the chart, in the order of the targets. */
static void
serve (Web        *web,
       WebRequest *request,
       GIOStream  *stream,
       gpointer    data)
{
  GBytes *const *files = data;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (request->target, targets[i]))
      {
        web_say (stream, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                 g_bytes_get_size (files[i]));
        web_write (stream, g_bytes_get_data (files[i], NULL), g_bytes_get_size (files[i]));
      }
}

static GBytes *
make_chart (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  tar_add (tar, "web/Chart.yaml",
           "apiVersion: v2\nname: web\nversion: 1.0.0\n"
           "dependencies: [{name: nowhere, version: 1.0.0}]\n");

  return tar_finish (tar);
}

static void
failed_cb (StrataKeepButton  *button,
           const char        *reason,
           char             **said)
{
  g_free (*said);
  *said = g_strdup (reason);
}

static guint
count_kept (StrataShelf *shelf)
{
  g_autoptr(GPtrArray) list = strata_shelf_list_kept (shelf, NULL);

  return list->len;
}

static void
press_until (StrataKeepButton *button,
             StrataShelf      *shelf,
             guint             n_kept,
             char            **said)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  g_signal_emit_by_name (adw_bin_get_child (ADW_BIN (button)), "clicked");
  while ((count_kept (shelf) != n_kept || (n_kept > 0 && *said == NULL)) &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (count_kept (shelf), ==, n_kept);
}

static void
test_keeps_and_lets_go (HelmFixture   *self,
                        gconstpointer  data)
{
  const char *index =
    "apiVersion: v1\nentries:\n  web:\n  - {name: web, version: 1.0.0, urls: [web.tgz]}\n";
  g_autoptr(GBytes) chart = make_chart ();
  g_autoptr(GBytes) list = g_bytes_new_static (index, strlen (index));
  GBytes *files[] = { list, chart };
  g_autoptr(Web) web = web_start (serve, files);
  g_autofree char *url = web_dup_url (web, "");
  g_autofree char *said = NULL;
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.0.0");
  g_autoptr(StrataKeepButton) button =
    g_object_ref_sink (g_object_new (STRATA_TYPE_KEEP_BUTTON, NULL));
  g_autoptr(GListStore) registries = g_list_store_new (STRATA_TYPE_REGISTRY);

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
  g_list_store_append (registries, self->registry);
  g_assert_true (helm_fixture_sync (self, NULL, NULL));
  g_signal_connect (button, "failed", G_CALLBACK (failed_cb), &said);
  strata_keep_button_show (button, G_LIST_MODEL (registries), self->registry, self->shelf, summary);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));

  press_until (button, self->shelf, 1, &said);
  g_assert_nonnull (strstr (said, "nowhere"));

  press_until (button, self->shelf, 0, &said);
}

/* As serve(), but what the chart needs does not come. */
static void
serve_or_stall (Web        *web,
                WebRequest *request,
                GIOStream  *stream,
                gpointer    data)
{
  if (!g_str_equal (request->target, "/nowhere.tgz"))
    serve (web, request, stream, data);
  else
    while (!web_is_stopped (web))
      g_usleep (10000);
}

static gboolean
has_label (StrataKeepButton *button,
           const char       *label)
{
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (adw_bin_get_child (ADW_BIN (button))));

  return g_str_equal (adw_button_content_get_label (ADW_BUTTON_CONTENT (child)), label);
}

/* Who stops when the chart is here and what it needs is not is told that it is kept. */
static void
test_stopped_late (HelmFixture   *self,
                   gconstpointer  data)
{
  const char *index = "apiVersion: v1\nentries:\n"
                      "  web:\n  - {name: web, version: 1.0.0, urls: [web.tgz]}\n"
                      "  nowhere:\n  - {name: nowhere, version: 1.0.0, urls: [nowhere.tgz]}\n";
  g_autoptr(GBytes) chart = make_chart ();
  g_autoptr(GBytes) list = g_bytes_new_static (index, strlen (index));
  GBytes *files[] = { list, chart };
  g_autoptr(Web) web = web_start (serve_or_stall, files);
  g_autofree char *url = web_dup_url (web, "");
  g_autoptr(StrataPackSummary) summary = helm_fixture_summary ("web", "1.0.0");
  g_autoptr(StrataKeepButton) button =
    g_object_ref_sink (g_object_new (STRATA_TYPE_KEEP_BUTTON, NULL));
  g_autoptr(GListStore) registries = g_list_store_new (STRATA_TYPE_REGISTRY);
  char *said = g_strdup ("");
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  helm_fixture_open (self, url, STRATA_REMOTE_AUTH_NONE);
  g_list_store_append (registries, self->registry);
  g_assert_true (helm_fixture_sync (self, NULL, NULL));
  strata_keep_button_show (button, G_LIST_MODEL (registries), self->registry, self->shelf, summary);

  press_until (button, self->shelf, 1, &said);
  g_assert_true (has_label (button, "_Stop"));
  g_signal_emit_by_name (adw_bin_get_child (ADW_BIN (button)), "clicked");
  while (!has_label (button, "_Kept Offline") && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (has_label (button, "_Kept Offline"));
  g_free (said);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/app/keep-button/keeps-and-lets-go", HelmFixture, NULL, helm_fixture_set_up,
              test_keeps_and_lets_go, helm_fixture_tear_down);
  g_test_add ("/app/keep-button/stopped-late", HelmFixture, NULL, helm_fixture_set_up,
              test_stopped_late, helm_fixture_tear_down);

  return g_test_run ();
}
