/* test-chart-files.c - chart archives added by hand as a registry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-chart-files.h"
#include "strata-error.h"

#include "../core/tar-fixture.h"
#include "../temp-folder.h"

static char *
put_chart (TempFolder *temp,
           const char *file,
           const char *version)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autofree char *meta = g_strdup_printf ("apiVersion: v2\nname: shop\nversion: %s\n", version);

  tar_add (tar, "shop/Chart.yaml", meta);
  tar_add (tar, "shop/README.md", "# Shop\n");

  g_autoptr(GBytes) bytes = tar_finish (tar);

  temp_folder_put_bytes (temp, file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return temp_folder_get (temp, file);
}

static void
test_lists_and_fetches (TempFolder    *temp,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *older = put_chart (temp, "a.tgz", "1.9.0");
  g_autofree char *newer = put_chart (temp, "b.tgz", "1.10.0");
  g_autofree char *gone = temp_folder_get (temp, "gone.tgz");
  const char *paths[] = { older, newer, gone, NULL };
  g_autoptr(StrataRegistry) charts = strata_chart_files_new ("id-2", "Chart Files", paths);
  g_autoptr(GPtrArray) list = strata_registry_read_list (charts, warnings, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (strata_pack_summary_get_version (list->pdata[0]), ==, "1.10.0");
  g_assert_cmpstr (strata_pack_summary_get_location (list->pdata[0]), ==, newer);
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_nonnull (strstr (warnings->pdata[0], gone));

  g_autoptr(StrataPack) chart = strata_registry_fetch (charts, list->pdata[1], NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_VERSION), ==, "1.9.0");
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_README), ==, "# Shop\n");

  g_assert_no_errno (g_remove (older));
  g_assert_null (strata_registry_fetch (charts, list->pdata[1], NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_OFFLINE);
}

static void
test_says_where (TempFolder    *temp,
                 gconstpointer  data)
{
  const char *one[] = { "/somewhere/a.tgz", NULL };
  const char *two[] = { "/somewhere/a.tgz", "/somewhere/b.tgz", NULL };
  g_autoptr(StrataRegistry) single = strata_chart_files_new ("id-2", "Chart Files", one);
  g_autoptr(StrataRegistry) pair = strata_chart_files_new ("id-2", "Chart Files", two);

  g_assert_cmpstr (strata_registry_get_location (single), ==, "/somewhere/a.tgz");
  g_assert_cmpstr (strata_registry_get_location (pair), ==, "2 files");
  g_assert_cmpstr (strata_registry_get_kind (pair), ==, STRATA_REGISTRY_CHART_FILES);
}

static void
test_checks (TempFolder    *temp,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *chart = put_chart (temp, "a.tgz", "1.0.0");
  g_autofree char *text = temp_folder_get (temp, "text.tgz");

  g_assert_true (strata_chart_files_check (chart, &error));
  g_assert_no_error (error);

  temp_folder_put (temp, "text.tgz", "text");
  g_assert_false (strata_chart_files_check (text, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_false (strata_chart_files_check (temp->path, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
}

static void
test_lists_all_real_charts (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "charts", "repo", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_strv_builder_add (builder, path);
    }

  g_auto(GStrv) paths = g_strv_builder_end (builder);
  g_autoptr(StrataRegistry) charts = strata_chart_files_new ("id-2", "Chart Files", (const char *const *) paths);
  g_autoptr(GPtrArray) list = strata_registry_read_list (charts, warnings, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (warnings->len, ==, 0);
  g_assert_cmpuint (list->len, ==, g_strv_length (paths));
}

static void
add (const char  *name,
     void       (*func) (TempFolder *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/services/chart-files/", name, NULL);

  g_test_add (path, TempFolder, NULL, temp_folder_set_up, func, temp_folder_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("lists-and-fetches", test_lists_and_fetches);
  add ("says-where", test_says_where);
  add ("checks", test_checks);
  g_test_add_func ("/services/chart-files/all-real-charts", test_lists_all_real_charts);

  return g_test_run ();
}
