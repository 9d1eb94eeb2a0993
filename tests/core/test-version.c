/* test-version.c - what is a version, and which of two comes first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-version.h"

static void
test_orders (void)
{
  /* The chain of https://semver.org, 11, and numbers that no machine word holds. */
  const char *chain[] = {
    "0.0.1", "0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
    "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0",
    "99999999999999999999999.0.0", "100000000000000000000000.0.0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chain); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (chain); j++)
      {
        g_autoptr(StrataVersion) a = strata_version_parse (chain[i], NULL);
        g_autoptr(StrataVersion) b = strata_version_parse (chain[j], NULL);
        int order = strata_version_compare (a, b);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
test_ignores_build (void)
{
  g_autoptr(StrataVersion) a = strata_version_parse ("1.0.0+one", NULL);
  g_autoptr(StrataVersion) b = strata_version_parse ("1.0.0+two.2", NULL);

  g_assert_cmpint (strata_version_compare (a, b), ==, 0);
  g_assert_cmpstr (strata_version_get_text (a), ==, "1.0.0+one");
}

static void
test_suggests_next (void)
{
  const char *pairs[][2] = {
    { "1.0.0", "1.1.0" }, { "1.9.7", "1.10.0" }, { "2.99.0", "2.100.0" }, { "3.0.0-rc.1", "3.0.0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr(StrataVersion) version = strata_version_parse (pairs[i][0], NULL);
      g_autofree char *next = strata_version_suggest_next (version);

      g_assert_cmpstr (next, ==, pairs[i][1]);
    }
}

static void
test_sorts_any_text (void)
{
  g_assert_cmpint (strata_version_compare_text ("1.9.0", "1.10.0"), <, 0);
  g_assert_cmpint (strata_version_compare_text ("v1.4.6", "1.4.5"), >, 0);
  g_assert_cmpint (strata_version_compare_text ("latest", "0.0.1"), <, 0);
  g_assert_cmpint (strata_version_compare_text ("a", "b"), <, 0);
  g_assert_cmpint (strata_version_compare_text ("2.0.0", "2.0.0"), ==, 0);
}

/* A plain version is compared in a shorter way; it has to agree with the long one. */
static void
test_agrees_on_plain_versions (void)
{
  const char *const texts[] = {
    "0.0.0", "0.0.1", "0.1.0", "1.2.3", "1.2.10", "1.10.2", "9.0.0", "10.0.0",
    "1.2.999999999999999999", "1.2.1000000000000000000", "1.2.18446744073709551617", "1.2.3-rc.1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autoptr(StrataVersion) one = strata_version_parse (texts[i], NULL);
        g_autoptr(StrataVersion) other = strata_version_parse (texts[j], NULL);
        int expected = strata_version_compare (one, other);
        int order = strata_version_compare_text (texts[i], texts[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (expected > 0) - (expected < 0));
      }

  /* What is no version, though it looks like one, comes before all versions. */
  g_assert_cmpint (strata_version_compare_text ("1.02.0", "0.0.1"), <, 0);
  g_assert_cmpint (strata_version_compare_text ("2.0", "0.0.1"), <, 0);
  g_assert_cmpint (strata_version_compare_text ("2.0.0.0", "0.0.1"), <, 0);
}

static void
test_rejects (gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_version_parse (data, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

/* The keys of any two compare as the texts do. */
static void
test_keys (void)
{
  static const char *const texts[] = {
    "",        "latest",      "1",           "v1.2",        "1.2",         "01.0.0",      "0.0.0",           "0.0.1",
    "0.1.0",   "1.0.0-0",     "1.0.0-1",     "1.0.0-9",     "1.0.0-10",    "1.0.0-alpha", "1.0.0-alpha.1",   "1.0.0-alpha.beta",
    "1.0.0-a", "1.0.0-alpha-x", "1.0.0-rc.1", "1.0.0-rc.1.1", "1.0.0-rc-1", "1.0.0",      "v1.0.0",          "1.0.0+build",
    "1.0.0+a", "1.9.0",       "1.10.0",      "2.0.0-rc.1+x", "10.0.0",     "99999999999999999999.0.0", "100000000000000000000.0.0-x",
    "1.0.0-18446744073709551616", "1.0.0-18446744073709551615",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        g_autoptr(GString) one = g_string_new (NULL);
        g_autoptr(GString) two = g_string_new (NULL);
        int by_text = strata_version_compare_text (texts[i], texts[j]);

        strata_version_append_key (texts[i], one);
        strata_version_append_key (texts[j], two);

        int by_key = memcmp (one->str, two->str, MIN (one->len, two->len));

        if (by_key == 0)
          by_key = (one->len > two->len) - (one->len < two->len);
        if ((by_text > 0) - (by_text < 0) != (by_key > 0) - (by_key < 0))
          g_error ("“%s” and “%s”: %d by text, %d by key", texts[i], texts[j], by_text, by_key);
      }
}

static void
test_keys_tell_releases (void)
{
  g_autoptr(GString) key = g_string_new (NULL);

  g_assert_true (strata_version_append_key ("1.0.0", key));
  g_assert_true (strata_version_append_key ("v1.0.0+build-1", key));
  g_assert_false (strata_version_append_key ("1.0.0-rc.1", key));
  g_assert_false (strata_version_append_key ("1.0", key));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *digits = g_strnfill (1000, '1');
  g_autofree char *too_long = g_strconcat (digits, ".0.0", NULL);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/version/orders", test_orders);
  g_test_add_func ("/core/version/ignores-build", test_ignores_build);
  g_test_add_func ("/core/version/suggests-next", test_suggests_next);
  g_test_add_func ("/core/version/sorts-any-text", test_sorts_any_text);
  g_test_add_func ("/core/version/agrees-on-plain-versions", test_agrees_on_plain_versions);
  g_test_add_data_func ("/core/version/rejects/empty", "", test_rejects);
  g_test_add_data_func ("/core/version/rejects/v1.2", "v1.2", test_rejects);
  g_test_add_data_func ("/core/version/rejects/v1.2.0", "v1.2.0", test_rejects);
  g_test_add_data_func ("/core/version/rejects/four-parts", "2.2.2.develop", test_rejects);
  g_test_add_data_func ("/core/version/rejects/letters", "b0.0.1", test_rejects);
  g_test_add_data_func ("/core/version/rejects/leading-zero", "1.02.0", test_rejects);
  g_test_add_data_func ("/core/version/rejects/leading-zero-in-pre", "1.2.0-01", test_rejects);
  g_test_add_data_func ("/core/version/rejects/empty-pre", "1.2.0-", test_rejects);
  g_test_add_data_func ("/core/version/rejects/empty-build", "1.2.0+", test_rejects);
  g_test_add_data_func ("/core/version/rejects/space", "1.2.0 ", test_rejects);
  g_test_add_data_func ("/core/version/rejects/newline", "1.2.0\n", test_rejects);
  g_test_add_data_func ("/core/version/rejects/not-utf8", "1.2.\xff", test_rejects);
  g_test_add_data_func ("/core/version/rejects/too-long", too_long, test_rejects);

  g_test_add_func ("/version/keys", test_keys);
  g_test_add_func ("/version/keys-tell-releases", test_keys_tell_releases);

  return g_test_run ();
}
