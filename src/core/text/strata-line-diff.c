/* strata-line-diff.c - the lines that differ between two texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-line-diff"

#include "strata-diff.h"

#include <string.h>

#define MAX_COST 256  /* edits looked at before a part is split where it got furthest: bounds time, costs brevity */
#define CONTEXT 3      /* lines around a change in a unified diff */

/* One of two texts, by line. */
typedef struct
{
  GPtrArray *lines;    /* (owned) (element-type utf8): where each line starts, in the caller's text */
  GArray    *lengths;  /* (owned) (element-type gsize): with the line end */
  GArray    *ids;      /* (owned) (element-type guint): equal lines have equal ids */
  GArray    *kept;     /* (owned) (element-type guint): the lines that the other text has too */
  guint8    *changed;  /* (owned) (array): by line */
} Side;

/* The comparison of the kept lines. The vectors hold, for each diagonal, the furthest line of the old text. */
typedef struct
{
  Side *old_side;
  Side *new_side;
  int  *forward;
  int  *backward;
} Search;

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->lengths, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->changed, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static void
side_init (Side       *self,
           const char *text)
{
  self->lines = g_ptr_array_new ();
  self->lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->kept = g_array_new (FALSE, FALSE, sizeof (guint));

  while (*text != '\0')
    {
      const char *newline = strchr (text, '\n');
      gsize length = newline != NULL ? (gsize) (newline - text) + 1 : strlen (text);

      g_ptr_array_add (self->lines, (gpointer) text);
      g_array_append_val (self->lengths, length);
      text += length;
    }

  self->changed = g_new0 (guint8, self->lines->len + 1);
}

static GBytes *
get_line (Side  *self,
          guint  i)
{
  return g_bytes_new_static (self->lines->pdata[i], g_array_index (self->lengths, gsize, i));
}

static void
number_lines (Side       *self,
              GHashTable *numbers)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      GBytes *line = get_line (self, i);
      guint id = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, line));

      if (id == 0)
        {
          id = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, g_bytes_ref (line), GUINT_TO_POINTER (id));
        }
      g_array_append_val (self->ids, id);
      g_bytes_unref (line);
    }
}

/* A line that the other text has not is changed for sure; only the others are searched. */
static void
keep_common (Side  *self,
             Side  *other,
             guint  n_ids)
{
  g_autofree guint8 *there = g_new0 (guint8, n_ids + 1);

  for (guint i = 0; i < other->ids->len; i++)
    there[g_array_index (other->ids, guint, i)] = TRUE;

  for (guint i = 0; i < self->ids->len; i++)
    {
      if (there[g_array_index (self->ids, guint, i)])
        g_array_append_val (self->kept, i);
      else
        self->changed[i] = TRUE;
    }
}

static inline guint
get_id (Side *self,
        int   kept)
{
  return g_array_index (self->ids, guint, g_array_index (self->kept, guint, kept));
}

static void
mark (Side *self,
      int   start,
      int   end)
{
  for (int i = start; i < end; i++)
    self->changed[g_array_index (self->kept, guint, i)] = TRUE;
}

/* The furthest line on a diagonal before its snake, from its two neighbours; -1 when neither leads there. */
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

          while (x >= 0 && x < n && x - k < m && get_id (self->old_side, a0 + x) == get_id (self->new_side, b0 + x - k))
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
                 get_id (self->old_side, a0 + n - 1 - x) == get_id (self->new_side, b0 + m - 1 - x + k))
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
  while (a0 < a1 && b0 < b1 && get_id (self->old_side, a0) == get_id (self->new_side, b0))
    {
      a0++;
      b0++;
    }
  while (a0 < a1 && b0 < b1 && get_id (self->old_side, a1 - 1) == get_id (self->new_side, b1 - 1))
    {
      a1--;
      b1--;
    }

  if (a0 == a1 || b0 == b1)
    {
      mark (self->old_side, a0, a1);
      mark (self->new_side, b0, b1);
      return;
    }

  int x = 0;
  int y = 0;

  find_middle (self, a0, a1 - a0, b0, b1 - b0, &x, &y);
  compare (self, a0, a0 + x, b0, b0 + y);
  compare (self, a0 + x, a1, b0 + y, b1);
}

static void
search (Side *old_side,
        Side *new_side)
{
  g_autoptr(GHashTable) numbers =
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  number_lines (old_side, numbers);
  number_lines (new_side, numbers);
  keep_common (old_side, new_side, g_hash_table_size (numbers));
  keep_common (new_side, old_side, g_hash_table_size (numbers));

  gsize reach = (gsize) old_side->kept->len + new_side->kept->len + 3;
  g_autofree int *forward = g_new (int, 2 * reach + 1);
  g_autofree int *backward = g_new (int, 2 * reach + 1);
  Search self = { old_side, new_side, forward + reach, backward + reach };

  compare (&self, 0, (int) old_side->kept->len, 0, (int) new_side->kept->len);
}

