/* test-registries-catalog.c - what registries offer is grouped, ordered, found at once, and kept when one goes away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-catalog-results.h"
#include "strata-catalog.h"

#include "../temp-folder.h"
#include "strata-error.h"
#include "strata-registry-list.h"

#define WAIT_SECONDS 30
#define N_MANY 100000

static StrataPackSummary *
make_summary (const char *name,
              const char *version,
              const char *description)
{
  return strata_pack_summary_new (STRATA_LAYER_KIND_PACK, name, name, version, description, "r",
                                  "Packs", version);
}

/* A registry of very many charts, in memory. */
#define TEST_TYPE_MANY (test_many_get_type ())
G_DECLARE_FINAL_TYPE (TestMany, test_many, TEST, MANY, GObject)

struct _TestMany
{
  GObject parent_instance;
};

static const char *
test_many_get_text (StrataRegistry *registry)
{
  return "many";
}

static GPtrArray *
test_many_read_list (StrataRegistry  *registry,
                     GPtrArray       *warnings,
                     GCancellable    *cancellable,
                     GError         **error)
{
  GPtrArray *summaries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("chart-%06u", i);

      g_ptr_array_add (summaries,
                       strata_pack_summary_new (
                         STRATA_LAYER_KIND_HELM, name, name, "1.0.0",
                         "Something that is done on a site, with words that are searched too",
                         "many", "Many", name));
    }

  return summaries;
}

static void
test_many_registry_init (StrataRegistryInterface *iface)
{
  iface->get_id = test_many_get_text;
  iface->get_name = test_many_get_text;
  iface->get_kind = test_many_get_text;
  iface->get_location = test_many_get_text;
  iface->read_list = test_many_read_list;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMany, test_many, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_REGISTRY, test_many_registry_init))

static void
test_many_class_init (TestManyClass *klass)
{
}

static void
test_many_init (TestMany *self)
{
}

static void
write_pack (const char *folder,
            const char *name,
            const char *version)
{
  g_autofree char *path = g_strdup_printf ("%s/%s-%s", folder, name, version);
  g_autofree char *json = g_build_filename (path, "pack.json", NULL);
  g_autofree char *values = g_build_filename (path, "values.yaml", NULL);
  g_autofree char *text =
    g_strdup_printf ("{\"name\": \"%s\", \"displayName\": \"The %s\", \"version\": \"%s\","
                     " \"layer\": \"addon\"}",
                     name, name, version);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (json, text, -1, NULL));
  g_assert_true (g_file_set_contents (values, "pack:\n  namespace: x\n", -1, NULL));
}

static void
set_flag_cb (gboolean *flag)
{
  *flag = TRUE;
}

/* Reads again and waits until the new contents are there. */
static void
wait_for_contents (StrataCatalog *catalog)
{
  gboolean done = FALSE;
  gulong handler =
    g_signal_connect_swapped (catalog, "items-changed", G_CALLBACK (set_flag_cb), &done);
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  strata_catalog_reload (catalog);
  while (!done && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (done);
  g_signal_handler_disconnect (catalog, handler);
}

static void
assert_names (GListModel *model,
              const char *expected)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(StrataCatalogItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", strata_catalog_item_get_name (item));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_item_puts_newest_first (void)
{
  static const char *const versions[] = { "1.9.0", "1.10.0", "1.10.0-rc.1", "0.1.0" };
  g_autoptr(GPtrArray) summaries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    g_ptr_array_add (summaries, make_summary ("redis", versions[i], versions[i]));

  g_autoptr(StrataCatalogItem) item = strata_catalog_item_new (summaries);
  g_autofree char *source = strata_catalog_item_dup_source (item);
  g_autofree char *label = strata_catalog_item_dup_label (item);

  g_assert_cmpstr (strata_catalog_item_get_version (item), ==, "1.10.0");
  g_assert_cmpstr (strata_catalog_item_get_about (item), ==, "1.10.0");
  g_assert_cmpstr (strata_pack_summary_get_version (strata_catalog_item_get_summary (item, 1)), ==,
                   "1.10.0-rc.1");
  g_assert_cmpstr (strata_pack_summary_get_version (strata_catalog_item_get_summary (item, 3)), ==,
                   "0.1.0");
  g_assert_cmpstr (source, ==, "Packs · 4 versions");
  g_assert_cmpstr (label, ==, "redis 1.10.0, pack, from Packs, 4 versions");
}

static void
test_groups_and_counts (TempFolder    *folder,
                        gconstpointer  data)
{
  g_autofree char *packs = g_build_filename (folder->path, "packs", NULL);
  g_autoptr(GError) error = NULL;

  write_pack (packs, "redis", "1.0.0");
  write_pack (packs, "redis", "2.0.0");
  write_pack (packs, "Nginx", "1.0.0");

  g_autoptr(StrataRegistryList) registries = strata_registry_list_new (folder->path);
  g_assert_true (strata_registry_list_add_folder (registries, packs, &error));
  g_assert_no_error (error);
  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (registries), 0);
  const char *id = strata_registry_get_id (registry);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries));

  g_assert_true (strata_catalog_get_loading (catalog));
  wait_for_contents (catalog);
  g_assert_false (strata_catalog_get_loading (catalog));
  assert_names (G_LIST_MODEL (catalog), "Nginx redis");
  g_assert_cmpuint (strata_catalog_count_names (catalog, NULL), ==, 2);
  g_assert_cmpuint (strata_catalog_count_versions (catalog, id), ==, 3);
  g_assert_cmpuint (strata_catalog_count_versions (catalog, "another"), ==, 0);
  g_assert_null (strata_catalog_get_error (catalog, id));

  /* The stick is pulled out: what was on it stays in sight, and the reason is known. */
  temp_folder_remove_tree (packs);
  wait_for_contents (catalog);
  assert_names (G_LIST_MODEL (catalog), "Nginx redis");
  g_assert_cmpuint (strata_catalog_count_versions (catalog, id), ==, 3);
  g_assert_error (strata_catalog_get_error (catalog, id), STRATA_ERROR, STRATA_ERROR_OFFLINE);
}

