/* test-archive.c - a profile goes into an archive and comes out the same, and no wrong byte is believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-archive.h"
#include "strata-error.h"
#include "strata-palette.h"
#include "strata-tarball.h"

#include <glib/gstdio.h>
#include <string.h>

static StrataBlob *
text_blob (const char *text)
{
  return strata_blob_new_text (text);
}

static void
take_layer (StrataLayer **layer,
            StrataLayer  *changed)
{
  g_object_unref (*layer);
  *layer = changed;
}

static void
add_manifest (StrataLayer **layer,
              const char   *name,
              const char   *text)
{
  g_autoptr(StrataBlob) blob = text_blob (text);
  g_autoptr(StrataManifest) manifest = strata_manifest_new (name, blob);

  take_layer (layer, strata_layer_with_manifest (*layer, manifest));
}

static void
add_files (StrataLayer       **layer,
           const char *const  *paths)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr(StrataBlob) blob = strata_blob_new (paths[i], strlen (paths[i]) + 1);

      g_ptr_array_add (files, strata_file_new (paths[i], blob));
    }

  take_layer (layer, strata_layer_with_files (*layer, files));
}

static StrataLayer *
new_layer (StrataLayerKind  kind,
           const char      *name,
           const char      *version,
           const char      *values)
{
  g_autoptr(StrataBlob) blob = text_blob (values);
  StrataLayer *layer = strata_layer_new (kind, name);

  take_layer (&layer, strata_layer_with (layer, STRATA_LAYER_VERSION, version));
  take_layer (&layer, strata_layer_with (layer, STRATA_LAYER_TAG, version));
  take_layer (&layer, strata_layer_with_values (layer, blob));

  return layer;
}

static GPtrArray *
some_layers (void)
{
  static const char *const pack_files[] = { "values.yaml", "pack.json", "charts/x.tgz", "logo.png",
                                            NULL };
  static const char *const chart_files[] = { "nginx-18.1.0.tgz", NULL };
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_object_unref);
  StrataLayer *pack = new_layer (STRATA_LAYER_KIND_PACK, "hello", "1.3.1", "pack:\n  a: 1\n");
  StrataLayer *chart =
    new_layer (STRATA_LAYER_KIND_HELM, "nginx", "18.1.0", "charts:\n  nginx: {}\n");
  StrataLayer *site = new_layer (STRATA_LAYER_KIND_MANIFEST, "Grüße an / alle", "", "");

  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_PACK_UID, "64ea"));
  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_DIGEST, "sha256:77"));
  take_layer (&pack, strata_layer_with (pack, STRATA_LAYER_REGISTRY_NAME, "Folder"));
  add_files (&pack, pack_files);
  add_files (&chart, chart_files);
  add_manifest (&chart, "extra", "kind: Namespace\n");
  add_manifest (&site, "a b", "kind: A\n");
  add_manifest (&site, "a?b", "kind: B\n");
  add_manifest (&site, "A-b", "kind: C\n");
  g_ptr_array_add (layers, pack);
  g_ptr_array_add (layers, chart);
  g_ptr_array_add (layers, site);

  return layers;
}

static StrataProfile *
some_profile (void)
{
  g_autoptr(StrataProfile) plain = strata_profile_new ("edge-retail", "1.2.0");
  g_autoptr(StrataProfile) described =
    strata_profile_with (plain, STRATA_PROFILE_DESCRIPTION, "Für die Filialen");
  g_autoptr(StrataProfile) extra =
    strata_profile_with (described, STRATA_PROFILE_EXTRA,
                         "{\"a\":{\"y\":1,\"z\":[2.5]},\"metadata\":{\"annotations\":null}}");
  g_autoptr(StrataProfile) known = strata_profile_with (extra, STRATA_PROFILE_UID, "64eaff");
  g_autoptr(GPtrArray) layers = some_layers ();

  return strata_profile_with_layers (known, layers);
}

static GBytes *
build (StrataProfile *profile)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = strata_archive_build (profile, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static StrataArchive *
read_good (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  StrataArchive *archive = strata_archive_read (bytes, NULL, &error);

  g_assert_no_error (error);

  return archive;
}

static GPtrArray *
unpack (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *files = strata_tarball_read (bytes, NULL, NULL, &error);

  g_assert_no_error (error);

  return files;
}

static GBytes *
pack (GPtrArray *files)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = strata_tarball_write ("edge-retail-1.2.0", files, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

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
assert_refused (GBytes     *bytes,
                const char *says)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_archive_read (bytes, NULL, &error));
  g_assert_true (error->domain == STRATA_ERROR);
  g_test_message ("%s", error->message);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
replace_content (GPtrArray  *files,
                 guint       index,
                 StrataBlob *content)
{
  const char *path = strata_file_get_path (files->pdata[index]);
  StrataFile *changed = strata_file_new (path, content);

  g_object_unref (files->pdata[index]);
  files->pdata[index] = changed;
}

static void
flip_byte (GPtrArray *files,
           guint      index,
           gsize      position)
{
  StrataBlob *content = strata_file_get_content (files->pdata[index]);
  gsize size = strata_blob_get_size (content);
  g_autofree char *copy = g_memdup2 (strata_blob_get_text (content), size + 1);

  copy[position] ^= 0x20;

  g_autoptr(StrataBlob) changed = strata_blob_new_take (g_steal_pointer (&copy), size);

  replace_content (files, index, changed);
}

/* One wrong byte anywhere in any file, in an archive that is otherwise as good as new. */
static void
test_refuses_one_wrong_byte (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);

  for (guint i = 0; i < good->len; i++)
    {
      gsize size = strata_blob_get_size (strata_file_get_content (good->pdata[i]));
      const char *name = strata_file_get_path (good->pdata[i]);
      gboolean is_sums = g_str_equal (name, "SHA256SUMS");

      for (gsize position = 0; position < size; position += 1 + size / 97)
        {
          g_autoptr(GPtrArray) files = unpack (bytes);

          flip_byte (files, i, position);

          g_autoptr(GBytes) wrong = pack (files);

          /* A wrong digest in the list looks like a wrong file. */
          assert_refused (wrong, is_sums ? "SHA256SUMS" : name);
        }
    }
}

