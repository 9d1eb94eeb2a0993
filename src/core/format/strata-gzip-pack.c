/* strata-gzip-pack.c - one gzip stream, packed by all processors to the same bytes every time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-gzip-pack"

#include "strata-gzip.h"

#include <string.h>
#include <zlib.h>

#define LEVEL 6
#define CHUNK (256 * 1024)   /* fixed: where the chunks end decides which bytes come out */
#define WINDOW (32 * 1024)   /* how far back deflate refers */
#define WINDOW_RAW -15       /* the largest, and no header: there is one for all chunks */
#define MEMORY 8             /* zlib's own default */

/* A part of the input, packed on its own with the end of the part before as its dictionary. */
typedef struct
{
  const guchar *start;       /* of the whole input, of the caller */
  gsize         at;
  gsize         size;
  gboolean      is_last;
  GByteArray   *packed;      /* (owned) */
  guint32       crc;
} Chunk;

typedef struct
{
  int           level;
  GCancellable *cancellable;  /* (nullable) */
} Job;

static void
chunk_clear (Chunk *self)
{
  g_clear_pointer (&self->packed, g_byte_array_unref);
}

/* A chunk that is not the last ends at a byte, with an empty block (RFC 1951) that a reader passes over. */
static void
pack_chunk (void *data,
            void *user_data)
{
  Chunk *self = data;
  const Job *job = user_data;
  gsize known = MIN (self->at, WINDOW);
  z_stream stream = { .next_in = (void *) (self->start + self->at), .avail_in = (uInt) self->size };

  if (g_cancellable_is_cancelled (job->cancellable))
    return;

  if (deflateInit2 (&stream, job->level, Z_DEFLATED, WINDOW_RAW, MEMORY, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    g_error ("zlib cannot pack");

  deflateSetDictionary (&stream, self->start + self->at - known, (uInt) known);

  /* The bound is for a stream that ends; the empty block takes five bytes more. */
  g_byte_array_set_size (self->packed, (guint) deflateBound (&stream, self->size) + 16);
  stream.next_out = self->packed->data;
  stream.avail_out = self->packed->len;

  int status = deflate (&stream, self->is_last ? Z_FINISH : Z_SYNC_FLUSH);

  g_assert (status == (self->is_last ? Z_STREAM_END : Z_OK) && stream.avail_out > 0);
  g_byte_array_set_size (self->packed, (guint) stream.total_out);
  deflateEnd (&stream);
  self->crc = (guint32) crc32 (crc32 (0, NULL, 0), self->start + self->at, (uInt) self->size);
}

static GArray *
split (GBytes *bytes)
{
  static const guchar empty[1]; /* an empty GBytes gives no pointer */
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  GArray *chunks = g_array_new (FALSE, TRUE, sizeof (Chunk));

  g_array_set_clear_func (chunks, (GDestroyNotify) chunk_clear);

  for (gsize at = 0; at < size || at == 0; at += CHUNK)
    {
      Chunk chunk = { .start = size > 0 ? data : empty,
                      .at = at,
                      .size = MIN (CHUNK, size - at),
                      .is_last = size - at <= CHUNK };

      chunk.packed = g_byte_array_new ();
      g_array_append_val (chunks, chunk);
    }

  return chunks;
}

static void
pack_chunks (GArray *chunks,
             Job    *job)
{
  int n_threads = (int) MIN (g_get_num_processors (), chunks->len);
  GThreadPool *pool =
    n_threads > 1 ? g_thread_pool_new (pack_chunk, job, n_threads, FALSE, NULL) : NULL;

  for (guint i = 0; i < chunks->len; i++)
    if (pool != NULL)
      g_thread_pool_push (pool, &g_array_index (chunks, Chunk, i), NULL);
    else
      pack_chunk (&g_array_index (chunks, Chunk, i), job);

  if (pool != NULL)
    g_thread_pool_free (pool, FALSE, TRUE);
}

static void
append_number (GByteArray *out,
               guint32     number)
{
  number = GUINT32_TO_LE (number);
  g_byte_array_append (out, (guchar *) &number, sizeof number);
}

/* RFC 1952: no name, no time, and a system of 255, which says nothing of the machine. */
static GBytes *
join (GArray *chunks,
      gsize   size)
{
  static const guchar header[] = { 0x1f, 0x8b, Z_DEFLATED, 0, 0, 0, 0, 0, 0, 255 };
  GByteArray *out = g_byte_array_new ();
  uLong crc = crc32 (0, NULL, 0);

  g_byte_array_append (out, header, sizeof header);

  for (guint i = 0; i < chunks->len; i++)
    {
      const Chunk *chunk = &g_array_index (chunks, Chunk, i);

      g_byte_array_append (out, chunk->packed->data, chunk->packed->len);
      crc = crc32_combine (crc, chunk->crc, (z_off_t) chunk->size);
    }

  append_number (out, (guint32) crc);
  append_number (out, (guint32) size);

  return g_byte_array_free_to_bytes (out);
}

static GBytes *
pack (GBytes        *bytes,
      int            level,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GArray) chunks = split (bytes);
  Job job = { level, cancellable };

  pack_chunks (chunks, &job);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return join (chunks, g_bytes_get_size (bytes));
}

/**
 * strata_gzip_pack:
 * @bytes: what to pack, under 2 GiB
 * @max_ratio: the ratio that readers accept
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a `G_IO_ERROR_CANCELLED`
 *
 * Packs @bytes into one gzip stream that holds no name, no time and no system: the same bytes in, the same bytes out,
 * however many processors there are. What would come out denser than @max_ratio is stored instead, because a careful
 * reader takes it for a bomb. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the stream, or %NULL when cancelled
 */
GBytes *
strata_gzip_pack (GBytes        *bytes,
                  guint          max_ratio,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (bytes != NULL && g_bytes_get_size (bytes) < G_MAXINT32, NULL);

  g_autoptr(GBytes) packed = pack (bytes, LEVEL, cancellable, error);
  gsize size = g_bytes_get_size (bytes);

  if (packed == NULL)
    return NULL;

  if (size <= STRATA_GZIP_RATIO_FROM || size / max_ratio <= g_bytes_get_size (packed))
    return g_steal_pointer (&packed);

  return pack (bytes, Z_NO_COMPRESSION, cancellable, error);
}
