/* test-comments.c - which key a comment speaks of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-comments.h"

static void
assert_comment (GHashTable *comments,
                const char *path,
                const char *comment)
{
  g_assert_cmpstr (g_hash_table_lookup (comments, path), ==, comment);
}

static void
test_places (void)
{
  g_autoptr(GHashTable) comments = strata_comments_read ("# Licence\n"
                                                         "\n"
                                                         "# -- How many copies run\n"
                                                         "# at a time\n"
                                                         "replicas: 1 # more is better\n"
                                                         "image:\n"
                                                         "  ## Where from\n"
                                                         "  repository: \"x # y\"\n"
                                                         "  # of nothing\n"
                                                         "\n"
                                                         "  tag: 1\n"
                                                         "ports:\n"
                                                         "  # First\n"
                                                         "  - name: a\n"
                                                         "    port: 1 # Number\n"
                                                         "other:\n"
                                                         "# Same column\n"
                                                         "- x: 1\r\n"
                                                         "last: # Behind a key\n"
                                                         "  \"a.b\": 1\n");

  assert_comment (comments, "replicas", "How many copies run\nat a time\nmore is better");
  assert_comment (comments, "image", NULL);
  assert_comment (comments, "image.repository", "Where from");
  assert_comment (comments, "image.tag", NULL);
  assert_comment (comments, "ports.[].name", "First");
  assert_comment (comments, "ports.[].port", "Number");
  assert_comment (comments, "other.[].x", "Same column");
  assert_comment (comments, "last", "Behind a key");
  g_assert_cmpuint (g_hash_table_size (comments), ==, 6);
}

static void
test_odd (void)
{
  g_autoptr(GHashTable) none = strata_comments_read ("");
  g_autoptr(GHashTable) broken = strata_comments_read ("a: [\n  # x\n\tb: }\n#\n-- \n: c\n- - - d: 1 # e");

  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  assert_comment (broken, "a.b", "x");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comments/places", test_places);
  g_test_add_func ("/comments/odd", test_odd);

  return g_test_run ();
}
