/* test-remove-chart.c - one chart file can be taken away for as long as it is on the list, and nothing else can
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-remove-chart.h"

#include "strata-registry-list.h"

#include "../temp-folder.h"

typedef struct
{
  TempFolder          temp;
  StrataRegistryList *list;    /* (owned) */
  char               *path;    /* (owned): of the chart */
  char               *id;      /* (owned): of the registry it is in */
  StrataRemoveChart  *button;  /* (owned) */
} Desk;

/* A chart file on the list, with a name that is not UTF-8. */
static void
set_up (Desk          *self,
        gconstpointer  data)
{
  temp_folder_set_up (&self->temp, NULL);
  temp_folder_put (&self->temp, "caf\351.tgz", "\x1f\x8b");
  self->path = temp_folder_get (&self->temp, "caf\351.tgz");

  g_autofree char *data_dir = temp_folder_get (&self->temp, "data");
  const char *paths[] = { self->path, NULL };

  self->list = strata_registry_list_new (data_dir);
  g_assert_true (strata_registry_list_add_charts (self->list, paths, NULL));

  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (self->list), 0);

  self->id = g_strdup (strata_registry_get_id (registry));
  self->button = g_object_ref_sink (g_object_new (STRATA_TYPE_REMOVE_CHART, NULL));
}

static void
tear_down (Desk          *self,
           gconstpointer  data)
{
  g_object_unref (self->button);
  g_object_unref (self->list);
  g_free (self->id);
  g_free (self->path);
  temp_folder_tear_down (&self->temp, NULL);
}

static void
show (Desk       *self,
      const char *id,
      const char *location)
{
  g_autoptr(StrataPackSummary) summary =
    strata_pack_summary_new (STRATA_LAYER_KIND_HELM, "web", "", "1.0.0", "", id, "Chart Files", location);

  strata_remove_chart_show (self->button, G_LIST_MODEL (self->list), summary);
}

static gboolean
is_offered (Desk *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->button));
}

static void
test_names_the_file (Desk          *self,
                     gconstpointer  data)
{
  show (self, self->id, self->path);
  g_assert_true (is_offered (self));

  GtkWidget *child = adw_bin_get_child (ADW_BIN (self->button));
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (child));
  const char *id, *path;

  g_variant_get (target, "(&s^&ay)", &id, &path);
  g_assert_cmpstr (id, ==, self->id);
  g_assert_cmpstr (path, ==, self->path);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (child), ==, "Remove From Chart Files");
}

static void
test_follows_the_list (Desk          *self,
                       gconstpointer  data)
{
  const char *paths[] = { self->path, NULL };

  show (self, self->id, self->path);
  g_assert_true (strata_registry_list_remove_chart (self->list, self->id, self->path, NULL));
  g_assert_false (is_offered (self));

  g_assert_true (strata_registry_list_add_charts (self->list, paths, NULL));
  g_assert_true (is_offered (self));

  strata_remove_chart_show (self->button, NULL, NULL);
  g_assert_false (is_offered (self));
}

static void
test_nothing_else (Desk          *self,
                   gconstpointer  data)
{
  show (self, self->id, "/elsewhere.tgz");
  g_assert_false (is_offered (self));
  show (self, self->id, NULL);
  g_assert_false (is_offered (self));
  show (self, "nobody", self->path);
  g_assert_false (is_offered (self));
}

static void
add (const char *name,
     void      (*func) (Desk *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/app/remove-chart/", name, NULL);

  g_test_add (path, Desk, NULL, set_up, func, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("names-the-file", test_names_the_file);
  add ("follows-the-list", test_follows_the_list);
  add ("nothing-else", test_nothing_else);

  return g_test_run ();
}
