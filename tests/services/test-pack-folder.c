/* test-pack-folder.c - a folder of packs as a registry: listed in order, fetched whole, unplugged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-pack-folder.h"

#include "../core/tar-fixture.h"
#include "../temp-folder.h"

static void
put_pack (TempFolder *temp,
          const char *folder,
          const char *name,
          const char *version)
{
  g_autofree char *meta = g_build_filename (folder, "pack.json", NULL);
  g_autofree char *values = g_build_filename (folder, "values.yaml", NULL);
  g_autofree char *text = g_strdup_printf ("{\"name\": \"%s\", \"displayName\": \"The %s\", \"version\": \"%s\","
                                           " \"layer\": \"addon\"}", name, name, version);

  temp_folder_put (temp, meta, text);
  temp_folder_put (temp, values, "a: 1\n");
}

static void
put_chart (TempFolder *temp,
           const char *file)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  tar_add (tar, "shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.3.0\ndescription: Sells\n");

  g_autoptr(GBytes) bytes = tar_finish (tar);

  temp_folder_put_bytes (temp, file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_item (GPtrArray  *list,
             guint       position,
             const char *name,
             const char *version)
{
  g_assert_cmpstr (strata_pack_summary_get_name (list->pdata[position]), ==, name);
  g_assert_cmpstr (strata_pack_summary_get_version (list->pdata[position]), ==, version);
}

static void
test_lists (TempFolder    *temp,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Stick", temp->path);

  put_pack (temp, "web-9", "web", "1.9.0");
  put_pack (temp, "web-10", "web", "1.10.0");
  put_pack (temp, "access", "access", "2.0.0");
  put_pack (temp, ".hidden", "hidden", "1.0.0");
  put_chart (temp, "shop-0.3.0.tgz");
  temp_folder_put (temp, "broken/pack.json", "{");
  temp_folder_put (temp, "broken.tgz", "no chart");
  temp_folder_put (temp, "notes/readme.txt", "no pack");

  g_autoptr(GPtrArray) list = strata_registry_read_list (folder, warnings, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 4);
  assert_item (list, 0, "access", "2.0.0");
  assert_item (list, 1, "shop", "0.3.0");
  assert_item (list, 2, "web", "1.10.0");
  assert_item (list, 3, "web", "1.9.0");
  g_assert_cmpint (strata_pack_summary_get_kind (list->pdata[1]), ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpstr (strata_pack_summary_get_description (list->pdata[1]), ==, "Sells");
  g_assert_cmpstr (strata_pack_summary_get_display_name (list->pdata[2]), ==, "The web");
  g_assert_cmpstr (strata_pack_summary_get_registry_id (list->pdata[2]), ==, "id-1");
  g_assert_cmpstr (strata_pack_summary_get_registry_name (list->pdata[2]), ==, "Stick");
  g_assert_cmpuint (warnings->len, ==, 2);
}

static void
test_fetches (TempFolder    *temp,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Stick", temp->path);

  put_pack (temp, "web", "web", "1.0.0");
  put_chart (temp, "shop.tgz");

  g_autoptr(GPtrArray) list = strata_registry_list (folder, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(StrataPack) chart = strata_registry_fetch (folder, list->pdata[0], NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_file_get_path (strata_pack_get_files (chart)->pdata[0]), ==, "shop-0.3.0.tgz");

  g_autoptr(StrataPack) pack = strata_registry_fetch (folder, list->pdata[1], NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_VALUES), ==, "a: 1\n");
  g_assert_cmpuint (strata_pack_get_files (pack)->len, ==, 2);
}

static void
test_is_one_pack (TempFolder    *temp,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Web", temp->path);

  temp_folder_put (temp, "pack.json", "{\"name\": \"web\", \"displayName\": \"W\", \"version\": \"1\", \"layer\": \"os\"}");

  g_autoptr(GPtrArray) list = strata_registry_list (folder, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  assert_item (list, 0, "web", "1");
}

static void
test_unplugged (TempFolder    *temp,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = temp_folder_get (temp, "stick");
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Stick", path);

  put_pack (temp, "stick/web", "web", "1.0.0");

  g_autoptr(GPtrArray) list = strata_registry_list (folder, NULL, &error);

  g_assert_no_error (error);
  temp_folder_remove_tree (path);

  g_assert_null (strata_registry_fetch (folder, list->pdata[0], NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "“Stick” is not plugged in"));
  g_clear_error (&error);

  g_assert_null (strata_registry_list (folder, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
}

static void
test_checks (TempFolder    *temp,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = temp_folder_get (temp, "notes");

  g_assert_false (strata_pack_folder_check (temp->path, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);

  temp_folder_put (temp, "notes", "text");
  g_assert_false (strata_pack_folder_check (file, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  put_pack (temp, "web", "web", "1.0.0");
  g_assert_true (strata_pack_folder_check (temp->path, &error));
  g_assert_no_error (error);
}

static void
test_cancelled (TempFolder    *temp,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Stick", temp->path);

  put_pack (temp, "web", "web", "1.0.0");
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_registry_list (folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_lists_all_real_packs (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "packs", NULL);
  g_autoptr(StrataRegistry) folder = strata_pack_folder_new ("id-1", "Packs", path);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(GPtrArray) list = strata_registry_read_list (folder, warnings, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (warnings->len, ==, 0);
  g_assert_cmpuint (list->len, >=, 14);
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr(StrataPack) pack = strata_registry_fetch (folder, list->pdata[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (strata_pack_get (pack, STRATA_PACK_NAME), ==, strata_pack_summary_get_name (list->pdata[i]));
    }
}

static void
add (const char  *name,
     void       (*func) (TempFolder *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/services/pack-folder/", name, NULL);

  g_test_add (path, TempFolder, NULL, temp_folder_set_up, func, temp_folder_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("lists", test_lists);
  add ("fetches", test_fetches);
  add ("is-one-pack", test_is_one_pack);
  add ("unplugged", test_unplugged);
  add ("checks", test_checks);
  add ("cancelled", test_cancelled);
  g_test_add_func ("/services/pack-folder/all-real-packs", test_lists_all_real_packs);

  return g_test_run ();
}
