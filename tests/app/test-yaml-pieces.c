/* test-yaml-pieces.c - each piece of a line of YAML is told for what it is, and a block of text is one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-yaml-pieces.h"

/* @kinds: below each letter of @line the first letter of what it is; a space where it is nothing */
static void
assert_line (const char *line,
             const char *kinds,
             int        *block)
{
  static const char letters[] = "ksnbzat#%";
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (StrataYamlPiece));
  g_autofree char *found = g_strnfill (strlen (line), ' ');

  strata_yaml_pieces_find (pieces, line, block);

  for (guint i = 0; i < pieces->len; i++)
    {
      const StrataYamlPiece *piece = &g_array_index (pieces, StrataYamlPiece, i);

      g_assert_cmpuint (piece->start, <, piece->end);
      g_assert_cmpuint (piece->end, <=, strlen (line));
      memset (found + piece->start, letters[piece->kind], piece->end - piece->start);
    }

  g_assert_cmpstr (found, ==, kinds);
}

static void
test_lines (void)
{
  static const char *const lines[][2] = {
    { "", "" },
    { "   ", "   " },
    { "# all of it", "###########" },
    { "a: b # c", "k  s ###" },
    { "a: b#c", "k  sss" },
    { "a:b: 12", "kkk  nn" },
    { "  - name: -1.5e3", "    kkkk  nnnnnn" },
    { "- - a", "    s" },
    { "- ? a", "    s" },
    { "a: true", "k  bbbb" },
    { "a: truex", "k  sssss" },
    { "a: ~", "k  z" },
    { "a: 1.2.3", "k  sssss" },
    { "'it''s': \"a \\\" b\"", "kkkkkkk  ssssssss" },
    { "a: 'open", "k  sssss" },
    { "a: &x !!str *y", "k  aa ttttt aa" },
    { "a: {b: 1, c: 'd', e: [null]} # f", "k   s  n  s  sss  s   zzzz   ###" },
    { "%YAML 1.2", "%%%%%%%%%" },
    { "--- # next", "    ######" },
    { "größe: ü", "kkkkkkk  ss" },
    { "a:", "k " },
    { "-", " " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      int block = STRATA_YAML_NO_BLOCK;

      assert_line (lines[i][0], lines[i][1], &block);
      g_assert_cmpint (block, ==, STRATA_YAML_NO_BLOCK);
    }
}

static void
test_block (void)
{
  int block = STRATA_YAML_NO_BLOCK;

  assert_line ("- script: |- # run", "  kkkkkk     #####", &block);
  assert_line ("    # no: comment", "    sssssssssssss", &block);
  assert_line ("", "", &block);
  assert_line ("     more", "     ssss", &block);
  assert_line ("  next: >", "  kkkk   ", &block);
  assert_line ("   folded", "   ssssss", &block);
  assert_line ("b: 1", "k  n", &block);
  g_assert_cmpint (block, ==, STRATA_YAML_NO_BLOCK);
}

/* Nothing that a line may hold leads out of it. */
static void
test_anything (void)
{
  static const char letters[] = "ab:-?#'\"\\{}[],&*!|>% \t~1.";
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (StrataYamlPiece));
  int block = STRATA_YAML_NO_BLOCK;

  for (guint i = 0; i < 50000; i++)
    {
      char line[24] = { 0 };

      for (int j = 0; j < g_rand_int_range (random, 0, (int) sizeof line - 1); j++)
        line[j] = letters[g_rand_int_range (random, 0, (int) sizeof letters - 1)];

      g_array_set_size (pieces, 0);
      strata_yaml_pieces_find (pieces, line, &block);

      for (guint j = 0; j < pieces->len; j++)
        {
          const StrataYamlPiece *piece = &g_array_index (pieces, StrataYamlPiece, j);

          g_assert_cmpuint (piece->start, <, piece->end);
          g_assert_cmpuint (piece->end, <=, strlen (line));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/yaml-pieces/lines", test_lines);
  g_test_add_func ("/app/yaml-pieces/block", test_block);
  g_test_add_func ("/app/yaml-pieces/anything", test_anything);

  return g_test_run ();
}
