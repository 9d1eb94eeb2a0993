/* test-text-merge.c - two changes of one text made into one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-text-merge.h"
#include "strata-values.h"

#define N_RANDOM 400
#define MARK "conflict: here\n"

static guint
count_conflicts (StrataTextMerge *merge)
{
  guint n = 0;

  for (guint i = 0; i < strata_text_merge_get_n_chunks (merge); i++)
    n += strata_text_merge_get_chunk (merge, i)->kind == STRATA_CHUNK_CONFLICT;

  return n;
}

/* The merged text with the same words in the place of each conflict. */
static char *
build (StrataTextMerge *merge,
       const char      *mark)
{
  g_autoptr(GPtrArray) marks = g_ptr_array_new ();

  for (guint i = 0; i < count_conflicts (merge); i++)
    g_ptr_array_add (marks, (gpointer) mark);
  g_ptr_array_add (marks, NULL);

  return strata_text_merge_build (merge, (const char *const *) marks->pdata);
}

static void
assert_clean (const char *base,
              const char *mine,
              const char *theirs,
              const char *expected)
{
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base, mine, theirs);
  g_autoptr(StrataTextMerge) swapped = strata_text_merge_new (base, theirs, mine);
  g_autofree char *text = build (merge, MARK);
  g_autofree char *other = build (swapped, MARK);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (other, ==, expected);
  g_assert_cmpuint (count_conflicts (merge), ==, 0);
}

/* One conflict, at @path; mine and theirs of it as given. */
static void
assert_conflict (const char *base,
                 const char *mine,
                 const char *theirs,
                 const char *path,
                 const char *mine_lines,
                 const char *theirs_lines)
{
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base, mine, theirs);
  guint i = 0;

  g_assert_cmpuint (count_conflicts (merge), ==, 1);
  while (strata_text_merge_get_chunk (merge, i)->kind != STRATA_CHUNK_CONFLICT)
    i++;

  g_autofree char *found = strata_text_merge_dup_path (merge, i);
  g_autofree char *of_mine = strata_text_merge_dup_lines (merge, i, STRATA_TEXT_MINE);
  g_autofree char *of_theirs = strata_text_merge_dup_lines (merge, i, STRATA_TEXT_THEIRS);

  g_assert_cmpstr (found, ==, path);
  g_assert_cmpstr (of_mine, ==, mine_lines);
  g_assert_cmpstr (of_theirs, ==, theirs_lines);
}

static void
test_apart (void)
{
  assert_clean ("a: 1\nb: 2\nc: 3\nd: 4\n", "a: 9 # mine\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\n# theirs\nd: 8\n",
                "a: 9 # mine\nb: 2\nc: 3\n# theirs\nd: 8\n");
}

/* Lines side by side are two paths: a merge by line alone would give up here. */
static void
test_neighbours (void)
{
  assert_clean ("a: 1\nb: 2\n", "a: 9\nb: 2\n", "a: 1\nb: 8\n", "a: 9\nb: 8\n");
  assert_clean ("a: 1\nb: 2\nc: 3\n", "a: 9\nb: 8\nc: 3\n", "a: 1\nb: 8\nc: 7\n", "a: 9\nb: 8\nc: 7\n");
  assert_clean ("a: 1\n", "a: 2\n", "a: 1\nb: 3\n", "a: 2\nb: 3\n");
}

static void
test_same_line (void)
{
  assert_conflict ("x:\n  a: 1\n  b: 2\n", "x:\n  a: 2\n  b: 2\n", "x:\n  a: 3\n  b: 4\n", "x.a", "  a: 2\n",
                   "  a: 3\n");
}

static void
test_both_added (void)
{
  assert_clean ("m:\n  a: 1\n", "m:\n  a: 1\n  c: 3\n", "m:\n  a: 1\n  b: 2\n", "m:\n  a: 1\n  b: 2\n  c: 3\n");
  assert_clean ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n");
  assert_conflict ("a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 3\n", "b", "b: 2\n", "b: 3\n");
}

/* The order of a list is a decision: nobody but a person takes it. */
static void
test_both_added_to_list (void)
{
  assert_conflict ("l:\n  - a\n", "l:\n  - a\n  - m\n", "l:\n  - a\n  - t\n", "l[1]", "  - m\n", "  - t\n");
  assert_clean ("l:\n  - a\n  - b\n", "l:\n  - m\n  - a\n  - b\n", "l:\n  - a\n  - b\n  - t\n",
                "l:\n  - m\n  - a\n  - b\n  - t\n");
  assert_clean ("l:\n  - n: a\n    v: 1\n    w: 2\n", "l:\n  - n: a\n    v: 9\n    w: 2\n",
                "l:\n  - n: a\n    v: 1\n    w: 8\n", "l:\n  - n: a\n    v: 9\n    w: 8\n");
}