static void
test_says_what_is_not_readable (TempFolder    *folder,
                                gconstpointer  data)
{
  g_autofree char *packs = g_build_filename (folder->path, "packs", NULL);
  g_autofree char *broken = g_build_filename (packs, "broken-1.0.0", NULL);
  g_autofree char *json = g_build_filename (broken, "pack.json", NULL);

  write_pack (packs, "redis", "1.0.0");
  g_assert_cmpint (g_mkdir_with_parents (broken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (json, "{", -1, NULL));

  g_autoptr(StrataRegistryList) registries = strata_registry_list_new (folder->path);
  g_assert_true (strata_registry_list_add_folder (registries, packs, NULL));
  g_autoptr(StrataRegistry) registry = g_list_model_get_item (G_LIST_MODEL (registries), 0);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries));

  wait_for_contents (catalog);
  assert_names (G_LIST_MODEL (catalog), "redis");
  g_assert_cmpuint (strata_catalog_get_warnings (catalog, strata_registry_get_id (registry))->len,
                    ==, 1);
}

static void
test_search_ranks (TempFolder    *folder,
                   gconstpointer  data)
{
  static const char *const names[] = { "ingress-nginx", "nginx", "nginx-ingress", "Kong",
                                       "my-nginx" };
  g_autofree char *packs = g_build_filename (folder->path, "packs", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    write_pack (packs, names[i], "1.0.0");

  g_autoptr(StrataRegistryList) registries = strata_registry_list_new (folder->path);
  g_assert_true (strata_registry_list_add_folder (registries, packs, NULL));
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries));
  g_autoptr(StrataCatalogResults) results = strata_catalog_results_new (catalog);
  GListModel *model = G_LIST_MODEL (results);

  wait_for_contents (catalog);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 5);

  strata_catalog_results_set_search (results, "nginx");
  assert_names (model, "nginx nginx-ingress ingress-nginx my-nginx");
  strata_catalog_results_set_search (results, "  NGINX  ingress ");
  assert_names (model, "nginx-ingress ingress-nginx");
  strata_catalog_results_set_search (results, "the kong");
  assert_names (model, "Kong");
  strata_catalog_results_set_search (results, "nothing of that kind");
  assert_names (model, "");
  g_assert_null (g_list_model_get_item (model, 0));

  strata_catalog_results_set_search (results, "");
  strata_catalog_results_set_registry (results, "another");
  assert_names (model, "");
  strata_catalog_results_set_registry (results, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 5);
}

/* The times are shown, not judged: that is for the bench. What is found is. */
static void
test_search_in_many (void)
{
  static const struct
  {
    const char *text;
    guint n;
  } searches[] = {
    { "c", N_MANY },     { "chart-0123", 100 }, { "chart-012345", 1 },
    { "site 99999", 1 }, { "absent", 0 },       { "", N_MANY },
  };
  g_autoptr(GListStore) registries = g_list_store_new (STRATA_TYPE_REGISTRY);
  g_autoptr(TestMany) many = g_object_new (TEST_TYPE_MANY, NULL);

  g_list_store_append (registries, many);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries));
  g_autoptr(StrataCatalogResults) results = strata_catalog_results_new (catalog);

  wait_for_contents (catalog);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      gint64 start = g_get_monotonic_time ();

      strata_catalog_results_set_search (results, searches[i].text);
      g_test_message ("“%s”: %.1f ms", searches[i].text,
                      (double) (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (results)), ==, searches[i].n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/catalog/item-puts-newest-first", test_item_puts_newest_first);
  g_test_add ("/app/catalog/groups-and-counts", TempFolder, NULL, temp_folder_set_up,
              test_groups_and_counts, temp_folder_tear_down);
  g_test_add ("/app/catalog/says-what-is-not-readable", TempFolder, NULL, temp_folder_set_up,
              test_says_what_is_not_readable, temp_folder_tear_down);
  g_test_add ("/app/catalog/search-ranks", TempFolder, NULL, temp_folder_set_up, test_search_ranks,
              temp_folder_tear_down);
  g_test_add_func ("/app/catalog/search-in-many", test_search_in_many);

  return g_test_run ();
}
