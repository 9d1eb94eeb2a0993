/* test-names.c - what things may be called, and why not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "strata-error.h"
#include "strata-names.h"

typedef gboolean (* Check) (const char  *name,
                            GError     **error);

static void
assert_refused (Check       check,
                const char *name,
                const char *reason)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (check (name, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
}

static void
test_profile (void)
{
  g_autofree char *longest = g_strnfill (63, 'a');
  g_autofree char *too_long = g_strnfill (64, 'a');

  g_assert_true (strata_name_check_profile ("retail-edge", NULL));
  g_assert_true (strata_name_check_profile ("7", NULL));
  g_assert_true (strata_name_check_profile (longest, NULL));
  assert_refused (strata_name_check_profile, "", "needed");
  assert_refused (strata_name_check_profile, too_long, "63");
  assert_refused (strata_name_check_profile, "Retail", "lower-case");
  assert_refused (strata_name_check_profile, "a b", "lower-case");
  assert_refused (strata_name_check_profile, "../up", "lower-case");
  assert_refused (strata_name_check_profile, "-a", "begin and end");
  assert_refused (strata_name_check_profile, "a-", "begin and end");
  assert_refused (strata_name_check_profile, "\xff", "lower-case");
}

static void
test_layer_and_manifest (void)
{
  Check checks[] = { strata_name_check_layer, strata_name_check_manifest };

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_assert_true (checks[i] ("Site_config-1.2", NULL));
      assert_refused (checks[i], "", "needed");
      assert_refused (checks[i], "..", "begin with");
      assert_refused (checks[i], "a/b", "use letters");
      assert_refused (checks[i], "a\nb", "use letters");
    }
}

static void
test_variable (void)
{
  g_assert_true (strata_name_check_variable ("uiPort_2", NULL));
  assert_refused (strata_name_check_variable, "2nd", "no digit first");
  assert_refused (strata_name_check_variable, "edge-vip", "underscores");
}

static void
test_makes_safe (void)
{
  const char *pairs[][2] = {
    { "site-info", "site-info" }, { "a/b c", "a-b-c" }, { "..", "_." }, { ".hidden", "_hidden" }, { "", "_" },
    { "-rf", "_rf" }, { "\xc3\xa9", "_-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *safe = strata_name_make_safe (pairs[i][0]);

      g_assert_cmpstr (safe, ==, pairs[i][1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/names/profile", test_profile);
  g_test_add_func ("/core/names/layer-and-manifest", test_layer_and_manifest);
  g_test_add_func ("/core/names/variable", test_variable);
  g_test_add_func ("/core/names/makes-safe", test_makes_safe);

  return g_test_run ();
}
