/* test-folding.c - hidden lines are the right ones, never lost, and seen again where somebody goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtksourceview/gtksource.h>

#include "strata-folding.h"
#include "strata-text-folds.h"

static const char TWO_OBJECTS[] =
  "kind: Pod\n"          /* 0 */
  "spec:\n"              /* 1 */
  "  containers:\n"      /* 2 */
  "  - name: a\n"        /* 3 */
  "    image: b\n"       /* 4 */
  "\n"                   /* 5 */
  "# about c\n"          /* 6 */
  "    c: d\n"           /* 7 */
  "\n"                   /* 8 */
  "--- # the next\n"     /* 9 */
  "kind: Service\n"      /* 10 */
  "ports:\n"             /* 11 */
  "- 80\n"               /* 12 */
  "- 81";                /* 13 */

typedef struct
{
  GtkSourceView *view;     /* (owned) */
  GtkTextBuffer *buffer;   /* (unowned): of the view */
  StrataFolding *folding;  /* (owned) */
} Desk;

static void
desk_clear (Desk *desk)
{
  g_clear_object (&desk->folding);
  g_clear_object (&desk->view);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (const char *text)
{
  Desk desk = { 0 };

  desk.view = g_object_ref_sink (GTK_SOURCE_VIEW (gtk_source_view_new ()));
  desk.buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk.view));
  desk.folding = strata_folding_new (desk.view);
  gtk_text_buffer_set_text (desk.buffer, text, -1);

  return desk;
}

static void
go_to (Desk *desk,
       int   line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (desk->buffer, &iter, line);
  gtk_text_buffer_place_cursor (desk->buffer, &iter);
}

static int
get_line (Desk *desk)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (desk->buffer, &iter, gtk_text_buffer_get_insert (desk->buffer));

  return gtk_text_iter_get_line (&iter);
}

static char *
dup_shown (Desk *desk)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (desk->buffer, &start, &end);

  return gtk_text_buffer_get_text (desk->buffer, &start, &end, FALSE);
}

static void
assert_shown (Desk       *desk,
              const char *text)
{
  g_autofree char *shown = dup_shown (desk);

  g_assert_cmpstr (shown, ==, text);
}

static void
assert_text (Desk       *desk,
             const char *text)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (desk->buffer, &start, &end);

  g_autofree char *whole = gtk_text_buffer_get_text (desk->buffer, &start, &end, TRUE);

  g_assert_cmpstr (whole, ==, text);
}

static void
test_blocks (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);
  static const int last[] = { 0, 7, 7, 7, 4, 5, 6, 7, 8, 13, 10, 13, 12, 13 };

  for (int i = 0; i < (int) G_N_ELEMENTS (last); i++)
    {
      g_assert_cmpint (strata_text_folds_find (desk.buffer, i), ==, last[i]);
      g_assert_cmpint (strata_text_folds_is_head (desk.buffer, i), ==, last[i] > i);
    }
}

static void
test_fold_and_unfold (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);

  go_to (&desk, 7);
  strata_folding_fold (desk.folding);
  g_assert_cmpint (get_line (&desk), ==, 3);
  g_assert_cmpint (strata_folding_get_shown_line (desk.folding, 6), ==, 3);
  g_assert_cmpint (strata_folding_get_shown_line (desk.folding, 9), ==, 9);
  assert_shown (&desk, "kind: Pod\nspec:\n  containers:\n  - name: a\n\n--- # the next\nkind: Service\nports:\n- 80\n- 81");

  /* Once more: the block around it. */
  strata_folding_fold (desk.folding);
  strata_folding_fold (desk.folding);
  g_assert_cmpint (get_line (&desk), ==, 1);
  assert_shown (&desk, "kind: Pod\nspec:\n\n--- # the next\nkind: Service\nports:\n- 80\n- 81");
  strata_folding_fold (desk.folding);
  assert_text (&desk, TWO_OBJECTS);

  strata_folding_unfold (desk.folding);
  assert_shown (&desk, TWO_OBJECTS);
}

static void
test_all (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);

  go_to (&desk, 12);
  strata_folding_fold_all (desk.folding);
  assert_shown (&desk, "kind: Pod\nspec:\n\n--- # the next\n");
  g_assert_cmpint (get_line (&desk), ==, 9);
  strata_folding_show_all (desk.folding);
  assert_shown (&desk, TWO_OBJECTS);

  /* One document is folded by its first keys. */
  gtk_text_buffer_set_text (desk.buffer, "---\na:\n  b: c\nd: e\nf:\n- g\n", -1);
  strata_folding_fold_all (desk.folding);
  assert_shown (&desk, "---\na:\nd: e\nf:\n");
}

static void
test_the_cursor_is_seen (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);
  GtkTextIter start, end;

  strata_folding_fold_all (desk.folding);
  go_to (&desk, 4);
  assert_shown (&desk, "kind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n\n# about c\n    c: d\n\n--- # the next\n");

  /* What is selected as well. */
  gtk_text_buffer_get_iter_at_line (desk.buffer, &start, 8);
  gtk_text_buffer_get_end_iter (desk.buffer, &end);
  gtk_text_buffer_select_range (desk.buffer, &end, &start);
  assert_shown (&desk, TWO_OBJECTS);
}