/* Sums that were made anew after @index was changed: the attacker has a calculator too. */
static void
sign_again (GPtrArray *files)
{
  GString *sums = g_string_new (NULL);

  for (guint i = 1; i < files->len; i++)
    g_string_append_printf (sums, "%s  %s\n",
                            strata_blob_get_digest (strata_file_get_content (files->pdata[i])),
                            strata_file_get_path (files->pdata[i]));

  g_autofree char *text = g_string_free (sums, FALSE);
  g_autoptr(StrataBlob) blob = text_blob (text);

  g_assert_cmpstr (strata_file_get_path (files->pdata[0]), ==, "SHA256SUMS");
  replace_content (files, 0, blob);
}

static void
test_refuses_a_changed_file_with_new_sums (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);

  for (guint i = 1; i < good->len; i++)
    {
      const char *name = strata_file_get_path (good->pdata[i]);
      g_autoptr(GPtrArray) files = unpack (bytes);

      if (strata_blob_get_size (strata_file_get_content (good->pdata[i])) == 0)
        continue;

      flip_byte (files, i, 0);
      sign_again (files);

      g_autoptr(GBytes) wrong = pack (files);

      assert_refused (wrong, g_str_equal (name, "strata.json") ? "" : name);
    }
}

static void
refuse_index (const char *from,
              const char *to,
              const char *says)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(GString) text = g_string_new (strata_file_get_text (files->pdata[files->len - 1]));

  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);

  g_autoptr(StrataBlob) blob = text_blob (text->str);

  replace_content (files, files->len - 1, blob);
  sign_again (files);

  g_autoptr(GBytes) wrong = pack (files);

  assert_refused (wrong, says);
}

static void
test_refuses_newer_format (void)
{
  refuse_index ("\"format\": 1", "\"format\": 2", "newer Strata (format 2)");
}

static void
test_refuses_wrong_index (void)
{
  refuse_index ("\"format\": 1", "\"format\": \"1\"", "which format");
  refuse_index ("\"format\": 1", "\"format\": 0", "which format");
  refuse_index ("\"name\": \"nginx\"", "\"name\": \"apache\"", "layers[1].name");
  refuse_index ("\"name\": \"nginx\"", "\"name\": 7", "layers[1].name must be a text");
  refuse_index ("\"kind\": \"helm\"", "\"kind\": \"oci\"", "layers[1].kind");
  refuse_index ("\"version\": \"18.1.0\"", "\"version\": \"18.1.1\"", "layers[1].version");
  refuse_index ("\"name\": \"extra\"", "\"name\": \"other\"", "manifests[0].name");
  refuse_index ("layers/02-nginx/values.yaml", "layers/02-nginx/values.yml", "values.yml");
  refuse_index ("layers/02-nginx/values.yaml", "layers/01-hello/values.yaml",
                "layers/01-hello/values.yaml");
  refuse_index ("layers/02-nginx/values.yaml", "../values.yaml", "../values.yaml");
}

