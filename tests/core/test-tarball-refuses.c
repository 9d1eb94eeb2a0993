/* test-tarball-refuses.c - every hostile archive is refused, and the message says what is wrong where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-tarball.h"

#include "tar-fixture.h"

typedef GBytes *(*MakeArchive) (GByteArray *tar);

/* One archive that must be refused. */
typedef struct
{
  const char *name;
  MakeArchive make;
  StrataError code;
  const char *says;  /* part of the message */
} Hostile;

static GBytes *
with_name (GByteArray *tar,
           const char *name)
{
  tar_add (tar, "chart/Chart.yaml", "name: chart\n");
  tar_add (tar, name, "x\n");

  return tar_finish (tar);
}

static GBytes *
with_pax_path (GByteArray *tar,
               const char *path,
               gsize       size)
{
  tar_add (tar, "chart/Chart.yaml", "name: chart\n");
  tar_add_pax (tar, "path", path, size);
  tar_add (tar, "chart/innocent", "x\n");

  return tar_finish (tar);
}

static GBytes *
with_byte (GByteArray *tar,
           gsize       offset,
           const char *bytes,
           gsize       size)
{
  gsize at = tar_add (tar, "chart/file.yaml", "x\n");

  memcpy (tar->data + at + offset, bytes, size);
  tar_sign (tar->data + at);

  return tar_finish (tar);
}

static GBytes *make_parent (GByteArray *tar) { return with_name (tar, "chart/../../x"); }
static GBytes *make_parent_first (GByteArray *tar) { return with_name (tar, "../x"); }
static GBytes *make_absolute (GByteArray *tar) { return with_name (tar, "/etc/x"); }
static GBytes *make_drive (GByteArray *tar) { return with_name (tar, "C:/x"); }
static GBytes *make_backslash (GByteArray *tar) { return with_name (tar, "chart/C:\\x"); }
static GBytes *make_dot (GByteArray *tar) { return with_name (tar, "chart/./x"); }
static GBytes *make_empty_part (GByteArray *tar) { return with_name (tar, "chart//x"); }
static GBytes *make_empty_name (GByteArray *tar) { return with_name (tar, ""); }
static GBytes *make_newline (GByteArray *tar) { return with_name (tar, "chart/a\nb"); }
static GBytes *make_escape (GByteArray *tar) { return with_name (tar, "chart/\033[2Jx"); }
static GBytes *make_c1 (GByteArray *tar) { return with_name (tar, "chart/\302\233x"); }
static GBytes *make_bidi (GByteArray *tar) { return with_name (tar, "chart/a\u202egpj.exe"); }
static GBytes *make_latin1 (GByteArray *tar) { return with_name (tar, "chart/caf\351"); }
static GBytes *make_twice (GByteArray *tar) { return with_name (tar, "chart/Chart.yaml"); }
static GBytes *make_no_top (GByteArray *tar) { return with_name (tar, "values.yaml"); }
static GBytes *make_two_tops (GByteArray *tar) { return with_name (tar, "other/values.yaml"); }
static GBytes *make_file_as_folder (GByteArray *tar) { return with_name (tar, "chart/Chart.yaml/x"); }
static GBytes *make_pax_parent (GByteArray *tar) { return with_pax_path (tar, "chart/../../x", 13); }
static GBytes *make_pax_nul (GByteArray *tar) { return with_pax_path (tar, "chart/a\0../../x", 15); }
static GBytes *make_pax_latin1 (GByteArray *tar) { return with_pax_path (tar, "chart/caf\351", 10); }
static GBytes *make_setuid (GByteArray *tar) { return with_byte (tar, TAR_MODE, "0004755", 7); }
static GBytes *make_setgid (GByteArray *tar) { return with_byte (tar, TAR_MODE, "0002755", 7); }
static GBytes *make_nul (GByteArray *tar) { return with_byte (tar, TAR_NAME + 20, "../x", 4); }
static GBytes *make_symlink (GByteArray *tar) { return with_byte (tar, TAR_TYPE, "2../../x", 8); }
static GBytes *make_device (GByteArray *tar) { return with_byte (tar, TAR_TYPE, "3", 1); }
static GBytes *make_block_device (GByteArray *tar) { return with_byte (tar, TAR_TYPE, "4", 1); }
static GBytes *make_fifo (GByteArray *tar) { return with_byte (tar, TAR_TYPE, "6", 1); }
static GBytes *make_huge_size (GByteArray *tar) { return with_byte (tar, TAR_SIZE, "77777777777", 11); }

