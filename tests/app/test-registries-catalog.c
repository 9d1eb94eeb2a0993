/* test-registries-catalog.c - what is on this computer gets into the index, is found, and is kept when it goes away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-catalog.h"

#include "../temp-folder.h"
#include "../wait-until.h"
#include "strata-error.h"
#include "strata-registry-list.h"
#include "strata-search.h"
#include "strata-version-choice.h"

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

static char *
join_names (GListModel *model)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(StrataPackSummary) item = g_list_model_get_item (model, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", strata_pack_summary_get_name (item));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
has_names (GListModel *model,
           const char *expected)
{
  g_autofree char *names = join_names (model);

  return g_str_equal (names, expected);
}

static StrataIndex *
make_index (TempFolder *folder)
{
  g_autofree char *path = g_build_filename (folder->path, "cache", "index.db", NULL);

  return strata_index_new (path);
}

static void
test_reads_and_keeps (TempFolder    *folder,
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
  g_autoptr(StrataIndex) index = make_index (folder);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  g_autoptr(StrataSearch) search = strata_search_new (index, G_LIST_MODEL (registries));

  g_assert_true (strata_catalog_get_loading (catalog));
  WAIT_UNTIL (!strata_catalog_get_loading (catalog) &&
              has_names (G_LIST_MODEL (search), "Nginx redis"));
  g_assert_cmpuint (strata_catalog_count_names (catalog, NULL), ==, 2);
  g_assert_cmpuint (strata_catalog_count_versions (catalog, id), ==, 3);
  g_assert_cmpuint (strata_catalog_count_versions (catalog, "another"), ==, 0);
  g_assert_null (strata_catalog_get_error (catalog, id));
  g_assert_cmpint (strata_catalog_get_source (catalog, id)->synced_at, >, 0);

  /* The stick is pulled out: what was on it stays in sight, and the reason is known. */
  temp_folder_remove_tree (packs);
  strata_catalog_reload (catalog);
  WAIT_UNTIL (strata_catalog_get_error (catalog, id) != NULL);
  g_assert_error (strata_catalog_get_error (catalog, id), STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_cmpint (strata_catalog_get_source (catalog, id)->failing_since, >, 0);
  g_assert_true (has_names (G_LIST_MODEL (search), "Nginx redis"));
  g_assert_cmpuint (strata_catalog_count_versions (catalog, id), ==, 3);

  /* Also after a start without it. */
  g_clear_object (&catalog);
  g_clear_object (&search);
  g_clear_object (&index);
  index = make_index (folder);
  catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  search = strata_search_new (index, G_LIST_MODEL (registries));
  WAIT_UNTIL (has_names (G_LIST_MODEL (search), "Nginx redis"));
  WAIT_UNTIL (strata_catalog_get_error (catalog, id) != NULL);

  /* What a person took out himself is forgotten. */
  write_pack (packs, "redis", "2.0.0");
  strata_catalog_reload (catalog);
  WAIT_UNTIL (has_names (G_LIST_MODEL (search), "redis") &&
              strata_catalog_get_error (catalog, id) == NULL);
  g_assert_cmpuint (strata_catalog_count_versions (catalog, id), ==, 1);
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
  const char *id = strata_registry_get_id (registry);
  g_autoptr(StrataIndex) index = make_index (folder);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), index);

  WAIT_UNTIL (strata_catalog_get_source (catalog, id) != NULL);
  g_assert_cmpuint (strata_catalog_get_source (catalog, id)->n_versions, ==, 1);
  g_assert_cmpuint (g_strv_length (strata_catalog_get_source (catalog, id)->warnings), ==, 1);
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
  g_autoptr(StrataIndex) index = make_index (folder);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  g_autoptr(StrataSearch) search = strata_search_new (index, G_LIST_MODEL (registries));
  GListModel *model = G_LIST_MODEL (search);

  WAIT_UNTIL (g_list_model_get_n_items (model) == 5);

  strata_search_set_text (search, "nginx");
  WAIT_UNTIL (has_names (model, "nginx nginx-ingress ingress-nginx my-nginx"));
  strata_search_set_text (search, "  NGINX  ingress ");
  WAIT_UNTIL (has_names (model, "nginx-ingress ingress-nginx"));
  strata_search_set_text (search, "the kong");
  WAIT_UNTIL (has_names (model, "Kong"));
  strata_search_set_text (search, "nothing of that kind");
  WAIT_UNTIL (has_names (model, ""));
  g_assert_null (g_list_model_get_item (model, 0));

  strata_search_set_text (search, "");
  WAIT_UNTIL (strata_search_get_n_found (search) == 5);
  strata_search_set_registry_id (search, "another");
  WAIT_UNTIL (has_names (model, ""));
  strata_search_set_registry_id (search, NULL);
  WAIT_UNTIL (g_list_model_get_n_items (model) == 5);
}

