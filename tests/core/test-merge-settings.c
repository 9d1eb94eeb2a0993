/* test-merge-settings.c - what variables ask for, merged as it is and not as it is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-merge.h"

/* A profile with one variable of one option. */
static StrataProfile *
make (const char *value,
      const char *label,
      const char *description)
{
  g_autoptr(StrataProfile) bare = strata_profile_new ("edge", "1.0.0");
  g_autoptr(StrataVariable) plain = strata_variable_new ("size");
  g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_option_free);
  g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (options, strata_variable_option_new (value, label, description, FALSE));
  g_ptr_array_add (variables, strata_variable_with_options (plain, options));

  return strata_profile_with_variables (bare, variables);
}

static void
assert_takes_theirs (StrataProfile *base,
                     StrataProfile *theirs)
{
  g_autoptr(StrataMerge) merge = strata_merge_new (base, base, theirs);

  g_assert_true (strata_profile_equal (strata_merge_get_profile (merge), theirs));
  g_assert_cmpuint (strata_merge_get_conflicts (merge)->len, ==, 0);
  g_assert_cmpuint (strata_merge_get_merged (merge)->len, ==, 1);
}

/* Options that read alike are not alike. */
static void
test_options_read_alike (void)
{
  g_autoptr(StrataProfile) value = make ("a: b", "", "");
  g_autoptr(StrataProfile) label = make ("a", "b", "");
  g_autoptr(StrataProfile) both = make ("a", "b, c", "");
  g_autoptr(StrataProfile) description = make ("a", "b", "c");

  assert_takes_theirs (value, label);
  assert_takes_theirs (label, value);
  assert_takes_theirs (both, description);
}

static void
test_options_in_conflict (void)
{
  g_autoptr(StrataProfile) base = make ("a", "", "");
  g_autoptr(StrataProfile) mine = make ("a: b", "", "");
  g_autoptr(StrataProfile) theirs = make ("a", "b", "");
  g_autoptr(StrataMerge) merge = strata_merge_new (base, mine, theirs);
  g_autoptr(StrataMerge) taken = strata_merge_resolve_all (merge, STRATA_SIDE_THEIRS);
  g_autoptr(StrataMerge) same = strata_merge_new (base, mine, mine);

  g_assert_cmpuint (strata_merge_get_n_open (merge), ==, 1);
  g_assert_true (strata_profile_equal (strata_merge_get_profile (merge), mine));
  g_assert_true (strata_profile_equal (strata_merge_get_profile (taken), theirs));
  g_assert_cmpuint (strata_merge_get_n_open (same), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/merge-settings/options-read-alike", test_options_read_alike);
  g_test_add_func ("/core/merge-settings/options-in-conflict", test_options_in_conflict);

  return g_test_run ();
}