static GBytes *
make_overflowing_size (GByteArray *tar)
{
  /* The base-256 form of the size field, with every bit set. */
  return with_byte (tar, TAR_SIZE, "\377\377\377\377\377\377\377\377\377\377\377\377", 12);
}

static GBytes *
make_large_base_256_size (GByteArray *tar)
{
  return with_byte (tar, TAR_SIZE, "\200\000\000\000\177\377\377\377\377\377\377\377", 12);
}

static GBytes *
make_oversized_file (GByteArray *tar)
{
  g_autofree char *large = g_malloc (STRATA_TARBALL_MAX_FILE + 1);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (gsize i = 0; i <= STRATA_TARBALL_MAX_FILE; i++)
    large[i] = (char) ((i & 3) != 0 ? 'x' : g_rand_int (rand) & 0xff);
  tar_add_bytes (tar, "chart/large", '0', large, STRATA_TARBALL_MAX_FILE + 1);

  return tar_finish (tar);
}

static GBytes *
make_link_then_through_it (GByteArray *tar)
{
  tar_add_link (tar, "chart/link", '2', "/tmp");

  return with_name (tar, "chart/link/x");
}

static GBytes *
make_hard_link (GByteArray *tar)
{
  tar_add_link (tar, "chart/link", '1', "/etc/passwd");

  return with_name (tar, "chart/values.yaml");
}

static GBytes *
make_hard_link_inside (GByteArray *tar)
{
  tar_add (tar, "chart/values.yaml", "a: 1\n");
  tar_add_link (tar, "chart/link", '1', "chart/values.yaml");

  return tar_finish (tar);
}

static GBytes *
make_folder_twice (GByteArray *tar)
{
  tar_add_bytes (tar, "chart/a/", '5', "", 0);
  tar_add_bytes (tar, "chart/a/", '5', "", 0);

  return tar_finish (tar);
}

static GBytes *
make_folder_over_file (GByteArray *tar)
{
  tar_add (tar, "chart/a", "x\n");
  tar_add_bytes (tar, "chart/a/", '5', "", 0);

  return tar_finish (tar);
}

static GBytes *
make_file_over_folder (GByteArray *tar)
{
  tar_add (tar, "chart/a/b", "x\n");
  tar_add (tar, "chart/a", "x\n");

  return tar_finish (tar);
}

static GBytes *
make_long_name (GByteArray *tar)
{
  g_autofree char *name = g_strnfill (4096, 'n');

  memcpy (name, "chart/", 6);
  tar_add_bytes (tar, "././@LongLink", 'L', name, 4097);
  tar_add (tar, "chart/short", "x\n");

  return tar_finish (tar);
}

static GBytes *
make_deep (GByteArray *tar)
{
  GString *name = g_string_new ("chart");

  for (guint i = 0; i < STRATA_TARBALL_MAX_NESTING; i++)
    g_string_append (name, "/d");

  g_autofree char *deep = g_string_free (name, FALSE);

  return with_name (tar, deep);
}

static GBytes *
make_too_many (GByteArray *tar)
{
  for (guint i = 0; i <= STRATA_TARBALL_MAX_ENTRIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("chart/%u-%08x", i, g_str_hash ("x") * i * i);
      g_autofree char *content = g_strdup_printf ("%08x%08x", i * 2654435761u, i * i * 40503u);

      tar_add (tar, name, content);
    }

  return tar_finish (tar);
}

