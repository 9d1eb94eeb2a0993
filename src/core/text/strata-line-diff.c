/* strata-line-diff.c - the lines that differ between two texts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "strata-line-diff"

#include "strata-diff-private.h"

#include <string.h>

#define CONTEXT 3  /* lines around a change in a unified diff */

static GArray *
compare (const StrataLines *old_side,
         const StrataLines *new_side)
{
  const StrataLines *sides[] = { old_side, new_side };
  guint *ids[2];
  guint n_ids = strata_lines_number (sides, G_N_ELEMENTS (sides), ids);
  GArray *hunks = strata_diff_ids (ids[0], old_side->n, ids[1], new_side->n, n_ids);

  g_free (ids[0]);
  g_free (ids[1]);

  return hunks;
}

/**
 * strata_diff_lines:
 * @old_text: a text
 * @new_text: another
 *
 * Lines that stand once in each text are kept where they can be, and between them the fewest lines are found that make
 * one text the other; for long texts that have little in common, few. Any thread.
 *
 * Returns: (transfer full) (element-type StrataHunk): what changed, from top to bottom; empty when nothing did
 */
GArray *
strata_diff_lines (const char *old_text,
                   const char *new_text)
{
  g_return_val_if_fail (old_text != NULL && new_text != NULL, NULL);

  g_auto(StrataLines) old_side = { 0 };
  g_auto(StrataLines) new_side = { 0 };

  strata_lines_init (&old_side, old_text);
  strata_lines_init (&new_side, new_text);

  return compare (&old_side, &new_side);
}

static void
append_lines (GString     *text,
              char         sign,
              StrataLines *side,
              guint        start,
              guint        end)
{
  for (guint i = start; i < end; i++)
    {
      gsize length = side->starts[i + 1] - side->starts[i];
      const char *line = side->text + side->starts[i];

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
append_group (GString     *text,
              GArray      *hunks,
              guint        first,
              guint        last,
              StrataLines *old_side,
              StrataLines *new_side)
{
  StrataHunk *one = &g_array_index (hunks, StrataHunk, first);
  StrataHunk *end = &g_array_index (hunks, StrataHunk, last);
  guint before = MIN (CONTEXT, one->old_start);
  guint after = MIN (CONTEXT, old_side->n - end->old_start - end->old_count);
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

  g_auto(StrataLines) old_side = { 0 };
  g_auto(StrataLines) new_side = { 0 };
  GString *text = g_string_new (NULL);

  strata_lines_init (&old_side, old_text);
  strata_lines_init (&new_side, new_text);

  g_autoptr(GArray) hunks = compare (&old_side, &new_side);

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