static GArray *
collect_hunks (Side *old_side,
               Side *new_side)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (StrataHunk));
  guint i = 0;
  guint j = 0;

  while (i < old_side->lines->len || j < new_side->lines->len)
    {
      StrataHunk hunk = { i, 0, j, 0 };

      while (i < old_side->lines->len && old_side->changed[i])
        i++;
      while (j < new_side->lines->len && new_side->changed[j])
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

/**
 * strata_diff_lines:
 * @old_text: a text
 * @new_text: another
 *
 * Finds the fewest lines that make one text the other; for long texts that have little in common, few. Any thread.
 *
 * Returns: (transfer full) (element-type StrataHunk): what changed, from top to bottom; empty when nothing did
 */
GArray *
strata_diff_lines (const char *old_text,
                   const char *new_text)
{
  g_return_val_if_fail (old_text != NULL && new_text != NULL, NULL);

  g_auto(Side) old_side = { 0 };
  g_auto(Side) new_side = { 0 };

  side_init (&old_side, old_text);
  side_init (&new_side, new_text);
  search (&old_side, &new_side);

  return collect_hunks (&old_side, &new_side);
}

static void
append_lines (GString *text,
              char     sign,
              Side    *side,
              guint    start,
              guint    end)
{
  for (guint i = start; i < end; i++)
    {
      gsize length = g_array_index (side->lengths, gsize, i);
      const char *line = side->lines->pdata[i];

      g_string_append_c (text, sign);
      g_string_append_len (text, line, (gssize) length);
      if (line[length - 1] != '\n')
        g_string_append (text, "\n\\ No newline at end of file\n");
    }
}

static void
append_range (GString *text,
              char     sign,
              guint    start,
              guint    count)
{
  g_string_append_printf (text, " %c%u", sign, count == 0 ? start : start + 1);
  if (count != 1)
    g_string_append_printf (text, ",%u", count);
}

/* Hunks [first, last] are near enough to share their context. */
static void
append_group (GString *text,
              GArray  *hunks,
              guint    first,
              guint    last,
              Side    *old_side,
              Side    *new_side)
{
  StrataHunk *one = &g_array_index (hunks, StrataHunk, first);
  StrataHunk *end = &g_array_index (hunks, StrataHunk, last);
  guint before = MIN (CONTEXT, one->old_start);
  guint after = MIN (CONTEXT, old_side->lines->len - end->old_start - end->old_count);
  guint i = one->old_start - before;

  g_string_append (text, "@@");
  append_range (text, '-', i, end->old_start + end->old_count + after - i);
  append_range (text, '+', one->new_start - before,
                end->new_start + end->new_count + after - (one->new_start - before));
  g_string_append (text, " @@\n");

  for (guint h = first; h <= last; h++)
    {
      StrataHunk *hunk = &g_array_index (hunks, StrataHunk, h);

      append_lines (text, ' ', old_side, i, hunk->old_start);
      append_lines (text, '-', old_side, hunk->old_start, hunk->old_start + hunk->old_count);
      append_lines (text, '+', new_side, hunk->new_start, hunk->new_start + hunk->new_count);
      i = hunk->old_start + hunk->old_count;
    }
  append_lines (text, ' ', old_side, i, i + after);
}

/**
 * strata_diff_unified:
 * @old_text: a text
 * @new_text: another
 * @old_name: what to call the first
 * @new_name: what to call the second
 *
 * Returns: (transfer full): the change in the unified format of POSIX diff, with three lines of context, which patch
 *   reads; "" when the texts are equal
 */
char *
strata_diff_unified (const char *old_text,
                     const char *new_text,
                     const char *old_name,
                     const char *new_name)
{
  g_return_val_if_fail (old_text != NULL && new_text != NULL, NULL);
  g_return_val_if_fail (old_name != NULL && new_name != NULL, NULL);

  g_auto(Side) old_side = { 0 };
  g_auto(Side) new_side = { 0 };
  GString *text = g_string_new (NULL);

  side_init (&old_side, old_text);
  side_init (&new_side, new_text);
  search (&old_side, &new_side);

  g_autoptr(GArray) hunks = collect_hunks (&old_side, &new_side);

  if (hunks->len > 0)
    g_string_append_printf (text, "--- %s\n+++ %s\n", old_name, new_name);

  for (guint first = 0, last; first < hunks->len; first = last + 1)
    {
      for (last = first; last + 1 < hunks->len; last++)
        {
          StrataHunk *hunk = &g_array_index (hunks, StrataHunk, last);

          if (hunk[1].old_start - hunk->old_start - hunk->old_count > 2 * CONTEXT)
            break;
        }
      append_group (text, hunks, first, last, &old_side, &new_side);
    }

  return g_string_free (text, FALSE);
}