static GBytes *
make_million_empty_files (GByteArray *tar)
{
  guchar *entry;

  tar_add (tar, "chart/a", "");
  entry = g_memdup2 (tar->data, TAR_BLOCK);
  g_byte_array_set_size (tar, 1000000 * TAR_BLOCK);
  for (guint i = 0; i < 1000000; i++)
    memcpy (tar->data + i * TAR_BLOCK, entry, TAR_BLOCK);
  g_free (entry);

  return tar_finish (tar);
}

static GBytes *
make_bomb (GByteArray *tar)
{
  gsize size = 200 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);

  return tar_gzip (zeros, size);
}

/* Too dense for nobody, and still larger than the bound. */
static GBytes *
make_large (GByteArray *tar)
{
  g_autofree guint32 *noise = g_malloc (STRATA_TARBALL_MAX_UNPACKED + 4096);

  for (guint i = 0; i < (STRATA_TARBALL_MAX_UNPACKED + 4096) / 4; i++)
    noise[i] = (i & 7) != 0 ? 0 : i * 2654435761u;

  return tar_gzip (noise, STRATA_TARBALL_MAX_UNPACKED + 4096);
}

static GBytes *
make_nested (GByteArray *tar)
{
  g_autoptr(GBytes) inner = tar_make_good (tar);

  return tar_gzip (g_bytes_get_data (inner, NULL), g_bytes_get_size (inner));
}

static GBytes *
make_wrong_checksum (GByteArray *tar)
{
  tar_add (tar, "chart/a", "x\n");
  gsize at = tar_add (tar, "chart/b", "x\n");

  tar->data[at + TAR_MODE]++;

  return tar_finish (tar);
}

static GBytes *
append (GBytes     *bytes,
        const void *more,
        gsize       size)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_byte_array_append (all, more, (guint) size);
  g_bytes_unref (bytes);

  return g_byte_array_free_to_bytes (all);
}

static GBytes *make_garbage (GByteArray *tar) { return append (tar_make_good (tar), "garbage", 7); }
static GBytes *make_zeros_behind (GByteArray *tar) { return append (tar_make_good (tar), "\0\0", 2); }

static GBytes *
make_second_member (GByteArray *tar)
{
  g_autoptr(GBytes) second = tar_gzip ("more", 4);
  gsize size;
  const void *data = g_bytes_get_data (second, &size);

  return append (tar_make_good (tar), data, size);
}

static GBytes *
make_garbage_in_tar (GByteArray *tar)
{
  g_autoptr(GBytes) first = tar_make_good (tar);

  return with_name (tar, "chart/after-the-end");
}

static GBytes *
make_without_end (GByteArray *tar)
{
  tar_add (tar, "chart/Chart.yaml", "name: chart\n");

  return tar_gzip (tar->data, tar->len);
}

static GBytes *
make_wrong_crc (GByteArray *tar)
{
  g_autoptr(GBytes) bytes = tar_make_good (tar);
  gsize size;
  guchar *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

  data[size - 8] ^= 1;

  return g_bytes_new_take (data, size);
}

static GBytes *make_plain_tar (GByteArray *tar)
{
  g_bytes_unref (tar_make_good (tar));

  return g_bytes_new (tar->data, tar->len);
}

static GBytes *make_zip (GByteArray *tar) { return g_bytes_new ("PK\003\004rest of a zip", 17); }
static GBytes *make_nothing (GByteArray *tar) { return g_bytes_new ("", 0); }
static GBytes *make_no_tar (GByteArray *tar) { return tar_gzip ("hello world", 11); }
static GBytes *make_no_entry (GByteArray *tar) { return tar_finish (tar); }

static GBytes *
make_only_folder (GByteArray *tar)
{
  tar_add_bytes (tar, "chart/", '5', "", 0);

  return tar_finish (tar);
}

