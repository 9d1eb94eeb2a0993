/* test-tarball.c - real charts are read whole, and writing gives the same bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-tarball.h"

#include <locale.h>

#include "tar-fixture.h"

static void
test_reads (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *top = NULL;

  tar_add_bytes (tar, "chart/", '5', "", 0);
  gsize at = tar_add_bytes (tar, "chart/b/", '5', "", 0);

  tar->data[at] = 'c';
  tar_add_pax (tar, "path", "chart/b/grüße", strlen ("chart/b/grüße"));
  tar_add (tar, "chart/short", "hello\n");
  tar_add_bytes (tar, "chart/a", '\0', "\0\1", 2);

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (top, ==, "chart");
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (strata_file_get_path (files->pdata[0]), ==, "b/grüße");
  g_assert_cmpstr (strata_file_get_text (files->pdata[0]), ==, "hello\n");
  g_assert_cmpstr (strata_file_get_path (files->pdata[1]), ==, "a");
  g_assert_cmpuint (strata_blob_get_size (strata_file_get_content (files->pdata[1])), ==, 2);
}

/* As a chart packed on macOS has them. */
static void
test_reads_binary_attributes (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  tar_add_pax (tar, "SCHILY.xattr.com.apple.provenance", "\1\2\0\3\0path=x", 11);
  tar_add (tar, "chart/Chart.yaml", "name: chart\n");

  g_autoptr(GBytes) bytes = tar_finish (tar);
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
}

/* Names are UTF-8 in every language, also in the one that knows only ASCII. */
static void
test_reads_in_any_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));

  g_assert_nonnull (setlocale (LC_ALL, "C"));
  test_reads ();
  setlocale (LC_ALL, before);
}

static GPtrArray *
list_charts (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".tgz"))
        g_ptr_array_add (paths, g_steal_pointer (&path));
      else if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          GPtrArray *inner = list_charts (path);

          g_ptr_array_extend_and_steal (paths, inner);
        }
    }

  return paths;
}

static void
check_real_chart (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, &error);

  g_assert_no_error (error);

  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) files = strata_tarball_read (bytes, &top, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, >, 1);

  g_autoptr(GBytes) written = strata_tarball_write (top, files, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(GPtrArray) again = strata_tarball_read (written, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, files->len);
}

static void
test_reads_real_charts (gconstpointer data)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", data, NULL);
  g_autoptr(GPtrArray) charts = list_charts (folder);

  if (charts->len == 0)
    g_test_skip ("no shared data beside the source");

  for (guint i = 0; i < charts->len; i++)
    {
      g_test_message ("%s", (char *) charts->pdata[i]);
      check_real_chart (charts->pdata[i]);
    }
}

static void
add_text (GPtrArray  *files,
          const char *path,
          const char *text)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text (text);

  g_ptr_array_add (files, strata_file_new (path, blob));
}

static GPtrArray *
some_files (gboolean backwards)
{
  const char *paths[] = { "b", "a/z", "a-b", "SHA256SUMS", "a/grüße.yaml", "a/y/deep" };
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    add_text (files, paths[backwards ? G_N_ELEMENTS (paths) - 1 - i : i], paths[i % 2]);

  return files;
}

static void
test_writes_sorted (void)
{
  const char *expected[] = { "SHA256SUMS", "a-b", "a/grüße.yaml", "a/y/deep", "a/z", "b" };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = some_files (FALSE);
  g_autoptr(GBytes) bytes = strata_tarball_write ("top", files, NULL, &error);

  g_assert_no_error (error);

  g_autofree char *top = NULL;
  g_autoptr(GPtrArray) again = strata_tarball_read (bytes, &top, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (top, ==, "top");
  g_assert_cmpuint (again->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpstr (strata_file_get_path (again->pdata[i]), ==, expected[i]);
}

/* The digest stands here so that another machine, library or year that gives other bytes is noticed. */
static void
test_writes_same_bytes (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));

  add_text (files, "values.yaml", "replicas: 1\n");
  add_text (files, "templates/grüße.yaml", "a: b\n");

  g_autoptr(GBytes) first = strata_tarball_write ("top", files, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), 10, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  g_ptr_array_insert (files, 0, g_ptr_array_steal_index (files, 1));
  setlocale (LC_ALL, "C");

  g_autoptr(GBytes) second = strata_tarball_write ("top", files, NULL, &error);

  setlocale (LC_ALL, before);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, second));

  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, first);

  g_assert_cmpstr (digest, ==, "d7575ac2020a5cd9cbbd0ced9e890dfae77bb2230409b351902871673eec30c9");
}

static void
test_write_refuses (gconstpointer data)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;

  add_text (files, "a", "x");
  add_text (files, data, "x");

  g_assert_null (strata_tarball_write ("top", files, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* What a person wrote can be as monotonous as it likes: the archive of it can be read again. */
static void
test_writes_what_is_very_dense (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *dense = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;

  add_text (files, "dense", dense);

  g_autoptr(GBytes) bytes = strata_tarball_write ("top", files, NULL, &error);

  g_assert_no_error (error);

  g_autoptr(GPtrArray) again = strata_tarball_read (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_file_get_text (again->pdata[0]), ==, dense);
}

static void
test_cancels (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GBytes) bytes = tar_make_good (tar);
  g_autoptr(GPtrArray) files = some_files (FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_tarball_read (bytes, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (strata_tarball_write ("top", files, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/tarball/reads", test_reads);
  g_test_add_func ("/core/tarball/reads-binary-attributes", test_reads_binary_attributes);
  g_test_add_func ("/core/tarball/reads-in-any-locale", test_reads_in_any_locale);
  g_test_add_data_func ("/core/tarball/reads-real-charts", "charts/repo", test_reads_real_charts);
  g_test_add_data_func ("/core/tarball/reads-charts-of-packs", "packs", test_reads_real_charts);
  g_test_add_func ("/core/tarball/writes-sorted", test_writes_sorted);
  g_test_add_func ("/core/tarball/writes-same-bytes", test_writes_same_bytes);
  g_test_add_func ("/core/tarball/writes-what-is-very-dense", test_writes_what_is_very_dense);
  g_test_add_data_func ("/core/tarball/write-refuses/parent", "../x", test_write_refuses);
  g_test_add_data_func ("/core/tarball/write-refuses/twice", "a", test_write_refuses);
  g_test_add_data_func ("/core/tarball/write-refuses/file-as-folder", "a/b", test_write_refuses);
  g_test_add_data_func ("/core/tarball/write-refuses/folder-name", "b/", test_write_refuses);
  g_test_add_func ("/core/tarball/cancels", test_cancels);

  return g_test_run ();
}
