/* test-archive.c - a profile goes into an archive and comes out the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-palette.h"

#include <glib/gstdio.h>

#include "archive-fixture.h"

static void
test_comes_back_equal (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(StrataArchive) archive = read_good (bytes);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_assert_true (strata_profile_equal (profile, strata_archive_get_profile (archive)));
  g_assert_cmpstr (strata_archive_get_top (archive), ==, "edge-retail-1.2.0");
  g_assert_cmpstr (strata_archive_get_digest (archive), ==, digest);

  g_autoptr(GBytes) again = build (strata_archive_get_profile (archive));

  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_has_the_promised_files (void)
{
  static const char *const expected[] = {
    "SHA256SUMS",
    "layers/01-hello/pack/charts/x.tgz",
    "layers/01-hello/pack/logo.png",
    "layers/01-hello/pack/pack.json",
    "layers/01-hello/pack/values.yaml",
    "layers/01-hello/values.yaml",
    "layers/02-nginx/manifests/extra.yaml",
    "layers/02-nginx/nginx-18.1.0.tgz",
    "layers/02-nginx/values.yaml",
    "layers/03-Gr----e-an---alle/manifests/A-b-3.yaml",
    "layers/03-Gr----e-an---alle/manifests/a-b-2.yaml",
    "layers/03-Gr----e-an---alle/manifests/a-b.yaml",
    "layers/03-Gr----e-an---alle/values.yaml",
    "profile.json",
    "strata.json",
  };
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(StrataArchive) archive = read_good (bytes);
  GPtrArray *files = strata_archive_get_files (archive);
  g_autofree char *name = strata_archive_make_name (profile);

  g_assert_cmpstr (name, ==, "edge-retail-1.2.0.tgz");
  g_assert_cmpuint (files->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < files->len; i++)
    g_assert_cmpstr (strata_file_get_path (files->pdata[i]), ==, expected[i]);
}

/* What came from a console keeps its extra members on the way through an archive. */
static void
test_keeps_bodies_of_the_console (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "palette", "examples", data, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no shared data beside the source");
      return;
    }

  g_autoptr(StrataProfile) profile = strata_profile_import (file, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(StrataArchive) archive = read_good (bytes);

  g_assert_true (strata_profile_equal (profile, strata_archive_get_profile (archive)));
}

static void
write_files (const char *folder,
             GPtrArray  *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path =
        g_build_filename (folder, strata_file_get_path (files->pdata[i]), NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      StrataBlob *content = strata_file_get_content (files->pdata[i]);

      g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, strata_blob_get_text (content),
                                          (gssize) strata_blob_get_size (content), NULL));
    }
}

static void
run (const char *folder,
     const char *command)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) arguments = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (command, NULL, &arguments, &error));
  g_assert_true (g_spawn_sync (folder, arguments, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                               NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_no_error (error);
}

/* The programs that a person at a site has. */
static void
test_is_accepted_by_sha256sum (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autofree char *folder = g_dir_make_tmp ("strata-archive-XXXXXX", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r %s", folder);

  write_files (folder, files);
  run (folder, "sha256sum --check --strict SHA256SUMS");
  run ("/", clean);
}

static void
test_is_accepted_by_tar (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autofree char *folder = g_dir_make_tmp ("strata-archive-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.tgz", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r %s", folder);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  run (folder,
       "sh -c 'tar -xzf a.tgz && cd edge-retail-1.2.0 && sha256sum --check --strict SHA256SUMS'");
  run ("/", clean);
}

static void
test_refuses_to_build_what_is_no_text (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(StrataBlob) blob = strata_blob_new ("a: \xff\n", 5);
  StrataLayer *layer = strata_profile_get_layer (profile, 1);
  g_autoptr(StrataLayer) broken = strata_layer_with_values (layer, blob);
  g_autoptr(StrataProfile) changed = strata_profile_with_layer (profile, 1, broken);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_archive_build (changed, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "nginx"));
}

static StrataProfile *
import_text (const char *name,
             const char *text,
             gssize      length)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-import-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, length, NULL));

  StrataProfile *profile = strata_profile_import (file, NULL, &error);

  g_unlink (path);
  g_rmdir (folder);
  g_assert_no_error (error);

  return profile;
}

/* By content: the names here lie. */
static void
test_imports_by_content (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autofree char *json = strata_palette_write (profile, STRATA_PALETTE_JSON);
  g_autofree char *yaml = strata_palette_write (profile, STRATA_PALETTE_YAML);
  g_autoptr(StrataProfile) from_archive =
    import_text ("a.yaml", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_autoptr(StrataProfile) from_json = import_text ("a.tgz", json, -1);
  g_autoptr(StrataProfile) from_yaml = import_text ("a.json", yaml, -1);
  g_autoptr(StrataProfile) from_part = import_text ("my part.json", "{\"variables\":[]}", -1);

  g_assert_true (strata_profile_equal (profile, from_archive));
  g_assert_cmpstr (strata_profile_get_name (from_json), ==, "edge-retail");
  g_assert_cmpuint (strata_profile_get_n_layers (from_yaml), ==, 3);
  g_assert_cmpstr (strata_profile_get_name (from_part), ==, "my-part");
}

static void
test_import_names_the_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-import-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "broken.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{\"metadata\": 7}", -1, NULL));
  g_assert_null (strata_profile_import (file, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "broken.json: metadata must be an object, found a number");
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_import_names_what_is_wrong (void)
{
  g_autoptr(GFile) missing = g_file_new_for_path ("/nonexistent/a.tgz");
  g_autoptr(GFile) folder = g_file_new_for_path ("/");
  g_autoptr(GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_profile_import (missing, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (strata_archive_load (folder, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (strata_archive_load (device, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/archive/comes-back-equal", test_comes_back_equal);
  g_test_add_func ("/core/archive/has-the-promised-files", test_has_the_promised_files);
  g_test_add_data_func ("/core/archive/keeps-export", "profile-export.json",
                        test_keeps_bodies_of_the_console);
  g_test_add_data_func ("/core/archive/keeps-response", "profile-get.response.json",
                        test_keeps_bodies_of_the_console);
  g_test_add_data_func ("/core/archive/keeps-request", "profile-create.request.json",
                        test_keeps_bodies_of_the_console);
  g_test_add_func ("/core/archive/is-accepted-by-sha256sum", test_is_accepted_by_sha256sum);
  g_test_add_func ("/core/archive/is-accepted-by-tar", test_is_accepted_by_tar);
  g_test_add_func ("/core/archive/refuses-to-build-what-is-no-text",
                   test_refuses_to_build_what_is_no_text);
  g_test_add_func ("/core/archive/imports-by-content", test_imports_by_content);
  g_test_add_func ("/core/archive/import-names-the-file", test_import_names_the_file);
  g_test_add_func ("/core/archive/import-names-what-is-wrong", test_import_names_what_is_wrong);

  return g_test_run ();
}