static void
test_refuses_missing_and_added (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) good = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob ("x");
  g_autoptr(GPtrArray) added = unpack (bytes);

  for (guint i = 0; i < good->len; i++)
    {
      g_autoptr(GPtrArray) files = unpack (bytes);

      g_ptr_array_remove_index (files, i);

      g_autoptr(GBytes) wrong = pack (files);

      assert_refused (wrong, strata_file_get_path (good->pdata[i]));
    }

  g_ptr_array_add (added, strata_file_new ("added", blob));

  g_autoptr(GBytes) with_more = pack (added);

  assert_refused (with_more, "“added” is in the archive and not in SHA256SUMS");
  sign_again (added);

  g_autoptr(GBytes) signed_again = pack (added);

  assert_refused (signed_again, "“added” is in the archive and not named by strata.json");
}

/* A signature is not ours to judge, and not in the way. */
static void
test_takes_a_signature (void)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob ("signature");

  g_ptr_array_add (files, strata_file_new ("SHA256SUMS.sig", blob));

  g_autoptr(GBytes) with_signature = pack (files);
  g_autoptr(StrataArchive) archive = read_good (with_signature);

  g_assert_nonnull (archive);
}

static void
refuse_sums (const char *text,
             const char *says)
{
  g_autoptr(StrataProfile) profile = some_profile ();
  g_autoptr(GBytes) bytes = build (profile);
  g_autoptr(GPtrArray) files = unpack (bytes);
  g_autoptr(StrataBlob) blob = text_blob (text);

  replace_content (files, 0, blob);

  g_autoptr(GBytes) wrong = pack (files);

  assert_refused (wrong, says);
}

static void
test_refuses_wrong_sums (void)
{
  g_autofree char *zeros = g_strnfill (64, '0');
  g_autofree char *outside = g_strconcat (zeros, "  ../x\n", NULL);
  g_autofree char *upper = g_strconcat ("ABCDEF", zeros + 6, "  profile.json\n", NULL);

  refuse_sums ("", "no list of digests");
  refuse_sums ("\n", "Line 1");
  refuse_sums ("abc  profile.json\n", "Line 1");
  refuse_sums (zeros, "no list of digests");
  refuse_sums (outside, "../x");
  refuse_sums (upper, "Line 1");
}

static void
test_says_what_else_it_is (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(StrataBlob) blob = text_blob ("name: chart\n");

  g_ptr_array_add (files, strata_file_new ("Chart.yaml", blob));

  g_autoptr(GBytes) chart = pack (files);
  g_autoptr(GBytes) console = strata_tarball_write ("spc", files, NULL, NULL);

  assert_refused (chart, "Helm chart");
  assert_refused (console, "console");
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
  g_test_add_func ("/core/archive/refuses/one-wrong-byte", test_refuses_one_wrong_byte);
  g_test_add_func ("/core/archive/refuses/changed-file-with-new-sums",
                   test_refuses_a_changed_file_with_new_sums);
  g_test_add_func ("/core/archive/refuses/newer-format", test_refuses_newer_format);
  g_test_add_func ("/core/archive/refuses/wrong-index", test_refuses_wrong_index);
  g_test_add_func ("/core/archive/refuses/missing-and-added", test_refuses_missing_and_added);
  g_test_add_func ("/core/archive/refuses/wrong-sums", test_refuses_wrong_sums);
  g_test_add_func ("/core/archive/takes-a-signature", test_takes_a_signature);
  g_test_add_func ("/core/archive/says-what-else-it-is", test_says_what_else_it_is);
  g_test_add_func ("/core/archive/refuses-to-build-what-is-no-text",
                   test_refuses_to_build_what_is_no_text);
  g_test_add_func ("/core/archive/imports-by-content", test_imports_by_content);
  g_test_add_func ("/core/archive/import-names-what-is-wrong", test_import_names_what_is_wrong);

  return g_test_run ();
}