/* Mine adds below what theirs takes away: by line they do not meet, and what was added would hang on a stranger. */
static void
test_orphan (void)
{
  g_autoptr(StrataTextMerge) merge =
    strata_text_merge_new ("z:\n  y: 1\na:\n  b: 1\n", "z:\n  y: 1\na:\n  b: 1\n  d: 1\n", "z:\n  y: 1\n");
  g_autofree char *text = build (merge, MARK);

  g_assert_cmpstr (text, ==, "z:\n  y: 1\n" MARK);
}

/* Theirs moves what mine adds to: what was added stays behind and would say something about another. */
static void
test_moved_away (void)
{
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (
    "z:\n  y: 1\na:\n  b: 1\nc: 1\nf: 1\n", "z:\n  y: 1\na:\n  b: 1\n  d: 1\nc: 1\nf: 1\n",
    "z:\n  y: 1\nc: 1\nf: 1\na:\n  b: 1\n");
  g_autofree char *text = build (merge, MARK);

  g_assert_cmpstr (text, ==, "z:\n  y: 1\n" MARK);
}

/* One key, added by both in two places. */
static void
test_key_twice (void)
{
  const char *base = "a: 1\nb: 2\nc: 3\nd: 4\n";

  assert_conflict (base, "x: 1\na: 1\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 4\nx: 2\n", NULL,
                   "x: 1\na: 1\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 4\nx: 2\n");
}

/* Two lines of one value are one path. */
static void
test_block_scalar (void)
{
  assert_conflict ("s: |\n  one\n  two\n  three\nt: 1\nu: 1\n", "s: |\n  ONE\n  two\n  three\nt: 1\nu: 1\n",
                   "s: |\n  one\n  two\n  THREE\nt: 1\nu: 2\n", "s", "  ONE\n  two\n  three\n", "  one\n  two\n  THREE\n");
}

/* The order of keys means nothing: moved by one, changed by the other. Where the lines that moved are those that were
 * changed, a person has to look. */
static void
test_moved_and_changed (void)
{
  assert_clean ("a: 1\nb:\n  c: 2\nd: 3\n", "a: 1\nd: 3\nb:\n  c: 2\n", "a: 1\nb:\n  c: 9\nd: 3\n",
                "a: 1\nd: 3\nb:\n  c: 9\n");

  g_autoptr(StrataTextMerge) merge =
    strata_text_merge_new ("a: 1\nb: 2\nc: 3\nd: 4\n", "b: 2\nc: 3\nd: 4\na: 1\n", "a: 9\nb: 2\nc: 3\nd: 4\n");
  g_autofree char *text = build (merge, MARK);

  g_assert_cmpstr (text, ==, MARK);
}

static void
test_proposal (void)
{
  g_autofree char *both =
    strata_merge_propose ("  body: 8m\n", "  body: 64m\n  keep: 75\n", "  body: 32m\n  # faster\n  http2: yes\n  list:\n    - 1\n");
  g_autofree char *nothing = strata_merge_propose ("a: 1\n", "a: 2\nb: 1\n", "a: 3\n");
  g_autofree char *no_map = strata_merge_propose ("- a\n", "- b\n", "- c\n");
  g_autofree char *no_end = strata_merge_propose ("a: 1", "a: 2", "a: 3\nb: 4");

  g_assert_cmpstr (both, ==, "  body: 64m\n  keep: 75\n  http2: yes\n  list:\n    - 1\n");
  g_assert_null (nothing);
  g_assert_null (no_map);
  g_assert_cmpstr (no_end, ==, "a: 2\nb: 4");
}

static void
test_documents (void)
{
  assert_clean ("a: 1\n---\nb: 1\n---\nc: 1\n", "a: 2\n---\nb: 1\n---\nc: 1\n", "a: 1\n---\nb: 1\n---\nn: 1\n---\nc: 2\n",
                "a: 2\n---\nb: 1\n---\nn: 1\n---\nc: 2\n");
}

