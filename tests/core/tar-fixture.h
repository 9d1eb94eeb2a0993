/* tar-fixture.h - tar archives made byte by byte, so that tests can make the ones no good program would
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <string.h>

#define TAR_BLOCK 512

/* Where a field of a header is (POSIX ustar). */
enum
{
  TAR_NAME = 0,
  TAR_MODE = 100,
  TAR_SIZE = 124,
  TAR_CHECKSUM = 148,
  TAR_TYPE = 156,
  TAR_LINK = 157,
  TAR_MAGIC = 257,
};

static inline void
tar_sign (guchar *header)
{
  guint sum = 0;
  char digits[8];

  memset (header + TAR_CHECKSUM, ' ', 8);
  for (guint i = 0; i < TAR_BLOCK; i++)
    sum += header[i];

  g_snprintf (digits, sizeof digits, "%06o", sum);
  memcpy (header + TAR_CHECKSUM, digits, 7);
}

/* Adds an entry; returns where its header is, so that a test can bend it and sign it again. */
static inline gsize
tar_add_bytes (GByteArray *tar,
               const char *name,
               char        type,
               const void *content,
               gsize       size)
{
  guchar header[TAR_BLOCK] = { 0 };
  gsize at = tar->len;

  memcpy (header + TAR_NAME, name, MIN (strlen (name), 100));
  memcpy (header + TAR_MODE, type == '5' ? "0000755" : "0000644", 7);
  memcpy (header + 108, "0000000\0000000000", 15);
  g_snprintf ((char *) header + TAR_SIZE, 12, "%011o", (guint) size);
  memcpy (header + 136, "00000000000", 11);
  header[TAR_TYPE] = (guchar) type;
  memcpy (header + TAR_MAGIC, "ustar\00000", 8);
  tar_sign (header);

  g_byte_array_append (tar, header, TAR_BLOCK);
  g_byte_array_append (tar, content, (guint) size);

  gsize padded = (tar->len + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
  gsize end = tar->len;

  g_byte_array_set_size (tar, (guint) padded);
  memset (tar->data + end, 0, padded - end);

  return at;
}

static inline gsize
tar_add (GByteArray *tar,
         const char *name,
         const char *content)
{
  return tar_add_bytes (tar, name, '0', content, strlen (content));
}

static inline gsize
tar_add_link (GByteArray *tar,
              const char *name,
              char        type,
              const char *target)
{
  gsize at = tar_add_bytes (tar, name, type, "", 0);

  memcpy (tar->data + at + TAR_LINK, target, strlen (target));
  tar_sign (tar->data + at);

  return at;
}

static inline void
tar_end (GByteArray *tar)
{
  static const guchar end[2 * TAR_BLOCK];

  g_byte_array_append (tar, end, sizeof end);
}

static inline GBytes *
tar_gzip (const void *data,
          gsize       size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));

  g_output_stream_write_all (stream, data, size, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static inline GBytes *
tar_finish (GByteArray *tar)
{
  tar_end (tar);

  return tar_gzip (tar->data, tar->len);
}

/* A pax record says its own length, in digits that count too. */
static inline void
tar_add_pax (GByteArray *tar,
         const char *key,
         const void *value,
         gsize       size)
{
  g_autoptr(GString) record = g_string_new (NULL);
  guint length = (guint) (3 + 1 + strlen (key) + 1 + size + 1);

  g_string_append_printf (record, "%03u %s=", length, key);
  g_string_append_len (record, value, (gssize) size);
  g_string_append_c (record, '\n');
  g_assert_cmpuint (record->len, ==, length);
  tar_add_bytes (tar, "chart/pax", 'x', record->str, record->len);
}

/* What nobody refuses. */
static inline GBytes *
tar_make_good (GByteArray *tar)
{
  tar_add (tar, "chart/Chart.yaml", "name: chart\n");
  tar_add (tar, "chart/templates/a.yaml", "a: 1\n");

  return tar_finish (tar);
}
