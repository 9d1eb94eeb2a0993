/* strata-index-bits.c - a set of row numbers, a bit each: two million of them cost little so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-index"

#include <string.h>

#include "strata-index-writer-private.h"

/* Whether the set has @at. */
gboolean
strata_index_bits_has (GByteArray *bits,
                       gint64      at)
{
  return (guint64) at / 8 < bits->len && (bits->data[at / 8] & (1 << (at % 8))) != 0;
}

/* Returns whether @at is a number that a row of ours can have, and so was added. */
gboolean
strata_index_bits_add (GByteArray *bits,
                       gint64      at)
{
  guint before = bits->len;

  if (at < 0 || at > STRATA_INDEX_MAX_ROW)
    return FALSE;

  if ((guint64) at / 8 >= bits->len)
    {
      g_byte_array_set_size (bits, MAX ((guint) (at / 8) + 1, bits->len * 2));
      memset (bits->data + before, 0, bits->len - before);
    }
  bits->data[at / 8] |= (guint8) (1 << (at % 8));

  return TRUE;
}