/* A long name whose size has the binary form, so that what stands behind its NUL is not looked at. */
static GBytes *
make_binary_size_of_name (GByteArray *tar)
{
  gsize at = tar_add_bytes (tar, "././@LongLink", 'L', "chart/a\0../../x", 16);

  memcpy (tar->data + at + TAR_SIZE, "\200\0\0\0\0\0\0\0\0\0\0\020", 12);
  tar_sign (tar->data + at);
  tar_add (tar, "chart/short", "x\n");

  return tar_finish (tar);
}

static const Hostile hostile[] = {
  { "parent", make_parent, STRATA_ERROR_INVALID, "chart/../../x" },
  { "parent-first", make_parent_first, STRATA_ERROR_INVALID, "../x" },
  { "absolute", make_absolute, STRATA_ERROR_INVALID, "absolute" },
  { "drive-letter", make_drive, STRATA_ERROR_INVALID, "drive letter" },
  { "backslash", make_backslash, STRATA_ERROR_INVALID, "backslash" },
  { "dot-part", make_dot, STRATA_ERROR_INVALID, "chart/./x" },
  { "empty-part", make_empty_part, STRATA_ERROR_INVALID, "empty part" },
  { "empty-name", make_empty_name, STRATA_ERROR_INVALID, "no name" },
  { "newline", make_newline, STRATA_ERROR_INVALID, "chart/a\\x0ab" },
  { "escape", make_escape, STRATA_ERROR_INVALID, "chart/\\x1b[2Jx" },
  { "c1-control", make_c1, STRATA_ERROR_INVALID, "chart/\\u009bx" },
  { "bidi-override", make_bidi, STRATA_ERROR_INVALID, "chart/a\\u202egpj.exe" },
  { "not-utf8", make_latin1, STRATA_ERROR_INVALID, "chart/caf\\xe9" },
  { "nul-in-name", make_nul, STRATA_ERROR_INVALID, "NUL" },
  { "nul-in-long-name", make_binary_size_of_name, STRATA_ERROR_INVALID, "NUL" },
  { "long-name", make_long_name, STRATA_ERROR_INVALID, "1,024" },
  { "deep", make_deep, STRATA_ERROR_INVALID, "nested too deep" },
  { "twice", make_twice, STRATA_ERROR_INVALID, "twice" },
  { "folder-twice", make_folder_twice, STRATA_ERROR_INVALID, "twice" },
  { "file-as-folder", make_file_as_folder, STRATA_ERROR_INVALID, "used as a folder" },
  { "folder-over-file", make_folder_over_file, STRATA_ERROR_INVALID, "both a file and a folder" },
  { "file-over-folder", make_file_over_folder, STRATA_ERROR_INVALID, "both a file and a folder" },
  { "no-top", make_no_top, STRATA_ERROR_INVALID, "“values.yaml”" },
  { "two-tops", make_two_tops, STRATA_ERROR_INVALID, "second top folder" },
  { "pax-path", make_pax_parent, STRATA_ERROR_INVALID, "chart/../../x" },
  { "pax-path-nul", make_pax_nul, STRATA_ERROR_INVALID, "NUL" },
  { "pax-path-not-utf8", make_pax_latin1, STRATA_ERROR_CORRUPT, "UTF-8" },
  { "symlink", make_symlink, STRATA_ERROR_INVALID, "symbolic link" },
  { "link-then-through-it", make_link_then_through_it, STRATA_ERROR_INVALID, "symbolic link" },
  { "hard-link-out", make_hard_link, STRATA_ERROR_INVALID, "hard link" },
  { "hard-link-inside", make_hard_link_inside, STRATA_ERROR_INVALID, "hard link" },
  { "device", make_device, STRATA_ERROR_INVALID, "neither a file nor a folder" },
  { "block-device", make_block_device, STRATA_ERROR_INVALID, "neither a file nor a folder" },
  { "fifo", make_fifo, STRATA_ERROR_INVALID, "neither a file nor a folder" },
  { "setuid", make_setuid, STRATA_ERROR_INVALID, "rights" },
  { "setgid", make_setgid, STRATA_ERROR_INVALID, "rights" },
  { "huge-size", make_huge_size, STRATA_ERROR_INVALID, "20 MiB" },
  { "overflowing-size", make_overflowing_size, STRATA_ERROR_CORRUPT, "entry 1" },
  { "large-base-256-size", make_large_base_256_size, STRATA_ERROR_CORRUPT, "entry 1" },
  { "oversized-file", make_oversized_file, STRATA_ERROR_INVALID, "chart/large" },
  { "too-many", make_too_many, STRATA_ERROR_TOO_LARGE, "10000 entries" },
  { "million-empty-files", make_million_empty_files, STRATA_ERROR_TOO_LARGE, "100 MiB" },
  { "bomb", make_bomb, STRATA_ERROR_TOO_LARGE, "100 times" },
  { "large", make_large, STRATA_ERROR_TOO_LARGE, "100 MiB" },
  { "nested-gzip", make_nested, STRATA_ERROR_CORRUPT, "entry 1" },
  { "wrong-checksum", make_wrong_checksum, STRATA_ERROR_CORRUPT, "entry 2" },
  { "trailing-garbage", make_garbage, STRATA_ERROR_CORRUPT, "7 bytes after its end" },
  { "trailing-zeros", make_zeros_behind, STRATA_ERROR_CORRUPT, "2 bytes after its end" },
  { "second-member", make_second_member, STRATA_ERROR_CORRUPT, "after its end" },
  { "garbage-in-tar", make_garbage_in_tar, STRATA_ERROR_CORRUPT, "something after its end" },
  { "without-end", make_without_end, STRATA_ERROR_CORRUPT, "cut off" },
  { "wrong-crc", make_wrong_crc, STRATA_ERROR_CORRUPT, "damaged" },
  { "plain-tar", make_plain_tar, STRATA_ERROR_INVALID, "not a gzip archive" },
  { "zip", make_zip, STRATA_ERROR_INVALID, "not a gzip archive" },
  { "nothing", make_nothing, STRATA_ERROR_INVALID, "not a gzip archive" },
  { "no-tar", make_no_tar, STRATA_ERROR_CORRUPT, "damaged" },
  { "no-entry", make_no_entry, STRATA_ERROR_INVALID, "no file" },
  { "only-folder", make_only_folder, STRATA_ERROR_INVALID, "no file" },
};

