/* test-diff-model.c - two texts as the rows of a comparison
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-diff-line.h"
#include "strata-diff-model.h"

/* "6- one|6+ two" side by side, "…3" for a fold; what is not there is empty. */
static char *
tell (StrataDiffModel *model)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(StrataDiffLine) line = g_list_model_get_item (G_LIST_MODEL (model), i);

      if (line->kind == STRATA_DIFF_LINE_FOLD)
        g_string_append_printf (text, "…%u\n", line->n_folded);
      else
        g_string_append_printf (text, "%s%u %s|%u %s%s\n", line->kind == STRATA_DIFF_LINE_CHANGED ? "~" : " ",
                                line->old_number, line->old_text != NULL ? line->old_text : "", line->new_number,
                                line->new_text != NULL ? line->new_text : "", line->hunk >= 0 ? " *" : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (const char *old_text,
             const char *new_text,
             gboolean    is_inline,
             gboolean    is_whole,
             const char *expected)
{
  g_autoptr(StrataDiffModel) model = strata_diff_model_new (old_text, new_text, is_inline, is_whole);
  g_autofree char *told = tell (model);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_side_by_side (void)
{
  assert_rows ("a\nb\nc\n", "a\nB\nx\nc\n", FALSE, FALSE, " 1 a|1 a\n~2 b|2 B *\n~0 |3 x\n 3 c|4 c\n");
}

static void
test_inline (void)
{
  g_autoptr(StrataDiffModel) model = strata_diff_model_new ("a\nb\n", "a\nB\n", TRUE, FALSE);
  g_autoptr(StrataDiffLine) line = g_list_model_get_item (G_LIST_MODEL (model), 1);

  assert_rows ("a\nb\n", "a\nB\n", TRUE, FALSE, " 1 a|1 a\n~2 b|0  *\n~0 |2 B\n");
  g_assert_cmpstr (line->pair_text, ==, "B");
}

static void
test_folds (void)
{
  const char *old_text = "1\n2\n3\n4\n5\n6\n7\n8\n9\nx\n10\n";
  const char *new_text = "1\n2\n3\n4\n5\n6\n7\n8\n9\ny\n10\n";
  g_autoptr(StrataDiffModel) model = strata_diff_model_new (old_text, new_text, FALSE, FALSE);

  assert_rows (old_text, new_text, FALSE, FALSE, "…6\n 7 7|7 7\n 8 8|8 8\n 9 9|9 9\n~10 x|10 y *\n 11 10|11 10\n");
  g_assert_cmpuint (strata_diff_model_get_n_hunks (model), ==, 1);
  g_assert_cmpuint (strata_diff_model_find_hunk (model, 0), ==, 4);
  g_assert_cmpuint (strata_diff_model_get_hunk (model, 0)->old_start, ==, 9);
}

static void
test_whole (void)
{
  g_autoptr(StrataDiffModel) model =
    strata_diff_model_new ("1\n2\n3\n4\n5\n6\n7\n8\n9\nx\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\ny\n", FALSE, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 10));
}

static void
test_one_side_only (void)
{
  assert_rows ("", "a\n", FALSE, FALSE, "~0 |1 a *\n");
  assert_rows ("a", "", FALSE, FALSE, "~1 a|0  *\n");
  assert_rows ("", "", FALSE, FALSE, "");
  assert_rows ("a\n", "a\n", FALSE, TRUE, " 1 a|1 a\n");
}

/* A line as long as a file, and one that is no text. */
static void
test_long_and_wrong (void)
{
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autoptr(StrataDiffModel) model = strata_diff_model_new (line, "\xff\xfe\n", FALSE, FALSE);
  g_autoptr(StrataDiffLine) first = g_list_model_get_item (G_LIST_MODEL (model), 0);

  g_assert_cmpuint (strlen (first->old_text), <=, 2000);
  g_assert_true (g_utf8_validate (first->new_text, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/diff-model/side-by-side", test_side_by_side);
  g_test_add_func ("/app/diff-model/inline", test_inline);
  g_test_add_func ("/app/diff-model/folds", test_folds);
  g_test_add_func ("/app/diff-model/whole", test_whole);
  g_test_add_func ("/app/diff-model/one-side-only", test_one_side_only);
  g_test_add_func ("/app/diff-model/long-and-wrong", test_long_and_wrong);

  return g_test_run ();
}