static void
set_flag_cb (gboolean *flag)
{
  *flag = TRUE;
}

static void
test_offers_versions (TempFolder    *folder,
                      gconstpointer  data)
{
  static const char *const versions[] = { "1.9.0", "1.10.0", "2.0.0-rc.1", "0.1.0" };
  g_autofree char *packs = g_build_filename (folder->path, "packs", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    write_pack (packs, "redis", versions[i]);

  g_autoptr(StrataRegistryList) registries = strata_registry_list_new (folder->path);
  g_assert_true (strata_registry_list_add_folder (registries, packs, NULL));
  g_autoptr(StrataIndex) index = make_index (folder);
  g_autoptr(StrataCatalog) catalog = strata_catalog_new (G_LIST_MODEL (registries), index);
  g_autoptr(StrataSearch) search = strata_search_new (index, G_LIST_MODEL (registries));
  g_autoptr(StrataVersionChoice) choice = strata_version_choice_new ();
  gboolean loaded = FALSE;

  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (search)) == 1);

  g_autoptr(StrataPackSummary) found = g_list_model_get_item (G_LIST_MODEL (search), 0);

  g_assert_cmpstr (strata_pack_summary_get_version (found), ==, "1.10.0");
  g_assert_cmpuint (strata_pack_summary_get_n_versions (found), ==, 4);
  g_assert_cmpstr (strata_pack_summary_get_registry_name (found), ==, "packs");

  g_signal_connect_swapped (choice, "loaded", G_CALLBACK (set_flag_cb), &loaded);
  strata_version_choice_load (choice, index, found);
  g_assert_cmpuint (strata_version_choice_get_n (choice), ==, 1);
  WAIT_UNTIL (loaded);
  g_assert_cmpuint (strata_version_choice_get_n (choice), ==, 4);
  g_assert_cmpuint (strata_version_choice_find_latest (choice), ==, 1);
  g_assert_cmpstr (strata_pack_summary_get_version (strata_version_choice_get (choice, 0)), ==,
                   "2.0.0-rc.1");
  g_assert_true (strata_pack_summary_get_prerelease (strata_version_choice_get (choice, 0)));
  g_assert_cmpstr (strata_pack_summary_get_version (strata_version_choice_get (choice, 3)), ==,
                   "0.1.0");
  g_assert_true (g_str_has_prefix (
    strata_pack_summary_get_location (strata_version_choice_get (choice, 3)), packs));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/app/catalog/reads-and-keeps", TempFolder, NULL, temp_folder_set_up,
              test_reads_and_keeps, temp_folder_tear_down);
  g_test_add ("/app/catalog/says-what-is-not-readable", TempFolder, NULL, temp_folder_set_up,
              test_says_what_is_not_readable, temp_folder_tear_down);
  g_test_add ("/app/catalog/search-ranks", TempFolder, NULL, temp_folder_set_up, test_search_ranks,
              temp_folder_tear_down);
  g_test_add ("/app/catalog/offers-versions", TempFolder, NULL, temp_folder_set_up,
              test_offers_versions, temp_folder_tear_down);

  return g_test_run ();
}
