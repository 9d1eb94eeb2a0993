/* test-take-path.c - one value taken over from another text, and nothing else touched
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-take.h"

#define N_RANDOM 300
#define MAX_STEPS 400

typedef struct
{
  const char *name;
  const char *text;
  const char *other;
  const char *path;
  const char *taken;  /* (nullable): NULL when it cannot be taken alone */
} Case;

#define LIST "a:\n  - x # one\n  - k: 1\n    l: 2\n"

static const Case cases[] = {
  { "scalar", "# top\na: 1 # why\nb: 2\n", "a: 3\nb: 4\n", "a", "# top\na: 3 # why\nb: 2\n" },
  { "deep", "a:\n    b:\n        c: 1\n        d: 2\n", "a:\n  b:\n    c: 3\n    d: 4\n", "a.b.d",
    "a:\n    b:\n        c: 1\n        d: 4\n" },
  { "quoted", "a: '1'\n", "a: 1\n", "a", "a: 1\n" },
  { "empty", "a:\nb: 1\n", "a: 2\nb: 1\n", "a", "a: 2\nb: 1\n" },
  { "to-empty", "a: 2\nb: 1\n", "a:\nb: 1\n", "a", "a: \nb: 1\n" },
  { "block-for-scalar", "a: 1\nb: 2\n", "a:\n  c: |\n    x\n    y\n  d: 3\nb: 2\n", "a", "a:\n  c: |\n    x\n    y\n  d: 3\nb: 2\n" },
  { "scalar-for-block", "a:\n  c: 1\n  d: 3\nb: 2\n", "a: 1\nb: 2\n", "a", "a: 1\nb: 2\n" },
  { "text-block", "a:\n  b: |\n    one\n    two\n  c: 1\n", "a:\n  b: |\n    one\n    three\n  c: 2\n", "a.b",
    "a:\n  b: |\n    one\n    three\n  c: 1\n" },
  { "key-back-in-its-place", "a: 1\nc: 3\n", "a: 1\n# two\nb: 2\nc: 3\n", "b", "a: 1\n# two\nb: 2\nc: 3\n" },
  { "key-back-first", "# top\nb: 2\n", "a: 1\nb: 2\n", "a", "a: 1\n# top\nb: 2\n" },
  { "key-back-last", "a: 1", "a: 1\nb: 2\n", "b", "a: 1\nb: 2\n" },
  { "key-back-deep", "m:\n    a: 1\nz: 1\n", "m:\n  a: 1\n  b:\n    c: 2\nz: 1\n", "m.b", "m:\n    a: 1\n    b:\n      c: 2\nz: 1\n" },
  { "only-key-back", "m: {}\nz: 1\n", "m:\n  a: 1\nz: 1\n", "m.a", "m:\n  a: 1\nz: 1\n" },
  { "one-of-two-back", "m: {}\n", "m:\n  a: 1\n  b: 2\n", "m.b", "m: {b: 2}\n" },
  { "key-gone", "a: 1\n# two\nb: 2\nc: 3\n", "a: 1\nc: 3\n", "b", "a: 1\nc: 3\n" },
  { "only-key-gone", "m:\n  a: 1\nz: 1\n", "m: {}\nz: 1\n", "m.a", "m: {}\nz: 1\n" },
  { "key-with-dots", "m:\n  a.b/c: 1\n", "m:\n  a.b/c: 2\n", "m[a.b/c]", "m:\n  a.b/c: 2\n" },
  { "in-braces", "m: {a: 1, b: 2}\n", "m: {a: 3, b: 4}\n", "m.b", "m: {a: 1, b: 4}\n" },
  { "into-braces", "m: {a: 1, c: 3}\n", "m: {a: 1, b: 2, c: 3}\n", "m.b", "m: {a: 1, b: 2, c: 3}\n" },
  { "out-of-braces", "m: {a: 1, b: 2}\n", "m: {a: 1}\n", "m.b", "m: {a: 1}\n" },
  { "item", LIST, "a:\n- y\n- k: 1\n  l: 2\n", "a[0]", "a:\n  - y\n  - k: 1\n    l: 2\n" },
  { "item-key", LIST, "a: [x, {k: 1, l: 3}]\n", "a[1].l", "a:\n  - x # one\n  - k: 1\n    l: 3\n" },
  { "item-first-key", LIST, "a: [x, {k: 3, l: 2}]\n", "a[1].k", "a:\n  - x # one\n  - k: 3\n    l: 2\n" },
  { "item-kind", LIST, "a:\n- x\n- z\n", "a[1]", "a:\n  - x # one\n  - z\n" },
  { "item-more", LIST, "a:\n- x\n- k: 1\n  l: 2\n-\n  m: 1\n  n: 2\n", "a[2]",
    "a:\n  - x # one\n  - k: 1\n    l: 2\n  -\n    m: 1\n    n: 2\n" },
  { "item-less", LIST "b: 1\n", "a:\n- x\nb: 1\n", "a[1]", "a:\n  - x # one\nb: 1\n" },
  { "item-not-next", "a: [1]\n", "a: [1, 2, 3]\n", "a[2]", NULL },
  { "item-not-last", "a: [1, 2, 3]\n", "a: [1]\n", "a[1]", NULL },
  { "item-in-brackets", "a: [1, 2]\n", "a: [1, 3]\n", "a[1]", "a: [1, 3]\n" },
  { "item-into-brackets", "a: [1]\n", "a: [1, 3]\n", "a[1]", "a: [1, 3]\n" },
  { "item-out-of-brackets", "a: [1, 2]\n", "a: [1]\n", "a[1]", "a: [1]\n" },
  { "first-item", "a: []\n", "a:\n  - 1\n", "a[0]", "a:\n  - 1\n" },
  { "second-document", "a: 1\n---\n# two\nb: 1\nc: 1\n", "a: 2\n---\nb: 2\nc: 2\n", "#2.b", "a: 1\n---\n# two\nb: 2\nc: 1\n" },
  { "key-into-first-document", "a: 1\n---\nb: 1\n", "a: 1\nx: 1\n---\nb: 1\n", "#1.x", "a: 1\nx: 1\n---\nb: 1\n" },
  { "whole-document", "a: 1\n", "a: 1\n---\nb: 1\n", "#2", NULL },
  { "whole-text", "a: 1\n", "- a\n", "", NULL },
  { "crlf", "a: 1\r\nb: 2\r\n", "a: 1\nb: 3\nc: 4\n", "c", "a: 1\r\nb: 2\r\nc: 4\r\n" },
  { "through-an-alias", "a: &x {b: 1}\nc: *x\n", "a: {b: 1}\nc: {b: 2}\n", "c.b", NULL },
  { "under-an-anchor", "a: &x {b: 1}\nc: *x\n", "a: {b: 2}\nc: {b: 1}\n", "a.b", NULL },
  { "not-there", "a: 1\n", "a: 1\n", "b.c", NULL },
  { "no-yaml", "a: [\n", "a: 1\n", "a", NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *taken = strata_take_path (test->text, test->other, test->path);

  g_assert_cmpstr (taken, ==, test->taken);
}

/* A mapping of mappings, lists and scalars, indented as each text likes it. */
static void
append_random (GRand   *rand,
               GString *text,
               int      column,
               int      indent,
               int      depth)
{
  guint n_pairs = 0;

  for (int i = 0; i < 4; i++)
    {
      int kind = g_rand_int_range (rand, 0, 6);

      if (kind == 0)
        continue;

      n_pairs++;
      g_string_append_printf (text, "%*sk%d:", column, "", i);

      if (kind == 1 && depth > 0)
        {
          g_string_append_c (text, '\n');
          append_random (rand, text, column + indent, indent, depth - 1);
        }
      else if (kind == 2)
        g_string_append_printf (text, "\n%*s- k1: %d\n%*s  k2: %d\n", column, "", g_rand_int_range (rand, 0, 3), column, "",
                                g_rand_int_range (rand, 0, 3));
      else if (kind == 3)
        g_string_append_printf (text, " |\n%*stext %d\n", column + 2, "", g_rand_int_range (rand, 0, 3));
      else
        g_string_append_printf (text, " %d # seen\n", g_rand_int_range (rand, 0, 3));
    }

  if (n_pairs == 0)
    g_string_append_printf (text, "%*sk9: 1\n", column, "");
}

static char *
make_random (GRand *rand)
{
  GString *text = g_string_new (NULL);

  append_random (rand, text, 0, g_rand_int_range (rand, 1, 5), 3);

  return g_string_free (text, FALSE);
}

/* One path after the other, in any order, until none is left. */
static void
test_one_by_one (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (47);

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *other = make_random (rand);
      g_autofree char *text = make_random (rand);
      g_autoptr(GPtrArray) changes = strata_diff_trees (other, text);
      guint steps = 0;

      while (changes->len > 0)
        {
          guint at = (guint) g_rand_int_range (rand, 0, (int) changes->len);
          char *next = NULL;

          for (guint k = 0; k < changes->len && next == NULL; k++)
            next = strata_take_path (text, other, ((StrataChange *) changes->pdata[(at + k) % changes->len])->path);

          if (next == NULL)
            g_error ("nothing can be taken into\n%sfrom\n%s", text, other);

          g_free (text);
          text = next;
          g_ptr_array_unref (changes);
          changes = strata_diff_trees (other, text);
          g_assert_cmpuint (++steps, <, MAX_STEPS);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/core/take-path/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  g_test_add_func ("/core/take-path/one-by-one", test_one_by_one);

  return g_test_run ();
}
