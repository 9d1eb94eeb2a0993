/* test-chart-reader.c - every real chart is read; broken ones say what is wrong with them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-pack-reader.h"

#include "pack-fixture.h"
#include "tar-fixture.h"

static void
test_reads_real_chart (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (data);
  g_autofree char *base = g_path_get_basename (data);
  g_autoptr(StrataPack) chart = strata_pack_read_chart (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (strata_pack_get_kind (chart), ==, STRATA_LAYER_KIND_HELM);
  g_assert_cmpuint (strata_pack_get_files (chart)->len, ==, 1);
  g_assert_cmpstr (strata_file_get_path (strata_pack_get_files (chart)->pdata[0]), ==, base);
  g_assert_nonnull (strstr (strata_pack_get (chart, STRATA_PACK_VALUES), "charts:"));
  g_assert_cmpuint (strata_pack_get_warnings (chart)->len, ==, 0);
  pack_fixture_assert_survives (chart);
}

static void
test_reads_chart_needs (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *charts = pack_fixture_find ("charts/repo");
  g_autofree char *path = g_build_filename (charts, "wordpress-9.0.3.tgz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  if (!g_file_query_exists (file, NULL))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataPack) chart = strata_pack_read_chart (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_pack_get_dependencies (chart)->len, ==, 1);

  StrataDependency *need = strata_pack_get_dependencies (chart)->pdata[0];

  g_assert_cmpstr (need->name, ==, "mariadb");
  g_assert_cmpstr (need->version, ==, "7.x.x");
  g_assert_cmpstr (need->repository, !=, "");
  g_assert_true (need->optional);
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_APP_VERSION), ==, "5.3.2");
  g_assert_true (g_str_has_prefix (strata_pack_get (chart, STRATA_PACK_SCHEMA), "{"));
  g_assert_nonnull (strstr (strata_pack_get (chart, STRATA_PACK_README), "WordPress"));
}

static void
test_refuses_chart (gconstpointer data)
{
  const PackCase *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  if (test->meta != NULL)
    tar_add (tar, "web/Chart.yaml", test->meta);
  tar_add (tar, "web/values.yaml", "a: 1\n");

  g_autoptr(GBytes) bytes = tar_finish (tar);

  g_assert_null (strata_pack_read_chart_bytes (bytes, NULL, &error));
  g_assert_error (error, STRATA_ERROR, (int) test->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, test->says));
}

static const PackCase refused_charts[] = {
  { "no-chart-yaml", NULL, STRATA_ERROR_INVALID, "no Chart.yaml" },
  { "other-name",
    "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    STRATA_ERROR_INVALID, "“shop”, but its folder is “web”" },
  { "no-name", "apiVersion: v2\nversion: 1.0.0\n", STRATA_ERROR_INVALID, "no “name”" },
  { "empty-name", "apiVersion: v2\nname: ''\nversion: 1.0.0\n", STRATA_ERROR_INVALID, "no “name”" },
  { "dot-name",
    "apiVersion: v2\nname: .\nversion: 1.0.0\n",
    STRATA_ERROR_INVALID, "its folder is “web”" },
  { "no-version", "apiVersion: v2\nname: web\n", STRATA_ERROR_INVALID, "no “version”" },
  { "bad-version",
    "apiVersion: v2\nname: web\nversion: ../1\n",
    STRATA_ERROR_INVALID, "not a version" },
  { "no-api-version", "name: web\nversion: 1.0.0\n", STRATA_ERROR_INVALID, "apiVersion" },
  { "api-version-3", "apiVersion: v3\nname: web\nversion: 1.0.0\n", STRATA_ERROR_INVALID, "v3" },
  { "list", "- name: web\n", STRATA_ERROR_INVALID, "one YAML mapping" },
  { "empty", "", STRATA_ERROR_INVALID, "one YAML mapping" },
  { "two-documents", "a: 1\n---\nb: 1\n", STRATA_ERROR_INVALID, "one YAML mapping" },
  { "not-yaml", "a: [\n", STRATA_ERROR_INVALID, "Chart.yaml" },
};

static void
test_odd_chart (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GByteArray) tar = g_byte_array_new ();

  tar_add (tar, "web/Chart.yaml", "apiVersion: v1\nname: web\nversion: 1.10\nappVersion: 007\nlater: {a: 1}\n"
           "dependencies: [3, {version: 1}, {name: store, version: ^1.2, tags: [x]}]\n");
  tar_add (tar, "web/requirements.yaml", "[");
  tar_add (tar, "web/readme.MD", "# Web\n");

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(StrataPack) chart = strata_pack_read_chart_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_VERSION), ==, "1.10");
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_APP_VERSION), ==, "007");
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_NAMESPACE), ==, "web");
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_README), ==, "# Web\n");
  g_assert_cmpstr (strata_pack_get (chart, STRATA_PACK_SCHEMA), ==, "");
  g_assert_cmpuint (strata_pack_get_dependencies (chart)->len, ==, 1);
  g_assert_cmpuint (strata_pack_get_warnings (chart)->len, ==, 1);
  g_assert_nonnull (strstr (strata_pack_get_warnings (chart)->pdata[0], "requirements.yaml"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  pack_fixture_add_real ("charts/repo", "/core/chart-reader/charts/", test_reads_real_chart);

  for (guint i = 0; i < G_N_ELEMENTS (refused_charts); i++)
    {
      g_autofree char *path = g_strconcat ("/core/chart-reader/refuses/", refused_charts[i].name, NULL);

      g_test_add_data_func (path, &refused_charts[i], test_refuses_chart);
    }

  g_test_add_func ("/core/chart-reader/needs", test_reads_chart_needs);
  g_test_add_func ("/core/chart-reader/odd-chart", test_odd_chart);

  return g_test_run ();
}
