/* test-tag.c - what a person may type as a tag, and what comes of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "strata-error.h"
#include "strata-tag.h"

static void
test_parses_word_and_pair (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataTag) word = strata_tag_parse ("retail", &error);
  g_autoptr(StrataTag) pair = strata_tag_parse ("site:berlin-03", &error);
  g_autofree char *text = strata_tag_to_string (pair);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_tag_get_key (word), ==, "retail");
  g_assert_null (strata_tag_get_value (word));
  g_assert_cmpstr (strata_tag_get_value (pair), ==, "berlin-03");
  g_assert_false (strata_tag_equal (word, pair));
  g_assert_cmpstr (text, ==, "site:berlin-03");
}

static void
test_keeps_what_a_console_has (void)
{
  g_autoptr(StrataTag) raw = strata_tag_new_raw ("two words", "");
  g_autoptr(StrataTag) word = strata_tag_new_raw ("two words", NULL);

  g_assert_cmpstr (strata_tag_get_value (raw), ==, "");
  g_assert_false (strata_tag_equal (raw, word));
}

static void
test_rejects (gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_tag_parse (data, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *too_long = g_strnfill (64, 'x');

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/tag/parses-word-and-pair", test_parses_word_and_pair);
  g_test_add_func ("/core/tag/keeps-what-a-console-has", test_keeps_what_a_console_has);
  g_test_add_data_func ("/core/tag/rejects/empty", "", test_rejects);
  g_test_add_data_func ("/core/tag/rejects/space", "two words", test_rejects);
  g_test_add_data_func ("/core/tag/rejects/empty-key", ":berlin", test_rejects);
  g_test_add_data_func ("/core/tag/rejects/empty-value", "site:", test_rejects);
  g_test_add_data_func ("/core/tag/rejects/not-utf8", "\xff", test_rejects);
  g_test_add_data_func ("/core/tag/rejects/too-long", too_long, test_rejects);

  return g_test_run ();
}
