/* test-problem.c - a problem and its copy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-problem.h"

static void
test_copies_whole (void)
{
  g_autoptr(StrataProblem) problem =
    strata_problem_new (STRATA_SEVERITY_ERROR, 12, 13, 5, "YAML", "“%s” stands here twice", "port");

  problem->layer = g_strdup ("web");
  problem->document = g_strdup ("values.yaml");
  problem->fix = g_strdup ("port2");
  problem->fix_label = g_strdup ("Rename");

  g_autoptr(StrataProblem) copy = g_boxed_copy (STRATA_TYPE_PROBLEM, problem);

  g_assert_cmpstr (copy->message, ==, "“port” stands here twice");
  g_assert_true (copy->message != problem->message);
  g_assert_cmpstr (copy->layer, ==, "web");
  g_assert_cmpstr (copy->document, ==, "values.yaml");
  g_assert_cmpstr (copy->source, ==, "YAML");
  g_assert_cmpstr (copy->fix, ==, "port2");
  g_assert_cmpstr (copy->fix_label, ==, "Rename");
  g_assert_cmpuint (copy->line, ==, 12);
  g_assert_cmpuint (copy->column, ==, 13);
  g_assert_cmpuint (copy->length, ==, 5);
  g_assert_cmpint (copy->severity, ==, STRATA_SEVERITY_ERROR);
}

/* What is quoted cannot turn the sentence around, nor drive a terminal. */
static void
test_spells_out (void)
{
  g_autoptr(StrataProblem) problem = strata_problem_new (STRATA_SEVERITY_ERROR, 1, 1, 0, "YAML", "“%s” is no name; ä",
                                                         "\u202ee\u2069\033[2J\nß\u200f");

  g_assert_cmpstr (problem->message, ==, "“\\u202ee\\u2069\\u001b[2J\nß\u200f” is no name; ä");
}

static void
test_counts (void)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_problem_free);
  static const StrataSeverity severities[] = { STRATA_SEVERITY_NOTE, STRATA_SEVERITY_ERROR, STRATA_SEVERITY_WARNING,
                                               STRATA_SEVERITY_NOTE };

  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    g_ptr_array_add (problems, strata_problem_new (severities[i], 0, 0, 0, "YAML", "%u", i));

  g_assert_cmpuint (strata_problem_count (problems, STRATA_SEVERITY_NOTE), ==, 4);
  g_assert_cmpuint (strata_problem_count (problems, STRATA_SEVERITY_WARNING), ==, 2);
  g_assert_cmpuint (strata_problem_count (problems, STRATA_SEVERITY_ERROR), ==, 1);
  g_assert_cmpuint (strata_problem_count (NULL, STRATA_SEVERITY_NOTE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/problem/copies-whole", test_copies_whole);

  g_test_add_func ("/core/problem/counts", test_counts);
  g_test_add_func ("/core/problem/spells-out", test_spells_out);

  return g_test_run ();
}
