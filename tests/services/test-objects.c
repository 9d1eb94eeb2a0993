/* test-objects.c - what has a digest for a name holds just that, or is not believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "store-fixture.h"
#include "strata-error.h"
#include "strata-objects.h"

static void
add (StoreFixture *fixture,
     StrataBlob   *blob)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_objects_add (fixture->path, batch, blob, &error));
  g_assert_true (strata_disk_batch_commit (batch, &error));
  g_assert_no_error (error);
}

static void
assert_reads (StoreFixture *fixture,
              StrataBlob   *blob)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataBlob) read =
    strata_objects_read (fixture->path, strata_blob_get_digest (blob), &error);

  g_assert_no_error (error);
  g_assert_true (strata_blob_equal (read, blob));
}

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr(StrataBlob) empty = strata_blob_new_text ("");
  g_autoptr(StrataBlob) binary = strata_blob_new ("a\0b\xff", 4);
  g_autoptr(StrataBlob) text = strata_blob_new_text (large);

  add (fixture, empty);
  add (fixture, binary);
  add (fixture, text);
  assert_reads (fixture, empty);
  assert_reads (fixture, binary);
  assert_reads (fixture, text);
}

/* Nothing has its name before the commit, and nothing is left of what was not committed. */
static void
test_batch (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("one");
  const char *digest = strata_blob_get_digest (blob);
  StrataDiskBatch *batch = strata_disk_batch_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_objects_add (fixture->path, batch, blob, NULL));
  g_assert_null (strata_objects_read (fixture->path, digest, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
  strata_disk_batch_free (batch);

  g_autofree char *path = strata_objects_get_path (fixture->path, digest);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GDir) left = g_dir_open (folder, 0, NULL);

  g_assert_null (g_dir_read_name (left));
}

/* More files than may be open at a time. */
static void
test_large_batch (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataDiskBatch) batch = strata_disk_batch_new ();
  g_autoptr(GPtrArray) blobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_ptr_array_add (blobs, strata_blob_new_text (text));
      g_assert_true (strata_objects_add (fixture->path, batch, blobs->pdata[i], &error));
    }

  g_assert_true (strata_disk_batch_commit (batch, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 300; i++)
    assert_reads (fixture, blobs->pdata[i]);
}

static struct stat
look (StoreFixture *fixture,
      StrataBlob   *blob)
{
  g_autofree char *path = strata_objects_get_path (fixture->path, strata_blob_get_digest (blob));
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return info;
}

static void
test_writes_once (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("one");
  g_autofree char *path = strata_objects_get_path (fixture->path, strata_blob_get_digest (blob));
  struct utimbuf then = { .actime = 1000000000, .modtime = 1000000000 };

  add (fixture, blob);
  g_assert_cmpint (g_utime (path, &then), ==, 0);

  struct stat before = look (fixture, blob);

  add (fixture, blob);

  struct stat after = look (fixture, blob);

  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  g_assert_cmpint (after.st_mtim.tv_sec, >, 1000000000);
}

static void
test_heals (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char *const damages[] = { "twe", "tw", "" };
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("two");
  g_autofree char *path = strata_objects_get_path (fixture->path, strata_blob_get_digest (blob));

  add (fixture, blob);

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (path, damages[i], -1, NULL));
      g_assert_null (strata_objects_read (fixture->path, strata_blob_get_digest (blob), &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
      g_assert_nonnull (strstr (error->message, strata_blob_get_digest (blob)));
      add (fixture, blob);
      assert_reads (fixture, blob);
    }
}

static void
test_refuses_names (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const char *const names[] = {
    "",
    "..",
    "../../../../../../../../../../../../../../../../../../../etc/passwd",
    "0123",
    "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (strata_objects_is_digest (names[i]));
      g_assert_null (strata_objects_read (fixture->path, names[i], &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT);
    }
}

/* Something else in the place of an object is no object: a folder, or a pipe nobody writes to. */
static void
test_not_a_file (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataBlob) blob = strata_blob_new_text ("three");
  const char *digest = strata_blob_get_digest (blob);
  g_autofree char *path = strata_objects_get_path (fixture->path, digest);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_null (strata_objects_read (fixture->path, digest, NULL));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (strata_objects_read (fixture->path, digest, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_fixture_add ("/services/objects/round-trip", test_round_trip);
  store_fixture_add ("/services/objects/batch", test_batch);
  store_fixture_add ("/services/objects/large-batch", test_large_batch);
  store_fixture_add ("/services/objects/writes-once", test_writes_once);
  store_fixture_add ("/services/objects/heals", test_heals);
  store_fixture_add ("/services/objects/refuses-names", test_refuses_names);
  store_fixture_add ("/services/objects/not-a-file", test_not_a_file);

  return g_test_run ();
}