static void
test_no_line_end (void)
{
  assert_clean ("a: 1\nb: 2", "a: 9\nb: 2", "a: 1\nb: 2\nc: 3", "a: 9\nb: 2\nc: 3");
  assert_clean ("", "a: 1", "b: 1", "a: 1\nb: 1");
}

/* What is no YAML has no paths: changes that touch are in conflict, others are not. */
static void
test_not_yaml (void)
{
  g_autoptr(StrataTextMerge) near =
    strata_text_merge_new ("[\na\nb\nc\n", "[\nA\nb\nc\n", "[\na\nB\nc\n");

  g_assert_cmpuint (count_conflicts (near), ==, 1);
  assert_clean ("[\na\nb\nc\n", "[\nA\nb\nc\n", "[\na\nb\nC\n", "[\nA\nb\nC\n");
}

static void
test_aliases (void)
{
  assert_clean ("d: &d\n  x: 1\ne:\n  <<: *d\n  y: 1\nf: 1\n", "d: &d\n  x: 2\ne:\n  <<: *d\n  y: 1\nf: 1\n",
                "d: &d\n  x: 1\ne:\n  <<: *d\n  y: 1\nf: 3\n", "d: &d\n  x: 2\ne:\n  <<: *d\n  y: 1\nf: 3\n");
}

/* Random texts: a map of maps with comments, lists and blocks */

static void
append_value (GString *text,
              GRand   *rand,
              int      key)
{
  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      g_string_append_printf (text, "  k%d:\n    - a%d\n    - b\n", key, g_rand_int_range (rand, 0, 4));
      break;
    case 1:
      g_string_append_printf (text, "  k%d: |\n    one %d\n    two\n", key, g_rand_int_range (rand, 0, 4));
      break;
    case 2:
      g_string_append_printf (text, "  # about k%d\n  k%d: {x: %d}\n", key, key, g_rand_int_range (rand, 0, 4));
      break;
    default:
      g_string_append_printf (text, "  k%d: v%d\n", key, g_rand_int_range (rand, 0, 9));
    }
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 5);

  for (int i = 0; i < n; i++)
    {
      g_string_append_printf (text, "m%d:\n", i);
      for (int key = 0; key < g_rand_int_range (rand, 1, 6); key++)
        append_value (text, rand, key);
    }

  return g_string_free (text, FALSE);
}

/* Lines taken out, doubled, swapped, changed or added, without a thought for YAML. */
static char *
change (GRand      *rand,
        const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GString *result = g_string_new (NULL);
  int odds = g_rand_int_range (rand, 3, 20);

  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    {
      switch (g_rand_int_range (rand, 0, odds))
        {
        case 0:
          if (g_rand_boolean (rand))
            g_string_append_printf (result, "  n%d: %d\n%s\n", g_rand_int_range (rand, 0, 3),
                                    g_rand_int_range (rand, 0, 3), lines[i]);
          break;
        case 1:
          g_string_append_printf (result, "%s%d\n", lines[i], g_rand_int_range (rand, 0, 3));
          break;
        case 2:
          g_string_append_printf (result, "%s\n  # said %d\n", lines[i], g_rand_int_range (rand, 0, 3));
          break;
        default:
          g_string_append_printf (result, "%s\n", lines[i]);
        }
    }

  return g_string_free (result, FALSE);
}

static GHashTable *
count_lines (const char *text)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, lines[i]));

      g_hash_table_replace (counts, g_strdup (lines[i]), GUINT_TO_POINTER (n + 1));
    }

  return counts;
}

static guint
get_count (GHashTable *counts,
           const char *line)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, line));
}

/* Each line of @side is in the result or in a conflict, or the other side took it out of what base had. */
static void
assert_nothing_lost (StrataTextMerge *merge,
                     guint            side,
                     const char      *base,
                     const char      *text,
                     const char      *other)
{
  g_autofree char *result = build (merge, "");
  g_autoptr(GString) kept = g_string_new (result);

  for (guint i = 0; i < strata_text_merge_get_n_chunks (merge); i++)
    if (strata_text_merge_get_chunk (merge, i)->kind == STRATA_CHUNK_CONFLICT)
      {
        g_autofree char *lines = strata_text_merge_dup_lines (merge, i, side);

        g_string_append (kept, lines);
      }

  g_autoptr(GHashTable) of_base = count_lines (base);
  g_autoptr(GHashTable) of_other = count_lines (other);
  g_autoptr(GHashTable) of_kept = count_lines (kept->str);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (get_count (of_kept, lines[i]) == 0)
      g_assert_cmpuint (get_count (of_other, lines[i]), <, get_count (of_base, lines[i]));
}

