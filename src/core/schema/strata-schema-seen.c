/* strata-schema-seen.c - which pairs or items of a value some rule has looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-schema"

#include "strata-schema-run.h"

#define BITS 64

/* The bits lie in a stack that the run keeps, so that a look at a value asks for no memory. */
void
strata_schema_seen_open (StrataSchemaRun  *run,
                         StrataSchemaSeen *seen,
                         guint             n)
{
  seen->first = run->bits->len;
  seen->n_words = (n + BITS - 1) / BITS;
  g_array_set_size (run->bits, seen->first + seen->n_words);
}

/* Adds what was seen to @outer, unless that is %NULL, and forgets it here. */
void
strata_schema_seen_close (StrataSchemaRun        *run,
                          StrataSchemaSeen       *seen,
                          const StrataSchemaSeen *outer)
{
  guint64 *bits = (guint64 *) (gpointer) run->bits->data;

  for (guint i = 0; outer != NULL && i < seen->n_words; i++)
    bits[outer->first + i] |= bits[seen->first + i];

  g_array_set_size (run->bits, seen->first);
}

void
strata_schema_seen_add (StrataSchemaRun        *run,
                        const StrataSchemaSeen *seen,
                        guint                   index)
{
  if (seen != NULL)
    g_array_index (run->bits, guint64, seen->first + index / BITS) |= (guint64) 1 << (index % BITS);
}

gboolean
strata_schema_seen_has (StrataSchemaRun        *run,
                        const StrataSchemaSeen *seen,
                        guint                   index)
{
  return (g_array_index (run->bits, guint64, seen->first + index / BITS) >> (index % BITS) & 1) != 0;
}

/* Whether all of the first @n were seen. */
gboolean
strata_schema_seen_has_all (StrataSchemaRun        *run,
                            const StrataSchemaSeen *seen,
                            guint                   n)
{
  const guint64 *bits = (const guint64 *) (gpointer) run->bits->data + seen->first;

  for (; n >= BITS; n -= BITS, bits++)
    if (*bits != G_MAXUINT64)
      return FALSE;

  return n == 0 || *bits == ((guint64) 1 << n) - 1;
}
