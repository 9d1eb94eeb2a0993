/* strata-diff-search.c - which items of two rows differ: unique items first, then the fewest between them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-diff-search"

#include "strata-diff-private.h"

#define MAX_COST 256  /* edits looked at before a part is split where it got furthest: bounds time, costs brevity */

/* One of two rows of numbers. */
typedef struct
{
  guint  *ids;      /* (owned) (array): of the items that the other row has too */
  guint  *places;   /* (owned) (array): where in the row they are */
  int     n;
  guint8 *changed;  /* (owned) (array): by place */
} Row;

/* The comparison of the kept items. The vectors hold, for each diagonal, the furthest item of the old row. */
typedef struct
{
  Row  old_row;
  Row  new_row;
  int *forward;
  int *backward;
} Search;

static void
row_clear (Row *self)
{
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->changed, g_free);
}

static void
search_clear (Search *self)
{
  row_clear (&self->old_row);
  row_clear (&self->new_row);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* An item that the other row has not is changed for sure; only the others are searched. */
static void
row_init (Row          *self,
          const guint  *ids,
          guint         n,
          const guint8 *there)
{
  self->ids = g_new (guint, (gsize) n + 1);
  self->places = g_new (guint, (gsize) n + 1);
  self->changed = g_new0 (guint8, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      if (!there[ids[i]])
        {
          self->changed[i] = TRUE;
          continue;
        }
      self->ids[self->n] = ids[i];
      self->places[self->n++] = i;
    }
}

static inline guint
get_old (Search *self,
         int     i)
{
  return self->old_row.ids[i];
}

static inline guint
get_new (Search *self,
         int     i)
{
  return self->new_row.ids[i];
}

static void
mark (Row *self,
      int  start,
      int  end)
{
  for (int i = start; i < end; i++)
    self->changed[self->places[i]] = TRUE;
}

/* The furthest item on a diagonal before its snake, from its two neighbours; -1 when neither leads there. */
static int
step (const int *reached,
      int        diagonal,
      int        n,
      int        m)
{
  int right = reached[diagonal - 1] >= 0 && reached[diagonal - 1] < n ? reached[diagonal - 1] + 1 : -1;
  int down = reached[diagonal + 1] >= 0 && reached[diagonal + 1] - diagonal <= m ? reached[diagonal + 1] : -1;

  return MAX (right, down);
}

/* Where a shortest edit of old [a0, a0 + n) to new [b0, b0 + m) passes about its middle: E. Myers, An O(ND) Difference
 * Algorithm, 1986, section 4b. Both parts are not empty and differ in their first and their last line. */
static void
find_middle (Search *self,
             int     a0,
             int     n,
             int     b0,
             int     m,
             int    *x_middle,
             int    *y_middle)
{
  int *forward = self->forward;
  int *backward = self->backward;
  int delta = n - m;

  forward[-1] = forward[0] = backward[-1] = backward[0] = -1;
  forward[1] = backward[1] = 0;

  for (int cost = 0;; cost++)
    {
      int best = -1;

      forward[cost + 1] = cost == 0 ? 0 : -1;
      backward[cost + 1] = cost == 0 ? 0 : -1;
      forward[-cost - 1] = backward[-cost - 1] = -1;

      for (int k = -cost; k <= cost; k += 2)
        {
          int x = step (forward, k, n, m);

          while (x >= 0 && x < n && x - k < m && get_old (self, a0 + x) == get_new (self, b0 + x - k))
            x++;
          forward[k] = x;

          int opposite = delta - k;

          if (x >= 0 && (delta & 1) != 0 && opposite > -cost && opposite < cost && backward[opposite] >= 0 &&
              x + backward[opposite] >= n)
            {
              *x_middle = x;
              *y_middle = x - k;
              return;
            }
          if (x >= 0 && 2 * x - k > best)
            {
              best = 2 * x - k;
              *x_middle = x;
              *y_middle = x - k;
            }
        }

      if (cost > MAX_COST)
        return;

      for (int k = -cost; k <= cost; k += 2)
        {
          int x = step (backward, k, n, m);

          while (x >= 0 && x < n && x - k < m &&
                 get_old (self, a0 + n - 1 - x) == get_new (self, b0 + m - 1 - x + k))
            x++;
          backward[k] = x;

          int opposite = delta - k;

          if (x >= 0 && (delta & 1) == 0 && opposite >= -cost && opposite <= cost && forward[opposite] >= 0 &&
              x + forward[opposite] >= n)
            {
              *x_middle = n - x;
              *y_middle = m - x + k;
              return;
            }
        }
    }
}

static void
compare (Search *self,
         int     a0,
         int     a1,
         int     b0,
         int     b1)
{
  while (a0 < a1 && b0 < b1 && get_old (self, a0) == get_new (self, b0))
    {
      a0++;
      b0++;
    }
  while (a0 < a1 && b0 < b1 && get_old (self, a1 - 1) == get_new (self, b1 - 1))
    {
      a1--;
      b1--;
    }

  if (a0 == a1 || b0 == b1)
    {
      mark (&self->old_row, a0, a1);
      mark (&self->new_row, b0, b1);
      return;
    }

  int x = 0;
  int y = 0;

  find_middle (self, a0, a1 - a0, b0, b1 - b0, &x, &y);
  compare (self, a0, a0 + x, b0, b0 + y);
  compare (self, a0 + x, a1, b0 + y, b1);
}

/* Which kept items stand once in each row: for the number of such an item its place in the new row plus one, 0 for
 * the others. */
static int *
find_unique (Search *self,
             guint   n_ids)
{
  int *unique = g_new0 (int, (gsize) n_ids + 1);
  g_autofree guint8 *n_old = g_new0 (guint8, (gsize) n_ids + 1);

  for (int i = 0; i < self->old_row.n; i++)
    n_old[get_old (self, i)] = (guint8) MIN (n_old[get_old (self, i)] + 1, 2);

  for (int j = 0; j < self->new_row.n; j++)
    unique[get_new (self, j)] = unique[get_new (self, j)] == 0 ? j + 1 : -1;

  for (guint id = 0; id <= n_ids; id++)
    if (n_old[id] != 1 || unique[id] < 0)
      unique[id] = 0;

  return unique;
}

/* The longest rising row of what is unique, by patience sorting: the places in the old row. Each pile shows its
 * smallest last item; whatever is laid on a pile remembers the top of the pile before it. */
static int *
find_anchors (Search    *self,
              const int *unique,
              int       *n_anchors)
{
  int n = self->old_row.n;
  g_autofree int *tops = g_new (int, (gsize) n + 1);
  g_autofree int *before = g_new (int, (gsize) n + 1);
  int n_piles = 0;

  for (int i = 0; i < n; i++)
    {
      int place = unique[get_old (self, i)];
      int low = 0;
      int high = n_piles;

      if (place == 0)
        continue;
      while (low < high)
        {
          int middle = (low + high) / 2;

          if (unique[get_old (self, tops[middle])] < place)
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? tops[low - 1] : -1;
      tops[low] = i;
      n_piles = MAX (n_piles, low + 1);
    }

  int *anchors = g_new (int, (gsize) n_piles + 1);
  int last = n_piles > 0 ? tops[n_piles - 1] : -1;

  *n_anchors = n_piles;
  for (int pile = n_piles - 1; pile >= 0; pile--, last = before[last])
    anchors[pile] = last;

  return anchors;
}

/* A line that is unique on both sides is the same line to a person: what is between two such is compared alone. */
static void
search (Search *self,
        guint   n_ids)
{
  g_autofree int *unique = find_unique (self, n_ids);
  int n_anchors;
  g_autofree int *anchors = find_anchors (self, unique, &n_anchors);
  int i = 0;
  int j = 0;

  for (int k = 0; k < n_anchors; k++)
    {
      int place = unique[get_old (self, anchors[k])] - 1;

      compare (self, i, anchors[k], j, place);
      i = anchors[k] + 1;
      j = place + 1;
    }
  compare (self, i, self->old_row.n, j, self->new_row.n);
}

static GArray *
collect_hunks (const guint8 *old_changed,
               guint         n_old,
               const guint8 *new_changed,
               guint         n_new)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (StrataHunk));
  guint i = 0;
  guint j = 0;

  while (i < n_old || j < n_new)
    {
      StrataHunk hunk = { i, 0, j, 0 };

      while (i < n_old && old_changed[i])
        i++;
      while (j < n_new && new_changed[j])
        j++;

      hunk.old_count = i - hunk.old_start;
      hunk.new_count = j - hunk.new_start;
      if (hunk.old_count > 0 || hunk.new_count > 0)
        g_array_append_val (hunks, hunk);

      i++;
      j++;
    }

  return hunks;
}

/* Compares two rows of numbers from 1 to @n_ids. (transfer full) (element-type StrataHunk) */
GArray *
strata_diff_ids (const guint *old_ids,
                 guint        n_old,
                 const guint *new_ids,
                 guint        n_new,
                 guint        n_ids)
{
  g_autofree guint8 *in_old = g_new0 (guint8, (gsize) n_ids + 1);
  g_autofree guint8 *in_new = g_new0 (guint8, (gsize) n_ids + 1);
  gsize reach = (gsize) n_old + n_new + 3;
  g_autofree int *forward = g_new (int, 2 * reach + 1);
  g_autofree int *backward = g_new (int, 2 * reach + 1);
  g_auto(Search) self = { .forward = forward + reach, .backward = backward + reach };

  for (guint i = 0; i < n_old; i++)
    in_old[old_ids[i]] = TRUE;
  for (guint j = 0; j < n_new; j++)
    in_new[new_ids[j]] = TRUE;

  row_init (&self.old_row, old_ids, n_old, in_new);
  row_init (&self.new_row, new_ids, n_new, in_old);
  search (&self, n_ids);

  return collect_hunks (self.old_row.changed, n_old, self.new_row.changed, n_new);
}