/* Whatever is done to the line that stays, nothing is left hidden below what does not begin it. */
static void
test_a_head_that_goes (void)
{
  g_auto(Desk) desk = open_desk ("a:\n  b: c\nd: e\n");
  GtkTextIter start, end;

  go_to (&desk, 1);
  strata_folding_fold (desk.folding);
  assert_shown (&desk, "a:\nd: e\n");
  gtk_text_buffer_get_iter_at_line (desk.buffer, &start, 0);
  gtk_text_buffer_get_iter_at_line (desk.buffer, &end, 1);
  gtk_text_buffer_delete (desk.buffer, &start, &end);
  go_to (&desk, 0);
  assert_shown (&desk, "  b: c\nd: e\n");

  gtk_text_buffer_set_text (desk.buffer, "a:\n  b: c\nd: e\n", -1);
  go_to (&desk, 0);
  strata_folding_fold (desk.folding);
  gtk_text_buffer_insert_at_cursor (desk.buffer, "\n", 1);
  assert_shown (&desk, "a:\n\n  b: c\nd: e\n");
}

static void
test_nothing_to_fold (void)
{
  static const char *const texts[] = { "", "\n", "# a\n", "a: b", "---", "---\n---\n", "  a\n b\nc\n", "\t\n\t\t\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(Desk) desk = open_desk (texts[i]);

      strata_folding_fold (desk.folding);
      strata_folding_fold_all (desk.folding);
      strata_folding_unfold (desk.folding);
      assert_shown (&desk, texts[i]);
    }
}

/* What would make each frame slow stays shown. */
static void
test_too_much (void)
{
  g_autoptr(GString) text = g_string_new ("a:\n");

  for (guint i = 0; i < STRATA_TEXT_FOLDS_MOST; i++)
    g_string_append (text, "- b\n");

  g_auto(Desk) desk = open_desk (text->str);

  go_to (&desk, 0);
  g_assert_true (strata_folding_fold (desk.folding));
  strata_folding_show_all (desk.folding);
  g_string_append (text, "- b\n");
  gtk_text_buffer_set_text (desk.buffer, text->str, -1);
  go_to (&desk, 0);
  g_assert_false (strata_folding_fold (desk.folding));
  strata_folding_fold_all (desk.folding);
  assert_shown (&desk, text->str);
}

static void
test_comes_back (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);

  g_assert_null (strata_folding_remember (desk.folding));

  go_to (&desk, 2);
  strata_folding_fold (desk.folding);
  go_to (&desk, 11);
  strata_folding_fold (desk.folding);

  g_autoptr(GArray) folds = strata_folding_remember (desk.folding);
  g_autofree char *shown = dup_shown (&desk);

  g_assert_cmpuint (folds->len, ==, 2);
  gtk_text_buffer_set_text (desk.buffer, "a: 1\n", -1);
  g_assert_null (strata_folding_remember (desk.folding));

  gtk_text_buffer_set_text (desk.buffer, TWO_OBJECTS, -1);
  go_to (&desk, 0);
  strata_folding_restore (desk.folding, folds);
  assert_shown (&desk, shown);
}

/* Of a text that became another one nothing is hidden, and never the cursor. */
static void
test_comes_back_only_where_it_was (void)
{
  g_auto(Desk) desk = open_desk (TWO_OBJECTS);

  go_to (&desk, 2);
  strata_folding_fold (desk.folding);
  go_to (&desk, 11);
  strata_folding_fold (desk.folding);

  g_autoptr(GArray) folds = strata_folding_remember (desk.folding);
  g_autofree char *other = g_strconcat ("# above\n", TWO_OBJECTS, NULL);

  gtk_text_buffer_set_text (desk.buffer, other, -1);
  strata_folding_restore (desk.folding, folds);
  g_assert_null (strata_folding_remember (desk.folding));

  gtk_text_buffer_set_text (desk.buffer, "a", -1);
  strata_folding_restore (desk.folding, folds);
  g_assert_null (strata_folding_remember (desk.folding));

  gtk_text_buffer_set_text (desk.buffer, TWO_OBJECTS, -1);
  go_to (&desk, 4);
  strata_folding_restore (desk.folding, folds);
  g_assert_cmpint (get_line (&desk), ==, 4);

  g_autoptr(GArray) left = strata_folding_remember (desk.folding);

  g_assert_cmpuint (left->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  gtk_source_init ();
  g_test_add_func ("/folding/blocks", test_blocks);
  g_test_add_func ("/folding/fold-and-unfold", test_fold_and_unfold);
  g_test_add_func ("/folding/all", test_all);
  g_test_add_func ("/folding/the-cursor-is-seen", test_the_cursor_is_seen);
  g_test_add_func ("/folding/a-head-that-goes", test_a_head_that_goes);
  g_test_add_func ("/folding/nothing-to-fold", test_nothing_to_fold);
  g_test_add_func ("/folding/too-much", test_too_much);
  g_test_add_func ("/folding/comes-back", test_comes_back);
  g_test_add_func ("/folding/comes-back-only-where-it-was", test_comes_back_only_where_it_was);

  return g_test_run ();
}
