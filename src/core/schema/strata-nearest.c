/* strata-nearest.c - the word that was meant, by how many letters have to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-nearest"

#include "strata-nearest.h"

#include <string.h>

#define MAX_LENGTH 64  /* bytes; nobody mistypes a longer word into another */

/* Begins the search for the word that is meant by @word. A third of its letters may be wrong, and one always. */
void
strata_nearest_init (StrataNearest *self,
                     const char    *word)
{
  self->word = word;
  self->nearest = NULL;
  self->distance = (guint) MIN (strlen (word), MAX_LENGTH) / 3 + 1;
}

/* Letters to add, to remove, to change or to swap with the next, upper and lower case alike: the distance of Damerau in
 * its restricted form.
 */
static guint
measure (const char *one,
         gsize       length,
         const char *other,
         gsize       other_length)
{
  guint rows[3][MAX_LENGTH + 1];
  guint *before = rows[0], *last = rows[1], *row = rows[2];

  for (guint k = 0; k <= other_length; k++)
    last[k] = k;

  for (guint i = 1; i <= length; i++)
    {
      row[0] = i;

      for (guint k = 1; k <= other_length; k++)
        {
          char a = g_ascii_tolower (one[i - 1]), b = g_ascii_tolower (other[k - 1]);
          guint cost = MIN (MIN (last[k], row[k - 1]) + 1, last[k - 1] + (a == b ? 0 : 1));

          if (i > 1 && k > 1 && a == g_ascii_tolower (other[k - 2]) && b == g_ascii_tolower (one[i - 2]))
            cost = MIN (cost, before[k - 2] + 1);

          row[k] = cost;
        }

      guint *free_row = before;

      before = last;
      last = row;
      row = free_row;
    }

  return last[other_length];
}

/* Takes @candidate, which has to live on, for what was meant if it is nearer than those before. */
void
strata_nearest_try (StrataNearest *self,
                    const char    *candidate)
{
  gsize length = strlen (self->word), other_length = strlen (candidate);
  gsize difference = length > other_length ? length - other_length : other_length - length;

  if (length > MAX_LENGTH || other_length > MAX_LENGTH || difference >= self->distance)
    return;

  guint distance = measure (self->word, length, candidate, other_length);

  if (distance >= self->distance)
    return;

  self->nearest = candidate;
  self->distance = distance;
}