static void
check_laws (const char *base,
            const char *mine,
            const char *theirs)
{
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base, mine, theirs);
  g_autoptr(StrataTextMerge) swapped = strata_text_merge_new (base, theirs, mine);
  g_autofree char *text = build (merge, MARK);
  g_autofree char *other = build (swapped, MARK);

  g_assert_cmpstr (text, ==, other);
  g_assert_cmpuint (count_conflicts (merge), ==, count_conflicts (swapped));
  assert_nothing_lost (merge, STRATA_TEXT_MINE, base, mine, theirs);
  assert_nothing_lost (merge, STRATA_TEXT_THEIRS, base, theirs, mine);

  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, -1, NULL);
  g_autoptr(StrataYaml) base_yaml = strata_yaml_parse (base, -1, NULL);
  g_autoptr(StrataYaml) mine_yaml = strata_yaml_parse (mine, -1, NULL);
  g_autoptr(StrataYaml) theirs_yaml = strata_yaml_parse (theirs, -1, NULL);

  if (count_conflicts (merge) == 0 && base_yaml != NULL && mine_yaml != NULL && theirs_yaml != NULL)
    g_assert_nonnull (yaml);
}

static void
assert_merges_to (const char *base,
                  const char *mine,
                  const char *theirs,
                  const char *expected)
{
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base, mine, theirs);
  g_autofree char *text = build (merge, MARK);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_laws (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (17);
  guint n_clean = 0;

  for (int i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *base = make_text (rand);
      g_autofree char *mine = change (rand, base);
      g_autofree char *theirs = change (rand, base);
      g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base, mine, theirs);

      assert_merges_to (base, base, theirs, theirs);
      assert_merges_to (base, mine, base, mine);
      assert_merges_to (base, mine, mine, mine);
      check_laws (base, mine, theirs);

      if (count_conflicts (merge) == 0)
        {
          g_autofree char *text = build (merge, MARK);

          n_clean++;
          assert_merges_to (mine, mine, text, text);
          assert_merges_to (base, text, text, text);
        }
    }

  g_test_message ("%u of %d without a conflict", n_clean, N_RANDOM);
  g_assert_cmpuint (n_clean, >, N_RANDOM / 10);
}

/* The same computed by hand: a map of single values, changed, taken away and added at will. */

#define N_KEYS 8

static char *
write_map (const int *values)
{
  GString *text = g_string_new ("top:\n");

  for (int key = 0; key < N_KEYS; key++)
    if (values[key] != 0)
      g_string_append_printf (text, "  key%d: %d\n", key, values[key]);
  g_string_append (text, "end: 1\n");

  return g_string_free (text, FALSE);
}

static void
test_values_by_hand (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (23);

  for (int i = 0; i < N_RANDOM; i++)
    {
      int values[STRATA_N_TEXTS][N_KEYS];
      char *texts[STRATA_N_TEXTS];

      for (int key = 0; key < N_KEYS; key++)
        {
          values[0][key] = g_rand_int_range (rand, 0, 3);
          for (int side = 1; side < STRATA_N_TEXTS; side++)
            values[side][key] = g_rand_int_range (rand, 0, 3) > 0 ? values[0][key] : g_rand_int_range (rand, 0, 4);
        }
      for (int side = 0; side < STRATA_N_TEXTS; side++)
        texts[side] = write_map (values[side]);

      g_autoptr(StrataTextMerge) merge = strata_text_merge_new (texts[0], texts[1], texts[2]);
      g_autofree char *text = build (merge, "");

      for (int key = 0; key < N_KEYS && count_conflicts (merge) == 0; key++)
        {
          const int of[] = { values[0][key], values[1][key], values[2][key] };
          g_autofree char *path = g_strdup_printf ("top.key%d", key);
          g_autofree char *found = strata_values_get (text, path);
          int expected = of[1] == of[0] ? of[2] : of[1];

          g_assert_true (of[1] == of[2] || of[1] == of[0] || of[2] == of[0]);
          g_assert_cmpint (found != NULL ? atoi (found) : 0, ==, expected);
        }
      for (int side = 0; side < STRATA_N_TEXTS; side++)
        g_free (texts[side]);
    }
}

/* Bounds */

