/* test-gzip.c - what is packed in chunks comes back whole, for every reader of gzip
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-gzip.h"

#include <string.h>

#define CHUNK (256 * 1024)
#define MOST (16 * 1024 * 1024)
#define RATIO 100

/* Text-like: neither noise nor a single letter. */
static GBytes *
make_input (gsize size)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(GString) text = g_string_sized_new (size + 64);

  while (text->len < size)
    g_string_append_printf (text, "key-%d: value %u\n", g_rand_int_range (rand, 0, 100),
                            g_rand_int (rand));

  return g_bytes_new (text->str, size);
}

static GBytes *
unpack_with_glib (GBytes *packed)
{
  g_autoptr(GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_bytes (packed);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (memory, G_CONVERTER (gzip));
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
test_comes_back (gconstpointer data)
{
  g_autoptr(GBytes) input = make_input (GPOINTER_TO_SIZE (data));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = strata_gzip_pack (input, RATIO, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (strata_gzip_is_gzip (packed));

  g_autoptr(GBytes) again = strata_gzip_pack (input, RATIO, NULL, &error);
  g_autoptr(GBytes) unpacked = strata_gzip_unpack (packed, MOST, RATIO, NULL, &error);
  g_autoptr(GBytes) by_glib = unpack_with_glib (packed);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (packed, again));
  g_assert_true (g_bytes_equal (unpacked, input));
  g_assert_true (g_bytes_equal (by_glib, input));
}

/* The chunks share their window, so cutting costs next to nothing. */
static void
test_packs_well (void)
{
  g_autoptr(GBytes) chunk = make_input (CHUNK);
  g_autoptr(GBytes) chunks = make_input (8 * CHUNK);
  g_autoptr(GBytes) packed = strata_gzip_pack (chunk, RATIO, NULL, NULL);
  g_autoptr(GBytes) all_packed = strata_gzip_pack (chunks, RATIO, NULL, NULL);

  g_assert_cmpuint (g_bytes_get_size (packed), <, CHUNK / 2);
  g_assert_cmpuint (g_bytes_get_size (all_packed), <, 8 * g_bytes_get_size (packed) * 101 / 100);
}

static void
test_stops_at_a_bound (void)
{
  g_autoptr(GBytes) input = make_input (2 * CHUNK);
  g_autoptr(GBytes) packed = strata_gzip_pack (input, RATIO, NULL, NULL);
  g_autoptr(GBytes) exact = strata_gzip_unpack (packed, 2 * CHUNK, RATIO, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (exact);
  g_assert_null (strata_gzip_unpack (packed, 2 * CHUNK - 1, RATIO, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE);
}

/* The ratio does not count below a mebibyte, and above it what is too dense is stored. */
static void
test_keeps_to_the_ratio (void)
{
  g_autofree char *dense = g_strnfill (2 * STRATA_GZIP_RATIO_FROM, 'x');
  g_autoptr(GBytes) small = g_bytes_new (dense, STRATA_GZIP_RATIO_FROM);
  g_autoptr(GBytes) large = g_bytes_new (dense, 2 * STRATA_GZIP_RATIO_FROM);
  g_autoptr(GBytes) small_packed = strata_gzip_pack (small, RATIO, NULL, NULL);
  g_autoptr(GBytes) large_packed = strata_gzip_pack (large, RATIO, NULL, NULL);
  g_autoptr(GBytes) back = strata_gzip_unpack (large_packed, MOST, RATIO, NULL, NULL);

  g_assert_cmpuint (g_bytes_get_size (small_packed), <, STRATA_GZIP_RATIO_FROM / RATIO);
  g_assert_cmpuint (g_bytes_get_size (large_packed), >, g_bytes_get_size (large));
  g_assert_true (g_bytes_equal (back, large));
}

int
main (int   argc,
      char *argv[])
{
  static const gsize sizes[] = {
    0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 5 * CHUNK + 17
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/gzip/comes-back/%" G_GSIZE_FORMAT, sizes[i]);

      g_test_add_data_func (path, GSIZE_TO_POINTER (sizes[i]), test_comes_back);
    }

  g_test_add_func ("/core/gzip/packs-well", test_packs_well);
  g_test_add_func ("/core/gzip/stops-at-a-bound", test_stops_at_a_bound);
  g_test_add_func ("/core/gzip/keeps-to-the-ratio", test_keeps_to_the_ratio);

  return g_test_run ();
}