static void
test_refuses (gconstpointer data)
{
  const Hostile *self = data;
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GBytes) bytes = self->make (tar);
  g_autoptr(GError) error = NULL;
  g_autofree char *top = NULL;

  g_assert_null (strata_tarball_read (bytes, &top, NULL, &error));
  g_assert_error (error, STRATA_ERROR, (int) self->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, self->says));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (top);
}

/* However little is missing, and wherever: refused, never half read. */
static void
test_refuses_every_truncation (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GBytes) bytes = tar_make_good (tar);

  for (gsize length = 0; length < g_bytes_get_size (bytes); length++)
    {
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_tarball_read (cut, NULL, NULL, &error));
      g_assert_true (error->domain == STRATA_ERROR);
    }
}

/* The same for the tar inside, packed again each time. */
static void
test_refuses_every_truncated_tar (void)
{
  g_autoptr(GByteArray) tar = g_byte_array_new ();
  g_autoptr(GBytes) bytes = tar_make_good (tar);

  for (gsize length = 0; length < tar->len; length++)
    {
      g_autoptr(GBytes) cut = tar_gzip (tar->data, length);
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_tarball_read (cut, NULL, NULL, &error));
      g_assert_true (error->domain == STRATA_ERROR);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/tarball-refuses/every-truncation", test_refuses_every_truncation);
  g_test_add_func ("/core/tarball-refuses/every-truncated-tar", test_refuses_every_truncated_tar);

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strconcat ("/core/tarball-refuses/", hostile[i].name, NULL);

      g_test_add_data_func (path, &hostile[i], test_refuses);
    }

  return g_test_run ();
}
