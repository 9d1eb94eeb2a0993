/* strata-gzip.c - one gzip stream, unpacked within a bound
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-gzip"

#include "strata-gzip.h"

#include <glib/gi18n-lib.h>
#include <zlib.h>

#include "strata-error.h"

#define CHUNK (256 * 1024)
#define WINDOW_GZIP (15 + 16)  /* the largest window, and a gzip header and trailer around it */

/**
 * strata_gzip_is_gzip:
 * @bytes: any bytes
 *
 * Returns: whether @bytes start as a gzip stream does (RFC 1952: 1f 8b)
 */
gboolean
strata_gzip_is_gzip (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static gboolean
is_within (gsize    unpacked,
           gsize    packed,
           gsize    max_size,
           guint    max_ratio,
           GError **error)
{
  if (unpacked > max_size)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("The archive unpacks to more than %u MiB"),
                   (guint) (max_size / (1024 * 1024)));
      return FALSE;
    }

  if (unpacked > STRATA_GZIP_RATIO_FROM && unpacked / max_ratio > packed)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                   _("The archive unpacks to more than %u times its size"), max_ratio);
      return FALSE;
    }

  return TRUE;
}

/* The end of the stream was reached, its length and CRC were right; now nothing may follow. */
static gboolean
is_whole (int         status,
          z_stream   *stream,
          GError    **error)
{
  if (status == Z_STREAM_END && stream->avail_in == 0)
    return TRUE;

  if (status == Z_STREAM_END)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("The archive has %u bytes after its end"), stream->avail_in);
  else if (status == Z_BUF_ERROR || status == Z_OK)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                         _("The archive was cut off: its end is missing"));
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_CORRUPT,
                 _("The archive is damaged near byte %lu"), stream->total_in);

  return FALSE;
}

static GBytes *
inflate_all (z_stream      *stream,
             gsize          max_size,
             guint          max_ratio,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  gsize packed = stream->avail_in;
  int status = Z_OK;

  while (status == Z_OK)
    {
      gsize done = stream->total_out;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !is_within (done, packed, max_size, max_ratio, error))
        return NULL;

      g_byte_array_set_size (out, done + CHUNK);
      stream->next_out = out->data + done;
      stream->avail_out = CHUNK;
      status = inflate (stream, Z_NO_FLUSH);
    }

  g_byte_array_set_size (out, stream->total_out);

  if (!is_whole (status, stream, error) ||
      !is_within (out->len, packed, max_size, max_ratio, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * strata_gzip_unpack:
 * @bytes: what claims to be one gzip stream
 * @max_size: how many bytes may come out
 * @max_ratio: how many times larger than @bytes they may be
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #StrataError
 *
 * Unpacks one gzip stream. Both bounds are looked at while unpacking, so a bomb stops early. Length and CRC must be
 * right, and nothing may follow the stream: a second member neither. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the content, or %NULL with @error set: `STRATA_ERROR_INVALID` when it is not
 *   gzip, `STRATA_ERROR_TOO_LARGE` over a bound, `STRATA_ERROR_CORRUPT` when cut, damaged or followed by something
 */
GBytes *
strata_gzip_unpack (GBytes        *bytes,
                    gsize          max_size,
                    guint          max_ratio,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (bytes != NULL && max_ratio > 0, NULL);

  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  z_stream stream = { .next_in = (void *) data, .avail_in = (uInt) size };

  if (!strata_gzip_is_gzip (bytes))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID,
                           _("This is not a gzip archive (.tgz)"));
      return NULL;
    }

  if (size > G_MAXUINT32)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_TOO_LARGE,
                           _("The archive is larger than 4 GiB"));
      return NULL;
    }

  if (inflateInit2 (&stream, WINDOW_GZIP) != Z_OK)
    g_error ("zlib cannot unpack");

  GBytes *content = inflate_all (&stream, max_size, max_ratio, cancellable, error);

  inflateEnd (&stream);

  return content;
}
