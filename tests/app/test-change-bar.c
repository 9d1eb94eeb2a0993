/* test-change-bar.c - each line knows what became of it, and the way leads from change to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-change-bar.h"

#include <string.h>

typedef struct
{
  StrataChangeBar *bar;    /* (owned) */
  GArray          *hunks;  /* (owned) */
} Bar;

static void
bar_clear (Bar *self)
{
  g_clear_object (&self->bar);
  g_clear_pointer (&self->hunks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bar, bar_clear)

static Bar
make_bar (const char *before,
          const char *after)
{
  Bar self = { g_object_ref_sink (strata_change_bar_new ()), strata_diff_lines (before, after) };
  g_autoptr(StrataBlob) blob = strata_blob_new_take (g_strdup (before), strlen (before));

  strata_change_bar_set_hunks (self.bar, self.hunks, blob);

  return self;
}

/* @marks: for each line "+" where it is new, "~" where it is different, "-" where something above it is gone */
static void
assert_marks (Bar        *self,
              const char *marks)
{
  for (guint i = 0; marks[i] != '\0'; i++)
    {
      const StrataHunk *hunk = strata_change_bar_find (self->bar, i);
      char mark = hunk == NULL ? '.' : hunk->new_count == 0 ? '-' : hunk->old_count == 0 ? '+' : '~';

      g_assert_cmpint (mark, ==, marks[i]);
    }
}

static void
test_marks (void)
{
  g_auto(Bar) bar = make_bar ("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nx\ny\nd\nf\n");

  assert_marks (&bar, ".~.++.-.");
}

static void
test_nothing (void)
{
  g_auto(Bar) same = make_bar ("a\n", "a\n");
  g_autoptr(StrataChangeBar) fresh = g_object_ref_sink (strata_change_bar_new ());

  assert_marks (&same, "..");
  g_assert_null (strata_change_bar_walk (same.bar, 0, TRUE));
  g_assert_null (strata_change_bar_find (fresh, 0));
  g_assert_null (strata_change_bar_walk (fresh, 0, FALSE));
}

static void
test_walk (void)
{
  g_auto(Bar) bar = make_bar ("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nx\ny\nd\nf\n");
  static const guint next[] = { 1, 3, 3, 6, 6, 6, 1, 1 };
  static const guint last[] = { 6, 6, 1, 1, 1, 3, 3, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    {
      g_assert_cmpuint (strata_change_bar_walk (bar.bar, i, TRUE)->new_start, ==, next[i]);
      g_assert_cmpuint (strata_change_bar_walk (bar.bar, i, FALSE)->new_start, ==, last[i]);
    }
}

static void
assert_said (Bar        *self,
             guint       line,
             const char *said)
{
  g_autofree char *text = strata_change_bar_describe (self->bar, strata_change_bar_find (self->bar, line));

  g_assert_cmpstr (text, ==, said);
}

static void
test_said (void)
{
  g_auto(Bar) bar = make_bar ("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nx\ny\nd\nf\n");
  g_auto(Bar) much = make_bar ("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\nb", "a\nb");

  assert_said (&bar, 1, "1 line changed\n\nb");
  assert_said (&bar, 4, "2 lines added");
  assert_said (&bar, 6, "1 line removed\n\ne");
  assert_said (&much, 1, "9 lines removed\n\n1\n2\n3\n4\n5\n6\n7\n8\n…");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  gtk_source_init ();
  g_test_add_func ("/change-bar/marks", test_marks);
  g_test_add_func ("/change-bar/nothing", test_nothing);
  g_test_add_func ("/change-bar/walk", test_walk);
  g_test_add_func ("/change-bar/said", test_said);

  return g_test_run ();
}