/* What no reader takes is merged by line, and what names itself or says a lot in few words costs no more than its text. */
static void
test_hostile (void)
{
  static const char *const texts[] = {
    "a: &x\n  b: *x\n",
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: &f [*e, *e]\ng: [*f, *f]\n",
    "a: 1\na: 2\n? [x, y]\n: z\n",
    "\t- a\n",
    "\xff\xfe: 1\n",
    "{a: 1, b: [2, 3]}\n",
    "--- 1\n--- 2\n...\n",
    "!!binary aGFsbG8=\n",
    "\r\na: 1\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *mine = g_strconcat ("m: 1\n", texts[i], NULL);
      g_autofree char *theirs = g_strconcat (texts[i], "t: 1\n", NULL);

      check_laws (texts[i], mine, theirs);
      check_laws (mine, texts[i], theirs);
      for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
        check_laws (texts[i], texts[k], theirs);
    }
}

static void
test_deep (void)
{
  g_autoptr(GString) base = g_string_new (NULL);

  for (int depth = 0; depth < 5000; depth++)
    g_string_append_printf (base, "%*sk:\n", depth % 400, "");

  g_autofree char *mine = g_strconcat (base->str, "m: 1\n", NULL);
  g_autofree char *theirs = g_strconcat ("t: 1\n", base->str, NULL);

  check_laws (base->str, mine, theirs);
}

static void
test_large (void)
{
  g_autoptr(GString) base = g_string_new (NULL);
  g_autoptr(GString) mine = g_string_new (NULL);
  g_autoptr(GString) theirs = g_string_new (NULL);

  for (int i = 0; i < 20000; i++)
    {
      g_string_append_printf (base, "key%d:\n  name: value %d\n  list: [1, 2]\n", i, i);
      g_string_append_printf (mine, "key%d:\n  name: value %d\n  list: [1, 2]\n", i, i % 3 == 0 ? -i : i);
      g_string_append_printf (theirs, "key%d:\n  name: value %d\n  list: [1, %d]\n", i, i, i % 2 + 2);
    }

  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (base->str, mine->str, theirs->str);

  g_test_message ("%" G_GINT64_FORMAT " ms for three of %" G_GSIZE_FORMAT " bytes",
                  (g_get_monotonic_time () - start) / 1000, base->len);
  g_assert_cmpuint (count_conflicts (merge), ==, 0);
}

static void
test_large_and_unlike (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (29);
  GString *texts[STRATA_N_TEXTS];

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    {
      texts[side] = g_string_new (NULL);
      for (int i = 0; i < 60000; i++)
        g_string_append_printf (texts[side], "- line %d\n", g_rand_int_range (rand, 0, 300));
    }

  gint64 start = g_get_monotonic_time ();
  g_autoptr(StrataTextMerge) merge = strata_text_merge_new (texts[0]->str, texts[1]->str, texts[2]->str);

  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (count_conflicts (merge), >=, 1);

  for (guint side = 0; side < STRATA_N_TEXTS; side++)
    g_string_free (texts[side], TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/text-merge/apart", test_apart);
  g_test_add_func ("/core/text-merge/neighbours", test_neighbours);
  g_test_add_func ("/core/text-merge/same-line", test_same_line);
  g_test_add_func ("/core/text-merge/both-added", test_both_added);
  g_test_add_func ("/core/text-merge/both-added-to-list", test_both_added_to_list);
  g_test_add_func ("/core/text-merge/orphan", test_orphan);
  g_test_add_func ("/core/text-merge/moved-away", test_moved_away);
  g_test_add_func ("/core/text-merge/key-twice", test_key_twice);
  g_test_add_func ("/core/text-merge/block-scalar", test_block_scalar);
  g_test_add_func ("/core/text-merge/moved-and-changed", test_moved_and_changed);
  g_test_add_func ("/core/text-merge/proposal", test_proposal);
  g_test_add_func ("/core/text-merge/documents", test_documents);
  g_test_add_func ("/core/text-merge/no-line-end", test_no_line_end);
  g_test_add_func ("/core/text-merge/not-yaml", test_not_yaml);
  g_test_add_func ("/core/text-merge/aliases", test_aliases);
  g_test_add_func ("/core/text-merge/laws", test_laws);
  g_test_add_func ("/core/text-merge/values-by-hand", test_values_by_hand);
  g_test_add_func ("/core/text-merge/hostile", test_hostile);
  g_test_add_func ("/core/text-merge/deep", test_deep);
  g_test_add_func ("/core/text-merge/large", test_large);
  g_test_add_func ("/core/text-merge/large-and-unlike", test_large_and_unlike);

  return g_test_run ();
}
