/* strata-blob.c - bytes that never change, and the digest that names them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-blob"

#include "strata-blob.h"

#include <string.h>

/* A value. The data is followed by a NUL that does not count, so that a text can be read in place. */
struct _StrataBlob
{
  GObject  parent_instance;
  GBytes  *bytes;   /* (owned) (not nullable) */
  char    *digest;  /* (owned) (nullable): computed when first asked for; set once, by whoever is first */
};

G_DEFINE_FINAL_TYPE (StrataBlob, strata_blob, G_TYPE_OBJECT)

static void
strata_blob_finalize (GObject *object)
{
  StrataBlob *self = STRATA_BLOB (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->digest, g_free);

  G_OBJECT_CLASS (strata_blob_parent_class)->finalize (object);
}

static void
strata_blob_class_init (StrataBlobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_blob_finalize;
}

static void
strata_blob_init (StrataBlob *self)
{
}

/**
 * strata_blob_new:
 * @data: (array length=size) (nullable): bytes to copy
 * @size: how many
 *
 * Returns: (transfer full): a blob with a copy of @data
 */
StrataBlob *
strata_blob_new (const void *data,
                 gsize       size)
{
  g_return_val_if_fail (data != NULL || size == 0, NULL);

  char *copy = g_malloc (size + 1);

  if (size > 0)
    memcpy (copy, data, size);
  copy[size] = '\0';

  return strata_blob_new_take (copy, size);
}

/**
 * strata_blob_new_take:
 * @data: (transfer full): memory of g_malloc() that holds @size bytes and a NUL after them
 * @size: how many, without the NUL
 *
 * As g_file_get_contents() gives it.
 *
 * Returns: (transfer full): a blob that owns @data
 */
StrataBlob *
strata_blob_new_take (char  *data,
                      gsize  size)
{
  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data[size] == '\0', NULL);

  StrataBlob *self = g_object_new (STRATA_TYPE_BLOB, NULL);

  self->bytes = g_bytes_new_with_free_func (data, size, g_free, data);

  return self;
}

/**
 * strata_blob_new_text:
 * @text: a text
 *
 * Returns: (transfer full): a blob with a copy of @text
 */
StrataBlob *
strata_blob_new_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return strata_blob_new (text, strlen (text));
}

/**
 * strata_blob_get_text:
 * @self: a blob
 *
 * Any thread.
 *
 * Returns: (transfer none): the data, with a NUL after it; a blob that is no text may hold others before
 */
const char *
strata_blob_get_text (StrataBlob *self)
{
  g_return_val_if_fail (STRATA_IS_BLOB (self), NULL);

  /* An empty GBytes gives no pointer. */
  return g_bytes_get_size (self->bytes) == 0 ? "" : g_bytes_get_data (self->bytes, NULL);
}

/**
 * strata_blob_get_size:
 * @self: a blob
 *
 * Returns: its size in bytes
 */
gsize
strata_blob_get_size (StrataBlob *self)
{
  g_return_val_if_fail (STRATA_IS_BLOB (self), 0);

  return g_bytes_get_size (self->bytes);
}

/**
 * strata_blob_get_bytes:
 * @self: a blob
 *
 * Returns: (transfer none): its data
 */
GBytes *
strata_blob_get_bytes (StrataBlob *self)
{
  g_return_val_if_fail (STRATA_IS_BLOB (self), NULL);

  return self->bytes;
}

/**
 * strata_blob_get_digest:
 * @self: a blob
 *
 * Computed at the first call and kept. Any thread.
 *
 * Returns: (transfer none): its SHA-256 as 64 lower-case hexadecimal digits
 */
const char *
strata_blob_get_digest (StrataBlob *self)
{
  g_return_val_if_fail (STRATA_IS_BLOB (self), NULL);

  char *known = g_atomic_pointer_get (&self->digest);

  if (known != NULL)
    return known;

  char *computed = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bytes);

  if (!g_atomic_pointer_compare_and_exchange (&self->digest, NULL, computed))
    g_free (computed);

  return g_atomic_pointer_get (&self->digest);
}

/**
 * strata_blob_equal:
 * @self: a blob
 * @other: another
 *
 * Returns: whether both hold the same bytes
 */
gboolean
strata_blob_equal (StrataBlob *self,
                   StrataBlob *other)
{
  g_return_val_if_fail (STRATA_IS_BLOB (self) && STRATA_IS_BLOB (other), FALSE);

  return self == other || g_bytes_equal (self->bytes, other->bytes);
}
